"""Search finds whatever a reader sees, in Material's dialog, over http and from a folder."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.search_index import build_index
from tests.browser.conftest import serve
from tests.browser.getting import HERE, run_node
from tests.browser.opening import Opener, wait_until

SCRIPT = HERE.parent.parent / "docs" / "assets" / "javascripts" / "search.js"
BOX = "[data-md-component=search-query]"
RESULTS = ".md-search-result__item"
META = ".md-search-result__meta"
CUTS_PER_PAGE = 30

KNOWN = """<h1 id="top">试验页甲</h1><p>页首一段。</p><svg width="1" height="3000"></svg>
<h2 id="depth">试验深处</h2><p>蓝鲸潜到一千米，再也没有浮上来。</p>"""
HOSTILE = """<h1>试验页乙 &lt;b&gt;粗&lt;/b&gt;</h1><p>毒蘑菇 &lt;img src=x onerror="hit=1"&gt; &amp;lt;i&amp;gt;</p>
<h2 id="&quot;&gt;&lt;img src=x onerror=hit=2&gt;">毒蘑菇 &lt;img src=x onerror=hit=3&gt;</h2>
<p>毒蘑菇 &lt;script&gt;hit=4&lt;/script&gt;</p>"""

# What a reader sees, as the browser says it; with scripts off, since what they add is not in the page.
VISIBLE = """() => {
    const main = document.querySelector("article") || document.querySelector("main");
    if (!main) return null;
    const off = "[data-search=off], select, option, datalist, button, noscript, .headerlink, rt, rp, svg";
    main.querySelectorAll(off).forEach((element) => element.remove());
    return main.innerText;
}"""

ASK_WORKER = """async ({script, queries}) => {
    const worker = new Worker(script);
    const ask = (message) => new Promise((resolve, reject) => {
        worker.onmessage = (event) => resolve(event.data);
        worker.onerror = reject;
        worker.postMessage(message);
    });
    const ready = await ask({type: 0});
    if (ready.type !== 1) throw new Error("not ready");
    const found = [];
    for (const query of queries) {
        const {data} = await ask({type: 2, data: query});
        found.push(data.items.map((items) => items[0].location.split("#")[0]));
    }
    return found;
}"""


# The words of a query, and what a result says of them: the pure part, under Node.


def in_node(expression: str) -> object:
    """Evaluate an expression in which `s` is what search.js gives to tests."""
    load = f"globalThis.self = {{}}; require({json.dumps(str(SCRIPT))}); const s = self.siteSearch;"
    done = run_node("-e", f"{load} console.log(JSON.stringify({expression}))")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def find(query: str, *texts: str) -> list[list[dict[str, object]]]:
    """Search pages given as their lines: title, text, then heading and text of sections called a, b, c."""
    pages = [
        {"url": f"{at}.html", "anchors": list("abc")[: text.count("\n") // 2], "text": text}
        for at, text in enumerate(texts)
    ]
    file = json.dumps({"version": 1, "pages": pages})
    found = in_node(f"s.search(s.readIndex({file}), {json.dumps(query)})")
    assert isinstance(found, list)
    return found


def found_pages(query: str, *texts: str) -> list[object]:
    """Give the pages' places, best first."""
    return [int(str(items[0]["location"]).split(".")[0]) for items in find(query, *texts)]


def test_folding_keeps_every_place() -> None:
    text = "".join(map(chr, range(1, 0x3000))) + "ＡＢＣ，。：；“”「」İßﬁ㎡①Ⅷ臺\U00020000龘\ud800"
    lengths = in_node(f"[{json.dumps(text)}].map((text) => [text.length, s.fold(text).length])[0]")
    assert isinstance(lengths, list)
    assert lengths[0] == lengths[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ１２", "abc12"),
        ("，、", ",,"),
        ("。．", ".."),
        ("（）", "()"),
        ("“”「」", '""""'),
        ("—－", "--"),
        ("　\u00a0\t", "   "),
    ],
)
def test_look_alikes_are_the_same(one: str, other: str) -> None:
    assert in_node(f"s.fold({json.dumps(one)})") == other


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("文明 窗口", ["文明", "窗口"]),
        ("  文明　窗口 文明 ", ["文明", "窗口"]),
        ("“文明 窗口”abc", ["文明 窗口", "abc"]),
        ('"文明 窗', ["文明 窗"]),
        ("窗口”活动", ["窗口", "活动"]),
        ("文\u200b明", ["文明"]),
        ("”“", ["”“"]),
        ("Ａb", ["Ａb"]),
        ("", []),
    ],
)
def test_a_query_is_split_at_blanks_but_not_inside_quotes(query: str, words: list[str]) -> None:
    assert in_node(f"s.parseQuery({json.dumps(query)}).map((word) => word.shown)") == words


def test_a_page_must_have_every_word_wherever_it_stands() -> None:
    assert found_pages("甲 丁", "甲\n乙\n丙\n丁", "甲\n乙", "丁\n") == [0]


def test_a_phrase_must_stand_as_it_is() -> None:
    assert found_pages('"a b"', "一\na b", "二\na c b") == [0]


def test_words_do_not_reach_across_headings() -> None:
    assert found_pages("窗口", "文明窗\n口岸") == []


def test_nothing_is_taken_for_a_pattern() -> None:
    assert found_pages(".*", "一\n甲乙", "二\n甲.*乙") == [1]


def test_title_beats_heading_beats_text() -> None:
    assert found_pages("蓝鲸", "题\n蓝鲸", "题\n文\n蓝鲸\n文", "蓝鲸\n文", "题\n文") == [2, 1, 0]


def test_a_title_that_is_the_query_beats_one_that_has_it() -> None:
    assert found_pages("蓝鲸", "关于蓝鲸的一切\n", "蓝鲸\n") == [1, 0]


def test_often_in_little_text_beats_once_in_much() -> None:
    assert found_pages("蓝鲸", f"题\n蓝鲸{'文' * 4000}", "题\n蓝鲸和蓝鲸") == [1, 0]


def test_the_section_with_all_the_words_comes_first_and_says_where_it_is() -> None:
    items = find("蓝鲸 浮上", "题\n文\n蓝鲸\n文\n别的\n蓝鲸浮上来")[0]
    assert [item["location"] for item in items] == ["0.html#b", "0.html#a", "0.html"]
    assert [item["terms"] for item in items] == [{"蓝鲸": True, "浮上": True}, {"蓝鲸": True, "浮上": False}, {}]


def test_a_word_of_the_title_is_not_missing_in_a_section() -> None:
    items = find("医院 投诉", "医院\n文\n热线\n投诉电话")[0]
    assert items[0]["location"] == "0.html#a"
    assert items[0]["terms"] == {"医院": True, "投诉": True}


def test_hits_are_marked_exactly_and_the_rest_is_escaped() -> None:
    item = find("AB", "<ab> & “ａｂ”\n'ABAB'")[0][0]
    assert item["title"] == "&#60;<mark>ab</mark>&#62; &#38; “<mark>ａｂ</mark>”"
    assert item["text"] == "&#39;<mark>ABAB</mark>&#39;"


def test_hits_that_overlap_are_one_mark() -> None:
    assert find("文明窗 窗口", "题\n文明窗口")[0][0]["text"] == "<mark>文明窗口</mark>"


def test_a_snippet_shows_where_the_words_stand_together() -> None:
    text = f"蓝鲸{'文' * 200}蓝鲸浮上来{'文' * 200}"
    snippet = str(find("浮上 蓝鲸", f"题\n{text}")[0][0]["text"])
    assert "<mark>蓝鲸</mark>" not in snippet
    assert "<mark>蓝鲸浮上</mark>来" in snippet
    assert snippet.startswith("…文")
    assert snippet.endswith("文…")


def test_a_snippet_never_halves_a_character() -> None:
    for shift in range(2):
        text = "a" * shift + "\U00020000" * 200 + "蓝鲸" + "\U00020000" * 200
        snippet = str(find("蓝鲸", f"题\n{text}")[0][0]["text"])
        assert snippet.encode("utf-16", "surrogatepass").decode("utf-16")


def test_a_foreign_index_is_refused() -> None:
    assert in_node("(() => { try { s.readIndex({version: 2}) } catch (error) { return error.message } })()")


# All of the built site.


def cuts(text: str, random_: random.Random) -> list[str]:
    """Cut pieces of 2 to 8 characters out of the lines of a text."""
    lines = [line for line in text.replace("\t", "\n").split("\n") if len(line.strip()) > 1]
    places = ((line, random_.randrange(len(line) - 1)) for line in random_.choices(lines, k=CUTS_PER_PAGE * 4))
    pieces = (line[start : start + random_.randint(2, 8)].strip() for line, start in places)
    return [piece for piece in pieces if len(piece) > 1][:CUTS_PER_PAGE]


@pytest.fixture(scope="session")
def queries(browser: Browser, site: Path) -> list[tuple[str, str]]:
    """Give pairs of a piece of visible text and the address of the page it was cut from."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    pairs = []
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        name = path.relative_to(site).as_posix()
        text = page.evaluate(VISIBLE)
        if text and name != "404.html":
            pairs += [(cut, quote(name)) for cut in cuts(text, random.Random(name))]  # noqa: S311 - must repeat
    context.close()
    return pairs


def test_whatever_a_reader_sees_finds_its_page(queries: list[tuple[str, str]], open_http: Opener) -> None:
    visit = open_http()
    script = visit.page.evaluate("document.querySelector('script[src*=\"javascripts/search.js\"]').src")
    found = visit.page.evaluate(ASK_WORKER, {"script": script, "queries": [cut for cut, _ in queries]})
    missed = [(cut, page) for (cut, page), pages in zip(queries, found, strict=True) if page not in pages]
    assert queries
    assert missed == []
    visit.assert_clean()


# The dialog, on a copy of the site with two pages of our own.


@pytest.fixture(scope="session")
def sample(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the site and add pages whose text is known."""
    copy = tmp_path_factory.mktemp("sample") / "站 点"
    shutil.copytree(site, copy)
    model = (copy / "index.html").read_text("utf-8")
    for name, content in {"known.html": KNOWN, "hostile.html": HOSTILE}.items():
        (copy / name).write_text(with_content(model, content), "utf-8")
    build_index(copy)
    return copy


def with_content(whole: str, content: str) -> str:
    start = whole.index(">", whole.index("<article")) + 1
    return whole[:start] + content + whole[whole.rindex("</article>") :]


@pytest.fixture(scope="session")
def sample_http(sample: Path) -> Iterator[str]:
    yield from serve(sample)


@pytest.fixture(params=["http", "file"])
def opened(request: pytest.FixtureRequest, browser: Browser, sample: Path) -> Iterator[Opener]:
    """Open pages of the copy, over http and from its folder."""
    home = request.getfixturevalue("sample_http") if request.param == "http" else sample.as_uri()
    with Opener(browser, home) as opener:
        yield opener


def results(page: Page) -> list[str]:
    expect(page.locator(RESULTS).first).to_be_visible()
    return page.locator(RESULTS).all_inner_texts()


def test_the_text_is_loaded_only_when_the_box_is_entered(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.wait_for_load_state("networkidle")
    assert not any(url.endswith("search/index.js") for url in visit.requests)
    with visit.page.expect_event("requestfinished", lambda request: request.url.endswith("search/index.js")):
        visit.page.keyboard.press("/")
    expect(visit.page.locator(META)).to_have_text("输入要找的词")
    visit.assert_clean()


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_typing_finds_and_enter_leads_to_the_place(opened: Opener, key: str) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press(key)
    visit.page.keyboard.type("蓝鲸潜到")
    assert ["蓝鲸潜到一千米" in text for text in results(visit.page)] == [True]
    assert visit.page.locator(f"{RESULTS} mark").all_inner_texts() == ["蓝鲸潜到"]
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/known.html*#depth")
    expect(visit.page.locator("#depth")).to_be_in_viewport()
    visit.assert_clean()


@pytest.mark.parametrize("width", [1280, 390])
def test_pasting_finds_and_a_click_leads_to_the_place(opened: Opener, width: int) -> None:
    visit = opened("hostile.html", width=width)
    visit.page.click(f"{BOX}:visible, .md-header__button[for=__search]:visible")
    wait_until(visit.page, "document.activeElement.name === 'query'")
    visit.page.keyboard.insert_text("蓝鲸潜到")  # As the mouse pastes: no key goes down or up.
    visit.page.click(f"{RESULTS} a:has(mark)")
    visit.page.wait_for_url("**/known.html*#depth")
    expect(visit.page.locator("#depth")).to_be_in_viewport()
    visit.assert_clean()


def test_an_input_method_searches_only_what_it_has_written(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    devtools = visit.page.context.new_cdp_session(visit.page)
    devtools.send("Input.imeSetComposition", {"text": "蓝鲸", "selectionStart": 2, "selectionEnd": 2})
    visit.page.keyboard.press("Shift")  # A key goes up while the composition is under way.
    visit.page.wait_for_timeout(300)
    assert visit.page.input_value(BOX) == "蓝鲸"
    assert visit.page.locator(RESULTS).count() == 0
    devtools.send("Input.insertText", {"text": "蓝鲸"})
    assert len(results(visit.page)) == 1
    visit.assert_clean()


def test_a_link_with_a_query_opens_the_results(opened: Opener) -> None:
    visit = opened(f"known.html?q={quote('蓝鲸潜到')}")
    assert len(results(visit.page)) == 1
    assert visit.page.input_value(BOX) == "蓝鲸潜到"
    visit.assert_clean()


def test_arrows_and_escape_work_as_before(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("蓝鲸")
    results(visit.page)
    visit.page.keyboard.press("ArrowDown")
    expect(visit.page.locator(f"{RESULTS} a:focus")).to_have_count(1)
    visit.page.keyboard.press("Escape")
    assert not visit.page.is_checked("#__search")
    visit.assert_clean()


def test_nothing_found_is_said_and_emptying_the_box_takes_it_back(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("蓝鲸乙丙丁")
    expect(visit.page.locator(META)).to_have_text("没有找到。试试少打几个字")
    assert visit.page.locator(RESULTS).count() == 0
    visit.page.click(".md-search__options [type=reset]")
    expect(visit.page.locator(META)).to_have_text("输入要找的词")
    visit.assert_clean()


def test_hostile_text_is_shown_as_text(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("毒蘑菇")
    shown = "".join(results(visit.page))
    assert "试验页乙 <b>粗</b>" in shown
    assert "毒蘑菇 <img src=x onerror=hit=3>" in shown
    assert "毒蘑菇 <script>hit=4</script>" in shown
    assert visit.page.evaluate("typeof hit") == "undefined"
    assert visit.page.locator(f"{RESULTS} :is(img, script, i, b)").count() == 0
    visit.assert_clean()


def test_a_hostile_query_is_shown_as_text(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.insert_text("毒蘑菇 粗 <img src=x onerror=hit=3>")
    results(visit.page)
    visit.page.keyboard.insert_text(" 粗")
    visit.page.wait_for_timeout(200)
    assert visit.page.evaluate("typeof hit") == "undefined"
    visit.assert_clean()


def test_the_reader_is_told_when_the_text_cannot_be_had(opened: Opener, sample: Path) -> None:
    index = sample / "search" / "index.js"
    index.rename(index.with_suffix(".gone"))
    try:
        visit = opened("known.html")
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("蓝鲸")
        expect(visit.page.locator(META)).to_contain_text("没有读到")
    finally:
        index.with_suffix(".gone").rename(index)
    visit.page.keyboard.type("潜到")
    assert len(results(visit.page)) == 1
