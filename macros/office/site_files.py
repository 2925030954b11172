"""What the site holds of the official files: data for the browser, and the files with their blanks open.

Why data as scripts: nothing else can be read from file://.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from macros import urls
from macros.model import Book, Plan
from macros.office import FILES, File, content, forms_for_browser, unfilled
from macros.office.check_data import check_data

_IN_SCRIPT = {ord("<"): "\\u003c", ord("\u2028"): "\\u2028", ord("\u2029"): "\\u2029"}


@dataclass(frozen=True)
class PlanFile:
    """A file that the site holds of every plan; `key` names it among these."""

    key: str
    url: Callable[[str], str]
    make: Callable[[Plan, Book], bytes]


def common_scripts(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give the scripts of data that all plans share: their addresses and their bytes."""
    yield urls.FORMS, script(forms_for_browser())
    yield urls.CHECK_DATA, script(check_data(book))


def script(data: Any) -> bytes:  # noqa: ANN401
    """Write data as a script that hands it to `planSite`; nothing in it can end the script or its line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return f"planSite.take({text});\n".encode()


def _content_script(plan: Plan, book: Book) -> bytes:
    return script(content(plan, book))


def _unfilled(file: File) -> PlanFile:
    return PlanFile(
        f"office-{file.key}", partial(urls.plan_file_url, file=file.key, kind=file.kind), partial(unfilled, file)
    )


PLAN_FILES: tuple[PlanFile, ...] = (
    PlanFile("content", urls.plan_content_url, _content_script),
    *(_unfilled(file) for file in FILES.values() if file.unfilled),
)
"""What the browser needs of a plan, and its official files with their blanks open."""
