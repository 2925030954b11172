"""Write what the search box searches, read from the finished pages.

Why: what a reader can see is in the finished HTML and nowhere else; macros, templates and data have all been
through it. What `docs/assets/javascripts/search/` holds reads what is written here, all of it only once the box is
entered:

- `search/index.js`: the pages' names and, up to ONE_FILE characters, their text;
- `search/text<n>.js`: beyond, the text in groups of about GROUP characters;
- `search/filter.js`: beyond, which pairs of characters occur in which groups;
- `search/sounds.js`: how characters sound, for words that are not found as typed.

Why scripts and not JSON or a packed form: they load from a folder (file://) as over http, in Chromium 79 as in the
newest, and a web server packs them. Measured figures: docstrings of ONE_FILE and GROUP, and `run.py bench search`.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import accumulate, groupby
from operator import add
from pathlib import Path
from typing import NamedTuple

from macros.kept import code as code_of
from macros.kept import digest, kept, kept_all
from macros.ledger import Ledger, places
from macros.page_text import PageText, read_page
from macros.parallel import DEAR
from macros.sounds import everyday, simpler, syllables

VERSION = 2  # of the index's shape; search/library.js refuses any other

ONE_FILE = 3_000_000
"""Characters up to which one file holds all."""

GROUP = 300_000
"""Characters of a group, beyond."""

Synonyms = Iterable[tuple[Sequence[str], Sequence[str]]]
"""What readers say, and what the site says for it."""

ALIKE = (
    '"“”„‟「」『』〝〞',
    "'‘’‚‛′`´",
    "-‐‑‒–—―−",
    "~～〜",
    ",，、",
    ".。｡",
    "·•・‧∙",
    "(（〔【〖[［",
    ")）〕】〗]］",
    "<《〈«‹",
    ">》〉»›",
    "…⋯",
)
"""Marks that readers and keyboards take for one another; the first stands for all."""

_GUIDE = "指南"
"""What pages of `guide/` are; they are written by hand and do not say so."""


class _Page(NamedTuple):
    """A page, but for its text."""

    key: str
    name: str
    url: str
    title: str
    kind: str
    unit: str
    length: int


def build_index(site: Path, synonyms: Synonyms = (), ledger: Ledger | None = None) -> list[Path]:
    """Write the search files of the built folder `site` and return their paths."""
    pages = _read_all(site, ledger or Ledger(site))
    folder = site / "search"
    folder.mkdir(exist_ok=True)
    return [
        *(_write(folder / name, text) for name, text in _scripts(site, pages, synonyms)),
        *_write_stubs(folder),
    ]


def _read_all(site: Path, ledger: Ledger) -> list[_Page]:
    """Read all pages; one that was read before is taken as it was read then."""
    keys = {name: digest(_code(), name, ledger.key(name)) for name in html_names(site)}
    read = kept_all("texts", keys, partial(_as_lines, site), DEAR)
    heads = (json.loads(made.partition(b"\n")[0]) for made in read)
    return [_Page(key, name, *head) for (name, key), head in zip(keys.items(), heads, strict=True) if head]


def _as_lines(site: Path, name: str) -> bytes:
    """Write a page down, to be kept: what it is, and in a line of its own its anchors and its text."""
    page = read_page(site, site / name)
    if page is None:
        return b"null\n"
    text = page_lines(page)
    head = [page.url, page.title, _kind(page), page.unit, len(text)]
    body = [" ".join(section.anchor for section in page.sections), text]
    return f"{json.dumps(head)}\n{json.dumps(body, ensure_ascii=False)}".encode()


def html_names(site: Path) -> list[str]:
    """Name the pages that can be found, in order."""
    return sorted(name for name in places(site) if name.endswith(".html") and name != "404.html")


def page_lines(page: PageText) -> str:
    """Give a page's text: title, text and asides of the page, then heading, text and asides of each section.

    Why one string, a line each: the browser folds and scans it in one go, and a place in it tells the section.
    """
    lines = [page.title, page.text, page.aside]
    for section in page.sections:
        lines += [section.heading, section.text, section.aside]
    return "\n".join(lines)


def _scripts(site: Path, pages: Sequence[_Page], synonyms: Synonyms) -> Iterator[tuple[str, str]]:
    groups = _grouped(pages)
    keys = {str(at): digest(_code(), *(page.key for page in group)) for at, group in enumerate(groups)}
    made = kept_all("groups", keys, lambda at: _as_group(site, groups[int(at)]), DEAR)
    units, bodies = zip(*(one.decode().split("\n", 1) for one in made), strict=True)
    plainer, sounds = _tables("".join(sorted(set().union(*map(json.loads, units)))))
    head = _part("index", _script_json(_head(groups, plainer, synonyms)))
    if len(groups) == 1:
        yield "index.js", head + _part("text0", bodies[0])
    else:
        yield "index.js", head
        yield "filter.js", _part("filter", _script_json(_filter(_pairs_of(bodies, keys, plainer))))
        yield from ((f"text{at}.js", _part(f"text{at}", body)) for at, body in enumerate(bodies))
    yield "sounds.js", _part("sounds", _script_json(sounds))


def _code() -> str:
    return code_of("page_text", "search_index", "sounds")


def _as_group(site: Path, pages: Sequence[_Page]) -> bytes:
    """Write a group down: the characters that occur, and in a line of its own its script.

    Why kept: after an edit all groups but one are as they were, and to read them and look for their pairs takes long.
    """
    lines = (kept("texts", page.key, partial(_as_lines, site, page.name)) for page in pages)
    bodies = [json.loads(made.partition(b"\n")[2]) for made in lines]
    units = _units(text for _, text in bodies) - set(range(0xD800, 0xE000))
    return f"{json.dumps(''.join(map(chr, sorted(units))))}\n{_script_json(bodies)}".encode()


def _pairs_of(bodies: Sequence[str], keys: Mapping[str, str], plainer: dict[str, str]) -> Iterator[str]:
    """Give the pairs of characters in each group, in one string."""
    fold = digest(*plainer, *plainer.values())
    table = cache(lambda: _fold_table(plainer))
    ours = {at: digest(key, fold) for at, key in keys.items()}

    def make(at: str) -> bytes:
        return "".join(sorted(_pairs((text for _, text in json.loads(bodies[int(at)])), table()))).encode()

    return (made.decode() for made in kept_all("pairs", ours, make, DEAR))


def _tables(characters: str) -> Sequence[dict[str, str]]:
    """Give the simpler form of each character, and the characters of each syllable."""

    def make() -> bytes:
        return json.dumps([simpler(characters), syllables({*everyday(), *characters})]).encode()

    tables: list[dict[str, str]] = json.loads(kept("sounds", digest(code_of("sounds"), characters), make))
    return tables


def _head(groups: Sequence[Sequence[_Page]], plainer: dict[str, str], synonyms: Synonyms) -> dict[str, object]:
    pages = [page for group in groups for page in group]
    return {
        "version": VERSION,
        "alike": ALIKE,
        "simpler": "".join(char + plain for char, plain in sorted(plainer.items())),
        "synonyms": [[list(said), list(means)] for said, means in synonyms],
        "units": {unit: page.title for page in pages if (unit := _unit_of(page))},
        "pages": [[page.url, page.title, page.kind, page.unit] for page in pages],
        "groups": [len(group) for group in groups],
    }


def _kind(page: PageText) -> str:
    """Give what a page is; one that is nothing only leads to others."""
    return page.kind or (_GUIDE if page.url.startswith("guide/") else "")


def _unit_of(page: _Page) -> str:
    """Tell which kind of unit a page introduces."""
    folder, *rest = page.url.split("/")
    return rest[0] if folder == "units" and len(rest) > 1 else ""


def _grouped(pages: Sequence[_Page]) -> list[Sequence[_Page]]:
    """Part the pages: all in one group as long as one file can hold them."""
    if sum(page.length for page in pages) <= ONE_FILE:
        return [pages]
    ends = accumulate((page.length for page in pages), initial=0)
    rows = groupby(zip(pages, ends, strict=False), key=lambda row: row[1] // GROUP)
    return [[page for page, _ in row] for _, row in rows]


def _filter(groups: Iterable[str]) -> list[list[object]]:
    """Give each set of groups with the pairs of characters that occur in those groups.

    Why pairs in more than half of the groups count as everywhere: naming the groups would help little and weigh much.
    """
    where: dict[str, list[int]] = defaultdict(list)
    count = 0
    for pairs in groups:
        for pair in map(add, pairs[::2], pairs[1::2]):
            where[pair].append(count)
        count += 1
    sets: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for pair, numbers in where.items():
        sets[() if 2 * len(numbers) > count else tuple(numbers)].append(pair)
    return [[list(numbers), "".join(sorted(pairs))] for numbers, pairs in sorted(sets.items())]


def _units(texts: Iterable[str]) -> set[int]:
    """Give the UTF-16 units that occur. Why as numbers: a set of characters takes five times as long."""
    return {unit for text in texts for unit in set(array("H", text.encode(_UTF16, "surrogatepass")))}


def _pairs(texts: Iterable[str], table: dict[int, str]) -> set[str]:
    """Give the pairs of neighbours in texts, folded.

    Why lines: many stand in many pages, and count once. Why as numbers: it takes half the time, and there are millions.
    """
    lines = {line for text in texts for line in text.split("\n")}
    units = "\n".join(lines).encode(_UTF16, "surrogatepass")
    even, odd = units[: len(units) & ~3], units[2 : 2 + (len(units) - 2 & ~3)]
    codes = {*array("I", even), *array("I", odd)}
    low, high = (0, 16) if sys.byteorder == "little" else (16, 0)
    pairs = ((chr(code >> low & 0xFFFF), chr(code >> high & 0xFFFF)) for code in codes)
    return {
        table.get(ord(one), one) + table.get(ord(other), other)
        for one, other in pairs
        if not _UNPAIRED.intersection((one, other))
    }


_UNPAIRED = frozenset({"\n", *map(chr, range(0xD800, 0xE000))})
"""Ends of lines, over which no word reaches, and halves of characters, which no file can hold."""

_UTF16 = f"utf-16-{sys.byteorder[0]}e"

_BLANKS = frozenset("\t\v\f\r\x20\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff").union(map(chr, range(0x2000, 0x200B)))
"""What browsers take for blanks, but for the end of a line."""


def _fold_table(plainer: dict[str, str]) -> dict[int, str]:
    """Do as `makeFoldTable` of search/folding.js does; a test compares them."""
    table = {}
    for code in (*range(0xD800), *range(0xE000, 0x10000)):
        char = chr(code)
        folded = " " if char in _BLANKS else _folded(char)
        if folded != char:
            table[code] = folded
    table |= {ord(char): plain for char, plain in plainer.items()}
    return table | {ord(mark): marks[0] for marks in ALIKE for mark in marks}


def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    lower = (plain if _is_unit(plain) else char).lower()
    return lower if _is_unit(lower) else char


def _is_unit(text: str) -> bool:
    """Tell whether JavaScript counts a text as one unit, so that places stay those of the shown text."""
    return len(text) == 1 and text <= "\uffff"


def _write_stubs(folder: Path) -> list[Path]:
    """Write what Material's own script asks for before it starts its search; nothing of it is used.

    Why the separator: Material's `search.highlight` cuts the words of `?h=` with it.
    """
    stub = _script_json({"config": {"lang": ["zh"], "separator": r"\s+", "pipeline": [], "fields": {}}, "docs": []})
    return [
        _write(folder / "search_index.json", f"{stub}\n"),
        _write(folder / "search_index.js", f"var __index={stub};\n"),
    ]


def _part(name: str, script: str) -> str:
    return f"(self.__siteSearch=self.__siteSearch||{{}}).{name}={script};\n"


def _script_json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8"))
    return path
