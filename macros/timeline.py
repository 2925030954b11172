"""Where the phases of a plan stand on a line of months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from macros.dates import GENERAL, Days, phase_days, proposals
from macros.model import Book, Phase, Plan
from macros.wording import phase_time

_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
"""Days of a common year before each month; the line only proposes, it dates nothing."""


_SHORT = 62
"""As many days as are shown by their days; a longer line shows whole months."""


@dataclass(frozen=True)
class Bar:
    """A phase on the line; `left` and `width` in per cent.

    `fixed` is False where the time is an example's, or moves with the weekdays of the year.
    """

    id: str
    name: str
    time: str
    left: float
    width: float
    fixed: bool


@dataclass(frozen=True)
class Tick:
    """A mark on the line: a month, or a day; `left` in per cent."""

    label: str
    left: float


@dataclass(frozen=True)
class Timeline:
    """The line, and the names of the phases for which the source gives no time."""

    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    undated: tuple[str, ...]


def timeline(plan: Plan, book: Book) -> Timeline:
    """Put the dated phases of a plan on a line from the first of their months to the last."""
    dated = phase_days(plan.phases, None, proposals(plan))
    spans = {name: span for name, days in dated.items() if (span := _span(days))}
    undated = tuple(phase.name for phase in plan.phases if phase.id not in spans)
    if not spans:
        return Timeline((), (), undated)
    start, end = min(first for first, _ in spans.values()), max(last for _, last in spans.values())
    line = _days(spans, start, end) if end - start <= _SHORT else _months(start, end)
    bars = tuple(_bar(phase, plan, book, spans[phase.id], line) for phase in plan.phases if phase.id in spans)
    return Timeline(tuple(Tick(label, line.percent(day - line.first)) for day, label in line.marks), bars, undated)


@dataclass(frozen=True)
class _Line:
    """Days of the year from `first` on, `length` of them, with the marks to show."""

    first: int
    length: int
    marks: tuple[tuple[int, str], ...]

    def percent(self, days: int) -> float:
        return round(100 * days / self.length, 2)


def _months(start: int, end: int) -> _Line:
    first, last = _month_of(start), _month_of(end - 1)
    begin = _DAYS_BEFORE[first - 1]
    marks = tuple((_DAYS_BEFORE[month - 1], f"{month}月") for month in range(first, last + 1))
    return _Line(begin, _DAYS_BEFORE[last] - begin, marks)


def _days(spans: Mapping[str, tuple[int, int]], start: int, end: int) -> _Line:
    return _Line(
        start, end - start, tuple((day, _day_label(day)) for day in sorted({day for day, _ in spans.values()}))
    )


def _day_label(day: int) -> str:
    month = _month_of(day)
    return f"{month}月{day - _DAYS_BEFORE[month - 1] + 1}日"


def _bar(phase: Phase, plan: Plan, book: Book, span: tuple[int, int], line: _Line) -> Bar:
    left, width = line.percent(span[0] - line.first), line.percent(span[1] - span[0])
    return Bar(phase.id, phase.name, phase_time(phase, plan, book), left, width, fixed=not phase.moves)


def _span(days: Days) -> tuple[int, int] | None:
    """Give the days of the year, first and one past the last; what runs into the next year is cut off there."""
    if days.first.year != GENERAL:
        return None
    first = _day_of_year(days.first)
    return first, min(first + (days.last - days.first).days + 1, _DAYS_BEFORE[-1])


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday - 1


def _month_of(day: int) -> int:
    return next((month for month in range(1, 13) if day < _DAYS_BEFORE[month]), 12)
