"""A copy of the project to work on, as an editor would, or to spoil."""

import shutil
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOUSE = ("docs", "macros", "mkdocs.yml")
"""What a site is made of, but for the data."""

PARTS = ("data", *HOUSE)


def copy_project(folder: Path, parts: Iterable[str] = PARTS) -> Path:
    """Copy what a site is made of, or other parts of the project."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in parts:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as an editor would; the text to change must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
