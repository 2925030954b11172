"""The form is accessible, fits, is quick, and works in the browsers of offices; without scripts it is not there."""

import json
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest

from tests.browser.devtools import Tab
from tests.browser.fill_panel import BOX, FILL, SHOWN, TOO_WIDE, WANTED, enter, open_panel
from tests.browser.opening import Opener
from tests.browser.plan_page import LAYOUT, address


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_wrong(open_http: Opener, axe: Any, width: int, dark: bool) -> None:  # noqa: ANN401, FBT001
    visit = open_http(address(), width=width, dark=dark)
    visit.page.evaluate("planSite.panel.ready()")
    assert axe(visit.page) == []
    page = open_panel(visit)
    page.evaluate(FILL, "all")
    enter(page, "year", "26")
    assert axe(page) == []
    assert page.evaluate(TOO_WIDE) == []


def test_without_scripts_the_panel_is_not_there_and_the_table_of_blanks_is(open_http: Opener) -> None:
    visit = open_http()
    context = visit.page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    page.goto(f"{visit.home}/{address()}")
    assert page.locator(BOX).is_hidden()
    assert page.locator("#blanks + table").is_visible()
    assert page.inner_text("[data-paper=title]").startswith("【单位全称】【年份】年")
    context.close()


def test_words_sought_are_marked_and_the_page_is_filled_all_the_same(open_http: Opener) -> None:
    visit = open_http(f"{address()}?h=%E6%96%87%E6%98%8E")
    visit.page.evaluate(FILL, "all")
    assert visit.page.evaluate(SHOWN)["blocks"] == visit.page.evaluate(WANTED)["blocks"]
    visit.page.evaluate(FILL, "")
    assert visit.page.evaluate(SHOWN)["blocks"] == visit.page.evaluate(WANTED)["blocks"]


def test_it_works_in_the_browsers_of_offices(open_kernel: Callable[[str], Tab]) -> None:
    tab = open_kernel(address())
    tab.click(f"{BOX} > summary")
    tab.fill("[name=unit-name]", "甲局")
    tab.fill("[name=year]", "2026")
    tab.wait("document.querySelector('[data-paper=title]').textContent.startsWith('甲局2026年')")
    tab.evaluate("planSite.entries.flush()")
    tab.goto(address())
    tab.wait("document.querySelector('[data-paper=title]').textContent.startsWith('甲局2026年')")
    tab.click("[data-paper=line] [data-field=meeting]")
    tab.wait("document.activeElement.name === 'meeting'")
    for way in ("all", "proposals", ""):
        tab.evaluate(f"({FILL})({json.dumps(way)})")
        assert tab.evaluate(f"({SHOWN})()") == tab.evaluate(f"({WANTED})()")
    tab.assert_clean()


TYPE = """async (name) => {
    const input = document.querySelector(`[data-fill-form] [name="${name}"]`), times = [];
    for (let count = 0; count < 25; count++) {
        await new Promise(done => setTimeout(done, 20));
        const start = performance.now();
        input.value += "字";
        input.dispatchEvent(new InputEvent("input", {bubbles: true}));
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
    }
    return times.sort((one, other) => one - other)[12];
}"""


def test_typing_is_fluid_on_the_longest_plan_on_a_slow_computer(open_http: Opener) -> None:
    page = open_panel(open_http(address("transport-annual-opinion")))
    page.evaluate(FILL, "all")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    layout = [page.evaluate(LAYOUT) for _ in range(5)]
    assert page.evaluate(TYPE, "unit-name") <= median(layout) / 4  # A tenth, 10 ms, on a quiet computer.
