"""Every page in a real browser: nothing calls out, nothing breaks, and people who cannot see can use it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import KINDS, PLAN
from tests.browser.opening import Opener, Visit


def test_every_page_loads_over_http_without_calling_out(site: Path, open_http: Opener) -> None:
    """Walk through all pages with one browser and read its network log."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    visit = open_http(pages[0])
    for page in pages[1:]:
        visit.page.goto(f"{visit.home}/{page}")
    visit.assert_clean()
    assert len(visit.requests) > len(pages)


def test_every_page_loads_from_a_folder_without_calling_out(site: Path, open_file: Opener) -> None:
    """Walk through all pages from file://. 404.html is left out: only a server shows it."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    visit = open_file(pages[1])
    for page in (page for page in pages if page != "404.html"):
        visit.page.goto(f"{visit.home}/{page}")
    visit.assert_clean()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(open_http: Opener, axe: Callable[[Page], list[str]], width: int, dark: bool) -> None:  # noqa: FBT001
    """Run axe on one page of every kind."""
    visit = open_http(KINDS[0], width, dark=dark)
    found = []
    for kind in KINDS:
        visit.page.goto(f"{visit.home}/{kind}")
        found += [f"{kind}: {line}" for line in axe(visit.page)]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_a_filtered_and_ticked_checklist(
    open_http: Opener, axe: Callable[[Page], list[str]]
) -> None:
    """Run axe on the states a page gets into."""
    visit = open_http(f"{PLAN}?phase=kickoff#checklist")
    visit.page.locator(".task:visible input").first.check()
    assert axe(visit.page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_its_window(open_http: Opener, width: int) -> None:
    """Look for pages that have to be pushed sideways; wide tables scroll inside their own frame."""
    visit = open_http(KINDS[0], width)
    for kind in KINDS:
        visit.page.goto(f"{visit.home}/{kind}")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, kind


def test_a_clerk_gets_from_the_first_page_to_a_checklist_by_clicking(open_file: Opener) -> None:
    """Go home → unit → plan → checklist from a shared folder, by links alone."""
    visit = open_file("index.html")
    walk(visit)
    visit.assert_clean()


def test_the_same_way_leads_over_http(open_http: Opener) -> None:
    """Go the same way where the addresses end in a slash."""
    visit = open_http("")
    walk(visit)
    visit.assert_clean()


def walk(visit: Visit) -> None:
    """Click from the home page to a plan's checklist."""
    page = visit.page
    page.get_by_role("link", name="收费站").first.click()
    page.locator(".plan-card__title").first.click()
    page.get_by_role("link", name="检查清单（").click()
    assert page.url.endswith("/plans/toll-station-model-window/index.html#checklist")
    assert page.locator("#checklist").is_visible()


def test_a_plan_page_can_be_used_without_scripts(browser: Browser, site: Path) -> None:
    """Switch scripts off: text, checkboxes and downloads stay, what needs scripts is not shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PLAN}")
    page.locator(".task input").first.check()
    assert page.locator("[data-download=csv]").is_visible()
    assert not page.locator("[data-copy]").first.is_visible()
    assert page.locator("[data-paper=line]").first.is_visible()
    context.close()


def test_the_keyboard_reaches_filters_ticks_and_buttons(open_http: Opener) -> None:
    """Tab through the checklist's tools and tick the first task with the space bar."""
    page = open_http(f"{PLAN}#checklist").page
    page.locator("select[name=role]").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "checkbox":
            break
    page.keyboard.press("Space")
    assert page.locator(".task input").first.is_checked()


def test_the_search_button_of_the_home_page_puts_the_cursor_in_the_box(open_file: Opener) -> None:
    """Reach the button by keyboard, open the dialog and type a word."""
    page = open_file("index.html").page
    page.get_by_role("button", name="搜索方案").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("八心")
    page.locator(".md-search-result__item").first.wait_for()
