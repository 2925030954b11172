"""Open pages in the tests' browser and remember everything they ask for and complain about."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, Request, expect

HOST = "intranet.test"
SECONDS = 30
"""How long to wait for something. Why so long: a busy computer does it late, and only a fault never."""

SWITCHES = (
    # Why: a made-up name over plain http is the insecure origin that an intranet is; every other name is nowhere.
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
INSIDE = ("about:", "blob:", "data:")  # What a page asks itself for.


def switches() -> list[str]:
    """Return what today's browser is started with; root must do without its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*SWITCHES, *(["--no-sandbox"] if is_root else [])]


def launch(playwright: Playwright, path: Path) -> Browser:
    """Start the browser."""
    expect.set_options(timeout=1000 * SECONDS)
    return playwright.chromium.launch(executable_path=path, args=switches())


@dataclass
class Visit:
    """One opened page and what it did since."""

    page: Page
    home: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down requests, console errors and uncaught exceptions from now on."""
        self.page.context.on("request", self._asked)
        self.page.context.on("requestfailed", self._failed)
        self.page.on("console", self._said)
        self.page.on("pageerror", self._threw)

    @property
    def foreign(self) -> list[str]:
        """Return the requests that left the site."""
        return [url for url in self.requests if not is_home(url, self.home)]

    def assert_clean(self) -> None:
        """Fail if the page asked another host for anything, or complained."""
        assert not self.foreign, f"{self.page.url} asked {self.foreign}"
        assert not self.complaints, f"{self.page.url} complained {self.complaints}"

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # Why: a download or a page left early is aborted, not broken.
            self.complaints.append(f"{request.failure}: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _threw(self, error: Error) -> None:
        self.complaints.append(f"uncaught {error}")


def is_home(url: str, home: str) -> bool:
    """Tell whether a request stays in the page, or on the host or folder that the site is opened from."""
    return url.startswith((*INSIDE, f"{home}/"))


def wait_until(page: Page, expression: str, value: object = None) -> None:
    """Wait until an expression is true.

    Why not `wait_for_function`: from its second look on it evaluates text inside the page, which the policy forbids.
    """
    until = time.monotonic() + SECONDS
    while not page.evaluate(expression, value):
        assert time.monotonic() < until, f"never true: {expression}"
        page.wait_for_timeout(20)


class Opener:
    """Open pages of one copy of the site, each with its own storage, and close them at the end."""

    def __init__(self, browser: Browser, home: str) -> None:
        """Remember the address that paths are relative to."""
        self._browser = browser
        self._home = home
        self._contexts: list[BrowserContext] = []

    def __call__(self, path: str = "", width: int = 1280, *, dark: bool = False) -> Visit:
        """Open a page in a window of this width and wait until it has loaded."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        self._contexts.append(context)
        return self._open(context.new_page(), path)

    def beside(self, visit: Visit, path: str = "") -> Visit:
        """Open another page that shares its storage with a visit, as a second tab does."""
        return self._open(visit.page.context.new_page(), path)

    def _open(self, page: Page, path: str) -> Visit:
        visit = Visit(page, self._home)
        visit.watch()
        page.goto(f"{self._home}/{path.lstrip('/')}")
        if self._home.startswith("http:"):
            assert page.evaluate("isSecureContext") is False, "the tests must run where clipboards are missing"
        return visit

    def __enter__(self) -> Self:
        """Begin a test."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what the test opened."""
        for context in self._contexts:
            context.close()
