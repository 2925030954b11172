"""Search finds whatever a reader sees, in Material's dialog, over http and from a folder."""

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

import macros.search_index
from macros.search_index import ALIKE, Synonyms, _fold_table, build_index
from macros.sounds import everyday, syllables
from tests.browser.conftest import serve
from tests.browser.getting import run_node
from tests.browser.opening import Opener, wait_until
from tests.browser.scripts import bundles, loading

BOX = "[data-md-component=search-query]"
RESULTS = ".md-search-result__item"
META = ".md-search-result__meta"
TOLD = ".search-told"
Axe = Callable[[Page], list[str]]
CUTS_PER_PAGE = 30
PLAN = '<span class="search-label">方案</span>'

KNOWN = """<h1 id="top">试验页甲</h1><p>页首一段。</p><svg width="1" height="3000"></svg>
<h2 id="depth">试验深处</h2><p>蓝鲸潜到一千米，再也没有浮上来。</p>"""
HOSTILE = """<h1>试验页乙 &lt;b&gt;粗&lt;/b&gt;</h1><p>毒蘑菇 &lt;img src=x onerror="hit=1"&gt; &amp;lt;i&amp;gt;</p>
<h2 id="&quot;&gt;&lt;img src=x onerror=hit=2&gt;">毒蘑菇 &lt;img src=x onerror=hit=3&gt;</h2>
<p>毒蘑菇 &lt;script&gt;hit=4&lt;/script&gt;</p>"""

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


# The words of a query, and what a result says of them: the pure part, under Node.


LOAD = f"""globalThis.self = globalThis;
{loading(bundles()["search-engine"])}
const s = {{}};
Object.assign(s, ...Object.values(self.siteSearch));
const ALIKE = {json.dumps(ALIKE)};
function answer(parts, messages) {{
    self.__siteSearch = parts;
    let last;
    const post = ({{type, data}}) => (last = type === 3 ? data : last);
    const engine = s.makeEngine((files, done) => done(), post);
    engine({{type: 4}});
    for (const message of messages) engine(message);
    return new Promise((done) => setTimeout(() => done(last), 20));
}}"""


def in_node(expression: str) -> object:
    """Evaluate an expression, or a promise, in which `s` has all that the parts of the search share."""
    done = run_node("-e", f"{LOAD} Promise.resolve({expression}).then((it) => console.log(JSON.stringify(it)))")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def parts(texts: tuple[str, ...], kind: str = "", synonyms: Synonyms = ()) -> dict[str, object]:
    """Give the search files of pages given as their lines: title, text, asides; then those of sections a, b, c."""
    bodies = [[" ".join("abc"[: text.count("\n") // 3]), text] for text in texts]
    head = {
        "version": 2,
        "alike": ALIKE,
        "simpler": "醫医",
        "synonyms": synonyms,
        "units": {"hospital": "医院"},
        "pages": [[f"{at}.html", text.split("\n")[0], kind, ""] for at, text in enumerate(texts)],
        "groups": [len(texts)],
    }
    sounds = syllables("".join(texts) + "".join(everyday()))
    return {"index": head, "text0": bodies, "sounds": sounds}


def answer(query: str, *texts: str, synonyms: Synonyms = ()) -> dict[str, list[list[dict[str, object]]]]:
    """Search such pages and give what the dialog is told."""
    given = json.dumps(parts(texts, "方案", synonyms))
    found = in_node(f"answer({given}, [{{type: 2, data: {json.dumps(query)}}}])")
    assert isinstance(found, dict)
    return found


def find(query: str, *texts: str) -> list[list[dict[str, object]]]:
    """Search such pages."""
    return answer(query, *texts)["items"]


def found_pages(query: str, *texts: str) -> list[object]:
    """Give the pages' places, best first."""
    return [int(str(items[0]["location"]).split(".")[0]) for items in find(query, *texts)]


def folded(text: str) -> str:
    return f"(s.makeFoldTable(ALIKE, '臺台'), s.fold({json.dumps(text)}))"


def test_folding_keeps_every_place() -> None:
    text = "".join(map(chr, range(1, 0x3000))) + "ＡＢＣ，。：；“”「」İßﬁ㎡①Ⅷ臺\U00020000龘\ud800"
    assert in_node(f"{folded(text)}.length") == in_node(f"{json.dumps(text)}.length")


def test_folding_at_build_is_the_same() -> None:
    chars = "Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).join('')"
    folded = str(in_node(f"(s.makeFoldTable(ALIKE, '臺台'), escape(s.fold({chars})))"))
    browser = dict(enumerate(re.sub(r"%u(....)|%(..)", lambda found: chr(int(found[1] or found[2], 16)), folded)))
    table = _fold_table({"臺": "台"})
    # Why not all: node and Python know different versions of Unicode; these do not change any more.
    settled = (
        *range(1, 0x590),
        *range(0x2000, 0x2C00),
        *range(0x3000, 0xA000),
        *range(0xF900, 0xFB00),
        *range(0xFF00, 0xFFF0),
    )
    assert {
        code: (table.get(code, chr(code)), browser[code])
        for code in settled
        if table.get(code, chr(code)) != browser[code]
    } == {}


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
        ("臺", "台"),
    ],
)
def test_look_alikes_are_the_same(one: str, other: str) -> None:
    assert in_node(folded(one)) == other


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
    parse = f"s.parseQuery({json.dumps(query)}).words.map((word) => word.shown)"
    assert in_node(f"(s.makeFoldTable(ALIKE, ''), {parse})") == words


def test_a_page_must_have_every_word_wherever_it_stands() -> None:
    assert found_pages("甲 丁", "甲\n乙\n\n丙\n丁\n", "甲\n乙\n", "丁\n\n") == [0]


def test_a_phrase_must_stand_as_it_is() -> None:
    assert found_pages('"a b"', "一\na b\n", "二\na c b\n") == [0]


def test_words_do_not_reach_across_headings() -> None:
    assert found_pages("窗口", "文明窗\n口岸\n", "窗口\n\n") == [1]


def test_nothing_is_taken_for_a_pattern() -> None:
    assert found_pages(".*", "一\n甲乙\n", "二\n甲.*乙\n") == [1]


def test_title_beats_heading_beats_text() -> None:
    assert found_pages("蓝鲸", "题\n蓝鲸\n", "题\n文\n\n蓝鲸\n文\n", "蓝鲸\n文\n", "题\n文\n") == [2, 1, 0]


def test_a_title_that_is_the_query_beats_one_that_has_it() -> None:
    assert found_pages("蓝鲸", "关于蓝鲸的一切\n\n", "蓝鲸\n\n") == [1, 0]


def test_often_in_little_text_beats_once_in_much() -> None:
    assert found_pages("蓝鲸", f"题\n蓝鲸{'文' * 4000}\n", "题\n蓝鲸和蓝鲸\n") == [1, 0]


def test_the_section_with_all_the_words_comes_first_and_says_where_it_is() -> None:
    items = find("蓝鲸 浮上", "题\n文\n\n蓝鲸\n文\n\n别的\n蓝鲸浮上来\n")[0]
    assert [item["location"] for item in items] == ["0.html#b", "0.html#a", "0.html"]
    assert [item["terms"] for item in items] == [{"蓝鲸": True, "浮上": True}, {"蓝鲸": True, "浮上": False}, {}]


def test_a_word_of_the_title_is_not_missing_in_a_section() -> None:
    items = find("医院 投诉", "医院\n文\n\n热线\n投诉电话\n")[0]
    assert items[0]["location"] == "0.html#a"
    assert items[0]["terms"] == {"医院": True, "投诉": True}


def test_hits_are_marked_exactly_and_the_rest_is_escaped() -> None:
    item = find("AB", "<ab> & “ａｂ”\n'ABAB'\n")[0][0]
    assert item["title"] == f"{PLAN}&#60;<mark>ab</mark>&#62; &#38; “<mark>ａｂ</mark>”"
    assert item["text"] == "&#39;<mark>ABAB</mark>&#39;"


def test_hits_that_overlap_are_one_mark() -> None:
    assert find("文明窗 窗口", "题\n文明窗口\n")[0][0]["text"] == "<mark>文明窗口</mark>"


def test_a_snippet_shows_where_the_words_stand_together() -> None:
    text = f"蓝鲸{'文' * 200}蓝鲸浮上来{'文' * 200}"
    snippet = str(find("浮上 蓝鲸", f"题\n{text}\n")[0][0]["text"])
    assert "<mark>蓝鲸</mark>" not in snippet
    assert "<mark>蓝鲸浮上</mark>来" in snippet
    assert snippet.startswith("…文")
    assert snippet.endswith("文…")


def test_a_snippet_never_halves_a_character() -> None:
    for shift in range(2):
        text = "a" * shift + "\U00020000" * 200 + "蓝鲸" + "\U00020000" * 200
        snippet = str(find("蓝鲸", f"题\n{text}\n")[0][0]["text"])
        assert snippet.encode("utf-16", "surrogatepass").decode("utf-16")


def test_a_foreign_index_is_refused() -> None:
    refuse = "(() => { try { s.makeLibrary({version: 3}) } catch (error) { return error.message } })()"
    assert in_node(refuse) == "search/index.js: version 3"


def test_text_beside_the_content_is_found_but_counts_less() -> None:
    assert found_pages("蓝鲸", "题\n\n蓝鲸", "题\n蓝鲸\n") == [1, 0]


def test_a_task_says_that_it_is_one() -> None:
    page = parts(("题\n\n\n报蓝鲸\n\n",))
    page["text0"] = [["task-whale", "题\n\n\n报蓝鲸\n\n"]]
    found = in_node(f"answer({json.dumps(page)}, [{{type: 2, data: '蓝鲸'}}])")
    assert isinstance(found, dict)
    assert found["items"][0][0]["title"] == '<span class="search-label">任务</span>报<mark>蓝鲸</mark>'


# What is not found as typed.

SEA = ("蓝鲸潜到深处\n\n", "白鲸浮上来\n\n", "题\n海\n")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lanjing", [0]),
        ("lan jing", [0]),
        ("LanJingqian", [0]),
        ("langjin", [0]),
        ("nanjing", [0]),
        ("lan鲸", [0]),
        ("lanj", [0]),
        ("ljqd", [0]),
        ("baijin", [1]),
        ("兰京", [0]),
        ("蓝京", [0]),
        ("蓝鲸潜在深处", [0]),
        ("蓝鲸潜到了深处", [0]),
        ("蓝鲸到深处", [0]),
        ("篮鲸潛到", [0]),
        ("潜蓝鲸", [0]),
        ("蓝鲸，潜到", [0]),
        ("蓝鲸深处", [0]),
        ("蓝鲸 浮上", [0, 1]),
        ("浮上蓝鲸", [0, 1]),
        ("蓝鲸潜到浅处去", [0]),
    ],
)
def test_what_is_not_found_as_typed_is_found_as_meant(query: str, found: list[int]) -> None:
    said = answer(query, *SEA)
    assert sorted(int(str(items[0]["location"])[0]) for items in said["items"]) == found
    assert said["told"]


def test_nothing_else_is_looked_for_when_there_is_what_was_typed() -> None:
    said = answer("蓝鲸", "蓝鲸\n\n", "兰京\n\n")
    assert [len(said["items"]), said["told"]] == [1, ""]


def test_letters_that_stand_in_a_guide_are_still_heard() -> None:
    given = parts(("输入lanjing就能找到\n\n", *SEA))
    assert isinstance(given["index"], dict)
    given["index"]["pages"][1][2] = "方案"
    said = in_node(f"answer({json.dumps(given)}, [{{type: 2, data: 'lanjing'}}])")
    assert isinstance(said, dict)
    assert [items[0]["location"] for items in said["items"]] == ["0.html", "1.html"]
    assert said["told"] == "也找了：蓝鲸"


def test_a_mark_inside_a_word_does_not_hide_it() -> None:
    said = answer("医院文明窗口", "医院“文明窗口”工作\n\n")
    assert said["items"][0][0]["title"] == f"{PLAN}<mark>医院“文明窗口</mark>”工作"


@pytest.mark.parametrize("query", ["大鱼", "大鱼潜到"])
def test_another_word_for_it_is_told(query: str) -> None:
    said = answer(query, *SEA, synonyms=[(["大鱼"], ["蓝鲸"])])
    assert said["items"][0][0]["location"] == "0.html"
    assert "蓝鲸" in str(said["told"])


def test_a_choice_shows_only_its_kind_and_says_what_is_elsewhere() -> None:
    given = json.dumps(parts(("蓝鲸\n\n",), "方案"))
    choose = "[{type: 2, data: '蓝鲸'}, {type: 6, data: {kind: '%s', unit: ''}}]"
    told = [in_node(f"answer({given}, {choose % kind})") for kind in ("方案", "术语")]
    assert [len(one["items"]) for one in told if isinstance(one, dict)] == [1, 0]
    assert told[1] == {"items": [], "told": "别的种类或单位里有 1 页"}


# All of the built site.


def cuts(text: str, random_: random.Random) -> list[str]:
    """Cut pieces of 2 to 8 characters out of the lines of a text."""
    lines = [line for line in text.replace("\t", "\n").split("\n") if len(line.strip()) > 1]
    places = ((line, random_.randrange(len(line) - 1)) for line in random_.choices(lines, k=CUTS_PER_PAGE * 4))
    pieces = (line[start : start + random_.randint(2, 8)].strip() for line, start in places)
    return [piece for piece in pieces if len(piece) > 1][:CUTS_PER_PAGE]


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


@pytest.fixture(scope="session")
def queries(browser: Browser, site: Path) -> list[tuple[str, str]]:
    """Give pairs of a piece of visible text and the address of the page it was cut from."""
    texts = visible_texts(browser, site)
    return [(cut, name) for name, text in texts.items() for cut in cuts(text, random.Random(name))]  # noqa: S311 - must repeat


def test_whatever_a_reader_sees_finds_its_page(queries: list[tuple[str, str]], open_http: Opener) -> None:
    visit = open_http()
    script = visit.page.evaluate("document.querySelector('script[src*=\"javascripts/search.js\"]').src").replace(
        "search.js", "search-engine.js"
    )
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
    assert not any(url.endswith(("search/index.js", "search-engine.js")) for url in visit.requests)
    with visit.page.expect_event("requestfinished", lambda request: request.url.endswith("search/index.js")):
        visit.page.keyboard.press("/")
    expect(visit.page.locator(META)).to_have_text("输入要找的词")
    visit.assert_clean()


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_typing_finds_and_enter_leads_to_the_place(opened: Opener, key: str) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press(key)
    visit.page.keyboard.type("蓝鲸潜到")
    expect(visit.page.locator(f"{RESULTS} mark")).to_have_text(["蓝鲸潜到"])  # Each key is answered: wait for the last.
    assert ["蓝鲸潜到一千米" in text for text in results(visit.page)] == [True]
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


KIND, UNIT = "select[aria-label=种类]", "select[aria-label=单位类型]"


def test_the_keyboard_reaches_the_choice_and_the_results_and_goes_back(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("医院")
    results(visit.page)
    for place in (KIND, UNIT, f"{RESULTS} a"):
        visit.page.keyboard.press("Tab")
        expect(visit.page.locator(f"{place}:focus")).to_have_count(1)
    for place in (UNIT, KIND, BOX):
        visit.page.keyboard.press("Shift+Tab")
        expect(visit.page.locator(f"{place}:focus")).to_have_count(1)
    assert visit.page.is_checked("#__search")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Escape")
    assert not visit.page.is_checked("#__search")
    visit.assert_clean()


def test_a_chosen_kind_and_unit_narrow_the_results(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("服务")
    results(visit.page)
    visit.page.select_option(KIND, "方案")
    visit.page.select_option(UNIT, "hospital")
    expect(visit.page.locator(META)).to_have_text("找到 2 页")
    assert {text.split("\n")[0][:7] for text in results(visit.page)} == {"方案 · 医院"}
    visit.page.select_option(KIND, "术语")
    expect(visit.page.locator(TOLD)).to_contain_text("别的种类或单位里有")
    visit.assert_clean()


def test_what_was_looked_for_instead_is_said_and_announced(opened: Opener) -> None:
    visit = opened("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("lanjingqiandao")
    expect(visit.page.locator(TOLD)).to_have_text("没有一字不差的，找了：蓝鲸潜到")
    assert ["蓝鲸潜到一千米" in text for text in results(visit.page)] == [True]
    for place in (TOLD, META):
        expect(visit.page.locator(place)).to_have_attribute("role", "status")
    visit.page.fill(BOX, "蓝鲸潜到")
    expect(visit.page.locator(TOLD)).to_be_empty()
    visit.assert_clean()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_dialog_is_accessible(open_http: Opener, axe: Axe, width: int, dark: bool) -> None:  # noqa: FBT001
    visit = open_http("index.html", width=width, dark=dark)
    visit.page.click(f"{BOX}:visible, .md-header__button[for=__search]:visible")
    visit.page.wait_for_function("document.activeElement.name === 'query'")
    visit.page.keyboard.insert_text("yiyuan")
    results(visit.page)
    visit.page.wait_for_timeout(400)  # The dialog fades in.
    assert axe(visit.page) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture(scope="session")
def split(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sample with search files in the form for much text."""
    copy = tmp_path_factory.mktemp("split") / "site"
    shutil.copytree(sample, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(macros.search_index, "ONE_FILE", 10_000)
        patch.setattr(macros.search_index, "GROUP", 20_000)
        build_index(copy, [(["大鱼"], ["蓝鲸"])])
    return copy


@pytest.fixture(params=["http", "file"])
def opened_split(request: pytest.FixtureRequest, browser: Browser, split: Path) -> Iterator[Opener]:
    """Open pages of that copy, over http and from its folder."""
    homes = serve(split) if request.param == "http" else iter([split.as_uri()])
    with Opener(browser, next(homes)) as opener:
        yield opener
    next(homes, None)


@pytest.mark.parametrize("query", ["蓝鲸潜到", "lanjingqiandao", "蓝京潜到", "蓝鲸潜倒一千", "大鱼"])
def test_much_text_is_found_and_little_of_it_is_read(opened_split: Opener, query: str) -> None:
    visit = opened_split("known.html")
    visit.page.keyboard.press("/")
    visit.page.keyboard.insert_text(query)
    visit.page.wait_for_selector(f"{RESULTS} a[href*='known.html']")
    assert 0 < len([url for url in visit.requests if "search/text" in url]) <= 6
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
    expect(visit.page.locator(f"{RESULTS} mark").first).to_have_text("毒蘑菇")
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
