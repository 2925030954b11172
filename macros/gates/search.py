"""Nothing on a finished page that search lacks: the search files are compared with the pages.

Why not with what made the files: a fault of theirs would then hide itself. This reads the pages in a way of its own,
with the parser of the standard library's plainest kind: tags out, unseen elements out, characters counted.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from macros.gates.fault import Fault
from macros.kept import code, digest, kept_all
from macros.ledger import Ledger
from macros.parallel import DEAR, spread
from macros.search_index import html_names

_PART = re.compile(r"^\(self\.__siteSearch=self\.__siteSearch\|\|\{\}\)\.(\w+)=(.*);$", re.MULTILINE)
_TEXT = "(self.__siteSearch=self.__siteSearch||{}).text"
_INDEX = "search/index.js"
_CONTENT = (re.compile(r"<article\b.*</article>", re.DOTALL), re.compile(r"<main\b.*</main>", re.DOTALL))
_ID = re.compile(r'\bid="([^"]*)"')
_RAW = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1\s*>", re.DOTALL)
_UNSEEN = re.compile(
    r"<(button|datalist|noscript|option|rp|rt|select|template)\b"
    r"|<(\w+)(?=\s)[^<>]*\s(?:hidden(?=[\s=>])|class=\"headerlink\")"
)
_QUOTED = re.compile(r'="[^"]*"')
_TAG = re.compile(r"<[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+>")
COMPARED = 500
"""Pages that are compared word for word; of more pages every second, third, … Why: all are made in one way, and
comparing 5,000 would take as long as building them."""

_UNCOUNTED = re.compile("[\\s\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


def search_faults(site: Path, ledger: Ledger | None = None) -> list[Fault]:
    """Say what a reader sees on a page and search does not have, and the other way round."""
    try:
        return sorted(_faults(site, ledger or Ledger(site)))
    except (OSError, ValueError, KeyError) as error:
        return [Fault(_INDEX, 1, f"读不出搜索数据：{error}")]


def _faults(site: Path, ledger: Ledger) -> Iterator[Fault]:
    head = _parts(site / _INDEX)["index"]
    seen, known = html_names(site), [unquote(page[0]) for page in head["pages"]]
    yield from (Fault(_INDEX, 1, f"搜索里有，网站上没有：{name}") for name in sorted({*known}.difference(seen)))
    yield from _unknown_pages(site, sorted({*seen}.difference(known)))
    groups = _groups(head["groups"], known)
    yield from _differences(site, groups, {*seen[:: 1 + len(seen) // COMPARED]}, ledger)
    yield from _lost_synonyms(site, head["synonyms"], groups)


def _parts(path: Path) -> dict[str, Any]:
    """Read a script of the search as a browser does."""
    return {name: json.loads(data) for name, data in _PART.findall(path.read_text("utf-8"))}


def _groups(sizes: Sequence[int], names: Sequence[str]) -> dict[str, list[str]]:
    """Give the pages of each script that holds texts."""
    ends = list(accumulate(sizes, initial=0))
    rows = [list(names[start:end]) for start, end in pairwise(ends)]
    return {_INDEX if len(rows) == 1 else f"search/text{at}.js": row for at, row in enumerate(rows)}


def _unknown_pages(site: Path, names: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        if _content((site / name).read_text("utf-8")) is not None:
            yield Fault(name, 1, "这一页搜索不到")


def _differences(site: Path, groups: Mapping[str, Sequence[str]], looked: set[str], ledger: Ledger) -> Iterator[Fault]:
    """Compare the texts that search has with those of the pages, script by script.

    Why kept for a script: after an edit all but one are as they were, and reading them takes a second of 5,000 plans.
    """

    def compare(script: str) -> bytes:
        parts = _parts(site / script)
        [bodies] = (part for name, part in parts.items() if name.startswith("text"))
        pairs = [(name, body) for name, body in zip(groups[script], bodies, strict=True) if name in looked]
        return json.dumps([*chain.from_iterable(spread(partial(_told, site), pairs, DEAR))]).encode()

    def key(script: str) -> str:
        names = [name for name in groups[script] if name in looked]
        return digest(code(), (site / script).read_bytes(), *groups[script], *names, *map(ledger.key, names))

    keys = {script: key(script) for script in groups}
    for made in kept_all("searched", keys, compare, DEAR):
        yield from (Fault(name, 1, message) for name, message in json.loads(made))


def _told(site: Path, pages: Sequence[tuple[str, tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """Say of each page, by its name, in what it differs from what search has of it."""
    return [[(name, message) for message in _of_page(site / name, body)] for name, body in pages]


def _of_page(path: Path, body: tuple[str, str]) -> Iterator[str]:
    content = _content(path.read_text("utf-8"))
    if content is not None:
        yield from _page_differences(content, body)


def _content(whole: str) -> str | None:
    found = _CONTENT[0].search(whole) or _CONTENT[1].search(whole)
    return found[0] if found else None


def _page_differences(content: str, body: tuple[str, str]) -> Iterator[str]:
    anchors, text = body
    has_title = re.search(r"<h1\b", content) is not None
    wanted = Counter(visible_text(content))
    had = Counter(_UNCOUNTED.sub("", text if has_title else text.partition("\n")[2]))
    if wanted != had:
        lacking, more = "".join((wanted - had).elements()), "".join((had - wanted).elements())
        yield f"页面和搜索的文字不一样：搜索里少了“{lacking[:20]}”，多了“{more[:20]}”"
    ids = {html.unescape(one) for one in _ID.findall(content)}
    for anchor in anchors.split():
        if unquote(anchor) not in ids:
            yield f"搜索会跳到不存在的位置：#{anchor}"


def visible_text(content: str) -> str:
    """Give the characters of a page's content that a reader sees, without blanks."""
    content = _RAW.sub("", content)
    seen, at = [], 0
    for found in _UNSEEN.finditer(content):
        if found.start() >= at and _hides(found):
            seen.append(content[at : found.start()])
            at = _end_of(content, found)
    return _UNCOUNTED.sub("", html.unescape(_TAG.sub("", "".join([*seen, content[at:]]))))


def _hides(found: re.Match[str]) -> bool:
    """Tell an attribute from a word inside the value of one."""
    return bool(found[1]) or found[0].endswith('"headerlink"') or _QUOTED.sub("", found[0]).endswith("hidden")


def _end_of(content: str, found: re.Match[str]) -> int:
    """Find where an element ends that may hold others of its kind."""
    tag = found[1] or found[2]
    depth = 0
    for mark in re.compile(rf"<(/?){tag}\b[^>]*>").finditer(content, found.start()):
        depth += -1 if mark[1] else 1
        if depth == 0:
            return mark.end()
    return len(content)


def _lost_synonyms(
    site: Path, synonyms: Sequence[tuple[Sequence[str], Sequence[str]]], groups: Iterable[str]
) -> Iterator[Fault]:
    """Say which words of synonyms stand in no text. Why looked for as written: reading the scripts takes far longer."""
    lost = {one for _, means in synonyms for one in means}
    for script in groups:
        text = (site / script).read_text("utf-8") if lost else ""
        lost = {one for one in lost if _as_written(one) not in text[text.rfind(_TEXT) :]}
    for said, means in synonyms:
        for one in means:
            if one in lost:
                yield Fault(_INDEX, 1, f"“{said[0]}”要改找“{one}”，网站上却没有这个写法（data/synonyms.yaml）")


def _as_written(word: str) -> str:
    """Write a word as it stands in a string of a script."""
    return json.dumps(word, ensure_ascii=False)[1:-1].replace("<", "\\u003c")
