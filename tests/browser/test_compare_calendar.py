"""Coverage, plans side by side, and the year: what is chosen stands in the address, and what is shown is the data."""

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.dates import clashes, phase_days
from macros.model import Phase
from macros.year import place
from tests.browser.opening import Opener
from tests.browser.plan_page import api, in_node, paste, plans, shown_tasks
from tests.browser.thinning import STEP

COMPARE = "compare/index.html"
CALENDAR = "calendar/index.html"
KINDERGARTEN = "kindergarten-march-etiquette"
TRANSPORT = "transport-three-creations"
HOSPITAL = "hospital-civilised-window"
TABLE = "#side-by-side table"
CASES = json.loads((Path(__file__).parent.parent / "dates_cases.json").read_text("utf-8"))
RANDOM_CASES = 2000
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")

DATED = """JSON.parse(require('fs').readFileSync(%s, 'utf8')).map(({phases, year, values}) => {
    const dated = planSite.dates.phaseDays(phases, year, values);
    const days = Object.keys(dated).map((id) => [id, [dated[id].first, dated[id].last].map(planSite.dates.iso)]);
    return {days: Object.fromEntries(days), notes: planSite.dates.clashes(phases, dated)};
})"""

Case = dict[str, Any]


# The dates, under Node.


def dated_by_script(cases: list[Case], folder: Path) -> list[Case]:
    file = folder / "cases.json"
    file.write_text(json.dumps(cases), "utf-8")
    answers: list[Case] = in_node(DATED % json.dumps(str(file)))
    return answers


def test_the_script_dates_every_case_of_the_table(tmp_path: Path) -> None:
    for case, answer in zip(CASES, dated_by_script(CASES, tmp_path), strict=True):
        assert answer["days"] == case["days"], case["name"]
        if case["notes"] is not None:
            assert answer["notes"] == case["notes"], case["name"]


def test_the_script_and_python_agree_on_random_plans(tmp_path: Path) -> None:
    dice = random.Random(20270301)  # noqa: S311 - no secret
    cases = [random_case(dice) for _ in range(RANDOM_CASES)]
    answers = dated_by_script(cases, tmp_path)
    dated_phases = 0
    for case, answer in zip(cases, answers, strict=True):
        phases = [Phase.model_validate({**phase, "origin": "editor"}) for phase in case["phases"]]
        dated = phase_days(phases, case["year"], case["values"])
        days = {name: [one.first.isoformat(), one.last.isoformat()] for name, one in dated.items()}
        assert answer == {"days": days, "notes": list(clashes(phases, dated))}, case
        dated_phases += len(days)
    assert dated_phases > RANDOM_CASES


def random_case(dice: random.Random) -> Case:
    phases: list[Case] = []
    for number in range(dice.randint(1, 6)):
        phases.append(random_phase(dice, f"phase-{number}", [phase["id"] for phase in phases]))
    values = ["1", "07", "12", "13", "0", "03-05", "02-29", "2024-02-29", "02-30", "五月", ""]
    given = {f"field-{number}": dice.choice(values) for number in range(3)}
    return {"phases": phases, "year": dice.choice([None, *range(1900, 2200)]), "values": given}


def random_phase(dice: random.Random, name: str, before: list[str]) -> Case:
    phase: Case = {"id": name, "name": f"“{name}”阶段"}
    if dice.random() < 0.9:
        phase["start"] = random_moment(dice, before)
        ending = dice.random()
        if ending < 0.4:
            phase["end"] = random_moment(dice, before)
        elif ending < 0.7:
            phase["lasts"] = dice.randint(1, 366)
    return phase


def random_moment(dice: random.Random, before: list[str]) -> Case:
    month = dice.randint(1, 12)
    day = f"{month:02}-{dice.randint(1, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]):02}"
    forms: list[Case] = [
        {"month": month},
        {"date": day},
        {"date": day, "weekday": dice.choice(WEEKDAYS)},
        {"date": dice.choice(["02-28", "02-29", "12-31", "01-01"]), "weekday": dice.choice(WEEKDAYS)},
        {"field": f"field-{dice.randint(0, 3)}"},
        *([{"after": dice.choice(before), "days": dice.randint(0, 366)}] if before else []),
    ]
    return dice.choice(forms)


def test_the_script_and_python_put_every_day_in_the_same_place() -> None:
    lefts = in_node(
        "Array.from({length: 365}, (_, day) => planSite.dates.fixed('01-01', 2023).first + day)"
        ".map((day) => [planSite.dates.iso(day), planSite.calendar.place({first: day, last: day}, null).left])"
    )
    for text, left in lefts:
        year, month, day = map(int, text.split("-"))
        assert left == pytest.approx(place(date(year, month, day)), abs=0.011)


@pytest.mark.parametrize(
    ("search", "year"),
    [
        ("", None),
        ("?year=2027", 2027),
        ("?year=1999", None),
        ("?year=2100", None),
        ("?year=abcd", None),
        ("?year=27", None),
    ],
)
def test_only_a_year_of_this_century_is_read(search: str, year: int | None) -> None:
    assert in_node(f"planSite.calendar.readYear({json.dumps(search)})") == year


def test_the_years_to_offer_are_near_and_hold_the_chosen_one() -> None:
    assert in_node("planSite.calendar.yearsToOffer(2026, null)") == list(range(2025, 2032))
    assert in_node("planSite.calendar.yearsToOffer(2026, 2040)") == [*range(2025, 2032), 2040]


@pytest.mark.parametrize(
    ("search", "chosen"),
    [
        ("", []),
        ("?plans=a", ["a"]),
        ("?plans=a,b,c", ["a", "b", "c"]),
        ("?plans=c,x,c,b,,a", ["c", "b", "a"]),
        ("?plans=a,b,c,d", ["a", "b", "c"]),
        ("?plans=a%2Cb", ["a", "b"]),
    ],
)
def test_two_or_three_known_plans_are_read(search: str, chosen: list[str]) -> None:
    assert in_node(f"planSite.compare.readPlans({json.dumps(search)}, ['a', 'b', 'c', 'd'])") == chosen


def test_a_query_keeps_what_is_not_the_comparisons() -> None:
    assert in_node("planSite.compare.writePlans('?x=1&plans=a&y=2', ['b', 'c'])") == "?x=1&y=2&plans=b,c"
    assert in_node("planSite.compare.writePlans('?plans=a', [])") == ""
    assert in_node("planSite.calendar.writeYear('?x=1&year=2027', 2028)") == "?x=1&year=2028"
    assert in_node("planSite.calendar.writeYear('?year=2027', null)") == ""


# The tables of coverage.


def theme_cells(page: Page) -> Iterator[tuple[str, str, int]]:
    """Give the theme, the unit and the count of every cell that holds one."""
    for link in page.locator(".matrix").first.locator("tbody td a").all():
        parts = urlsplit(link.get_attribute("href") or "")
        yield parts.path.split("/")[-2], parse_qs(parts.query)["unit"][0], int(re.findall(r"\d+", link.inner_text())[0])


def test_the_counts_are_those_of_the_data_and_lead_to_as_many_tasks(site: Path, open_http: Opener) -> None:
    wanted: dict[tuple[str, str], int] = {}
    for plan in plans(site):
        for theme in (theme for task in plan["tasks"] for theme in task["themes"]):
            wanted[theme, plan["unit"]] = wanted.get((theme, plan["unit"]), 0) + 1
    visit = open_http(COMPARE)
    cells = list(theme_cells(visit.page))
    assert {(theme, unit): count for theme, unit, count in cells} == wanted
    for theme, unit, count in cells[::STEP]:
        visit.page.goto(f"{visit.home}/themes/{theme}/index.html?unit={unit}")
        assert len(shown_tasks(visit.page)) == count, (theme, unit)
    visit.assert_clean()


def test_a_section_of_the_table_leads_to_its_place_in_the_paper(site: Path, open_file: Opener) -> None:
    wanted = {(plan["id"], section["id"]) for plan in plans(site) for section in kinds_below(plan["sections"])}
    visit = open_file(COMPARE)
    links = visit.page.eval_on_selector_all(".matrix--sections tbody td a", "all => all.map(one => one.href)")
    found = {(urlsplit(link).path.split("/")[-2], urlsplit(link).fragment.removeprefix("s-")) for link in links}
    assert found == wanted
    visit.page.locator(".matrix--sections tbody td a").last.click()
    expect(visit.page.locator(":target")).to_be_visible()
    visit.assert_clean()


def kinds_below(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        if section.get("kind"):
            yield section
        yield from kinds_below(section.get("sections", []))


def test_the_heads_of_a_table_stay_in_sight_while_it_scrolls(open_http: Opener) -> None:
    page = open_http(COMPARE, 390).page
    frame = page.locator(".matrix__frame").first
    frame.evaluate("frame => frame.scrollTo(120, 300)")
    corner, column = frame.locator("thead th").first, frame.locator("thead th").nth(1)
    (left_edge, top), (left_of_corner, top_of_corner) = corner_of(frame), corner_of(corner)
    assert left_of_corner == pytest.approx(left_edge, abs=2)
    assert top_of_corner == corner_of(column)[1] == pytest.approx(top, abs=2)
    assert corner_of(frame.locator("tbody th[scope=row]").last)[0] == pytest.approx(left_edge, abs=2)


def corner_of(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"], box["y"]


# Plans side by side.


def heads(page: Page) -> list[str]:
    texts: list[str] = page.locator(f"{TABLE} thead th").all_inner_texts()
    return texts[1:]


def row(page: Page, key: str) -> list[str]:
    texts: list[str] = page.locator(f"{TABLE} tr[data-key='{key}'] td").all_inner_texts()
    return [" ".join(text.split()) for text in texts]


def chosen(page: Page) -> list[str]:
    return [plan for plan in parse_qs(urlsplit(page.url).query).get("plans", [""])[0].split(",") if plan]


def test_the_address_sets_three_plans_side_by_side(site: Path, opened: Opener) -> None:
    ids = [HOSPITAL, KINDERGARTEN, TRANSPORT]
    three = [api(site, f"plans/{plan}") for plan in ids]
    visit = opened(f"{COMPARE}?plans={','.join(ids)}")
    page = visit.page
    assert heads(page) == [plan["title"] for plan in three]
    assert row(page, "nature") == [plan["nature"] for plan in three]
    assert row(page, "tasks") == [f"{len(plan['tasks'])} 项" for plan in three]
    for plan, goals in zip(three, row(page, "goals"), strict=True):
        assert all(goal["dimension"] in goals for goal in plan["goals"])
    themes = {theme for plan in three for task in plan["tasks"] for theme in task["themes"]}
    for theme in themes:
        counts = [sum(theme in task["themes"] for task in plan["tasks"]) for plan in three]
        assert row(page, f"theme-{theme}") == [f"{count} 项" if count else "没有" for count in counts], theme
    shown = page.locator(f"{TABLE} tr[data-key^='theme-']:visible")
    assert shown.count() == len(themes)
    assert row(page, "awards")[1] == "没有"
    visit.assert_clean()


def test_a_count_of_the_comparison_leads_to_as_many_tasks(opened: Opener) -> None:
    page = opened(f"{COMPARE}?plans={KINDERGARTEN},{TRANSPORT}").page
    link = page.locator(f"{TABLE} tr[data-key='theme-family-youth'] td a").first
    count = int(link.inner_text().split()[0])
    link.click()
    page.wait_for_url(re.compile(KINDERGARTEN))
    assert len(shown_tasks(page)) == count > 0


def test_a_choice_changes_the_address_and_back_undoes_it(opened: Opener) -> None:
    visit = opened(COMPARE)
    page = visit.page
    assert not page.locator(TABLE).is_visible()
    selects = page.locator("select[name=plan]")
    selects.nth(0).select_option(KINDERGARTEN)
    selects.nth(1).select_option(TRANSPORT)
    assert chosen(page) == [KINDERGARTEN, TRANSPORT]
    expect(page.locator(f"{TABLE} thead th")).to_have_count(3)
    expect(page.locator("[data-compare-count]")).to_have_text("正在对照 2 份方案")
    assert selects.nth(2).locator(f"option[value='{TRANSPORT}']").is_disabled()
    selects.nth(2).select_option(HOSPITAL)
    selects.nth(0).select_option("")
    assert chosen(page) == [TRANSPORT, HOSPITAL]
    page.go_back()
    page.go_back()
    expect(page.locator(f"{TABLE} thead th")).to_have_count(3)
    assert chosen(page) == [KINDERGARTEN, TRANSPORT]
    assert selects.nth(0).input_value() == KINDERGARTEN
    page.go_forward()
    expect(page.locator(f"{TABLE} thead th")).to_have_count(4)
    page.get_by_role("button", name="全部不选").click()
    assert chosen(page) == []
    expect(page.locator(TABLE)).to_be_hidden()
    visit.assert_clean()


def test_the_comparison_is_copied_as_a_table(open_http: Opener) -> None:
    page = open_http(f"{COMPARE}?plans={KINDERGARTEN},{TRANSPORT}").page
    titles = heads(page)
    page.get_by_role("button", name="复制为表格").click()
    pasted = paste(page)
    assert pasted.cells[0] == ["对照", *titles]
    assert ["公文种类", "活动方案", "方案"] in pasted.cells
    assert ["奖项", "没有", "没有"] not in pasted.cells
    assert len(pasted.text.split("\n")) == len(pasted.cells)


@pytest.mark.parametrize("address", [COMPARE, f"{CALENDAR}?year=2027"])
def test_the_tables_and_the_general_calendar_need_no_scripts(open_file: Opener, site: Path, address: str) -> None:
    browser = open_file(COMPARE).page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{address}")
    assert not page.locator("select:visible").count()
    if address == COMPARE:
        assert page.locator(".matrix table:visible").count() == 2
        assert page.locator("noscript").first.is_visible()
    else:
        assert page.locator("[data-entry]:visible").count() == page.locator("[data-entry]").count()
        assert page.get_by_text("离2月28日最近的星期一起，共5天").is_visible()
    context.close()


# The year.


def when(page: Page, phase: str, plan: str = KINDERGARTEN) -> str:
    entry = page.locator(f"[data-plan='{plan}'][data-phase='{phase}']")
    return entry.locator("[data-when]:visible").inner_text()


def month_of(page: Page, phase: str, plan: str = KINDERGARTEN) -> str:
    months = page.locator(f"[data-month]:has([data-plan='{plan}'][data-phase='{phase}'])")
    return months.get_attribute("data-month") or ""


def left(page: Page, phase: str, plan: str = KINDERGARTEN) -> float:
    bar = page.locator(f"[data-year-plan='{plan}'] [data-year-bar='{phase}'] rect")
    return float((bar.get_attribute("x") or "").rstrip("%"))


def test_the_year_in_the_address_dates_the_weeks_anew(opened: Opener) -> None:
    visit = opened(f"{CALENDAR}?year=2027")
    page = visit.page
    assert page.locator("select[name=year]").input_value() == "2027"
    assert when(page, "lei-feng-week") == "3月1日（星期一）—3月5日（星期五）"
    assert when(page, "women-and-arbor-week") == "3月5日（星期五）—3月11日（星期四）"
    assert when(page, "visiting-week") == "3月29日（星期一）—4月1日（星期四）"
    assert when(page, "work", TRANSPORT) == "6月—11月"
    assert month_of(page, "lei-feng-week") == "3"
    assert left(page, "lei-feng-week") == round(100 * 2 / 12, 2)
    days = page.locator("[data-day] [data-when]:visible").all_inner_texts()
    assert days == ["3月5日（星期五）", "3月8日（星期一）", "3月12日（星期五）"]
    notes = page.locator("[data-year-notes] li").all_inner_texts()
    assert len(notes) == 2
    assert "重叠1天（3月5日）" in notes[0]
    assert "空开1个工作日（3月12日）" in notes[1]
    expect(page.locator("[data-month='4'] [data-month-going-on]")).to_contain_text("第五周：请你来我家")
    visit.assert_clean()


def test_a_year_that_fits_is_said_to_fit(opened: Opener) -> None:
    page = opened(f"{CALENDAR}?year=2022").page
    assert when(page, "lei-feng-week") == "2月28日（星期一）—3月4日（星期五）"
    assert month_of(page, "lei-feng-week") == "2"
    assert page.locator("[data-year-notes] li").count() == 0
    expect(page.locator("[data-year-notes]")).to_contain_text("没有重叠")


def test_choosing_a_year_changes_the_address_and_back_gives_the_general_calendar(opened: Opener) -> None:
    visit = opened(CALENDAR)
    page = visit.page
    before = page.locator("#year-months").inner_text()
    bars = page.eval_on_selector_all("[data-year-bar]", "all => all.map(one => one.innerHTML)")
    year = page.locator("select[name=year] option").nth(2).get_attribute("value")
    page.select_option("select[name=year]", year)
    assert parse_qs(urlsplit(page.url).query) == {"year": [year]}
    assert when(page, "lei-feng-week").count("星期") == 2
    assert page.locator("#year-months").inner_text() != before
    page.go_back()
    expect(page.locator("select[name=year]")).to_have_value("")
    assert page.locator("#year-months").inner_text() == before
    assert page.eval_on_selector_all("[data-year-bar]", "all => all.map(one => one.innerHTML)") == bars
    assert page.locator("[data-year-notes]").inner_text() == ""
    visit.assert_clean()


def test_the_script_leaves_the_general_calendar_as_it_was_built(open_file: Opener, site: Path) -> None:
    page = open_file(CALENDAR).page
    with_script = page.locator("#year-months").inner_text()
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}, locale="zh-CN")
    plain = context.new_page()
    plain.goto(f"{site.as_uri()}/{CALENDAR}")
    assert plain.locator("#year-months").inner_text() == with_script
    context.close()


def test_a_line_of_the_year_is_spoken_as_it_is_drawn(open_http: Opener) -> None:
    page = open_http(f"{CALENDAR}?year=2027").page
    label = page.locator(f"[data-year-plan='{KINDERGARTEN}']").get_attribute("aria-label") or ""
    assert "第一周：了解雷锋的事迹，3月1日（星期一）—3月5日（星期五）" in label


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    open_http: Opener,
    axe: Callable[[Page], list[str]],
    width: int,
    dark: bool,  # noqa: FBT001
) -> None:
    for address in (f"{COMPARE}?plans={KINDERGARTEN},{TRANSPORT},{HOSPITAL}", f"{CALENDAR}?year=2027"):
        page = open_http(address, width, dark=dark).page
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
