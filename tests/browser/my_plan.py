"""What the tests of a plan of one's own share: it is made on a plan's page, and its tasks are noted."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.opening import Visit

SAID = "[data-my-said]"
CHOICE = "[data-my-choice]"
COUNT = "[data-tasks-count]"
TICK = "[data-task-id] label > input[type=checkbox]"
FILTER = "[data-filters] select[name=state]"
STORED = "Object.keys(localStorage).filter(name => name.startsWith('wmck')).length"  # The theme keeps its colours.
WRITE = (
    "planSite.shareLink.written(location.href, planSite.panel.current().content, planSite.panel.current().values, {})"
)


def make(page: Page, unit: str = "甲局", year: str = "2026", name: str = "", writer: str = "") -> None:
    """Make a plan with the form."""
    if page.locator("[data-my-new]").is_hidden():
        page.click("[data-my-do=ask]")
    for field, value in {"unit": unit, "year": year, "name": name, "writer": writer}.items():
        page.fill(f"[data-my-new] [name={field}]", value)
    page.click("[data-my-new] [type=submit]")
    expect(page.locator(SAID)).to_contain_text("已建立")


def again(visit: Visit) -> Page:
    """Open the page anew, once all is written."""
    visit.page.evaluate("planSite.entries.flush()")
    visit.page.reload()
    visit.page.evaluate("planSite.panel.ready()")
    return visit.page


def task(page: Page, at: int) -> Locator:
    """Give a task by its place in the list, the first is 0."""
    return page.locator("[data-task-id]").nth(at)


def put(page: Page, at: int, state: str) -> None:
    """Choose the state of a task."""
    task(page, at).locator(".task__state").select_option(state)


def note(page: Page, at: int, **fields: str) -> None:
    """Open the record of a task and write into it."""
    log = task(page, at).locator(".task__log")
    if log.get_attribute("open") is None:
        log.locator("summary").click()
    for name, value in fields.items():
        log.locator(f"[data-own-field={name}]").fill(value)
        log.locator(f"[data-own-field={name}]").dispatch_event("change")


def noted(page: Page) -> None:
    """Note something of each kind on the first four tasks."""
    make(page)
    put(page, 0, "done")
    put(page, 1, "doing")
    note(page, 1, owner="张三", due="2030-03-31")
    put(page, 2, "na")
    task(page, 2).locator("[data-own-field=reason]").fill("没有窗口")
    task(page, 2).locator("[data-own-field=reason]").dispatch_event("change")
