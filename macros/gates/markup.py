"""Whether a page is HTML that every browser reads alike, in all that a template, a page by hand or the theme may spoil.

Why our own: a parser of the standard (html5lib, four times as slow) tells what it cannot parse, and nothing of what
stands where it may not; vnu, which tells all, needs Java. Whether this one sees enough, vnu tells:
tests/browser/test_valid_html.py asks it about every page, and about every fault that is planted here.
It is stricter than the standard in one thing: what is opened is closed in writing, so a forgotten end is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from html.entities import html5

from macros.gates.html_rules import (
    ARIA,
    ATTRIBUTES,
    BLOCKS,
    HEADINGS,
    HOLDS,
    INLINE_ONLY,
    KNOWN,
    LABELLED,
    MAY_STAY_OPEN,
    NAMING,
    PARTS,
    TICKED,
    TRANSPARENT,
    USED,
    VALUES,
    VOID,
)

_REST = r"[^\"'<>]*+(?:\"[^\"]*+\"[^\"'<>]*+|'[^']*+'[^\"'<>]*+)*+"
_RAW = "|".join(rf"<{name}\b{_REST}>.*?</{name}\s*>" for name in ("script", "style", "title", "textarea"))
TOKEN = re.compile(
    rf"<!--.*?-->|<!doctype[^>]*>|{_RAW}|</?[a-z]{_REST}>|<|&(?:[a-z][a-z0-9]*|\#\w+)(?!\w);?",
    re.DOTALL | re.IGNORECASE,
)
"""What a page is cut into: comments, elements that hold nothing but text, tags, `&…`, and each `<` of none of them."""

_RAW_ELEMENT = re.compile(_RAW, re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?!-?>)(?:(?!<!--|--!>).)*-->", re.DOTALL)
"""A comment that ends for every reader at the same place (HTML standard, “Comments”)."""

_TAG = re.compile(rf"<(/?)([a-z][^\s/>]*)({_REST})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s+([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?(?=\s|/?$)")
_START = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta charset=[\"']?utf-8", re.IGNORECASE)
_CHARSET_WITHIN = 1024
"""Bytes in which a browser looks for the encoding of a page."""

Placed = tuple[int, int, str]
"""A fault with its line and column."""


@dataclass(frozen=True)
class _Tag:
    name: str
    ends: bool
    closed: bool
    attributes: Mapping[str, str]
    faults: tuple[str, ...]
    is_used: bool
    """Whether a reader uses it, so that it may not stand in what he uses itself."""

    is_named: bool
    """Whether it has an id, or names those of others."""


class Inside:
    """The elements that are open at a place. Why: many tags of a page stand alike, and are judged once."""

    def __init__(self, above: tuple[str, ...] = ()) -> None:
        """Take their names, from the outermost."""
        self.above = above
        self._below: dict[str, Inside] = {}
        self._told: dict[tuple[str, bool], tuple[str, ...]] = {}

    def into(self, name: str) -> Inside:
        """Go into an element."""
        if name not in self._below:
            self._below[name] = Inside((*self.above, name))
        return self._below[name]

    def misplaced(self, tag: _Tag) -> tuple[str, ...]:
        """Say why an element may not stand here."""
        key = (tag.name, tag.is_used)
        if key not in self._told:
            self._told[key] = tuple(_misplaced(self.above, *key))
        return self._told[key]


@dataclass
class Walk:
    """What is known of a page at a place in it."""

    inside: Inside
    open: list[tuple[Inside, str, int]] = field(default_factory=list)
    """The elements that are open, each with what it stands in and its place."""

    folded: set[int] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    named: list[tuple[int, str, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    drawing: int = 0


def markup_faults(html: str) -> list[Placed]:
    """Say what is wrong with the HTML of a page, with line and column."""
    page = Walk(Inside(), faults=list(start_faults(html)))
    for found in TOKEN.finditer(html):
        step(page, found[0], found.start())
    page.faults += [(at, f"<{name}> 没有结束") for _, name, at in page.open if name not in MAY_STAY_OPEN]
    page.faults += [(at, "<details> 没有 <summary>") for at in page.folded]
    page.faults += names_of_nothing(page)
    return [(*_place(html, at), message) for at, message in sorted(page.faults)]


def _place(html: str, at: int) -> tuple[int, int]:
    return html.count("\n", 0, at) + 1, at - html.rfind("\n", 0, at)


def start_faults(html: str) -> Iterator[tuple[int, str]]:
    """Say what is missing at the start of a page, each with its place."""
    if not _START.match(html):
        yield 0, "第一行不是 <!doctype html>"
    if not _CHARSET.search(html[:_CHARSET_WITHIN].encode()[:_CHARSET_WITHIN]):
        yield 0, "开头没有 <meta charset=utf-8>"


def step(page: Walk, text: str, at: int) -> None:
    """Go on by what stands at a place, as TOKEN has cut it."""
    if text.startswith("&"):
        if _is_misnamed(text[1:]):
            page.faults.append((at, f"“{text}”不是字符的名称，“&”要写成 &amp;"))
    elif text == "<":
        page.faults.append((at, "“<”后面不是完整的标签，引号要成对；是文字就写成 &lt;"))
    elif text.startswith("<!--"):
        if not _COMMENT.fullmatch(text):
            page.faults.append((at, "注释里不能有 <!-- 和 --!>，开头不能是 > 和 ->"))
    elif not text.startswith("<!"):
        raw = _RAW_ELEMENT.fullmatch(text) is not None
        _see(page, _tag(_TAG.match(text)[0] if raw else text), at, raw=raw)  # type: ignore[index]


def _is_misnamed(name: str) -> bool:
    """Tell whether what follows `&` names no character, or one without the semicolon that it needs."""
    if name.startswith("#"):
        return not name.endswith(";")
    return (name in html5) != name.endswith(";")


def _see(page: Walk, tag: _Tag, at: int, *, raw: bool) -> None:
    """Go on by a tag, or by a `raw` element, whole: it holds nothing but text."""
    if page.drawing:
        _draw(page, tag, at, raw=raw)
    elif tag.ends:
        page.faults += [(at, fault) for fault in tag.faults]
        if tag.name not in VOID:
            _close(page, tag.name, at)
    else:
        _begin(page, tag, at, raw=raw)
    page.drawing += tag.name == "svg" and not tag.closed and (-1 if tag.ends else 1)


def _draw(page: Walk, tag: _Tag, at: int, *, raw: bool) -> None:
    """Follow a drawing: it has a vocabulary of its own, in which any element may close itself."""
    if tag.ends:
        _close(page, tag.name, at)
    else:
        _note(page, tag, at)
        if not tag.closed and not raw:
            _enter(page, tag.name, at)


def _begin(page: Walk, tag: _Tag, at: int, *, raw: bool) -> None:
    if told := tag.faults + page.inside.misplaced(tag):
        page.faults += [(at, fault) for fault in told]
    if tag.is_named:
        _note(page, tag, at)
    if tag.name == "details":
        page.folded.add(at)
    elif tag.name == "summary" and page.open:
        page.folded.discard(page.open[-1][2])
    if tag.name not in VOID and not raw:
        _enter(page, tag.name, at)


def _note(page: Walk, tag: _Tag, at: int) -> None:
    for name, value in tag.attributes.items():
        if name == "id":
            page.ids.setdefault(value, "" if tag.attributes.get("type") == "hidden" else tag.name)
        elif name in NAMING and not (name == "for" and tag.name == "output"):
            page.named += [(at, name, one) for one in value.split()]


def _enter(page: Walk, name: str, at: int) -> None:
    page.open.append((page.inside, name, at))
    page.inside = page.inside.into(name)


def _close(page: Walk, name: str, at: int) -> None:
    """Close an element, and tell of those in it that were left open."""
    if name not in page.inside.above:
        page.faults.append((at, f"</{name}> 没有开头，或者它里面不能放前面的东西"))
        return
    while True:
        page.inside, last, began = page.open.pop()
        if last == name:
            return
        page.faults.append((began, f"<{last}> 没有结束，就遇到了 </{name}>"))


def _misplaced(above: Sequence[str], name: str, is_used: bool) -> Iterator[str]:  # noqa: FBT001
    inside = above[-1] if above else "html"
    holder = next((one for one in reversed(above) if one not in TRANSPARENT), "html")
    if name in PARTS and above and inside not in PARTS[name] and name != "style":
        yield f"<{name}> 不能放在 <{inside}> 里"
    elif inside in HOLDS and name not in HOLDS[inside]:
        yield f"<{inside}> 里不能直接放 <{name}>"
    elif holder in INLINE_ONLY and name in BLOCKS and not (holder == "summary" and name in HEADINGS):
        yield f"<{name}> 不能放在 <{holder}> 里"
    elif "dt" in above and name in HEADINGS:
        yield f"<{name}> 不能放在 <dt> 里"
    if is_used:
        yield from (f"<{name}> 不能放在 <{one}> 里" for one in ("a", "button") if one in above)
    if name in {"label", "form"} and name in above:
        yield f"<{name}> 不能放在 <{name}> 里"


def names_of_nothing(page: Walk) -> Iterator[tuple[int, str]]:
    """Say which attributes name the id of an element that is not there, or cannot be named so."""
    for at, name, one in page.named:
        if one not in page.ids:
            yield at, f"{name} 指向不存在的 “{one}”"
        elif name == "for" and page.ids[one] not in LABELLED:
            yield at, f"for 指向的 “{one}” 不是能填、能选的"


@lru_cache(maxsize=8192)
def _tag(text: str) -> _Tag:
    """Read a tag by itself. Why kept: most tags of a page stand there many times."""
    end, name, inside = _TAG.match(text).groups()  # type: ignore[union-attr]
    name = name.lower()
    found = [(key.lower(), unescape(value.strip("\"'"))) for key, value in _ATTRIBUTE.findall(inside)]
    rest = _ATTRIBUTE.sub("", inside).strip()
    attributes = dict(found)
    closed = rest == "/"
    told = [f"<{name}> 的属性写得不对：{rest}"] if rest.strip("/") else []
    told += [f"<{name}> 的 {key} 写了两次" for key, count in Counter(key for key, _ in found).items() if count > 1]
    told += _about_end(name, attributes) if end else _about(name, attributes, closed=closed)
    is_used = _is_used(name, attributes)
    is_named = "id" in attributes or not NAMING.isdisjoint(attributes)
    return _Tag(name, bool(end), closed, attributes, tuple(told), is_used, is_named)


def _is_used(name: str, attributes: Mapping[str, str]) -> bool:
    hidden = name == "input" and attributes.get("type") == "hidden"
    return (name in USED or "tabindex" in attributes) and not hidden


def _about_end(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if attributes:
        yield f"</{name}> 不能有属性"
    if name in VOID:
        yield f"<{name}> 不用写结束"


def _about(name: str, attributes: Mapping[str, str], *, closed: bool) -> Iterator[str]:
    if name not in KNOWN:
        yield f"没有 <{name}> 这种元素"
    if closed and name not in VOID and name != "svg":
        yield f"<{name}/> 不会自己结束，要写 </{name}>"
    if name != "svg":
        yield from (f"<{name}> 没有 {key} 这个属性" for key in attributes if not _is_attribute(key))
        yield from (
            f"<{name}> 的 {key} 不能是 “{attributes[key]}”"
            for key in attributes.keys() & VALUES.keys()
            if not VALUES[key].fullmatch(attributes[key])
        )
    yield from _lacking(name, attributes)


def _lacking(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if name == "html" and not attributes.get("lang"):
        yield "<html> 没有写语言 lang"
    if name == "img" and "alt" not in attributes:
        yield "<img> 没有说明 alt"
    if name == "iframe" and not attributes.get("title"):
        yield "<iframe> 没有标题 title"
    if name == "input" and "autocomplete" in attributes and attributes.get("type") in TICKED:
        yield f"<input type={attributes['type']}> 不能有 autocomplete"


def _is_attribute(name: str) -> bool:
    return (
        name in ATTRIBUTES
        or (name.startswith("data-") and len(name) > len("data-"))
        or (name.startswith("aria-") and name.removeprefix("aria-") in ARIA)
        or name.startswith("on")  # Told as something that runs; see pages.py.
    )
