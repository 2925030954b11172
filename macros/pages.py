"""What each page shows: a function from the book to the values its template prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from macros import wording
from macros.document import document
from macros.exports import api
from macros.model import Book, Phase, Plan, Role, Subsection, Task, Term, Theme
from macros.reference import model_reference, rule_reference
from macros.timeline import timeline

Context = dict[str, Any]

RECENT = 5
RELATED = 4


@dataclass(frozen=True)
class TaskGroup:
    """Tasks that stand together in a checklist: those of a phase, or of a top section."""

    id: str
    name: str
    time: str
    tasks: tuple[Task, ...]


def plan_page(book: Book, plan_id: str) -> Context:
    """Show one plan whole."""
    plan = book.plans[plan_id]
    return {
        "plan": plan,
        "unit": book.units[plan.unit],
        "document": document(plan, book),
        "timeline": timeline(plan, book),
        "groups": task_groups(plan, book),
        "themes": themes_of((plan,), book),
        "roles": roles_of((plan,), book),
        "terms": [book.glossary[term] for term in plan.terms],
        "related": related(plan, book),
        "thresholds": [goal for goal in plan.goals if goal.thresholds],
    }


def unit_page(book: Book, unit_id: str) -> Context:
    """Show a kind of unit: its plans, roles, tasks by theme, rules."""
    plans = book.of_unit(unit_id)
    return {
        "unit": book.units[unit_id],
        "plans": plans,
        "roles": roles_of(plans, book),
        "by_theme": [(theme, _tasks_on(theme, plans)) for theme in themes_of(plans, book)],
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
        source_list,
        field_reference,
        rules_reference,
        api_reference,
    )
}
"""The macros that pages may call, by name; each has a template of the same name."""


def task_groups(plan: Plan, book: Book) -> tuple[TaskGroup, ...]:
    """Group a plan's tasks by phase where most have one, else by top section."""
    dated = sum(task.when.phase is not None for task in plan.tasks)
    groups = _by_phase(plan, book) if dated * 2 > len(plan.tasks) else _by_section(plan, plan.tasks)
    return tuple(group for group in groups if group.tasks)


def _by_phase(plan: Plan, book: Book) -> Iterable[TaskGroup]:
    for phase in plan.phases:
        yield TaskGroup(phase.id, phase.name, wording.phase_time(phase, plan, book), _in_phase(plan, phase))
    rest = [task for task in plan.tasks if task.when.phase is None]
    yield TaskGroup("all-year", "全过程", "不分阶段", tuple(rest))


def _in_phase(plan: Plan, phase: Phase) -> tuple[Task, ...]:
    return tuple(task for task in plan.tasks if task.when.phase == phase.id)


def _by_section(plan: Plan, tasks: Iterable[Task]) -> Iterable[TaskGroup]:
    tasks = tuple(tasks)
    for section in plan.sections:
        ids = {below.id for below in _with_below(section)}
        yield TaskGroup(section.id, section.heading, "", tuple(task for task in tasks if task.section in ids))


def _with_below(section: Subsection) -> Iterable[Subsection]:
    yield section
    for below in section.sections:
        yield from _with_below(below)


def themes_of(plans: Iterable[Plan], book: Book) -> list[Theme]:
    """Give the themes of the plans' tasks, frequent ones first, in the order of the vocabulary."""
    used = {theme for plan in plans for task in plan.tasks for theme in task.themes}
    themes = [theme for theme in book.themes.values() if theme.id in used]
    return sorted(themes, key=lambda theme: not theme.frequent)


def roles_of(plans: Iterable[Plan], book: Book) -> list[tuple[Role, int]]:
    """Give the roles that lead tasks of the plans, each with the number of its tasks."""
    counts = Counter(task.owner.role for plan in plans for task in plan.tasks)
    return [(role, counts[role.id]) for role in book.roles.values() if counts[role.id]]


def related(plan: Plan, book: Book) -> list[Plan]:
    """Give the plans most like one: of the same kind of unit first, then by themes shared."""
    mine = {theme.id for theme in themes_of((plan,), book)}

    def likeness(other: Plan) -> tuple[bool, float]:
        theirs = {theme.id for theme in themes_of((other,), book)}
        return other.unit == plan.unit, len(mine & theirs) / len(mine | theirs)

    others = [other for other in book.plans.values() if other.id != plan.id]
    return sorted(others, key=likeness, reverse=True)[:RELATED]


def _tasks_on(theme: Theme, plans: Iterable[Plan]) -> list[tuple[Plan, Task]]:
    return [(plan, task) for plan in plans for task in plan.tasks if theme.id in task.themes]


def _terms_of(plans: Iterable[Plan], book: Book) -> list[Term]:
    used = {term for plan in plans for term in plan.terms}
    return [term for term in book.glossary.values() if term.id in used]
