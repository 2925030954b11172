"""What of an official paper's layout depends on what was filled in: where a title breaks, where the signature stands.

docs/assets/javascripts/filling/typesetting.js does the same in the browser; the cases that hold
macros/filling.py and its twin together hold these too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_TITLE_WIDTH = 40
"""What a line of a title holds, 20 characters of 22 pt on 156 mm, in half characters."""

_WAYS = ("", "y", "u", "uy", "ye", "ue", "uye", "su", "sue", "suye")
_MARKS = {"s": ("关于印发", "《"), "u": ("⟦unit-name⟧", ""), "y": ("⟦year⟧年", ""), "e": ("》", "的通知")}
"""Where a title may break without cutting its sense; the fewer lines the better, and rather after the year."""

_LINE_WIDTH = 56
"""What a line of the text holds, in half characters: what is longer goes on in the next."""

_CHARACTER = 315
"""How far a character of the text reaches, 16 pt less 0.25 pt, in twentieths of a point."""

_DATE_RIGHT, _SIGNER_RIGHT = 16, 8
"""The date stands four characters from the right, a long signer at least two (GB/T 9704-2012, 7.3.5); in quarters."""


def title_lines(title: str, plain: Callable[[str], str]) -> str:
    """Break a title where its words allow (7.3.1); `plain` puts in what stands in its places."""
    ways = [_broken(title, way) for way in _WAYS]
    fitting = (way for way in ways if all(_width(line) <= _TITLE_WIDTH for line in plain(way).split("\n")))
    return next(fitting, ways[-1])


def run_in(number: str, lead: str, line: str) -> Mapping[str, Any]:
    """Part a line into the heading that runs into it, for its own font by level (7.3.3), and the `rest`."""
    head = f"{number}{lead}。"
    if not lead or not line.startswith(head):
        return {"lead": [], "rest": line}
    return {"lead": [{"is": f"lead{_level(number)}", "text": head}], "rest": line.removeprefix(head)}


def _level(number: str) -> int:
    """Tell the level of a number: 一、 （一） 1. （1）."""
    if number.endswith("、"):
        return 1
    return 3 if number.endswith(".") else 4 if number[1:2].isascii() else 2


def signature(signer: str, date: str) -> Mapping[str, str]:
    """Say how far from the right signer and date stand, in twentieths of a point: the signer centred over the date."""
    longer = min(_width(signer), _LINE_WIDTH) - min(_width(date), _LINE_WIDTH)
    right = max(_DATE_RIGHT, _SIGNER_RIGHT + longer)
    return {"date_right": str(right * _CHARACTER // 4), "signer_right": str((right - longer) * _CHARACTER // 4)}


def _broken(title: str, way: str) -> str:
    for before, after in (_MARKS[mark] for mark in way):
        title = title.replace(before + after, f"{before}\n{after}", 1)
    return title


def _width(text: str) -> int:
    """Measure a text in half characters."""
    return sum(1 if char.isascii() else 2 for char in text)
