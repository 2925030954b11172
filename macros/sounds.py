"""How characters sound, and which simplified one stands for a traditional one.

Made by pypinyin and OpenCC at build time, so that the browser need not carry a dictionary: readings of the characters
that occur and of those in everyday use, traditional and Japanese forms of the characters that occur.
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

import opencc

_FORMS = ("t2s", "tw2s", "hk2s")
_PLAINER = {"ü": "v", "ê": "e"}


def everyday() -> Iterator[str]:
    """Give the 6,763 characters of GB 2312, which input methods offer first."""
    for first in range(0xB0, 0xF8):
        for second in range(0xA1, 0xFF):
            yield from bytes((first, second)).decode("gb2312", "ignore")


def simpler(characters: Iterable[str]) -> dict[str, str]:
    """Give, for each other form of a character that occurs, that character: 創 → 创, 窓 → 窗."""
    wanted, plain_ones = set(characters), set(everyday())
    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))]
    # Why not for everyday characters: some that Japanese uses for others are words of their own in Chinese.
    japanese = dict(zip(every, _converted("jp2t", every), strict=True))
    traditional = {char: char if char in plain_ones else japanese[char] for char in every}
    found: dict[str, str] = {}
    for form in _FORMS:
        for char, plain in zip(every, _converted(form, traditional.values()), strict=True):
            if char != plain and plain in wanted:
                found.setdefault(char, plain)
    return {char: plain for char, plain in found.items() if plain not in found}


def _converted(form: str, characters: Iterable[str]) -> list[str]:
    """Convert characters one by one. Why the line breaks: without them OpenCC would look for whole words."""
    converted: str = opencc.OpenCC(form).convert("\n".join(characters))
    return converted.split("\n")


def syllables(characters: Iterable[str]) -> dict[str, str]:
    """Give, for each syllable without its tone, the characters read so, of those that are asked for.

    Why two readings of a character: the third and further ones are rare, and would bring words nobody meant.
    """
    sounds: dict[str, set[str]] = defaultdict(set)
    readings = _readings()
    for char in characters:
        own = dict.fromkeys(_toneless(reading) for reading in readings.get(ord(char), "").split(",") if reading)
        for sound in list(own)[:2]:
            sounds[sound].add(char)
    return {sound: "".join(sorted(chars)) for sound, chars in sorted(sounds.items()) if sound.isascii()}


def _readings() -> dict[int, str]:
    """Give pypinyin's table of readings. Why the variable: its words would cost 8 times the time and are not used."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 - after the variable

    return pinyin_dict


def _toneless(reading: str) -> str:
    letters = "".join(_PLAINER.get(char, char) for char in unicodedata.normalize("NFC", reading))
    parts = unicodedata.normalize("NFD", letters)
    # Why u with two dots is kept: lü and lu are two sounds, and v is how it is typed.
    return unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES)).replace("ü", "v")


_TONES = "\u0300\u0301\u0304\u030c"
