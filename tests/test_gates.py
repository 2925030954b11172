"""What must not stand in a finished folder is found there, with file and line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random

import pytest

from macros import kept
from macros.gates.markup import markup_faults
from macros.gates.pages import LARGEST, page_faults
from macros.gates.reading import leads_nowhere, read
from macros.gates.sound import sound
from macros.policy import inline_scripts, policy
from tests.wrong_html import STRICTER, WRONG, page

NEEDED = ("index.html", "plans/index.html", "api/v1/index.json", "api/v1/plans.json", "search/index.js")
POLICY = f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
START = "<!doctype html>\n<html lang=zh><meta charset=utf-8>\n"
HEAD = f"{START}{POLICY}<title>页</title>\n"

PLAN = "plans/city-window-three-tasks/index.html"
SPOILT = int(os.environ.get("SPOILT", "400"))
"""Ways in which a page is spoilt by chance."""

THEME_SCRIPT = min(inline_scripts())

PLANTED = (
    ("<p id=a></p>\n<p id=a></p>", 5, "两个元素有同一个 id “a”"),
    ("<p onclick=x()></p>", 4, "<p> 带有会运行的属性 onclick"),
    ("<img alt=x\n onerror=x()>", 4, "<img> 带有会运行的属性 onerror"),
    ("<svg onload=x()></svg>", 4, "<svg> 带有会运行的属性 onload"),
    ("\n<a href='missing.html'>x</a>", 5, "链接指向不存在的文件：missing.html"),
    ("<img alt='' src='missing.png'>", 4, "链接指向不存在的文件：missing.png"),
    ("<a href='#nowhere'>x</a>", 4, "链接指向不存在的位置：#nowhere"),
    ("<a href='plans/index.html#nowhere'>x</a>", 4, "链接指向不存在的位置：plans/index.html#nowhere"),
    ("<script src='https://cdn.example/x.js'></script>", 4, "<script> 会请求别的主机：https://cdn.example/x.js"),
    ("<img alt='' src='//cdn.example/x.png'>", 4, "<img> 会请求别的主机：//cdn.example/x.png"),
    ("<link rel=icon href='http://cdn.example/x.ico'>", 4, "<link> 会请求别的主机：http://cdn.example/x.ico"),
    ("<iframe title=x src='https://x.example'></iframe>", 4, "<iframe> 会请求别的主机"),
    ("<form action='https://x.example'></form>", 4, "<form> 会请求别的主机"),
    ("<button formaction='https://x.example'></button>", 4, "<button> 会请求别的主机"),
    ("<video poster='https://x.example/a.png'></video>", 4, "<video> 会请求别的主机"),
    ("<object data='https://x.example/a.swf'></object>", 4, "<object> 会请求别的主机"),
    ("<svg><use xlink:href='https://x.example/a.svg#b'></use></svg>", 4, "<use> 会请求别的主机"),
    ("<img alt='' srcset='https://x.example/a.png 2x'>", 4, "<img> 会请求别的主机"),
    ("<img alt='' srcset='assets/a.png 1x, https://x.example/a.png 2x'>", 4, "<img> 会请求别的主机"),
    ("<base href='https://x.example/'>", 4, "<base> 会请求别的主机"),
    ("<p style='color: red'></p>", 4, "<p> 带有 style"),
    ("<svg><rect style='fill: url(https://x.example/a.svg)'/></svg>", 4, "<rect> 带有 style"),
    ("\n<style>\np { background: url(//x.example/a.png) }\n</style>", 5, "<style> 网页里不能写样式"),
    ("\n<script>\nsteal()\n</script>", 5, "这段脚本不是主题自带的，不许运行：steal()"),
    ("<script></script>", 4, "这段脚本不是主题自带的"),
    ("<script type=module>steal()</script>", 4, "这段脚本不是主题自带的"),
    ("<script type=importmap>{}</script>", 4, "这段脚本不是主题自带的"),
    ("<SCRIPT TYPE='text/javascript'>steal()</SCRIPT >", 4, "这段脚本不是主题自带的"),
    ("<svg><script href='assets/site.css'>steal()</script></svg>", 4, "这段脚本不是主题自带的"),
    (f"<script>{THEME_SCRIPT} steal()</script>", 4, "这段脚本不是主题自带的"),
    ("<script src='data:application/javascript,steal()'></script>", 4, "<script> 的 src 会运行脚本"),
    ("<meta http-equiv=refresh content='0; url=https://x.example/'>", 4, "<meta> 会转到别的地址"),
    ("<a href='javascript:x()'>x</a>", 4, "<a> 的 href 会运行脚本"),
    ("<a href=' JavaScript:x()'>x</a>", 4, "<a> 的 href 会运行脚本"),
    ("<a href='java\tscript:x()'>x</a>", 4, "<a> 的 href 会运行脚本"),
    ("<a href='java&#10;script:x()'>x</a>", 4, "<a> 的 href 会运行脚本"),
    ("<a href='&#1;javascript:x()'>x</a>", 4, "<a> 的 href 会运行脚本"),
    ("<svg><a xlink:href='javascript:x()'></a></svg>", 4, "<a> 的 xlink:href 会运行脚本"),
    ("<a href='vbscript:x()'>x</a>", 4, "<a> 的 href 会运行脚本"),
    ("<a href='data:text/html,x'>x</a>", 4, "<a> 的 href 会运行脚本"),
    ("<form action='javascript:x()'></form>", 4, "<form> 的 action 会运行脚本"),
    ("<iframe title=x srcdoc='<p>x'></iframe>", 4, "<iframe> 带有会运行的属性 srcdoc"),
    ("<a href='http://[x'>x</a>", 4, "写不成网址：http://[x"),
)

HARMLESS = (
    "<a href='https://www.gov.cn/'>别的网站</a>",
    "<a href='plans/index.html#here'>x</a>",
    "<a href='#top' id=top>x</a>",
    "<a href='#__top'>x</a>",
    "<a href='?unit=hospital'>x</a>",
    "<a href='mailto:a@b.example'>x</a>",
    "<a href='%E9%A1%B5.html'>x</a>",
    "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt=''>",
    "<p title='//[ 不是网址' data-once='https://x.example'>x</p>",
    "<p>onclick=x() javascript:x() &lt;script src=https://x.example&gt;</p>",
    f"<script>{THEME_SCRIPT}</script>",
    "<script type='application/json'>{}</script>",
    "<script src='assets/site.css'>not run</script>",
    "<svg><title>图</title></svg>",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a small finished folder without a fault."""
    for name in NEEDED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(HEAD + "<p id=here></p>\n" if name.endswith("html") else "{}", encoding="utf-8")
    (tmp_path / "页.html").write_text(HEAD, encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "site.css").write_text("p { color: red }\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _own_kept(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path_factory.mktemp("kept"))


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in page_faults(folder)]


def test_a_small_folder_without_a_fault_has_none(folder: Path) -> None:
    assert told(folder) == []


@pytest.mark.parametrize(("html", "line", "says"), PLANTED)
def test_a_planted_fault_is_told_with_file_and_line(folder: Path, html: str, line: int, says: str) -> None:
    (folder / "index.html").write_text(HEAD + html, encoding="utf-8")
    found = told(folder)
    assert len(found) == 1, found
    assert found[0].startswith(f"index.html:{line}:")
    assert says in found[0]


@pytest.mark.parametrize("html", HARMLESS)
def test_what_does_no_harm_is_let_through(folder: Path, html: str) -> None:
    (folder / "index.html").write_text(HEAD + html, encoding="utf-8")
    assert told(folder) == []


@pytest.mark.parametrize("name", NEEDED)
def test_a_needed_file_that_is_missing_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name}:1: 缺少这个文件" in told(folder)


def test_a_plans_page_that_is_too_large_is_told(folder: Path) -> None:
    for name in ("plans/a/index.html", "plans/index.html"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{HEAD}<p id=here>{'长' * (LARGEST // 3)}</p>", encoding="utf-8")
    assert told(folder) == ["plans/a/index.html:1: 网页有 300 KB，超过 300 KB，旧电脑打开慢；请把方案拆成几份"]


@pytest.mark.parametrize("head", ["<title></title>", "<title> </title>", "<svg><title>图</title></svg>", ""])
def test_a_page_without_a_title_is_told(folder: Path, head: str) -> None:
    (folder / "plans" / "index.html").write_text(f"{START}{POLICY}{head}<p id=here></p>", encoding="utf-8")
    assert told(folder) == ["plans/index.html:1: 没有标题 <title>"]


NO_POLICY = "index.html:1: 没有内容安全策略，或与 macros/policy.py 的不同"


@pytest.mark.parametrize(
    "head",
    ["", POLICY.replace("'none'", "*"), POLICY.replace("'self'", "'self' 'unsafe-inline'", 1) + POLICY],
    ids=["none", "another", "a weaker one before it"],
)
def test_a_page_without_the_policy_is_told(folder: Path, head: str) -> None:
    (folder / "index.html").write_text(f"{START}{head}<title>页</title>", encoding="utf-8")
    assert told(folder) == [NO_POLICY]


def test_a_script_before_the_policy_is_told(folder: Path) -> None:
    late = f"{START}<script src='assets/site.css'></script>{POLICY}<title>页</title>"
    (folder / "index.html").write_text(late, encoding="utf-8")
    assert told(folder) == ["index.html:3:1: 脚本写在内容安全策略之前"]


@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(https://x.example/a.png) }",
        "p { background: URL( 'http://x.example/a.png' ) }",
        '@font-face { src: url("//x.example/f.woff2") }',
        "@import 'https://x.example/a.css';",
        "@import url(//x.example/a.css);",
    ],
)
def test_a_style_that_calls_another_host_is_told(folder: Path, css: str) -> None:
    (folder / "assets" / "site.css").write_text(f"p {{ color: red }}\n{css}\n", encoding="utf-8")
    found = told(folder)
    assert len(found) == 1
    assert re.fullmatch(r"assets/site.css:2:\d+: 样式会请求别的主机", found[0])


def test_faults_are_told_in_reading_order(folder: Path) -> None:
    (folder / "index.html").write_text(HEAD + "<p onclick=x></p>\n<a href=no.html></a>", encoding="utf-8")
    (folder / "plans" / "index.html").write_text(HEAD + "<p id=here onclick=x></p>", encoding="utf-8")
    (folder / "api" / "v1" / "index.json").unlink()
    assert [line.rpartition(":")[0] for line in (one.partition(": ")[0] + ":" for one in told(folder))] == [
        "api/v1/index.json:1",
        "index.html:4:1",
        "index.html:5:1",
        "plans/index.html:4:1",
    ]


def test_the_page_for_missing_pages_may_link_from_the_top(folder: Path) -> None:
    (folder / "404.html").write_text(HEAD + "<a href='/plans/index.html'>x</a>", encoding="utf-8")
    assert told(folder) == []


def test_the_built_site_has_no_fault(site: Path) -> None:
    assert told(site) == []


AMID_PLAIN_TAGS = (
    '<p class="a" id="x">一</p><p id="x">二</p>',
    '<p class="a">一</p><a href="#nowhere">二</a>',
    '<p class="a">一</p><a href="//x.example/">二</a><img src="//x.example/x.png">',
    '<p class="a" onclick="x()">一</p>',
    '<p title="<b class="" id="y" onclick="x()">一</p>',
    '<p title="<b class="x y">一<img src="//x.example/x.png">二</p>',
    '<div hidden data-x="1"><a href="javascript:x()">一</a></div>',
    '<a href="javascript&#58;x&#40;&#41;">一</a>',
    """<p title=' id="x"' onclick='x()'>一</p>""",
    """<p id="x">一</p><p title='a' id='x'>二</p>""",
    '<p id="x"></p><svg><g id="x"></g></svg>',
    '<label for="x">一</label><p id="x">二</p>',
    "<p>一&nbsp 二</p>",
    "<details><p>一</p></details>",
    "<details><p>一</p></details><details><summary>二</summary></details>",
    "<section><p>一</section>",
    "<!-- --!><img alt='' src='//x.example/x.png'> -->",
)


@pytest.mark.parametrize("html", AMID_PLAIN_TAGS)
def test_a_quick_look_lets_no_fault_pass(folder: Path, html: str) -> None:
    index = folder / "index.html"
    right = "<p>一</p><details class='a'><summary>二</summary></details><p class='b'>三</p>"
    index.write_text(f"{HEAD}<div>\n{right}{html}\n</div>", encoding="utf-8")
    assert sound(index.read_text(encoding="utf-8")) is None
    assert told(folder)


@pytest.mark.parametrize(("html", "line", "message"), PLANTED)
def test_a_quick_look_lets_nothing_planted_pass(html: str, line: int, message: str) -> None:
    found = sound(f"{HEAD}<div>{html}</div>")
    assert found is None or message.startswith("链接指向"), line


@pytest.mark.parametrize(("body", "place", "says"), [*WRONG, *STRICTER])
def test_a_quick_look_lets_no_wrong_html_pass(body: str, place: str, says: str) -> None:
    assert sound(page(body)) is None, (place, says)


def test_pages_of_the_site_are_sound_and_read_as_the_parser_reads_them(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        quick, full = sound(html), read(html)
        assert quick, path
        assert (quick.anchors, quick.title, quick.policy) == (full.anchors, full.title, full.policy), path
        assert {link for *_, link in quick.links} == {link for *_, link in full.links}, path


def test_a_page_that_is_spoilt_anywhere_is_in_doubt_or_right(site: Path) -> None:
    """Take out, double or exchange pieces of a page: what a quick look passes, a full reading must pass as well."""
    chance = Random(7)  # noqa: S311 - nothing is secret
    html = (site / PLAN).read_text(encoding="utf-8")
    doubted = 0
    for _ in range(SPOILT):
        spoilt = spoil(html, chance)
        if sound(spoilt) is None:
            doubted += 1
        else:
            full = read(spoilt)
            assert full.faults + markup_faults(spoilt) == []
            assert not any(leads_nowhere(full, link) for *_, link in full.links)
    assert doubted > SPOILT / 2


def spoil(html: str, chance: Random) -> str:
    """Change a page at one place."""
    start = chance.randrange(len(html))
    end = start + chance.choice((1, 2, 5, 20, 60))
    other = chance.randrange(len(html))
    piece = chance.choice(("", html[start:end] * 2, html[other : other + end - start], *"<>&\"'/= ", ' id="x"', "</p>"))
    return f"{html[:start]}{piece}{html[end:]}"
