"""A quick look at a page: either nothing is wrong with it by itself, or it must be read in full.

Why: to read a page in full takes ten times as long, and nearly always nothing is wrong. Nothing here is a rule of its
own: `reading.py` and `markup.py` judge each tag once at each place where it stands, and what they said holds wherever
it stands there again. In doubt a page is not sound; who reads it in full says what is wrong, and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import chain
from typing import NamedTuple

from macros.gates.html_rules import MAY_STAY_OPEN
from macros.gates.markup import TOKEN, Inside, Walk, names_of_nothing, start_faults, step
from macros.gates.reading import Page, leads_nowhere, read

_PLAIN_COMMENT = re.compile(r"<!--[^<>-]*-->")
_STRICT = re.compile(r'<[a-z][a-z0-9]*(?: [a-z][a-z-]*(?:="[^"<>]*")?)*>')
"""A tag as nearly all are written: in none can what follows be taken for an attribute that is not one."""

_FREE = re.compile(r' (class|title|download|value|placeholder|aria-label|data-[a-z-]+)="[^"<>=]*"')
"""Attributes of which no rule asks what they say."""

_SOMEWHERE = "-somewhere-"
_PLACE = re.compile(r' (id|href)="(?!//)((?:[\w./#?=%-]|&amp;)+)"')
"""An anchor, or a link that stays on the site: of both no rule asks what they say but for what is asked at the end."""

_TITLE = re.compile(r"<title>([^<>]+)</title>")

MOST = 20_000
"""Tags that are remembered before all are forgotten. Why: each page has some that no other has."""


class _Doubt(Exception):
    """The page must be read in full."""


def sound(html: str) -> Page | None:
    """Give what a page has and where it leads, if nothing is wrong with it by itself; the places of links are left out.

    What it leads to is not looked at, but for places within it.
    """
    if len(_memory().said) > MOST:
        _memory.cache_clear()
    memory, tags = _memory(), TOKEN.findall(html)
    try:
        memory.walk(tags)
        page = _together([said for tag in tags if (said := memory.said[tag])])
    except _Doubt:
        return None
    title = _TITLE.search(html.partition("<svg")[0])
    if not title or any(start_faults(html)) or any(leads_nowhere(page, link) for *_, link in page.links):
        return None
    return replace(page, title=unescape(title[1]))


class _Said(NamedTuple):
    """What a tag says of its page."""

    anchors: Sequence[str]
    links: Sequence[str]
    ids: Sequence[tuple[str, str]]
    """Each with the name of its element."""

    named: Sequence[tuple[int, str, str]]
    """Names of others, as in `Walk`."""

    policy: str = ""
    is_script: bool = False

    def at(self, places: Mapping[str, str]) -> _Said:
        """Give what the same tag says that has these instead of SOMEWHERE."""
        anchor, link = places.get("id", _SOMEWHERE), places.get("href", _SOMEWHERE)
        return self._replace(
            anchors=[anchor if one == _SOMEWHERE else one for one in self.anchors],
            links=[link if one == _SOMEWHERE else one for one in self.links],
            ids=[(anchor if one == _SOMEWHERE else one, tag) for one, tag in self.ids],
        )


class _Memory:
    """What is known of tags, and of the places where they stand."""

    def __init__(self) -> None:
        self.said: dict[str, _Said | None] = {}
        self._places: dict[tuple[Inside, frozenset[int], int], _Place] = {}
        self._start = self.place(Walk(Inside()))

    def walk(self, tags: Iterable[str]) -> None:
        """Go through a page, and doubt it if a tag is at fault or something stays open."""
        place = self._start
        for tag in tags:
            place = place[tag]
        if not MAY_STAY_OPEN.issuperset(place.inside.above):
            raise _Doubt

    def place(self, walk: Walk) -> _Place:
        """Give the place to which a step has led."""
        key = (walk.inside, frozenset(walk.folded), walk.drawing)
        if key not in self._places:
            self._places[key] = _Place(self, walk)
        return self._places[key]

    def learn(self, text: str, walk: Walk) -> None:
        """Remember what a tag says, after a step over it; of most it is nothing."""
        is_script = text[:7].lower() == "<script"
        page = read(text, "before it" if is_script else "")
        if page.faults or (text.startswith("<!--") and not _PLAIN_COMMENT.fullmatch(text)):
            raise _Doubt
        links, policy = [link for *_, link in page.links], "" if is_script else page.policy
        said = _Said([*page.anchors], links, [*walk.ids.items()], walk.named, policy, is_script)
        self.said[text] = said if any(said) else None

    def learn_as(self, text: str, bare: str) -> None:
        """Remember what a tag says that is like another, but for its places."""
        said = self.said[bare]
        self.said[text] = said and said.at({name: unescape(value) for name, value in _PLACE.findall(text)})


class _Place(dict[str, "_Place"]):
    """Where a page is, with the place to which each tag leads. Why a dict: most steps were taken before."""

    def __init__(self, memory: _Memory, walk: Walk) -> None:
        super().__init__()
        self.inside = walk.inside
        self._memory = memory
        self._walk = walk

    def __missing__(self, text: str) -> _Place:
        bare = _bare(text) if _STRICT.fullmatch(text) else text
        if bare == text:
            self[text] = self._after(text)
        else:
            self[text] = self[bare]
            self._memory.learn_as(text, bare)
        return self[text]

    def _after(self, text: str) -> _Place:
        before = self._walk
        walk = Walk(before.inside, [*before.open], {*before.folded}, drawing=before.drawing)
        depth = len(walk.open)
        step(walk, text, depth)
        if walk.faults or any(at >= len(walk.open) for at in walk.folded):
            raise _Doubt
        self._memory.learn(text, walk)
        return self._memory.place(walk)


def _bare(text: str) -> str:
    """Give the tag without what no rule asks for."""
    return _PLACE.sub(rf' \1="{_SOMEWHERE}"', _FREE.sub(r" \1", text))


@cache
def _memory() -> _Memory:
    return _Memory()


def _together(said: Sequence[_Said]) -> Page:
    """Put together what the tags of a page say."""
    anchors = [anchor for one in said for anchor in one.anchors]
    policy = ""
    for one in said:
        policy = policy or one.policy
        if one.is_script and not policy:
            raise _Doubt
    walk = Walk(Inside(), ids=dict(chain(*(one.ids for one in said))), named=[*chain(*(one.named for one in said))])
    if len({*anchors}) < len(anchors) or any(names_of_nothing(walk)):
        raise _Doubt
    return Page({*anchors}, [(0, 0, link) for one in said for link in one.links], policy=policy)
