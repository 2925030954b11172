"""The pages of comparison and of the year say what the data says: every count, every gap, every section."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from macros import pages
from macros.book import load
from macros.compare import KINDS, profile, rows_of, section_matrix, theme_matrix
from macros.document import Heading, document
from macros.model import Book, Plan
from macros.render import Renderer
from macros.urls import plan_facts_url
from tests.book_of_tests import ALPHA, BETA, DataFolder
from tests.html_tree import Element, parse

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)

MOST_BYTES = 120_000
"""What the page of comparison may weigh."""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Read the tiny book."""
    return DataFolder.in_(tmp_path_factory.mktemp("book")).book()


@pytest.fixture(scope="module")
def compared(site: Path) -> Element:
    """Read the page of comparison."""
    return parse((site / "compare" / "index.html").read_text("utf-8")).one("article")


@pytest.fixture(scope="module")
def calendar(site: Path) -> Element:
    """Read the calendar."""
    return parse((site / "calendar" / "index.html").read_text("utf-8")).one("article")


def test_the_tiny_book_is_counted_by_unit_and_theme(tiny: Book) -> None:
    matrix = theme_matrix(tiny)
    assert [unit.id for unit in matrix.units] == ["first-unit", "second-unit"]
    assert [(row.theme.id, row.counts, row.total) for row in matrix.rows] == [
        ("learning", (2, 1), 3),
        ("watching", (2, 0), 2),
    ]
    assert (matrix.tasks, matrix.themes, matrix.gaps) == ((3, 1), (2, 1), 1)


def test_every_cell_counts_the_tasks_of_its_unit_on_its_theme() -> None:
    matrix = theme_matrix(BOOK)
    wanted = Counter((theme, plan.unit) for plan in BOOK.plans.values() for task in plan.tasks for theme in task.themes)
    cells = {
        (row.theme.id, unit.id): count
        for row in matrix.rows
        for unit, count in zip(matrix.units, row.counts, strict=True)
    }
    assert {cell: count for cell, count in cells.items() if count} == wanted
    assert len(cells) == len(BOOK.themes) * len(BOOK.units)
    assert sum(matrix.tasks) == sum(len(plan.tasks) for plan in BOOK.plans.values())


def test_frequent_themes_come_first() -> None:
    frequent = [row.theme.frequent for row in theme_matrix(BOOK).rows]
    assert frequent == sorted(frequent, reverse=True)


def test_the_tiny_plan_has_its_sections_under_their_kinds(tiny: Book) -> None:
    matrix = section_matrix(tiny)
    found = {
        plan.id: {
            kind: [(spot.number, spot.anchor) for spot in spots]
            for kind, spots in zip(matrix.kinds, cells, strict=True)
            if spots
        }
        for plan, cells in matrix.rows
    }
    assert found[BETA] == {"措施": [("一", "only")]}
    assert found[ALPHA] == {
        "背景与依据": [("一", "basis")],
        "目标": [("二", "goals")],
        "方法步骤": [("三", "steps")],
        "公开监督": [("四", "watch")],
    }


def test_a_subsection_with_a_kind_counts_under_the_numbers_above_it(tiny: Book) -> None:
    plan = tiny.plans[ALPHA]
    below = plan.sections[1].sections[0]
    lowest = below.sections[0].model_copy(update={"kind": "备注"})
    below = below.model_copy(update={"sections": (lowest,)})
    goals = plan.sections[1].model_copy(update={"sections": (below,)})
    changed = plan.model_copy(update={"sections": (plan.sections[0], goals, *plan.sections[2:])})
    book = Book(**{**vars(tiny), "plans": {ALPHA: changed}})
    (_, cells), *_ = section_matrix(book).rows
    (spot,) = cells[KINDS.index("备注")]
    numbers = [part.number for part in document(changed, book) if isinstance(part, Heading)]
    assert spot.anchor == "goals-lowest"
    assert spot.number == "二" + numbers[2] + numbers[3].rstrip(".")


@pytest.mark.parametrize("plan", BOOK.plans.values(), ids=lambda plan: plan.id)
def test_the_facts_of_a_plan_have_each_a_row(plan: Plan) -> None:
    keys = {fact.key for facts in rows_of(BOOK).values() for fact in facts}
    found = profile(plan, BOOK)
    assert {f"role-{role.id}" for role, _ in found.roles} <= keys
    assert {f"theme-{theme.id}" for theme, _ in found.themes} <= keys
    assert {f"kind-{KINDS.index(kind)}" for kind in found.sections} <= keys
    assert sum(count for _, count in found.roles) == len(plan.tasks)


def test_every_head_of_a_table_says_what_it_heads(compared: Element) -> None:
    for head in compared.all("th"):
        assert head.attributes["scope"] in {"col", "row", "rowgroup"}
    frames = list(compared.all("div", class_="matrix__frame"))
    assert len(frames) == 3
    for frame in frames:
        assert frame.attributes["tabindex"] == "0"
        assert frame.attributes["role"] == "region"
        assert frame.attributes["aria-label"]


def test_a_gap_is_told_in_words_and_counted_in_the_legend(compared: Element) -> None:
    themes, sections = theme_matrix(BOOK), section_matrix(BOOK)
    gaps = list(compared.all("td", class_="matrix__gap"))
    assert len(gaps) == themes.gaps + sections.gaps
    assert {gap.text() for gap in gaps} == {"—没有"}
    legends = " ".join(legend.text() for legend in compared.all("ul", class_="matrix__legend"))
    assert f"共 {themes.gaps} 格" in legends
    assert f"共 {sections.gaps} 格" in legends


def test_a_script_holds_a_fact_for_every_row_that_a_plan_has_with_links_to_what_is_there(
    compared: Element, site: Path
) -> None:
    keys = {row.attributes["data-key"] for row in compared.all("tr") if "data-key" in row.attributes} | {"title"}
    offered = compared.one("form").all("option")
    assert [option.attributes["value"] for option in offered if option.attributes["value"]] == list(BOOK.plans)
    for plan in BOOK.plans.values():
        html = json.loads((site / plan_facts_url(plan.id)).read_text("utf-8").strip()[len("planSite.take(") : -2])
        shown = parse(f"<main>{html}</main>").one("main")
        facts = [fact for fact in shown.inside if isinstance(fact, Element)]
        for link in shown.all("a"):
            path, _, anchor = link.attributes["href"].partition("#")
            page = (site / "compare" / path.partition("?")[0]).read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in page
        names = [fact.attributes["data-key"] for fact in facts]
        assert len(names) == len(set(names))
        assert set(names) <= keys
        assert ("goals" in names, "phases" in names) == (bool(plan.goals), bool(plan.phases))
        assert all(fact.text() for fact in facts)


def test_the_page_of_comparison_stays_light(site: Path) -> None:
    assert len((site / "compare" / "index.html").read_bytes()) < MOST_BYTES


def test_pages_of_many_plans_show_a_part_and_say_so(tiny: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 1)
    monkeypatch.setattr(pages, "NAMED", 1)
    macros, names = Renderer(tiny).macros(), ("section_matrix", "year_calendar", "glossary")
    made = {name: parse(f"<main>{macros[name]('x/index.html')}</main>").one("main") for name in names}
    rows = [[cell.text() for cell in row.all() if cell.tag in {"th", "td"}] for row in made["section_matrix"].all("tr")]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["单位类型"], first["目标"], first["方案"]) == (tiny.units["first-unit"].name, "1", "1")
    assert ALPHA not in {one.attributes.get("data-plan") for one in made["year_calendar"].all("li")}
    assert "只有最近更新的 1 份方案，另外 1 份" in made["year_calendar"].text()
    units = {one.attributes["data-unit"] for one in made["glossary"].all("section", class_="entry")}
    assert units <= {"", "first-unit", "second-unit", "first-unit second-unit"} != {""}
    assert max(len(list(one.all("a"))) for one in made["glossary"].all("section", class_="entry")) < 3


def test_the_general_calendar_lists_every_phase_and_observance(calendar: Element) -> None:
    entries = [one.attributes for one in calendar.all("li", class_="year-entry")]
    phases = [(plan.id, phase.id) for plan in BOOK.plans.values() for phase in plan.phases]
    assert sorted((one["data-plan"], one["data-phase"]) for one in entries if "data-phase" in one) == sorted(phases)
    days = [one["data-day"] for one in entries if "data-day" in one]
    assert days == sorted(observance.date for observance in BOOK.observances.values())


def test_an_entry_leads_to_the_phase_on_its_plans_page(calendar: Element) -> None:
    for entry in calendar.all("li", class_="year-entry"):
        if phase := entry.attributes.get("data-phase"):
            link = next(entry.all("a")).attributes["href"]
            assert link == f"../plans/{entry.attributes['data-plan']}/index.html#s-phase-{phase}"


def test_an_observance_shows_the_tasks_of_its_day(calendar: Element) -> None:
    for observance in BOOK.observances.values():
        day = calendar.one("li", class_="year-entry", data_day=observance.date)
        wanted = [
            f"../plans/{plan.id}/index.html#task-{task.id}"
            for plan in BOOK.plans.values()
            for task in plan.tasks
            if task.when.date == observance.date
        ]
        assert [link.attributes["href"] for link in day.all("a")] == wanted


def test_every_month_has_its_place_and_says_when_it_is_empty(calendar: Element) -> None:
    months = list(calendar.all("section", class_="month"))
    assert [int(month.attributes["data-month"]) for month in months] == list(range(1, 13))
    for month in months:
        none = month.one("p", class_="month__none")
        going_on = month.one("p", class_="month__going-on")
        filled = bool(list(month.all("li", class_="year-entry"))) or "hidden" not in going_on.attributes
        assert ("hidden" in none.attributes) == filled
