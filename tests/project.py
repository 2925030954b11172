"""A copy of the project to work on, as an editor would."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("data", "docs", "macros", "mkdocs.yml")


def copy_project(folder: Path) -> Path:
    """Copy what a site is made of."""
    for part in PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / part)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as an editor would; the text to change must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
