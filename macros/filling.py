"""Filling in: what a reader gave, put into the places of a plan that can change.

docs/assets/javascripts/filling/filling.js does the same in the browser, to the letter; tests/filling_cases.json and
random cases hold both to the same answers. `content` is the record that macros/office/content.py makes, with its
tokens.

What a reader gives, `values`: `fields` by id, `roles` (what a role is called in this unit) and `phases` (`first` and
`last` day, ISO, of a phase that was moved), every value a text; what is empty is not filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from macros.dates import Days, fixed_day, phase_days
from macros.model import Moment, Phase
from macros.typesetting import run_in, signature, title_lines
from macros.wording import month_day

Record = Mapping[str, Any]

_TOKEN = re.compile("⟦([^⟦⟧]*)⟧")
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff⟦⟧]")
"""What XML 1.0 cannot hold (2.2, Char), and the signs of a token."""

_EDGES = re.compile("^[ \t\n\u3000]+|[ \t\n\u3000]+$")
_BREAKS = re.compile("[ \t\n]*[\t\n][ \t\n]*")
_MONTH = re.compile("0?[1-9]|1[0-2]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_ISO = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_EPOCH = date(1899, 12, 30)
"""Day 0 of the serial dates of workbooks (ECMA-376 part 1, 18.17.4.1), as all of them count from March 1900 on."""


@dataclass(frozen=True)
class Slot:
    """What stands in a place: `blank` where nothing was given and the place shows its 【标签】.

    The `text` of a place that follows from others holds tokens.
    """

    text: str
    blank: bool = False
    filled: bool = False


class Piece(NamedTuple):
    """A stretch of a text; `key` is empty for words that never change."""

    text: str
    key: str = ""
    blank: bool = False
    filled: bool = False


def clean(value: str) -> str:
    """Drop what no file can hold, and blanks at both ends."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return _EDGES.sub("", _NEVER.sub("", lines))


def iso_day(text: str) -> date | None:
    """Read YYYY-MM-DD strictly; 2026-02-30 is no day."""
    match = _ISO.fullmatch(text)
    if match is None or not _YEAR.fullmatch(match[1]):
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def slots(content: Record, values: Record) -> Mapping[str, Slot]:
    """Say what stands in every place of a plan."""
    found: dict[str, Slot] = {}
    for field in content["fields"]:
        given = field_text(field["type"], _given(values, "fields", field["id"]))
        found[field["id"]] = Slot(given, filled=True) if given else Slot(f"【{field['label']}】", blank=True)
        for number, line in enumerate(_lines(field, given), 1):
            found[f"{field['id']}#{number}"] = Slot(line, filled=True)
    for role in content["roles"]:
        given = _one_line(_given(values, "roles", role["id"]))
        found[f"role:{role['id']}"] = Slot(given or role["name"], filled=bool(given))
    found.update(_phase_slots(content, values))
    return found


def field_text(kind: str, given: str) -> str:
    """Write what was given for a field of a type as it stands in the text."""
    text = clean(given)
    if kind == "lines":
        return "\n".join(line for line in (clean(line) for line in text.split("\n")) if line)
    text = _one_line(text)
    if kind == "month" and _MONTH.fullmatch(text):
        return str(int(text))
    day = iso_day(text) if kind == "date" else None
    return day_text(day) if day else text


def pieces(text: str, places: Mapping[str, Slot]) -> Iterator[Piece]:
    """Cut a text at its tokens and put in what stands there; a KeyError where a token is unknown."""
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            yield Piece(text[end : match.start()])
        slot = places[match[1]]
        if _TOKEN.search(slot.text):
            yield from pieces(slot.text, places)
        elif slot.text:
            yield Piece(slot.text, match[1], slot.blank, slot.filled)
        end = match.end()
    if end < len(text):
        yield Piece(text[end:])


def plain(text: str, places: Mapping[str, Slot]) -> str:
    """Write a text with what stands in its places, as `pieces` does; an unfilled one shows its 【标签】."""
    return _TOKEN.sub(lambda token: plain(places[token[1]].text, places), text) if "⟦" in text else text


def year_of(values: Record) -> int | None:
    """Give the year that was filled in, if it is one from 1900 to 2099."""
    text = clean(_given(values, "fields", "year"))
    return int(text) if _YEAR.fullmatch(text) else None


def dated(content: Record, values: Record) -> Mapping[str, Days]:
    """Date the phases for the year filled in, by id; moved ones as they were moved. Empty without a year."""
    year = year_of(values)
    if year is None:
        return {}
    given = {field["id"]: clean(_given(values, "fields", field["id"])) for field in content["fields"]}
    days = dict(phase_days([_phase(phase) for phase in content["phases"]], year, given))
    days.update(_moved(content, values))
    return days


def fill(content: Record, values: Record, options: Record) -> Record:
    """Make the record of which the forms of the six files are filled; its texts still hold tokens.

    `options`: `notice` (whether a notice of issue goes before the plan), `department` (the id of a role: only its
    tasks), `draft` (the words of the draft mark, or nothing), `preset` (how the paper looks).
    """
    department = str(options.get("department") or "")
    days = dated(content, values)
    year = year_of(values)
    tasks = [_task(task, days, year) for task in content["tasks"] if not department or department in task["roles"]]
    draft = clean(str(options.get("draft") or ""))
    places = slots(content, values)
    return {
        "slots": places,
        "title": content["paper_title"],
        "heading": _heading(content["paper_title"], places),
        "unit": content["unit"],
        "year": str(year or ""),
        "version": content["version"],
        "stamp": content["updated"].replace("-", "") + "T000000Z",
        "signer": "⟦unit-name⟧",
        "date": "⟦issue-date⟧",
        "addressee": "⟦addressee⟧",
        **signature(plain("⟦unit-name⟧", places), plain("⟦issue-date⟧", places)),
        "draft": [{"is": "draft", "text": draft}] if draft else [],
        "notice": _notice(content["paper_title"], places) if options.get("notice") else [],
        "extract": [{"is": "extract", "text": f"⟦role:{department}⟧"}] if department else [],
        "preset": options.get("preset") or {},
        "blocks": list(_blocks(content, values)),
        "tasks": tasks,
        "records": list(_records(tasks)),
        "assessment": [{**item, "is": "item"} for item in content["assessment"]],
        "assessment_note": content["assessment_note"],
        "events": list(_events(content, days, year)),
    }


def day_text(day: date) -> str:
    """Write a day as official papers do, without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _given(values: Record, part: str, key: str) -> str:
    given = values.get(part) or {}
    value = given.get(key)
    return value if isinstance(value, str) else ""


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", clean(text))


def _lines(field: Record, given: str) -> list[str]:
    """Give the lines of an answer of several lines; none for any other."""
    lines = given.split("\n") if field["type"] == "lines" else []
    return lines if len(lines) > 1 else []


# ------------------------------------------------------------------- phases


def _phase(facts: Record) -> Phase:
    start, end = (Moment(**facts[name]) if name in facts else None for name in ("start", "end"))
    return Phase(id=facts["id"], name=facts["name"], start=start, end=end, lasts=facts.get("lasts"))


def _moved(content: Record, values: Record) -> Iterator[tuple[str, Days]]:
    moved = values.get("phases") or {}
    for phase in content["phases"]:
        given = moved.get(phase["id"]) or {}
        first, last = (iso_day(clean(_given({"day": given}, "day", end))) for end in ("first", "last"))
        if first and last and first <= last:
            yield phase["id"], Days(first, last)


def _phase_slots(content: Record, values: Record) -> Iterator[tuple[str, Slot]]:
    year, days, moved = year_of(values), dated(content, values), dict(_moved(content, values))
    for phase in content["phases"]:
        name = phase["id"]
        exact = moved.get(name) or (days.get(name) if _needs_days(phase) else None)
        time = _range(exact, year) if exact else phase["time"]
        yield f"time:{name}", Slot(time, filled=bool(exact))
        yield f"phase:{name}", Slot(f"{phase['name']}（⟦time:{name}⟧）" if time else phase["name"])


def _needs_days(phase: Record) -> bool:
    """Tell whether the words of a phase's time are a rule, which a year turns into days."""
    moments = [phase[end] for end in ("start", "end") if end in phase]
    return "lasts" in phase or any("weekday" in moment or "after" in moment for moment in moments)


def _range(days: Days, year: int | None) -> str:
    first, last = _day_words(days.first, year), _day_words(days.last, year)
    return first if first == last else f"{first}—{last}"


def _day_words(day: date, year: int | None) -> str:
    return day_text(day) if day.year != year else month_day(day.isoformat()[5:])


# ------------------------------------------------------------ blocks, tasks


def _heading(title: str, places: Mapping[str, Slot]) -> str:
    return title_lines(title, lambda text: plain(text, places))


def _notice(title: str, places: Mapping[str, Slot]) -> list[Record]:
    return [{"is": "notice", "heading": _heading(f"关于印发《{title}》的通知", places)}]


def _blocks(content: Record, values: Record) -> Iterator[Record]:
    """Give the lines of the text; the last keeps with the signature, which must not stand on a page alone."""
    lines = [(block, line) for block in content["blocks"] for line in _block(block, content, values)]
    for index, (block, line) in enumerate(lines, 1):
        keep = [{"is": "keep"}] if index == len(lines) else []
        yield {**line, **run_in(block["number"], block["lead"], line["text"]), "keep": keep}


def _block(block: Record, content: Record, values: Record) -> Iterator[Record]:
    """Write a block in one line, or in several where a place was answered in several lines."""
    head = block["number"] + (f"{block['lead']}。" if block["lead"] else "")
    kinds = {field["id"]: field for field in content["fields"]}
    line, text, end = head, block["text"], 0
    for match in _TOKEN.finditer(text):
        field = kinds.get(match[1])
        count = len(_lines(field, field_text("lines", _given(values, "fields", match[1])))) if field else 0
        if not count or block["is"] != "p":
            continue
        line += text[end : match.start()]
        if line != block["number"]:
            yield {"is": "p", "text": line}
            line = ""
        keys = [f"⟦{match[1]}#{number}⟧" for number in range(1, count + 1)]
        yield {"is": "p", "text": line + keys[0]}
        yield from ({"is": "p", "text": key} for key in keys[1:-1])
        line, end = keys[-1], match.end()
    yield {"is": block["is"], "text": line + text[end:]}


def _task(task: Record, days: Mapping[str, Days], year: int | None) -> Record:
    day = _due(task, days, year)
    due = [{"is": "no-day"}] if day is None else [_day_record(day)]
    limit = [{"is": "limit", "text": task["threshold"]}] if task["threshold"] else []
    return {**task, "is": "task", "due": due, "limit": limit, "record": "、".join(task["keep"])}


def _due(task: Record, days: Mapping[str, Days], year: int | None) -> date | None:
    if task["date"]:
        return fixed_day(task["date"], year) if year else None
    phase = days.get(task["phase"])
    return phase.last if phase else None


def _day_record(day: date) -> Record:
    return {"is": "day", "serial": str((day - _EPOCH).days), "text": day_text(day), "iso": day.isoformat()}


def _records(tasks: Iterable[Record]) -> Iterator[Record]:
    kept = [(task, keep) for task in tasks for keep in task["keep"]]
    for number, (task, keep) in enumerate(kept, 1):
        facts = {"task_number": task["number"], "task": task["text"], "lead": task["lead"], "when": task["when"]}
        yield {"is": "record", "number": str(number), "keep": keep, **facts}


# ---------------------------------------------------------------- calendar


def _events(content: Record, days: Mapping[str, Days], year: int | None) -> Iterator[Record]:
    """Give the phases and the dated tasks as whole days; the whole year where there is nothing else."""
    if year is None:
        return
    events = [*_phase_events(content, days, year), *_task_events(content, year)]
    whole = Days(date(year, 1, 1), date(year, 12, 31))
    said = content["paper_title"], _listed(content["tasks"])
    yield from events or [_event((content["id"], year, "year"), whole, *said)]


def _phase_events(content: Record, days: Mapping[str, Days], year: int) -> Iterator[Record]:
    for phase in content["phases"]:
        if phase["id"] in days:
            tasks = [task for task in content["tasks"] if task["phase"] == phase["id"]]
            summary = f"{phase['name']}：{content['title']}"
            name = content["id"], year, f"phase-{phase['id']}"
            yield _event(name, days[phase["id"]], summary, _listed(tasks))


def _task_events(content: Record, year: int) -> Iterator[Record]:
    for task in content["tasks"]:
        if task["date"]:
            day = fixed_day(task["date"], year)
            said = f"责任：{task['lead']}\n留存：{'、'.join(task['keep'])}"
            yield _event((content["id"], year, f"task-{task['id']}"), Days(day, day), task["text"], said)


def _listed(tasks: Iterable[Record]) -> str:
    return "\n".join(f"{task['number']}. {task['text']}（{task['lead']}）" for task in tasks)


def _event(name: tuple[object, ...], days: Days, summary: str, said: str) -> Record:
    after = days.last + timedelta(1)
    return {
        "is": "event",
        "uid": f"{'-'.join(map(str, name))}@wmck",
        "first": days.first.strftime("%Y%m%d"),
        "after": after.strftime("%Y%m%d"),
        "summary": summary,
        "description": said,
    }
