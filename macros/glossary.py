"""The glossary: every term with where it stands and which plans use it, and the awards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.model import Award, Book, Citation, Plan, Term

KINDS: Mapping[str, str] = {
    "成组事项": "lists",
    "口号": "slogans",
    "精神": "spirits",
    "活动": "activities",
    "术语": "terms",
}
"""The kinds of term in the order readers see them, each with what stands for it in addresses."""

AWARDS = ("奖项", "awards")


@dataclass(frozen=True)
class Entry:
    """A term, every place in the sources where it stands, the plans that use it, the terms below it."""

    term: Term
    places: tuple[Citation, ...]
    plans: tuple[Plan, ...]
    below: tuple[Term, ...]


@dataclass(frozen=True)
class Shelf:
    """The terms of one kind."""

    id: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def count(self) -> int:
        """Give the number of its terms."""
        return len(self.entries)


@dataclass(frozen=True)
class AwardEntry:
    """An award and the plans that offer it."""

    award: Award
    plans: tuple[Plan, ...]


def shelves(book: Book) -> tuple[Shelf, ...]:
    """Give the terms by kind, without kinds that have none."""
    found = (Shelf(id_, kind, _of_kind(kind, book)) for kind, id_ in KINDS.items())
    return tuple(shelf for shelf in found if shelf.entries)


def awards(book: Book) -> tuple[AwardEntry, ...]:
    """Give every award."""
    return tuple(
        AwardEntry(award, tuple(plan for plan in book.plans.values() if award.id in plan.awards))
        for award in book.awards.values()
    )


def _of_kind(kind: str, book: Book) -> tuple[Entry, ...]:
    return tuple(_entry(term, book) for term in book.glossary.values() if term.kind == kind)


def _entry(term: Term, book: Book) -> Entry:
    return Entry(
        term=term,
        places=(*((term.source,) if term.source else ()), *term.also),
        plans=tuple(plan for plan in book.plans.values() if term.id in plan.terms),
        below=tuple(other for other in book.glossary.values() if other.parent == term.id),
    )
