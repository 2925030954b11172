"""What the site holds of the official files: data for the browser, and the files with their blanks open.

Why data as scripts: nothing else can be read from file://.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros import urls
from macros.model import Book, Plan
from macros.office import FILES, content, forms_for_browser, unfilled
from macros.office.check_data import check_data

_IN_SCRIPT = {ord("<"): "\\u003c", ord("\u2028"): "\\u2028", ord("\u2029"): "\\u2029"}


def data_scripts(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give every script of data: its address and its bytes."""
    yield from shared_scripts(book)
    for plan in book.plans.values():
        yield urls.plan_content_url(plan.id), plan_script(plan, book)


def shared_scripts(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give the scripts of data that are no plan's."""
    yield urls.FORMS, script(forms_for_browser())
    yield urls.CHECK_DATA, script(check_data(book))


def plan_script(plan: Plan, book: Book) -> bytes:
    """Write what the browser has to know of a plan."""
    return script(content(plan, book))


def unfilled_files(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give every official file of every plan, not filled in: its address and its bytes."""
    for plan in book.plans.values():
        for file in FILES.values():
            if file.unfilled:
                yield urls.plan_file_url(plan.id, file.key, file.kind), unfilled(file, plan, book)


def script(data: Any) -> bytes:  # noqa: ANN401
    """Write data as a script that hands it to `planSite`; nothing in it can end the script or its line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return f"planSite.take({text});\n".encode()
