"""What each page shows: a function from the book to the values its template prints."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from macros import compare
from macros import glossary as terms
from macros.checklist import (
    Checklist,
    Filter,
    on_its_page,
    plan_checklist,
    roles_of,
    task_counts,
    tasks_on,
    theme_checklist,
    themes_of,
)
from macros.core import core_checklist, recurrences, spread
from macros.document import document
from macros.exports import api
from macros.model import Book, Nature, Plan, Task, Term, Theme
from macros.office import FILES
from macros.reference import model_reference, rule_reference
from macros.timeline import timeline
from macros.wording import REASONS
from macros.year import year

Context = dict[str, Any]

RECENT = 5
RELATED = 4
MOST_OF_A_THEME = 60
"""As many tasks on a theme as the page of a kind of unit shows; the page of the theme has more."""


MANY = 100
"""Plans from which on pages that show all of them by name would weigh megabytes: they then show a part, and say so."""


NAMED = 10
"""Of many plans that use a term, as many are named."""


def plan_page(book: Book, plan_id: str) -> Context:
    """Show one plan whole."""
    plan = book.plans[plan_id]
    return {
        "plan": plan,
        "unit": book.units[plan.unit],
        "document": document(plan, book),
        "timeline": timeline(plan, book),
        "checklist": plan_checklist(plan, book),
        "terms": [book.glossary[term] for term in plan.terms],
        "related": related(plan, book),
        "reasons": REASONS,
        "files": FILES.values(),
        "thresholds": [goal for goal in plan.goals if goal.thresholds],
    }


def unit_page(book: Book, unit_id: str) -> Context:
    """Show a kind of unit: its plans, roles, tasks by theme, rules."""
    plans = book.of_unit(unit_id)
    return {
        "unit": book.units[unit_id],
        "plans": plans,
        "roles": roles_of(plans, book),
        "plans_by_role": _plans_by_role(plans, book),
        "by_theme": [(theme, _tasks_on(theme, plans)) for theme in themes_of(plans, book)],
        "most": MOST_OF_A_THEME,
        "terms": _terms_of(plans, book),
    }


def unit_cards(book: Book) -> Context:
    """Offer the kinds of unit to choose from."""
    return {"cards": [(unit, book.of_unit(unit.id)) for unit in book.units.values()]}


def plan_list(book: Book) -> Context:
    """List every plan, with what they can be filtered by."""
    plans = tuple(book.plans.values())
    return {
        "plans": plans,
        "units": [unit for unit in book.units.values() if book.of_unit(unit.id)],
        "natures": sorted({plan.nature for plan in plans}),
        "themes": themes_of(plans, book),
        "themes_by_plan": {plan.id: themes_of((plan,), book) for plan in plans},
    }


def recent_plans(book: Book) -> Context:
    """List the plans that changed last."""
    return {"plans": sorted(book.plans.values(), key=lambda plan: plan.updated, reverse=True)[:RECENT]}


def theme_page(book: Book, theme_id: str) -> Context:
    """Show the tasks of all plans on one theme."""
    theme = book.themes[theme_id]
    counts = {plan.id: len(found) for plan in book.plans.values() if (found := tasks_on(theme, plan))}
    shown, others = on_its_page(counts, book)
    return {
        "theme": theme,
        "checklist": theme_checklist(theme, shown, book),
        "extent": _extent(counts, book),
        "others": [(plan, counts[plan.id]) for plan in others],
    }


def theme_list(book: Book) -> Context:
    """List the themes that tasks have, frequent ones apart."""
    counts = task_counts(book)
    rows = [(theme, _extent(counts[theme.id], book)) for theme in themes_of(book.plans.values(), book)]
    return {
        "frequent": [row for row in rows if row[0].frequent],
        "others": [row for row in rows if not row[0].frequent],
    }


def theme_matrix(book: Book) -> Context:
    """Count the tasks of each kind of unit on each theme."""
    return {"matrix": compare.theme_matrix(book)}


def section_matrix(book: Book) -> Context:
    """Show which kinds of section each plan has; of many plans, how many of each kind of unit."""
    if len(book.plans) > MANY:
        return {"counts": compare.section_counts(book), "kinds": compare.KINDS, "many": MANY}
    return {"matrix": compare.section_matrix(book), "many": 0}


def side_by_side(book: Book) -> Context:
    """Offer the plans to set side by side."""
    return {"rows": compare.rows_of(book)}


def plan_facts(book: Book, plan_id: str) -> Context:
    """Show the facts of a plan that are set side by side with those of others."""
    plan = book.plans[plan_id]
    return {"plan": plan, "profile": compare.profile(plan, book), "kinds": compare.KINDS}


def year_calendar(book: Book) -> Context:
    """Show the observances and phases of a year; of many plans, those that changed last."""
    last = sorted(book.plans.values(), key=lambda plan: plan.updated, reverse=True)[:MANY]
    shown = {plan.id for plan in last}
    plans = {name: plan for name, plan in book.plans.items() if name in shown}
    return {"year": year(replace(book, plans=plans)), "left_out": len(book.plans) - len(plans), "many": MANY}


def glossary(book: Book) -> Context:
    """Show every term and award."""
    shelves, awards = terms.shelves(book), terms.awards(book)
    used = {plan.id for shelf in shelves for entry in shelf.entries for plan in entry.plans}
    used.update(plan.id for entry in awards for plan in entry.plans)
    return {
        "shelves": shelves,
        "awards": awards,
        "awards_kind": terms.AWARDS,
        "plans": [plan for plan in book.plans.values() if plan.id in used],
        "many": len(book.plans) > MANY,
        "named": NAMED if len(book.plans) > MANY else len(book.plans),
    }


def core_page(book: Book) -> Context:
    """Show what every unit does, and how far each of it is spread."""
    found = recurrences(book)
    return {
        "found": found,
        "checklist": core_checklist(found, book),
        "spread": spread,
        "units": list(book.units.values()),
    }


def leftover_check(book: Book) -> Context:
    """Check any text; the plans are those it can be compared with."""
    return {"plans": tuple(book.plans.values())}


def assemble_page(book: Book) -> Context:
    """Put a plan of one's own together; the page then has all that a plan's page has, made by scripts."""
    filters = (("role", "责任"), ("phase", "部分"), ("theme", "主题"))
    return {
        "plans": tuple(book.plans.values()),
        "plan": None,
        "units": [unit for unit in book.units.values() if book.of_unit(unit.id)],
        "natures": get_args(Nature),
        "files": FILES.values(),
        "checklist": Checklist("assembled", "", (), tuple(Filter(name, label, ()) for name, label in filters)),
    }


def progress_page(book: Book) -> Context:
    """Show the reader's own plans and how far they are; the plans are those whose data they need."""
    return {"plans": tuple(book.plans.values())}


def source_list(book: Book) -> Context:
    """List the sources, what they are and what they became."""
    return {"sources": tuple(book.sources.values())}


def field_reference(_book: Book) -> Context:
    """Describe every key that a data file may hold."""
    return {"objects": model_reference()}


def rules_reference(_book: Book) -> Context:
    """List the rules that hold across files."""
    return {"rules": rule_reference()}


def api_reference(_book: Book) -> Context:
    """Describe the files of the API."""
    return {"endpoints": api.ENDPOINTS, "objects": api.reference()}


PAGES: Mapping[str, Callable[..., Context]] = {
    page.__name__: page
    for page in (
        plan_page,
        unit_page,
        unit_cards,
        plan_list,
        recent_plans,
        theme_page,
        theme_list,
        glossary,
        core_page,
        leftover_check,
        assemble_page,
        progress_page,
        source_list,
        theme_matrix,
        section_matrix,
        side_by_side,
        plan_facts,
        year_calendar,
        field_reference,
        rules_reference,
        api_reference,
    )
}
"""The macros that pages may call, by name; each has a template of the same name."""


def related(plan: Plan, book: Book) -> list[Plan]:
    """Give the plans most like one: of the same kind of unit first, then by themes shared."""
    return Likeness(book).nearest(plan)


class Likeness:
    """Finds the plans most like one, for many; what they are compared by is gathered once."""

    def __init__(self, book: Book) -> None:
        """Gather the themes of every plan, and the plans of every kind of unit."""
        self._all = tuple(book.plans.values())
        self._themes = {plan.id: frozenset(theme for task in plan.tasks for theme in task.themes) for plan in self._all}
        self._by_unit: dict[str, list[Plan]] = {}
        for plan in self._all:
            self._by_unit.setdefault(plan.unit, []).append(plan)
        self._places = {plan.id: place for place, plan in enumerate(self._all)}
        self._found: dict[tuple[str, frozenset[str]], list[tuple[_Likeness, Plan]]] = {}

    def nearest(self, plan: Plan) -> list[Plan]:
        """Give the plans most like one, the nearest first; of those that are equally like it, the ones that follow it.

        Why not the first ones: of many plans that are alike all would lead to the same four, and none to the others.
        """
        place, count = self._places[plan.id], len(self._all)

        def nearness(found: tuple[_Likeness, Plan]) -> tuple[_Likeness, int]:
            return found[0], (place - self._places[found[1].id]) % count

        others = (found for found in self._most_like(plan) if found[1].id != plan.id)
        return [other for _, other in heapq.nlargest(RELATED, others, key=nearness)]

    def _most_like(self, plan: Plan) -> list[tuple[_Likeness, Plan]]:
        """Give the plans of which the nearest are some. Why kept: they are the same for all with the same themes."""
        kind = (plan.unit, self._themes[plan.id])
        if kind not in self._found:
            same = self._by_unit[plan.unit]
            others = [(self._likeness(*kind, other), other) for other in (same if len(same) > RELATED else self._all)]
            least = heapq.nlargest(RELATED + 1, (likeness for likeness, _ in others))[-1]
            self._found[kind] = [found for found in others if found[0] >= least]
        return self._found[kind]

    def _likeness(self, unit: str, themes: frozenset[str], other: Plan) -> _Likeness:
        theirs = self._themes[other.id]
        shared = len(themes & theirs)
        return other.unit == unit, shared / (len(themes) + len(theirs) - shared)


_Likeness = tuple[bool, float]
"""Whether a plan is of the same kind of unit, and which part of the themes of both it shares: 0 to 1."""


def _tasks_on(theme: Theme, plans: Iterable[Plan]) -> list[tuple[Plan, Task]]:
    return [(plan, task) for plan in plans for task in tasks_on(theme, plan)]


def _extent(counts: Mapping[str, int], book: Book) -> tuple[int, int, int]:
    """Give the tasks, plans and kinds of unit of a theme, of which `counts` gives the tasks in each plan."""
    return sum(counts.values()), len(counts), len({book.plans[plan].unit for plan in counts})


def _terms_of(plans: Iterable[Plan], book: Book) -> list[Term]:
    used = {term for plan in plans for term in plan.terms}
    return [term for term in book.glossary.values() if term.id in used]


def _plans_by_role(plans: Iterable[Plan], book: Book) -> Mapping[str, list[tuple[Plan, int]]]:
    """Give the plans in which each role leads or helps, each with as many tasks as the plan's filter will show."""
    counts = [(plan, Counter(role for task in plan.tasks for role in set(task.owner.roles))) for plan in plans]
    return {role: [(plan, found[role]) for plan, found in counts if found[role]] for role in book.roles}
