"""What the tests of a plan's page share: its address, its data, its scripts under Node, and a real paste."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.getting import run_node
from tests.browser.opening import Opener, Visit
from tests.browser.scripts import loading
from tests.browser.thinning import STEP

PLAN = "transport-three-creations"
PURE = (
    *("common/core", "lists/filters", "common/clipboard", "lists/checklist"),
    *("common/dates", "lists/calendar", "lists/compare"),
)

PASTE_PLACES = """() => {
    const places = document.createElement("div");
    places.innerHTML = "<textarea id='paste-text'></textarea><div id='paste-html' contenteditable>x</div>";
    places.addEventListener("paste", (event) => window.pasted = event.clipboardData.getData("text/html"));
    document.querySelectorAll("#paste-text, #paste-html").forEach((old) => old.parentNode.remove());
    document.querySelector("article").prepend(places);
}"""
SELECT_ALL = "place => getSelection().selectAllChildren(place)"
CELLS = """place => [...place.querySelectorAll("tr")].map(row => [...row.cells].map(cell => cell.innerText.trim()))"""

LAYOUT = """() => {
    const sheet = document.querySelector(".sheet");
    sheet.style.display = "none";
    document.body.getBoundingClientRect();
    const start = performance.now();
    sheet.style.display = "";
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""
"""How long the browser lays out the page. Why times are told by it: they then do not depend on the computer."""


@dataclass(frozen=True)
class Pasted:
    """What a paste gives: to a text box, and to a program that takes HTML (as given, and as the browser took it)."""

    text: str
    html: str
    cells: list[list[str]]


def address(plan: str = PLAN) -> str:
    """Give the address of a plan's page."""
    return f"plans/{plan}/index.html"


def api(site: Path, name: str) -> Any:  # noqa: ANN401 - JSON
    """Read a file of the site's own API."""
    return json.loads((site / "api" / "v1" / f"{name}.json").read_text("utf-8"))


def plans(site: Path) -> list[dict[str, Any]]:
    """Read every plan whole."""
    return [api(site, f"plans/{plan['id']}") for plan in api(site, "plans")]


def each_plan(opener: Opener, site: Path, step: int = STEP) -> Iterator[tuple[dict[str, Any], Visit]]:
    """Go from plan to plan in one window."""
    visit = opener()
    for plan in plans(site)[::step]:
        visit.page.goto(f"{visit.home}/{address(plan['id'])}")
        yield plan, visit


def shown_tasks(page: Page) -> list[str]:
    """Give the ids of the tasks that can be seen, from top to bottom."""
    ids: list[str] = page.eval_on_selector_all(
        "[data-task-id]", "all => all.filter(one => one.offsetParent).map(one => one.dataset.taskId)"
    )
    return ids


def open_more(page: Page) -> None:
    """Open the formats that few people need."""
    page.eval_on_selector(".checklist details.more", "more => { more.open = true }")


def paste(page: Page) -> Pasted:
    """Paste with the keyboard into a text box and into a place that takes HTML."""
    page.evaluate(PASTE_PLACES)
    page.focus("#paste-text")
    page.keyboard.press("ControlOrMeta+V")
    page.focus("#paste-html")
    page.eval_on_selector("#paste-html", SELECT_ALL)
    page.keyboard.press("ControlOrMeta+V")
    html = page.evaluate("window.pasted")
    return Pasted(page.input_value("#paste-text"), html, page.eval_on_selector("#paste-html", CELLS))


def in_node(expression: str) -> Any:  # noqa: ANN401 - JSON
    """Evaluate an expression in which `planSite` is what the scripts give to tests."""
    done = run_node("-e", f"{loading(PURE)} console.log(JSON.stringify({expression}))")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
