"""Write the text that the search box searches, read from the finished pages.

Why: what a reader can see is in the finished HTML and nowhere else; macros, templates and data have all been
through it. `docs/assets/javascripts/search.js` reads what is written here.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

VERSION = 1  # of the index's shape; search.js refuses any other


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_HEADINGS = _tags("h1 h2 h3 h4")
_VOID = _tags("area base br col embed hr img input link meta param source track wbr")
_BREAKS = _HEADINGS | _tags(
    "address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h5 h6 "
    "header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
)
# Why rt and rp: a reading above 文明 must not part 文 from 明.
_UNSEEN = _tags("button datalist noscript option rp rt script select style svg template")

_BREAK = "\x1f"  # ends a block; no text has it
_INVISIBLE = re.compile("[\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_WIDE = "[\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
# Why: an editor who breaks a line inside a Chinese sentence did not mean a blank.
_SOFT_BREAK = re.compile(f"(?<={_WIDE})[ \\t\\r]*\\n[ \\t\\r\\n]*(?={_WIDE})")
_BLANKS = re.compile(r"\s+")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A heading, the anchor it has, and the text down to the next heading."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class PageText:
    """A page as a reader sees it; `text` is what stands before the first section."""

    url: str
    title: str
    text: str
    sections: tuple[Section, ...]
    kind: str = ""
    unit: str = ""


def build_index(site: Path) -> list[Path]:
    """Write the search files of the built folder `site` and return their paths."""
    pages = [page for path in _html_files(site) if (page := read_page(site, path))]
    folder = site / "search"
    folder.mkdir(exist_ok=True)
    return [
        _write(folder / "index.js", f"self.__searchIndex={_script_json(_index(pages))};\n"),
        *_write_stubs(folder),
    ]


def read_page(site: Path, path: Path) -> PageText | None:
    """Read one finished page; None when it has neither `<article>` nor `<main>` (a redirect, a download)."""
    whole = path.read_text("utf-8")
    part = _main_part(whole)
    if part is None:
        return None
    reader = _Reader()
    reader.feed(part)
    reader.close()
    first, *others = reader.sections
    return PageText(
        url=quote(path.relative_to(site).as_posix()),
        title=_tidy(first.heading) or _window_title(whole),
        text=_tidy(first.text),
        sections=tuple(Section(quote(part.anchor), _tidy(part.heading), _tidy(part.text)) for part in others),
        kind=reader.kind,
        unit=reader.unit,
    )


@dataclass
class _Draft:
    """A section while its pieces are being gathered."""

    anchor: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Element:
    """An element that is open at the place being read."""

    tag: str
    unseen: bool
    heading: bool


class _Reader(HTMLParser):
    """Gather what a reader sees, section by section; the first section is the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [_Draft()]
        self.kind = ""
        self.unit = ""
        self._open: list[_Element] = []
        self._pieces = self.sections[0].text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _BREAKS:
            self._pieces.append(_BREAK)
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        self.kind = self.kind or given.get("data-search-kind", "").strip()
        self.unit = self.unit or given.get("data-search-unit", "").strip()
        unseen = self._unseen() or _is_unseen(tag, given)
        heading = not unseen and tag in _HEADINGS and self._starts_heading(tag, given.get("id", ""))
        self._open.append(_Element(tag, unseen, heading))

    def handle_endtag(self, tag: str) -> None:
        """Close an element and what was left open in it."""
        if all(element.tag != tag for element in self._open):
            return
        while self._close() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take text that a reader sees."""
        if not self._unseen():
            self._pieces.append(data)

    def _unseen(self) -> bool:
        return bool(self._open) and self._open[-1].unseen

    def _close(self) -> str:
        element = self._open.pop()
        if element.heading:
            self._pieces = self.sections[-1].text
        if element.tag in _BREAKS:
            self._pieces.append(_BREAK)
        return element.tag

    def _starts_heading(self, tag: str, anchor: str) -> bool:
        """Turn to the heading's pieces, and tell whether it is one that search can lead to."""
        page = self.sections[0]
        if tag == "h1" and len(self.sections) == 1 and not page.heading:
            self._pieces = page.heading
            return True
        if anchor:
            self.sections.append(_Draft(anchor))
            self._pieces = self.sections[-1].heading
        return bool(anchor)


def _is_unseen(tag: str, given: dict[str, str]) -> bool:
    return (
        tag in _UNSEEN
        or "hidden" in given
        or given.get("data-search") == "off"
        or "headerlink" in given.get("class", "").split()
    )


def _html_files(site: Path) -> Iterator[Path]:
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return (site / name for name in sorted(found) if name != "404.html")


def _main_part(whole: str) -> str | None:
    """Cut out the content.

    Why: reading the navigation of every page as well would cost most of the time.
    """
    for tag in ("article", "main"):
        start, end = whole.find(f"<{tag}"), whole.rfind(f"</{tag}>")
        if 0 <= start < end:
            return whole[start:end]
    return None


def _window_title(whole: str) -> str:
    found = _TITLE.search(whole)
    return _tidy([html.unescape(found[1])]) if found else ""


def _tidy(pieces: list[str]) -> str:
    text = _INVISIBLE.sub("", "".join(pieces))
    return _BLANKS.sub(" ", _SOFT_BREAK.sub("", text)).strip()


def _index(pages: list[PageText]) -> dict[str, object]:
    return {"version": VERSION, "pages": [_entry(page) for page in pages]}


def _entry(page: PageText) -> dict[str, object]:
    """Give a page's entry: `text` has title, own text, then heading and text of each section, one a line.

    Why: the browser folds and scans one string a page, and a place in it tells the section.
    """
    lines = [page.title, page.text]
    for section in page.sections:
        lines += [section.heading, section.text]
    entry: dict[str, object] = {"url": page.url, "anchors": [section.anchor for section in page.sections]}
    entry |= {name: value for name, value in (("kind", page.kind), ("unit", page.unit)) if value}
    return entry | {"text": "\n".join(lines)}


def _write_stubs(folder: Path) -> list[Path]:
    """Write what Material's own script asks for before it starts its search; nothing of it is used.

    Why the separator: Material's `search.highlight` cuts the words of `?h=` with it.
    """
    stub = _script_json({"config": {"lang": ["zh"], "separator": r"\s+", "pipeline": [], "fields": {}}, "docs": []})
    return [
        _write(folder / "search_index.json", f"{stub}\n"),
        _write(folder / "search_index.js", f"var __index={stub};\n"),
    ]


def _script_json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8"))
    return path
