"""Phases are dated by the same rules in Python and in the browser, whatever the year."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from macros.book import load
from macros.dates import Days, clashes, phase_days, proposals
from macros.model import Phase, Plan
from macros.year import place, year

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)
CASES = json.loads((ROOT / "tests" / "dates_cases.json").read_text("utf-8"))
"""What both sides must answer; tests/browser/test_compare_calendar.py asks the script."""

YEARS = range(2000, 2100)
MONDAYS = ("lei-feng-week", "my-home-week", "housework-week", "visiting-week")


def phases_of(case: Mapping[str, Any]) -> list[Phase]:
    return [Phase.model_validate({**phase, "origin": "editor"}) for phase in case["phases"]]


def kindergarten(of: int | None) -> Mapping[str, Days]:
    return phase_days(BOOK.plans["kindergarten-march-etiquette"].phases, of, {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_case_of_the_table_is_dated_as_it_says(case: Mapping[str, Any]) -> None:
    phases = phases_of(case)
    dated = phase_days(phases, case["year"], case["values"])
    assert {name: [days.first.isoformat(), days.last.isoformat()] for name, days in dated.items()} == case["days"]
    if case["notes"] is not None:
        assert list(clashes(phases, dated)) == case["notes"]


def test_no_two_cases_have_one_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("plan", BOOK.plans.values(), ids=lambda plan: plan.id)
def test_every_plan_is_dated_in_every_year_of_the_century(plan: Plan) -> None:
    known = set(phase_days(plan.phases, None, proposals(plan)))
    for chosen in YEARS:
        dated = phase_days(plan.phases, chosen, proposals(plan))
        assert set(dated) == known
        assert all(days.first <= days.last for days in dated.values())
        assert all(days.first.year == chosen for days in dated.values())


def test_the_weeks_of_the_kindergarten_begin_on_mondays_near_their_dates() -> None:
    written = kindergarten(None)
    for chosen in YEARS:
        dated = kindergarten(chosen)
        for week in MONDAYS:
            first, meant = dated[week].first, written[week].first.replace(year=chosen)
            assert first.weekday() == 0
            assert abs(first - meant) <= timedelta(3)
        assert dated["women-and-arbor-week"] == Days(date(chosen, 3, 5), date(chosen, 3, 11))


def test_the_kindergarten_is_as_written_where_28_february_is_a_monday_of_a_common_year() -> None:
    written = _as_text(kindergarten(None))
    assert [chosen for chosen in range(2000, 2031) if _as_text(kindergarten(chosen)) == written] == [2005, 2011, 2022]


def _as_text(dated: Mapping[str, Days]) -> list[str]:
    return [f"{name} {days.first:%m-%d} {days.last:%m-%d}" for name, days in dated.items()]


def test_an_overlap_or_a_gap_is_told_of_every_year_that_has_one() -> None:
    phases = BOOK.plans["kindergarten-march-etiquette"].phases
    for chosen in YEARS:
        dated = kindergarten(chosen)
        days = [day for one in dated.values() for day in _days(one)]
        work = {day for day in _days(Days(days[0], days[-1])) if day.weekday() < 5}
        faults = len(days) != len(set(days)) or not work <= set(days)
        assert bool(clashes(phases, dated)) == faults


def _days(days: Days) -> list[date]:
    return [days.first + timedelta(number) for number in range((days.last - days.first).days + 1)]


def test_a_month_takes_a_twelfth_of_the_line() -> None:
    assert [place(date(2024, month, 1)) for month in (1, 4, 7, 12)] == [0, 25, 50, 91.67]
    assert place(date(2023, 3, 16)) == round(100 * (2 + 15 / 31) / 12, 2)


def test_every_phase_and_observance_stands_once_in_the_general_calendar() -> None:
    laid = year(BOOK)
    entries = [entry for month in laid.months for entry in month.entries]
    phases = sum(len(plan.phases) for plan in BOOK.plans.values())
    assert len(entries) + len(laid.undated) == phases + len(BOOK.observances)
    for row in laid.plans:
        for mark in row.marks:
            assert 0 <= mark.left < mark.left + mark.width <= 100.01


def test_a_phase_of_months_goes_on_in_each_of_them() -> None:
    going_on = [month.number for month in year(BOOK).months if any(mark.phase.id == "work" for mark in month.going_on)]
    assert going_on == [7, 8, 9, 10, 11]
