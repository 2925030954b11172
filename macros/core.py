"""What every unit does: in how many plans and kinds of unit it recurs, and a checklist to start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from macros import urls
from macros.checklist import Checklist, Group, Row
from macros.model import Book, CoreItem, Plan, Task
from macros.wording import Said


@dataclass(frozen=True)
class Recurrence:
    """An item and the tasks that are instances of it, by plan, in the order of the book."""

    item: CoreItem
    instances: tuple[tuple[Plan, tuple[Task, ...]], ...]

    @property
    def by_source(self) -> tuple[Plan, ...]:
        """Give the plans whose source says it; what editors added to a plan does not count."""
        return tuple(plan for plan, tasks in self.instances if any(task.origin == "source" for task in tasks))

    @property
    def by_editors(self) -> tuple[Plan, ...]:
        """Give the plans in which only the editors say it."""
        return tuple(plan for plan, _ in self.instances if plan not in self.by_source)

    @property
    def units(self) -> Mapping[str, int]:
        """Give the kinds of unit whose sources say it, each with the number of plans."""
        return Counter(plan.unit for plan in self.by_source)


def recurrences(book: Book) -> tuple[Recurrence, ...]:
    """Count every item of the common core."""
    return tuple(Recurrence(item, tuple(_instances(item, book))) for item in book.core.values())


def core_checklist(found: Iterable[Recurrence], book: Book) -> Checklist:
    """Make the checklist from which a kind of unit without a plan can start."""
    groups = ((name, tuple(items)) for name, items in groupby(found, key=lambda one: one.item.group))
    return Checklist(
        id="core",
        title="窗口单位共同要做的事",
        groups=tuple(
            Group(f"core-{number}", name, "", tuple(_row(one, book) for one in items))
            for number, (name, items) in enumerate(groups, 1)
        ),
        filters=(),
        by_editors=True,
    )


def spread(found: Recurrence) -> str:
    """Say how far an item is spread."""
    return f"{len(found.by_source)} 份方案、{len(found.units)} 类单位"


def _instances(item: CoreItem, book: Book) -> Iterable[tuple[Plan, tuple[Task, ...]]]:
    named: dict[str, set[str]] = {}
    for name in item.tasks:
        plan_id, task_id = name.split("/")
        named.setdefault(plan_id, set()).add(task_id)
    for plan in book.plans.values():
        if plan.id in named:
            yield plan, tuple(task for task in plan.tasks if task.id in named[plan.id])


def _row(found: Recurrence, book: Book) -> Row:
    item = found.item
    return Row(
        id=item.id,
        anchor=f"task-{item.id}",
        words={"role": item.owner},
        text=item.text,
        origin="editor",
        owner=(Said(book.roles[item.owner].name, "editor"),),
        when=(Said(item.when, "editor"),),
        record=Said("、".join(item.keep), "editor"),
        source="（编者归纳）",
        link=(urls.core_url(item.id), spread(found)),
    )
