"""Take one line of YAML apart: indentation, dashes, key, value."""

import re
from typing import NamedTuple

from macros.source.values import QUOTED

_DASHES = re.compile(r"( *)((?:-(?: +|$))*)")
_WORD_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*) *:(?: +|$)")
_ANY_KEY = re.compile(r"([^\s\"'\[\]{},#&*!|>%@`](?:(?! #).)*?) *:(?: +|$)")
_QUOTED_KEY = re.compile(rf"({QUOTED.pattern}) *:(?: +|$)")


class Entry(NamedTuple):
    """Hold the parts of a line; columns count from 0, `key_at` is -1 without a key."""

    dashes: tuple[int, ...]
    key: str
    key_at: int
    value: str
    value_at: int

    @property
    def first(self) -> int:
        """Give the column where the line's first part stands."""
        if self.dashes:
            return self.dashes[0]
        return self.key_at if self.key_at >= 0 else self.value_at

    @property
    def parent(self) -> int:
        """Give the column that the value's own lines must lie to the right of."""
        if self.key_at >= 0:
            return self.key_at
        return self.dashes[-1] if self.dashes else -1


def take_apart(line: str) -> Entry:
    """Take apart a line that is neither blank nor a comment."""
    lead = _DASHES.match(line)
    at = lead.end() if lead else 0
    dashes = _positions(line, lead[1], at) if lead and lead[2] else ()
    found = _WORD_KEY.match(line, at) or _QUOTED_KEY.match(line, at) or _ANY_KEY.match(line, at)
    if found:
        return Entry(dashes, found[1], at, line[found.end() :].rstrip(" "), found.end())
    return Entry(dashes, "", -1, line[at:].rstrip(" "), at)


def _positions(line: str, indent: str, end: int) -> tuple[int, ...]:
    return tuple(index for index in range(len(indent), end) if line[index] == "-")
