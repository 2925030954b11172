"""Seeded single mistakes in real data: every one is found, and at least 99 % on the exact line.

A mutation is *not a mistake* if what is read stays equal to what it was (a lone list item moved by a space,
say), or if it deletes a key that may be left out. Everything else counts: it must be told about, and it is on
the exact line if the first problem is. The exact line is the one that was changed; for a deleted key it is the
line where its object begins, for a file saved as GBK the first line that is not ASCII.

`MISTAKES=5000 python -m pytest tests/test_loader_fuzz.py -s` is the long run, with figures.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from macros.check import check
from macros.model import VOCABULARIES, Plan
from macros.source import DataError, read

ROOT = Path(__file__).parents[1]
HOW_MANY = int(os.environ.get("MISTAKES", "300"))
SEED = int(os.environ.get("SEED", "20261121"))
LEAST_EXACT = 0.99

Lines = list[str]
Change = tuple[bytes, int] | None
Kind = Callable[[random.Random, Lines], Change]

KEY = re.compile(r"(?:(?<=^)|(?<=[ {,]))([a-z_]+):(?= |$)")
PLAIN = re.compile(r"(?<=: )([^\s\"'\[\]{}|>,#][^\"'\[\]{},#]*)(?=$|[,}])")
GUESSED = ("yes", "no", "on", "null", "~", "1.10", "1e3", "0123", "0x1F", "1_000", "12:30", "2026-11-21", "True")
UNSEEN = "\u200b\u200d\u202e\u00a0\u00ad\ufeff\u2028\u0085\u3164\x00\x0b"
SPECIAL = ("&a ", "*", "!!str ", "!", "@", "%", "`", "| ", "# ")


def written(lines: Lines, at: int) -> Change:
    return "\n".join(lines).encode(), at + 1


def chosen(dice: random.Random, lines: Lines, pattern: str) -> tuple[int, re.Match[str]] | None:
    """Choose one place in the file where a pattern is found, comments left out."""
    wanted = re.compile(pattern)
    places = [
        (number, found)
        for number, line in enumerate(lines)
        if not line.lstrip().startswith("#")
        for found in wanted.finditer(line)
    ]
    return dice.choice(places) if places else None


def replacing(pattern: str, new: Callable[[random.Random, re.Match[str]], str]) -> Kind:
    """Make a kind of mistake that replaces what a pattern finds."""

    def change(dice: random.Random, lines: Lines) -> Change:
        place = chosen(dice, lines, pattern)
        if not place:
            return None
        at, found = place
        lines[at] = lines[at][: found.start()] + new(dice, found) + lines[at][found.end() :]
        return written(lines, at)

    return change


def misspelt(dice: random.Random, found: re.Match[str]) -> str:
    word = found[1]
    at = dice.randrange(len(word))
    return word[:at] + dice.choice((word[at] * 2, "", "q")) + word[at + 1 :] + ":"


def inserted(dice: random.Random, found: re.Match[str], what: str) -> str:
    at = dice.randint(1, len(found[0]))
    return found[0][:at] + what + found[0][at:]


def key_twice(dice: random.Random, lines: Lines) -> Change:
    place = chosen(dice, lines, r"^( *)([a-z_]+): [^|>]+$")
    if not place:
        return None
    lines.insert(place[0] + 1, lines[place[0]])
    return written(lines, place[0] + 1)


def key_deleted(dice: random.Random, lines: Lines) -> Change:
    place = chosen(dice, lines, r"^( *)([a-z_]+): [^|>]+$")
    if not place:
        return None
    at, column = place[0], len(place[1][1])
    begins = next((number for number in range(at - 1, -1, -1) if _begins(lines[number], column)), 0)
    if not column:
        begins = next(number for number, line in enumerate(lines) if line and line[0] != "#" and number != at)
        begins -= begins > at
    del lines[at]
    return written(lines, begins)


def _begins(line: str, column: int) -> bool:
    """Tell whether an object whose keys stand at a column begins on a line."""
    return line[:column].rstrip().endswith("-") and not line[:column].strip(" -")


def moved(by: int) -> Kind:
    def change(dice: random.Random, lines: Lines) -> Change:
        place = chosen(dice, lines, r"^ +(?=[^ #])" if by < 0 else r"^ *(?=[^ #])")
        if not place:
            return None
        at = place[0]
        lines[at] = lines[at][-by:] if by < 0 else " " * by + lines[at]
        return written(lines, at)

    return change


def line_split(dice: random.Random, lines: Lines) -> Change:
    place = chosen(dice, lines, r"^( *)(?:- |[a-z_]+: )[\u4e00-\u9fff]{4}.*$")
    if not place:
        return None
    at, found = place
    middle = found.start() + len(found[0]) - 2
    lines[at : at + 1] = [lines[at][:middle], f"{found[1]}    {lines[at][middle:]}"]
    return written(lines, at + 1)


def saved_as_gbk(_: random.Random, lines: Lines) -> Change:
    at = next((number for number, line in enumerate(lines) if not line.isascii()), None)
    return None if at is None else ("\n".join(lines).encode("gb18030"), at + 1)


TEXT = r"(?<=: )[\u4e00-\u9fff]{3,}"
KINDS: dict[str, Kind] = {
    "a quote deleted": replacing(r"[\"']", lambda *_: ""),
    "a quote too many": replacing(TEXT, lambda _, found: '"' + found[0]),
    "a full-width colon": replacing(KEY.pattern + " ?", lambda _, found: found[1] + "："),
    "no blank after the colon": replacing(KEY.pattern + "(?= ) ", lambda _, found: found[1] + ":"),
    "the colon deleted": replacing(KEY.pattern, lambda _, found: found[1]),
    "a key misspelt": replacing(KEY.pattern, misspelt),
    "a key in capitals": replacing(KEY.pattern, lambda _, found: found[1].capitalize() + ":"),
    "a key twice": key_twice,
    "a key deleted": key_deleted,
    "a value deleted": replacing(r"(?<=: )[^\s\[{|>][^,{}\[\]]*$", lambda *_: ""),
    "a value guessed at": replacing(PLAIN.pattern, lambda dice, _: dice.choice(GUESSED)),
    "a special character first": replacing(PLAIN.pattern, lambda dice, found: dice.choice(SPECIAL) + found[0]),
    "a tab as indentation": replacing(r"^(?:  )+(?=[^ #])", lambda _, found: "\t" * (len(found[0]) // 2)),
    "full-width indentation": replacing(r"^(?:  )+(?=[^ #])", lambda _, found: "\u3000" * (len(found[0]) // 2)),
    "one space too many": moved(1),
    "one space too few": moved(-1),
    "two spaces too many": moved(2),
    "no blank after the dash": replacing(r"^( *)- (?=\S)", lambda _, found: found[1] + "-"),
    "a full-width dash": replacing(r"^( *)- (?=\S)", lambda dice, found: found[1] + dice.choice("－—•") + " "),
    "a character nobody sees": replacing(r"\S+", lambda dice, found: inserted(dice, found, dice.choice(UNSEEN))),
    "a comment in the text": replacing(TEXT, lambda dice, found: inserted(dice, found, " #")),
    "a colon in the text": replacing(TEXT, lambda dice, found: inserted(dice, found, ": ")),
    "a bracket not closed": replacing(r"[\]}]", lambda *_: ""),
    "a bracket not opened": replacing(r"[\[{](?=.*[\]}])", lambda *_: ""),
    "a full-width bracket": replacing(r"[\[\]{}]", lambda _, found: chr(ord(found[0]) + 0xFEE0)),
    "a full-width comma": replacing(r"(?<=[a-z\d\u4e00-\u9fff]), (?=[a-z\d\u4e00-\u9fff])", lambda *_: "，"),
    "an id in capitals": replacing(r"(?<=id: )[a-z]+", lambda _, found: found[0].upper()),
    "a line split in two": line_split,
    "the file saved as GBK": saved_as_gbk,
}


def model_of(path: Path) -> type[BaseModel]:
    return Plan if path.parent.name == "plans" else VOCABULARIES[path.stem]


def shown(raw: bytes, line: int) -> str:
    return raw.decode(errors="replace").split("\n")[line - 1]


FILES = [
    path
    for path in sorted((ROOT / "data").glob("**/*.yaml"))
    if path.stem in VOCABULARIES or path.parent.name == "plans"
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_our_own_data_raises_no_alarm(path: Path) -> None:
    check(read(path.read_bytes(), path.name), model_of(path))


def test_every_seeded_mistake_is_found_and_nearly_all_on_the_exact_line() -> None:
    told: Counter[str] = Counter()
    inexact, silent = [], []
    dice = random.Random(SEED)  # noqa: S311 -- for repeatable mistakes, not for secrets
    whole = {path: path.read_text(encoding="utf-8") for path in FILES}
    meant = {path: check(read(text.encode(), path.name), model_of(path)) for path, text in whole.items()}
    while told.total() < HOW_MANY:
        path, kind = dice.choice(FILES), dice.choice(list(KINDS))
        change = KINDS[kind](dice, whole[path].split("\n"))
        if not change:
            continue
        raw, line = change
        try:
            found = check(read(raw, path.name), model_of(path))
        except DataError as error:
            told[kind] += 1
            if error.problems[0].place.line != line:
                inexact.append(f"{kind}, {path.name}:{line}: {shown(raw, line)}\n{error}")
            continue
        if found != meant[path] and kind != "a key deleted":
            silent.append(f"{kind}, {path.name}:{line}: {shown(raw, line)}")
            told[kind] += 1
    report = "\n\n".join([*silent, *inexact[:20]])
    exact = 1 - (len(inexact) + len(silent)) / told.total()
    print(f"\n{told.total()} mistakes of {len(told)} kinds, {len(silent)} silent, {exact:.2%} on the exact line")  # noqa: T201
    if "MISTAKES" in os.environ:
        print(report)  # noqa: T201
    assert not silent, report
    assert exact >= LEAST_EXACT, report
