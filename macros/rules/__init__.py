"""Rules that no single value can be checked against: references, wholeness, names that must not stand.

A rule is a small class; its docstring says in Chinese what it asks for, and stands in the editor's guide.
A rule gives its findings; `book.py` turns each into a problem at file:line:column.
"""

from __future__ import annotations

from macros.rules.draft import Draft, Finding, Rule, suggestion
from macros.rules.names import FileNameIsId, NamesAreUnique, NoExampleNames, PlacesAreWhole
from macros.rules.references import BlanksAreDeclared, CoreRecurs, ReferencesExist
from macros.rules.wholeness import (
    FieldsAreWhole,
    PartsAreShown,
    PhasesFollowEachOther,
    SaysWhereItComesFrom,
    SectionsAreShallow,
    StopsWhereTheSourceStops,
    TasksAreTickable,
)

RULES: tuple[Rule, ...] = (
    NamesAreUnique(),
    FileNameIsId(),
    ReferencesExist(),
    BlanksAreDeclared(),
    FieldsAreWhole(),
    SaysWhereItComesFrom(),
    StopsWhereTheSourceStops(),
    PartsAreShown(),
    SectionsAreShallow(),
    PhasesFollowEachOther(),
    NoExampleNames(),
    PlacesAreWhole(),
    CoreRecurs(),
    TasksAreTickable(),
)
"""Every rule, in the order they are tried; problems are told in reading order all the same."""

__all__ = ["RULES", "Draft", "Finding", "Rule", "TasksAreTickable", "suggestion"]
