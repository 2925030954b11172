"""What rules look at, and what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any, ClassVar

from macros.model import FormField, Plan, Subsection
from macros.model.walk import Walked, Way, walk


@dataclass(frozen=True)
class Finding:
    """Something wrong at `way` of a file; `needle` is the very word, `key` points at the key."""

    file: str
    way: Way
    message: str
    needle: str | None = None
    key: bool = False
    warning: bool = False


@dataclass(frozen=True)
class Draft:
    """The files that could be read, before they are one book.

    A vocabulary that could not be read is absent, so that its fault is told once and
    not again at every place that refers to it.
    """

    vocabularies: Mapping[str, tuple[Any, ...]]
    vocabulary_files: Mapping[str, str]
    plans: Mapping[str, Plan]
    unread: frozenset[str] = frozenset()
    """The names of plan files that could not be read, without folder and ending."""
    plans_only: bool = False
    """Whether the vocabularies have been gone through before, and only plans are to be."""

    def ids(self, vocabulary: str) -> frozenset[str] | None:
        """Give the ids of a vocabulary, or of the plans; None if it could not be read."""
        if vocabulary == "plans":
            return self.unread.union(plan.id for plan in self.plans.values())
        entries = self.vocabularies.get(vocabulary)
        return None if entries is None else frozenset(entry.id for entry in entries)

    def fields_by_label(self) -> Mapping[str, FormField] | None:
        """Give the fields by the label that stands in texts, or None if they could not be read."""
        entries = self.vocabularies.get("fields")
        return None if entries is None else {entry.label: entry for entry in entries}

    @cached_property
    def walked(self) -> Mapping[str, Walked]:
        """Give what every file holds, with its way. Why cached: most rules want it, and it is the dear part."""
        return {file: walk(content) for file, content in self.files()}

    def files(self) -> Iterator[tuple[str, Any]]:
        """Give every file that is to be gone through, with what it holds."""
        for name, entries in () if self.plans_only else self.vocabularies.items():
            yield self.vocabulary_files[name], entries
        yield from self.plans.items()


class Rule:
    """What a rule has to offer.

    `alone` says that what is found in a plan needs of other plans nothing but their names, so that a plan which
    has not changed need not be looked at again.
    """

    alone: ClassVar[bool] = False

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Give every place that breaks the rule."""
        raise NotImplementedError


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, if one is near."""
    near = get_close_matches(wrong, sorted(known), n=1, cutoff=0.5)
    return f"；是不是想写“{near[0]}”" if near else ""


def sections_of(plan: Plan) -> Iterator[tuple[Way, Subsection]]:
    """Give every section and subsection of a plan with its way, in reading order."""
    return _with_below(plan.sections, ("sections",))


def _with_below(sections: Iterable[Subsection], way: Way) -> Iterator[tuple[Way, Subsection]]:
    for index, section in enumerate(sections):
        yield (*way, index), section
        yield from _with_below(section.sections, (*way, index, "sections"))
