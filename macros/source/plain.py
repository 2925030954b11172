"""Read a file that is written in the plainest form, in one go.

Why: nearly every file is so written, and looking at each line for all that can be wrong takes ten times as long.
What is read here has nothing wrong with it. Whatever is not of the plainest form, right or wrong, is left to those
who look line by line (`lines.py`, `tree.py`); a test sees that both read the same.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeVar

from macros.source.flow import FINE, INNER, ITEMS, QUOTE, TEXT, WORD
from macros.source.scalars import guess, key_fault, plain_value
from macros.source.tree import Data
from macros.source.values import BLOCK, value_fault

_Whole = TypeVar("_Whole", "dict[str, Data]", "list[Data]")

_LINE = re.compile(r"^(?: *#.*|( *)((?:- )*)(?:([a-z][a-z_]*):(?: |$))?(.*))$", re.MULTILINE)
"""Any line: its indentation, dashes, key and value. A comment is like an empty line."""
_CHINESE = re.compile(r"[\u4e00-\u9fff【《（](?:[^:#\"']*[^:#\"'\s])?")
"""The usual text: nothing in it can mean anything to YAML."""
_LIKE_A_KEY = re.compile("[A-Za-z_Ａ-Ｚａ-ｚ][A-Za-z0-9_Ａ-Ｚａ-ｚ０-９＿－-]*[ \u3000]*[:：]|[a-z_]{2,} ")
"""How the text of an item begins that may be meant as a key."""
_QUOTED = re.compile(QUOTE)
_ITEM = re.compile(rf"{QUOTE}|{WORD}")
_PAIR = re.compile(rf"([a-z_]+): ({INNER}|{ITEMS}|{QUOTE}|{TEXT})")
_DEEPEST = 12


class _NotPlain(Exception):
    """Leave the file to those who look line by line."""


def read_plain(content: str) -> Data:
    """Give what a text says, None if it is not of the plainest form; hidden characters are not looked for."""
    if "\t" in content:
        return None
    lines = _Lines()
    try:
        for indent, dashes, key, value in _LINE.findall(content):
            if dashes or key or value:
                lines.take(len(indent), len(dashes), key, value)
    except _NotPlain:
        return None
    return lines.data


class _Lines:
    """Puts one line after the other where its indentation says."""

    def __init__(self) -> None:
        self._root: list[Data] = []
        self._open: list[tuple[int, dict[str, Data] | list[Data]]] = []  # Each with the column of its lines.
        self._put: Callable[[Data], None] | None = self._root.append  # Where a value is waited for.

    @property
    def data(self) -> Data:
        return self._root[0] if self._root and not self._put else None

    def take(self, column: int, dashes: int, key: str, value: str) -> None:
        for dash in range(column, column + dashes, 2):
            self._put = self._inside(dash, list).append
        if key:
            self._put = self._key(column + dashes, key)
        elif not dashes or _LIKE_A_KEY.match(value):
            raise _NotPlain
        if value and self._put:
            self._put(_value(value))
            self._put = None

    def _key(self, column: int, key: str) -> Callable[[Data], None]:
        entries = self._inside(column, dict)
        if key in entries or key_fault(key):
            raise _NotPlain
        return partial(entries.__setitem__, key)

    def _inside(self, column: int, kind: type[_Whole]) -> _Whole:
        """Give the list or object whose lines stand at a column, a new one where a value is waited for."""
        if self._put:
            return self._new(column, kind)
        while self._open[-1][0] > column and len(self._open) > 1:
            self._open.pop()
        at, found = self._open[-1]
        if at != column or not isinstance(found, kind):
            raise _NotPlain
        return found

    def _new(self, column: int, kind: type[_Whole]) -> _Whole:
        if self._put is None or len(self._open) > _DEEPEST or (self._open and column <= self._open[-1][0]):
            raise _NotPlain
        made = kind()
        self._put(made)
        self._open.append((column, made))
        return made


def _value(written: str) -> Data:
    if _CHINESE.fullmatch(written):
        return written
    return _brackets(written) if written[0] in "[{" else _unusual(written)


def _brackets(written: str) -> Data:
    if not FINE.match(written):
        raise _NotPlain
    return _fine(written)


def _fine(written: str) -> Data:
    """Read what stands in brackets, or a text in them."""
    if written[0] == "[":
        return [_word(item) for item in _ITEM.findall(written)]
    if written[0] != "{":
        return _word(written)
    pairs = _PAIR.findall(written)
    entries = {key: value if _CHINESE.fullmatch(value) else _fine(value) for key, value in pairs}
    if len(entries) < len(pairs) or any(map(key_fault, entries)):
        raise _NotPlain
    return entries


@lru_cache(4096)
def _unusual(written: str) -> str | int | bool:
    """Read a value that has to be looked at closely. Why cached: most are ids, which stand in many lines."""
    if BLOCK.match(written) or value_fault(written):
        raise _NotPlain
    return _word(written)


@lru_cache(4096)
def _word(written: str) -> str | int | bool:
    text = written[1:-1] if _QUOTED.fullmatch(written) else written
    if not text or text != text.strip() or written[0] in "-?:":
        raise _NotPlain
    if text is not written:
        return text
    if written[0] in "\"'" or guess(written):
        raise _NotPlain
    return plain_value(written)
