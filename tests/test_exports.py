"""The files offered for download, read back as table programs read them."""

from __future__ import annotations

import csv
import io
import json
from itertools import groupby
from pathlib import Path

import pytest

from macros.book import load
from macros.checklist import task_groups
from macros.exports import FORMATS
from macros.exports.cells import inert
from macros.exports.checklist_csv import HEADER, make
from macros.model import Book, Plan
from tests.book_of_tests import ALPHA, DataFolder

REAL = load(Path(__file__).parent.parent)

ACTIVE = (
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "+86 10",
    "-1+1",
    "-",
    "--1",
    "- 一条",
    "@SUM(A1)",
    "@某人",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\t=1",
    "\r=1",
    "-5%",
    "+5次",
    "-５",
    "-5\n=1",
)
HARMLESS = (
    "",
    "召开动员会",
    "1.1",
    "3.2",
    "-5",
    "-3.2",
    "+5",
    "+5.0",
    "0",
    "12",
    "A=1",
    "甲-乙",
    "'=1",
    " x",
    "−5",
    "〔=〕",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Read the tiny book."""
    return DataFolder.in_(tmp_path_factory.mktemp("book")).book()


def read_back(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("text", ACTIVE)
def test_a_cell_that_would_run_is_made_text(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_cell_that_would_not_run_is_left_alone(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize("plan", REAL.plans.values(), ids=lambda plan: plan.id)
def test_the_checklist_is_the_csv_that_office_programs_expect(plan: Plan) -> None:
    raw = make(plan, REAL)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == len(plan.tasks) + 1
    for line in raw.removeprefix(b"\xef\xbb\xbf").split(b"\r\n")[:-1]:
        assert line.startswith(b'"')
        assert line.endswith(b'"')
        assert line.count(b'","') == len(HEADER) - 1


@pytest.mark.parametrize("plan", REAL.plans.values(), ids=lambda plan: plan.id)
def test_the_checklist_holds_a_row_for_every_task(plan: Plan) -> None:
    header, *rows = read_back(make(plan, REAL))
    assert header == list(HEADER)
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(plan.tasks) + 1)]
    assert sorted(row[2] for row in rows) == sorted(task.text for task in plan.tasks)
    parts = [row[1] for row in rows]
    assert [part for part, _ in groupby(parts)] == [group.name for group in task_groups(plan, REAL)]
    assert {len(row) for row in rows} == {len(HEADER)}


def test_a_row_says_who_when_what_and_from_where(book: Book) -> None:
    rows = {row[2]: row for row in read_back(make(book.plans[ALPHA], book))[1:]}
    assert rows["召开动员会，点到【单位全称】全体人员"] == [
        "1",
        "动员阶段",
        "召开动员会，点到【单位全称】全体人员",
        "创建办公室（窗口负责人配合）",
        "动员阶段（【动员月份】月），【动员月份】底以前",
        "签到表、会议照片",
        "培训学习、投诉监督",
        "原文“三、第一步”（004-01）",
        "",
    ]
    assert rows["每天抽查等候时间"][7] == "编者建议"
    assert rows["组织一次义务服务"][4] == "集中周（离3月5日最近的星期一起，共5天），3月5日"


def test_no_cell_of_a_checklist_runs(book: Book) -> None:
    plan = book.plans[ALPHA]
    for text in ACTIVE:
        words = " ".join(text.split()) if text[0] not in "\t\r" else text
        tasks = (plan.tasks[0].model_copy(update={"text": words}),)
        row = read_back(make(plan.model_copy(update={"tasks": tasks}), book))[1]
        assert row[2] == f"'{words}"


def test_quotes_and_breaks_in_a_cell_come_back_whole(book: Book) -> None:
    plan = book.plans[ALPHA]
    text = '他说："好"，\r\n第二行,逗号'
    tasks = (plan.tasks[0].model_copy(update={"text": text}),)
    assert read_back(make(plan.model_copy(update={"tasks": tasks}), book))[1][2] == text


def test_every_format_has_an_address_and_bytes_of_its_own(book: Book) -> None:
    plan = book.plans[ALPHA]
    urls = [format_.url(plan.id) for format_ in FORMATS]
    assert len(set(urls)) == len(urls)
    assert all(plan.id in url and url.isascii() for url in urls)
    made = {format_.key: format_.make(plan, book) for format_ in FORMATS}
    assert made["csv"].startswith(b"\xef\xbb\xbf")
    assert json.loads(made["json"])["id"] == plan.id


def test_files_are_the_same_whenever_they_are_made(book: Book) -> None:
    for format_ in FORMATS:
        assert format_.make(book.plans[ALPHA], book) == format_.make(book.plans[ALPHA], book)
