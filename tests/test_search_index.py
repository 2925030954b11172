import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import macros.search_index
from macros import kept
from macros.gates.search import search_faults
from macros.search_index import build_index
from macros.sounds import everyday, simpler, syllables

SHELL = "<html><head><title>题</title></head><body><nav>导航</nav><article>{}</article></body></html>"


@pytest.fixture(autouse=True)
def _own_kept(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path_factory.mktemp("kept"))


def write(folder: Path, content: str, name: str = "page.html") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SHELL.format(content), "utf-8")


def part(folder: Path, name: str, file: str = "") -> object:
    """Read a part of the search files as a browser does."""
    script = (folder / "search" / f"{file or name}.js").read_text("utf-8")
    found = re.search(rf"^\(self\.__siteSearch=self\.__siteSearch\|\|{{}}\)\.{name}=(.*);$", script, re.MULTILINE)
    assert found
    answer: object = json.loads(found[1])
    return answer


def head(folder: Path) -> dict[str, object]:
    found = part(folder, "index")
    assert isinstance(found, dict)
    return found


def text0(folder: Path) -> object:
    return part(folder, "text0", "index")


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one file hold 40 characters and a group 20."""
    monkeypatch.setattr(macros.search_index, "ONE_FILE", 40)
    monkeypatch.setattr(macros.search_index, "GROUP", 20)


def test_the_index_has_each_page_but_404_in_order(tmp_path: Path) -> None:
    for name in ("b.html", "404.html", "a/index.html"):
        write(tmp_path, '<h1>题</h1>开头<h2 id="a">标</h2>文<p data-search="off">旁</p>', name)
    files = ["index.js", "sounds.js", "search_index.json", "search_index.js"]
    assert [path.name for path in build_index(tmp_path)] == files
    assert head(tmp_path)["pages"] == [["a/index.html", "题", "", ""], ["b.html", "题", "", ""]]
    assert text0(tmp_path) == [["a", "题\n开头\n\n标\n文\n旁"]] * 2


def test_a_page_has_its_kind_and_unit_and_a_guide_is_known_by_its_place(tmp_path: Path) -> None:
    write(tmp_path, '<h1>甲</h1><p data-search-kind="方案" data-search-unit="hospital">文</p>', "a.html")
    write(tmp_path, "<h1>乙</h1>", "guide/use.html")
    write(tmp_path, "<h1>医院</h1>", "units/hospital/index.html")
    build_index(tmp_path)
    assert [name[1:] for name in head(tmp_path)["pages"]] == [  # type: ignore[attr-defined]
        ["甲", "方案", "hospital"],
        ["乙", "指南", ""],
        ["医院", "", ""],
    ]
    assert head(tmp_path)["units"] == {"hospital": "医院"}


@pytest.mark.usefixtures("small_files")
def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    for name in "abcd":
        write(tmp_path, f"<h1>{name}</h1>{'文明窗口创建' * 3}", f"{name}.html")
    first = [path.read_bytes() for path in build_index(tmp_path, [(["甲"], ["乙"])])]
    assert [path.read_bytes() for path in build_index(tmp_path, [(["甲"], ["乙"])])] == first


def test_the_index_is_made_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "<h1>甲</h1>文明窗口创建", "a.html")
    first = [path.read_bytes() for path in build_index(tmp_path)]
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "a.html" / "kept")
    assert [path.read_bytes() for path in build_index(tmp_path)] == first
    assert search_faults(tmp_path) == []


@pytest.mark.usefixtures("small_files")
def test_an_edit_makes_only_its_group_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        write(tmp_path, f"<h1>{name}</h1>{name * 18}", f"{name}.html")
    build_index(tmp_path)
    write(tmp_path, f"<h1>b</h1>{'x' * 18}", "b.html")
    units = Counted(macros.search_index._units)
    monkeypatch.setattr(macros.search_index, "_units", units)
    build_index(tmp_path)
    assert units.times == 1
    assert search_faults(tmp_path) == []


class Counted:
    """Counts how often something is called."""

    def __init__(self, what: Callable[..., Any]) -> None:
        """Take what is called."""
        self._what = what
        self.times = 0

    def __call__(self, *given: object) -> object:
        """Count, and call it."""
        self.times += 1
        return self._what(*given)


def test_no_text_can_end_the_script_it_stands_in(tmp_path: Path) -> None:
    write(tmp_path, "&lt;/script&gt;&lt;!-- 甲\u2028乙\u2029丙")
    for path in build_index(tmp_path):
        assert not set("<\u2028\u2029") & set(path.read_text("utf-8"))
    assert "</script><!-- 甲" in json.dumps(text0(tmp_path), ensure_ascii=False)


def test_what_material_asks_for_is_there_and_says_nothing(tmp_path: Path) -> None:
    build_index(tmp_path)
    stub = (tmp_path / "search" / "search_index.json").read_text("utf-8")
    assert json.loads(stub)["docs"] == []
    assert (tmp_path / "search" / "search_index.js").read_text("utf-8") == f"var __index={stub.strip()};\n"


@pytest.mark.usefixtures("small_files")
def test_much_text_is_split_and_the_filter_names_the_groups(tmp_path: Path) -> None:
    for name, content in {
        "a": "蓝鲸潜到一千米深的海里去了",
        "b": "白鲸浮上来看了看天上的云朵",
        "c": "海豚跳出水面又落回水里\U00020000",
    }.items():
        write(tmp_path, f"<h1>{name}</h1>{content}", f"{name}.html")
    files = ["index.js", "filter.js", "text0.js", "text1.js", "sounds.js"]
    assert [path.name for path in build_index(tmp_path)][:5] == files
    assert head(tmp_path)["groups"] == [2, 1]
    groups = {pair: numbers for numbers, pairs in part(tmp_path, "filter") for pair in re.findall("..", pairs)}  # type: ignore[attr-defined]
    assert (groups["蓝鲸"], groups["海豚"], "鲸豚" in groups) == ([0], [1], False)
    assert search_faults(tmp_path) == []


def test_other_forms_of_a_character_lead_to_the_one_that_occurs() -> None:
    found = simpler("创卖里后发")
    assert {char: found.get(char) for char in "創売裏裡後發髮"} == dict(
        zip("創売裏裡後發髮", "创卖里里后发发", strict=True)
    )
    assert "醫" not in found


def test_no_everyday_character_stands_for_another() -> None:
    assert set(simpler(everyday())) & set("予余后里面只斗谷丑") == set()


def test_characters_are_listed_by_how_they_sound() -> None:
    assert syllables("文行绿女略重") == {
        "chong": "重", "hang": "行", "lu": "绿", "lv": "绿", "lve": "略", "nv": "女",
        "ru": "女", "wen": "文", "xing": "行", "zhong": "重",
    }  # fmt: skip


def test_everyday_characters_are_those_of_gb_2312() -> None:
    assert len(set(everyday())) == 6763


# The gate.


def built(folder: Path) -> Path:
    write(folder, '<h1>甲方案</h1><p>开头</p><h2 id="a&#45;b">标题</h2><p hidden>藏<b>着</b></p><p>正文</p>')
    build_index(folder, [(["别称"], ["正文"])])
    return folder


def said(folder: Path) -> list[str]:
    return [str(fault) for fault in search_faults(folder)]


def test_an_index_made_of_the_pages_passes(tmp_path: Path) -> None:
    assert said(built(tmp_path)) == []


def test_a_word_that_search_lacks_is_told(tmp_path: Path) -> None:
    path = built(tmp_path) / "page.html"
    path.write_text(path.read_text("utf-8").replace("正文", "正文蓝鲸"), "utf-8")
    assert said(tmp_path) == ["page.html:1: 页面和搜索的文字不一样：搜索里少了“蓝鲸”，多了“”"]


def test_a_page_that_search_lacks_and_one_too_many_are_told(tmp_path: Path) -> None:
    (built(tmp_path) / "page.html").rename(tmp_path / "other.html")
    assert said(tmp_path) == ["other.html:1: 这一页搜索不到", "search/index.js:1: 搜索里有，网站上没有：page.html"]


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = built(tmp_path) / "page.html"
    path.write_text(path.read_text("utf-8").replace('id="a&#45;b"', 'id="c"'), "utf-8")
    assert said(tmp_path) == ["page.html:1: 搜索会跳到不存在的位置：#a-b"]


def test_a_synonym_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    build_index(built(tmp_path), [(["别称"], ["鲸鱼"])])
    assert said(tmp_path) == ["search/index.js:1: “别称”要改找“鲸鱼”，网站上却没有这个写法（data/synonyms.yaml）"]


@pytest.mark.parametrize("word", ['说"好"', "a<b", "甲\\乙", "正文"])
def test_a_synonym_is_found_however_a_script_writes_it(tmp_path: Path, word: str) -> None:
    write(tmp_path, f"<h1>题</h1>{html.escape(word)}")
    build_index(tmp_path, [(["别称"], [word])])
    assert said(tmp_path) == []


def test_search_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (built(tmp_path) / "search" / "index.js").write_text("(broken", "utf-8")
    assert "读不出搜索数据" in said(tmp_path)[0]
