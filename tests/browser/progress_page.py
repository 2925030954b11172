"""What the tests of the page of my plans share: a plan that is made and noted, its card, and its files."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from macros.book import load
from macros.office import content
from tests.conftest import ROOT

PAGE = "progress/index.html"
PLAN = "transport-three-creations"
BOOK = load(ROOT)
CONTENT = content(BOOK.plans[PLAN], BOOK)
TASKS = [task["id"] for task in CONTENT["tasks"]]
EVERY = len(TASKS)
CARD = "[data-my-plan]"
PREVIEW = "[data-merge-preview]"
LABEL = "甲局 2026年 · 创建方案"

MADE = """([plan, tasks, cells, writer]) => {
    const { myPlans, entries } = planSite;
    const fields = { "unit-name": "甲局", year: "2026", "kickoff-month": "3" };
    const values = { fields, roles: { "campaign-office": "创建办" } };
    myPlans.setWriter(writer);
    const known = Object.fromEntries(tasks);
    const id = myPlans.create({ plan, title: "创建方案", values, known, cells });
    entries.flush();
    return id;
}"""
WRITTEN = """([id, cells]) => {
    for (const path of Object.keys(cells)) planSite.myPlans.set(id, path, cells[path]);
    planSite.entries.flush();
}"""


def at(task: int, part: str = "state") -> str:
    """Give the place at which a part of a task is kept."""
    return f"tasks/{TASKS[task]}/{part}"


CELLS = {at(0): "done", at(1): "doing", at(2): "na", at(3, "due"): "2020-01-01", at(0, "evidence/e"): "签到表"}


def make(page: Page, cells: dict[str, Any] | None = None, plan: str = PLAN, writer: str = "") -> str:
    """Make a plan by the page's own scripts, as a plan's page does, and come back to it."""
    known = [[task["id"], task["text"]] for task in CONTENT["tasks"]]
    made: str = page.evaluate(MADE, [plan, known, CELLS if cells is None else cells, writer])
    page.reload()
    page.wait_for_selector(CARD)
    return made


def write(page: Page, plan: str, cells: dict[str, Any]) -> None:
    """Write cells into a plan."""
    page.evaluate(WRITTEN, [plan, cells])


def card(page: Page, label: str) -> Any:  # noqa: ANN401 - Locator
    """Give the card of a plan."""
    return page.locator(CARD).filter(has=page.get_by_role("heading", name=label, exact=True))


def files(**given: bytes) -> list[Any]:
    """Give files as an input takes them."""
    return [{"name": f"{name}.json", "mimeType": "application/json", "buffer": data} for name, data in given.items()]


def labels(page: Page) -> list[str]:
    """Give the names of the plans, from top to bottom."""
    return page.locator(".my-plan__name").all_inner_texts()
