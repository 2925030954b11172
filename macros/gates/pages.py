"""Every page: links lead somewhere, nothing foreign is loaded or run, the HTML is valid, a title, not too large."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from macros.gates.fault import Fault
from macros.gates.markup import Placed, markup_faults
from macros.kept import code, digest, kept_all
from macros.ledger import Ledger, places
from macros.parallel import DEAR
from macros.policy import inline_scripts, policy

_LOADS = {"src", "data", "poster", "action", "formaction", "background", "srcset"}
"""Attributes through which a page may call another host; `href` counts on _CALLING only."""

_CALLING = {"link", "use", "image", "base"}
_RUNNING = ("javascript:", "vbscript:", "data:text/", "data:application/")
_IGNORED = re.compile(r"[\x00-\x20]")
"""What browsers leave out of a scheme: `java\\nscript:` runs."""

_DATA = {"application/json"}
"""Types of scripts that are only read; every other inline script could run."""

_NO_STYLE = "网页里不能写样式，请写进 site.css（表格的分隔行里也不要写冒号）"
LARGEST = 300_000
"""Bytes of a plan's page; the longest of ours has 190,000. Why only of plans: other pages list all plans, and grow."""

_NOWHERE = "链接指向不存在的位置"
_NO_POLICY = "没有内容安全策略，或与 macros/policy.py 的不同"

_MISSING = "404.html"
"""The page for what is missing: it may be shown under any address, so that its links start from the top of the host."""

_NEEDED = ("index.html", "plans/index.html", "api/v1/index.json", "api/v1/plans.json", "search/index.js")
_CSS_URL = re.compile(r"url\(\s*['\"]?\s*(?:https?:)?//|@import\s+['\"](?:https?:)?//", re.IGNORECASE)

_APART = re.compile(r"(<!--.*?-->|<(script|style|title|textarea|svg|noscript)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""What is not cut at tags: a script may hold what looks like one."""

_NAME = (
    r"(?!/?(?:script|style|title|textarea|svg|noscript|base|link|meta|object|embed|iframe|form|template|math)\b)"
    "/?[a-z][a-z0-9]*"
)
_HARMLESS = (
    r" (?:(?:class|role|for|type|name|value|title|scope|colspan|rowspan|tabindex|lang|dir|(?:data|aria)-[a-z-]+)"
    r'="[^"<>\n]*"|(?:hidden|open|selected|checked|disabled|required|data-[a-z-]+)(?=[ >]))'
)
_PLAIN_TAG = re.compile(f"<{_NAME}(?:{_HARMLESS})*>")
"""A tag that can neither load, run, style nor lead anywhere."""

_PLACE = r' (?:id="[^"<>\n]*"|href="(?!//)[\w./#?=&;%-]*")'
_PLACED_TAG = re.compile(f"<{_NAME}((?:{_HARMLESS}|{_PLACE})*)>")
"""The same with an anchor, or a link to a place of the site."""

_TORN_TAG = re.compile(r"<[a-zA-Z/][^<>]*(?:<|$)")
"""A tag that has another in it: what stood around those taken out was no text."""

_PLAIN_LINK = re.compile(r"([\w./-]*)(?:\?[\w=&.-]*)?(?:#([\w.-]*))?")
"""A link that leads to a place of the site, with nothing in it that is written otherwise."""

_PLACES = re.compile(r' (id|href)="([^"]*)"')


@dataclass
class _Page:
    """What is read of a page by itself."""

    anchors: set[str] = field(default_factory=set)
    links: list[Placed] = field(default_factory=list)
    faults: list[Placed] = field(default_factory=list)
    title: str = ""
    policy: str = ""


class _Known(NamedTuple):
    """What has to be known of a page when all are put together."""

    anchors: frozenset[str]
    links: frozenset[str]
    """Where it leads; links within the page are looked at when it is read."""

    faults: tuple[Placed, ...]
    title: str
    policy: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = _Page()
        self._in_title = False
        self._script: list[str] | None = None
        self._script_at = (0, 0)
        self._drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drawings += tag == "svg"
        self._in_title = self._in_title or (tag == "title" and not self._drawings)
        self._policy_of(tag, {name: (value or "").strip() for name, value in attrs})
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self._judge("".join(self._script))
        self._drawings = max(0, self._drawings - (tag == "svg"))
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.page.title += data
        if self._script is not None:
            self._script.append(data)

    def _policy_of(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Look for the policy itself, and for what it would forbid."""
        if attributes.get("http-equiv", "").lower() == "content-security-policy":
            self.page.policy = self.page.policy or attributes.get("content", "")
        elif tag == "style":
            self._fault(f"<style> {_NO_STYLE}")
        elif tag == "script" and not self.page.policy:
            self._fault("脚本写在内容安全策略之前")
        if tag == "script" and "src" not in attributes and attributes.get("type", "").lower() not in _DATA:
            self._script, self._script_at = [], self._at()

    def _judge(self, script: str) -> None:
        self._script = None
        if script not in inline_scripts():
            told = f"这段脚本不是主题自带的，不许运行：{' '.join(script.split())[:60]}"
            self.page.faults.append((*self._script_at, told))

    def _at(self) -> tuple[int, int]:
        line, before = self.getpos()
        return line, before + 1

    def _fault(self, message: str) -> None:
        self.page.faults.append((*self._at(), message))

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            if value in self.page.anchors:
                self._fault(f"两个元素有同一个 id “{value}”")
            self.page.anchors.add(value)
        elif name.startswith("on") or name == "srcdoc":
            self._fault(f"<{tag}> 带有会运行的属性 {name}")
        elif name == "style":
            self._fault(f"<{tag}> 带有 style：{_NO_STYLE}")
        elif name == "http-equiv" and value.strip().lower() == "refresh":
            self._fault(f"<{tag}> 会转到别的地址")
        elif name in _LOADS or name.endswith("href"):
            self._address(tag, name, value)

    def _address(self, tag: str, name: str, value: str) -> None:
        calls = name in _LOADS or tag in _CALLING
        try:
            foreign = [one for one in _addresses(name, value) if urlsplit(one).netloc]
        except ValueError:
            self._fault(f"<{tag}> 的 {name} 写不成网址：{value}")
            return
        if foreign and calls:
            self._fault(f"<{tag}> 会请求别的主机：{value}")
        if _IGNORED.sub("", value).lower().startswith(_RUNNING):
            self._fault(f"<{tag}> 的 {name} 会运行脚本")
        elif name in {"href", "src"} and not foreign:
            self.page.links.append((*self._at(), value))


def _addresses(name: str, value: str) -> list[str]:
    """Give each address of an attribute; `srcset` holds several, each with a size behind it."""
    return [one.split()[0] for one in value.split(",") if one.strip()] if name == "srcset" else [value.strip()]


def page_faults(site: Path, ledger: Ledger | None = None) -> list[Fault]:
    """Give everything that is wrong with the pages of a finished folder, in reading order."""
    there = {".", *places(site)}
    pages = _read_all(site, sorted(name for name in there if name.endswith(".html")), ledger or Ledger(site))
    found = [
        *(Fault(name, 1, "缺少这个文件") for name in _NEEDED if name not in there),
        *(Fault(name, line, message, column) for name, page in pages.items() for line, column, message in page.faults),
        *(Fault(name, 1, "没有标题 <title>") for name, page in pages.items() if not page.title.strip()),
        *(Fault(name, 1, _NO_POLICY) for name, page in pages.items() if page.policy != policy()),
        *_too_large(site, pages),
        *_broken_links(site, pages, there),
        *_calls_from_styles(site, sorted(name for name in there if name.endswith(".css"))),
    ]
    return sorted(found, key=lambda one: (one.file, one.line, one.column, one.message))


def _too_large(site: Path, names: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        if not name.startswith("plans/") or name == "plans/index.html":
            continue
        size = (site / name).stat().st_size
        if size > LARGEST:
            yield Fault(name, 1, f"网页有 {size // 1000} KB，超过 {LARGEST // 1000} KB，旧电脑打开慢；请把方案拆成几份")


def _read_all(site: Path, names: Sequence[str], ledger: Ledger) -> dict[str, _Known]:
    """Read all pages; one that was read before, by these gates, is taken as it was read then."""
    keys = {name: digest(code(), str(name == _MISSING), ledger.key(name)) for name in names}
    read = kept_all("gates", keys, lambda name: _to_json(site / name), DEAR)
    return {name: _from_json(made) for name, made in zip(names, read, strict=True)}


def _to_json(path: Path) -> bytes:
    page = _read(path)
    faults = page.faults + markup_faults(path.read_text(encoding="utf-8"))
    if path.name != _MISSING and any(_leads_nowhere(page, link) for *_, link in page.links):
        page = _read_in_full(path)
        nowhere = [one for one in page.links if _leads_nowhere(page, one[2])]
        faults += [(line, column, f"{_NOWHERE}：{link}") for line, column, link in nowhere]
    links = {link for *_, link in page.links if not _is_within(link)}
    known = _Known(frozenset(page.anchors), frozenset(links), tuple(faults), page.title, page.policy)
    return json.dumps(known, default=sorted, ensure_ascii=False).encode()


def _from_json(made: bytes) -> _Known:
    anchors, links, faults, title, policy_ = json.loads(made)
    return _Known(frozenset(anchors), frozenset(links), tuple(map(tuple, faults)), title, policy_)


def _is_within(link: str) -> bool:
    return link.startswith("#") and len(link) > 1


def _leads_nowhere(page: _Page, link: str) -> bool:
    return _is_within(link) and not _has(page.anchors, unquote(link[1:]))


def _read(path: Path) -> _Page:
    """Read a page, after taking out the tags in which nothing can be wrong.

    Why: nine tags of ten are such, and the parser takes 45 ms for the page of a plan with them, 2 ms without.
    """
    text = path.read_text(encoding="utf-8")
    reader = _Reader()
    places: list[tuple[str, str]] = []
    pieces = _APART.split(text)
    for at in range(0, len(pieces), 3):
        piece = _PLAIN_TAG.sub("", pieces[at])
        places += _PLACES.findall("".join(_PLACED_TAG.findall(piece)))
        pieces[at] = _PLACED_TAG.sub("", piece)
        pieces[at + 2 : at + 3] = [""]
    rest = "".join(pieces)
    if _TORN_TAG.search(rest):
        return _read_in_full(path)
    reader.feed(rest)
    reader.close()
    return _read_in_full(path) if reader.page.faults else _with_places(reader.page, places, path)


def _with_places(page: _Page, places: list[tuple[str, str]], path: Path) -> _Page:
    """Add what was taken out; a page that has an anchor twice is read in full, to tell where."""
    ids = [value for name, value in places if name == "id"]
    if len(page.anchors.union(ids)) < len(page.anchors) + len(ids):
        return _read_in_full(path)
    page.anchors.update(map(unescape, ids))
    page.links += [(0, 0, unescape(value)) for value in {value for name, value in places if name == "href"}]
    return page


def _read_in_full(path: Path) -> _Page:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.page


def _broken_links(site: Path, pages: Mapping[str, _Known], there: Collection[str]) -> Iterator[Fault]:
    """Say which links lead nowhere.

    Why those that start from the top of the site are looked at once for all pages as deep: most of them are the same.
    """
    sound: dict[str, set[str]] = defaultdict(set)
    for name, page in pages.items():
        top = "../" * name.count("/")
        told = {link: _broken(link, name, pages, there) for link in page.links - sound[top]}
        sound[top].update(link for link, fault in told.items() if not fault and link.startswith(top))
        broken = {link: fault for link, fault in told.items() if fault}
        if broken and name != _MISSING:
            links = _read_in_full(site / name).links
            yield from (
                Fault(name, line, f"{broken[one]}：{one}", column) for line, column, one in links if one in broken
            )


def _broken(link: str, name: str, pages: Mapping[str, _Known], there: Collection[str]) -> str:
    """Say what is wrong with a link of a page, if anything is."""
    path, fragment = _parts(link)
    if path is None:
        return ""
    target = _resolved(path, name)
    if target not in there:
        return "链接指向不存在的文件"
    there_is = not fragment or target not in pages or _has(pages[target].anchors, unquote(fragment))
    return "" if there_is else _NOWHERE


def _parts(link: str) -> tuple[str | None, str]:
    """Give path and fragment of a link; no path if it leads off the site. Why not always asked: most are plain."""
    if plain := _PLAIN_LINK.fullmatch(link):
        return plain[1], plain[2] or ""
    parts = urlsplit(link)
    return None if parts.scheme else unquote(parts.path), parts.fragment


def _resolved(path: str, name: str) -> str:
    """Give the place that a path leads to from a page. Why not always by `normpath`: it takes three times as long."""
    folder, rest = name.rpartition("/")[0], path
    while rest.startswith("../") and folder:
        folder, rest = folder.rpartition("/")[0], rest[3:]
    if not path:
        return name
    if rest[:1] in {"", ".", "/"} or "/." in rest or "//" in rest or rest.endswith("/"):
        return normpath(join(dirname(name), path))
    return f"{folder}/{rest}" if folder else rest


def _has(anchors: Collection[str], anchor: str) -> bool:
    return anchor in anchors or anchor == "__top"


def _calls_from_styles(site: Path, names: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        for number, line in enumerate((site / name).read_text(encoding="utf-8").splitlines(), 1):
            if found := _CSS_URL.search(line):
                yield Fault(name, number, "样式会请求别的主机", found.start() + 1)
