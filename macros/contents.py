"""The contents list of a finished page: its headings with an anchor, one below the other, and all its anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

DEEPEST = 3

_HEADING = re.compile(r'<h([1-6])[^>]* id="([^"]+)"[^>]*>((?:(?!</h\1>).)*?)<a class="headerlink"', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'<[a-z][^<>]*? id="([^"]*)"')


@dataclass(frozen=True)
class Entry:
    """A heading: its anchor, its text as HTML without tags, and those below it."""

    id: str
    name: str
    level: int
    below: list[Entry] = field(default_factory=list)


def contents(html: str) -> list[Entry]:
    """Give the headings that stand highest, each with those below it."""
    top: list[Entry] = []
    open_: list[Entry] = []
    for entry in _headings(html):
        while open_ and open_[-1].level >= entry.level:
            open_.pop()
        (open_[-1].below if open_ else top).append(entry)
        open_.append(entry)
    return top


def anchors(html: str) -> set[str]:
    """Give every anchor that a link can lead to."""
    return set(_ID.findall(html))


def _headings(html: str) -> Iterator[Entry]:
    """Give the headings that have a link of their own; others are parts of something."""
    for level, anchor, text in _HEADING.findall(html):
        if int(level) <= DEEPEST:
            yield Entry(anchor, _TAG.sub("", text).strip(), int(level))
