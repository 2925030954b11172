"""Office files as others see them: the pages that LibreOffice prints of them, and the faults that a validator finds."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, Transformation

SECONDS = 180
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
"""Comma, quotation marks, UTF-8."""


@dataclass(frozen=True)
class Word:
    """A stretch of text and where it begins, in points from the lower left corner; `turned` if it is not upright."""

    text: str
    x: float
    y: float
    turned: bool


@dataclass(frozen=True)
class Sheet:
    """A printed page, in points."""

    width: float
    height: float
    lines: Sequence[str]
    words: Sequence[Word]

    @property
    def text(self) -> str:
        """Give all its words without the breaks of lines and what stands between words."""
        return "".join("".join(self.lines).split())


def printed(office: Path, folder: Path, files: Mapping[str, bytes]) -> Mapping[str, Sequence[Sheet]]:
    """Print office files in one go, by name; `folder` is for what that leaves behind."""
    pages = converted(office, folder, files, "pdf")
    return {name: tuple(map(_sheet, PdfReader(page).pages)) for name, page in pages.items()}


def tables(office: Path, folder: Path, files: Mapping[str, bytes]) -> Mapping[str, list[list[str]]]:
    """Reckon workbooks anew in one go and give the rows of each, by name."""
    found = converted(office, folder, files, CSV)
    return {name: list(csv.reader(path.read_text("utf-8").splitlines(keepends=True))) for name, path in found.items()}


def converted(office: Path, folder: Path, files: Mapping[str, bytes], kind: str) -> Mapping[str, Path]:
    """Write office files as another kind, in one go, by name."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = (profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", folder)
    command: list[str | Path] = [office, *convert, *(folder / name for name in files)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=SECONDS)
    made = {name: (folder / name).with_suffix(f".{kind.partition(':')[0]}") for name in files}
    assert all(file.is_file() for file in made.values()), f"{done.stdout}\n{done.stderr}"
    return made


def faults(validator: Path, file: Path) -> list[str]:
    """Give what the validator says against an office file."""
    done = subprocess.run([validator, file], check=False, capture_output=True, encoding="utf-8")
    found: list[Mapping[str, Any]] = json.loads(done.stdout)["errors"]
    return [f"{fault['path']} {fault['xPath']}: {fault['description']}" for fault in found]


def _sheet(page: PageObject) -> Sheet:
    box = page.mediabox
    return Sheet(float(box.width), float(box.height), page.extract_text().split("\n"), tuple(_words(page)))


def _words(page: PageObject) -> Iterator[Word]:
    found: list[Word] = []

    def note(text: str, outer: Sequence[float], inner: Sequence[float], _font: object, _size: float) -> None:
        if text.strip():
            a, b, c, d, e, f = outer
            x, y = Transformation((a, b, c, d, e, f)).apply_on((inner[4], inner[5]))
            found.append(Word(text.strip(), x, y, turned=inner[1] != 0))

    page.extract_text(visitor_text=note)
    return iter(found)
