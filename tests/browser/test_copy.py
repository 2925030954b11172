"""What is copied with a real click is what a real paste gives, over plain http and from a folder."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.book import load
from macros.checklist import task_groups
from macros.exports.cells import inert
from macros.exports.checklist_csv import HEADER
from macros.model import Task
from macros.wording import citation_text
from tests.browser.getting import HERE
from tests.browser.hostile_cells import HOSTILE
from tests.browser.opening import Opener
from tests.browser.plan_page import PLAN, Pasted, address, api, each_plan, open_more, paste, shown_tasks

BOOK = load(HERE.parent.parent)
SAID = "[data-said]"
LIST = ".checklist .toolbar"
FALLBACK = ".copy-fallback"
SELECTION = "getSelection().toString()"
FAIL = "document.execCommand = () => false"
NO_COPY = "document.queryCommandSupported = () => false"
PLACES = """all => all.map(one => {
    const box = one.getBoundingClientRect();
    return [box.x + scrollX, box.y + scrollY, box.width, box.height].map(Math.round);
})"""


def copy(page: Page, format_: str, part: str = "checklist-body") -> Pasted:
    """Click a copy button and paste what it gave."""
    if format_ == "markdown":
        open_more(page)
    page.click(f"[data-copy={format_}][data-copy-part={part}]")
    return paste(page)


def rows_of(site: Path, plan: str) -> dict[str, list[str]]:
    """Give the cells of every task, from the CSV file, by the task's id."""
    with (site / "plans" / plan / "checklist.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    return dict(zip(in_order(plan), rows, strict=True))


def in_order(plan: str) -> list[str]:
    """Give the ids of a plan's tasks as they stand on the page."""
    return [task.id for group in task_groups(BOOK.plans[plan], BOOK) for task in group.tasks]


def table_of(site: Path, plan: str, tasks: list[str]) -> list[list[str]]:
    rows = rows_of(site, plan)
    return [list(HEADER), *(list(rows[task]) for task in tasks)]


@pytest.fixture(scope="module")
def sentences(site: Path) -> dict[str, str]:
    """Give for every task, by its id, the line that a copied text should have, one of the editors' marked."""
    tasks = {task.id: task for task in BOOK.plans[PLAN].tasks}
    spoken = {task["id"]: task for task in api(site, f"plans/{PLAN}")["tasks"]}
    return {task: f"{number}. {sentence(tasks[task], spoken[task])}" for number, task in enumerate(in_order(PLAN), 1)}


def sentence(task: Task, spoken: dict[str, Any]) -> str:
    facts = f"责任：{spoken['owner_text']}；时间：{spoken['when_text']}；记录：{spoken['record_text']}"
    if task.source:
        return f"{spoken['text']}（{facts}；出处：{citation_text(task.source.id, task.source.heading)}）"
    return f"{spoken['text']}（{facts}）〔编者建议〕"


def test_the_browsers_own_clipboard_is_missing_over_plain_http(open_http: Opener) -> None:
    assert open_http(address()).page.evaluate("navigator.clipboard === undefined")


def test_every_plan_is_pasted_whole_its_checklist_as_cells_and_its_text(site: Path, open_http: Opener) -> None:
    for plan, visit in each_plan(open_http, site):
        page = visit.page
        order = shown_tasks(page)
        assert Counter(order) == Counter(task["id"] for task in plan["tasks"])
        assert_table(copy(page, "table"), table_of(site, plan["id"], order))
        assert copy(page, "text", "text").text == f"{plan['paper_title']}\n{plan['text']}"
        blanks = plan["text"].count("【")
        assert page.inner_text(f"#text ~ .toolbar {SAID}") == (
            f"已复制正文，含 {blanks} 个要填的空；“编者建议”的标记没有复制"
        )
        assert page.inner_text("#paste-html h1") == plan["paper_title"]
        headings = page.locator("#paste-html").locator("h2, h3, h4, h5").all_inner_texts()
        assert [line for line in plan["text"].split("\n") if line in headings] == headings
        assert {section["heading"] for section in plan["sections"]} <= {text.partition("、")[2] for text in headings}
        assert page.locator("#paste-html :is(a, img, script, .by-editor)").count() == 0
        visit.assert_clean()


def test_a_table_is_pasted_from_a_folder_as_well_with_its_ticks(site: Path, open_file: Opener) -> None:
    page = open_file(address()).page
    page.locator("[data-task-id] input").nth(1).check()
    expected = table_of(site, PLAN, shown_tasks(page))
    expected[2][-1] = "✓"
    assert_table(copy(page, "table"), expected)


def assert_table(pasted: Pasted, expected: list[list[str]]) -> None:
    assert [line.split("\t") for line in pasted.text.split("\n")] == expected
    assert pasted.cells == expected


def test_text_says_what_the_data_say_and_what_is_ticked(site: Path, sentences: dict[str, str], opened: Opener) -> None:
    page = opened(address()).page
    page.locator("[data-task-id] input").nth(1).check()
    order = shown_tasks(page)
    pasted = copy(page, "text")
    title, *lines = [line for line in pasted.text.split("\n") if line and not line.startswith("◆")]
    assert title == f"《{api(site, f'plans/{PLAN}')['title']}》检查清单（共 {len(sentences)} 项）"
    assert lines == [f"{'☑' if number == 2 else '□'} {sentences[task]}" for number, task in enumerate(order, 1)]
    assert pasted.html == ""
    groups = [line[2:] for line in pasted.text.split("\n") if line.startswith("◆")]
    assert [group.partition("（")[0] for group in groups] == [
        phase["name"] for phase in api(site, f"plans/{PLAN}")["phases"]
    ]


def test_markdown_says_the_same(sentences: dict[str, str], opened: Opener) -> None:
    page = opened(address()).page
    page.locator("[data-task-id] input").first.check()
    order = shown_tasks(page)
    lines = copy(page, "markdown").text.replace("\\", "").split("\n")
    assert [line for line in lines if line.startswith("- ")] == [
        f"- [{'x' if number == 0 else ' '}] {sentences[task]}" for number, task in enumerate(order)
    ]
    assert sum(line.startswith("## ") for line in lines) == page.locator(".task-group").count()


def test_only_what_the_filter_shows_is_copied(site: Path, sentences: dict[str, str], opened: Opener) -> None:
    page = opened(address()).page
    page.select_option("select[name=role]", index=2)
    order = shown_tasks(page)
    assert 0 < len(order) < len(sentences)
    assert copy(page, "table").cells == table_of(site, PLAN, order)
    lines = copy(page, "text").text.split("\n")
    assert f"共 {len(sentences)} 项，这里是其中 {len(order)} 项" in lines[0]
    assert [line for line in lines if line.startswith("□")] == [f"□ {sentences[task]}" for task in order]
    assert not lines[2].startswith("□ 1. "), "the numbers are those of the whole list"
    assert page.inner_text(f"{LIST} {SAID}") == f"已复制 {len(order)} 项"


def test_the_text_is_copied_from_a_folder_as_well(site: Path, open_file: Opener) -> None:
    plan = api(site, f"plans/{PLAN}")
    assert copy(open_file(address()).page, "text", "text").text == f"{plan['paper_title']}\n{plan['text']}"


def test_hostile_words_are_pasted_as_words(opened: Opener) -> None:
    visit = opened(address())
    page = visit.page
    page.evaluate(
        """hostile => document.querySelectorAll("[data-cell]").forEach(
            (cell, at) => { cell.textContent = hostile[at % hostile.length] })""",
        list(HOSTILE),
    )
    pasted = copy(page, "table")
    for cells in (pasted.cells, [line.split("\t") for line in pasted.text.split("\n")]):
        told = {cell for row in cells[1:] for cell in row[2:-1]} - {"编者建议"}
        assert {cell.removesuffix("编者建议") for cell in told} == {" ".join(inert(value).split()) for value in HOSTILE}
        assert all(inert(cell) == cell for row in cells for cell in row)
    assert page.locator("#paste-html :is(img, b, i, a, script)").count() == 0
    assert page.evaluate("typeof hit") == "undefined"
    visit.assert_clean()


def test_line_breaks_and_tabs_in_a_value_stay_in_its_cell(opened: Opener) -> None:
    page = opened(address()).page
    page.eval_on_selector("[data-cell=record]", "cell => { cell.textContent = 'a\\tb\\r\\nc\\n=d' }")
    pasted = copy(page, "table")
    assert pasted.cells[1][5] == pasted.text.split("\n")[1].split("\t")[5] == "a b c =d"


def test_copying_leaves_focus_and_selection_alone(opened: Opener) -> None:
    page = opened(address()).page
    page.focus(f"{LIST} [data-copy=table]")
    page.eval_on_selector("h1", "heading => getSelection().selectAllChildren(heading)")
    selected = page.evaluate(SELECTION)
    page.keyboard.press("Enter")
    assert page.inner_text(f"{LIST} {SAID}").startswith("已复制")
    assert page.evaluate(SELECTION) == selected != ""
    assert page.evaluate("document.activeElement.dataset.copy") == "table"
    assert len(paste(page).cells) > 1


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_said_moves_no_button_and_goes_after_a_while(opened: Opener, width: int) -> None:
    page = opened(address(), width=width).page
    page.clock.install()
    open_more(page)
    for button in page.locator(".toolbar [data-copy]").all():
        toolbar = button.locator("xpath=ancestor::div[@class='toolbar']")
        before = toolbar.locator(":scope, button:visible, a").evaluate_all(PLACES)
        button.click()
        expect(toolbar.locator(SAID)).to_contain_text("已复制")
        assert toolbar.locator(":scope, button:visible, a").evaluate_all(PLACES) == before
        page.clock.run_for(7_000)
        expect(toolbar.locator(SAID)).to_contain_text("已复制")
        page.clock.run_for(1_500)
        expect(toolbar.locator(SAID)).to_be_empty()
        assert toolbar.locator(":scope, button:visible, a").evaluate_all(PLACES) == before


def test_where_copying_fails_the_text_is_there_to_be_copied_by_hand(opened: Opener) -> None:
    page = opened(address()).page
    expected = copy(page, "table").text
    page.evaluate(FAIL)
    page.click("[data-copy=text][data-copy-part=text]")
    page.click(f"{LIST} [data-copy=table]")
    page.click(f"{LIST} [data-copy=table]")
    assert page.locator(f"{LIST} + {FALLBACK}").count() == 1
    assert "Ctrl+C" in page.inner_text(f"{LIST} + {FALLBACK}")
    page.keyboard.press("ControlOrMeta+C")
    assert paste(page).text == expected
    page.click(f"{LIST} + {FALLBACK} button")
    assert page.locator(f"{LIST} + {FALLBACK}").count() == 0
    assert page.evaluate("document.activeElement.dataset.copy") == "table"


def test_a_button_that_cannot_work_is_hidden(opened: Opener) -> None:
    page = opened(address()).page
    open_more(page)
    assert page.locator(".toolbar [data-copy]:visible").count() == 4
    page.add_init_script(NO_COPY)
    page.reload()
    open_more(page)
    expect(page.locator("[data-print=checklist]")).to_be_visible()
    assert page.locator("[data-copy]:visible").count() == 0


def test_nothing_shown_is_nothing_copied_and_said_so(opened: Opener) -> None:
    page = opened(address()).page
    copy(page, "text", "text")
    page.evaluate("document.querySelectorAll('[data-filter-item]').forEach(item => item.dataset.role = 'nobody')")
    page.select_option("select[name=role]", index=1)
    page.click(f"{LIST} [data-copy=table]")
    assert page.inner_text(f"{LIST} {SAID}") == "没有可复制的内容"
    assert paste(page).text.startswith(page.inner_text("h1").rstrip("¶"))
