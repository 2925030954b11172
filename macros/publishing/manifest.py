"""The list of a release's files with their SHA-256, in the form of `sha256sum`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

NAME = "manifest.sha256"

Files = Mapping[str, str]
"""Path from the top of the site, with `/`, to SHA-256."""


def files_of(site: Path) -> dict[str, str]:
    """Read every file of a folder, in the order of their names; a link counts as what it is, not what it leads to."""
    return {name: _hash(site / name) for name in names_of(site)}


def names_of(site: Path) -> list[str]:
    """List every file of a folder, sorted as bytes."""
    return sorted(
        (Path(folder) / name).relative_to(site).as_posix() for folder, _, names in os.walk(site) for name in names
    )


def _hash(path: Path) -> str:
    return "a link" if path.is_symlink() else sha256(path.read_bytes()).hexdigest()


def tree_hash(files: Files) -> str:
    """Give one hash for a whole site; what is only compressed does not count.

    Why not: two versions of zlib write other bytes for the same text.
    """
    return sha256(written({name: hash_ for name, hash_ in files.items() if not is_packed(name, files)})).hexdigest()


def is_packed(name: str, files: Files) -> bool:
    """Tell whether a file is another one, compressed."""
    return name.endswith(".gz") and name[:-3] in files


def written(files: Files) -> bytes:
    """Write the list."""
    return "".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()


def read(path: Path) -> dict[str, str]:
    """Read the list; ValueError if it is none."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: hash_ for hash_, name in (line.split("  ", 1) for line in lines)}


def differences(wanted: Files, found: Files) -> Iterator[str]:
    """Say in what the files found are not those wanted."""
    for name in sorted({*wanted, *found}):
        if name not in found:
            yield f"{name}：不见了"
        elif name not in wanted:
            yield f"{name}：多出来的"
        elif wanted[name] != found[name]:
            yield f"{name}：内容被改过"
