"""Last year's plan opened for this year: what moves, what stays, what is asked anew, and what is told of it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from macros.book import load
from macros.office import content
from tests.browser.windows import told
from tests.conftest import ROOT

CONTENTS = {plan.id: content(plan, book) for book in [load(ROOT)] for plan in book.plans.values()}
TRANSPORT, MARCH = "transport-annual-opinion", "kindergarten-march-etiquette"
YEARS = range(2024, 2034)


def moved(days: list[str], years: int, *, by_weekday: bool) -> list[str]:
    found: list[str] = told(f"""
        const {{ reissue }} = open(new Storage());
        return {json.dumps(days)}.map((day) => reissue.moved(day, {years}, {json.dumps(by_weekday)}));
    """)
    return found


def test_a_day_keeps_its_month_and_day_and_the_last_of_a_month_stays_the_last() -> None:
    assert moved(["2026-03-05", "2027-02-28", "2028-02-29", "2026-12-31"], 1, by_weekday=False) == [
        "2027-03-05",
        "2028-02-29",
        "2029-02-28",
        "2027-12-31",
    ]


def test_what_is_no_day_moves_nowhere() -> None:
    assert moved(["", "2026-02-30", "3月5日"], 1, by_weekday=True) == ["", "", ""]


@pytest.mark.parametrize("years", [1, 2, 5])
def test_a_day_that_goes_by_its_weekday_keeps_it_and_moves_at_most_three_days_from_its_date(years: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=at) for year in YEARS for at in range(0, 365, 13)]
    for before, after in zip(days, moved([str(day) for day in days], years, by_weekday=True), strict=True):
        now = date.fromisoformat(after)
        [same] = moved_dates(before, years)
        assert now.weekday() == before.weekday()
        assert abs((now - same).days) <= 3


def moved_dates(day: date, years: int) -> list[date]:
    """Give the same date of another year, as the rule has it, reckoned by Python."""
    is_last = (day + timedelta(days=1)).day == 1
    if not is_last:
        return [day.replace(year=day.year + years)]
    first = day.replace(day=1, year=day.year + years)
    return [(first + timedelta(days=32)).replace(day=1) - timedelta(days=1)]


def kept(plan: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    given = {"fields": {"year": "2026", "unit-name": "甲局", "issue-date": "2026-03-01", "new-measures": "设夜间窗口"}}
    known = {task["id"]: task["text"] for task in CONTENTS[plan]["tasks"]}
    base = {
        "name": "甲局 2026年",
        "plan": plan,
        "title": "方案",
        "given": {**given, "roles": {"window-head": "办公室"}},
    }
    return {**base, "options": {"notice": True}, "tasks": {}, "known": known, "own": {}, **more}


def made(past: dict[str, Any], year: int = 2027) -> Any:  # noqa: ANN401 - JSON
    return told(f"""
        const {{ reissue }} = open(new Storage());
        return reissue.made({json.dumps(past)}, {json.dumps(CONTENTS[past["plan"]])}, {year});
    """)


STATE = {"state": "na", "reason": "没有此项业务", "note": "记", "done": "2026-04-01", "evidence": {"e": "照片"}}


def test_owners_and_what_was_filled_in_stay_and_states_and_papers_dates_do_not() -> None:
    task = CONTENTS[TRANSPORT]["tasks"][0]["id"]
    new = made(kept(TRANSPORT, tasks={task: {**STATE, "owner": "王科", "due": ""}}))
    assert new["values"]["fields"] == {"year": "2027", "unit-name": "甲局"}
    assert new["values"]["roles"] == {"window-head": "办公室"}
    assert new["values"]["options"] == {"notice": True}
    assert {path: value for path, value in new["cells"].items() if path != "last"} == {f"tasks/{task}/owner": "王科"}
    assert new["cells"]["last"]["tasks"][task]["reason"] == "没有此项业务"
    assert new["cells"]["last"]["fields"]["new-measures"] == "设夜间窗口"


def test_weekly_blocks_keep_their_weekdays_and_other_phases_their_dates() -> None:
    phases = {phase["id"]: phase for phase in CONTENTS[MARCH]["phases"]}
    weekly = next(name for name, phase in phases.items() if (phase.get("start") or {}).get("weekday"))
    days = {weekly: {"first": "2026-03-02", "last": "2026-03-06"}}
    past = kept(MARCH)
    past["given"]["phases"] = days
    assert made(past)["values"]["phases"] == {weekly: {"first": "2027-03-01", "last": "2027-03-05"}}
    plan, other = next((plan, one) for plan in CONTENTS for one in CONTENTS[plan]["phases"] if plan != MARCH)
    past = kept(plan)
    past["given"]["phases"] = {other["id"]: {"first": "2026-03-02", "last": "2026-12-31"}}
    assert made(past)["values"]["phases"] == {other["id"]: {"first": "2027-03-02", "last": "2027-12-31"}}


def test_observances_stay_and_what_the_plan_dates_itself_is_left_to_the_plan() -> None:
    observances = [(plan, task) for plan in CONTENTS for task in CONTENTS[plan]["tasks"] if task["date"]]
    assert observances
    for plan, task in observances:
        new = made(kept(plan, tasks={task["id"]: {"owner": "", "due": f"2026-{task['date']}"}}))
        assert f"tasks/{task['id']}/due" not in new["cells"]


def test_a_day_of_the_readers_moves_by_the_rule_of_its_task() -> None:
    tasks = [(plan, task) for plan in CONTENTS for task in CONTENTS[plan]["tasks"]]
    weekly_plan, weekly = next((plan, task) for plan, task in tasks if "每周" in task["when"] and not task["date"])
    new = made(kept(weekly_plan, tasks={weekly["id"]: {"owner": "", "due": "2026-06-05"}}))
    assert new["cells"][f"tasks/{weekly['id']}/due"] == "2027-06-04"  # 星期五
    plan, other = next((plan, one) for plan, one in tasks if "每周" not in one["when"] and plan == TRANSPORT)
    new = made(kept(plan, tasks={other["id"]: {"owner": "", "due": "2026-06-05"}}))
    assert new["cells"][f"tasks/{other['id']}/due"] == "2027-06-05"


def changed_content() -> tuple[dict[str, Any], dict[str, str]]:
    """Give a template whose first task was reworded, whose second left and which got another; with what it had been."""
    before = {task["id"]: task["text"] for task in CONTENTS[TRANSPORT]["tasks"]}
    first, _, *others = CONTENTS[TRANSPORT]["tasks"]
    tasks = [*others, {**first, "text": "换了说法的任务。"}, {**first, "id": "brand-new", "text": "新的任务。"}]
    return {**CONTENTS[TRANSPORT], "tasks": tasks}, before


def test_what_the_template_changed_is_told_and_nothing_of_last_year_is_missing() -> None:
    now, before = changed_content()
    first, second = list(before)[:2]
    states = {first: {**STATE, "state": "done", "owner": "王科", "due": ""}, second: {**STATE, "owner": "", "due": ""}}
    rows, fields, phases = told(f"""
        const {{ reissue }} = open(new Storage()), now = {json.dumps(now)};
        const {{ values, cells }} = reissue.made({json.dumps(kept(TRANSPORT, tasks=states))}, now, 2027);
        const {{ last }} = cells;
        const {{ tasks, fields, phases }} = reissue;
        return [tasks(last, now, values, {{}}), fields(last, now, values), phases(last, now, values)];
    """)
    whats = [row["what"] for row in rows]
    assert whats[0] == "示例里已经没有"
    assert {what[:4] for what in whats[1:3]} == {"措辞改了", "新增"}
    assert whats[3:] == [""] * (len(before) - 2)
    assert "没有此项业务" in rows[0]["then"]
    assert next(row for row in rows if row["label"] == "换了说法的任务。")["then"].startswith("已完成")
    assert fields[0] == {"label": "今年新举措", "then": "设夜间窗口", "now": "", "what": "还没有写"}
    assert {"label": "年份", "then": "2026", "now": "2027", "what": "改了"} in fields
    assert phases == []


@pytest.mark.parametrize("plan", CONTENTS)
def test_every_plan_is_opened_for_another_year_and_back_without_an_error(plan: str) -> None:
    counts = told(f"""
        const {{ reissue, myPlans }} = open(new Storage()), content = {json.dumps(CONTENTS[plan])};
        const given = {json.dumps(kept(plan))}, new_ = reissue.made(given, content, 2028);
        const id = myPlans.create(new_), {{ last }} = new_.cells, values = myPlans.values(id);
        const {{ length }} = reissue.tasks(last, content, values, {{}});
        return [length, content.tasks.length, myPlans.value(id, "last").year];
    """)
    assert counts[0] == counts[1]
    assert counts[2] == "2026"
