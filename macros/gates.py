"""What must hold of the finished folder, whatever made it.

Why the folder and not the build's own events: a page is judged as its reader gets it, and the
same gates serve any generator. Each fault names file and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_LOADS = {"src", "data", "poster", "action", "formaction", "background", "srcset"}
"""Attributes through which a page may call another host; `href` counts on `<link>` only."""

_NEEDED = ("index.html", "plans/index.html", "api/v1/index.json", "api/v1/plans.json", "search/index.js")
_CSS_URL = re.compile(r"url\(\s*['\"]?\s*(?:https?:)?//|@import\s+['\"](?:https?:)?//", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong with the finished folder."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Write file, line and message."""
        return f"{self.file}:{self.line}: {self.message}"


@dataclass
class _Page:
    anchors: set[str] = field(default_factory=set)
    links: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    title: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = _Page()
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, _ = self.getpos()
        self._in_title = tag == "title" or self._in_title
        for name, value in attrs:
            self._attribute(tag, name, value or "", line)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "svg"}:
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.page.title += data

    def _attribute(self, tag: str, name: str, value: str, line: int) -> None:
        page = self.page
        if name == "id":
            if value in page.anchors:
                page.faults.append((line, f"两个元素有同一个 id “{value}”"))
            page.anchors.add(value)
        elif name.startswith("on"):
            page.faults.append((line, f"<{tag}> 带有会运行的属性 {name}"))
        elif name in {"href", "src"} and not _foreign(value):
            page.links.append((line, value))
        if _foreign(value) and (name in _LOADS or (tag in {"link", "use", "image"} and name.endswith("href"))):
            page.faults.append((line, f"<{tag}> 会请求别的主机：{value}"))
        if name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith(("javascript:", "vbscript:")):
            page.faults.append((line, f"<{tag}> 的 {name} 会运行脚本"))


def _foreign(address: str) -> bool:
    return urlsplit(address.strip()).netloc != ""


def faults(site: Path) -> list[Fault]:
    """Give everything that is wrong with a finished folder, in reading order."""
    pages = {path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))}
    found = [
        *(Fault(name, 1, "缺少这个文件") for name in _NEEDED if not (site / name).is_file()),
        *(Fault(name, line, message) for name, page in pages.items() for line, message in page.faults),
        *(Fault(name, 1, "没有标题 <title>") for name, page in pages.items() if not page.title.strip()),
        *_broken_links(site, pages),
        *_calls_from_styles(site),
    ]
    return sorted(found)


def _read(path: Path) -> _Page:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.page


def _broken_links(site: Path, pages: Mapping[str, _Page]) -> Iterator[Fault]:
    for name, page in pages.items():
        for line, link in page.links if name != "404.html" else ():
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
            if not (site / target).exists():
                yield Fault(name, line, f"链接指向不存在的文件：{link}")
            elif parts.fragment and target in pages and not _has(pages[target], unquote(parts.fragment)):
                yield Fault(name, line, f"链接指向不存在的位置：{link}")


def _has(page: _Page, anchor: str) -> bool:
    return anchor in page.anchors or anchor == "__top"


def _calls_from_styles(site: Path) -> Iterator[Fault]:
    for path in sorted(site.rglob("*.css")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if _CSS_URL.search(line):
                yield Fault(path.relative_to(site).as_posix(), number, "样式会请求别的主机")
