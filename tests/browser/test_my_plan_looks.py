"""A plan of one's own is accessible, fits, opens quickly, and works in the browsers of offices."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.devtools import Tab
from tests.browser.fill_panel import TOO_WIDE
from tests.browser.my_plan import CHOICE, COUNT, SAID, TICK, WRITE, make, note, noted, task
from tests.browser.opening import Opener
from tests.browser.plan_page import LAYOUT, PLAN, address, shown_tasks

LONGEST = "transport-annual-opinion"


def kept(page: Page) -> dict[str, Any]:
    """Give all that is noted of tasks in the open plan."""
    found: dict[str, Any] = page.evaluate(
        f"(() => {{ const {{myPlans}} = planSite; return myPlans.under(myPlans.open('{PLAN}'), 'tasks/'); }})()"
    )
    return found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_wrong(open_http: Opener, axe: Any, width: int, dark: bool) -> None:  # noqa: ANN401, FBT001
    visit = open_http(address(), width, dark=dark)
    page = visit.page
    link = "eyJ2IjoxLCJmaWVsZHMiOnsieWVhciI6IjIwMjYifSwicm9sZXMiOnt9LCJwaGFzZXMiOnt9LCJvcHRpb25zIjp7fX0"
    page.evaluate("hash => { location.hash = '#fill=' + hash; }", link)
    expect(page.locator("[data-my-link]")).to_contain_text("2026年")
    page.locator(TICK).first.check()
    page.click("[data-my-do=ask]")
    assert axe(page) == []
    page.click("[data-my-do=cancel]")
    noted(page)
    note(page, 3, due="2001-01-01")
    task(page, 1).locator("[data-own-evidence]").fill("签到表")
    task(page, 1).locator("[data-own-evidence]").press("Enter")
    page.click("[data-my-more] summary")
    assert axe(page) == []
    assert page.evaluate(TOO_WIDE.replace("[data-fill] *", ".plan-bar *, .task__own *")) == []


def test_all_of_it_can_be_done_by_keyboard(open_http: Opener) -> None:
    page = open_http(address()).page
    page.focus("[data-my-do=ask]")
    page.keyboard.press("Enter")
    page.keyboard.type("甲局")
    page.keyboard.press("Enter")
    expect(page.locator(CHOICE)).to_be_focused()
    page.locator(".task__state").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(task(page, 0).locator("[data-own-field=owner]")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("张三")
    page.keyboard.press("Tab")
    assert kept(page) == {f"{shown_tasks(page)[0]}/state": "doing", f"{shown_tasks(page)[0]}/owner": "张三"}


def test_without_scripts_there_is_no_bar(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{address()}")
    expect(page.locator(".plan-bar")).to_be_hidden()
    expect(page.locator("[data-tasks-own]")).to_be_hidden()
    context.close()


OPENING = """([plan, mine]) => {
    planSite.myPlans.use(plan, mine);
    const start = performance.now();
    planSite.taskStates.show();
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""
CLOSING = "plan => { planSite.myPlans.use(plan, ''); planSite.taskStates.show(); }"
WITH_STATES = """plan => {
    const {myPlans} = planSite, mine = myPlans.open(plan);
    for (const {id: task} of planSite.panel.current().content.tasks) {
        for (const name of ["owner", "note", "reason"]) myPlans.set(mine, `tasks/${task}/${name}`, "张三李四");
        myPlans.set(mine, `tasks/${task}/state`, "doing");
    }
    return mine;
}"""


def test_a_plan_with_eighty_states_opens_quickly_on_a_slow_computer(open_http: Opener) -> None:
    """Lay the list out with states and without, in turn. Why a ratio: the computer that tests may be busy.

    On a quiet computer it takes at most 1.2 times as long with states: 20 ms more.
    """
    page = open_http(address(LONGEST)).page
    make(page)
    mine = page.evaluate(WITH_STATES, LONGEST)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    without, with_states = [], []
    for _ in range(7):
        page.evaluate(CLOSING, LONGEST)
        without.append(page.evaluate(LAYOUT))
        with_states.append(page.evaluate(OPENING, [LONGEST, mine]))
    assert median(with_states) <= 2 * median(without), (with_states, without)


def test_it_works_in_the_browsers_of_offices(open_kernel: Callable[[str], Tab]) -> None:
    tab = open_kernel(address())
    tab.click("[data-my-do=ask]")
    tab.fill("[data-my-new] [name=unit]", "甲局")
    tab.fill("[data-my-new] [name=year]", "2026")
    tab.click("[data-my-new] [type=submit]")
    tab.wait("document.querySelector('[data-my-said]').textContent.includes('已建立')")
    tab.click("#task-issue-plan label")
    tab.click("#task-issue-plan .task__log summary")
    tab.fill("#task-issue-plan [data-own-field=owner]", "张三")
    tab.fill("#task-issue-plan [data-own-evidence]", "签到表")
    tab.click("#task-issue-plan [data-own-do=add]")
    tab.click("[data-my-more] summary")
    tab.click("[data-my-do=link]")
    assert tab.text(SAID).startswith("已复制链接")
    link = tab.evaluate(WRITE)
    tab.evaluate("planSite.entries.flush()")
    tab.goto("index.html")
    tab.goto(address())
    tab.wait("document.querySelector('#task-issue-plan .task__brief')")
    assert tab.text("#task-issue-plan .task__brief") == "张三 · 佐证 1 条"
    assert tab.text(COUNT).startswith("已完成 1 / 29")
    tab.click("[data-my-more] summary")
    tab.click("[data-my-more] [data-my-do=export]")
    (saved,) = tab.downloads()
    assert "签到表" in saved.read_text("utf-8")
    tab.goto("index.html")
    tab.goto(link)
    assert "甲局" in tab.text("[data-my-link]")
    assert "fill=" not in tab.evaluate("location.href")
    tab.assert_clean()
