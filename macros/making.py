"""The pages and files made of data, made at once in all cores and kept: what has not changed is not made again.

The page of a plan depends on our code, the vocabularies, its plan and the plans it offers as related; a file on the
same without those; the page of a kind of unit on its plans. Nothing else of the book may be asked for while they are
made, and so they are made of a book that holds nothing else. The page of a theme shows some plans, and of the others
what they are called and how many tasks they have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple, TypeVar

from macros.checklist import on_its_page, themes_of
from macros.exports import FORMATS
from macros.kept import code, digest, find, keep, place
from macros.model import Book, Plan, Theme
from macros.office import FILES, unfilled
from macros.office.data_scripts import plan_script
from macros.pages import Likeness
from macros.parallel import spread
from macros.render import Renderer
from macros.urls import plan_content_url, plan_file_url, plan_url, theme_url, unit_url

A = TypeVar("A")


class Page(NamedTuple):
    """A page made of data: of a `plan`, a kind of `unit` or a `theme`."""

    kind: str
    name: str


@dataclass(frozen=True)
class Making:
    """Makes what there is of plans, kinds of unit and themes; `by_hand` names plans whose page is not made by us."""

    book: Book
    renderer: Renderer
    by_hand: frozenset[str] = frozenset()

    def pages(self) -> None:
        """See to it that every page is kept. Why those of themes first: they take longest."""
        pages = [
            *(Page("theme", theme.id) for theme in self.themes),
            *(Page("unit", unit) for unit in self.book.units),
            *(Page("plan", plan) for plan in self.book.plans),
        ]
        self._make("pages", {page: self.page_key(*page) for page in pages}, self._page)

    def page(self, kind: str, name: str) -> str:
        """Give the page of a plan, a kind of unit or a theme."""
        page = Page(kind, name)
        found = find("pages", self.page_key(*page))
        return (found if found is not None else self._page(page)).decode()

    def page_key(self, kind: str, name: str) -> str:
        """Give the hash of all that a page is made of."""
        return digest(kind, name, self._others, *self._parts_of(kind, name))

    @cached_property
    def themes(self) -> Sequence[Theme]:
        """Give the themes that have a page."""
        return themes_of(self.book.plans.values(), self.book)

    def _parts_of(self, kind: str, name: str) -> Iterator[str]:
        if kind == "theme":
            shown, others = self._on_theme[name]
            yield from (self._plans[plan.id] for plan in shown)
            yield repr([(plan.id, plan.title, self._tasks_on[name, plan.id]) for plan in others])
        elif kind == "unit":
            yield from (self._plans[plan.id] for plan in self.book.of_unit(name))
        else:
            yield from (self._plans[plan] for plan in (name, *(other.id for other in self._near[name])))

    def files(self) -> Mapping[str, tuple[str, Callable[[], bytes]]]:
        """Give of every file of every plan its address, the key it is kept under, and what makes it."""
        made: dict[str, tuple[str, Callable[[], bytes]]] = {}
        for name, (url, write) in _kinds().items():
            keys = {plan: digest("file", name, self._others, self._plans[plan]) for plan in self.book.plans}
            make = partial(self._file, write)
            self._make("files", keys, make)
            made |= {url(plan): (keys[plan], partial(make, plan)) for plan in self.book.plans}
        return made

    @cached_property
    def _others(self) -> str:
        """Give the hash of our code and of everything in the book but the plans."""
        shelves = replace(self.book, plans={})
        return digest(code(), repr(sorted(self.by_hand)), repr(shelves))

    @cached_property
    def _plans(self) -> Mapping[str, str]:
        return {plan.id: digest(plan.model_dump_json(exclude_unset=True)) for plan in self.book.plans.values()}

    @cached_property
    def _near(self) -> Mapping[str, Sequence[Plan]]:
        """Give the plans that the page of each offers as related."""
        likeness = Likeness(self.book)
        return {plan.id: likeness.nearest(plan) for plan in self.book.plans.values()}

    @cached_property
    def _tasks_on(self) -> Mapping[tuple[str, str], int]:
        """Count the tasks of every plan on every theme."""
        return Counter(
            (theme, plan.id) for plan in self.book.plans.values() for task in plan.tasks for theme in set(task.themes)
        )

    @cached_property
    def _on_theme(self) -> Mapping[str, tuple[Sequence[Plan], Sequence[Plan]]]:
        """Give the plans whose tasks stand on the page of each theme, and those it leads to."""
        return {theme.id: on_its_page(theme, self.book) for theme in self.themes}

    def _make(self, kind: str, keys: Mapping[A, str], make: Callable[[A], bytes]) -> None:
        """Make what is not kept. Why each keeps what it made: it need not be handed over."""
        missing = [name for name, key in keys.items() if not place(kind, key).exists()]
        for _ in spread(partial(_each, kind, keys, make), missing):
            pass

    def _page(self, page: Page) -> bytes:
        macro = self.renderer.of(self._book_of(page)).macros()[f"{page.kind}_page"]
        return str(macro(_URLS[page.kind](page.name), page.name)).encode()

    def _book_of(self, page: Page) -> Book:
        """Give a book of the plans that a page is made of."""
        if page.kind == "theme":
            return self.book
        if page.kind == "unit":
            return self._of(self.book.of_unit(page.name))
        return self._of([self.book.plans[page.name], *self._near[page.name]])

    def _file(self, write: Write, plan: str) -> bytes:
        own = self.book.plans[plan]
        return write(own, self._of([own]))

    def _of(self, plans: Iterable[Plan]) -> Book:
        return replace(self.book, plans={plan.id: plan for plan in plans})


Write = Callable[[Plan, Book], bytes]


def _kinds() -> Mapping[str, tuple[Callable[[str], str], Write]]:
    """Give every kind of file that a plan has: what its address is, and what writes it."""
    return {
        **{format_.key: (format_.url, format_.make) for format_ in FORMATS},
        "content": (plan_content_url, plan_script),
        **{
            f"unfilled {file.key}": (partial(plan_file_url, file=file.key, kind=file.kind), partial(unfilled, file))
            for file in FILES.values()
            if file.unfilled
        },
    }


_URLS: Mapping[str, Callable[[str], str]] = {"plan": plan_url, "unit": unit_url, "theme": theme_url}


def _each(kind: str, keys: Mapping[A, str], make: Callable[[A], bytes], names: Sequence[A]) -> Sequence[A]:
    for name in names:
        keep(kind, keys[name], make(name))
    return names
