"""What the tests of the search share: what a reader sees of each page, and what the engine finds."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page

# What a reader sees, as the browser says it; with scripts off, since what they add is not in the page.
VISIBLE = """() => {
    const main = document.querySelector("article") || document.querySelector("main");
    if (!main) return null;
    const off = "select, option, datalist, button, noscript, .headerlink, rt, rp, svg";
    main.querySelectorAll(off).forEach((element) => element.remove());
    main.querySelectorAll("details").forEach((details) => { details.open = true; });
    return main.innerText;
}"""

ASK_WORKER = """async ({script, queries}) => {
    const worker = new Worker(script);
    let last;
    const ask = (message, end) => new Promise((resolve, reject) => {
        worker.onmessage = ({data: {type, data}}) => {
            if (type === 3) last = data;
            if (type === end) resolve();
        };
        worker.onerror = reject;
        worker.postMessage(message);
    });
    await ask({type: 0}, 1);
    const found = [];
    for (const query of queries) {
        await ask({type: 2, data: query}, 8);
        found.push(last.items.map((items) => items[0].location.split("#")[0]));
    }
    return found;
}"""


def visible_texts(browser: Browser, site: Path) -> dict[str, str]:
    """Give what a reader sees of each page, by its address."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    texts = {}
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        name = path.relative_to(site).as_posix()
        text = page.evaluate(VISIBLE)
        if text and name != "404.html":
            texts[quote(name)] = text
    context.close()
    return texts


def ask_engine(page: Page, queries: Sequence[str]) -> list[list[str]]:
    """Ask the engine, at work as it is on a page, and give the addresses of the pages found for each query."""
    search = page.evaluate("document.querySelector('script[src*=\"javascripts/search.js\"]').src")
    engine = search.replace("search.js", "search-engine.js")
    found: list[list[str]] = page.evaluate(ASK_WORKER, {"script": engine, "queries": queries})
    return found
