"""Nothing on a finished page that search lacks: the search files are compared with the pages.

Why not with what made the files: a fault of theirs would then hide itself. This reads the pages in a way of its own,
with the parser of the standard library's plainest kind: tags out, unseen elements out, characters counted.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from macros.gates.fault import Fault
from macros.kept import code, digest, kept_all
from macros.search_index import html_files

_PART = re.compile(r"^\(self\.__siteSearch=self\.__siteSearch\|\|\{\}\)\.(\w+)=(.*);$", re.MULTILINE)
_CONTENT = (re.compile(r"<article\b.*</article>", re.DOTALL), re.compile(r"<main\b.*</main>", re.DOTALL))
_ID = re.compile(r'\bid="([^"]*)"')
_RAW = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1\s*>", re.DOTALL)
_UNSEEN = re.compile(
    r"<(button|datalist|noscript|option|rp|rt|select|template)\b"
    r"|<(\w+)(?=\s)[^<>]*\s(?:hidden(?=[\s=>])|class=\"headerlink\")"
)
_QUOTED = re.compile(r'="[^"]*"')
_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
COMPARED = 500
"""Pages that are compared word for word; of more pages every second, third, … Why: all are made in one way, and
comparing 5,000 would take as long as building them."""

_UNCOUNTED = re.compile("[\\s\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


def search_faults(site: Path) -> list[Fault]:
    """Say what a reader sees on a page and search does not have, and the other way round."""
    try:
        parts = _parts(site)
        bodies = _bodies(parts)
    except (OSError, ValueError, KeyError) as error:
        return [Fault("search/index.js", 1, f"读不出搜索数据：{error}")]
    seen = {path.relative_to(site).as_posix(): path for path in html_files(site)}
    return sorted([*_differences(seen, bodies), *_lost_synonyms(parts["index"], bodies)])


def _parts(site: Path) -> dict[str, Any]:
    """Read the search files as a browser does."""
    scripts = [path.read_text("utf-8") for path in sorted((site / "search").glob("*.js"))]
    return {name: json.loads(data) for script in scripts for name, data in _PART.findall(script)}


def _bodies(parts: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Give anchors and text of each page by its file."""
    bodies = [body for group in range(len(parts["index"]["groups"])) for body in parts[f"text{group}"]]
    names = [unquote(name[0]) for name in parts["index"]["pages"]]
    return dict(zip(names, bodies, strict=True))


def _differences(seen: Mapping[str, Path], bodies: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    for name in sorted(bodies.keys() - seen.keys()):
        yield Fault("search/index.js", 1, f"搜索里有，网站上没有：{name}")
    every = 1 + len(seen) // COMPARED
    looked = {name: path for at, (name, path) in enumerate(seen.items()) if name not in bodies or not at % every}
    keys = {name: digest(code(), name, path.read_bytes(), *bodies.get(name, ())) for name, path in looked.items()}
    make = partial(_compare, looked, bodies)
    for name, told in zip(looked, kept_all("searched", keys, make), strict=True):
        yield from (Fault(name, 1, message) for message in json.loads(told))


def _compare(paths: Mapping[str, Path], bodies: Mapping[str, tuple[str, str]], names: Sequence[str]) -> list[bytes]:
    """Say of each page what is wrong, as JSON."""
    return [json.dumps(list(_faults_of(paths[name].read_text("utf-8"), bodies.get(name)))).encode() for name in names]


def _faults_of(whole: str, body: tuple[str, str] | None) -> Iterator[str]:
    content = _CONTENT[0].search(whole) or _CONTENT[1].search(whole)
    if content is not None and body is None:
        yield "这一页搜索不到"
    elif content is not None and body is not None:
        yield from _page_differences(content[0], body)


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


def _lost_synonyms(head: Mapping[str, Any], bodies: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    whole = "\n".join(text for _, text in bodies.values())
    for said, means in head["synonyms"]:
        for one in means:
            if one not in whole:
                yield Fault(
                    "search/index.js", 1, f"“{said[0]}”要改找“{one}”，网站上却没有这个写法（data/synonyms.yaml）"
                )
