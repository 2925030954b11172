"""The printed checklist has every task, its empty box, and lines to sign on; the page prints as before."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PageObject

from tests.browser.opening import Opener, wait_until
from tests.browser.plan_page import PLAN, address, api, each_plan, shown_tasks
from tests.browser.printing import AWAY, print_checklist, print_part, squeeze, words

SHEET = "link[data-print-sheet=checklist]"
HEAD = "任务责任时间留存材料完成情况"
PAPER = "[data-paper=title], [id^=s-], [data-paper=line]"
STYLE = """(all, names) => all.filter(one => one.getClientRects().length).map(one => {
    const style = getComputedStyle(one);
    return names.map(name => style.getPropertyValue(name));
})"""
POINTS_PER_MM = 72 / 25.4


def boxes(paper: list[PageObject]) -> int:
    """Count the squares that are drawn as outlines; backgrounds are not printed."""
    return sum(squares(page) for page in paper)


def squares(page: PageObject) -> int:
    content = page.get_contents()
    operations = content.operations if content is not None else []
    outlines = [operands for (operands, kind), (_, then) in pairwise(operations) if (kind, then) == (b"re", b"S")]
    return sum(abs(width - height) <= 1 for _, _, width, height in outlines)


def in_order(page: Page, plan: dict[str, Any]) -> list[dict[str, Any]]:
    tasks = {task["id"]: task for task in plan["tasks"]}
    return [tasks[task] for task in shown_tasks(page)]


def test_every_task_is_printed_whole_on_one_page_with_its_box(site: Path, open_http: Opener) -> None:
    for plan, visit in each_plan(open_http, site):
        tasks = in_order(visit.page, plan)
        paper = print_checklist(visit.page)
        papers = [words([sheet]) for sheet in paper]
        for number, task in enumerate(tasks, 1):
            facts = [squeeze(task[f"{key}_text"]) for key in ("owner", "when", "record")]
            row = squeeze(f"{number}.{task['text']}") + "".join(facts)
            assert [row in text for text in papers].count(True) == 1, (plan["id"], row)
        assert boxes(paper) == len(tasks)
        assert papers[0].startswith(squeeze(f"{plan['title']}检查清单单位：年度：{HEAD}"))
        assert all(HEAD in text for text in papers if re.search(r"\d\.", text))
        assert papers[-1].endswith(squeeze("检查人（签字）：科室负责人（签字）：日期："))


def test_a_group_name_stands_on_the_page_of_its_first_task(open_http: Opener) -> None:
    page = open_http(address()).page
    groups = page.locator(".task-group").all()
    firsts = [
        (group.locator("h3").inner_text(), group.locator("[data-cell=text]").first.inner_text()) for group in groups
    ]
    text = [words([sheet]) for sheet in print_checklist(page)]
    for name, first in firsts:
        pattern = re.escape(squeeze(name)) + r"\d+\." + re.escape(squeeze(first))
        assert any(re.search(pattern, sheet) for sheet in text), name


def test_the_sheet_is_a4_upright_and_holds_nothing_else(opened: Opener) -> None:
    visit = opened(address())
    paper = print_checklist(visit.page)
    for sheet in paper:
        assert [round(float(side) / POINTS_PER_MM) for side in sheet.mediabox[2:]] == [210, 297]
    for other in ("复制", "下载", "筛选", "方案正文", "出处", "主题", "编者建议", "编", "使用指南", "¶", "共"):
        assert other not in words(paper), other
    visit.assert_clean()


def test_the_sheet_is_put_away_after_printing_and_the_page_prints_whole(site: Path, opened: Opener) -> None:
    page = opened(address()).page
    assert page.evaluate(AWAY)
    assert print_checklist(page)
    wait_until(page, AWAY)
    whole = words(print_part(page, "page"))
    assert all(squeeze(line) in whole for line in headings(api(site, f"plans/{PLAN}")))


def headings(plan: dict[str, Any]) -> list[str]:
    return [section["heading"] for section in plan["sections"]]


def test_only_what_the_filter_shows_is_printed_and_it_says_so(site: Path, opened: Opener) -> None:
    plan = api(site, f"plans/{PLAN}")
    page = opened(address()).page
    page.select_option("select[name=role]", index=2)
    role = page.locator("select[name=role] option:checked").inner_text().partition("（")[0]
    numbers = page.locator("[data-task-id]:visible").evaluate_all("all => all.map(one => one.dataset.number)")
    tasks = in_order(page, plan)
    text = words(paper := print_checklist(page))
    assert 0 < len(tasks) < len(plan["tasks"])
    assert boxes(paper) == len(tasks)
    assert squeeze(f"责任：{role}。显示{len(tasks)}项，共{len(plan['tasks'])}项任务{HEAD}") in text
    assert "全部" not in text
    assert numbers != [str(number) for number in range(1, len(tasks) + 1)]
    for number, task in zip(numbers, tasks, strict=True):
        assert squeeze(f"{number}.{task['text']}") in text
    assert squeeze(f"显示{len(tasks)}项，共{len(plan['tasks'])}项任务") in words(print_part(page, "page"))


def test_a_tick_is_printed_in_its_box(opened: Opener) -> None:
    page = opened(address()).page
    page.locator("[data-task-id] input").first.check()
    assert boxes(print_checklist(page)) == page.locator("[data-task-id]").count()
    page.emulate_media(media="print")
    page.eval_on_selector(SHEET, "sheet => { sheet.media = 'print' }")
    marks = "all => all.map(box => getComputedStyle(box, '::after').content)"
    drawn = page.eval_on_selector_all("[data-task-id] input", marks)
    assert drawn[0] == '""'
    assert set(drawn[1:]) == {"none"}


def test_the_sheet_is_black_on_white_in_dark_mode(open_http: Opener) -> None:
    page = open_http(address(), dark=True).page
    page.emulate_media(media="print")
    page.eval_on_selector(SHEET, "sheet => { sheet.media = 'print' }")
    colours = "all => [...new Set(all.map(one => getComputedStyle(one).color))]"
    assert page.eval_on_selector_all("h1, #checklist, .checklist *", colours) == ["rgb(0, 0, 0)"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# The text.


def test_every_text_is_printed_whole_and_alone(site: Path, open_http: Opener) -> None:
    for plan, visit in each_plan(open_http, site):
        paper = print_part(visit.page, "text")
        assert words(paper).replace("编者建议", "") == squeeze(f"{plan['paper_title']}{plan['text']}"), plan["id"]
        assert (
            words(paper).count("编者建议")
            == visit.page.locator("[data-paper=line] .by-editor, .citation--editor .by-editor").count()
        )
        for sheet in paper:
            assert [round(float(side) / POINTS_PER_MM) for side in sheet.mediabox[2:]] == [210, 297]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_text_is_typed_as_official_papers_are(open_http: Opener, dark: bool) -> None:  # noqa: FBT001
    page = open_http(address(), dark=dark).page
    page.emulate_media(media="print")
    page.eval_on_selector("link[data-print-sheet=text]", "sheet => { sheet.media = 'print' }")
    names = ["font-size", "line-height", "text-indent", "color"]
    title, *lines = page.eval_on_selector_all(PAPER, STYLE, names)
    points = {
        name: f"{size * 4 / 3:.4f}".rstrip("0").rstrip(".") + "px" for name, size in (("title", 22), ("body", 16))
    }
    assert title[0] == points["title"]
    assert {line[0] for line in lines} == {points["body"]}
    assert {round(float(line[1].removesuffix("px")) * 3 / 4, 2) for line in lines} == {28}
    assert {round(float(line[2].removesuffix("px")) * 3 / 8) for line in lines} == {16}
    assert {line[3] for line in (title, *lines)} == {"rgb(0, 0, 0)"}
    assert page.eval_on_selector_all("[data-paper] .blank", STYLE, ["text-decoration-line"])[0] == ["underline"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("name", ["text", "page"])
def test_no_heading_is_left_alone_at_the_foot_of_a_page(site: Path, open_http: Opener, name: str) -> None:
    for plan, visit in each_plan(open_http, site):
        headings = [
            squeeze(heading)
            for heading in visit.page.locator("article :is(h2, h3, h4, h5, h6)").evaluate_all(
                """all => all.map(one => {
                    one.querySelectorAll(".headerlink").forEach(link => link.remove());
                    return one.textContent;
                })"""
            )
        ]
        assert headings
        paper = [words([sheet]) for sheet in print_part(visit.page, name)]
        # Why not after 、 or 主题: a theme may have the name of a heading.
        ends = [(heading, (f"、{heading}", f"主题{heading}")) for heading in headings]
        for text in paper[:-1]:
            alone = [heading for heading, theme in ends if text.endswith(heading) and not text.endswith(theme)]
            assert not alone, (plan["id"], text[-40:])


def test_the_whole_page_says_once_what_blanks_and_marks_mean(open_http: Opener) -> None:
    text = words(print_part(open_http(address(), dark=True).page, "page"))
    assert text.count(squeeze("是要填的空。标着编者建议的，原文没有写。")) == 1
    assert text.count(squeeze("的部分是本站补的，原文没有写。")) == 1


def test_paper_is_black_on_white_when_the_screen_is_dark(open_http: Opener) -> None:
    light, dark = open_http(address()).page, open_http(address(), dark=True).page
    names = ["color", "background-color", "border-top-color", "border-top-style", "text-decoration-line"]
    shown = []
    for page in (light, dark):
        page.emulate_media(media="print")
        shown.append(page.eval_on_selector_all("article *", STYLE, names))
    assert shown[0] == shown[1]
