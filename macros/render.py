"""The one place where data becomes HTML.

Every value that a template prints has its lines joined by `_finalize` and is then escaped by Jinja: no value can become
markup, in a text, a heading or an attribute alike. Only `Markup` passes, and only this module makes it.

Why HTML and not Markdown: what is made here is finished. It never passes through Markdown (see `calls.py`), which
took half the time of a build and could take a value for markup of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Undefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup
from markupsafe import escape as escape_html

from macros import pages, urls, wording
from macros.exports import FORMATS
from macros.kept import code, digest, find, keep
from macros.marking import FirstUses
from macros.model import Blank, Book, Plan, Task, pieces

TEMPLATES = Path(__file__).parent / "templates"

_BREAKS = re.compile(r"\s+")
_UNUSUAL = re.compile(r"[^\S ]|  ")
"""What `_BREAKS` would change: most values have none of it, and need not be written anew."""

_LINES = re.compile(r"\s*\n\s*")
_BACKQUOTED = re.compile(r"`([^`]+)`")
_PLAIN_ADDRESS = re.compile(r"[0-9A-Za-z./#-]+")


def escape(value: str) -> Markup:
    """Write text so that it is text in HTML and in an attribute, on one line."""
    return escape_html(_on_one_line(value))


def _on_one_line(text: str) -> str:
    return _BREAKS.sub(" ", text) if _UNUSUAL.search(text) else text


def _finalize(value: Any) -> Any:  # noqa: ANN401
    """Give what Jinja is to print: markup as it is, text on one line, for Jinja to escape."""
    if isinstance(value, Markup | Undefined):
        return value
    if value is None:
        message = "a template prints None"
        raise ValueError(message)
    return _on_one_line(str(value))


class Compiled(BytecodeCache):
    """Keeps what templates are compiled to."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept; Jinja looks whether it is of this template."""
        found = find("templates", digest(code(), bucket.key))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        keep("templates", digest(code(), bucket.key), bucket.bytecode_to_string())


class Renderer:
    """Makes the parts and pages of one book."""

    def __init__(self, book: Book, by_hand: frozenset[str] = frozenset()) -> None:
        """Prepare the templates; `by_hand` names the plans whose page is not made by us.

        Why they are named: nothing can be known of the anchors on such a page.
        """
        self._book = book
        self._by_hand = by_hand
        self._labels = {field.label: field.id for field in book.fields.values()}
        self._blanks: dict[str, Markup] = {}
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=Compiled(),
        )
        self._environment.globals.update(urls=urls, wording=wording, part=self._part, heading=_heading)
        self._environment.globals.update(task_url=self._task_url, place_url=self._place_url)
        self._environment.filters.update(
            rich=self.rich, paper=self._paper, link=_link, code=_code, percent="{}%".format
        )

    def of(self, book: Book) -> Renderer:
        """Give one for another book with the same vocabularies. Why: templates need not be read again."""
        other = copy(self)
        other._book = book  # noqa: SLF001 - of the same class
        return other

    def macros(self) -> dict[str, Callable[..., Markup]]:
        """Give the macros that pages may call; each takes the page's own address first."""
        return {name: self._macro(name, context) for name, context in pages.PAGES.items()}

    def _macro(self, name: str, context: Callable[..., dict[str, Any]]) -> Callable[..., Markup]:
        def macro(here: str, *arguments: str) -> Markup:
            values = {"terms": (), **context(self._book, *arguments), "book": self._book, "formats": FORMATS}
            values["first_uses"] = FirstUses(values["terms"])
            html = self._environment.get_template(f"pages/{name}.html.j2").render(here=here, **values)
            return Markup(tight(html))  # noqa: S704

        return macro

    def _task_url(self, plan: Plan, task: Task) -> str:
        return self._place_url(plan, f"task-{task.id}")

    def _place_url(self, plan: Plan, anchor: str, **filters: str) -> str:
        """Give the address of a place on a plan's page, with its checklist filtered if need be."""
        page = urls.plan_url(plan.id)
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        return page if plan.id in self._by_hand else f"{page}{'?' + query if query else ''}#{anchor}"

    def rich(self, text: str) -> Markup:
        """Write a text with its blanks as elements that can be filled in."""
        return escape(text) if "【" not in text else self._with_blanks(text, escape)

    @pass_context
    def _paper(self, context: Context, text: str) -> Markup:
        """Write a text of the paper as `rich` does; where a term of the plan is used first it leads to the glossary."""
        return self._with_blanks(text, partial(_marked, context))

    def _with_blanks(self, text: str, write: Callable[[str], Markup]) -> Markup:
        """Write a text with its blanks, and what is between them by `write`."""
        parts = (self._blank(piece.label) if isinstance(piece, Blank) else write(piece.text) for piece in pieces(text))
        return Markup("".join(parts))  # noqa: S704

    def _blank(self, label: str) -> Markup:
        if label not in self._blanks:
            html = Markup('<span class="blank" data-field="{}">【{}】</span>')
            self._blanks[label] = html.format(self._labels[label], escape(label))
        return self._blanks[label]

    @pass_context
    def _part(self, context: Context, name: str, **values: Any) -> Markup:  # noqa: ANN401
        """Render a part with the values of what it stands in, and its own.

        Why not `render`: it would write down once more what all templates know, which is in the context already.
        """
        template = self._environment.get_template(f"parts/{name}.html.j2")
        inside = template.new_context({**context.get_all(), **values}, shared=True)
        return Markup("".join(template.root_render_func(inside)))  # noqa: S704


def _heading(level: int, anchor: str, *text: str, searched: bool = True) -> Markup:
    """Write a heading as Markdown's does in pages written by hand; the contents list is made of these.

    Where what stands below is no text to be found, the heading is not `searched` either.
    """
    inside, name = "".join(escape_html(_finalize(part)) for part in text), escape(anchor)
    quiet = "" if searched else ' data-search="off"'
    link = f'<a class="headerlink" href="#{name}" title="本节的链接">&para;</a>'
    return Markup(f'<h{level} id="{name}"{quiet}>{inside}{link}</h{level}>')  # noqa: S704


def tight(html: str) -> str:
    """Take out the line breaks of templates: beside a tag they say nothing, elsewhere they are a blank."""
    first, *others = _LINES.split(html.strip())
    pieces = [first]
    for line in others:
        pieces += (line,) if pieces[-1].endswith(">") or line.startswith("<") else (" ", line)
    return "".join(pieces)


def _marked(context: Context, words: str) -> Markup:
    pieces_ = (
        f'<a class="term-link" href="{_link(context, urls.glossary_url(term))}">{escape(text)}</a>'
        if term
        else escape(text)
        for text, term in context["first_uses"].cut(words)
    )
    return Markup("".join(pieces_))  # noqa: S704


@pass_context
def _link(context: Context, target: str) -> Markup:
    """Write an address of the site as seen from the page under way."""
    return _address(target, context["here"])


@lru_cache(maxsize=1000)
def _address(target: str, here: str) -> Markup:
    address = urls.relative(target, here)
    return Markup(address) if _PLAIN_ADDRESS.fullmatch(address) else escape(address)  # noqa: S704


def _code(text: str) -> Markup:
    """Write what stands between backquotes as code: the docstrings of the model use them."""
    parts = _BACKQUOTED.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(escape(part)) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )
