"""Phases are proposed and told when they do not fit; a place in the text leads to its input and back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fill_panel import BOX, FILL, SAID, enter, open_panel
from tests.browser.opening import Opener, wait_until
from tests.browser.plan_page import address, each_plan

# Phases.

HIGHER = {"kickoff": ("2026-05-01", "2026-05-31"), "work": ("2026-06-01", "2026-11-30")}


def days(page: Page, phase: str) -> tuple[str, str]:
    """Give the days that the form shows for a phase."""
    ends = [page.input_value(f'[name="phase:{phase}:{end}"]') for end in ("first", "last")]
    return ends[0], ends[1]


def test_phases_are_proposed_for_the_year_moved_and_put_back(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    hint = page.locator("#fill-phase-kickoff-hint")
    expect(hint).to_contain_text("填了年份和有关的月份，这里就有建议")
    enter(page, "year", "2026")
    months = {"kickoff-month": "5", "work-start-month": "6", "work-end-month": "11", "review-month": "12"}
    for name, month in months.items():
        page.select_option(f'[name="{name}"]', month)
    assert {phase: days(page, phase) for phase in HIGHER} == HIGHER
    expect(hint).to_have_text("建议：5月")
    assert page.locator("[data-fill-clashes] li").count() == 0
    enter(page, "phase:kickoff:last", "2026-05-20")
    assert page.inner_text("#s-phase-kickoff").startswith("（一）动员部署阶段（5月1日—5月20日）")
    assert page.inner_text("#task-issue-plan [data-cell=when]").startswith("动员部署阶段（5月1日—5月20日）")
    assert page.inner_text("#tasks-kickoff small") == "5月1日—5月20日"
    assert (
        page.inner_text("[data-fill-clashes]") == "“动员部署阶段”和“全面实施阶段”之间空开7个工作日（5月21日—5月29日）。"
    )
    page.click('[data-fill-phase="kickoff"]')
    assert days(page, "kickoff") == HIGHER["kickoff"]
    assert page.inner_text("#s-phase-kickoff").startswith("（一）动员部署阶段（5月）")
    assert page.evaluate("document.activeElement.name") == "phase:kickoff:first"
    assert page.locator('[data-fill-phase="kickoff"]').is_hidden()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-05-20", "2026-05-06", "止日早于起日"),
        ("2025-12-20", "2026-05-06", "不全在 2026 年"),
        ("2026-07-01", "2026-07-05", "“全面实施阶段”排到了“动员部署阶段”的前面"),
        ("2026-05-20", "2026-06-03", "重叠3天"),
        ("2026-05-20", "", "起止日期还差一个"),
    ],
)
def test_days_that_do_not_fit_are_told(open_http: Opener, first: str, last: str, words: str) -> None:
    page = open_panel(open_http(address()))
    page.evaluate("""() => {
        const months = {"kickoff-month": "5", "work-start-month": "6", "work-end-month": "11", "review-month": "12"};
        const {store} = planSite, id = store.active();
        store.set(id, "", "fields", "year", "2026");
        const plan = "transport-three-creations";
        for (const name of Object.keys(months)) store.set(id, plan, "fields", name, months[name]);
        planSite.panel.reload();
    }""")
    enter(page, "phase:kickoff:first", first)
    enter(page, "phase:kickoff:last", last)
    assert words in page.inner_text("[data-fill-clashes]")
    assert days(page, "kickoff") == (first, last)


# From the text to the form and back.


@pytest.mark.parametrize("key", ["", "Enter"])
def test_a_place_in_the_text_leads_to_its_field_and_back(open_http: Opener, key: str) -> None:
    page = open_http(address()).page
    page.evaluate("planSite.panel.ready()")
    place = page.locator("[data-paper=line] [data-field=city]").first
    place.click() if not key else place.press(key)
    field = page.locator('[name="city"]')
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    page.keyboard.type("清河市")
    page.get_by_role("button", name="回到正文").click()
    filled = page.locator("[data-paper=line] .filled").first
    expect(filled).to_be_focused()
    expect(filled).to_be_in_viewport()
    expect(filled).to_have_text("清河市")
    filled.press("Enter")
    expect(field).to_be_focused()


def test_a_role_a_phase_and_a_line_of_several_lead_to_their_inputs(open_http: Opener) -> None:
    page = open_http(address("telecom-hall-model-window")).page
    page.evaluate(FILL, "all")
    leads = {
        "[data-paper=line] [data-slot^='role:'] .filled": "role:",
        "[data-slot^='phase:'] .filled": "phase:",
        "[data-slot='eight-steps'] .filled >> nth=1": "eight-steps",
    }
    for place, name in leads.items():
        if not page.locator(place).count():
            continue
        page.locator(place).first.click()
        wait_until(page, "name => (document.activeElement.name || '').startsWith(name)", name)
        page.get_by_role("button", name="回到正文").click()
        expect(page.locator(place).first).to_be_focused()


def test_a_place_beside_a_tick_box_leaves_the_click_to_the_box(open_http: Opener, site: Path) -> None:
    for _, visit in each_plan(open_http, site):
        visit.page.evaluate("planSite.panel.ready()")
        blank = visit.page.locator("[data-task-id] label .blank").first
        if not blank.count():
            continue
        blank.click()
        assert visit.page.locator("[data-task-id] input:checked").count() == 1
        assert visit.page.locator(BOX).get_attribute("open") is None
        return
    pytest.fail("no task has a blank in its text")


def test_the_form_can_be_filled_in_by_keyboard_alone(open_http: Opener) -> None:
    page = open_http(address()).page
    page.get_by_role("link", name="填写本单位情况").first.press("Enter")
    expect(page.locator('[name="unit-name"]')).to_be_visible()
    page.focus('[name="unit-name"]')
    page.keyboard.type("甲局")
    onward = page.get_by_role("button", name="下一组：依据")
    while not onward.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent").startswith("依据")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "meeting"
    expect(page.locator('[name="unit-name"]')).to_be_hidden()


def test_a_screen_reader_is_told_once_a_field_is_left_and_not_at_every_key(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    page.evaluate(
        """selector => {
        window.told = [];
        new MutationObserver(() => told.push(document.querySelector(selector).textContent))
            .observe(document.querySelector(selector), {childList: true, subtree: true, characterData: true});
    }""",
        SAID,
    )
    page.focus('[name="unit-name"]')
    page.keyboard.type("abcdefgh", delay=80)
    assert page.evaluate("told") == []
    page.keyboard.press("Tab")
    assert page.evaluate("told") == ["已填 1 / 11，已存在这台电脑上。"]
    assert page.get_attribute(SAID, "role") == "status"
