"""日程.ics, read back as calendar programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from macros.book import load
from macros.filling import dated, fill, plain
from macros.office import content, form_of
from macros.office.form import make

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)
CONTENTS = {plan.id: content(plan, BOOK) for plan in BOOK.plans.values()}
KINDERGARTEN = CONTENTS["kindergarten-march-etiquette"]
CREATIONS = CONTENTS["transport-three-creations"]
NASTY = ("甲,乙;丙\\丁", "END:VEVENT\r\nEND:VCALENDAR", "\\n", "A&B<公司>", "响\x07铃", "😀" * 40, "长" * 300, " 空 ")

Values = Mapping[str, Any]


def filled_in(about: Mapping[str, Any], **more: str) -> Values:
    """Answer every question about a plan; the year is 2027."""
    answers = {"month": "5", "date": "2027-03-01", "number": "3"}
    fields = {field["id"]: answers.get(field["type"], f"本{field['label']}") for field in about["fields"]}
    return {"fields": {**fields, "year": "2027", **more}}


def written(about: Mapping[str, Any], values: Values) -> bytes:
    return make(form_of("calendar"), fill(about, values, {}))


def read(about: Mapping[str, Any], values: Values) -> Calendar:
    calendar = Calendar.from_ical(written(about, values))
    assert isinstance(calendar, Calendar)
    assert not [error for part in calendar.walk() for error in part.errors]
    return calendar


def events(about: Mapping[str, Any], values: Values) -> list[Event]:
    found = read(about, values).walk("VEVENT")
    return [event for event in found if isinstance(event, Event)]


def name_of(about: Mapping[str, Any], values: Values) -> str:
    """Read the calendar's name, as a comment: icalendar does not know that what begins with X- is a text."""
    raw = written(about, values).replace(b"X-WR-CALNAME:", b"COMMENT:")
    return str(Calendar.from_ical(raw)["COMMENT"])


@pytest.mark.parametrize("about", CONTENTS.values(), ids=CONTENTS.keys())
def test_every_event_of_a_plan_is_read_back(about: Mapping[str, Any]) -> None:
    filled = fill(about, filled_in(about), {})
    found = events(about, filled_in(about))
    assert len(found) == len(filled["events"]) >= 1
    for event, wanted in zip(found, filled["events"], strict=True):
        assert str(event["SUMMARY"]) == plain(wanted["summary"], filled["slots"])
        assert str(event["DESCRIPTION"]) == plain(wanted["description"], filled["slots"])
        assert event["DTSTART"].dt.strftime("%Y%m%d") == wanted["first"]
        assert event["DTEND"].dt.strftime("%Y%m%d") == wanted["after"]
        assert str(event["UID"]) == wanted["uid"]
        assert f"{event['DTSTAMP'].dt:%Y-%m-%d}" == about["updated"]
        assert str(event["TRANSP"]) == "TRANSPARENT"
    assert len({str(event["UID"]) for event in found}) == len(found)


@pytest.mark.parametrize("about", CONTENTS.values(), ids=CONTENTS.keys())
def test_a_calendar_says_whose_it_is_and_of_which_version(about: Mapping[str, Any]) -> None:
    values = filled_in(about, **{"unit-name": "某市,窗口;单位"})
    filled = fill(about, values, {})
    calendar = read(about, values)
    assert name_of(about, values) == plain(filled["title"], filled["slots"])
    assert str(calendar["X-WR-CALDESC"]) == about["version"]
    assert str(calendar["VERSION"]) == "2.0"
    assert calendar["PRODID"]


def test_phases_are_days_and_end_on_the_day_after_their_last() -> None:
    days = dated(CREATIONS, filled_in(CREATIONS))
    found = {str(event["UID"]): event for event in events(CREATIONS, filled_in(CREATIONS))}
    assert len(days) == len(CREATIONS["phases"])
    for phase, stretch in days.items():
        event = found[f"{CREATIONS['id']}-2027-phase-{phase}@wmck"]
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (stretch.first, stretch.last + timedelta(1))
        assert type(event["DTSTART"].dt) is date
        assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"


def test_a_moved_phase_is_moved_in_the_calendar() -> None:
    phase = CREATIONS["phases"][0]["id"]
    values = {**filled_in(CREATIONS), "phases": {phase: {"first": "2027-05-06", "last": "2028-01-10"}}}
    event = events(CREATIONS, values)[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 5, 6), date(2028, 1, 11))


def test_tasks_with_a_day_stand_in_the_calendar() -> None:
    names = [task["id"] for task in KINDERGARTEN["tasks"] if task["date"]]
    uids = {str(event["UID"]) for event in events(KINDERGARTEN, filled_in(KINDERGARTEN))}
    assert names
    assert {f"{KINDERGARTEN['id']}-2027-task-{name}@wmck" for name in names} <= uids


def test_people_are_reminded_three_days_before_the_last_day_at_nine() -> None:
    for event in events(KINDERGARTEN, filled_in(KINDERGARTEN)):
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].params["RELATED"] == "END"
        after = event["DTEND"].dt
        last_day_at_nine = timedelta(hours=9 - 24)
        assert alarm["TRIGGER"].dt == last_day_at_nine - timedelta(3)
        assert after > event["DTSTART"].dt
        assert str(alarm["ACTION"]) == "DISPLAY"
        assert str(alarm["DESCRIPTION"]) == str(event["SUMMARY"])


@pytest.mark.parametrize("about", CONTENTS.values(), ids=CONTENTS.keys())
def test_lines_are_short_end_rightly_and_break_no_character(about: Mapping[str, Any]) -> None:
    raw = written(about, filled_in(about, **{"unit-name": "长" * 60}))
    lines = raw.removesuffix(b"\r\n").split(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line or not line for line in lines)
    assert all(line.decode("utf-8") for line in lines)


@pytest.mark.parametrize("nasty", NASTY)
def test_what_a_reader_types_comes_back_and_adds_nothing(nasty: str) -> None:
    usual = filled_in(CREATIONS)
    values = {**usual, "fields": {**usual["fields"], "unit-name": nasty}, "roles": {"campaign-office": nasty}}
    filled = fill(CREATIONS, values, {})
    calendar = read(CREATIONS, values)
    assert len(calendar.walk()) == len(read(CREATIONS, usual).walk())
    assert name_of(CREATIONS, values) == plain(filled["title"], filled["slots"])
    for event, wanted in zip(calendar.walk("VEVENT"), filled["events"], strict=True):
        assert str(event["DESCRIPTION"]) == plain(wanted["description"], filled["slots"])
    assert any(part in name_of(CREATIONS, values) for part in (nasty.strip(), "响铃", "END:VEVENT END"))


def test_without_a_year_there_is_no_event() -> None:
    assert events(CREATIONS, {}) == []


def test_a_calendar_is_the_same_whenever_it_is_made() -> None:
    assert written(CREATIONS, filled_in(CREATIONS)) == written(CREATIONS, filled_in(CREATIONS))
