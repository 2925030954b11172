"""The theme's page around a plan, made once and filled with one plan after the other.

Why: it is the same for all plans, and the theme takes longer to make it than all else takes for a plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final, NamedTuple

from jinja2 import Environment

from macros.kept import digest
from macros.render import tight


class Marks(NamedTuple):
    """What stands on the page of marks where the pages of plans differ."""

    title: str = "[made-title]"
    content: str = "<h1>[made-content]</h1>"  # Without <h1> the theme would add its own.
    address: str = "[made-address]"
    contents: str = "[made-contents]"


MARKS: Final = Marks()
_LINK = '<a class="headerlink"></a>'
SAMPLE: Final = f'<h1 id="plan">a{_LINK}</h1><h2 id="b">b{_LINK}</h2>'
"""Headings of the page of marks, the first with the anchor that it has on every plan's page: the theme leads to it."""


class Frame:
    """Fills the page that `main.html` makes of MARKS."""

    def __init__(
        self,
        environment: Environment,
        values: Mapping[str, Any],
        contents: Callable[[str], Any],
        mended: Callable[[str], str],
    ) -> None:
        """Have the theme make the page of marks, with its values, and cut it at the marks.

        `contents` makes of a page's HTML the contents list that the theme's templates read; `mended` puts right what
        the theme wrote.
        """
        self._values = dict(values)
        self._read_contents = contents
        self._mended = mended
        self._list = environment.get_template("partials/toc.html")
        self._values["lang"] = environment.get_template("partials/language.html").make_module(self._values)
        sample = self._contents(SAMPLE)
        html = tight(environment.get_template("main.html").render(values))
        self._pieces = re.split(f"({'|'.join(map(re.escape, MARKS))})", html.replace(sample, MARKS.contents))
        self.key = digest(*self._pieces, sample)
        """The hash of all that it adds to a plan's content."""

    def filled(self, title: str, address: str, content: str) -> str:
        """Give the whole page of a plan."""
        own = {MARKS.title: escape(title), MARKS.address: escape(address), MARKS.content: content}
        own[MARKS.contents] = self._contents(content)
        return self._mended("".join([own.get(piece, piece) for piece in self._pieces]))

    def _contents(self, html: str) -> str:
        """Have the theme make a contents list."""
        return tight(self._list.render({**self._values, "page": _Page(self._read_contents(html))}))


class _Page(NamedTuple):
    """A page as the template of the contents list knows it."""

    toc: Any
