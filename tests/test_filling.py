"""What a reader gives stands in the same places, in the same words, in Python and in the browser."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.book import load
from macros.document import document, plain_text
from macros.filling import clean, dated, field_text, fill, iso_day, pieces, plain, slots, year_of
from macros.model import Plan
from macros.office import FILES, content
from tests.twins import Case, in_browser, in_python

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)
CONTENTS = {plan.id: content(plan, BOOK) for plan in BOOK.plans.values()}
CREATIONS = CONTENTS["transport-three-creations"]
CASES = json.loads((ROOT / "tests" / "filling_cases.json").read_text("utf-8"))
RANDOM_CASES = 1000
FILES_FILLED = 120
"""Why fewer: each is all the text of a file."""


def said(about: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    filled = fill(about, values, {})
    return [plain(block["text"], filled["slots"]) for block in filled["blocks"]]


# ------------------------------------------------------------- what is given


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']} {case['given']!r}")
def test_what_is_given_stands_as_the_table_says(case: Mapping[str, str]) -> None:
    assert field_text(case["kind"], case["given"]) == case["text"]


def test_the_browser_says_the_same_of_every_case_of_the_table(tmp_path: Path) -> None:
    kinds = {"text": "city", "lines": "new-measures", "month": "kickoff-month", "date": "issue-date", "year": "year"}
    cases: list[Case] = [
        {
            "plan": CREATIONS["id"],
            "values": {"fields": {kinds[case["kind"]]: case["given"]}},
            "options": {},
            "form": None,
        }
        for case in CASES
        if case["kind"] in kinds
    ]
    answers = in_browser(CONTENTS, cases, tmp_path)
    for case, answer in zip((case for case in CASES if case["kind"] in kinds), answers, strict=True):
        slot = answer["filled"]["slots"][kinds[case["kind"]]]
        assert slot["filled"] == bool(case["text"])
        assert not case["text"] or slot["text"] == case["text"]


@pytest.mark.parametrize(("text", "day"), [("2028-02-29", date(2028, 2, 29)), ("2026-02-29", None), ("", None)])
def test_a_day_is_read_strictly(text: str, day: date | None) -> None:
    assert iso_day(text) == day


def test_what_is_no_text_is_not_filled_in() -> None:
    values: Mapping[str, Any] = {"fields": {"city": 5, "year": None}, "roles": None}
    assert slots(CREATIONS, values)["city"].blank
    assert year_of(values) is None


def test_a_reader_cannot_type_a_token() -> None:
    given = clean("⟦year⟧⟦nothing⟧")
    assert plain("⟦city⟧", slots(CREATIONS, {"fields": {"city": given}})) == "yearnothing"


# -------------------------------------------------------------------- places


@pytest.mark.parametrize("plan", BOOK.plans.values(), ids=lambda plan: plan.id)
def test_an_unfilled_plan_says_what_its_page_says(plan: Plan) -> None:
    assert "\n".join(said(CONTENTS[plan.id], {})) == plain_text(document(plan, BOOK))


@pytest.mark.parametrize("about", CONTENTS.values(), ids=CONTENTS.keys())
def test_a_plan_that_is_filled_in_has_no_blank_left(about: Mapping[str, Any]) -> None:
    fields = {field["id"]: {"month": "5", "year": "2026"}.get(field["type"], "某") for field in about["fields"]}
    filled = fill(about, {"fields": fields}, {"notice": True})
    texts = [filled[name] for name in ("title", "signer", "date", "addressee")]
    texts += [value for task in filled["tasks"] for value in task.values() if isinstance(value, str)]
    texts += [block["text"] for block in filled["blocks"]]
    assert not any(piece.blank for text in texts for piece in pieces(text, filled["slots"]))


def test_every_place_of_a_blank_is_filled() -> None:
    texts = said(CREATIONS, {"fields": {"year": "2026", "city": "甲市"}})
    assert any("2026年是开局之年；甲市创建" in text for text in texts)
    assert not any("【年份】" in text or "【所在城市】" in text for text in texts)


def test_a_unit_has_its_own_name_for_a_role() -> None:
    role = CREATIONS["roles"][0]
    texts = said(CREATIONS, {"roles": {role["id"]: "文明办"}})
    assert any("文明办" in text for text in texts)
    tasks = fill(CREATIONS, {"roles": {role["id"]: "文明办"}}, {})["tasks"]
    places = slots(CREATIONS, {"roles": {role["id"]: "文明办"}})
    owned = [task for task in tasks if task["roles"][0] == role["id"]]
    assert all(plain(task["lead"], places) == "文明办" for task in owned)


def test_several_lines_become_paragraphs() -> None:
    texts = said(CREATIONS, {"fields": {"new-measures": "设晨会\n\n开夜校"}})
    assert texts[-2:] == ["设晨会", "开夜校"]
    assert said(CREATIONS, {"fields": {"new-measures": "设晨会"}})[-1] == "设晨会"


def test_words_before_several_lines_keep_their_own_paragraph() -> None:
    about = CONTENTS["telecom-hall-model-window"]
    texts = said(about, {"fields": {"eight-steps": "迎\n问\n送"}})
    place = texts.index("迎")
    assert texts[place - 1].endswith("业务受理八步曲是：")
    assert texts[place : place + 3] == ["迎", "问", "送"]


# -------------------------------------------------------------------- phases


def test_phases_are_proposed_for_the_year_and_can_be_moved() -> None:
    fields = {"year": "2027", "kickoff-month": "5", "work-start-month": "6", "work-end-month": "11"}
    assert dated(CREATIONS, {"fields": fields})["kickoff"].last == date(2027, 5, 31)
    moved = {"fields": fields, "phases": {"kickoff": {"first": "2027-05-06", "last": "2028-01-10"}}}
    assert dated(CREATIONS, moved)["kickoff"].last == date(2028, 1, 10)
    assert plain("⟦phase:kickoff⟧", slots(CREATIONS, moved)) == "动员部署阶段（5月6日—2028年1月10日）"
    assert any("动员部署阶段（5月6日—2028年1月10日）" in text for text in said(CREATIONS, moved))


@pytest.mark.parametrize("days", [{"first": "2027-05-06", "last": "2027-05-05"}, {"first": "2027-02-30"}, {}])
def test_a_phase_moved_to_no_days_stays_where_it_was(days: Mapping[str, str]) -> None:
    fields = {"year": "2027", "kickoff-month": "5"}
    assert dated(CREATIONS, {"fields": fields, "phases": {"kickoff": days}}) == dated(CREATIONS, {"fields": fields})


def test_a_rule_becomes_days_when_the_year_is_known() -> None:
    about = CONTENTS["kindergarten-march-etiquette"]
    name = next(phase["id"] for phase in about["phases"] if "weekday" in phase.get("start", {}))
    assert "最近的" in plain(f"⟦time:{name}⟧", slots(about, {}))
    assert "最近的" not in plain(f"⟦time:{name}⟧", slots(about, {"fields": {"year": "2027"}}))


def test_a_task_is_due_on_its_day_or_at_the_end_of_its_phase() -> None:
    fields = {"year": "2027", "kickoff-month": "2"}
    tasks = fill(CREATIONS, {"fields": fields}, {})["tasks"]
    due = {task["due"][0].get("iso") for task in tasks if task["phase"] == "kickoff"}
    assert due == {"2027-02-28"}
    dated_task = next(task for about in CONTENTS.values() for task in about["tasks"] if task["date"])
    assert dated_task["date"][:2] in {f"{month:02}" for month in range(1, 13)}


def test_no_year_no_days() -> None:
    filled = fill(CREATIONS, {"fields": {"kickoff-month": "5"}}, {})
    assert filled["events"] == []
    assert all(task["due"] == [{"is": "no-day"}] for task in filled["tasks"])


# ---------------------------------------------------------------- department


def test_an_extract_holds_the_tasks_of_one_department_with_their_own_numbers() -> None:
    role = CREATIONS["tasks"][-1]["roles"][0]
    filled = fill(CREATIONS, {}, {"department": role})
    assert filled["tasks"]
    assert [task["number"] for task in filled["tasks"]] == [
        task["number"] for task in CREATIONS["tasks"] if role in task["roles"]
    ]
    assert {record["task_number"] for record in filled["records"]} == {task["number"] for task in filled["tasks"]}


# ---------------------------------------------------------------------- twins

NASTY = (
    "A&B<公司>", "$&`'$1", "\ud800", "a\x00b\x0b", "⟦year⟧", "【年份】", "一\n二\n三", " \u3000空 ", "_x0041_", "=1+1",
    "\t制表\t", "😀😀", "2026-02-30", "2026-02-28", "05", "12", "013", "2026", "1899", "\u2028", "]]>", "x\r\ny\rz",
    "长" * 300, "__proto__", "\ufeff头", "\x85x", "\xa0y", "a;b,c\\d",
)  # fmt: skip


def random_case(chance: random.Random, form: str | None) -> Case:
    about = chance.choice(list(CONTENTS.values()))

    def text() -> str:
        if chance.random() < 0.7:
            return chance.choice(NASTY)
        return "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x110000)))) for _ in range(6))

    def value(field: Mapping[str, str]) -> str:
        if field["type"] == "month":
            return str(chance.randrange(14))
        return chance.choice(("2024", "2026", "2027")) if field["id"] == "year" else text()

    days = ("2026-05-06", "2026-05-20", "2026-02-30", "2027-01-03", "")
    values = {
        "fields": {field["id"]: value(field) for field in about["fields"] if chance.random() < 0.7},
        "roles": {role["id"]: text() for role in about["roles"] if chance.random() < 0.3},
        "phases": {
            phase["id"]: {"first": chance.choice(days), "last": chance.choice(days)}
            for phase in about["phases"]
            if chance.random() < 0.4
        },
    }
    departments = ["", *(role["id"] for role in about["roles"])]
    options = {"department": chance.choice(departments), "notice": chance.random() < 0.5}
    return {
        "plan": about["id"],
        "values": values,
        "options": {**options, "draft": chance.choice(("", "草稿 & <甲>"))},
        "form": form,
    }


def test_random_values_fill_every_plan_alike_in_python_and_in_the_browser(tmp_path: Path) -> None:
    chance = random.Random(20261121)  # noqa: S311
    cases = [random_case(chance, None) for _ in range(RANDOM_CASES)]
    in_scripts = in_browser(CONTENTS, cases, tmp_path)
    for case, ours, theirs in zip(cases, in_python(CONTENTS, cases), in_scripts, strict=True):
        assert json.loads(json.dumps(ours)) == theirs, case


def test_random_values_fill_every_file_alike_byte_for_byte(tmp_path: Path) -> None:
    chance = random.Random(9704)  # noqa: S311
    keys = list(FILES)
    cases = [random_case(chance, keys[index % len(keys)]) for index in range(FILES_FILLED)]
    in_scripts = in_browser(CONTENTS, cases, tmp_path)
    for case, ours, theirs in zip(cases, in_python(CONTENTS, cases), in_scripts, strict=True):
        assert ours["files"] == theirs["files"], case
        assert ours["files"]


def test_the_same_blank_twice_in_a_row_is_two_runs_in_python_and_in_the_browser(tmp_path: Path) -> None:
    contents = {"twice": {**CREATIONS, "title": "", "paper_title": "⟦year⟧⟦year⟧年"}}
    case: Case = {"plan": "twice", "values": {}, "options": {}, "form": "plan"}
    ((ours,), (theirs,)) = in_python(contents, [case]), in_browser(contents, [case], tmp_path)
    assert ours["files"] == theirs["files"]
    assert ours["files"]["word/document.xml"].count(">【年份】</w:t></w:r><w:r>") >= 2
