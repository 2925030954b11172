"""Phases stand where they belong on the line of months."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from macros.book import load
from macros.model import Book, Moment, Phase, Plan
from macros.timeline import Timeline, timeline
from tests.book_of_tests import ALPHA, DataFolder

ROOT = Path(__file__).parent.parent
REAL = load(ROOT)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Read the tiny book."""
    return DataFolder.in_(tmp_path_factory.mktemp("book")).book()


def phase(name: str, start: Moment | None = None, end: Moment | None = None, lasts: int | None = None) -> Phase:
    return Phase(id=name, name=name, start=start, end=end, lasts=lasts, origin="editor")


def line_of(book: Book, *phases: Phase) -> Timeline:
    plan = book.plans[ALPHA].model_copy(update={"phases": tuple(phases)})
    return timeline(plan, book)


def places(line: Timeline) -> dict[str, tuple[float, float]]:
    return {bar.id: (bar.left, bar.width) for bar in line.bars}


def assert_inside(line: Timeline) -> None:
    for bar in line.bars:
        assert bar.left >= 0
        assert bar.width > 0
        assert bar.left + bar.width <= 100.01
    assert [tick.left for tick in line.ticks] == sorted(tick.left for tick in line.ticks)
    assert all(0 <= tick.left < 100 for tick in line.ticks)


def marks(line: Timeline) -> Sequence[str]:
    return [tick.label for tick in line.ticks]


def test_the_tiny_plan_has_its_phases_in_their_places(book: Book) -> None:
    line = timeline(book.plans[ALPHA], book)
    assert [bar.id for bar in line.bars] == ["kickoff", "week", "work", "review"]
    assert line.undated == ("后续阶段",)
    assert marks(line) == [f"{month}月" for month in range(3, 13)]
    assert [bar.fixed for bar in line.bars] == [False, False, True, True]
    days = 365 - 59
    assert places(line)["work"] == (round(100 * 31 / days, 2), round(100 * 183 / days, 2))
    assert places(line)["week"] == (round(100 * 4 / days, 2), round(100 * 5 / days, 2))
    assert_inside(line)


def test_a_month_begins_on_its_first_day_and_ends_on_its_last(book: Book) -> None:
    line = line_of(book, phase("a", Moment(month=1)), phase("b", Moment(month=3), Moment(month=4)))
    assert marks(line) == ["1月", "2月", "3月", "4月"]
    assert places(line)["b"] == (round(100 * 59 / 120, 2), round(100 * 61 / 120, 2))


def test_a_short_line_shows_the_days_on_which_phases_begin(book: Book) -> None:
    line = line_of(book, phase("a", Moment(date="02-28"), lasts=5), phase("b", Moment(date="04-01"), lasts=2))
    assert marks(line) == ["2月28日", "4月1日"]
    assert places(line) == {"a": (0, round(100 * 5 / 34, 2)), "b": (round(100 * 32 / 34, 2), round(100 * 2 / 34, 2))}
    assert_inside(line)


def test_a_long_line_shows_whole_months(book: Book) -> None:
    line = line_of(book, phase("a", Moment(date="02-10")), phase("b", Moment(date="06-10")))
    assert marks(line) == ["2月", "3月", "4月", "5月", "6月"]
    assert places(line)["a"] == (6.0, 0.67)


def test_a_day_is_one_day_wide(book: Book) -> None:
    line = line_of(book, phase("a", Moment(date="03-31")), phase("b", Moment(date="04-01"), Moment(date="04-01")))
    assert places(line) == {"a": (0, 50), "b": (50, 50)}


def test_a_phase_that_lasts_ends_when_its_days_are_over(book: Book) -> None:
    line = line_of(book, phase("a", Moment(date="01-01"), lasts=31), phase("b", Moment(month=2), Moment(month=2)))
    assert places(line) == {"a": (0, round(100 * 31 / 59, 2)), "b": (round(100 * 31 / 59, 2), round(100 * 28 / 59, 2))}


def test_a_phase_that_runs_past_the_year_stops_at_its_end(book: Book) -> None:
    line = line_of(book, phase("a", Moment(month=11)), phase("b", Moment(date="12-20"), lasts=60))
    assert_inside(line)
    assert sum(places(line)["b"]) == pytest.approx(100, abs=0.02)
    assert marks(line)[-1] in {"12月", "12月20日"}


def test_a_phase_of_next_year_is_not_on_the_line(book: Book) -> None:
    line = line_of(book, phase("a", Moment(date="12-01")), phase("b", Moment(after="a", days=60)))
    assert [bar.id for bar in line.bars] == ["a"]
    assert line.undated == ("b",)
    assert_inside(line)


def test_a_phase_after_another_counts_from_its_start(book: Book) -> None:
    line = line_of(book, phase("a", Moment(month=1)), phase("b", Moment(after="a", days=31), Moment(month=2)))
    assert places(line)["b"] == (round(100 * 31 / 59, 2), round(100 * 28 / 59, 2))


def test_a_field_without_an_example_leaves_its_phase_undated(book: Book) -> None:
    line = line_of(book, phase("a", Moment(field="phone")), phase("b", Moment(month=5)))
    assert line.undated == ("a",)


@pytest.mark.parametrize(
    ("end", "fixed"),
    [
        (Moment(month=4), True),
        (Moment(field="kickoff-month"), False),
        (Moment(date="04-01", weekday="星期五"), False),
    ],
)
def test_a_bar_is_proposed_wherever_one_of_its_ends_is_not_fixed(book: Book, end: Moment, fixed: bool) -> None:  # noqa: FBT001
    line = line_of(book, phase("a", Moment(month=2), end))
    assert [bar.fixed for bar in line.bars] == [fixed]


def test_a_plan_without_dates_has_no_line(book: Book) -> None:
    line = line_of(book, phase("a"), phase("b"))
    assert line == Timeline((), (), ("a", "b"))


@pytest.mark.parametrize("plan", REAL.plans.values(), ids=lambda plan: plan.id)
def test_the_bars_of_every_plan_stay_on_the_line(plan: Plan) -> None:
    line = timeline(plan, REAL)
    assert_inside(line)
    assert len(line.bars) + len(line.undated) == len(plan.phases)
    assert [bar.id for bar in line.bars] == [phase.id for phase in plan.phases if phase.name not in line.undated]
    assert [bar.left for bar in line.bars] == sorted(bar.left for bar in line.bars)
