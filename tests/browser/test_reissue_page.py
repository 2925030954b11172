"""Opening last year's plan for another year, on the page of the reader's plans."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.opening import Opener, Visit

PAGE = "progress/index.html"
PLAN = "kindergarten-march-etiquette"
MAKE = """async (plan) => {
    const { myPlans, entries, load } = planSite;
    const content = await load(`../plans/${plan}/content.js`);
    const fields = { "unit-name": "甲幼儿园", year: "2026", "new-measures": "家长开放日" };
    const known = Object.fromEntries(content.tasks.slice(1).map(({ id, text }) => [id, text]));
    known[content.tasks[1].id] = "去年的说法。";
    known["gone-task"] = "去年有过的任务。";
    const values = { fields, roles: { [content.roles[0].id]: "大班组" } };
    const id = myPlans.create({ plan, title: content.title, values, known });
    const task = content.tasks[2].id;
    for (const [name, value] of [["state", "done"], ["owner", "王老师"], ["done", "2026-03-06"]]) {
        myPlans.set(id, `tasks/${task}/${name}`, value);
    }
    entries.flush();
    return [id, task];
}"""


def begun(visit: Visit) -> tuple[str, str]:
    """Make last year's plan and ask for another year's."""
    plan, task = visit.page.evaluate(MAKE, PLAN)
    visit.page.reload()
    visit.page.get_by_role("button", name="开展新一年").click()
    return plan, task


def test_a_plan_is_opened_for_the_next_year_and_what_became_of_it_is_told(open_file: Opener, open_http: Opener) -> None:
    for opener in (open_file, open_http):
        visit = opener(PAGE)
        before, task = begun(visit)
        section = visit.page.locator("[data-reissue]")
        assert section.locator("[name=year]").input_value() == "2027"
        section.get_by_role("button", name="建立新一年的方案").click()
        visit.page.get_by_text("已建立2027年的方案").wait_for()
        words = section.inner_text()
        assert "家长开放日" in words
        assert "还没有写。" in words
        changed = section.locator("tr.reissue__changed th").all_inner_texts()
        assert changed[0] == "去年有过的任务。"
        assert "措辞改了，原来是：去年的说法。" in words
        state = visit.page.evaluate(STATE, [before, task])
        assert state["count"] == 2
        assert state["old"]["state"] == "done"
        assert (state["new"]["state"], state["new"]["owner"], state["new"]["done"]) == ("", "王老师", "")
        assert state["fields"]["year"] == "2027"
        assert "new-measures" not in state["fields"]
        visit.assert_clean()


STATE = """([old, task]) => {
    const { myPlans } = planSite, all = myPlans.all(), made = all.find(({ id }) => id !== old).id;
    const [then, now] = [old, made].map((id) => myPlans.task(id, task));
    return { count: all.length, old: then, new: now, fields: myPlans.values(made).fields };
}"""


def test_the_same_year_is_refused_and_nothing_is_made(open_file: Opener) -> None:
    visit = open_file(PAGE)
    begun(visit)
    section = visit.page.locator("[data-reissue]")
    section.locator("[name=year]").fill("2026")
    section.get_by_role("button", name="建立新一年的方案").click()
    visit.page.get_by_text("年份和原来的一样").wait_for()
    assert visit.page.evaluate("planSite.myPlans.all().length") == 1


def test_last_years_new_measures_keep_the_files_drafts(open_file: Opener) -> None:
    visit = open_file(PAGE)
    begun(visit)
    visit.page.locator("[data-reissue]").get_by_role("button", name="建立新一年的方案").click()
    visit.page.get_by_text("已建立2027年的方案").wait_for()
    visit.page.get_by_role("link", name="去方案里写").click()
    visit.page.locator("[data-fill-box] > summary").click()
    row = visit.page.locator("#fill-new-measures")
    row.locator("xpath=ancestor::details[1]/summary").click()
    assert "去年写的是“家长开放日”" in str(visit.page.locator("#fill-new-measures-fault").inner_text())
    row.fill("家长开放日")
    row.blur()
    assert "和去年写的一样" in str(visit.page.locator("#fill-new-measures-fault").inner_text())
    visit.page.locator("[data-files]").hover()
    visit.page.get_by_text("“今年新举措”和去年写的一样").first.wait_for()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_axe_finds_nothing_wrong(
    open_http: Opener, axe: Callable[[Page], list[str]], *, width: int, dark: bool
) -> None:
    visit = open_http(PAGE, width, dark=dark)
    begun(visit)
    assert axe(visit.page) == []
    visit.page.locator("[data-reissue]").get_by_role("button", name="建立新一年的方案").click()
    visit.page.get_by_text("已建立2027年的方案").wait_for()
    assert axe(visit.page) == []
