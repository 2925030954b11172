"""What the leftover check looks names up in, for the browser: places, and the names of our sources.

Why nothing is written plainly: no real name of a source may stand on the site (`data/leftovers.yaml`), and a list of
all places would hold some of them. Names of sources are salted hashes; of places, each character is its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from macros.model import Book, Province, short_name

SALT = 20261121
_HAN = 0x3400
_PRIME = 16777619
_WORD = 0xFFFFFFFF
_SIGN = _WORD + 1


def check_data(book: Book) -> dict[str, Any]:
    """Collect what docs/assets/javascripts/leftovers/proper-names.js takes as `CheckData`."""
    names = sorted({item.name for item in book.leftovers})
    return {
        "salt": SALT,
        "longest": max(map(len, names), default=0),
        "names": sorted(name_hash(name) for name in names),
        "places": shifted("\n".join(_provinces(book.places))),
        "examples": list(_examples(book)),
    }


def name_hash(name: str) -> int:
    """Hash a name as proper-names.js does: FNV-1a over its characters, begun with the salt, as a signed number."""
    value = SALT
    for character in name:
        value = (value ^ ord(character)) * _PRIME & _WORD
    return value - _SIGN if value >= _SIGN // 2 else value


def shifted(text: str) -> str:
    """Write each Chinese character as its neighbour; done twice it is the text again."""
    return "".join(chr(ord(one) ^ 1) if ord(one) >= _HAN else one for one in text)


def _provinces(places: Iterable[Province]) -> Iterator[str]:
    """Write a province in a line: prefectures parted by `;`, counties by `,`, the first of each is what holds them."""
    words = {word for province in places for word in (province.words or "").split("、")}
    for province in places:
        direct = [name for text in (province.counties, province.former) if text for name in text.split("、")]
        groups = [[province.name, *direct]]
        groups += [[city.name, *(city.counties.split("、") if city.counties else [])] for city in province.cities]
        yield ";".join(",".join(_cut(name, words) for name in group) for group in groups)


def _cut(name: str, words: set[str]) -> str:
    """Mark where the short name ends: `'`, or `!` where that is an ordinary word."""
    short = short_name(name)
    return f"{short}{'!' if short in words else chr(39)}{name[len(short) :]}"


def _examples(book: Book) -> Iterator[tuple[str, str]]:
    """Give the field and the value of every example in words."""
    told = {(blank.field, blank.example) for plan in book.plans.values() for blank in plan.blanks if blank.example}
    for field, value in sorted(told):
        if book.fields[field].type in {"text", "lines"}:
            yield field, value
