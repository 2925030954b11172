"""The days of a plan's phases in a given year, and where these run into each other.

A moment is a stretch of days by these rules. docs/assets/javascripts/common/dates.js follows them to the letter;
tests/dates_cases.json holds both to them.

- A month is all its days: a phase begins on the first and ends on the last.
- A fixed day is that day; 02-29 is 02-28 in a common year.
- A weekday moves a fixed day to the nearest such day, at most three days off, over New Year if need be.
- A field takes the value given for it: a month (`5`), or a day (`05-20`, `2027-05-20`: its year does not count,
  so that last year's values date this year's plan).
- `after` is `days` days after the first day of an earlier phase.
- A phase with neither an end nor a length lasts as long as the moment at which it starts.
- A phase that would end before it starts has no days.

The general calendar has no year, so no weekdays: days stand as they are written, reckoned in a common year.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

from macros.model import Moment, Phase, Plan
from macros.model.work import Weekday
from macros.wording import month_day

GENERAL = 2023
"""The common year in which the general calendar is reckoned."""

_WEEKDAYS: Sequence[str] = get_args(Weekday)
_WEEKEND = 5
_MONTH = re.compile(r"0?([1-9])|(1[0-2])", re.ASCII)
_DAY = re.compile(r"(?:[0-9]{4}-)?([0-9]{2}-[0-9]{2})")
_LEAP = 2024


@dataclass(frozen=True)
class Days:
    """A stretch of days, both ends counted."""

    first: date
    last: date


def proposals(plan: Plan) -> Mapping[str, str]:
    """Give the examples of a plan's blanks, by field: what stands in for values until a unit gives its own."""
    return {blank.field: blank.example for blank in plan.blanks if blank.example}


def phase_days(phases: Sequence[Phase], year: int | None, values: Mapping[str, str]) -> Mapping[str, Days]:
    """Date the phases of a plan, by id; a phase without a time, or with an empty field, is left out.

    `year` None is the general calendar.
    """
    starts: dict[str, date] = {}
    dated: dict[str, Days] = {}
    for phase in phases:
        if (start := _stretch(phase.start, year, values, starts)) is None:
            continue
        starts[phase.id] = start.first
        last = _last(phase, start, _stretch(phase.end, year, values, starts))
        if last is not None and last >= start.first:
            dated[phase.id] = Days(start.first, last)
    return dated


def fixed_day(text: str, year: int) -> date:
    """Give the day of a year that is written MM-DD; 02-29 is 02-28 in a common year."""
    day = "02-28" if text == "02-29" and not isleap(year) else text
    return date(year, int(day[:2]), int(day[3:]))


def _last(phase: Phase, start: Days, end: Days | None) -> date | None:
    if phase.lasts is not None:
        return start.first + timedelta(phase.lasts - 1)
    if phase.end is None:
        return start.last
    return end.last if end else None


def _stretch(
    moment: Moment | None, year: int | None, values: Mapping[str, str], starts: Mapping[str, date]
) -> Days | None:
    if moment is None:
        return None
    if moment.field is not None:
        return _given(values.get(moment.field, ""), year or GENERAL)
    if moment.after is not None:
        start = starts.get(moment.after)
        return None if start is None else _one(start + timedelta(moment.days or 0))
    if moment.month is not None:
        return _month(moment.month, year or GENERAL)
    day = fixed_day(str(moment.date), year or GENERAL)
    return _one(_nearest(day, moment.weekday) if moment.weekday and year else day)


def _given(value: str, year: int) -> Days | None:
    """Read what was filled in for a month or a day."""
    if month := _MONTH.fullmatch(value):
        return _month(int(month[1] or month[2]), year)
    day = _DAY.fullmatch(value)
    return _one(fixed_day(day[1], year)) if day and _is_day(day[1]) else None


def _is_day(text: str) -> bool:
    month, day = int(text[:2]), int(text[3:])
    return month in range(1, 13) and 1 <= day <= monthrange(_LEAP, month)[1]


def _one(day: date) -> Days:
    return Days(day, day)


def _month(month: int, year: int) -> Days:
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _nearest(day: date, weekday: str) -> date:
    later = (_WEEKDAYS.index(weekday) - day.weekday()) % 7
    return day + timedelta(later if later <= 3 else later - 7)  # noqa: PLR2004 - half a week


def clashes(phases: Sequence[Phase], dated: Mapping[str, Days]) -> tuple[str, ...]:
    """Say where a phase and the next one overlap, leave working days between them, or change places.

    Why weekends are no gap: blocks of school or office weeks always leave them free.
    """
    pairs = pairwise(phase for phase in phases if phase.id in dated)
    return tuple(
        words
        for one, other in pairs
        if (words := _clash(_quoted(one.name), dated[one.id], _quoted(other.name), dated[other.id]))
    )


def _clash(one: str, before: Days, other: str, after: Days) -> str:
    if after.first < before.first:
        return f"{other}排到了{one}的前面"
    if after.first <= before.last:
        last = min(before.last, after.last)
        days = (last - after.first).days + 1
        return f"{one}和{other}重叠{days}天（{_range(after.first, last)}）"
    free = tuple(_working_days(before.last, after.first))
    return f"{one}和{other}之间空开{len(free)}个工作日（{_range(free[0], free[-1])}）" if free else ""


def _working_days(after: date, before: date) -> Iterator[date]:
    days = (after + timedelta(number) for number in range(1, (before - after).days))
    return (day for day in days if day.weekday() < _WEEKEND)


def _range(first: date, last: date) -> str:
    start, end = (month_day(f"{day:%m-%d}") for day in (first, last))
    return start if start == end else f"{start}—{end}"


def _quoted(name: str) -> str:
    return f"“{name.replace('“', '‘').replace('”', '’')}”"
