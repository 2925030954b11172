"""Search finds whatever a reader sees, in Material's dialog, over http and from a folder."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

import macros.search_index
from macros.search_index import build_index
from tests.browser.conftest import serve
from tests.browser.opening import Opener, wait_until
from tests.browser.searching import ask_engine, visible_texts

BOX = "[data-md-component=search-query]"
RESULTS = ".md-search-result__item"
META = ".md-search-result__meta"
TOLD = ".search-told"
Axe = Callable[[Page], list[str]]
CUTS_PER_PAGE = 30

KNOWN = """<h1 id="top">试验页甲</h1><p>页首一段。</p><svg width="1" height="3000"></svg>
<h2 id="depth">试验深处</h2><p>蓝鲸潜到一千米，再也没有浮上来。</p>"""
HOSTILE = """<h1>试验页乙 &lt;b&gt;粗&lt;/b&gt;</h1><p>毒蘑菇 &lt;img src=x onerror="hit=1"&gt; &amp;lt;i&amp;gt;</p>
<h2 id="&quot;&gt;&lt;img src=x onerror=hit=2&gt;">毒蘑菇 &lt;img src=x onerror=hit=3&gt;</h2>
<p>毒蘑菇 &lt;script&gt;hit=4&lt;/script&gt;</p>"""

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
    texts = visible_texts(browser, site)
    return [(cut, name) for name, text in texts.items() for cut in cuts(text, random.Random(name))]  # noqa: S311 - must repeat


def test_whatever_a_reader_sees_finds_its_page(queries: list[tuple[str, str]], open_http: Opener) -> None:
    visit = open_http()
    found = ask_engine(visit.page, [cut for cut, _ in queries])
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


@pytest.mark.everywhere
@pytest.mark.parametrize("lost", ["search/index.js", "assets/javascripts/search-engine.js"])
def test_what_cannot_be_had_is_told_and_asked_for_again(opened: Opener, sample: Path, lost: str) -> None:
    there = sample / lost
    there.rename(there.with_suffix(".gone"))
    try:
        visit = opened("known.html")
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("蓝鲸")
        expect(visit.page.locator(META)).to_contain_text("没有读到")
    finally:
        there.with_suffix(".gone").rename(there)
    visit.page.keyboard.type("潜到")
    assert len(results(visit.page)) == 1
