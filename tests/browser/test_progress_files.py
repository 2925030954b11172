"""Plans go to departments and back as files, are merged into one, and a report comes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from playwright.sync_api import Page, expect

from tests.browser.opening import Opener
from tests.browser.printing import print_part, words
from tests.browser.progress_page import (
    CONTENT,
    EVERY,
    LABEL,
    PAGE,
    PREVIEW,
    TASKS,
    at,
    card,
    files,
    labels,
    make,
    write,
)
from tests.printed import faults, printed

SAID = "[data-progress-said]"


def download(page: Page, button: Any) -> tuple[str, bytes]:  # noqa: ANN401 - Locator
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


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
    expect(page.locator(f"{PREVIEW} h3").first).to_be_focused()
    page.get_by_role("button", name="合并成一份").click()
    expect(page.locator(SAID)).to_contain_text("还有 2 处没有定")
    page.evaluate("planSite.entries.flush()")
    page.goto(f"{visit.home}/{PAGE}#conflicts")
    page.reload()
    expect(page.locator("#conflicts")).to_have_text("写得不一样的（2 处）")
    page.get_by_label("一 没有写填写人").check()
    page.evaluate("planSite.entries.follow(null)")  # As after a writing in another window: all is shown anew.
    expect(page.get_by_label("一 没有写填写人")).to_be_focused()
    expect(page.get_by_label("一 没有写填写人")).to_be_checked()
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
