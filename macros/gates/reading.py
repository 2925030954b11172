"""What a page leads to, loads and runs, read by itself with the parser of the standard library."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from macros.gates.markup import Placed
from macros.policy import inline_scripts

_LOADS = {"src", "data", "poster", "action", "formaction", "background", "srcset"}
"""Attributes through which a page may call another host; `href` counts on _CALLING only."""

_CALLING = {"link", "use", "image", "base"}
_RUNNING = ("javascript:", "vbscript:", "data:text/", "data:application/")
_IGNORED = re.compile(r"[\x00-\x20]")
"""What browsers leave out of a scheme: `java\\nscript:` runs."""

_DATA = {"application/json"}
"""Types of scripts that are only read; every other inline script could run."""

_NO_STYLE = "网页里不能写样式，请写进 site.css（表格的分隔行里也不要写冒号）"


@dataclass
class Page:
    """What is read of a page by itself: what it is called and has, where it leads, and what is wrong with it."""

    anchors: set[str] = field(default_factory=set)
    links: list[Placed] = field(default_factory=list)
    faults: list[Placed] = field(default_factory=list)
    title: str = ""
    policy: str = ""


def read(html: str, policy: str = "") -> Page:
    """Read a page, or a part of one that has the policy before it."""
    reader = _Reader(policy)
    reader.feed(html)
    reader.close()
    return reader.page


def leads_nowhere(page: Page, link: str) -> bool:
    """Tell whether a link leads to a place within its page that is not there."""
    return is_within(link) and not has(page.anchors, unquote(link[1:]))


def is_within(link: str) -> bool:
    """Tell whether a link leads to a place within its page."""
    return link.startswith("#") and len(link) > 1


def has(anchors: Collection[str], anchor: str) -> bool:
    """Tell whether a page has an anchor; each has a top."""
    return anchor in anchors or anchor == "__top"


class _Reader(HTMLParser):
    def __init__(self, policy: str) -> None:
        super().__init__()
        self.page = Page(policy=policy)
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
