"""What the plans have and what they lack: two tables of coverage, and the facts of each plan to set side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from macros.checklist import roles_of, themes_of
from macros.document import Heading, document
from macros.model import Book, Plan, Role, Theme, Unit
from macros.model.paper import SectionKind

KINDS: Sequence[str] = get_args(SectionKind)


@dataclass(frozen=True)
class ThemeRow:
    """A theme, and how many tasks each kind of unit has on it; a task counts once on each of its themes."""

    theme: Theme
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Give the tasks of all units. No task is counted twice: each belongs to one unit."""
        return sum(self.counts)


@dataclass(frozen=True)
class ThemeMatrix:
    """Kinds of unit × themes; `tasks` and `themes` are the foot: how many of each a unit has, each counted once."""

    units: tuple[Unit, ...]
    rows: tuple[ThemeRow, ...]
    tasks: tuple[int, ...]
    themes: tuple[int, ...]

    @property
    def gaps(self) -> int:
        """Count the empty cells."""
        return sum(not count for row in self.rows for count in row.counts)


@dataclass(frozen=True)
class Spot:
    """A section of a plan: its number as the paper has it, 二（一）, its heading and its anchor."""

    number: str
    heading: str
    anchor: str


@dataclass(frozen=True)
class SectionMatrix:
    """Plans × kinds of section: where each plan has it; `plans` is the foot: how many plans have it."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[Plan, tuple[tuple[Spot, ...], ...]], ...]
    plans: tuple[int, ...]

    @property
    def gaps(self) -> int:
        """Count the empty cells."""
        return sum(not spots for _, cells in self.rows for spots in cells)


@dataclass(frozen=True)
class Fact:
    """A row of the comparison, for those plans that have an entry under its key."""

    key: str
    label: str


@dataclass(frozen=True)
class Profile:
    """A plan's facts that are counted or found before they are shown side by side."""

    plan: Plan
    roles: tuple[tuple[Role, int], ...]
    themes: tuple[tuple[Theme, int], ...]
    sections: Mapping[str, tuple[Spot, ...]]


def theme_matrix(book: Book) -> ThemeMatrix:
    """Count the tasks of each kind of unit on each theme, frequent themes first."""
    units = tuple(book.units.values())
    counts = {unit.id: _theme_counts(book.of_unit(unit.id)) for unit in units}
    themes = sorted(book.themes.values(), key=lambda theme: not theme.frequent)
    return ThemeMatrix(
        units,
        tuple(ThemeRow(theme, tuple(counts[unit.id][theme.id] for unit in units)) for theme in themes),
        tuple(sum(len(plan.tasks) for plan in book.of_unit(unit.id)) for unit in units),
        tuple(len(counts[unit.id]) for unit in units),
    )


def section_matrix(book: Book) -> SectionMatrix:
    """Find the sections of each kind in each plan."""
    rows = tuple((plan, _by_kind(plan, book)) for plan in book.plans.values())
    return SectionMatrix(
        tuple(KINDS),
        tuple((plan, tuple(spots.get(kind, ()) for kind in KINDS)) for plan, spots in rows),
        tuple(sum(kind in spots for _, spots in rows) for kind in KINDS),
    )


def section_counts(book: Book) -> tuple[tuple[Unit, int, tuple[int, ...]], ...]:
    """Give the kinds of unit, each with its plans and how many of them have each kind of section."""
    return tuple(_section_counts(unit, book.of_unit(unit.id)) for unit in book.units.values())


def _section_counts(unit: Unit, plans: Iterable[Plan]) -> tuple[Unit, int, tuple[int, ...]]:
    kinds = [set(_kinds(plan).values()) for plan in plans]
    return unit, len(kinds), tuple(sum(kind in found for found in kinds) for kind in KINDS)


def rows_of(book: Book) -> Mapping[str, tuple[Fact, ...]]:
    """Give the rows of the comparison, in groups: only what some plan has; frequent themes first."""
    kinds = {kind for plan in book.plans.values() for kind in _kinds(plan).values()}
    roles = [role for role, _ in roles_of(book.plans.values(), book)]
    themes = themes_of(book.plans.values(), book)
    return {
        "基本情况": _facts(unit="单位类型", nature="公文种类", state="原文", tasks="任务"),
        "目标": _facts(goals="目标"),
        "时间": _facts(phases="阶段"),
        "牵头的任务": tuple(Fact(f"role-{role.id}", role.name) for role in roles),
        "主题": tuple(Fact(f"theme-{theme.id}", theme.name) for theme in themes),
        "章节": tuple(Fact(f"kind-{number}", kind) for number, kind in enumerate(KINDS) if kind in kinds),
        "监督与考核": _facts(channels="监督渠道", assessment="考核项", awards="奖项", rewards="奖惩"),
    }


def _facts(**labels: str) -> tuple[Fact, ...]:
    return tuple(Fact(key, label) for key, label in labels.items())


def profile(plan: Plan, book: Book) -> Profile:
    """Give the facts of a plan."""
    themes = _theme_counts((plan,))
    return Profile(
        plan,
        tuple(roles_of((plan,), book)),
        tuple((theme, themes[theme.id]) for theme in book.themes.values() if themes[theme.id]),
        _by_kind(plan, book),
    )


def _theme_counts(plans: Iterable[Plan]) -> Counter[str]:
    return Counter(theme for plan in plans for task in plan.tasks for theme in task.themes)


def _by_kind(plan: Plan, book: Book) -> Mapping[str, tuple[Spot, ...]]:
    kinds = _kinds(plan)
    found: dict[str, tuple[Spot, ...]] = {}
    for spot in _spots(plan, book):
        if kind := kinds.get(spot.anchor):
            found[kind] = (*found.get(kind, ()), spot)
    return found


def _kinds(plan: Plan) -> Mapping[str, str]:
    """Give the kind of every section that has one."""
    return {section.id: section.kind for top in plan.sections for section in top.with_below() if section.kind}


def _spots(plan: Plan, book: Book) -> Iterator[Spot]:
    """Give every heading with the numbers of those above it: 二、 and （一） make 二（一）."""
    numbers: list[str] = []
    for part in document(plan, book):
        if isinstance(part, Heading):
            numbers[part.level - 1 :] = [part.number.rstrip("、.")]
            yield Spot("".join(numbers), part.text, part.anchor)
