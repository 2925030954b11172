"""Every kind of page for people without a mouse, with a screen reader, at 200 % and with colours of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import KINDS, PLAN
from tests.browser.opening import Opener, Visit, wait_until

CHINESE = re.compile("[\u4e00-\u9fff]")
CONTROLS = {
    *("button", "checkbox", "combobox", "DisclosureTriangle", "link", "listbox", "menuitem", "radio", "searchbox"),
    *("slider", "spinbutton", "switch", "tab", "textbox"),
}
NARROW = 640
"""What a window of 1280 has left at 200 %."""

PALETTES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DRAWING = ".timeline :is(text, rect, line, circle), .year-line__day"

WALKED = ("index.html", PLAN, "plans/index.html", "compare/index.html", "guide/edit.html")

NAME = """one => [
    one.tagName, one.id, one.name, ...["href", "aria-label"].map(name => one.getAttribute(name)),
    one.tagName === "SELECT" ? "" : one.textContent.trim(),
].join(" ").slice(0, 120)"""

STOP = f"""(() => {{
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    // A box of the theme's is drawn by a label, which shows the focus.
    const labels = at.matches(".md-option") ? [at.nextElementSibling] : at.matches(".md-toggle") && at.labels || [];
    const drawn = [...labels].filter(one => one.getClientRects().length);
    const shown = drawn.find(one => getComputedStyle(one).outlineStyle !== "none") || drawn[0] || at;
    const box = shown.getClientRects()[0] || shown.getBoundingClientRect();
    const hits = [0.05, 0.5, 0.95].some(part => {{
        const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 12), 110), box.bottom - 2, innerHeight - 2);
        const top = document.elementFromPoint(box.x + part * box.width, y);
        return top !== null && (shown.contains(top) || top.contains(shown));
    }});
    return {{
        name: ({NAME})(at),
        place: [...document.querySelectorAll("*")].indexOf(at),
        ring: getComputedStyle(shown).outlineStyle,
        lies: [box.x, box.y, box.right, box.bottom, innerHeight],
        seen: hits && box.width > 1 && box.height > 1,
    }};
}})()"""

STOPS = f"""[...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]"
)].filter(one =>
    one.tabIndex >= 0 && !one.disabled && one.getClientRects().length && getComputedStyle(one).visibility === "visible"
    && !one.closest("details:not([open]) > :not(summary)") && !(one.type === "radio" && !one.checked)
).map({NAME})"""

WORDS = """(() => {
    // A cell that only says there is nothing; the word month beside its number.
    const leftOut = "td[data-none], .headerlink, .visually-hidden, .year-line__months span span";
    const seen = one => one.checkVisibility({ visibilityProperty: true }) && !one.closest(leftOut);
    const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    const words = [];
    while (walk.nextNode()) {
        const [text, inside] = [walk.currentNode.data.trim(), walk.currentNode.parentElement];
        if (text && seen(inside)) words.push(text);
    }
    return words;
})()"""

CUT = """[...document.querySelectorAll("article *")].filter(one =>
    one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1
    && ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
).map(one => one.outerHTML.slice(0, 110))"""

FRAMED = """(() => {
    const frame = one => ["Top", "Left"].map(side => {
        const [style, border] = [getComputedStyle(one), `border${side}`];
        return [style[`${border}Style`], style[`${border}Width`], style[`${border}Color`] !== style.backgroundColor];
    });
    return [...document.querySelectorAll(".button, .chip, .toolbar, select, .notice")]
        .filter(one => one.getClientRects().length && !one.closest(".md-header"))
        .filter(one => !frame(one).some(([style, width, other]) => style !== "none" && parseFloat(width) > 0 && other))
        .map(one => one.outerHTML.slice(0, 110));
})()"""

EDGES = """scheme => {
    document.body.setAttribute("data-md-color-scheme", scheme);
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const light = ([red, green, blue]) =>
        0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
    const around = one => {
        const back = parts(getComputedStyle(one).backgroundColor);
        return back.length < 4 || back[3] === 1 ? back : around(one.parentElement);
    };
    return [...document.querySelectorAll("article input, article select, article textarea")]
        .filter(one => one.getClientRects().length && !["checkbox", "radio", "file"].includes(one.type))
        .map(one => {
            const both = [parts(getComputedStyle(one).borderTopColor), around(one.parentElement)].map(light);
            return [one.outerHTML.slice(0, 110), (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)];
        });
}"""

DRAWN = """all => all.filter(one => one.getClientRects().length).map(one => {
    const [own, back] = [getComputedStyle(one), getComputedStyle(document.body).backgroundColor];
    const shown = [own.fill, own.stroke].some(colour => colour !== back && colour !== "none");
    return [one.getAttribute("class"), shown];
})"""


@dataclass(frozen=True)
class Seen:
    """What is found on a page, in wide and narrow windows, and in colours of the system."""

    names: list[str]
    words: tuple[list[str], list[str]]
    width: int
    cut: list[str]
    unframed: list[str]
    edges: list[tuple[str, float]]
    """Of all that is filled in or chosen, the contrast of its edge to what is around it."""

    drawn: list[tuple[str, bool]]


@pytest.fixture(scope="module")
def seen(browser: Browser, http_site: str) -> dict[str, Seen]:
    """Look at every kind of page once, in all these ways."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    found = {}
    for kind in KINDS:
        page.goto(f"{http_site}/{kind}")
        found[kind] = look(page, kind)
    context.close()
    return found


def look(page: Page, kind: str) -> Seen:
    """Look at one page."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    names = list(controls(page))
    page.set_viewport_size({"width": NARROW, "height": 450})
    names += controls(page) if kind in WALKED else ()
    width = page.evaluate("document.documentElement.scrollWidth")
    unframed, drawn = [], []
    for palette in PALETTES:
        page.emulate_media(forced_colors="active", color_scheme=palette)
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'default')")
        unframed += page.evaluate(FRAMED)
        drawn += page.eval_on_selector_all(DRAWING, DRAWN)
    page.emulate_media(forced_colors="none")
    edges = [edge for scheme in ("slate", "default") for edge in page.evaluate(EDGES, scheme)]
    page.emulate_media(color_scheme="light")
    narrow, cut = page.evaluate(WORDS), page.evaluate(CUT)
    page.set_viewport_size({"width": 1280, "height": 900})
    return Seen(names, (page.evaluate(WORDS), narrow), width, cut, unframed, edges, drawn)


def controls(page: Page) -> Iterator[str]:
    """Give role and name of all that a screen reader can use."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    for node in nodes:
        if not node.get("ignored") and node["role"]["value"] in CONTROLS:
            yield f"{node['role']['value']}: {node.get('name', {}).get('value', '')}"


def test_every_control_has_a_chinese_name(seen: dict[str, Seen]) -> None:
    assert min(len(one.names) for one in seen.values()) > 5
    unnamed = {kind: [name for name in one.names if not CHINESE.search(name)] for kind, one in seen.items()}
    assert {kind: names for kind, names in unnamed.items() if names} == {}


def test_at_200_percent_every_word_is_still_there(seen: dict[str, Seen]) -> None:
    for kind, one in seen.items():
        wide, narrow = one.words
        assert wide, kind
        assert narrow == wide, kind
        assert one.width <= NARROW, kind
        assert one.cut == [], kind


def test_in_colours_of_the_system_all_that_is_drawn_is_seen(seen: dict[str, Seen]) -> None:
    """Look at black on white and white on black, with the page's own colours left at light."""
    assert {kind: one.unframed for kind, one in seen.items() if one.unframed} == {}
    assert len(seen[PLAN].drawn) > 10
    assert {(kind, name) for kind, one in seen.items() for name, shown in one.drawn if not shown} == set()


def test_what_is_filled_in_or_chosen_has_an_edge_that_is_seen(seen: dict[str, Seen]) -> None:
    """WCAG 2.1, 1.4.11: at least 3 : 1."""
    assert sum(len(one.edges) for one in seen.values()) > 40
    assert [(kind, edge) for kind, one in seen.items() for edge in one.edges if edge[1] < 3] == []


@pytest.mark.parametrize("width", [1280, NARROW])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(open_http: Opener, width: int) -> None:
    """Go through pages with Tab from the first stop past the last; the search dialog opens and closes on the way."""
    visit = open_http(WALKED[0], width)
    for kind in WALKED:
        visit.page.goto(f"{visit.home}/{kind}")
        wanted = set(visit.page.evaluate(STOPS))
        stops = list(walk(visit.page))
        assert [one for one in stops if not one["seen"] or one["ring"] == "none"] == [], kind
        places = [one["place"] for one in stops]
        assert places == sorted(places), kind
        assert wanted - {one["name"] for one in stops} == set(), kind


def walk(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab until the page is left, for the browser's own buttons or for its beginning."""
    first = None
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["name"] == first:
            return
        first = first or stop["name"]
        for _ in range(30):
            if stop["seen"]:
                break
            page.wait_for_timeout(100)  # It, or what lies over it, may still be on its way.
            stop = page.evaluate(STOP)
        yield stop
    pytest.fail("the page does not let go of the keyboard")


def test_the_drawer_opens_takes_the_keyboard_and_closes(open_http: Opener) -> None:
    page = open_http("guide/use.html", NARROW).page
    page.get_by_role("button", name="网站目录").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("drawer-button")
    assert not page.locator("#__drawer").is_checked()
    page.keyboard.press("Space")
    for _ in range(8):
        page.keyboard.press("Tab")
    assert not page.locator("#__drawer").is_checked()
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("width", [1280, NARROW])
def test_the_search_dialog_closes_at_escape_and_when_the_keyboard_leaves_it(open_http: Opener, width: int) -> None:
    page = open_http("index.html", width).page
    button, is_open = page.get_by_role("button", name="搜索方案"), "document.getElementById('__search').checked"
    for keys in (["Escape"], ["Tab"] * 8):
        button.focus()
        page.keyboard.press("Enter")
        wait_until(page, is_open)
        for key in keys:
            page.keyboard.press(key)
        wait_until(page, f"!{is_open}")
    assert page.evaluate("document.activeElement.closest('.md-search')") is None


def test_ticks_are_gone_when_the_page_is_opened_again(open_http: Opener) -> None:
    """Reload, and go away and come back, as browsers that remember what was ticked do."""
    visit = open_http(PLAN)
    for leave in (visit.page.reload, lambda: there_and_back(visit)):
        visit.page.locator(".task input").first.check()
        leave()
        assert not visit.page.locator(".task input").first.is_checked()


def there_and_back(visit: Visit) -> None:
    """Go to another page and press the button for the one before."""
    visit.page.goto(f"{visit.home}/index.html")
    visit.page.go_back()


def test_a_link_of_the_tab_that_is_open_is_told_apart_without_colour(browser: Browser, http_site: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{http_site}/plans/index.html")
    wait_until(page, "document.querySelector('.md-tabs__item--active a') !== null")
    style = "getComputedStyle(document.querySelector('.md-tabs__item--active a')).textDecorationLine"
    assert page.evaluate(style) == "underline"
    context.close()
