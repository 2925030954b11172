"""A real browser for the tests: opened once, every page's requests and errors written down."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from macros.policy import header
from tests.browser.axe import violations
from tests.browser.devtools import Kernel, Tab
from tests.browser.getting import NotToBeHad, Tell, get_engine, get_fonts, get_tools
from tests.browser.kernels import start_kernel, wanted
from tests.browser.opening import HOST, Opener, launch


@pytest.fixture(scope="session")
def browser_path(tell: Tell) -> Path:
    """Give the path of a browser that can show Chinese, installed if need be."""
    try:
        get_fonts(tell)
        return get_engine(tell)
    except NotToBeHad as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def node_modules(tell: Tell) -> Path:
    """Give the folder of the tools from npm, installed if need be."""
    try:
        return get_tools(tell)
    except NotToBeHad as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def browser(browser_path: Path) -> Iterator[Browser]:
    """Start one browser for all tests."""
    with sync_playwright() as playwright:
        browser = launch(playwright, browser_path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def http_site(site: Path) -> Iterator[str]:
    """Serve the site as an intranet would: plain http, a name that is not localhost, the policy as a header."""
    yield from serve(site, HostHandler)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files without a log, as quickly as the standard library can."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the library calls
        """Keep quiet."""


class HostHandler(QuietHandler):
    """Do so with the header that the policy has for servers."""

    def end_headers(self) -> None:
        """Add the header."""
        self.send_header("Content-Security-Policy", header())
        super().end_headers()


def serve(folder: Path, handler: type[SimpleHTTPRequestHandler] = QuietHandler) -> Iterator[str]:
    """Serve a folder on a free port while the caller looks at it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_http(browser: Browser, http_site: str) -> Iterator[Opener]:
    """Open pages of the site over plain http: `open_http("plans/", width=390, dark=True)`."""
    with Opener(browser, http_site) as opener:
        yield opener


@pytest.fixture
def open_file(browser: Browser, site: Path) -> Iterator[Opener]:
    """Open pages of the site from its folder, as from a shared drive: `open_file("plans/index.html")`."""
    with Opener(browser, site.as_uri()) as opener:
        yield opener


@pytest.fixture(params=["http", "file"])
def opened(request: pytest.FixtureRequest) -> Opener:
    """Open pages in both ways that people do: `opened("plans/index.html")`."""
    opener: Opener = request.getfixturevalue(f"open_{request.param}")
    return opener


@pytest.fixture(scope="session", params=wanted())
def kernel(request: pytest.FixtureRequest, tell: Tell) -> Iterator[Kernel]:
    """Run each old browser in turn."""
    try:
        kernel = start_kernel(request.param, tell)
    except NotToBeHad as error:
        pytest.fail(str(error), pytrace=False)
    with kernel:
        yield kernel


@pytest.fixture(params=["http", "file"])
def open_kernel(request: pytest.FixtureRequest, kernel: Kernel, site: Path) -> Iterator[Callable[[str], Tab]]:
    """Open pages in each of them, in both ways that people do: `open_kernel("plans/index.html")`."""
    home = request.getfixturevalue("http_site") if request.param == "http" else site.as_uri()
    with ExitStack() as opened:

        def open_page(path: str) -> Tab:
            tab = kernel.page(path, home)
            opened.callback(tab.close)
            return tab

        yield open_page


@pytest.fixture
def axe(node_modules: Path) -> Callable[[Page], list[str]]:
    """Check a page with axe-core and give its violations, one line each."""
    source = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    return partial(violations, source)
