"""What a reader sees of a finished page: its title, and its text section by section.

Why not `html.parser`: it takes 8 ms for a plan's page, 40 s for 5,000 of them; cutting a page at its tags in one go
takes 2 ms. Pages come out of our own templates; tags that are left open or closed too often do no harm.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_HEADINGS = _tags("h1 h2 h3 h4")
_VOID = _tags("area base br col embed hr img input link meta param source track wbr")
_BREAKS = _HEADINGS | _tags(
    "address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h5 h6 "
    "header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
)
# Why rt and rp: a reading above 文明 must not part 文 from 明.
_UNSEEN = _tags("button datalist noscript option rp rt select template")
_NAMES = _tags("label th")
"""What holds the name of an entry: the first of them inside a task or a row with an address of its own."""

_ENTRY = re.compile(r'\bid="((?:task|award)-[^"]*)"')
_RAW = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"""(</?[a-zA-Z][^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>)""")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)(.*)>", re.DOTALL)
_ID = re.compile(r"""\bid=(?:"([^"]*)"|'([^']*)')""")
_HIDDEN = re.compile(r"""(?:^|\s)hidden(?=[\s=/]|$)""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_SPECIAL = re.compile(r"hidden|data-search|headerlink")
_META = re.compile(r"""\bdata-search-(kind|unit)=["']([^"']*)["']""")

_BREAK = "\x1f"  # ends a block; no text has it
_INVISIBLE = re.compile("[\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_WIDE = "[\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
# Why: an editor who breaks a line inside a Chinese sentence did not mean a blank.
_SOFT_BREAK = re.compile(f"(?<={_WIDE})[ \\t\\r]*\\n[ \\t\\r\\n]*(?={_WIDE})")
_PLAIN = re.compile(r"[A-Za-z0-9_.-]*")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A heading, the anchor it has, and the text down to the next heading.

    `aside` is text beside the content (facts of a task, sources, chips): found, but of less weight.
    """

    anchor: str
    heading: str
    text: str
    aside: str = ""


@dataclass(frozen=True)
class PageText:
    """A page as a reader sees it; `text` is what stands before the first section."""

    url: str
    title: str
    text: str
    sections: tuple[Section, ...]
    kind: str = ""
    unit: str = ""
    aside: str = ""


def read_page(site: Path, path: Path) -> PageText | None:
    """Read one finished page; None when it has neither `<article>` nor `<main>` (a redirect, a download)."""
    return page_text(path.relative_to(site).as_posix(), path.read_text("utf-8"))


def page_text(name: str, whole: str) -> PageText | None:
    """Read the finished page of this name in the site."""
    part = main_part(whole)
    if part is None:
        return None
    reader = _Reader()
    reader.read(part)
    first, *others = reader.sections
    return PageText(
        url=quote(name),
        title=_tidy(first.heading) or _window_title(whole),
        text=_tidy(first.text),
        sections=tuple(
            Section(_quoted(one.anchor), _tidy(one.heading), _tidy(one.text), _tidy(one.aside)) for one in others
        ),
        aside=_tidy(first.aside),
        **reader.marks,
    )


def main_part(whole: str) -> str | None:
    """Cut out the content.

    Why: reading the navigation of every page as well would cost most of the time.
    """
    for tag in ("article", "main"):
        start, end = whole.find(f"<{tag}"), whole.rfind(f"</{tag}>")
        if 0 <= start < end:
            return whole[start:end]
    return None


@dataclass
class _Draft:
    """A section while its pieces are being gathered."""

    anchor: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


class _Tag(NamedTuple):
    """A tag: its name, what is given in it, and whether it may matter where it stands."""

    name: str
    given: str
    ends: bool
    breaks: bool
    special: bool
    entry: str
    matters: bool


@lru_cache(maxsize=20_000)
def _tag(text: str) -> _Tag:
    """Look at a tag by itself. Why kept: most tags stand on a page many times, and on all pages."""
    slash, name, given = _TAG.match(text).groups()  # type: ignore[union-attr]
    special = name in _UNSEEN or bool(_SPECIAL.search(given))
    entry = _ENTRY.search(given)
    matters = special or bool(entry) or name in _HEADINGS or name in _NAMES
    starts = not slash and name not in _VOID
    return _Tag(name, given, bool(slash), name in _BREAKS, special, entry[1] if entry else "", starts and matters)


@dataclass
class _Inside:
    """An element whose end will matter; `depth` counts those of its tag that are open inside."""

    tag: str
    was: list[str]
    section: _Draft
    depth: int = 1


_NOWHERE: list[str] = []


class _Reader:
    """Gather what a reader sees, section by section; the first section is the page itself."""

    def __init__(self) -> None:
        self.sections = [_Draft()]
        self.marks: dict[str, str] = {}
        self._section = self.sections[0]
        self._pieces = self._section.text
        self._inside: list[_Inside] = []
        self._unnamed = False

    def read(self, part: str) -> None:
        """Walk over the tags; most of them only end a block or are passed over."""
        bits = _TAGS.split(_INVISIBLE.sub("", _RAW.sub("", part)))
        self._pieces.append(bits[0])
        inside = self._inside
        for tag, text in zip(map(_tag, bits[1::2]), bits[2::2], strict=True):
            if tag.breaks:
                self._pieces.append(_BREAK)
            if inside and inside[-1].tag == tag.name:
                if tag.ends:
                    self._end(tag.name)
                else:
                    inside[-1].depth += 1
            if tag.matters and self._pieces is not _NOWHERE:
                self._start(tag)
            if text:
                self._pieces.append(text)

    def _start(self, tag: _Tag) -> None:
        if tag.special:
            self._special(tag.name, tag.given)
        elif tag.name in _HEADINGS:
            self._heading(tag.name, tag.given)
        elif self._unnamed and tag.name in _NAMES:
            self._unnamed = False
            self._enter(tag.name, self._section.heading)
        elif tag.entry:
            self._entry(tag.name, tag.entry)

    def _special(self, tag: str, given: str) -> None:
        for name, value in _META.findall(given):
            self.marks.setdefault(name, html.unescape(value.strip()))
        if tag in _UNSEEN or "headerlink" in given or _HIDDEN.search(_QUOTED.sub("=", given)):
            del _NOWHERE[:]
            self._enter(tag, _NOWHERE)
        elif tag in _HEADINGS:
            self._heading(tag, given)
        elif 'data-search="off"' in given and tag in _BREAKS:
            self._section.aside.append(_BREAK)
            self._enter(tag, self._section.aside)

    def _heading(self, tag: str, given: str) -> None:
        """Turn to the heading's pieces, if it is one that search can lead to; what stands aside stays there."""
        if self._pieces is self._section.aside:
            return
        found = _ID.search(given)
        anchor = html.unescape(found[1] or found[2] or "") if found else ""
        page = self.sections[0]
        if tag == "h1" and len(self.sections) == 1 and not page.heading:
            self._enter(tag, page.heading)
        elif anchor:
            self._begin(anchor)
            self._enter(tag, self._section.heading)
            self._inside[-1].was = self._section.text

    def _entry(self, tag: str, anchor: str) -> None:
        """Begin a task or another entry with an address of its own; after it goes on what was before."""
        self._enter(tag, self._pieces)
        self._begin(html.unescape(anchor))
        self._unnamed = True

    def _begin(self, anchor: str) -> None:
        self._section = _Draft(anchor)
        self.sections.append(self._section)
        self._pieces = self._section.text

    def _enter(self, tag: str, pieces: list[str]) -> None:
        self._inside.append(_Inside(tag, self._pieces, self._section))
        self._pieces = pieces

    def _end(self, tag: str) -> None:
        inside = self._inside[-1]
        inside.depth -= 1
        if inside.depth == 0:
            self._inside.pop()
            self._pieces = inside.was
            self._section = inside.section
            if tag in _BREAKS:
                self._pieces.append(_BREAK)


def _window_title(whole: str) -> str:
    found = _TITLE.search(whole)
    return _tidy([found[1]]) if found else ""


def _tidy(pieces: list[str]) -> str:
    """Put the pieces together, with single blanks. Why the questions first: most texts need none of it."""
    text = "".join(pieces)
    if "&" in text:
        text = _INVISIBLE.sub("", html.unescape(text))
    if "\n" in text:
        text = _SOFT_BREAK.sub("", text)
    return " ".join(text.split())


def _quoted(anchor: str) -> str:
    return anchor if _PLAIN.fullmatch(anchor) else quote(anchor)
