"""A site built of hostile data, in a real browser: pages are opened, pointed at and clicked, and nothing runs.

The build is the real one, in a copy of the project whose data folder holds every payload many times over.
"""

from __future__ import annotations

import html
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page
from pydantic import BaseModel

from macros.model import UNNAMED, VOCABULARIES, Book, Plan
from tests.book_of_tests import ALPHA, BETA, DataFolder
from tests.browser.conftest import serve
from tests.browser.opening import Opener, Visit
from tests.hostile import RUN, SEEN, marked
from tests.html_tree import parse
from tests.project import HOUSE, copy_project

COPIES = 8
"""As many times the larger plan is there: the payloads are more than the places of one."""

TRAP = """
window.__dialogs = 0;
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => { window.__dialogs += 1; };
"""

POINT_AT_EVERYTHING = """() => {
    const kinds = ["mouseover", "mouseenter", "mousemove", "focus", "focusin", "blur", "toggle", "animationstart",
        "begin", "load", "error", "pointerover", "keydown", "change", "input"];
    for (const element of document.querySelectorAll("*"))
        for (const kind of kinds) element.dispatchEvent(new Event(kind, {bubbles: false}));
    return document.querySelectorAll("*").length;
}"""

CLICK_EVERYTHING = """() => {
    // Links would lead away; that none of them runs anything is looked at by itself.
    const stay = (event) => { if (event.type === "submit" || event.target.closest("a")) event.preventDefault(); };
    document.addEventListener("click", stay, true);
    document.addEventListener("submit", stay, true);
    let clicked = 0;
    const wanted = ["button", "summary", "label", "input", "svg *", "[data-task-id]"].map((kind) => `main ${kind}`);
    for (const element of document.querySelectorAll(wanted.join())) {
        element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
        clicked += 1;
    }
    return clicked;
}"""

HANDLERS = """() => [...document.querySelectorAll("*")].flatMap((element) =>
    [...element.attributes]
        .filter(({name, value}) => name.startsWith("on") || /^\\s*(java|vb)script:/i.test(value))
        .map(({name, value}) => `${element.localName} ${name}=${value}`)
        .filter((told) => !told.includes("aria-label=") && !/ (data-title|data-name|download|title)=/.test(told)))"""


def written(value: Any) -> str:  # noqa: ANN401
    """Write a value as YAML that holds any text: everything in single quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, bool | int):
        return str(value).lower()
    return "'" + str(value).replace("'", "''") + "'"


def entries(models: tuple[BaseModel, ...]) -> str:
    return "".join(f"- {written(model.model_dump(mode='json', exclude_defaults=True))}\n" for model in models)


def keys(plan: Plan) -> str:
    values = plan.model_dump(mode="json", exclude_defaults=True)
    return "".join(f"{key}: {written(value)}\n" for key, value in values.items())


def hostile_book(folder: Path) -> Book:
    """Fill a book with every payload, but for the names that are only looked for."""
    book = DataFolder.in_(folder).book()
    alpha = book.plans[ALPHA]
    copies = [alpha.model_copy(update={"id": f"{ALPHA}-{copy}"}) for copy in range(1, COPIES)]
    plans = {plan.id: plan for plan in (alpha, *copies, book.plans[BETA])}
    clean = marked(replace(book, leftovers=(), places=(), plans=plans))
    whole = {" ".join(payload.split()) for payload in SEEN}
    turns = (clean.words(SEEN, turn) for turn in range(len(SEEN)))
    return clean.filled(next(words for words in turns if whole <= set(words)))


def write(folder: DataFolder, book: Book) -> None:
    """Put the hostile book in the place of the tiny one."""
    for name in VOCABULARIES:
        shelf = getattr(book, name)
        if name not in UNNAMED:
            folder.path(name).write_text(entries(tuple(shelf.values())), encoding="utf-8")
    for plan in book.plans.values():
        folder.path(plan.id).write_text(keys(plan), encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy of the project with hostile data, as people build it."""
    root = copy_project(tmp_path_factory.mktemp("hostile"), HOUSE)
    book = hostile_book(tmp_path_factory.mktemp("tiny"))
    write(DataFolder.in_(root), book)
    command = [sys.executable, "-m", "macros", "build", "--site", str(root / "site")]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        pytest.fail(f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}", pytrace=False)
    return root / "site"


@pytest.fixture(scope="module", params=["http", "file"])
def opener(request: pytest.FixtureRequest, browser: Browser, hostile_site: Path) -> Iterator[Opener]:
    """Open its pages in both ways that people do."""
    homes = serve(hostile_site) if request.param == "http" else iter([hostile_site.as_uri()])
    with Opener(browser, next(homes)) as opener:
        yield opener
    next(homes, None)


def pages_of(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html")


def assert_nothing_ran(page: Page, visit: Visit, dialogs: list[str]) -> None:
    assert page.evaluate("window.__ran") is None
    assert dialogs == []
    visit.assert_clean()


def test_the_payloads_are_on_the_pages(hostile_site: Path) -> None:
    text = "".join((hostile_site / name).read_text(encoding="utf-8") for name in pages_of(hostile_site))
    assert html.unescape(text).count(RUN) > 300
    body = parse((hostile_site / f"plans/{ALPHA}/index.html").read_text(encoding="utf-8")).one("article").text()
    assert body.count(RUN) > 30


def test_nothing_runs_on_any_page_and_every_payload_reads_letter_by_letter(opener: Opener, hostile_site: Path) -> None:
    dialogs: list[str] = []
    visit = opener()
    visit.page.on("dialog", lambda dialog: _dismiss(dialog, dialogs))
    visit.page.context.add_init_script(TRAP)
    names = pages_of(hostile_site)
    assert len(names) > COPIES + 5
    read = ""
    for name in names:
        visit.page.goto(f"{visit.home}/{name}")
        read += " ".join(visit.page.evaluate("document.querySelector('article').textContent").split())
        assert visit.page.evaluate(POINT_AT_EVERYTHING) > 100
        assert visit.page.evaluate(HANDLERS) == []
        visit.page.evaluate(CLICK_EVERYTHING)
        visit.page.wait_for_timeout(50)
        assert visit.page.url.partition("#")[0].partition("?")[0] == f"{visit.home}/{name}"
        assert_nothing_ran(visit.page, visit, dialogs)
    assert [payload for payload in SEEN if " ".join(payload.split()) not in read] == []


def _dismiss(dialog: Dialog, dialogs: list[str]) -> None:
    dialogs.append(dialog.message)
    dialog.dismiss()


@pytest.mark.parametrize("sought", ["onerror", "javascript", "<img", "script>", "{{ 7*7", "点我"])
def test_nothing_runs_in_what_the_search_finds(opener: Opener, sought: str) -> None:
    visit = opener("index.html")
    visit.page.click("[data-md-component=search-query]:visible, .md-header__button[for=__search]:visible")
    visit.page.locator("[data-md-component=search-query]").fill(sought)
    visit.page.locator(".md-search-result__item").first.wait_for()
    visit.page.evaluate(POINT_AT_EVERYTHING)
    assert visit.page.evaluate(HANDLERS) == []
    assert (
        visit.page.evaluate("document.querySelectorAll('.md-search-result img, .md-search-result script').length") == 0
    )
    assert_nothing_ran(visit.page, visit, [])


def test_nothing_runs_out_of_the_address(opener: Opener) -> None:
    for hostile in ("<img src=x onerror=window.__ran=1>", "javascript:window.__ran=1", '"><svg onload=window.__ran=1>'):
        visit = opener(f"plans/index.html?unit={quote(hostile)}&theme={quote(hostile)}#{quote(hostile)}")
        assert_nothing_ran(visit.page, visit, [])
