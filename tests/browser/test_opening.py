"""The browser tests see what they claim to see: foreign requests, errors, violations, an insecure origin."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import serve
from tests.browser.opening import Opener

PAGES = {
    "clean.html": "<p>好</p>",
    "foreign.html": "<img src='http://elsewhere.example/x.png' alt=''>",
    "missing.html": "<script src='missing.js'></script>",
    "throws.html": "<script>throw new Error('thrown')</script>",
    "locked.html": """<meta http-equiv=Content-Security-Policy content="default-src 'none'"><img src='data:,'>""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages into a folder."""
    folder = tmp_path_factory.mktemp("pages")
    for name, body in PAGES.items():
        head = "<!doctype html><html lang=zh><meta charset=utf-8><title>t</title><link rel=icon href='data:,'>"
        (folder / name).write_text(head + body, encoding="utf-8")
    return folder


@pytest.fixture(params=["http", "file"])
def opener(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Opener]:
    """Open the pages in both ways that people do."""
    homes = serve(folder) if request.param == "http" else iter([folder.as_uri()])
    with Opener(browser, next(homes)) as opener:
        yield opener
    next(homes, None)


def test_a_clean_page_is_clean(opener: Opener) -> None:
    visit = opener("clean.html", width=390, dark=True)
    visit.assert_clean()
    assert visit.page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [390, True]


@pytest.mark.parametrize("name", ["foreign.html", "missing.html", "throws.html"])
def test_a_page_that_is_not_clean_is_caught(opener: Opener, name: str) -> None:
    visit = opener(name)
    with pytest.raises(AssertionError):
        visit.assert_clean()
    assert bool(visit.foreign) is (name == "foreign.html")


def test_axe_sees_through_a_strict_policy(opener: Opener, axe: Callable[[Page], list[str]]) -> None:
    assert [line.partition(":")[0] for line in axe(opener("locked.html").page) if "image-alt" in line] == ["image-alt"]


def test_two_tabs_share_their_storage(opener: Opener) -> None:
    first = opener("clean.html")
    first.page.evaluate("localStorage.setItem('tick', 'yes')")
    second = opener.beside(first, "clean.html")
    assert second.page.evaluate("localStorage.getItem('tick')") == "yes"
    assert opener("clean.html").page.evaluate("localStorage.getItem('tick')") is None
