"""Plainest files are read in one go; whatever is read so is right, and read as those who look line by line read it.

`CHANGES=200000 python -m pytest tests/test_plain.py -s` is the long run, with figures.
"""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.source import DataError, document, read
from macros.source.characters import character_problems
from macros.source.plain import read_plain
from macros.source.problem import Text
from macros.source.tree import Data

ROOT = Path(__file__).parents[1]
HOW_MANY = int(os.environ.get("CHANGES", "6000"))
SEED = int(os.environ.get("SEED", "20261122"))
PLAINEST = """\
# yaml-language-server: $schema=../schema/plan.json
id: kickoff
title: 文明窗口创建（3月5日起）
count: 12
open: true
year: "2026"
quoted: '好 人'
list:
  - 甲
  - "no"
  - abc-def
  - [签到表, '甲，乙', "“好”", 004-11]
nested:
  - id: a
    when: {month: 5, by: 挂号，收费, keep: [签到表, 照片]}
  - - 一
    - 二

  # Comments and empty lines are passed over.
  -\x20
    sections:
      - heading: 甲
        body:
          - text: 网址是 http://example.com/a#b
          - {a: {b: [x, z], c: '1'}, d: "w: x"}
"""
OTHERS = [
    "- a: b\n  c: d\n- x\n- [a, b]\n",
    "a: {b: c}\nd: [e, f]\n",
    "- {id: 004-01, name: 甲类}\n- {id: b, name: 乙}\n",
]
SIGNS = [
    *"abynot01-_:：,，\"'“”[]{}#&*!|>%@`~=?. \u3000\n甲【（）－—•\\/<｛［＃９Ａ",
    *("- ", ": ", " #", "  ", "\n\n", "true", "no", "null", "yes: ", "12:30", "1e3", "0123", "''", "\n  ", "\n- "),
    *("a: ", "a:", "{a: b}", "[x, z]", "a, a: ", "- - ", "? ", "---\n", "APP：", "é", "e\u0301", "\U00020000"),
]


def closely(text: str) -> Data:
    return document._look_closely(Text("x.yaml", tuple(text.split("\n"))), []).data


def same(one: Data, other: Data) -> bool:
    """Compare as JSON, where 1 is not true, and the order of keys counts."""
    return json.dumps(one) == json.dumps(other)


def changed(dice: random.Random, text: str) -> str:
    for _ in range(dice.randrange(1, 4)):
        at, kind = dice.randrange(len(text) + 1), dice.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + dice.randrange(1, 4) :]
        elif kind == 1:
            lines = text.split("\n")
            lines.insert(dice.randrange(len(lines)), dice.choice(lines))
            text = "\n".join(lines)
        else:
            text = text[:at] + dice.choice(SIGNS) + text[at + kind - 2 :]
    return text


def changes(dice: random.Random, wanted: int) -> Iterator[str]:
    """Give texts with random changes, without those whose hidden characters nobody reads further."""
    while wanted:
        text = changed(dice, PLAINEST if dice.random() < 0.5 else dice.choice(OTHERS))
        if not character_problems(Text("x.yaml", tuple(text.split("\n")))):
            wanted -= 1
            yield text


@pytest.mark.parametrize("text", [PLAINEST, *OTHERS])
def test_the_plainest_form_is_read_in_one_go(text: str) -> None:
    assert read_plain(text) is not None
    assert same(read_plain(text), closely(text))


def test_nearly_all_our_plans_are_read_in_one_go() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "data" / "plans").glob("*.yaml")]
    plain = [text for text in texts if read_plain(text) is not None]
    assert len(plain) >= 0.9 * len(texts)
    assert all(same(read_plain(text), closely(text)) for text in plain)


def test_whatever_is_read_in_one_go_is_right_and_read_the_same_line_by_line() -> None:
    dice = random.Random(SEED)  # noqa: S311 -- for repeatable changes, not for secrets
    taken = 0
    for text in changes(dice, HOW_MANY):
        data = read_plain(text)
        if data is not None:
            taken += 1
            try:
                assert same(data, closely(text)), text
            except DataError as error:
                pytest.fail(f"{text}\n{error}")
    print(f"\n{taken} of {HOW_MANY} changed texts were of the plainest form")  # noqa: T201
    assert taken > HOW_MANY / 20


@pytest.mark.parametrize(
    "line",
    [
        "a: 甲: 乙", "a: 甲 #乙", "a: 甲：乙:", "a: “abc: 乙”", "a: ｛甲｝", "a: ［甲］", "a: yes", "a: 0123",
        "a: 12:30", "a: 甲\u3000", "a: \u3000甲", "a: ''", "a: ' 甲'", "a: '甲", "a: 甲'", 'a: "\\n"', "a: |",
        "a: ｜", "a: - 甲", "a: ? 甲", "a: {b: 甲, b: 乙}", "a: {no: 甲}", "a: [null]", "a: [- 甲]",
        "a: [甲,乙", "a: {b: 甲}乙", "a: [甲，乙]", "a:甲", "a：甲", "yes: 甲", "a:", "a: {b: }", "甲",
        "- APP：甲", "- text：甲", "- text:甲", "- text 甲", "- -甲", "-甲", "－ 甲", "? 甲", "--- ", "%甲",
        "a: &b 甲", "a: *b", "a: !b 甲", "a: @甲", "a: `甲`", "a: >甲", "＃甲", "<<: 甲", "a: ~",
        "a: {b: c: d}", "  b: 甲", "\ta: 甲", "a: 甲\t乙", "\u3000a: 甲", "a: 甲\n a: 乙", "a: 甲\na: 乙",
        "a: 甲\n- 乙", "- 甲\na: 乙", "a: 甲\n  乙", "a: 'it''s'", 'a: "\\\\"', "a: “abc”", f"{'- ' * 21}甲",
    ],
)  # fmt: skip
def test_what_must_be_told_or_looked_at_twice_is_not_read_in_one_go(line: str) -> None:
    if not line.startswith("  "):
        assert read_plain(f"{line}\n") is None
    assert read_plain(f"x: 丙\n{line}\n") is None


def test_a_place_is_found_in_a_file_that_was_read_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(document, "look", lambda text, look=document.look: looked.append(text.file) or look(text))
    source = read(PLAINEST.encode(), "x.yaml")
    assert looked == []
    assert str(source.problem(("nested", 0, "when", "by"), "不对")).startswith("x.yaml:15:26: 不对")
    assert str(source.problem(("count",), "不对", key=True)).startswith("x.yaml:4:1: 不对")
    assert looked == ["x.yaml"]
