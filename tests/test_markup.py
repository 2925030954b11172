"""What is wrong with the HTML of a page is told with its place; tests/browser/test_valid_html.py asks a validator."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from macros.gates.markup import markup_faults
from tests.wrong_html import RIGHT, STRICTER, WRONG, page


@pytest.mark.parametrize(("body", "place", "says"), [*WRONG, *STRICTER])
def test_a_fault_is_told_with_line_and_column(body: str, place: str, says: str) -> None:
    told = [(f"{line}:{column}", message) for line, column, message in markup_faults(page(body))]
    assert told
    assert told[0][0] == place, told
    assert told[0][1].startswith(says), told


@pytest.mark.parametrize("body", RIGHT)
def test_what_is_right_is_let_through(body: str) -> None:
    assert markup_faults(page(body)) == []


def test_what_is_missing_at_the_top_is_told() -> None:
    right = page("")
    assert markup_faults(right) == []
    assert markup_faults(right.replace("<!doctype html>\n", "")) == [(1, 1, "第一行不是 <!doctype html>")]
    assert markup_faults(right.replace(' lang="zh"', "")) == [(2, 1, "<html> 没有写语言 lang")]
    late = right.replace('<meta charset="utf-8">', f"<!-- {'字' * 400} -->" + '<meta charset="utf-8">')
    assert markup_faults(late) == [(1, 1, "开头没有 <meta charset=utf-8>")]


def test_the_largest_page_is_read_in_a_blink(site: Path) -> None:
    largest = max(site.rglob("*.html"), key=lambda path: path.stat().st_size).read_text(encoding="utf-8")
    began = time.process_time()
    assert markup_faults(largest) == []
    assert time.process_time() - began < 0.3
