"""The pages across plans in a real browser: filtered from the address, copied, linked, readable by everyone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from macros.exports.checklist_csv import HEADER
from tests.browser.opening import Opener
from tests.browser.plan_page import PLAN, address, paste

THEME = "themes/disclosure/index.html"
GLOSSARY = "glossary/index.html"
CORE = "core/index.html"
COUNT = "[data-filter-count]"
UNITS = "all => [...new Set(all.filter(one => one.offsetParent).map(one => one.dataset.unit))]"
COLOUR = "one => getComputedStyle(one).color"
PLANS = "all => all.filter(one => one.offsetParent).map(one => one.dataset.plan)"


# A theme.


def test_the_address_says_which_unit_is_shown(opened: Opener) -> None:
    visit = opened(f"{THEME}?unit=hospital")
    page = visit.page
    assert page.eval_on_selector_all(".task", UNITS) == ["hospital"]
    expect(page.locator("select[name=unit]")).to_have_value("hospital")
    expect(page.locator(COUNT)).to_contain_text("显示")
    page.click("[data-filter-reset]")
    assert len(page.eval_on_selector_all(".task", UNITS)) > 1
    assert "unit=" not in page.url
    visit.assert_clean()


def test_a_unit_page_leads_to_its_tasks_on_a_theme(opened: Opener) -> None:
    page = opened("units/hospital/index.html").page
    page.click("#theme-disclosure summary")
    page.click("#theme-disclosure .unit-tasks__more a")
    assert page.url.endswith(f"/{THEME}?unit=hospital")
    page.wait_for_load_state()
    assert page.eval_on_selector_all(".task", UNITS) == ["hospital"]


def test_what_is_shown_of_a_theme_is_copied_with_its_plans(opened: Opener) -> None:
    page = opened(f"{THEME}?unit=toll-station").page
    texts = page.locator(".task:visible [data-cell=text]").all_inner_texts()
    page.click("[data-copy=table]")
    header, *rows = paste(page).cells
    assert header == list(HEADER)
    assert [row[2] for row in rows] == texts
    assert [row[0] for row in rows] == page.eval_on_selector_all(
        ".task", "all => all.filter(one => one.offsetParent).map(one => one.dataset.number)"
    )
    assert all(row[7].startswith("《收费站") for row in rows)


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_a_theme_is_copied_under_its_own_name(opened: Opener, format_: str) -> None:
    page = opened(THEME).page
    page.eval_on_selector_all(".toolbar details", "all => all.forEach(one => { one.open = true })")
    page.click(f"[data-copy={format_}]")
    first, *_ = paste(page).text.splitlines()
    assert "《公开承诺》检查清单（共" in first


def test_a_task_of_a_theme_leads_to_the_task_of_its_plan(opened: Opener) -> None:
    visit = opened(THEME)
    row = visit.page.locator(".task").first
    plan, task = row.get_attribute("data-plan"), row.get_attribute("data-task-id")
    row.locator("[data-cell=source] a").click()
    assert visit.page.url.endswith(f"/plans/{plan}/index.html#task-{task}")
    expect(visit.page.locator(f"#task-{task}")).to_be_in_viewport()
    visit.assert_clean()


# The glossary.


def test_the_glossary_is_filtered_by_kind_and_by_plan(opened: Opener) -> None:
    page = opened(f"{GLOSSARY}?kind=slogans").page
    kinds = page.eval_on_selector_all(
        "[data-filter-item]", "all => all.filter(one => one.offsetParent).map(one => one.dataset.kind)"
    )
    assert set(kinds) == {"slogans"}
    expect(page.locator("h2:visible")).to_have_count(1)
    page.select_option("select[name=kind]", "")
    page.select_option("select[name=plan]", PLAN)
    shown = page.eval_on_selector_all("[data-filter-item]", PLANS)
    assert shown
    assert all(PLAN in plans.split() for plans in shown)


def test_awards_are_filtered_with_the_terms(opened: Opener) -> None:
    page = opened(f"{GLOSSARY}?kind=awards").page
    expect(page.locator("[id^=award-]").first).to_be_visible()
    assert page.locator("[id^=term-]:visible").count() == 0


def test_a_marked_term_leads_to_its_entry(opened: Opener) -> None:
    visit = opened(address())
    link = visit.page.locator("a.term-link").first
    words = link.inner_text()
    link.click()
    anchor = visit.page.url.partition("#")[2]
    expect(visit.page.locator(f"#{anchor}")).to_be_in_viewport()
    entry = visit.page.locator(f"section[aria-labelledby={anchor}]").inner_text()
    assert words in entry
    visit.assert_clean()


def test_a_link_to_a_term_that_is_filtered_out_shows_it(opened: Opener) -> None:
    page = opened(f"{GLOSSARY}?kind=awards").page
    page.locator("[id^=award-]:visible a[href^='#term-']").first.click()
    expect(page.locator(page.url[page.url.index("#") :])).to_be_in_viewport()


def test_a_mark_looks_like_text_on_paper(open_http: Opener) -> None:
    page = open_http(address()).page
    page.emulate_media(media="print")
    link = page.locator("a.term-link").first
    assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"
    assert link.evaluate(COLOUR) == link.locator("..").evaluate(COLOUR)


def test_marks_are_not_copied(opened: Opener) -> None:
    page = opened(address()).page
    page.click("[data-copy=text][data-copy-part=text]")
    pasted = paste(page)
    assert "<a" not in pasted.html
    assert page.locator("a.term-link").first.inner_text() in pasted.text


# What every unit does.


def test_the_starting_checklist_is_copied_with_who_suggests_it(opened: Opener) -> None:
    page = opened(CORE).page
    lines = page.locator(".task [data-cell=text]").all_inner_texts()
    page.click("[data-copy=text]")
    first, *rest = paste(page).text.splitlines()
    copied = [line for line in rest if line.startswith("□")]
    assert len(copied) == len(lines) >= 12
    assert first.endswith("〔编者建议〕")
    assert not any("编者建议" in line for line in copied)


def test_an_item_leads_to_its_instances_and_on_to_a_plan(opened: Opener) -> None:
    visit = opened(CORE)
    page = visit.page
    page.locator("#task-disclosure [data-cell=source] a").click()
    expect(page.locator("#core-disclosure")).to_be_in_viewport()
    instances = page.locator("#core-disclosure + .core-item")
    instances.locator("summary").click()
    instances.locator("li li a").first.click()
    assert "/plans/" in page.url
    assert "#task-" in page.url
    visit.assert_clean()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_where_something_is_filtered_or_opened(
    open_http: Opener,
    axe: Callable[[Page], list[str]],
    width: int,
    dark: bool,  # noqa: FBT001
) -> None:
    visit = open_http(f"{THEME}?unit=hospital", width, dark=dark)
    found = axe(visit.page)
    visit.page.goto(f"{visit.home}/{GLOSSARY}?kind=awards#award-post-expert")
    found += axe(visit.page)
    visit.page.goto(f"{visit.home}/{CORE}")
    visit.page.locator("details summary").first.click()
    found += axe(visit.page)
    assert found == []
