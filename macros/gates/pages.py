"""Every page: links lead somewhere, nothing foreign is loaded or run, the HTML is valid, a title, not too large."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from macros.gates.fault import Fault
from macros.gates.markup import Placed, markup_faults
from macros.gates.reading import Page, has, is_within, leads_nowhere, read
from macros.gates.sound import sound
from macros.kept import code, digest, kept_all
from macros.ledger import Ledger, places
from macros.parallel import DEAR
from macros.policy import policy

LARGEST = 300_000
"""Bytes of a plan's page; the longest of ours has 190,000. Why only of plans: other pages list all plans, and grow."""

_NOWHERE = "链接指向不存在的位置"
_NO_POLICY = "没有内容安全策略，或与 macros/policy.py 的不同"

_MISSING = "404.html"
"""The page for what is missing: it may be shown under any address, so that its links start from the top of the host."""

_NEEDED = ("index.html", "plans/index.html", "api/v1/index.json", "api/v1/plans.json", "search/index.js")
_CSS_URL = re.compile(r"url\(\s*['\"]?\s*(?:https?:)?//|@import\s+['\"](?:https?:)?//", re.IGNORECASE)

_PLAIN_LINK = re.compile(r"([\w./-]*)(?:\?[\w=&.-]*)?(?:#([\w.-]*))?")
"""A link that leads to a place of the site, with nothing in it that is written otherwise."""


class _Known(NamedTuple):
    """What has to be known of a page when all are put together."""

    anchors: frozenset[str]
    links: frozenset[str]
    """Where it leads; links within the page are looked at when it is read."""

    faults: tuple[Placed, ...]
    title: str
    policy: str


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
    html = path.read_text(encoding="utf-8")
    page, faults = (found, []) if (found := sound(html)) else _read_in_full(html, path.name)
    links = {link for *_, link in page.links if not is_within(link)}
    known = _Known(frozenset(page.anchors), frozenset(links), tuple(faults), page.title, page.policy)
    return json.dumps(known, default=sorted, ensure_ascii=False).encode()


def _read_in_full(html: str, name: str) -> tuple[Page, list[Placed]]:
    """Read a page, with all that is wrong with it by itself."""
    page = read(html)
    nowhere = [one for one in page.links if name != _MISSING and leads_nowhere(page, one[2])]
    faults = [(line, column, f"{_NOWHERE}：{link}") for line, column, link in nowhere]
    return page, [*page.faults, *markup_faults(html), *faults]


def _from_json(made: bytes) -> _Known:
    anchors, links, faults, title, policy_ = json.loads(made)
    return _Known(frozenset(anchors), frozenset(links), tuple(map(tuple, faults)), title, policy_)


def _broken_links(site: Path, pages: Mapping[str, _Known], there: Collection[str]) -> Iterator[Fault]:
    """Say which links lead nowhere.

    Why those that start from the top of the site are looked at once for all pages as deep: most of them are the same.
    """
    right: dict[str, set[str]] = defaultdict(set)
    for name, page in pages.items():
        top = "../" * name.count("/")
        told = {link: _broken(link, name, pages, there) for link in page.links - right[top]}
        right[top].update(link for link, fault in told.items() if not fault and link.startswith(top))
        broken = {link: fault for link, fault in told.items() if fault}
        if broken and name != _MISSING:
            links = read((site / name).read_text(encoding="utf-8")).links
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
    there_is = not fragment or target not in pages or has(pages[target].anchors, unquote(fragment))
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


def _calls_from_styles(site: Path, names: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        for number, line in enumerate((site / name).read_text(encoding="utf-8").splitlines(), 1):
            if found := _CSS_URL.search(line):
                yield Fault(name, number, "样式会请求别的主机", found.start() + 1)
