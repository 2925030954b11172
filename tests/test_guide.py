"""What the editor's guide shows is true: its example plan is valid, its message is what `check` says."""

import re
import shutil
from pathlib import Path

import pytest

from macros.book import inspect

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide" / "edit.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^``` \{ \.(\w+).*?\}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = BLOCK.findall(GUIDE)
PLAN = "data/plans/telecom-hall-daily-patrol.yaml"


def block(start: str) -> str:
    """Give the one block of the guide that begins so."""
    (found,) = [text for _, text in BLOCKS if text.startswith(start)]
    return found


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Give a data folder with the shared lists and, as its only plan, the guide's example."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("schema"))
    (tmp_path / PLAN).write_text(block("# yaml-language-server"), encoding="utf-8")
    return tmp_path


def said(house: Path) -> list[str]:
    reading = inspect(house)
    return [str(problem) for problem in (*reading.problems, *reading.warnings)]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_every_block_of_the_guide_is_looked_at() -> None:
    assert GUIDE.count("```") == 2 * len(BLOCKS)
    assert len([kind for kind, _ in BLOCKS if kind == "yaml"]) == 4


def test_the_example_plan_is_valid_beside_the_real_ones(house: Path) -> None:
    assert [line for line in said(house) if line.startswith(PLAN)] == []
    assert inspect(house).problems == ()


def test_the_message_is_what_check_says_of_the_slip_described(house: Path) -> None:
    edit(house / PLAN, "every: 每月", "every: 每个月")
    (message,) = inspect(house).problems
    assert str(message) + "\n" == block("data/plans/")
    assert f"`:{message.place.line}:{message.place.column}:`" in GUIDE
    assert f"第 {message.place.line} 行，第 {message.place.column} 个字" in GUIDE


def test_a_blank_is_added_as_the_guide_says(house: Path) -> None:
    append(house / "data" / "fields.yaml", block("- {id: complaint-box-place"))
    edit(house / PLAN, "blanks:\n", f"blanks:\n  {block('- {field: complaint-box-place')}")
    (line,) = re.findall(r"在正文里写：`(.+?)`", GUIDE)
    edit(house / PLAN, "      - text: 巡视记录按月装订", f"      {line}\n      - text: 巡视记录按月装订")
    assert said(house) == []


def test_a_term_is_added_as_the_guide_says(house: Path) -> None:
    append(house / "data" / "glossary.yaml", block("- id: patrol-record"))
    edit(house / PLAN, "terms: [model-window-activity]", "terms: [model-window-activity, patrol-record]")
    assert said(house) == []


RULES = GUIDE.partition("{: #rules }")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", RULES, re.MULTILINE)


@pytest.mark.parametrize(("right", "wrong"), ROWS)
def test_the_guide_is_right_about_what_is_right_and_wrong(right: str, wrong: str, house: Path) -> None:
    write_line(house / PLAN, right)
    assert said(house) == []
    write_line(house / PLAN, wrong)
    assert said(house) != []


def write_line(file: Path, line: str) -> None:
    """Put a line in the place of the first paragraph, if it is one, else of the first line with its key."""
    text = block("# yaml-language-server")
    key = re.match(r"[a-z]+", line)
    old = rf"^( *){key[0]}:.*$" if key else r"^( *)- 营业厅负责人.*$"
    file.write_text(re.sub(old, rf"\g<1>{line}", text, count=1, flags=re.MULTILINE), encoding="utf-8")
