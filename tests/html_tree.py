"""Read a built page into a tree that tests can ask questions of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass
class Element:
    """One element: its tag, its attributes, what stands in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def all(self, wanted: str = "", **attributes: str) -> Iterator[Element]:
        """Give the elements below, by tag and by attributes; `class_` asks for one class of several."""
        for item in self.inside:
            if isinstance(item, Element):
                if item._is(wanted, attributes):
                    yield item
                yield from item.all(wanted, **attributes)

    def one(self, wanted: str = "", **attributes: str) -> Element:
        """Give the only such element below."""
        found = list(self.all(wanted, **attributes))
        assert len(found) == 1, f"{len(found)} × <{wanted} {attributes}>"
        return found[0]

    def text(self, skip: Callable[[Element], bool] = lambda _: False) -> str:
        """Give the text inside, blanks joined; leave out the elements to skip."""
        return " ".join("".join(self._texts(skip)).split())

    def _texts(self, skip: Callable[[Element], bool]) -> Iterator[str]:
        for item in self.inside:
            if isinstance(item, str):
                yield item
            elif not skip(item):
                yield from item._texts(skip)

    def has_class(self, name: str) -> bool:
        """Tell whether the element is of a class."""
        return name in self.attributes.get("class", "").split()

    def _is(self, wanted: str, attributes: dict[str, str]) -> bool:
        return wanted in {"", self.tag} and all(self._carries(*item) for item in attributes.items())

    def _carries(self, name: str, value: str) -> bool:
        if name == "class_":
            return self.has_class(value)
        return self.attributes.get(name.replace("_", "-")) == value


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(html: str) -> Element:
    """Read a page; entities are decoded."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]
