"""How numbers, dates, limits and people are put into words."""

from __future__ import annotations

import pytest

from macros.model import Book, Citation, Moment, Phase, Plan, Task, Threshold, When
from macros.wording import (
    chinese_number,
    citation_text,
    heading_number,
    moment_text,
    month_day,
    phase_time,
    role_names,
    threshold_text,
    when_text,
)
from tests.book_of_tests import ALPHA, DataFolder


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Read the tiny book."""
    return DataFolder.in_(tmp_path_factory.mktemp("book")).book()


@pytest.fixture(scope="module")
def plan(book: Book) -> Plan:
    """Take its larger plan."""
    return book.plans[ALPHA]


def phase(start: Moment | None = None, end: Moment | None = None, lasts: int | None = None) -> Phase:
    return Phase(id="some", name="某阶段", start=start, end=end, lasts=lasts, origin="editor")


def task(plan: Plan, name: str) -> Task:
    return next(task for task in plan.tasks if task.id == name)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numbers_are_written_as_people_count(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize(
    ("level", "index", "number"),
    [
        (1, 1, "一、"),
        (1, 12, "十二、"),
        (2, 1, "（一）"),
        (2, 10, "（十）"),
        (3, 1, "1."),
        (3, 11, "11."),
        (4, 1, "（1）"),
        (4, 10, "（10）"),
    ],
)
def test_headings_are_numbered_as_in_official_papers(level: int, index: int, number: str) -> None:
    assert heading_number(level, index) == number


@pytest.mark.parametrize(("date", "words"), [("03-05", "3月5日"), ("12-31", "12月31日"), ("02-29", "2月29日")])
def test_a_date_has_no_leading_zeros(date: str, words: str) -> None:
    assert month_day(date) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (Moment(month=3), "3月"),
        (Moment(date="03-05"), "3月5日"),
        (Moment(date="03-05", weekday="星期一"), "离3月5日最近的星期一"),
        (Moment(field="kickoff-month"), "【动员月份】月"),
        (Moment(field="cycle"), "【评估周期】"),
        (Moment(after="work", days=180), "实施阶段开始后第180天"),
    ],
)
def test_a_moment_is_said_in_words(plan: Plan, book: Book, moment: Moment, words: str) -> None:
    assert moment_text(moment, plan, book) == words


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (phase(), ""),
        (phase(Moment(month=3)), "3月"),
        (phase(Moment(month=3), Moment(month=3)), "3月"),
        (phase(Moment(month=4), Moment(month=9)), "4月—9月"),
        (phase(Moment(date="03-05"), Moment(month=4)), "3月5日—4月"),
        (phase(Moment(date="03-05", weekday="星期一"), lasts=5), "离3月5日最近的星期一起，共5天"),
        (phase(Moment(field="kickoff-month"), Moment(date="12-20")), "【动员月份】月—12月20日"),
    ],
)
def test_a_phase_says_when_it_is(plan: Plan, book: Book, one: Phase, words: str) -> None:
    assert phase_time(one, plan, book) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(every="每天"), "每天"),
        (When(date="03-05"), "3月5日"),
        (When(by="阶段结束前"), "阶段结束前"),
        (When(phase="later"), "后续阶段"),
        (When(phase="work"), "实施阶段（4月—9月）"),
        (When(phase="work", date="05-01", every="每周", by="节前"), "实施阶段（4月—9月），5月1日，每周，节前"),
        (When(phase="kickoff", by="【单位全称】定"), "动员阶段（【动员月份】月），【单位全称】定"),
    ],
)
def test_a_task_says_when_it_is_done(plan: Plan, book: Book, when: When, words: str) -> None:
    assert when_text(when, plan, book) == words


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Threshold(metric="满意率", operator="达到", value="九成"), "满意率达到九成"),
        (
            Threshold(metric="等候时间", operator="不超过", value="【等候分钟数】分钟"),
            "等候时间不超过【等候分钟数】分钟",
        ),
        (Threshold(metric="有责投诉", operator="为零"), "有责投诉为零"),
    ],
)
def test_a_limit_is_said_in_one_phrase(limit: Threshold, words: str) -> None:
    assert threshold_text(limit) == words


def test_the_roles_of_a_task_are_named(plan: Plan, book: Book) -> None:
    assert role_names(task(plan, "hold-kickoff"), book) == "创建办公室（窗口负责人配合）"
    assert role_names(task(plan, "measure-waiting"), book) == "窗口负责人"


def test_a_citation_names_source_and_heading() -> None:
    citation = Citation(id="004-01", heading="三、步骤")
    assert citation_text(citation.id, citation.heading) == "原文“三、步骤”（004-01）"
