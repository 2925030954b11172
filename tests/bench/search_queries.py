"""Queries cut out of what a reader sees, with the pages that have them; and how well answers fit.

The truth is plain: the pages whose text contains the string. What is mistyped has the truth of what was meant.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import mean

import opencc
from pypinyin import lazy_pinyin

Texts = Mapping[str, str]
"""What a reader sees of each page, by its address; a block a line."""

LENGTHS = range(1, 13)
_HAN = re.compile("[\u4e00-\u9fff]+")
_EVERYDAY = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    "同工也能下过子说产种面而方后多定行学法所民得经"
)
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True)
class Query:
    """What is typed, the kind of query it is, and the pages that have what was meant."""

    kind: str
    text: str
    truth: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How well the answers to queries of a kind fit."""

    queries: int
    recall: float
    precision: float
    rank: float
    nothing: int


def literal_queries(texts: Texts, each: int, seed: int = 1) -> list[Query]:
    """Cut strings of every length, as many as `each`, and as many with figures or letters in them."""
    dice = random.Random(seed)  # noqa: S311 - must repeat
    cutter = _Cutter(texts, dice)
    plain = [cutter.query(partial(cutter.cut, length)) for length in LENGTHS for _ in range(each)]
    mixed = [cutter.query(lambda: cutter.cut_mixed(dice.randint(2, 8))) for _ in range(2 * each)]
    return [*plain, *mixed]


def other_queries(texts: Texts, each: int, seed: int = 2) -> list[Query]:
    """Cut strings and mistype them, as many of every kind as `each`."""
    dice = random.Random(seed)  # noqa: S311 - must repeat
    cutter = _Cutter(texts, dice)
    return [cutter.mistyped(kind, mistype) for kind, mistype in _KINDS.items() for _ in range(each)]


class _Cutter:
    """Cuts strings out of texts and knows where else they stand."""

    def __init__(self, texts: Texts, dice: random.Random) -> None:
        self._texts = {name: text.lower() for name, text in texts.items()}
        self._dice = dice
        self._lines = [line for text in texts.values() for line in text.split("\n") if len(line.strip()) > 1]

    def truth(self, text: str) -> frozenset[str]:
        return frozenset(name for name, whole in self._texts.items() if text.lower() in whole)

    def query(self, cut: Callable[[], str]) -> Query:
        while not (text := cut()):
            pass
        return Query("literal", text, self.truth(text))

    def cut(self, length: int) -> str:
        line = self._dice.choice(self._lines)
        start = self._dice.randrange(max(1, len(line) - length + 1))
        text = line[start : start + length]
        # Why none with blanks or quotes: these part the words of a query, so the string is not what is asked for.
        return (
            text
            if len(text) == length and not re.search(r"[\s\"“”„‟「」『』]", text) and re.search(r"\w", text)
            else ""
        )

    def cut_mixed(self, length: int) -> str:
        text = self.cut(length)
        return text if re.search("[0-9A-Za-z]", text) else ""

    def cut_han(self, low: int, high: int) -> str:
        text = self.cut(self._dice.randint(low, high))
        return text if _HAN.fullmatch(text) else ""

    def mistyped(self, kind: str, mistype: Mistype) -> Query:
        """Give a mistyped string; one that stands somewhere as it is would be no mistake."""
        while True:
            meant = self.cut_mixed(self._dice.randint(2, 6)) if kind == "full width" else self.cut_han(*_LENGTHS[kind])
            typed = mistype(meant, self._dice) if meant else ""
            if typed and typed != meant and (kind in _SAME or not self.truth(typed)):
                return Query(kind, typed, self.truth(meant))


Mistype = Callable[[str, random.Random], str]


def _wrong(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(_EVERYDAY) + text[at + 1 :]


def _missing(text: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(text) - 1)
    return text[:at] + text[at + 1 :]


def _extra(text: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(text))
    return text[:at] + dice.choice(_EVERYDAY) + text[at:]


def _pinyin(text: str, dice: random.Random) -> str:
    return dice.choice(["", " "]).join(lazy_pinyin(text, v_to_u=False))


def _blurred(text: str, dice: random.Random) -> str:
    syllables = lazy_pinyin(text)
    whole, short = dice.choice(_BLURRED)
    return "".join(re.sub(rf"^{whole}|{whole}$", short, syllable) for syllable in syllables)


def _half(text: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(text))
    return text[:at] + "".join(lazy_pinyin(text[at:]))


def _traditional(text: str, _: random.Random) -> str:
    converted: str = opencc.OpenCC("s2t").convert(text)
    return converted


def _wide(text: str, _: random.Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


_KINDS: Mapping[str, Mistype] = {
    "pinyin": _pinyin,
    "pinyin blurred": _blurred,
    "half pinyin": _half,
    "one wrong": _wrong,
    "one missing": _missing,
    "one too many": _extra,
    "traditional": _traditional,
    "full width": _wide,
}
_LENGTHS = dict.fromkeys(_KINDS, (3, 8)) | {"pinyin": (2, 6), "pinyin blurred": (3, 6), "one missing": (4, 8)}
_SAME = {"traditional", "full width"}
"""Kinds that the truth finds too: not mistakes but other ways to write."""


def score(queries: Sequence[Query], answers: Sequence[Sequence[str]]) -> dict[str, Score]:
    """Score the answers, each the pages found, best first, by kind of query."""
    pairs = list(zip(queries, answers, strict=True))
    return {
        kind: _score([(query.truth, found) for query, found in pairs if query.kind == kind])
        for kind in dict.fromkeys(query.kind for query in queries)
    }


def _score(pairs: Sequence[tuple[frozenset[str], Sequence[str]]]) -> Score:
    return Score(
        queries=len(pairs),
        recall=mean(len(truth.intersection(found)) / len(truth) for truth, found in pairs),
        precision=mean(_share(truth, found[:10]) for truth, found in pairs),
        rank=mean(next((1 / at for at, page in enumerate(found, 1) if page in truth), 0) for truth, found in pairs),
        nothing=sum(not found for _, found in pairs),
    )


def _share(truth: frozenset[str], found: Iterable[str]) -> float:
    hits = [page in truth for page in found]
    return sum(hits) / len(hits) if hits else 0
