"""A reader makes a plan of their own on a plan's page, and finds it again whatever goes wrong."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.fill_panel import BLOCKED, FULL, enter, open_panel
from tests.browser.my_plan import CHOICE, COUNT, FILTER, SAID, STORED, TICK, again, make
from tests.browser.opening import Opener
from tests.browser.plan_page import PLAN, address

REMIND = "[data-my-remind]"

# The bar.


def test_a_page_without_a_plan_of_ones_own_is_as_it_was(open_http: Opener) -> None:
    visit = open_http(address())
    page = visit.page
    expect(page.locator("[data-my-do=ask]")).to_have_text("建立我的方案")
    for hidden in (CHOICE, "[data-my-more]", "[data-tasks-own]", "[data-my-progress]"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(FILTER)).to_have_count(0)
    assert page.locator(".task__own").count() == 0
    assert page.evaluate(STORED) == 0
    assert not [url for url in visit.requests if url.endswith("content.js")]


def test_a_tick_offers_a_plan_which_takes_over_what_was_filled_in_and_ticked(opened: Opener) -> None:
    visit = opened(address())
    page = open_panel(visit)
    for name, value in {"unit-name": "甲局", "year": "2026", "role:campaign-office": "局创建办"}.items():
        enter(page, name, value)
    page.locator(TICK).nth(2).check()
    offer = page.get_by_role("button", name="建立我的方案，勾选就会留下")
    expect(page.locator("[data-tasks-said]")).to_have_attribute("role", "status")
    offer.click()
    assert page.input_value("[data-my-new] [name=unit]") == "甲局"
    assert page.input_value("[data-my-new] [name=year]") == "2026"
    page.click("[data-my-new] [type=submit]")
    expect(page.locator(SAID)).to_contain_text("已建立“甲局 2026年”")
    expect(page.locator(CHOICE)).to_be_focused()
    expect(page.locator("[data-tasks-said]")).to_be_empty()
    page = again(visit)
    assert page.locator(TICK).nth(2).is_checked()
    assert page.locator(f"{TICK}:checked").count() == 1
    assert page.inner_text("#task-issue-plan [data-cell=owner]") == "局创建办"
    assert page.locator(f"{CHOICE} option:checked").inner_text() == "甲局 2026年"
    visit.assert_clean()


def test_what_is_filled_in_belongs_to_the_open_plan_and_the_profile_stays(open_http: Opener) -> None:
    visit = open_http(address())
    page = open_panel(visit)
    enter(page, "unit-name", "甲局")
    make(page, year="2026")
    expect(page.locator("[data-fill-mine]")).to_have_text("这里填的归到我的方案“甲局 2026年”，和单位资料分开存。")
    expect(page.locator("[data-fill-profiles]")).to_be_hidden()
    enter(page, "city", "清河市")
    assert page.evaluate("planSite.store.values(planSite.store.active(), '').fields") == {"unit-name": "甲局"}
    page.select_option(CHOICE, "")
    expect(page.locator("[data-fill-profiles]")).to_be_visible()
    assert page.input_value('[data-fill-form] [name="city"]') == ""
    page.select_option(CHOICE, label="甲局 2026年")
    assert page.input_value('[data-fill-form] [name="city"]') == "清河市"


def test_several_plans_of_one_template_are_chosen_named_and_deleted(open_http: Opener) -> None:
    visit = open_http(address())
    page = visit.page
    make(page)
    page.locator(TICK).first.check()
    expect(page.locator("[data-my-do=ask]")).to_have_text("再建一份")
    make(page, year="2027")
    assert page.locator(f"{TICK}:checked").count() == 0
    page.click("[data-my-more] summary")
    page.fill("[data-my-name]", "二〇二七")
    page.press("[data-my-name]", "Tab")
    assert page.locator(f"{CHOICE} option").all_text_contents() == ["只看示例", "二〇二七", "甲局 2026年"]
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.click("[data-my-do=remove]")
    assert page.locator(f"{CHOICE} option").count() == 3
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-my-do=remove]")
    expect(page.locator(SAID)).to_contain_text("已删除“二〇二七”")
    expect(page.locator(CHOICE)).to_be_focused()
    page.select_option(CHOICE, label="甲局 2026年")
    assert page.locator(TICK).first.is_checked()


def test_pressing_twice_makes_one_plan(open_http: Opener) -> None:
    page = open_http(address()).page
    page.click("[data-my-do=ask]")
    page.fill("[data-my-new] [name=unit]", "甲局")
    page.fill("[data-my-new] [name=year]", "2026")
    page.eval_on_selector("[data-my-new] [type=submit]", "button => { button.click(); button.click(); }")
    expect(page.locator(SAID)).to_contain_text("已建立")
    assert page.evaluate("planSite.myPlans.all().length") == 1


def test_a_wrong_year_is_told_and_nothing_is_made(open_http: Opener) -> None:
    page = open_http(address()).page
    page.click("[data-my-do=ask]")
    page.fill("[data-my-new] [name=year]", "26")
    page.press("[data-my-new] [name=year]", "Enter")
    expect(page.locator("[data-my-fault]")).to_contain_text("四位数字")
    expect(page.locator("[data-my-new] [name=year]")).to_be_focused()
    assert page.evaluate("planSite.myPlans.all()") == []
    page.fill("[data-my-new] [name=year]", "２０２６")
    page.press("[data-my-new] [name=year]", "Enter")
    expect(page.locator(SAID)).to_contain_text("2026年")


def test_it_is_exported_and_found_again_on_another_computer(opened: Opener, tmp_path: Path) -> None:
    page = opened(address()).page
    make(page, name="创建方案", writer="法规科")
    page.locator(TICK).first.check()
    page.click("[data-my-more] summary")
    with page.expect_download() as waiting:
        page.click("[data-my-more] [data-my-do=export]")
    assert waiting.value.suggested_filename.startswith("我的方案-创建方案-20")
    waiting.value.save_as(tmp_path / "plan.json")
    other = open_panel(opened(address()))
    other.set_input_files("[data-fill-file]", tmp_path / "plan.json")
    expect(other.locator(f"{CHOICE} option:checked")).to_have_text("创建方案")
    assert other.locator(TICK).first.is_checked()
    assert '"by":"法规科"' in (tmp_path / "plan.json").read_text("utf-8")


def test_an_export_is_advised_after_enough_changes_and_not_before(open_http: Opener) -> None:
    page = open_http(address()).page
    page.clock.install()
    make(page)
    page.clock.run_for(5000)
    for at in range(9):
        page.locator(TICK).nth(at).check()
    page.clock.run_for(1000)
    expect(page.locator(REMIND)).to_be_hidden()
    page.locator(TICK).nth(9).check()
    page.clock.run_for(1000)
    expect(page.locator(REMIND)).to_contain_text("已经记了 10 处，都只在这台电脑上")
    with page.expect_download():
        page.locator(REMIND).get_by_role("button").click()
    expect(page.locator(REMIND)).to_be_hidden()
    expect(page.locator(CHOICE)).to_be_focused()


def test_values_that_several_wrote_apart_are_told_with_a_way_to_settle_them(open_http: Opener) -> None:
    page = open_http(address()).page
    make(page)
    page.evaluate(f"""() => {{
        const {{myPlans, savedFile}} = planSite, copy = (doc) => JSON.parse(JSON.stringify(doc));
        const base = copy(myPlans.doc(myPlans.open("{PLAN}")));
        const docs = ["one", "two"].map((writer) => {{
            const doc = copy(base), who = {{writer, by: writer, at: "2026-01-01T00:00:00Z"}};
            planSite.cells.write(doc, "tasks/issue-plan/note", writer, who);
            return doc;
        }});
        myPlans.add(savedFile.merged(docs));
        planSite.entries.follow(null);
    }}""")
    expect(page.locator("[data-my-clashes]")).to_contain_text("有 1 处几个人填得不一样")
    page.get_by_role("link", name="去看看").click()
    expect(page.locator("#conflicts")).to_contain_text("写得不一样的（1 处）")


# Two windows, and storage that fails.


def test_another_window_is_followed_and_a_plan_deleted_there_is_told(open_http: Opener) -> None:
    visit = open_http(address())
    page = visit.page
    make(page)
    other = open_http.beside(visit, address()).page
    other.locator(TICK).nth(1).check()
    expect(page.locator(TICK).nth(1)).to_be_checked()
    expect(page.locator(COUNT)).to_contain_text("已完成 1 / 29")
    other.click("[data-my-more] summary")
    other.once("dialog", lambda dialog: dialog.accept())
    other.click("[data-my-do=remove]")
    expect(page.locator(SAID)).to_have_text("这份方案在另一个窗口里删掉了，现在看的是示例。")
    expect(page.locator(f"{TICK}:checked")).to_have_count(0)
    assert page.locator(".task__own").count() == 0


@pytest.mark.parametrize(("script", "said"), [(BLOCKED, "不让本站保存"), (FULL, "空间满了")])
def test_where_nothing_can_be_kept_it_works_in_the_page_and_says_so(open_http: Opener, script: str, said: str) -> None:
    visit = open_http()
    visit.page.context.add_init_script(script)
    visit.page.goto(f"{visit.home}/{address()}")
    page = visit.page
    make(page)
    page.locator(TICK).first.check()
    expect(page.locator(REMIND)).to_contain_text(said)
    expect(page.locator(COUNT)).to_contain_text("已完成 1 / 29")
    with page.expect_download() as waiting:
        page.locator(REMIND).get_by_role("button").click()
    assert "tasks/" in waiting.value.path().read_text("utf-8")


def test_a_broken_plan_is_set_aside_and_the_others_stay(open_http: Opener) -> None:
    visit = open_http(address())
    make(visit.page)
    visit.page.evaluate("planSite.entries.flush(); localStorage.setItem('wmck:1:plan:p', '{broken')")
    page = again(visit)
    expect(page.locator(f"{CHOICE} option")).to_have_text(["只看示例", "甲局 2026年"])
    expect(page.locator(REMIND)).to_contain_text("读不出来，已另外留存")
    assert page.evaluate("localStorage['wmck:1:broken:plan:p']") == "{broken"


def test_data_that_cannot_be_had_is_told_and_nothing_is_made(open_http: Opener) -> None:
    visit = open_http()
    visit.page.route("**/content.js", lambda route: route.abort())
    visit.page.goto(f"{visit.home}/{address()}")
    visit.page.click("[data-my-do=ask]")
    visit.page.click("[data-my-new] [type=submit]")
    expect(visit.page.locator(SAID)).to_contain_text("没有读到，请刷新页面再试。没有建立")
    assert visit.page.evaluate("planSite.myPlans.all()") == []
