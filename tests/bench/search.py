"""Search side by side: ours, Material with and without jieba, and Pagefind, through their own boxes.

All get the same text in the same run: what a reader sees of our finished pages. Queries are typed into the box
of a real Chromium; the truth is the pages whose text has the string. `run.py bench search 500` adds plans nobody wrote
until there are as many. The others are installed into a folder of their own, and left out where that fails.
"""

from __future__ import annotations

import gzip
import html
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

from playwright.sync_api import Browser, Error, Page, sync_playwright

from macros.book import load
from macros.page_text import PageText, read_page
from macros.search_index import build_index, html_names
from tests.bench.search_queries import Query, Score, literal_queries, other_queries, score
from tests.bench.synthetic import write_pages
from tests.browser.conftest import QuietHandler
from tests.browser.getting import get_browser
from tests.browser.opening import HOST, launch

ROOT = Path(__file__).parent.parent.parent
EACH = 12  # Literal queries of every length; half as many of every mistake.
PATIENCE = 60_000  # Milliseconds in which an engine must answer.
OTHERS = ("mkdocs==1.6.1", "mkdocs-material~=9.8", "pagefind[extended]", "jieba")

STOCK = """\
site_name: stock
use_directory_urls: false
theme: {name: material, language: zh, font: false}
plugins: [search]
"""

WATCH = """
// Note what the box is told and when, whatever engine answers.
window.__told = {done: 0, found: [], first: 0, began: 0};
const RealWorker = Worker;
Worker = class extends RealWorker {
    constructor(...given) {
        super(...given);
        this.addEventListener("message", ({data: {type, data}}) => {
            if (type === 3) {
                __told.found = data.items.map((group) => group[0].location.split("#")[0]);
                __told.answers = (__told.answers || 0) + 1;
            }
            if (type === 8) __told.done++;
        });
    }
};
document.addEventListener("input", () => { __told.began = performance.now(); __told.first = 0; }, true);
new MutationObserver(() => {
    const shown = document.querySelector(".md-search-result__item, .pagefind-ui__result");
    if (shown && !__told.first) __told.first = performance.now();
}).observe(document, {subtree: true, childList: true});
"""


@dataclass(frozen=True)
class Engine:
    """A site with a search box, and how to use it."""

    name: str
    site: Path
    box: str
    links: str = ""


@dataclass(frozen=True)
class Run:
    """What asking an engine gave.

    The pages found for each query, milliseconds to the first one of each, seconds from entering the box to the first
    answer, and the bytes of the search files loaded for it.
    """

    found: list[list[str]]
    first: list[float]
    opened: float
    loaded: dict[str, int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Build all sites, ask all engines, print a table."""
    plans = int(next(iter(sys.argv[2:] if arguments is None else arguments), "0"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright, get_browser(print))
        ours = build_ours(Path(folder) / "ours", plans)
        pages = [page for name in html_names(ours) if (page := read_page(ours, ours / name))]
        texts = {page.url: plain_text(page) for page in pages}
        queries = [*literal_queries(texts, EACH), *other_queries(texts, EACH // 2)]
        print(f"{len(texts)} pages, {sum(map(len, texts.values())):,} characters, {len(queries)} queries")
        for engine in engines(Path(folder), ours, pages):
            try:
                report(engine, queries, ask(browser, engine, queries))
            except Error as error:
                print(f"{engine.name}: {str(error).splitlines()[0]}")


def plain_text(page: PageText) -> str:
    """Give what a reader sees of a page, a block a line."""
    parts = [(part.heading, part.text, part.aside) for part in page.sections]
    return "\n".join(text for texts in [(page.title, page.text, page.aside), *parts] for text in texts if text)


def build_ours(site: Path, plans: int) -> Path:
    """Build our site, with as many plans if asked."""
    run(sys.executable, "-m", "macros", "build", "--site", str(site))
    if plans:
        write_pages(site, plans)
        build_index(site, [(synonym.said, synonym.means) for synonym in load(ROOT).synonyms.values()])
    return site


def engines(folder: Path, ours: Path, pages: Sequence[PageText]) -> Iterator[Engine]:
    """Give the engines that could be had, ours first."""
    box = "[data-md-component=search-query]"
    yield Engine("ours", ours, box)
    tools = install(folder / "tools")
    if tools is None:
        return
    python = str(tools / "bin" / "python")
    write_stock(folder / "stock", pages)
    for name, extra in (("Material + jieba", True), ("Material", False)):
        if not extra:
            run(python, "-m", "pip", "uninstall", "--yes", "--quiet", "jieba")
        site = folder / name.replace(" ", "")
        config = str(folder / "stock" / "mkdocs.yml")
        run(python, "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", str(site))
        yield Engine(name, site, box)
    found = shutil.copytree(ours, folder / "pagefind")
    run(python, "-m", "pagefind", "--site", str(found), "--root-selector", "article", "--force-language", "zh")
    (found / "find.html").write_text(PAGEFIND, "utf-8")
    yield Engine("Pagefind", found, ".pagefind-ui__search-input", ".pagefind-ui__result-link")


BUSY = "/Searching|搜索中|正在/.test((document.querySelector('.pagefind-ui__message') || {}).innerText || '')"

PAGEFIND = """<html lang="zh"><head><script src="pagefind/pagefind-ui.js"></script></head><body><div id="search"></div>
<script>new PagefindUI({element: "#search", pageSize: 10000, showSubResults: false, showImages: false,
debounceTimeoutMs: 0, resetStyles: false});</script></body></html>"""


def install(place: Path) -> Path | None:
    """Install the others into an environment of their own; nothing if they cannot be had."""
    run(sys.executable, "-m", "venv", str(place))
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    done = subprocess.run([*pip, *OTHERS], check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        print(f"the others could not be installed: {done.stderr.strip().splitlines()[-1]}")
    return None if done.returncode else place


def run(*command: str) -> None:
    """Run a command quietly, or fail with what it said."""
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        message = f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        raise RuntimeError(message)


def write_stock(folder: Path, pages: Sequence[PageText]) -> None:
    """Write the same text as Markdown; what could be markup is escaped."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(STOCK, "utf-8")
    for page in pages:
        path = folder / "docs" / page.url.replace(".html", ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(_markdown(page)), "utf-8")


def _markdown(page: PageText) -> Iterator[str]:
    yield f"# {_plain(page.title)}"
    yield from (f"<p>{_plain(text)}</p>" for text in (page.text, page.aside) if text)
    for part in page.sections:
        yield f"## {_plain(part.heading)}"
        yield from (f"<p>{_plain(text)}</p>" for text in (part.text, part.aside) if text)


def _plain(text: str) -> str:
    return "".join(f"&#{ord(char)};" if char in "\\`*_{}[]()#+-.!|~=" else html.escape(char) for char in text)


class _CountingHandler(QuietHandler):
    """Serve files and note what was asked for."""

    asked: dict[str, int] = {}  # noqa: RUF012 - one server at a time

    def send_head(self):  # noqa: ANN202 - as the library has it
        """Note the file before it is sent."""
        path = Path(self.translate_path(self.path))
        if path.is_file():
            self.asked[str(path)] = path.stat().st_size
        return super().send_head()


def ask(browser: Browser, engine: Engine, queries: Sequence[Query]) -> Run:
    """Type each query into the box and take what it shows."""
    handler = partial(_CountingHandler, directory=str(engine.site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.add_init_script(WATCH)
        _CountingHandler.asked.clear()
        page.set_default_timeout(PATIENCE)
        start = "find.html" if engine.links else "index.html"
        page.goto(f"http://{HOST}:{server.server_port}/{start}")
        page.wait_for_load_state("networkidle")
        began = time.perf_counter()
        page.locator(engine.box).first.focus()
        type_in(page, engine, "文明窗口")
        opened = time.perf_counter() - began
        of_search = ("search", "pagefind", "worker")
        loaded = {
            path: size for path, size in _CountingHandler.asked.items() if any(name in path for name in of_search)
        }
        answers = [type_in(page, engine, query.text) for query in queries]
        page.context.close()
        server.shutdown()
    return Run([found for found, _ in answers], [first for _, first in answers], opened, loaded)


def type_in(page: Page, engine: Engine, text: str) -> tuple[list[str], float]:
    """Put a text into the box as an input method does, and give what is found and when the first of it was shown."""
    page.locator(engine.box).first.fill("")
    page.keyboard.press("Shift")
    page.wait_for_timeout(20)
    page.evaluate("() => Object.assign(__told, {done: 0, answers: 0, found: [], first: 0})")
    page.locator(engine.box).first.focus()
    page.keyboard.insert_text(text)
    page.keyboard.press("Shift")  # Why: Material looks only when a key goes up.
    if engine.links:
        found = shown_links(page, engine)
    else:
        page.wait_for_function("(ours) => ours ? __told.done : __told.answers", arg=engine.name == "ours")
        page.wait_for_timeout(5)
        found = page.evaluate("__told.found")
    first = page.evaluate("__told.first && __told.began ? __told.first - __told.began : 0")
    return [name.split("?")[0] + ("index.html" if name.endswith("/") or not name else "") for name in found], first


def shown_links(page: Page, engine: Engine) -> list[str]:
    """Wait until the list stays as it is, and give its links."""
    gather = f"() => [...document.querySelectorAll('{engine.links}')].map((link) => link.pathname.slice(1))"
    before, same = None, 0
    while same < 4:
        page.wait_for_timeout(50)
        busy = page.evaluate(BUSY)
        now = page.evaluate(gather)
        before, same = now, same + 1 if now == before and not busy else 0
    return before or []


def report(engine: Engine, queries: Sequence[Query], run: Run) -> None:
    """Print how well and how fast an engine answers."""
    sizes = [(size, len(gzip.compress(Path(path).read_bytes()))) for path, size in run.loaded.items()]
    first = [value for value in run.first if value]
    slowest = quantiles(first, n=20)[-1] if len(first) > 1 else 0
    print(
        f"\n{engine.name}: first result {median(first or [0]):.0f} ms after typing, 95 of 100 within {slowest:.0f} ms;"
        f" from entering the box to the first answer {run.opened:.2f} s,"
        f" {sum(size for size, _ in sizes) / 1000:,.0f} kB ({sum(packed for _, packed in sizes) / 1000:,.0f} kB packed)"
    )
    for kind, one in score(queries, run.found).items():
        print(row(kind, one))


def row(kind: str, one: Score) -> str:
    """Write a line of the table."""
    return (
        f"  {kind:15} {one.queries:4} queries  recall {one.recall:.3f}  precision@10 {one.precision:.3f}"
        f"  MRR {one.rank:.3f}  nothing found {one.nothing}"
    )
