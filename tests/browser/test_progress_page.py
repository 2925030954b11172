"""The page of my plans as people use it: progress, a report, files to and fro, departments merged into one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Dialog, Page, expect

from macros.book import load
from macros.office import content
from tests.browser.my_plan import make as make_there
from tests.browser.my_plan import put
from tests.browser.opening import Opener, wait_until
from tests.browser.plan_page import address
from tests.browser.printing import print_part, words
from tests.conftest import ROOT
from tests.printed import faults, printed

PAGE = "progress/index.html"
PLAN = "transport-three-creations"
BOOK = load(ROOT)
CONTENT = content(BOOK.plans[PLAN], BOOK)
TASKS = [task["id"] for task in CONTENT["tasks"]]
EVERY = len(TASKS)
SAID = "[data-progress-said]"
CARD = "[data-my-plan]"
PREVIEW = "[data-merge-preview]"
LABEL = "甲局 2026年 · 创建方案"

MADE = """([plan, tasks, cells, writer]) => {
    const { myPlans, entries } = planSite;
    const fields = { "unit-name": "甲局", year: "2026", "kickoff-month": "3" };
    const values = { fields, roles: { "campaign-office": "创建办" } };
    myPlans.setWriter(writer);
    const known = Object.fromEntries(tasks);
    const id = myPlans.create({ plan, title: "创建方案", values, known, cells });
    entries.flush();
    return id;
}"""
WRITTEN = """([id, cells]) => {
    for (const path of Object.keys(cells)) planSite.myPlans.set(id, path, cells[path]);
    planSite.entries.flush();
}"""
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"


def at(task: int, part: str = "state") -> str:
    return f"tasks/{TASKS[task]}/{part}"


CELLS = {at(0): "done", at(1): "doing", at(2): "na", at(3, "due"): "2020-01-01", at(0, "evidence/e"): "签到表"}


def make(page: Page, cells: dict[str, Any] | None = None, plan: str = PLAN, writer: str = "") -> str:
    """Make a plan by the page's own scripts, as a plan's page does, and come back to it."""
    known = [[task["id"], task["text"]] for task in CONTENT["tasks"]]
    made: str = page.evaluate(MADE, [plan, known, CELLS if cells is None else cells, writer])
    page.reload()
    page.wait_for_selector(CARD)
    return made


def write(page: Page, plan: str, cells: dict[str, Any]) -> None:
    page.evaluate(WRITTEN, [plan, cells])


def card(page: Page, label: str) -> Any:  # noqa: ANN401 - Locator
    return page.locator(CARD).filter(has=page.get_by_role("heading", name=label, exact=True))


def download(page: Page, button: Any) -> tuple[str, bytes]:  # noqa: ANN401 - Locator
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def answer(page: Page, asked: list[str], *, yes: bool) -> None:
    """Answer the next question, and write down what it was."""

    def told(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if yes:
            dialog.accept()
        else:
            dialog.dismiss()

    page.once("dialog", told)


def files(**given: bytes) -> list[Any]:
    return [{"name": f"{name}.json", "mimeType": "application/json", "buffer": data} for name, data in given.items()]


def labels(page: Page) -> list[str]:
    return page.locator(".my-plan__name").all_inner_texts()


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
    assert "1 份方案、1 份单位资料" in asked[0]
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
    visit.assert_clean()


# ------------------------------------------------------- a year, step by step


def test_departments_hand_in_their_files_and_one_plan_and_a_report_come_of_them(
    opened: Opener, validator: Path, office: Path, tmp_path: Path
) -> None:
    lead = opened(PAGE)
    make(lead.page, {}, writer="创建办")
    name, sent = download(lead.page, card(lead.page, LABEL).get_by_role("button", name="导出"))
    assert name.startswith(f"文明窗口方案-{LABEL}-20")
    expect(card(lead.page, LABEL).locator(".my-plan__export")).to_contain_text("之后没有改过")
    work = {
        "窗口科": {at(0): "done", at(1): "done"},
        "人事科": {at(1): "na", at(1, "reason"): "没有新人"},
        "宣传科": {at(2): "doing", at(2, "evidence/x"): "宣传栏照片"},
    }
    back = {who: handed_in(opened, sent, who, cells) for who, cells in work.items()}
    page = lead.page
    page.set_input_files("[data-merge-file]", files(**back, broken=b"{}"))
    expect(page.locator("[data-progress-merging]")).to_contain_text("broken.json：这不是本站导出的文件")
    page.get_by_role("button", name="看看合成什么样").click()
    expect(page.locator(PREVIEW)).to_contain_text("有 1 处写得不一样")
    expect(page.locator(PREVIEW)).to_contain_text("“窗口科.json”：2 项任务有进展")
    question = page.locator(f"{PREVIEW} fieldset")
    expect(question.locator("legend")).to_contain_text("” · 状态")
    expect(question).to_contain_text("不适用 人事科，20")
    expect(question).to_contain_text("已完成 窗口科，20")
    question.get_by_label("不适用").check()
    page.get_by_role("button", name="合并成一份").click()
    merged = f"{LABEL} 合并"
    expect(page.locator("[data-progress-title]")).to_have_text(f"进展：{merged}")
    assert labels(page) == [LABEL, merged]
    expect(card(page, merged).locator(".my-plan__count")).to_contain_text(f"已完成 1 / {EVERY - 1} 项 · 进行中 1")
    assert page.locator("#conflicts").count() == 0
    file, data = download(page, page.get_by_role("button", name="下载 Word 文件"))
    assert_report(file, data, validator, office, tmp_path)
    lead.assert_clean()


def handed_in(opened: Opener, sent: bytes, who: str, cells: dict[str, Any]) -> bytes:
    """Take a file in on another computer, write into it and give what is exported there."""
    visit = opened(PAGE)
    page = visit.page
    page.get_by_label("填写人或科室").fill(who)
    page.set_input_files("[data-progress-file]", files(sent=sent, foreign=b"[]"))
    expect(page.locator(SAID)).to_contain_text("sent.json：导入了 1 份方案。")
    expect(page.locator(SAID)).to_contain_text("foreign.json：这不是本站导出的文件，或者文件坏了。没有导入。")
    write(page, page.evaluate("planSite.myPlans.all()[0].id"), cells)
    _, data = download(page, card(page, LABEL).get_by_role("button", name="导出"))
    visit.assert_clean()
    return data


def assert_report(name: str, data: bytes, validator: Path, office: Path, folder: Path) -> None:
    """Read the report as others do: its words, its form, and what LibreOffice prints."""
    assert name == "《甲局2026年文明单位、文明行业、文明窗口创建方案》进展情况.docx"
    path = folder / "report.docx"
    path.write_bytes(data)
    assert faults(validator, path) == []
    paper = docx.Document(str(path))
    words = [paragraph.text for paragraph in paper.paragraphs]
    assert words[0].replace("\n", "") == name.removesuffix(".docx")
    assert f"共 {EVERY} 项任务：已完成 1 项，进行中 1 项，未开始 {EVERY - 3} 项，不适用 1 项" in "".join(words)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    by_end = {rows[0][-1]: rows[1:] for rows in tables}
    assert [row[1::2] for row in by_end["原因"]] == [[CONTENT["tasks"][1]["text"], "没有新人"]]
    assert [row[3] for row in by_end["佐证材料"]] == ["宣传栏照片"]
    sheets = printed(office, folder, {"report.docx": data})["report.docx"]
    assert "没有新人" in "".join(sheet.text for sheet in sheets)
    assert all(sheet.height > sheet.width for sheet in sheets)


def test_what_is_not_decided_stays_in_the_plan_and_is_decided_later(opened: Opener) -> None:
    visit = opened(PAGE)
    page = visit.page
    one = make(page, {"name": "甲"})
    two = page.evaluate("(id) => planSite.myPlans.add(planSite.myPlans.doc(id))", one)
    write(page, one, {at(0): "done", at(1, "note"): "一"})
    write(page, two, {at(0): "doing", at(1, "note"): "二", "name": "乙"})
    page.reload()
    for name in ("甲", "乙"):
        page.locator(".merge__sources label", has_text=name).click()
    page.get_by_role("button", name="看看合成什么样").click()
    expect(page.locator(f"{PREVIEW} fieldset")).to_have_count(2)
    page.get_by_role("button", name="合并成一份").click()
    expect(page.locator(SAID)).to_contain_text("还有 2 处没有定")
    page.evaluate("planSite.entries.flush()")
    page.goto(f"{visit.home}/{PAGE}#conflicts")
    page.reload()
    expect(page.locator("#conflicts")).to_have_text("写得不一样的（2 处）")
    page.get_by_label("一 没有写填写人").check()
    page.get_by_role("button", name="就用选中的").click()
    expect(page.locator("#conflicts")).to_have_text("写得不一样的（1 处）")
    expect(page.locator("#conflicts")).to_be_focused()
    page.get_by_role("button", name="全部取最近的").click()
    page.get_by_role("button", name="就用选中的").click()
    expect(page.locator("#conflicts")).to_have_count(0)
    merged = page.evaluate("planSite.myPlans.all().find(({ label }) => label.includes('合并')).id")
    task = page.evaluate("([id, task]) => planSite.myPlans.task(id, task)", [merged, TASKS[1]])
    assert task["note"] == "一"
    assert page.evaluate("([id, task]) => planSite.myPlans.task(id, task).state", [one, TASKS[0]]) == "done"
    visit.assert_clean()


def test_plans_of_another_template_are_not_merged_and_it_is_said(open_http: Opener) -> None:
    visit = open_http(PAGE)
    page = visit.page
    make(page, {"name": "甲"})
    make(page, {"name": "乙"}, plan="hospital-civilised-window")
    for name in ("甲", "乙"):
        page.locator(".merge__sources label", has_text=name).click()
    page.get_by_role("button", name="看看合成什么样").click()
    expect(page.locator("[data-progress-merging]")).to_contain_text("不是同一个方案，没有合进来")
    expect(page.locator("[data-progress-merging]")).to_contain_text("请选两份以上同一个方案的")
    assert page.get_by_role("button", name="合并成一份").count() == 0
    visit.assert_clean()


def test_all_that_is_kept_goes_into_one_file_and_comes_back(open_http: Opener) -> None:
    visit = open_http(PAGE)
    make(visit.page, {"name": "甲"})
    make(visit.page, {"name": "乙"})
    name, data = download(visit.page, visit.page.get_by_role("button", name="全部导出"))
    assert name.startswith("文明窗口全部内容-20")
    other = open_http(PAGE)
    other.page.set_input_files("[data-progress-file]", files(all=data))
    expect(other.page.locator(".my-plan__name")).to_have_text(["甲", "乙"])
    other.assert_clean()


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


# ----------------------------------------------------- report, print, trouble


def test_the_report_is_copied_as_text_and_printed_alone(open_http: Opener) -> None:
    visit = open_http(PAGE)
    page = visit.page
    make(page)
    page.get_by_role("button", name="复制为文字").click()
    expect(page.locator("[data-progress-report] [data-said]")).to_contain_text("已复制报告")
    sheets = print_part(page, "report")
    said = words(sheets)
    assert said.startswith("《甲局2026年文明单位、文明行业、文明窗口创建方案》进展情况")
    assert "不适用的任务" in said
    assert "清除" not in said
    assert "合并几个科室" not in said
    visit.assert_clean()


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
