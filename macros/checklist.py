"""Checklists, of one plan or of a theme in all plans: groups of rows, and what they can be filtered by."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros import wording
from macros.model import ALL_YEAR, Book, Origin, Phase, Plan, Role, Task, Theme
from macros.wording import Said

MOST_TASKS = 150
"""As many tasks as the page of a theme shows; of 500 plans it then has 320 kB, as much as old computers bear."""


@dataclass(frozen=True)
class TaskGroup:
    """Tasks of a plan that stand together: those of a phase, or of a top section."""

    id: str
    name: str
    time: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Row:
    """A task as a checklist shows it.

    `words` are what it is filtered by, by the name of the filter. `source` is empty where the whole row is the
    editors'. Away from its own plan's page a row names its `plan`; `link` is an address and words for what is no task
    of a plan.
    """

    id: str
    anchor: str
    words: Mapping[str, str]
    text: str
    origin: Origin
    owner: tuple[Said, ...]
    when: tuple[Said, ...]
    record: Said
    source: str
    themes: str = ""
    threshold: Said | None = None
    note: str = ""
    plan: Plan | None = None
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class Group:
    """Rows under a heading; `note` is small beside it; away from its own page the plan they are of."""

    id: str
    name: str
    note: str
    rows: tuple[Row, ...]
    plan: Plan | None = None


@dataclass(frozen=True)
class Choice:
    """What can be chosen in a filter; `count` is how many rows it then shows."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Filter:
    """A choice above a checklist."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Checklist:
    """A checklist as a page shows it.

    `plan` is set where it is that plan's own, with its files to download; `by_editors` where the page
    says of the whole that the editors made it.
    """

    id: str
    title: str
    groups: tuple[Group, ...]
    filters: tuple[Filter, ...]
    plan: Plan | None = None
    by_editors: bool = False

    @property
    def count(self) -> int:
        """Give the number of its rows."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def numbered(self) -> tuple[tuple[Group, tuple[tuple[int, Row], ...]], ...]:
        """Give every group with its rows, each row with its number: its place in the order of the page.

        Why one number everywhere: people say it to each other, with the page, a table or a filtered print before them.
        """
        numbers = itertools.count(1)
        return tuple((group, tuple((next(numbers), row) for row in group.rows)) for group in self.groups)


def plan_checklist(plan: Plan, book: Book) -> Checklist:
    """Make the checklist of a plan."""
    groups = task_groups(plan, book)
    return Checklist(
        id=plan.id,
        title=plan.title,
        groups=tuple(Group(group.id, group.name, group.time, _plan_rows(group, plan, book)) for group in groups),
        filters=(
            _role_filter(plan.tasks, book),
            Filter(
                "phase",
                "阶段" if _goes_by_phase(plan) else "部分",
                tuple(Choice(group.id, group.name, len(group.tasks)) for group in groups),
            ),
            Filter("theme", "主题", tuple(_theme_choice(theme, plan) for theme in themes_of((plan,), book))),
        ),
        plan=plan,
    )


def theme_checklist(theme: Theme, plans: Iterable[Plan], book: Book) -> Checklist:
    """Make the checklist of a theme: its tasks in the plans, by kind of unit and plan."""
    plans = tuple(plans)
    found = {plan.id: tasks_on(theme, plan) for plan in plans}
    tasks = [task for tasks in found.values() for task in tasks]
    units = Counter(plan.unit for plan in plans for _ in found[plan.id])
    return Checklist(
        id=f"theme-{theme.id}",
        title=theme.name,
        groups=tuple(_plan_group(plan, found[plan.id], book) for plan in plans),
        filters=(
            Filter("unit", "单位类型", tuple(Choice(unit, book.units[unit].name, units[unit]) for unit in units)),
            Filter("plan", "方案", tuple(Choice(plan.id, plan.title, len(found[plan.id])) for plan in plans)),
            _role_filter(tasks, book),
        ),
    )


def task_counts(book: Book) -> Mapping[str, Mapping[str, int]]:
    """Count the tasks on each theme in each plan; by theme, then by plan in the order of the book."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for plan in book.plans.values():
        for task in plan.tasks:
            for theme in set(task.themes):
                counts[theme][plan.id] += 1
    return counts


def on_its_page(counts: Mapping[str, int], book: Book) -> tuple[list[Plan], list[Plan]]:
    """Part the plans with tasks on a theme: those whose tasks stand on its page, and those it leads to.

    Why not all: of 500 plans the tasks on one theme would be a page of three megabytes. The rest is one link each.
    """
    plans = [book.plans[plan] for plan in counts]
    sums = itertools.accumulate(counts.values())
    fitting = sum(total <= MOST_TASKS for total in sums) or 1
    return plans[:fitting], plans[fitting:]


def task_groups(plan: Plan, book: Book) -> tuple[TaskGroup, ...]:
    """Group a plan's tasks by phase where most have one, else by top section."""
    groups = _by_phase(plan, book) if _goes_by_phase(plan) else _by_section(plan, plan.tasks)
    return tuple(group for group in groups if group.tasks)


def themes_of(plans: Iterable[Plan], book: Book) -> list[Theme]:
    """Give the themes of the plans' tasks, frequent ones first, in the order of the vocabulary."""
    used = {theme for plan in plans for task in plan.tasks for theme in task.themes}
    themes = [theme for theme in book.themes.values() if theme.id in used]
    return sorted(themes, key=lambda theme: not theme.frequent)


def roles_of(plans: Iterable[Plan], book: Book) -> list[tuple[Role, int]]:
    """Give the roles that lead tasks of the plans, each with the number of its tasks."""
    counts = Counter(task.owner.role for plan in plans for task in plan.tasks)
    return _counted(counts, book)


def tasks_on(theme: Theme, plan: Plan) -> tuple[Task, ...]:
    """Give the tasks of a plan on a theme."""
    return tuple(task for task in plan.tasks if theme.id in task.themes)


def _counted(counts: Mapping[str, int], book: Book) -> list[tuple[Role, int]]:
    return [(role, counts[role.id]) for role in book.roles.values() if role.id in counts]


def _goes_by_phase(plan: Plan) -> bool:
    dated = sum(task.when.phase is not None for task in plan.tasks)
    return dated * 2 > len(plan.tasks)


def _role_filter(tasks: Iterable[Task], book: Book) -> Filter:
    """Offer everyone who leads or helps."""
    counts = Counter(role for task in tasks for role in task.owner.roles)
    return Filter("role", "责任", tuple(Choice(role.id, role.name, found) for role, found in _counted(counts, book)))


def _theme_choice(theme: Theme, plan: Plan) -> Choice:
    return Choice(theme.id, theme.name, len(tasks_on(theme, plan)))


def _plan_rows(group: TaskGroup, plan: Plan, book: Book) -> tuple[Row, ...]:
    return tuple(
        _row(task, plan, book, f"task-{task.id}", {"phase": group.id, "theme": " ".join(task.themes)})
        for task in group.tasks
    )


def _plan_group(plan: Plan, tasks: Iterable[Task], book: Book) -> Group:
    words = {"unit": plan.unit, "plan": plan.id}
    rows = (_row(task, plan, book, f"task-{plan.id}--{task.id}", words, away=True) for task in tasks)
    return Group(plan.id, plan.title, book.units[plan.unit].name, tuple(rows), plan)


def _row(  # noqa: PLR0913
    task: Task, plan: Plan, book: Book, anchor: str, words: Mapping[str, str], *, away: bool = False
) -> Row:
    limit = task.threshold
    return Row(
        id=task.id,
        anchor=anchor,
        words={"role": " ".join(task.owner.roles), **words},
        text=task.text,
        origin=task.origin,
        owner=wording.role_parts(task, book),
        when=wording.when_parts(task.when, plan, book),
        record=Said("、".join(task.record.keep), task.record.origin),
        source=wording.citation_text(task.source.id, task.source.heading) if task.source else "",
        themes="、".join(book.themes[theme].name for theme in task.themes),
        threshold=Said(wording.threshold_text(limit), limit.origin) if limit else None,
        note=task.note or "",
        plan=plan if away else None,
    )


def _by_phase(plan: Plan, book: Book) -> Iterator[TaskGroup]:
    for phase in plan.phases:
        yield TaskGroup(phase.id, phase.name, wording.phase_time(phase, plan, book), _in_phase(plan, phase))
    rest = [task for task in plan.tasks if task.when.phase is None]
    yield TaskGroup(ALL_YEAR, "全过程", "不分阶段", tuple(rest))


def _in_phase(plan: Plan, phase: Phase) -> tuple[Task, ...]:
    return tuple(task for task in plan.tasks if task.when.phase == phase.id)


def _by_section(plan: Plan, tasks: Iterable[Task]) -> Iterator[TaskGroup]:
    tasks = tuple(tasks)
    for section in plan.sections:
        ids = {below.id for below in section.with_below()}
        yield TaskGroup(section.id, section.heading, "", tuple(task for task in tasks if task.section in ids))
