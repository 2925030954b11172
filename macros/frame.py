"""The theme's page around a plan, made once and filled with one plan after the other.

Why: it is the same for all plans, and the theme takes longer to make it than all else takes for a plan.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import ClassVar

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from macros.render import tight


class Frame:
    """Fills the page that `main.html` makes; what the theme writes of a page is known by what `_MARKS` names."""

    _MARKS: ClassVar[Mapping[str, str]] = {
        "title": "[made-title]",
        "content": "<h1>[made-content]</h1>",  # Without <h1> the theme would add its own.
        "canonical_url": "[made-canonical_url]",
        "edit_url": "[made-edit_url]",
    }
    _TOC: ClassVar[str] = "[made-toc]"

    def __init__(self, environment: Environment) -> None:
        """Take the theme's templates."""
        self._environment = environment
        self._pieces: list[str] = []

    @pass_context
    def filled(self, context: Context) -> str:
        """Give the whole page of a plan."""
        self._pieces = self._pieces or self._cut(context)
        page = context["page"]
        own = {mark: escape(str(getattr(page, name))) for name, mark in self._MARKS.items() if name != "content"}
        own |= {self._MARKS["content"]: page.content, self._TOC: self._toc(context)}
        return "".join([own.get(piece, piece) for piece in self._pieces])

    def _cut(self, context: Context) -> list[str]:
        """Have the theme make a page of marks, and cut it at them."""
        page = context["page"]
        own = {name: value for name in self._MARKS if (value := getattr(page, name)) is not None}
        for name in own:
            setattr(page, name, self._MARKS[name])
        html = tight(self._environment.get_template("main.html").render(context.get_all()))
        for name, value in own.items():
            setattr(page, name, value)
        marks = "|".join(map(re.escape, (*self._MARKS.values(), self._TOC)))
        return re.split(f"({marks})", html.replace(self._toc(context), self._TOC))

    def _toc(self, context: Context) -> str:
        """Have the theme make a page's contents list."""
        values = context.get_all()
        language = self._environment.get_template("partials/language.html").make_module(values)
        return tight(self._environment.get_template("partials/toc.html").render({**values, "lang": language}))
