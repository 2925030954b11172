"""Under the strict policy everything works and nothing foreign runs, over http and from a folder, old browsers too."""

import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.policy import header, policy
from tests.browser.conftest import serve
from tests.browser.devtools import Kernel
from tests.browser.getting import HERE
from tests.browser.opening import HOST, Opener, wait_until
from tests.browser.plan_page import PLAN, address, open_more

pytestmark = pytest.mark.everywhere

ROOT = HERE.parent.parent
META = f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'

# What an attacker would want a page to run, and what each of them writes into `window.ran`.
PLANTED = {
    "script": "<script>window.ran = 'script'</script>",
    "module": "<script type=module>window.ran = 'module'</script>",
    "data": "<script src='data:text/javascript,window.ran=1'></script>",
    "handler": "<img src=missing.png alt='' onerror=\"window.ran = 'handler'\">",
    "drawing": "<svg onload=\"window.ran = 'drawing'\"></svg>",
    "frame": "<iframe srcdoc=\"<script>parent.ran = 'frame'</script>\"></iframe>",
    "style": "<style>article { display: none }</style>",
    "attribute": "<p id=planted style='position: fixed'>x</p>",
    "base": "<base href='https://elsewhere.example/'>",
    "link": "<a id=planted href=\"javascript:void(window.ran = 'link')\">x</a>",
    "foreign": "<script src='https://elsewhere.example/x.js'></script>",
    "image": "<img src='https://elsewhere.example/x.png' alt=''>",
}


def test_pages_have_the_tag_and_the_tests_server_sends_the_header(open_http: Opener) -> None:
    """Else the other tests would show nothing; test_every_page.py walks through all pages."""
    visit = open_http("index.html")
    answer = visit.page.reload()
    assert answer is not None
    assert answer.headers["content-security-policy"] == header()
    assert visit.page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content") == policy()


@pytest.mark.parametrize("width", [1280, 390])
def test_all_that_a_reader_does_works_under_the_policy(opened: Opener, width: int) -> None:
    visit = opened("index.html", width)
    page = visit.page
    search(page)
    change_colours(page)
    page.goto(f"{visit.home}/{address()}#checklist")
    use_checklist(page)
    page.goto(f"{visit.home}/plans/index.html")
    page.locator("select[name=unit]").select_option(index=1)
    page.goto(f"{visit.home}/compare/index.html")
    page.locator("select[name=plan]").first.select_option(PLAN)
    page.locator("[data-copy=table]").first.click()
    page.goto(f"{visit.home}/calendar/index.html")
    page.locator("select[name=year]").select_option("2027")
    expect(page.locator("[data-when=year]:not([hidden])").first).to_be_visible()
    page.locator(".md-top").dispatch_event("click")
    visit.assert_clean()


def search(page: Page) -> None:
    """Open the dialog, look for a word, send the form, and empty it."""
    page.locator("html.js").wait_for()
    page.keyboard.press("/")
    expect(page.locator(".md-search-result__meta")).to_have_text("输入要找的词")
    page.keyboard.type("八心")
    expect(page.locator(".md-search-result__item mark").first).to_be_visible()
    page.click(".md-search__options [type=reset]")
    page.keyboard.type("ΩΨΞ")
    expect(page.locator(".md-search-result__meta")).to_contain_text("没有找到")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def change_colours(page: Page) -> None:
    """Go to the dark colours, or back."""
    before = page.get_attribute("body", "data-md-color-scheme")
    page.locator("[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", str(before))


def use_checklist(page: Page) -> None:
    """Filter, tick, copy in every way, download and print."""
    page.locator("select[name=role]").select_option(index=1)
    page.locator(".task input:visible").first.check()
    open_more(page)
    for button in page.locator("[data-copy]:visible").all():
        button.click()
    with page.expect_download():
        page.locator("[data-download=csv]").first.click()
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1 } }")
    buttons = page.locator("[data-print]:visible").all()
    for button in buttons:
        button.click()
    wait_until(page, "count => window.printed === count", len(buttons))
    assert buttons


# What is planted.


@pytest.fixture(scope="module")
def planted(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a page needs and plant one thing in a page each; a page in `open/` is nothing else, without policy."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(site / "assets", folder / "assets")
    page = (site / "index.html").read_text(encoding="utf-8").replace('"assets/', '"../assets/')
    for place in ("locked", "open"):
        (folder / place).mkdir()
    for name, html in PLANTED.items():
        before = META if name == "base" else "</article>"
        after = META + html if name == "base" else html + "</article>"
        (folder / "locked" / f"{name}.html").write_text(page.replace(before, after, 1), encoding="utf-8")
        (folder / "open" / f"{name}.html").write_text(f"<article>{html}</article>", encoding="utf-8")
    return folder


RAN = """() => {
    const planted = document.getElementById("planted");
    if (planted && planted.href) planted.click();
    const article = document.querySelector("article");
    return [window.ran, getComputedStyle(article).display === "none", document.baseURI.includes("elsewhere"),
        Boolean(planted && getComputedStyle(planted).position === "fixed")].some(Boolean);
}"""
"""Whether something that was planted took effect."""


@pytest.mark.parametrize("name", [name for name in PLANTED if name not in {"base", "foreign", "image"}])
def test_what_is_planted_works_without_the_policy(browser: Browser, planted: Path, name: str) -> None:
    """Else the next test would show nothing."""
    with Opener(browser, planted.as_uri()) as opener:
        page = opener(f"open/{name}.html").page
        page.wait_for_timeout(100)
        page.evaluate(RAN)
        page.wait_for_timeout(50)
        assert page.evaluate(RAN)


@pytest.mark.parametrize("way", ["http", "file"])
def test_what_is_planted_does_nothing_and_is_complained_of(kernel: Kernel, planted: Path, way: str) -> None:
    homes = serve(planted) if way == "http" else iter([planted.as_uri()])
    home = next(homes)
    for name in PLANTED:
        tab = kernel.page(f"locked/{name}.html", home)
        tab.wait(f"({RAN})() || true")
        assert tab.evaluate(f"({RAN})()") is False, name
        tab.wait("document.documentElement.classList.contains('js')")
        assert tab.violations, name
        tab.close()
    next(homes, None)


# The preview.


@pytest.mark.parametrize("command", ["macros serve --port {}", "mkdocs serve --livereload --dev-addr 127.0.0.1:{}"])
def test_the_preview_has_no_policy_so_that_it_can_follow_edits(browser: Browser, command: str) -> None:
    """MkDocs adds a script to each page that asks for edits; the policy would stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", *command.format(port).split()]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as preview:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            with Opener(browser, f"http://{HOST}:{port}") as opener:
                visit = opener("index.html")
                visit.page.wait_for_timeout(300)
                assert [url for url in visit.requests if "/livereload/" in url]
                visit.assert_clean()
        finally:
            preview.terminate()


def wait_for(url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(URLError, ConnectionError), urlopen(url):  # noqa: S310 - our own address
            return
        time.sleep(0.2)
    pytest.fail(f"nothing at {url}")
