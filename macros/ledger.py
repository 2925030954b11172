"""What the files of a built folder were made of: who needs to know what a file says need not read it.

The ledger of the last build stays. The next takes over by a link each file of the old folder that it would write again:
of 5,000 plans these are 55,000 files, which to copy takes longer than all the rest.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from macros import kept
from macros.kept import digest

NAME = "written.json"

BEFORE = "CIVIL_BEFORE"
"""The variable in which a build is told the folder of the site that it will replace."""


def places(site: Path) -> Iterator[str]:
    """Give every file and folder of a site. Why not `rglob`: it takes three times as long."""
    start = len(str(site)) + 1
    for folder, folders, files in os.walk(site):
        yield from (f"{folder}/{name}"[start:].replace(os.sep, "/") for name in (*folders, *files))


class Entry(NamedTuple):
    """What a file was made of, by its key, and how it looked then: a file that was edited since looks otherwise."""

    key: str
    size: int
    changed: int
    """Nanoseconds, of the file system's clock."""


class Ledger:
    """Knows the files of one folder."""

    def __init__(self, site: Path, entries: Iterable[tuple[str, str, int, int]] = ()) -> None:
        """Take a folder, and for some of its files the address, the key, the size and the moment of the last change."""
        self._top = f"{site}/"  # Why not a path: there are tens of thousands to put together.
        self._entries = {name: Entry(key, size, changed) for name, key, size, changed in entries}

    def key(self, name: str) -> str:
        """Give what stands for all that a file says: the key it was made by, or the hash of it."""
        entry = self._entries.get(name)
        if entry is None or not self._is_as_it_was(name, entry):
            self.note(name, digest(Path(self._top, name).read_bytes()))
        return self._entries[name].key

    def note(self, name: str, key: str) -> None:
        """Remember that a file was just made by a key."""
        looks = os.stat(self._top + name)  # noqa: PTH116 - a path takes longer to make than to look at
        self._entries[name] = Entry(key, looks.st_size, looks.st_mtime_ns)

    def hand_over(self, name: str, key: str, to: Ledger) -> bool:
        """Let another folder have a file too, if it was made by this key and is as it was; tell whether it has it.

        Why a link: both are the same file until the old folder is gone, and nobody writes into a built file.
        """
        entry = self._entries.get(name)
        if entry is None or entry.key != key or not self._is_as_it_was(name, entry):
            return False
        try:
            os.link(self._top + name, to._top + name)
        except OSError:
            return False
        to._entries[name] = entry
        return True

    def _is_as_it_was(self, name: str, entry: Entry) -> bool:
        try:
            looks = os.stat(self._top + name)  # noqa: PTH116 - a path takes longer to make than to look at
        except OSError:
            return False
        return (looks.st_size, looks.st_mtime_ns) == (entry.size, entry.changed)

    def save(self) -> None:
        """Leave it for the next build; where nothing can be written, nothing is left."""
        entries = [[name, *entry] for name, entry in self._entries.items()]
        with contextlib.suppress(OSError):
            kept.FOLDER.mkdir(parents=True, exist_ok=True)
            (kept.FOLDER / NAME).write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def last(site: Path) -> Ledger:
    """Give what the last build left, taken to be of this folder; if it is another, none of its files look alike."""
    try:
        return Ledger(site, json.loads((kept.FOLDER / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Ledger(site)
