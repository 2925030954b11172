"""The official paper in LibreOffice: lines and characters of a full page in every look, and the pages of every plan."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from macros.book import load
from macros.filling import fill
from macros.model import Book
from macros.office import content, form_of
from macros.office.form import make
from macros.office.paper import PRESETS
from tests.browser.getting import get_fonts, get_office
from tests.printed import Sheet, printed

ROOT = Path(__file__).parent.parent.parent
MEASURED = ("line", "margins")
"""The presets that change how much a page holds."""


def main(_: Sequence[str] = ()) -> None:
    """Print all files in one go and say what came of them."""
    book = load(ROOT)
    files = {**dict(looks(book)), **dict(plans(book))}
    get_fonts(print)
    with tempfile.TemporaryDirectory() as folder:
        for name, sheets in printed(get_office(print), Path(folder), files).items():
            across = sum(sheet.width > sheet.height for sheet in sheets)
            said = full_page(sheets[2]) if "=" in name else f"{len(sheets) - across} pages and {across} across"
            print(f"{name.removesuffix('.docx'):36} {said}")


def looks(book: Book) -> Iterator[tuple[str, bytes]]:
    """Make a plan of nothing but characters, in every look that matters."""
    about = content(next(iter(book.plans.values())), book)
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    blocks = [{"is": "p", "number": "", "lead": "", "text": words} for words in (text, "完")]
    for preset in PRESETS:
        for choice in preset.choices if preset.key in MEASURED else ():
            yield f"{preset.key}={choice.value}.docx", made({**about, "blocks": blocks}, {preset.key: choice.value})


def plans(book: Book) -> Iterator[tuple[str, bytes]]:
    """Make the paper of every plan, unfilled."""
    for plan in book.plans.values():
        yield f"{plan.id}.docx", made(content(plan, book), {})


def made(about: Mapping[str, Any], preset: Mapping[str, str]) -> bytes:
    """Make a paper."""
    return make(form_of("plan"), fill(about, {}, {"preset": preset}))


def full_page(sheet: Sheet) -> str:
    """Say how many lines a page of text has, and how many characters a line."""
    lines = sheet.lines[:-1]  # Without the page number.
    return f"{len(lines)} lines of {' or '.join(map(str, sorted({len(line) for line in lines})))} characters"
