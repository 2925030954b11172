"""The page of my plans as people use it: progress, the list of plans, scores, and what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.my_plan import make as make_there
from tests.browser.my_plan import put
from tests.browser.opening import Opener, wait_until
from tests.browser.plan_page import address
from tests.browser.progress_page import (
    CELLS,
    CONTENT,
    EVERY,
    LABEL,
    MADE,
    PAGE,
    PLAN,
    PREVIEW,
    TASKS,
    at,
    card,
    files,
    labels,
    make,
    write,
)

BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"


def answer(page: Page, asked: list[str], *, yes: bool) -> None:
    """Answer the next question, and write down what it was."""

    def told(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if yes:
            dialog.accept()
        else:
            dialog.dismiss()

    page.once("dialog", told)


# ------------------------------------------------------------------ progress


def test_what_is_noted_on_a_plans_page_is_counted_here(open_file: Opener) -> None:
    visit = open_file(address())
    make_there(visit.page, "丙局", "2026", writer="办公室")
    put(visit.page, 0, "done")
    put(visit.page, 1, "doing")
    visit.page.evaluate("planSite.entries.flush()")
    visit.page.goto(f"{visit.home}/{PAGE}")
    expect(visit.page.locator(".my-plan__name")).to_contain_text("丙局 2026年")
    expect(visit.page.locator(".my-plan__count")).to_contain_text(f"已完成 1 / {EVERY} 项 · 进行中 1")
    assert visit.page.get_by_label("填写人或科室").input_value() == "办公室"
    visit.page.get_by_role("link", name="打开").click()
    expect(visit.page.locator("[data-my-choice] option:checked")).to_contain_text("丙局 2026年")
    visit.assert_clean()


def test_without_plans_the_page_says_what_to_do(open_http: Opener, axe: Callable[[Page], list[str]]) -> None:
    visit = open_http(PAGE)
    expect(visit.page.locator("[data-progress-list]")).to_contain_text("还没有您的方案")
    expect(visit.page.locator("[data-progress-list] a")).to_have_attribute("href", "../plans/index.html")
    assert not visit.page.locator("[data-progress-chosen]").is_visible()
    assert axe(visit.page) == []
    visit.assert_clean()


def test_a_card_tells_how_far_a_plan_is_and_leads_to_it(opened: Opener) -> None:
    visit = opened(PAGE)
    plan = make(visit.page)
    one = card(visit.page, LABEL)
    expect(one.locator(".my-plan__count")).to_contain_text(f"已完成 1 / {EVERY - 1} 项 · 进行中 1 · 不适用 1")
    expect(one.locator(".my-plan__count .late")).to_contain_text("逾期")
    expect(one.locator(".my-plan__export")).to_have_text("还没有导出过")
    one.get_by_role("link", name="打开").click()
    visit.page.wait_for_url("**/plans/transport-three-creations/index.html")
    assert visit.page.evaluate("planSite.myPlans.open('transport-three-creations')") == plan
    visit.assert_clean()


def test_bars_and_tables_say_the_same_numbers(open_http: Opener) -> None:
    visit = open_http(PAGE)
    make(visit.page)
    page = visit.page
    figures = dict(zip(*(page.locator(f".figures {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True))
    assert (figures["应做"], figures["已完成"], figures["进行中"], figures["不适用"]) == (str(EVERY - 1), "1", "1", "1")
    phases = page.locator(".groupings > section").first
    assert phases.locator("h3").inner_text() == "按阶段"
    assert phases.locator(".tally__count").first.inner_text().startswith("1 / ")
    assert phases.locator("svg").count() == phases.locator("li").count()
    expect(page.get_by_role("table", name="逾期天数")).to_contain_text("2020年1月1日")
    expect(page.get_by_role("table", name="各阶段的时间和完成情况")).to_contain_text("2026年3月1日")
    expect(page.get_by_role("table", name="不适用的任务")).to_contain_text("没有写原因")
    expect(page.locator("[data-progress-view]")).to_contain_text("还排不出日子的阶段：全面实施阶段、巩固提高阶段")
    visit.assert_clean()


def test_today_stands_on_the_line_of_the_year_only_while_it_is_on_it(open_http: Opener) -> None:
    visit = open_http(PAGE)
    make(visit.page)
    for day, lines in (("2026-03-15", 1), ("2026-02-28", 0), ("2026-04-01", 0)):
        visit.page.clock.set_fixed_time(f"{day}T12:00:00+08:00")
        visit.page.reload()
        visit.page.wait_for_selector(".timeline svg")
        assert visit.page.locator(".line__today").count() == lines, day
    visit.assert_clean()


def test_the_address_names_the_plan_that_is_shown(opened: Opener) -> None:
    visit = opened(PAGE)
    make(visit.page)
    other = make(visit.page, {"name": "另一份"})
    visit.page.goto(f"{visit.home}/{PAGE}?mine={other}")
    expect(visit.page.locator("[data-progress-title]")).to_have_text("进展：另一份")
    card(visit.page, LABEL).get_by_role("button", name="看进展").click()
    expect(visit.page.locator("[data-progress-title]")).to_have_text(f"进展：{LABEL}")
    expect(visit.page.locator("[data-progress-title]")).to_be_focused()
    visit.assert_clean()


def test_a_plan_whose_template_left_the_site_is_shown_all_the_same(open_http: Opener) -> None:
    visit = open_http(PAGE)
    make(visit.page, plan="no-such-plan")
    expect(card(visit.page, LABEL)).to_contain_text("本站已经没有")
    expect(card(visit.page, LABEL).get_by_role("button", name="开展新一年")).to_have_count(0)
    expect(card(visit.page, LABEL).locator(".my-plan__count")).to_contain_text(f"已完成 1 / {EVERY - 1} 项")
    visit.assert_clean()


def test_an_assembled_plan_is_counted_by_its_own_content_and_a_broken_one_breaks_nothing(open_http: Opener) -> None:
    visit = open_http(PAGE)
    whole = json.loads(json.dumps(CONTENT))
    own = make(visit.page, {**CELLS, "content": whole, "name": "组合的"}, plan="")
    make(visit.page, {"content": {"tasks": [{"id": 1}]}, "name": "坏的"}, plan="")
    expect(card(visit.page, "组合的").locator(".my-plan__count")).to_contain_text(f"已完成 1 / {EVERY - 1} 项")
    link = card(visit.page, "组合的").get_by_role("link", name="打开")
    assert link.get_attribute("href") == f"../assemble/index.html?mine={own}"
    expect(card(visit.page, "坏的")).to_be_visible()
    visit.assert_clean()


# ---------------------------------------------------------------------- list


def test_a_plan_is_renamed_copied_and_deleted_when_that_is_confirmed(open_http: Opener) -> None:
    visit = open_http(PAGE)
    page = visit.page
    make(page)
    card(page, LABEL).get_by_role("button", name="改名").press("Enter")
    expect(page.get_by_label("方案的名字")).to_be_focused()
    page.keyboard.type("今年的")
    page.keyboard.press("Enter")
    expect(page.locator(".my-plan__name")).to_have_text("今年的")
    expect(page.get_by_role("button", name="改名")).to_be_focused()
    page.get_by_role("button", name="复制一份").click()
    expect(page.locator(".my-plan__name")).to_have_text(["今年的", "今年的 副本"])
    asked: list[str] = []
    answer(page, asked, yes=False)
    card(page, "今年的 副本").get_by_role("button", name="删除").click()
    assert "“今年的 副本”" in asked[0]
    assert len(labels(page)) == 2
    answer(page, asked, yes=True)
    card(page, "今年的 副本").get_by_role("button", name="删除").click()
    expect(page.locator(".my-plan__name")).to_have_text(["今年的"])
    page.evaluate("planSite.entries.flush()")
    page.reload()
    expect(page.locator(".my-plan__name")).to_have_text(["今年的"])
    visit.assert_clean()


def test_everything_is_forgotten_when_that_is_confirmed_and_it_is_said_what_goes(open_http: Opener) -> None:
    visit = open_http(PAGE)
    page = visit.page
    make(page, writer="创建办")
    page.evaluate("planSite.store.set(planSite.store.active(), '', 'fields', 'unit-name', '甲局')")
    assert page.get_by_label("填写人或科室").input_value() == "创建办"
    asked: list[str] = []
    answer(page, asked, yes=True)
    page.get_by_role("button", name="清除本机数据").click()
    expect(page.locator("[data-progress-list]")).to_contain_text("还没有您的方案")
    assert "1 份我的方案、1 份单位资料" in asked[0]
    page.reload()
    assert page.get_by_label("填写人或科室").input_value() == ""
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('wmck')).length") == 0
    visit.assert_clean()


def test_a_plan_is_opened_for_another_year_and_compared_with_the_last(open_http: Opener) -> None:
    visit = open_http(PAGE)
    page = visit.page
    make(page)
    card(page, LABEL).get_by_role("button", name="开展新一年").click()
    page.get_by_role("button", name="建立新一年的方案").click()
    expect(page.locator(".my-plan__name")).to_have_count(2)
    page.get_by_role("button", name="对照去年").click()
    expect(page.locator("[data-reissue-changes]")).to_contain_text("今年新举措")
    page.get_by_role("button", name="收起").click()
    assert page.evaluate("document.activeElement.dataset.key || ''").startswith("reissue-")
    visit.assert_clean()


# -------------------------------------------------------------------- scores


def test_marks_are_added_kept_and_stand_beside_each_other(open_http: Opener) -> None:
    visit = open_http(PAGE)
    page = visit.page
    plan = make(page)
    for label, mark in (("分值", "１０"), ("自评分", "9.5"), ("考核分", "8")):
        page.get_by_label(f"第 1 项{label}").fill(mark)
    page.get_by_label("第 1 项说明").fill("缺照片")
    page.keyboard.press("Tab")
    expect(page.locator("[data-score-sums]")).to_have_text(
        "合计：分值 10，自评 9.5，考核 8；考核分减自评分 -1.5（只算两样都有的项）。"
    )
    page.get_by_label("第 1 项考核分").fill("八")
    page.keyboard.press("Tab")
    expect(page.get_by_label("第 1 项考核分")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("第 1 项考核分").fill("7")
    page.reload()  # Why without leaving the input: what is being typed is kept all the same.
    expect(page.get_by_label("第 1 项考核分")).to_have_value("7")
    page.get_by_role("button", name="看报告").click()
    expect(page.locator("#report-paper")).to_contain_text("考核分减自评分：-2.5")
    assert page.evaluate("(id) => planSite.myPlans.value(id, 'score/1/note')", plan) == "缺照片"
    visit.assert_clean()


def test_what_is_typed_stays_when_another_window_writes(open_http: Opener) -> None:
    visit = open_http(PAGE)
    plan = make(visit.page)
    visit.page.get_by_label("第 1 项自评分").fill("9")
    beside = open_http.beside(visit, PAGE)
    write(beside.page, plan, {at(5): "done", "score/1/full": "20"})
    visit.page.wait_for_timeout(300)
    expect(visit.page.get_by_label("第 1 项自评分")).to_be_focused()
    expect(visit.page.get_by_label("第 1 项自评分")).to_have_value("9")
    visit.page.keyboard.press("Tab")
    expect(card(visit.page, LABEL).locator(".my-plan__count")).to_contain_text(f"已完成 2 / {EVERY - 1} 项")
    expect(visit.page.get_by_label("第 1 项分值")).to_have_value("20")
    expect(visit.page.get_by_label("第 1 项自评分")).to_have_value("9")
    expect(visit.page.get_by_label("第 1 项考核分")).to_be_focused()
    visit.assert_clean()


# ---------------------------------------------------------- trouble and looks


def test_blocked_storage_is_told_and_the_page_works_in_memory(open_http: Opener) -> None:
    visit = open_http(PAGE)
    page = visit.page
    page.add_init_script(BLOCKED)
    page.reload()
    expect(page.locator("[data-progress-trouble]")).to_contain_text("关闭前请导出备份")
    page.evaluate(MADE, [PLAN, [[task, "事"] for task in TASKS], CELLS, ""])
    sent = page.evaluate("planSite.savedFile.written({ plans: [planSite.myPlans.all()[0].id] }, '')")
    page.set_input_files("[data-progress-file]", files(mine=sent.encode()))
    expect(page.locator(".my-plan__name")).to_have_count(2)
    assert set(visit.complaints) <= {"uncaught blocked"}  # The theme's own scripts complain, on every page.


def test_full_storage_is_told(open_http: Opener) -> None:
    visit = open_http(PAGE)
    plan = make(visit.page)
    visit.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('quota'); }; }")
    write(visit.page, plan, {at(4): "done"})
    expect(visit.page.locator("[data-progress-trouble]")).to_contain_text("空间满了")
    visit.page.get_by_role("button", name="看进展").click()
    expect(visit.page.locator(".my-plan__count")).to_contain_text("已完成 2")
    visit.assert_clean()


def test_a_plan_that_cannot_be_read_is_set_aside_and_told(open_http: Opener) -> None:
    visit = open_http(PAGE)
    make(visit.page)
    visit.page.evaluate("""localStorage.setItem("wmck:1:plan:bad", '{"line":"x"}')""")
    visit.page.reload()
    expect(visit.page.locator("[data-progress-trouble]")).to_contain_text("已另外留存")
    assert visit.page.evaluate("localStorage.getItem('wmck:1:broken:plan:bad') !== null")
    expect(visit.page.locator(".my-plan__name")).to_have_text([LABEL])
    visit.assert_clean()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False)])
def test_every_state_is_accessible_and_fits(
    open_http: Opener, axe: Callable[[Page], list[str]], width: int, *, dark: bool
) -> None:
    visit = open_http(PAGE, width=width, dark=dark)
    page = visit.page
    one = make(page, {**CELLS, "name": "甲", "tasks/gone-task/state": "done"})
    two = page.evaluate("(id) => planSite.myPlans.add(planSite.myPlans.doc(id))", one)
    write(page, one, {at(0): "done", at(1, "note"): "很长的备注" * 20})
    write(page, two, {at(0): "doing", at(1, "note"): "二", "name": "乙"})
    page.evaluate(
        "([one, two]) => { const { myPlans, savedFile } = planSite;"
        " myPlans.add(savedFile.merged([one, two].map(myPlans.doc))); }",
        [one, two],
    )
    page.goto(f"{visit.home}/{PAGE}#conflicts")
    page.evaluate("planSite.entries.flush()")
    page.reload()
    page.wait_for_selector("#conflicts")
    for label in page.locator(".merge__sources label").all():
        label.click()
    page.get_by_role("button", name="看看合成什么样").click()
    page.wait_for_selector(f"{PREVIEW} fieldset")
    page.get_by_role("button", name="看报告").click()
    page.get_by_label("第 1 项分值").fill("x")
    page.get_by_role("button", name="改名").first.click()
    page.wait_for_selector("[data-name]")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    visit.assert_clean()


def test_the_page_is_in_the_navigation_of_every_page(open_http: Opener) -> None:
    visit = open_http("glossary/index.html")
    visit.page.get_by_role("link", name="我的方案").first.click()
    wait_until(visit.page, "location.pathname.endsWith('/progress/index.html')")
    visit.assert_clean()
