"""The words of a query, what is found for them and what a result says of them: the search's engine, under Node."""

import json
import re

import pytest

from macros.search_index import ALIKE, Synonyms, _fold_table
from macros.sounds import everyday, syllables
from tests.browser.getting import run_node
from tests.browser.scripts import bundles, loading

PLAN = '<span class="search-label">方案</span>'

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
