"""A plan is laid out as an official paper: numbers, order, wording, and who says what."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.book import load
from macros.document import NEW_MEASURES, Heading, Paragraph, Part, document, plain_text
from macros.model import Block, Book, Plan, Section
from tests.book_of_tests import ALPHA, BETA, DataFolder

REAL = load(Path(__file__).parent.parent)

ALPHA_TEXT = """\
一、创建依据
【单位全称】按下列文件开展创建。
（一）上级的创建意见（【单位全称】的主管部门）
二、创建目标
（一）服务质量好。群众办事满意。
（二）行业风气好。没有不正之风。
（三）创建办公室：【单位全称】办公室。汇总情况。
（四）具体说明
1.说明第一条；
2.说明第二条。
3.更细的说明
这一段是编者加的。
这一段有自己的出处。
三、实施步骤
全年分阶段推进。
（一）动员阶段（【动员月份】月）
开一次动员会。
1.发通知；
2.贴标语。
（二）集中周（离3月5日最近的星期一起，共5天）
（三）实施阶段（4月—9月）
（四）总结阶段（实施阶段开始后第180天—12月20日）
（五）后续阶段
四、监督与考核
（一）监督电话。接听投诉，当天登记（设在服务大厅，【投诉电话】）。
（二）上墙公示。把收费标准贴上墙。
（三）现场服务。看窗口人员的仪表和用语（看现场、问卷）。结果作为评选依据。
（四）最佳窗口（主题：比服务）。评选范围：各窗口。评选对象：集体。评选条件：群众满意；没有投诉。
（五）表彰奖励。全年没有有责投诉的，通报表扬。
（六）警示惩戒。被投诉三次的，调离窗口。
五、今年新举措
【今年新举措】"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Read the tiny book."""
    return DataFolder.in_(tmp_path_factory.mktemp("book")).book()


@pytest.fixture(scope="module")
def parts(book: Book) -> tuple[Part, ...]:
    """Lay out its larger plan."""
    return document(book.plans[ALPHA], book)


def paragraph(parts: tuple[Part, ...], words: str) -> Paragraph:
    return next(part for part in parts if isinstance(part, Paragraph) and words in part.text)


def heading(parts: tuple[Part, ...], words: str) -> Heading:
    return next(part for part in parts if isinstance(part, Heading) and words in part.text)


def test_the_whole_paper_reads_as_an_official_one(parts: tuple[Part, ...]) -> None:
    assert plain_text(parts) == ALPHA_TEXT


def test_headings_stand_at_the_level_of_their_numbers(parts: tuple[Part, ...]) -> None:
    levels = {part.number: part.level for part in parts if isinstance(part, Heading)}
    assert levels == {
        "一、": 1, "二、": 1, "三、": 1, "四、": 1, "五、": 1,
        "（一）": 2, "（二）": 2, "（三）": 2, "（四）": 2, "（五）": 2, "3.": 3,
    }  # fmt: skip


def test_a_heading_leads_to_its_place_and_names_its_source(parts: tuple[Part, ...]) -> None:
    steps, phase = heading(parts, "实施步骤"), heading(parts, "集中周")
    assert (steps.anchor, phase.anchor) == ("steps", "phase-week")
    assert steps.source is not None
    assert phase.source is not None
    assert (steps.source.heading, phase.source.heading) == ("三、步骤", "三、第二步")


def test_anchors_are_never_the_same(parts: tuple[Part, ...]) -> None:
    anchors = [part.anchor for part in parts if isinstance(part, Heading)]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("words", "origin"),
    [
        ("群众办事满意", "source"),
        ("没有不正之风", "editor"),
        ("接听投诉", "source"),
        ("把收费标准", "editor"),
        ("通报表扬", "source"),
        ("调离窗口", "editor"),
        ("编者加的", "editor"),
        ("自己的出处", "editor"),
        ("说明第一条", "source"),
    ],
)
def test_a_paragraph_says_whether_the_editors_added_it(parts: tuple[Part, ...], words: str, origin: str) -> None:
    assert paragraph(parts, words).origin == origin


def test_what_an_editor_adds_to_a_sourced_section_is_marked_alone(book: Book) -> None:
    section = Section.model_validate(
        {
            "id": "one",
            "kind": "措施",
            "heading": "措施",
            "source": {"id": "004-02", "heading": "全文"},
            "body": ["原文的。", {"text": "编者的。", "origin": "editor"}],
        }
    )
    parts = document(book.plans[BETA].model_copy(update={"sections": (section,)}), book)
    assert [part.origin for part in parts[:3]] == ["source", "source", "editor"]


def test_numbers_run_on_over_lists_and_the_sections_below(book: Book) -> None:
    plan = book.plans[ALPHA]
    below = plan.sections[1].model_copy(update={"id": "x", "heading": "下面"})
    section = plan.sections[0].model_copy(
        update={"body": (Block(items=("甲", "乙")), Block(text="中间"), Block(items=("丙",))), "sections": (below,)}
    )
    parts = document(plan.model_copy(update={"sections": (section,)}), book)
    assert [part.number for part in parts[:6]] == ["一、", "（一）", "（二）", "", "（三）", "（四）"]


def test_numbers_begin_anew_in_every_section(book: Book) -> None:
    plan = book.plans[BETA]
    one = plan.sections[0].model_copy(update={"body": (Block(items=("甲", "乙")),)})
    two = one.model_copy(update={"id": "two"})
    parts = document(plan.model_copy(update={"sections": (one, two)}), book)
    assert [part.number for part in parts] == ["一、", "（一）", "（二）", "二、", "（一）", "（二）", "三、", ""]


def test_a_tenth_section_is_numbered_ten(book: Book) -> None:
    plan = book.plans[BETA]
    sections = tuple(plan.sections[0].model_copy(update={"id": f"s{index}"}) for index in range(11))
    parts = document(plan.model_copy(update={"sections": sections}), book)
    assert [part.number for part in parts if isinstance(part, Heading)][9:] == ["十、", "十一、", "十二、"]


@pytest.mark.parametrize("plan", REAL.plans.values(), ids=lambda plan: plan.id)
def test_new_measures_stand_last_in_every_plan(plan: Plan) -> None:
    *_, title, last = document(plan, REAL)
    assert isinstance(title, Heading)
    assert isinstance(last, Paragraph)
    assert (title.level, title.text, title.anchor) == (1, "今年新举措", NEW_MEASURES)
    assert (last.text, last.own) == (f"【{REAL.fields[NEW_MEASURES].label}】", True)


@pytest.mark.parametrize("plan", REAL.plans.values(), ids=lambda plan: plan.id)
def test_no_line_of_a_plan_breaks_or_ends_twice(plan: Plan) -> None:
    for line in plain_text(document(plan, REAL)).split("\n"):
        assert line == line.strip()
        assert not any(slip in line for slip in ("。。", "；。", "，，", "的的，", "（）", "。（", "，）", "None")), (
            line
        )


def test_each_part_of_the_paper_is_one_line_of_the_text(parts: tuple[Part, ...]) -> None:
    assert len(plain_text(parts).split("\n")) == len(parts)
