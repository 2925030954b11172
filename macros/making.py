"""The pages and files of plans, made at once in all cores and kept: what has not changed is not made again.

A page depends on our code, the vocabularies, its plan and the plans it offers as related; a file on the same without
those. Nothing else of the book may be asked for while they are made, and so they are made of a book that holds
nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from macros.exports import FORMATS
from macros.kept import code, digest, find, keep, place
from macros.model import Book, Plan
from macros.office import FILES, unfilled
from macros.office.data_scripts import parts_script, plan_script
from macros.pages import Likeness
from macros.parallel import spread
from macros.render import Renderer
from macros.urls import plan_content_url, plan_file_url, plan_parts_url, plan_url


@dataclass(frozen=True)
class Making:
    """Makes what there is of each plan; `by_hand` names the plans whose page is not made by us."""

    book: Book
    renderer: Renderer
    by_hand: frozenset[str] = frozenset()

    def pages(self) -> None:
        """See to it that the page of every plan is kept."""
        self._make("pages", {plan: self.page_key(plan) for plan in self.book.plans}, self._page)

    def page(self, plan: str) -> str:
        """Give the page of a plan."""
        found = find("pages", self.page_key(plan))
        return (found if found is not None else self._page(plan)).decode()

    def page_key(self, plan: str) -> str:
        """Give the hash of all that the page of a plan is made of."""
        near = (self._plans[other.id] for other in self._near[plan])
        return digest("page", self._others, self._plans[plan], *near)

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

    def _make(self, kind: str, keys: Mapping[str, str], make: Callable[[str], bytes]) -> None:
        """Make what is not kept."""
        missing = [plan for plan, key in keys.items() if not place(kind, key).exists()]
        for plan, made in zip(missing, spread(partial(_each, make), missing), strict=True):
            keep(kind, keys[plan], made)

    def _page(self, plan: str) -> bytes:
        own = self.book.plans[plan]
        book = self._of([own, *self._near[plan]])
        return str(self.renderer.of(book).macros()["plan_page"](plan_url(plan), plan)).encode()

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
        "parts": (plan_parts_url, parts_script),
        **{
            f"unfilled {file.key}": (partial(plan_file_url, file=file.key, kind=file.kind), partial(unfilled, file))
            for file in FILES.values()
            if file.unfilled
        },
    }


def _each(make: Callable[[str], bytes], plans: Sequence[str]) -> list[bytes]:
    return [make(plan) for plan in plans]
