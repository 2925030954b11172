"""Filters show what fits, the address says so, and a reader gets back what was there."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.opening import Opener, wait_until
from tests.browser.plan_page import PLAN, address, api, each_plan, in_node, plans, shown_tasks

COUNT = "[data-filter-count]"
RESET = "[data-filter-reset]"
TOP = "document.getElementById('checklist').getBoundingClientRect().top"
CHOSEN = "select => select.selectedOptions[0].textContent"
EMPTY = "[data-filter-empty]"

Task = dict[str, Any]

FITS: dict[str, Callable[[Task, str], bool]] = {
    "role": lambda task, role: role in {task["owner"]["role"], *task["owner"]["support"]},
    "phase": lambda task, phase: phase == task["when"].get("phase", "all-year"),
    "theme": lambda task, theme: theme in task["themes"],
}
PLAN_FITS: dict[str, Callable[[Task, str], bool]] = {
    "unit": lambda plan, unit: plan["unit"] == unit,
    "nature": lambda plan, nature: plan["nature"] == nature,
    "state": lambda plan, state: plan["state"] == state,
    "theme": lambda plan, theme: any(theme in task["themes"] for task in plan["tasks"]),
}


def options(page: Page, name: str) -> list[str]:
    values: list[str] = page.eval_on_selector_all(f"select[name={name}] option", "all => all.map(one => one.value)")
    return [value for value in values if value]


def ids(tasks: Iterable[Task]) -> set[str]:
    return {task["id"] for task in tasks}


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# The pure parts, under Node.


@pytest.mark.parametrize(
    ("words", "wanted", "fits"),
    [
        ({"role": "a b"}, {"role": []}, True),
        ({"role": "a b"}, {"role": ["b"]}, True),
        ({"role": "a-b"}, {"role": ["a"]}, False),
        ({"role": "a"}, {"role": ["b", "a"]}, True),
        ({"role": "a", "theme": "x y "}, {"role": ["a"], "theme": ["y"]}, True),
        ({"role": "a", "theme": "x"}, {"role": ["a"], "theme": ["y"]}, False),
        ({}, {"role": ["a"]}, False),
    ],
)
def test_every_filter_must_match(words: dict[str, str], wanted: dict[str, list[str]], fits: bool) -> None:  # noqa: FBT001
    expression = f"planSite.filters.fits((name) => ({json.dumps(words)})[name] || '', {json.dumps(wanted)})"
    assert in_node(expression) is fits


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ("", {"role": []}, ""),
        ("?role=a", {"role": []}, ""),
        ("?x=1&role=a&y=2", {"role": ["b"], "theme": []}, "?x=1&y=2&role=b"),
        ("?nature=", {"nature": ["意见"]}, "?nature=%E6%84%8F%E8%A7%81"),
    ],
)
def test_a_query_keeps_what_is_not_the_filters(before: str, wanted: dict[str, list[str]], after: str) -> None:
    assert in_node(f"planSite.filters.writeQuery({json.dumps(before)}, {json.dumps(wanted)})") == after
    names = json.dumps(list(wanted))
    assert in_node(f"planSite.filters.readQuery({json.dumps(after)}, {names})") == wanted


def test_the_count_says_how_much_of_how_much() -> None:
    assert in_node("planSite.filters.countText(7, 25, '项任务')") == "显示 7 项，共 25 项任务"
    assert in_node("planSite.filters.countText(25, 25, '项任务')") == "共 25 项任务"
    assert in_node("planSite.filters.countText(0, 6, '份方案')") == "显示 0 份，共 6 份方案"


# The pages.


def test_every_choice_shows_the_tasks_that_have_it(site: Path, opened: Opener) -> None:
    plan = api(site, f"plans/{PLAN}")
    page = opened(address()).page
    assert set(shown_tasks(page)) == ids(plan["tasks"])
    for name, fits in FITS.items():
        choices = options(page, name)
        assert choices
        for choice in choices:
            page.select_option(f"select[name={name}]", choice)
            expected = ids(task for task in plan["tasks"] if fits(task, choice))
            assert set(shown_tasks(page)) == expected, (name, choice)
            assert expected, (name, choice)
            assert page.eval_on_selector(f"select[name={name}]", CHOSEN).endswith(f"（{len(expected)}）")
            shown = f"显示 {len(expected)} 项，" if len(expected) < len(plan["tasks"]) else ""
            assert page.inner_text(COUNT) == f"{shown}共 {len(plan['tasks'])} 项任务"
            assert query(page) == {name: [choice]}
        page.click(RESET)


def test_every_plan_has_a_working_filter(site: Path, open_http: Opener) -> None:
    for plan, visit in each_plan(open_http, site):
        role = options(visit.page, "role")[0]
        visit.page.select_option("select[name=role]", role)
        assert set(shown_tasks(visit.page)) == ids(task for task in plan["tasks"] if FITS["role"](task, role))
        visit.assert_clean()


def test_the_list_of_plans_filters_by_every_choice(site: Path, opened: Opener) -> None:
    whole = plans(site)
    visit = opened("plans/index.html")
    page = visit.page
    for name, fits in PLAN_FITS.items():
        for choice in options(page, name):
            page.select_option(f"select[name={name}]", choice)
            titles = page.locator(".plan-card:visible .plan-card__title").all_inner_texts()
            assert set(titles) == {plan["title"] for plan in whole if fits(plan, choice)}, (name, choice)
            assert query(page) == {name: [choice]}
        page.select_option(f"select[name={name}]", "")
    assert page.locator(".plan-card:visible").count() == len(whole)
    visit.assert_clean()


def test_filters_join_and_empty_groups_go(site: Path, opened: Opener) -> None:
    tasks = api(site, f"plans/{PLAN}")["tasks"]
    page = opened(address()).page
    phase, role = next((task["when"]["phase"], task["owner"]["role"]) for task in tasks)
    page.select_option("select[name=phase]", phase)
    assert page.locator(".task-group:visible").count() == 1 < page.locator(".task-group").count()
    page.select_option("select[name=role]", role)
    expected = ids(task for task in tasks if FITS["role"](task, role) and FITS["phase"](task, phase))
    assert set(shown_tasks(page)) == expected < ids(tasks)
    assert query(page) == {"role": [role], "phase": [phase]}


def test_nothing_that_fits_is_said(opened: Opener) -> None:
    page = opened(address()).page
    expect(page.locator(EMPTY)).to_be_hidden()
    page.evaluate("document.querySelectorAll('[data-filter-item]').forEach(item => item.dataset.role = 'nobody')")
    page.select_option("select[name=role]", index=1)
    expect(page.locator(EMPTY)).to_be_visible()
    assert page.locator(".task-group:visible").count() == 0
    assert page.inner_text(COUNT).startswith("显示 0 项，")


def test_the_filter_stays_after_reloading_and_coming_back(opened: Opener) -> None:
    visit = opened(address())
    page = visit.page
    page.select_option("select[name=role]", index=2)
    page.select_option("select[name=theme]", index=1)
    before, url = shown_tasks(page), page.url
    page.reload()
    assert (shown_tasks(page), page.url) == (before, url)
    page.click(".md-header__title, .md-logo")
    page.wait_for_url(lambda now: now != url)
    page.go_back()
    assert (shown_tasks(page), page.url) == (before, url)
    page.select_option("select[name=theme]", "")
    page.select_option("select[name=role]", "")
    assert query(page) == {}
    visit.assert_clean()


def test_back_and_forward_inside_a_page_take_the_filter_along(opened: Opener) -> None:
    page = opened(address()).page
    roles = options(page, "role")
    page.select_option("select[name=role]", roles[0])
    first = shown_tasks(page)
    page.evaluate("location.hash = 'provenance'")
    page.select_option("select[name=role]", roles[1])
    second = shown_tasks(page)
    assert first != second
    page.go_back()
    assert (shown_tasks(page), page.input_value("select[name=role]")) == (first, roles[0])
    page.go_forward()
    assert (shown_tasks(page), page.input_value("select[name=role]")) == (second, roles[1])


def test_an_address_that_is_sent_on_opens_at_the_list(opened: Opener) -> None:
    page = opened(address()).page
    page.select_option("select[name=role]", index=1)
    assert page.url.endswith("#checklist")
    shared = page.url.rpartition("/")[2]
    for query_ in (shared, shared.partition("#")[0]):
        visit = opened(address().replace("index.html", query_))
        wait_until(visit.page, f"{TOP} >= 0 && {TOP} < 200")
        expect(visit.page.locator("h2#checklist")).to_be_in_viewport()
        visit.assert_clean()


def test_an_address_without_a_filter_opens_at_the_top(opened: Opener) -> None:
    for query_ in ("", "?role=no-such-role", "?from=mail"):
        assert opened(f"{address()}{query_}").page.evaluate("scrollY") == 0


def test_a_filter_that_is_changed_does_not_move_the_page(opened: Opener) -> None:
    page = opened(address()).page
    page.locator("select[name=role]").scroll_into_view_if_needed()
    before = page.evaluate(TOP)
    page.select_option("select[name=role]", index=1)
    assert page.evaluate(TOP) == before


def test_the_rest_of_the_address_is_kept(opened: Opener) -> None:
    page = opened(f"{address()}?from=mail&role=no-such-role#checklist").page
    assert page.locator(RESET).is_hidden()
    assert page.inner_text(COUNT).startswith("共 ")
    page.select_option("select[name=phase]", index=1)
    assert query(page) == {"from": ["mail"], "phase": options(page, "phase")[:1]}
    assert page.url.endswith("#checklist")
    page.select_option("select[name=phase]", "")
    assert query(page) == {"from": ["mail"]}


def test_the_reset_button_shows_everything_and_hands_the_focus_on(opened: Opener) -> None:
    page = opened(address()).page
    everything = shown_tasks(page)
    page.select_option("select[name=role]", index=1)
    page.focus(RESET)
    page.keyboard.press("Enter")
    assert shown_tasks(page) == everything
    assert page.evaluate("document.activeElement.name") == "role"
    assert page.locator(RESET).is_hidden()
    assert query(page) == {}


def hidden_task(page: Page) -> str:
    """Filter so that something is hidden, and give the id of such a task."""
    page.select_option("select[name=phase]", index=1)
    hidden = page.locator("[data-task-id]:not(:visible)").first.get_attribute("data-task-id")
    assert hidden
    return hidden


def test_a_link_to_a_hidden_task_shows_it(opened: Opener) -> None:
    page = opened(address()).page
    task = hidden_task(page)
    page.eval_on_selector(
        ".plan-head", "(head, id) => head.insertAdjacentHTML('afterend', `<a id=go href='#task-${id}'>go</a>`)", task
    )
    for _ in range(2):  # The second time the hash is there already.
        page.click("#go")
        expect(page.locator(f"#task-{task}")).to_be_in_viewport()
        assert query(page) == {}
        page.select_option("select[name=phase]", index=1)
        expect(page.locator(f"#task-{task}")).to_be_hidden()
        assert page.url.endswith("#checklist"), "a hash whose target is filtered out would clear the filter at a reload"


def test_an_address_with_a_filter_and_a_task_it_hides_shows_the_task(opened: Opener) -> None:
    first = opened(address()).page
    task = hidden_task(first)
    page = opened(f"{address()}?phase={options(first, 'phase')[0]}#task-{task}").page
    expect(page.locator(f"#task-{task}")).to_be_in_viewport()
    assert query(page) == {}


def test_without_scripts_everything_is_there_and_no_dead_control(open_http: Opener, http_site: str) -> None:
    browser = open_http().page.context.browser
    assert browser
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{http_site}/{address()}")
        assert page.locator("[data-task-id] input:visible").count() == page.locator("[data-task-id]").count() > 0
        assert page.locator("form.filters:visible, [data-copy]:visible, [data-print]:visible").count() == 0
        page.click(".checklist .more summary")
        assert page.locator(".checklist [data-download]:visible").count() == 2
        assert page.locator("[data-needs-script]:visible").count() == 0
        assert page.inner_text(".checklist noscript") == "筛选、复制和打印检查表要用网页脚本；清单可以下载。"
        assert not re.search("点“|“复制|“打印", page.inner_text(".checklist .toolbar"))
