"""Every kind of page as Lighthouse and axe see it, published and served with the kit for hosts.

`python3 run.py bench pages [page …]`. Lighthouse reckons a phone of the middle class on slow 4G; axe looks at windows
of 1280 and 390 in light and in dark.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.publish import build, publish
from tests.browser.axe import violations
from tests.browser.getting import get_browser, get_fonts, get_tools
from tests.browser.kinds import KINDS as PAGES
from tests.browser.lighthouse import KINDS, TIMES, Marks, look_at
from tests.browser.opening import launch
from tests.nginx import get_nginx, serving

ROOT = Path(__file__).parent.parent.parent
NOT_SERVED = "404.html"
"""The host shows it in the place of pages that are missing, and not under its own name."""


def main(arguments: Sequence[str] = ()) -> None:
    """Build, publish, serve, look, and print a line a page."""
    get_fonts(print)
    browser, tools, nginx = get_browser(print), get_tools(print), get_nginx(print)
    pages = [*arguments] or [page for page in PAGES if page != NOT_SERVED]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        publish(ROOT, work / "target", build(ROOT, work / "site"))
        with serving(nginx, work / "nginx", work / "target") as home, sync_playwright() as playwright:
            print(f"{'page':58} perf  a11y  best   seo   FCP s  LCP s  TBT ms   CLS   axe", flush=True)
            opened = launch(playwright, browser)
            source = (tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
            for page in pages:
                found, broken = look_at(home + page, tools, browser), axe(opened, source, home + page)
                print(line(page, found, len(broken)), *broken, sep="\n  ", flush=True)
            opened.close()


def line(page: str, found: Marks, broken: int) -> str:
    """Write a page's figures, and what cost it marks if they are too few."""
    first, largest, blocked, shifted = (found.times[name] for name in TIMES)
    marks = "".join(f"{found.marks[kind]:4}  " for kind in KINDS)
    told = "" if found.are_full else f"  {'; '.join(found.lost)}"
    times = f"{first / 1000:5.1f}  {largest / 1000:5.1f}  {blocked:6.0f}  {shifted:5.3f}"
    return f"{page:56} {marks} {times}  {broken:3}{told}"


def axe(browser: Browser, source: str, url: str) -> list[str]:
    """Give what axe finds in two windows, in light and in dark."""
    found = []
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.goto(url)
            found += violations(source, page)
            context.close()
    return found
