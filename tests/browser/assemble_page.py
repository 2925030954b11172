"""What the tests of putting a plan together share: its page, and parts that are picked for it."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.opening import Opener, Visit

HERE = "assemble/index.html"
WINDOW = "hospital-civilised-window"
THREE = "transport-three-creations"
SAID = "[data-assemble-said]"
PICKS = "[data-assemble-picks] > li"


def pick(plan: str, kind: str, name: str, without: list[str] | None = None) -> dict[str, Any]:
    """Give a part as the page keeps it."""
    return {"plan": plan, "kind": kind, "id": name, "without": without or []}


SOME = [
    pick(WINDOW, "section", "guiding"),
    pick(WINDOW, "section", "goals"),
    pick(THREE, "section", "guiding"),
    pick(THREE, "section", "steps"),
    pick(THREE, "task", "hold-kickoff-meeting"),
    pick("", "award", "post-expert"),
    pick("", "list", "three-creations"),
    pick("", "core", "kickoff"),
]


def assembling(opener: Opener, picks: list[dict[str, Any]], width: int = 1280, *, dark: bool = False) -> Visit:
    """Open the page with something picked."""
    visit = opener(HERE, width, dark=dark)
    visit.page.evaluate("picks => { planSite.basket.put(picks); planSite.entries.flush(); }", picks)
    visit.page.reload()
    visit.page.locator(PICKS).nth(len(picks) - 1).wait_for()
    return visit


def begin(visit: Visit) -> Page:
    """Begin to pick on a page."""
    visit.page.locator("[data-pick-toggle]").first.click()
    visit.page.locator("[data-pick]").first.wait_for(state="attached")
    return visit.page
