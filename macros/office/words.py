"""What an assembled plan needs of the shared lists: names, blanks, awards, terms, what every unit does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from macros.model import PAPER_FIELDS, Book, CoreItem, Nature, Plan, Term
from macros.office.content import field_facts
from macros.wording import REASONS

Words = Mapping[str, Any]
"""JSON-able; its keys are those of `words`, and of `Words` in docs/assets/javascripts/assembling/plan-content.js."""


def words(book: Book) -> Words:
    """Collect what plan-content.js and the scripts that put a plan together look up, in docs/assets/javascripts."""
    return {
        "fields": [field_facts(field) for field in book.fields.values()],
        "paper_fields": list(PAPER_FIELDS),
        "roles": [{"id": role.id, "name": role.name, "level": role.level} for role in book.roles.values()],
        "units": _names(book.units),
        "natures": list(get_args(Nature)),
        "themes": _names(book.themes),
        "awards": {award.id: _plain(award, "open", "campaign") for award in book.awards.values()},
        "terms": {term.id: _term(term) for term in book.glossary.values()},
        "core": {item.id: _core(item, book) for item in book.core.values()},
        "reasons": REASONS,
    }


def parts(plan: Plan) -> Mapping[str, Any]:
    """Give a plan as its file says it, without what need not be said."""
    return dict(plan.model_dump(mode="json", exclude_defaults=True))


def _names(shelf: Mapping[str, Any]) -> dict[str, str]:
    return {entry.id: entry.name for entry in shelf.values()}


def _plain(entry: Any, *without: str) -> dict[str, Any]:  # noqa: ANN401
    return dict(entry.model_dump(mode="json", exclude_defaults=True, exclude={*without}))


def _term(term: Term) -> dict[str, Any]:
    return _plain(term, "kind", "text", "open", "also", "parent", "aliases")


def _core(item: CoreItem, book: Book) -> dict[str, Any]:
    facts = _plain(item, "name", "group", "summary", "tasks")
    return {**facts, "themes": list(dict.fromkeys(_themes(item, book)))}


def _themes(item: CoreItem, book: Book) -> Iterator[str]:
    """Give the themes of the first of its examples that the book has."""
    for example in item.tasks:
        plan, _, name = example.partition("/")
        for task in book.plans[plan].tasks if plan in book.plans else ():
            if task.id == name:
                yield from task.themes
                return
