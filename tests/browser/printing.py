"""What the tests of printing share: a button is pressed as people do, and what stands on the paper is read."""

import re
import unicodedata
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from tests.browser.opening import wait_until

SHEETS = "[...document.querySelectorAll('link[data-print-sheet]')]"
STUB = f"""() => {{
    window.printed = null;
    window.print = () => {{
        const on = {SHEETS}.filter(one => one.sheet.media.mediaText === "print");
        window.printed = on.map(one => one.dataset.printSheet);
    }};
}}"""
AWAY = f"{SHEETS}.every(one => one.sheet.media.mediaText === 'not all')"
PAGE_NUMBER = re.compile(r"—\d+—|\d+(?![\d.])")  # The browser writes it first.
LOOK_ALIKES = str.maketrans(  # Radicals that NFKC leaves alone, and a dash.
    "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳戶黃―",
    "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟户黄—",
)


def print_checklist(page: Page) -> list[PageObject]:
    """Print the checklist alone."""
    return print_part(page, "checklist")


def print_part(page: Page, name: str) -> list[PageObject]:
    """Click the button, as people do, and print at the moment at which the browser would."""
    page.evaluate(STUB)
    page.click(f"[data-print={name}]")
    wait_until(page, "window.printed !== null")
    assert page.evaluate("window.printed") == ([] if name == "page" else [name])
    return pages(page)


def pages(page: Page) -> list[PageObject]:
    """Give the pages as the browser prints them."""
    return list(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def words(paper: list[PageObject]) -> str:
    """Give what stands on the paper, as `squeeze` writes it."""
    texts = [squeeze(page.extract_text()) for page in paper]
    numbers = [PAGE_NUMBER.match(text) for text in texts]
    return "".join(text[number.end() if number else 0 :] for text, number in zip(texts, numbers, strict=True))


def squeeze(text: str) -> str:
    """Leave out blanks, since lines break anywhere, and let look-alikes be one: a font names a glyph by any of them."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(LOOK_ALIKES)
