"""Nothing in the data can run: hostile text in every place of the data comes out as text, letter by letter.

A page of harmless marks shows what stands where; a page of hostile text must be that very page with
the words in the place of the marks: the same elements, the same names of attributes, no letter lost.

The long run: `CASES=100000 python -m pytest tests/test_injection.py`.
"""

from __future__ import annotations

import inspect
import json
import os
import random
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import DictLoader, FileSystemBytecodeCache
from markupsafe import Markup
from pydantic import ValidationError

import macros.model
from macros.model import Book, Model
from macros.model.walk import walk
from macros.pages import PAGES
from macros.render import Renderer, _heading, escape, tight
from macros.source import DataError, read
from tests.book_of_tests import DataFolder
from tests.hostile import MARKER, PAYLOADS, RUN, SEEN, UNSEEN, Marked, fill, marked, metas_of, place_of, places_of

ROOT = Path(__file__).parent.parent
CASES = int(os.environ.get("CASES", "4000"))
STEP = 1 if CASES >= 100_000 else 2
"""Every payload comes into every place in the long run, into every second one by default: each page takes its time."""

NOT_OF_THE_DATA = {"field_reference", "rules_reference", "api_reference"}
HERE = "plans/some/index.html"
"""Where all pages are taken to stand: their links are written as seen from here."""

Token = tuple[str, ...]


class _Tokens(HTMLParser):
    """Cuts a page into its tags, attributes and texts, decoded, with blanks joined."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("<", tag, *(f"{name}={' '.join(unpacked(value or '').split())}" for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((">", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("", " ".join(data.split())))

    def handle_comment(self, data: str) -> None:
        self.found.append(("<!--", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("<!", decl))

    def handle_pi(self, data: str) -> None:
        self.found.append(("<?", data))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("<![", data))


def unpacked(value: str) -> str:
    """Write JSON that stands in an attribute without its backslashes, so that marks in it can be compared."""
    try:
        return _plain(json.loads(value)) if value.startswith(("[{", '{"')) else value
    except ValueError:
        return value


def _plain(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(_plain, value)) + "]" if isinstance(value, list) else str(value)


def pages_of(book: Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every kind of page that shows data: its macro, and what this is called with."""
    keys = {"plan_id": book.plans, "unit_id": book.units, "theme_id": book.themes}
    for name, page in PAGES.items():
        if name not in NOT_OF_THE_DATA:
            needed = list(inspect.signature(page).parameters)[1:]
            yield from ((name, arguments) for arguments in product(*(list(keys[one])[:1] for one in needed)))


def tokens(html: str) -> list[Token]:
    reader = _Tokens()
    reader.feed(html)
    reader.close()
    return reader.found


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """Mark every place of the tiny book that takes text."""
    return marked(DataFolder.in_(tmp_path_factory.mktemp("book")).book())


class Site:
    """Renders whole books."""

    def __init__(self, folder: Path) -> None:
        """Keep compiled templates: only the data changes."""
        self._compiled = FileSystemBytecodeCache(str(folder))

    def pages(self, book: Book) -> list[list[Token]]:
        """Give the tokens of every page of a book."""
        renderer = Renderer(book)
        renderer._environment.bytecode_cache = self._compiled
        macros = renderer.macros()
        return [tokens(str(macros[name](HERE, *arguments))) for name, arguments in pages_of(book)]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Get ready to render books."""
    return Site(tmp_path_factory.mktemp("compiled"))


def expected(pages: list[list[Token]], words: list[str]) -> list[list[Token]]:
    """Put words in the place of the marks of pages."""
    return [[tuple(" ".join(fill(part, words).split()) for part in token) for token in page] for page in pages]


def squeezed(pages: list[list[Token]]) -> list[list[Token]]:
    return [[tuple(" ".join(part.split()) for part in token) for token in page] for page in pages]


def differences(found: list[list[Token]], wanted: list[list[Token]]) -> list[str]:
    """Say where pages differ, a few of each."""
    told = []
    for number, (page, other) in enumerate(zip(found, wanted, strict=True)):
        wrong = [f"{one} is not {two}" for one, two in zip(page, other, strict=False) if one != two]
        told += [f"page {number}: {line}" for line in wrong[:3]]
        told += [f"page {number}: {len(page)} tokens, not {len(other)}"] * (len(page) != len(other))
    return told


# The payloads and the places.


def test_there_are_enough_payloads_and_no_two_are_the_same() -> None:
    assert len(PAYLOADS) >= 150
    assert len(set(PAYLOADS)) == len(PAYLOADS)
    assert sum(RUN in payload for payload in PAYLOADS) >= 80


def test_the_tiny_book_has_a_text_in_every_place_of_the_model(clean: Marked) -> None:
    models = [
        value
        for value in vars(macros.model).values()
        if isinstance(value, type) and issubclass(value, Model) and value not in {Model, macros.model.Sourced}
    ]
    wanted = {(model.__name__, name) for model in models for name in places_of(model)}
    marked_places = {
        (type(item).__name__, name)
        for shelf in vars(clean.book).values()
        for entry in (shelf.values() if hasattr(shelf, "values") else shelf)
        for _, item in walk(entry).objects
        for name in places_of(type(item))
        if MARKER.search(str(getattr(item, name)))
    }
    # A part of the text with a heading is a Section at the top and a Subsection below.
    assert marked_places == wanted


def test_every_key_that_takes_any_text_is_known_as_a_place() -> None:
    """A key is a place, or its texts come from a list or follow a pattern."""
    for model in (value for value in vars(macros.model).values() if isinstance(value, type)):
        if issubclass(model, Model):
            for name, field in model.model_fields.items():
                if place_of(field) is None and holds_text(field.annotation):
                    assert any(getattr(meta, "pattern", None) for meta in metas_of(field)), (model, name)


def holds_text(annotation: Any) -> bool:  # noqa: ANN401
    return annotation is str or any(holds_text(inner) for inner in get_args(annotation))


def test_titles_refuse_what_the_theme_would_print_as_markup(clean: Marked) -> None:
    unit = clean.book.units["first-unit"]
    for sign in "<>{}":
        with pytest.raises(ValidationError, match="标题和名称里不能有"):
            type(unit)(**dict(unit) | {"name": f"甲{sign}乙"})


@pytest.mark.parametrize("payload", [*UNSEEN, "甲\x02乙", "甲\x00乙", "甲\x1b乙"])
def test_the_loader_lets_nothing_unseen_through(payload: str) -> None:
    with pytest.raises(DataError):
        read(quoted(payload), "x.yaml")


def test_the_loader_lets_the_other_payloads_through_as_they_are() -> None:
    for payload in SEEN:
        if "\n" not in payload:
            assert read(quoted(payload), "x.yaml").data == {"name": payload}


def quoted(payload: str) -> bytes:
    return ("name: '" + payload.replace("'", "''") + "'\n").encode()


# Every payload.


def test_every_payload_in_the_places_of_the_data_comes_out_as_text(clean: Marked, rendered: Site) -> None:
    harmless = rendered.pages(clean.book)
    shown = {int(at) for page in harmless for token in page for part in token for at in MARKER.findall(part)}
    assert len(shown) > 0.8 * len(clean.places)
    for turn in range(0, len(PAYLOADS), STEP):
        words = clean.words(PAYLOADS, turn)
        found = rendered.pages(clean.filled(words))
        if found != expected(harmless, words):
            assert squeezed(found) == expected(harmless, words), differences(found, expected(harmless, words))[:9]


def test_what_markdown_would_keep_for_itself_does_no_harm_either(clean: Marked, rendered: Site) -> None:
    """The loader refuses these; the pages must not depend on that."""
    harmless = [[token[:2] if token[0] else ("",) for token in page] for page in rendered.pages(clean.book)]
    for kept in ("\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03", "\x02amp\x03lt;b>", "\x020\x03", "甲\x00乙"):
        found = rendered.pages(clean.filled(clean.words((kept,), 0)))
        assert [[token[:2] if token[0] else ("",) for token in page] for page in found] == harmless, repr(kept)


def _hardly_escaped(text: str) -> Markup:
    return text if isinstance(text, Markup) else Markup(str(text).replace('"', "&#34;"))  # noqa: S704


def test_this_test_would_see_an_element_that_the_data_made(clean: Marked, rendered: Site) -> None:
    harmless = rendered.pages(clean.book)
    words = clean.words(("x",), 0)
    wanted = expected(harmless, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("macros.render.escape_html", _hardly_escaped)
        patch.setattr("jinja2.runtime.escape", _hardly_escaped)
        assert rendered.pages(clean.filled(words)) == wanted
        for payload in ("<b onclick=x>", "</p>", "x &lt; y"):
            hurt = clean.words((payload,), 0)
            assert rendered.pages(clean.filled(hurt)) != expected(harmless, hurt)


# At random.


CONTEXTS = (
    "@",
    str(_heading(3, "s-a", Markup("一、@"))),
    "<blockquote><em>@</em></blockquote>",
    '<img src="x.png" alt="@" title="@">',
    '<p class="paper-line" data-paper="line">@</p>',
    '<ul><li title="@" data-x="@">@<small>@</small></li></ul>',
    '<table><tr><th scope="row">@</th><td>@</td></tr></table>',
    '<a href="x.html" aria-label="@"><strong>@</strong>@</a>',
    '<svg role="img" aria-label="@"><text>@</text></svg>',
    "<label><input type='checkbox' value='@'><span>@</span></label>",
)
"""How a value can stand in a page; @ is the value."""

PARTS = (
    *"<>&\"'`=/\\!?#*_-+~^|:;.,()[]{}%$@ \t",
    *("<script>", "</script>", "<img src=x onerror=", "-->", "<!--", "]]>", "<![CDATA[", "{{", "}}", "{%", "%}", "{#"),
    *(
        "&lt;",
        "&#60;",
        "&#x3c;",
        "&amp;",
        "javascript:",
        "](",
        "[x]",
        "![",
        "{: ",
        " onclick=",
        "```",
        "~~~",
        "!!! ",
        "***",
    ),
    *("a", "Z", "1", "1.", "x", "中", "文", "\u3000", "\u00a0", "\u2028", "\u202e", "\u200b", "é", "\U0001f600"),
    *("wzxhzdk:", "klzzwxh:", "0000", "   ", "    ", "\n", "\n\n", "\r\n", "---", "===", "- ", "> ", "# ", "| "),
)


def cases(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    for _ in range(count):
        yield "".join(chance.choices(PARTS, k=chance.randint(1, 14)))


def document_of(values: list[str]) -> str:
    """Put one value into each context, escaped as templates do."""
    return tight(
        "\n\n".join(context.replace("@", str(escape(value))) for context, value in zip(CONTEXTS, values, strict=True))
    )


def test_random_text_in_every_context_comes_out_as_text() -> None:
    marks = [f"标{at:04}记" for at in range(len(CONTEXTS))]
    harmless = [tokens(document_of(marks))]
    assert all(any(mark in part for token in harmless[0] for part in token) for mark in marks)
    values = list(cases(CASES, seed=20261121))
    for at in range(0, len(values) - len(CONTEXTS) + 1, len(CONTEXTS)):
        words = [value.strip() or "x" for value in values[at : at + len(CONTEXTS)]]
        found = [tokens(document_of(words))]
        assert squeezed(found) == expected(harmless, words), words


def test_random_text_in_every_place_of_the_data_comes_out_as_text(clean: Marked, rendered: Site) -> None:
    harmless = rendered.pages(clean.book)
    # Why no numbers: as the example of a month one would move the line of the year.
    values = tuple(value for value in cases(CASES, seed=4) if value.strip() and not value.strip().isdecimal())
    for turn in range(max(1, CASES // 1000)):
        words = clean.words(values[turn * len(clean.places) :] or values, 0)
        assert squeezed(rendered.pages(clean.filled(words))) == expected(harmless, words)


# Small print.


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("中文，。", "中文，。"),
        ("a-b 2026-11-21", "a-b 2026-11-21"),
        ("<b>", "&lt;b&gt;"),
        ("\"'&", "&#34;&#39;&amp;"),
        ("*x* [y](z)", "*x* [y](z)"),
        ("a\n\nb", "a b"),
        ("a\u2028b\u0085c", "a b c"),
    ],
)
def test_signs_of_markup_are_written_as_entities_and_lines_are_joined(value: str, written: str) -> None:
    assert str(escape(value)) == written


def test_a_template_cannot_print_what_is_missing(clean: Marked) -> None:
    renderer = Renderer(clean.book)
    for template in ("{{ nothing }}", "{{ book.nothing }}", "{{ book.plans['beta-window'].caution }}"):
        renderer._environment.loader = DictLoader({"pages/unit_cards.html.j2": template})
        with pytest.raises(Exception, match=r"undefined|prints None|no attribute"):
            renderer.macros()["unit_cards"]("index.html")


@pytest.mark.parametrize("value", [1, 1.5, ["<b>"], {"<b>": 1}, b"<b>"])
def test_whatever_a_template_prints_is_escaped(clean: Marked, value: Any) -> None:  # noqa: ANN401
    renderer = Renderer(clean.book)
    printed = renderer._environment.from_string("{{ value }}").render(value=value)
    assert "<" not in printed
    assert tokens(printed) == [("", str(value))]
