"""The year as a whole: the observances and the phases of all plans, on a line of months and month by month.

The lines and the list are of the general calendar; docs/assets/javascripts/lists/calendar.js dates both anew for a
year.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from macros.dates import GENERAL, Days, phase_days, proposals
from macros.model import Book, Moment, Observance, Phase, Plan, Task

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Mark:
    """A phase in the year; `left` and `width` in per cent of it, None where it has no place there.

    `fixed` is False where the time is an example's, or moves with the weekdays of the year.
    """

    plan: Plan
    phase: Phase
    days: Days | None
    left: float
    width: float
    fixed: bool

    @property
    def by_example(self) -> bool:
        """Tell whether the days are those of a filled-in example."""
        return self.days is not None and any(moment and moment.field for moment in (self.phase.start, self.phase.end))


@dataclass(frozen=True)
class PlanYear:
    """The phases of one plan that have a place in the year."""

    plan: Plan
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class DayMark:
    """An observance in the year, and the tasks that plans set on its day."""

    observance: Observance
    day: date
    left: float
    tasks: tuple[tuple[Plan, Task], ...]


@dataclass(frozen=True)
class Month:
    """What begins in a month, by day, and which phases go on from an earlier one."""

    number: int
    entries: tuple[DayMark | Mark, ...]
    going_on: tuple[Mark, ...]


@dataclass(frozen=True)
class Year:
    """The general calendar; `undated` are the phases that have no place in it, `rules` how to date a year's phases."""

    days: tuple[DayMark, ...]
    plans: tuple[PlanYear, ...]
    months: tuple[Month, ...]
    undated: tuple[Mark, ...]
    rules: str


def year(book: Book) -> Year:
    """Lay out the general calendar."""
    plans = [plan for plan in book.plans.values() if plan.phases]
    dated = {plan.id: phase_days(plan.phases, None, proposals(plan)) for plan in plans}
    marks = [_mark(plan, phase, dated[plan.id].get(phase.id)) for plan in plans for phase in plan.phases]
    days = tuple(_day_mark(observance, book) for observance in book.observances.values())
    placed = [mark for mark in marks if mark.width]
    return Year(
        days,
        tuple(_plan_years(plans, placed)),
        tuple(_month(number, days, placed) for number in MONTHS),
        tuple(mark for mark in marks if not mark.width),
        json.dumps([_rules(plan) for plan in plans], ensure_ascii=False, separators=(",", ":")),
    )


def place(day: date) -> float:
    """Say where a day begins, in per cent of a line on which all months are equally long.

    Why equally long: the marks of the months then stand still from year to year.
    """
    part = (day.day - 1) / monthrange(day.year, day.month)[1]
    return round(100 * (day.month - 1 + part) / len(MONTHS), 2)


def _plan_years(plans: Iterable[Plan], marks: Iterable[Mark]) -> Iterable[PlanYear]:
    marks = tuple(marks)
    for plan in plans:
        if own := tuple(mark for mark in marks if mark.plan is plan):
            yield PlanYear(plan, own)


def _mark(plan: Plan, phase: Phase, days: Days | None) -> Mark:
    fixed = not phase.moves
    if days is None or days.first.year != GENERAL:
        return Mark(plan, phase, None, 0, 0, fixed)
    left = place(days.first)
    after = days.last + timedelta(1)
    right = place(after) if after.year == GENERAL else 100
    return Mark(plan, phase, days, left, round(right - left, 2), fixed)


def _day_mark(observance: Observance, book: Book) -> DayMark:
    tasks = [(plan, task) for plan in book.plans.values() for task in plan.tasks if task.when.date == observance.date]
    day = phase_days((_on(observance),), None, {})[observance.id].first
    return DayMark(observance, day, place(day), tuple(tasks))


def _on(observance: Observance) -> Phase:
    return Phase(id=observance.id, name=observance.name, start=Moment(date=observance.date))


def _month(number: int, days: Iterable[DayMark], marks: Iterable[Mark]) -> Month:
    marks = tuple(marks)
    entries: list[DayMark | Mark] = [*days, *marks]
    going_on = [mark for mark in marks if mark.days and _first(mark).month < number <= _last_month(mark.days)]
    begin = [entry for entry in entries if _first(entry).month == number]
    return Month(number, tuple(sorted(begin, key=_first)), tuple(sorted(going_on, key=_first)))


def _first(entry: DayMark | Mark) -> date:
    if isinstance(entry, DayMark):
        return entry.day
    return entry.days.first if entry.days else date.max


def _last_month(days: Days) -> int:
    return days.last.month if days.last.year == GENERAL else len(MONTHS)


def _rules(plan: Plan) -> Mapping[str, object]:
    phases = [
        phase.model_dump(include={"id", "name", "start", "end", "lasts"}, exclude_none=True) for phase in plan.phases
    ]
    return {"id": plan.id, "title": plan.title, "phases": phases, "values": _values(plan)}


def _values(plan: Plan) -> Mapping[str, str]:
    asked = {moment.field for phase in plan.phases for moment in (phase.start, phase.end) if moment}
    return {field: value for field, value in proposals(plan).items() if field in asked}
