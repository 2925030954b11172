"""Reading YAML: what is right is read as it stands, what is wrong is told at its place."""

import re
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.source import Data, DataError, Place, Problem, characters, front_matter_problems, read, read_text, wording

ROOT = Path(__file__).parents[1]
GOOD = """\
# yaml-language-server: $schema=../schema/plan.json
id: kickoff
title: “文明窗口”的创建：3月5日起
count: 12
less: -3
open: true
closed: false
year: "2026"
quoted: 'it''s “好”'
list:
- 甲
- "no"
nested:
  - id: a
    when: {month: 5, by: 挂号，收费, keep: [签到表, '甲，乙']}
  - - 一
    - 二
several: [
  甲,
  乙
]
body: |
  第一段
    缩进的一行

  第二段：a: b # 不是注释
folded: >-
  first line
  goes on
last: 完
"""


def read_text_of(text: str) -> Data:
    return read(text.encode(), "x.yaml").data


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        read(text.encode(), "x.yaml")
    return list(caught.value.problems)


def places_of(text: str) -> list[tuple[int, int]]:
    return [(problem.place.line, problem.place.column) for problem in problems_of(text)]


def test_what_is_right_is_read_as_it_stands() -> None:
    assert read_text_of(GOOD) == {
        "id": "kickoff",
        "title": "“文明窗口”的创建：3月5日起",
        "count": 12,
        "less": -3,
        "open": True,
        "closed": False,
        "year": "2026",
        "quoted": "it's “好”",
        "list": ["甲", "no"],
        "nested": [
            {"id": "a", "when": {"month": 5, "by": "挂号，收费", "keep": ["签到表", "甲，乙"]}},
            ["一", "二"],
        ],
        "several": ["甲", "乙"],
        "body": "第一段\n  缩进的一行\n\n第二段：a: b # 不是注释",
        "folded": "first line goes on",
        "last": "完",
    }


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("**/*.yaml")), ids=lambda path: path.stem)
def test_our_data_reads_as_any_yaml_reader_reads_it(path: Path) -> None:
    raw = path.read_bytes()
    assert read(raw, path.name).data == yaml.safe_load(raw)


def test_a_bom_and_windows_line_ends_change_nothing() -> None:
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert read(windows, "x.yaml").data == read_text_of(GOOD)


def test_line_ends_of_old_macs_are_line_ends() -> None:
    assert read(b"a: x\rb: z\r", "x.yaml").data == {"a": "x", "b": "z"}


def test_a_value_is_found_by_its_path() -> None:
    source = read(GOOD.encode(), "x.yaml")
    assert source.place(("nested", 0, "when", "month")) == Place(15, 19)
    assert source.place(("nested", 0)) == Place(14, 5)
    assert source.place(()) == Place(2, 1)


def test_a_key_is_found_by_the_path_of_its_value() -> None:
    source = read(GOOD.encode(), "x.yaml")
    assert source.place(("nested", 0, "when", "month"), key=True) == Place(15, 12)
    assert source.place(("list", 1), key=True) == source.place(("list", 1))


def test_a_text_inside_a_value_is_found() -> None:
    source = read(GOOD.encode(), "x.yaml")
    assert source.place(("title",), needle="创建") == Place(3, 15)
    assert source.place(("body",), needle="第二段") == Place(26, 3)


def test_a_text_that_is_not_there_gives_the_place_of_the_value() -> None:
    source = read(GOOD.encode(), "x.yaml")
    assert source.place(("title",), needle="kickoff") == Place(3, 8)
    assert source.place(("quoted",), needle="it's") == Place(9, 9)


def test_a_path_that_does_not_exist_is_followed_as_far_as_it_goes() -> None:
    source = read(GOOD.encode(), "x.yaml")
    assert source.place(("nested", 0, "when", "year")) == Place(15, 11)


def test_a_problem_is_three_lines_with_a_caret_under_the_column() -> None:
    problem = read("title: 文明窗口\n".encode(), "data/x.yaml").problem(("title",), "不对", needle="窗口")
    assert str(problem) == "data/x.yaml:1:10: 不对\n    title: 文明窗口\n               ^"


def test_the_caret_of_a_long_line_is_under_its_character() -> None:
    text = "text: " + "文明" * 200 + "！" + "窗口" * 200
    problem = read(text.encode(), "x").problem(("text",), "不对", needle="！")
    _, excerpt, caret = str(problem).split("\n")
    before = excerpt[: excerpt.index("！")]
    assert sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in before) == caret.index("^")
    assert len(excerpt) < 120


def test_problems_sort_in_reading_order_and_none_is_told_twice() -> None:
    late, early = (Problem("x", Place(line, 1), "不对", "") for line in (10, 9))
    assert DataError([late, early, late]).problems == (early, late)


def test_every_problem_is_told_at_once() -> None:
    assert places_of("a: no\nb：x\nc: 见 #3\nd:\n  -x\ne: \u200b甲\n") == [(1, 4), (2, 2), (3, 6), (5, 3), (6, 4)]


def test_a_duplicate_key_is_told_with_both_places() -> None:
    (problem,) = problems_of("title: 甲\nunit: 乙\ntitle: 丙\n")
    assert problem.place == Place(3, 1)
    assert "第 1 行" in problem.message


def test_chinese_quotes_around_chinese_text_are_text() -> None:
    assert read_text_of("name: “学雷锋，创三优”\n") == {"name": "“学雷锋，创三优”"}


def test_chinese_quotes_around_what_needs_quotes_are_told() -> None:
    assert places_of("date: “2026-11-21”\nname: “总则: 一”\n") == [(1, 7), (2, 7)]


def test_keys_that_only_look_the_same_are_told() -> None:
    assert places_of("caf\u00e9: 甲\ncafe\u0301: 乙\n") == [(2, 4)]


def test_what_a_line_was_told_for_is_not_told_again_in_other_words() -> None:
    assert len(problems_of('title: "开了没关\nunit: 甲\n')) == 1
    assert len(problems_of("tasks: # 说明\n  - id: a\n    text: 甲\n")) == 1


def test_a_wrong_first_line_of_a_list_is_blamed_and_not_the_lines_below() -> None:
    assert places_of("items:\n   - 甲\n  - 乙\n  - 丙\n") == [(2, 4)]
    assert places_of("items:\n  - 甲\n   - 乙\n  - 丙\n") == [(3, 4)]


@pytest.mark.parametrize("text", ["no", "1.10", "0123", "12:30", "2026-11-21", "~", "见附件 #3 号", "“文明”", " 甲 "])
def test_whatever_stands_in_quotes_is_text(text: str) -> None:
    trimmed = text.strip()
    assert read_text_of(f"value: '{trimmed}'\n") == {"value": trimmed}


@pytest.mark.parametrize("text", ["10%", "3/5", "1.2.3", "5月", "a#b", "http://10.0.0.1/x", "004-11", "nope"])
def test_text_that_nobody_would_guess_at_needs_no_quotes(text: str) -> None:
    assert read_text_of(f"value: {text}\n") == {"value": text}


def test_a_hundred_thousand_brackets_are_told_and_kill_nothing() -> None:
    assert places_of("a: " + "[" * 100_000 + "\n") == [(1, 24)]


def test_a_hundred_thousand_dashes_are_told_and_kill_nothing() -> None:
    assert problems_of("- " * 100_000 + "x\n")


@pytest.mark.parametrize("module", ["scanner", "parser"])
def test_every_syntax_error_of_pyyaml_has_a_sentence(module: str) -> None:
    code = Path(sys.modules[f"yaml.{module}"].__file__ or "").read_text(encoding="utf-8")
    texts = re.findall(r"""\"((?:expected|found|could not|mapping |sequence )[^\"]*)\"""", code)
    texts = [text for text in texts if "non-specific" not in text]
    assert len(texts) > 5
    assert [text for text in texts if not wording.knows(text)] == []


def test_every_character_that_unicode_calls_invisible_is_told() -> None:
    missed = [
        f"U+{code:04X}"
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Cf", "Zs", "Zl", "Zp", "Cc", "Co"}
        and chr(code) not in " \u3000\t\n"
        and not characters.TOLD.match(chr(code))
    ]
    assert missed == []


def test_no_character_that_is_told_is_passed_over_when_a_file_is_looked_at_as_a_whole() -> None:
    told = [chr(code) for code in range(0x110000) if characters.TOLD.match(chr(code))]
    assert len(told) > 100_000
    assert [character for character in told if not characters._PERHAPS_TOLD.match(character)] == []


@pytest.mark.parametrize("words", ["文明窗口", "文明窗口创建", "文明服务"])
def test_the_shortest_mojibake_is_told(words: str) -> None:
    mangled = words.encode().decode("gb18030")
    assert len(mangled) >= 6
    assert f"原来的文字是“{words}”" in problems_of(f"text: {mangled}\n")[0].message
    assert f"原来的文字是“{words}”" in problems_of(f"text: {mangled}的\n")[0].message


def test_ordinary_chinese_text_has_nothing_to_tell() -> None:
    ordinary = [*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0), *range(0x3000, 0x3040), *range(0xFF01, 0xFF5F)]
    assert [chr(code) for code in ordinary if characters.TOLD.match(chr(code))] == []


def test_a_page_is_read_as_text_and_its_bytes_are_checked() -> None:
    assert read_text("\ufeff# 标题\r\n\t正文\n".encode(), "docs/x.md") == "# 标题\n\t正文\n"
    with pytest.raises(DataError, match="GBK"):
        read_text("# 标题文字".encode("gbk"), "docs/x.md")


RIGHT_PAGES = ["# 标题\n", "---\ntitle: 使用说明\nhide: [toc]\n---\n正文：甲\n", "", "----\n", "正文\n---\n"]


@pytest.mark.parametrize("page", RIGHT_PAGES)
def test_a_right_page_raises_no_alarm(page: str) -> None:
    assert front_matter_problems(page, "docs/x.md") == []


WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]).filter(lambda one: not characters.TOLD.match(one)),
    min_size=1,
    max_size=30,
).filter(lambda text: unicodedata.is_normalized("NFC", text) and "锟斤拷" not in text)
KEYS = st.from_regex("[a-z]{2,8}", fullmatch=True)
VALUES = st.recursive(
    WORDS | st.integers(-999, 10**9) | st.booleans(),
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(KEYS, inner, min_size=1, max_size=4),
    max_leaves=12,
)


def quoted(value: Data) -> str:
    """Write a value the plainest way: one line, every text in single quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"'{key}': {quoted(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(quoted(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_anything_in_quotes_is_read_as_it_was_written(value: Data) -> None:
    assert read_text_of(f"- {quoted(value)}\n") == [value]


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("ab:：-，,#\"'[]{}|>&*! \n\t　“”甲乙1.0no~\u200b\r\x85"), max_size=40))
def test_whatever_is_read_is_what_yaml_reads_and_nothing_crashes(text: str) -> None:
    problems, data = outcome(text.encode())
    assert all(str(problem).count("\n") == 2 for problem in problems)
    if not problems:
        assert as_text(yaml.safe_load(text)) == as_text(data)


def as_text(data: object) -> object:
    """Drop the line break at the end of a `|` text, which we do not keep."""
    if isinstance(data, dict):
        return {key: as_text(inner) for key, inner in data.items()}
    if isinstance(data, list):
        return [as_text(inner) for inner in data]
    return data.rstrip("\n") if isinstance(data, str) else data


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    problems, data = outcome(raw)
    assert problems or data is not None


def outcome(raw: bytes) -> tuple[tuple[Problem, ...], Data]:
    try:
        return (), read(raw, "x.yaml").data
    except DataError as error:
        return error.problems, None


PLAIN = (ROOT / "data" / "roles.yaml").read_bytes()


@pytest.mark.parametrize(("lines", "most"), [(PLAIN, 1), (PLAIN + b"- 'it''s'\n", 3)], ids=["plain", "line by line"])
def test_reading_takes_no_longer_than_yaml_takes_alone_so_many_times(lines: bytes, most: int) -> None:
    """Why relative: the goal is a second a megabyte, and test machines differ."""
    raw = lines * (300_000 // len(lines))
    ours = _seconds(lambda: read(raw, "x.yaml"))
    assert ours < most * _seconds(lambda: yaml.load(raw, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506


def _seconds(work: Callable[[], object]) -> float:
    """Give the processor time of the best of five runs."""
    took = []
    for _ in range(5):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


@pytest.mark.parametrize("words", ["系统要统一思想", "全系统要统一思想", "按照系统要统一思想的要求"])
def test_good_words_whose_bytes_happen_to_be_utf8_are_no_mojibake(words: str) -> None:
    assert read_text_of(f"text: {words}\n") == {"text": words}


def test_an_escaped_backslash_is_read_and_another_escape_is_told() -> None:
    assert read_text_of('a: "路径 \\\\ 名"\n') == {"a": "路径 \\ 名"}
    assert places_of('a: "换行\\n"\n') == [(1, 7)]
