"""The book: every plan and every vocabulary, read, checked and ready to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ConfigDict, RootModel

from macros.model.base import Many
from macros.model.core import CoreItem
from macros.model.place import Province
from macros.model.plan import Plan
from macros.model.vocabulary import (
    Award,
    FormField,
    Leftover,
    Observance,
    Role,
    SourceText,
    Term,
    Theme,
    Unit,
)

E = TypeVar("E")


class Vocabulary(RootModel[Many[E]], Generic[E]):
    """A vocabulary file: a list of entries, in the order readers see them."""

    model_config = ConfigDict(frozen=True, strict=True)


VOCABULARIES: Mapping[str, type[Vocabulary[Any]]] = {
    "units": Vocabulary[Unit],
    "themes": Vocabulary[Theme],
    "roles": Vocabulary[Role],
    "fields": Vocabulary[FormField],
    "glossary": Vocabulary[Term],
    "awards": Vocabulary[Award],
    "observances": Vocabulary[Observance],
    "sources": Vocabulary[SourceText],
    "core": Vocabulary[CoreItem],
    "leftovers": Vocabulary[Leftover],
    "places": Vocabulary[Province],
}
"""File name without ending, in `data/`, to what the file holds."""

UNNAMED = ("leftovers", "places")
"""Vocabularies whose entries have no id: nothing refers to them, and they are not shown."""


@dataclass(frozen=True)
class Book:
    """Everything the site knows; each mapping is by id, in the order readers see it.

    `plans` are ordered by unit, then by title.
    """

    units: Mapping[str, Unit]
    themes: Mapping[str, Theme]
    roles: Mapping[str, Role]
    fields: Mapping[str, FormField]
    glossary: Mapping[str, Term]
    awards: Mapping[str, Award]
    observances: Mapping[str, Observance]
    sources: Mapping[str, SourceText]
    core: Mapping[str, CoreItem]
    leftovers: tuple[Leftover, ...]
    places: tuple[Province, ...]
    plans: Mapping[str, Plan]

    def of_unit(self, unit: str) -> tuple[Plan, ...]:
        """Give the plans of one kind of unit."""
        return tuple(plan for plan in self.plans.values() if plan.unit == unit)
