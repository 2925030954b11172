"""Data for the browser, as scripts: nothing else can be read from file://."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros import urls
from macros.model import Book
from macros.office import forms_for_browser, report
from macros.office.check_data import check_data
from macros.office.form import for_browser
from macros.office.words import words


def shared_scripts(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give the scripts of data that are no plan's."""
    yield urls.FORMS, script(forms_for_browser())
    yield urls.REPORT_FORM, script({"name": report.NAME, **for_browser(report.form())})
    yield urls.CHECK_DATA, script(check_data(book))
    yield urls.WORDS, script(words(book))


def script(data: Any) -> bytes:  # noqa: ANN401
    """Write data as a script that hands it to `planSite`; nothing in it can end the script or its line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"planSite.take({safe});\n".encode()
