"""What is filled in is kept in profiles and carried in files; two windows agree, and storage that fails is told."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.fill_panel import BLOCKED, BOX, FILL, FULL, SAID, SHOWN, enter, kept, open_panel, paper
from tests.browser.my_plan import CHOICE, STORED, make
from tests.browser.opening import Opener
from tests.browser.plan_page import address

# Profiles and files.


def act(page: Page, name: str) -> None:
    """Press a button of the panel, and say yes if asked."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.click(f'[data-fill-do="{name}"]')


def profile_names(page: Page) -> list[str]:
    return page.locator("[data-fill-profiles] option").all_text_contents()


def test_several_units_have_their_profiles_on_one_computer(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    enter(page, "unit-name", "甲局")
    enter(page, "issue-date", "2026-03-01")
    act(page, "create")
    assert page.input_value('[name="unit-name"]') == ""
    assert "【单位全称】" in paper(page)
    enter(page, "unit-name", "乙局")
    expect(page.locator("[data-fill-profiles] option")).to_have_text(["甲局", "乙局"])
    page.select_option("[data-fill-profiles]", label="甲局")
    assert page.input_value('[name="issue-date"]') == "2026-03-01"
    assert "甲局" in paper(page)
    page.locator(".fill__more summary").click()
    act(page, "copy")
    expect(page.locator(SAID)).to_contain_text("已复制成一份新的资料")
    assert profile_names(page) == ["甲局", "甲局 副本", "乙局"]
    page.fill("[data-fill-name]", "丙科")
    expect(page.locator("[data-fill-profiles] option:checked")).to_have_text("丙科")
    page.reload()
    page.click(f"{BOX} > summary")
    assert page.locator("[data-fill-profiles] option:checked").text_content() == "丙科"
    page.locator(".fill__more summary").click()
    act(page, "remove")
    assert sorted(profile_names(page)) == ["乙局", "甲局"]


def test_a_refused_question_removes_nothing(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    enter(page, "unit-name", "甲局")
    for name in ("remove", "clear"):
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.eval_on_selector(f'[data-fill-do="{name}"]', "button => button.click()")
        expect(page.locator("[data-fill-profiles] option")).to_have_text(["甲局"])
        assert "甲局" in paper(page)


def test_a_file_carries_everything_to_another_computer(opened: Opener, tmp_path: Path) -> None:
    page = open_panel(opened(address()))
    enter(page, "unit-name", '甲/局:"*')
    page.evaluate(FILL, "all")
    page.fill('[name="unit-name"]', '甲/局:"*')
    with page.expect_download() as waiting:
        page.click('[data-fill-do="export"]')
    assert waiting.value.suggested_filename.startswith("文明窗口填写内容-甲局-20")
    assert waiting.value.suggested_filename.endswith(".json")
    file = tmp_path / "file.json"
    waiting.value.save_as(file)
    wanted = page.evaluate(SHOWN)
    other = open_panel(opened(address()))
    enter(other, "unit-name", "乙局")
    other.set_input_files("[data-fill-file]", file)
    expect(other.locator(SAID)).to_contain_text("已导入 1 份资料")
    assert other.evaluate(SHOWN) == wanted
    assert sorted(profile_names(other)) == ["乙局", '甲/局:"*']


def test_a_foreign_file_is_refused_in_words(open_http: Opener, tmp_path: Path) -> None:
    page = open_panel(open_http(address()))
    enter(page, "unit-name", "甲局")
    before = kept(page)
    for text, words in {
        "{}": "不是本站导出的",
        '{"app":"wmck","version":9}': "更新的版本",
        "x" * 3_000_000: "2 MB",
    }.items():
        (tmp_path / "file.json").write_text(text, "utf-8")
        page.set_input_files("[data-fill-file]", tmp_path / "file.json")
        expect(page.locator(SAID)).to_contain_text(words)
    assert kept(page) == before


def test_clearing_takes_everything_off_this_computer(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    page.evaluate("localStorage.setItem('other', '1')")
    enter(page, "unit-name", "甲局")
    kept(page)
    act(page, "clear")
    assert "【单位全称】" in paper(page)
    assert page.input_value('[name="unit-name"]') == ""
    page.reload()
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('wmck'))") == []
    assert page.evaluate("localStorage.other") == "1"


def test_clearing_says_that_plans_go_as_well_and_takes_them_and_the_writers_name(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    make(page, writer="张三")
    page.evaluate("planSite.entries.flush()")
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", accept)
    page.click('[data-fill-do="clear"]')
    assert "1 份我的方案" in asked[0]
    expect(page.locator(SAID)).to_contain_text("已清除 1 份我的方案")
    expect(page.locator(CHOICE).locator("option")).to_have_count(1)
    assert page.evaluate("planSite.myPlans.writer()") == ""
    assert page.evaluate(STORED) == 0


# Two windows, and storage that fails.


def test_another_window_is_followed(open_http: Opener) -> None:
    visit = open_http(address())
    one, other = open_panel(visit), open_panel(open_http.beside(visit, address()))
    enter(one, "unit-name", "甲局")
    expect(other.locator("[data-paper=title] .filled").first).to_have_text("甲局")
    assert other.input_value('[name="unit-name"]') == "甲局"
    enter(other, "year", "2026")
    expect(one.locator("[data-paper=title] [data-field=year]")).to_have_text("2026")


def test_a_clash_with_another_window_is_told_and_can_be_put_back(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    enter(page, "unit-name", "甲局")
    kept(page)
    page.fill('[name="unit-name"]', "这边")
    page.evaluate("""() => {
        const name = Object.keys(localStorage).find(name => name.includes(":profile:"));
        localStorage.setItem(name, localStorage.getItem(name).replace("甲局", "那边"));
    }""")
    expect(page.locator(SAID)).to_contain_text("“单位全称”在另一个窗口里也改了，现在用的是那边的。")
    assert page.input_value('[name="unit-name"]') == "那边"
    page.get_by_role("button", name="改回这里填的").click()
    assert page.input_value('[name="unit-name"]') == "这边"
    assert "这边" in paper(page)
    assert "这边" in json.dumps(kept(page), ensure_ascii=False)


@pytest.mark.parametrize(("script", "words"), [(BLOCKED, "不让本站保存"), (FULL, "空间满了")])
def test_where_nothing_can_be_kept_it_is_told_and_the_rest_works(open_http: Opener, script: str, words: str) -> None:
    visit = open_http()
    visit.page.context.add_init_script(script)
    visit.page.goto(f"{visit.home}/{address()}")
    page = open_panel(visit)
    enter(page, "unit-name", "甲局")
    expect(page.locator(SAID)).to_contain_text(words)
    expect(page.locator(SAID)).to_contain_text("导出备份")
    assert "甲局" in paper(page)
    with page.expect_download() as waiting:
        page.click('[data-fill-do="export"]')
    assert "甲局" in waiting.value.path().read_text("utf-8")


def test_a_broken_entry_is_told_and_kept_aside(open_http: Opener) -> None:
    visit = open_http()
    visit.page.evaluate("localStorage.setItem('wmck:1:profile:p', '{broken')")
    visit.page.goto(f"{visit.home}/{address()}")
    expect(visit.page.locator(SAID)).to_contain_text("读不出来，已另外留存")
    assert visit.page.evaluate("localStorage['wmck:1:broken:profile:p']") == "{broken"


def test_data_that_cannot_be_had_is_told(open_http: Opener) -> None:
    visit = open_http()
    visit.page.route("**/content.js", lambda route: route.abort())
    visit.page.goto(f"{visit.home}/{address()}")
    visit.page.click(f"{BOX} > summary")
    expect(visit.page.locator(SAID)).to_contain_text("没有读到")
