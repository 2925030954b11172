"""The checklist is ticked, written as text, Markdown and cells that are inert everywhere, and downloaded."""

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from markdown import markdown
from playwright.sync_api import Download, Page, expect

from macros.exports.cells import inert
from macros.exports.checklist_csv import HEADER
from tests.browser.hostile_cells import HOSTILE
from tests.browser.opening import Opener
from tests.browser.plan_page import PLAN, address, api, in_node, open_more

BOX = "[data-task-id] input[type=checkbox]"


# The formats, under Node.


def row(text: str, number: int = 1, *, done: bool = False, suggested: bool = False) -> dict[str, Any]:
    cells = {
        "text": text,
        "owner": "办公室",
        "when": "每月",
        "record": "签到表",
        "themes": "培训",
        "source": "" if suggested else "004-01 一",
    }
    return {"number": str(number), "done": done, "suggested": suggested, "cells": cells}


def made(
    format_: str,
    *groups: tuple[str, list[dict[str, Any]]],
    title: str = "方案",
    all_: int = 3,
    suggested: bool = False,
) -> dict[str, str]:
    """Write a list in a format: what goes on the clipboard as text and as HTML."""
    listed = {
        "title": title,
        "all": all_,
        "suggested": suggested,
        "groups": [{"name": name, "time": "3月" if name == "动员" else "", "rows": rows} for name, rows in groups],
    }
    copied: dict[str, str] = in_node(f"planSite.checklist.{format_}({json.dumps(listed)})")
    return copied


TWO_GROUPS = (
    ("动员", [row("甲", 1), row("乙", 2, done=True, suggested=True)]),
    ("总结", [row("丙", 12)]),
)


def test_text_has_a_line_for_each_task_under_its_group() -> None:
    assert made("asText", *TWO_GROUPS)["text"].split("\n") == [
        "《方案》检查清单（共 3 项）",
        "",
        "◆ 动员（3月）",
        "□ 1. 甲（责任：办公室；时间：每月；记录：签到表；出处：004-01 一）",
        "☑ 2. 乙（责任：办公室；时间：每月；记录：签到表）〔编者建议〕",
        "",
        "◆ 总结",
        "□ 12. 丙（责任：办公室；时间：每月；记录：签到表；出处：004-01 一）",
    ]


def test_part_of_a_list_says_that_it_is_one() -> None:
    assert made("asText", TWO_GROUPS[1])["text"].startswith("《方案》检查清单（共 3 项，这里是其中 1 项）\n")


@pytest.mark.parametrize("format_", ["asText", "asMarkdown"])
def test_a_list_that_is_the_editors_whole_says_so_at_its_head(format_: str) -> None:
    first, *rest = made(format_, *TWO_GROUPS[1:], suggested=True)["text"].split("\n")
    assert first.endswith("〔编者建议〕")
    assert not any("编者建议" in line for line in rest)


def test_markdown_is_a_task_list_with_headings() -> None:
    assert made("asMarkdown", *TWO_GROUPS)["text"].split("\n") == [
        "# 《方案》检查清单（共 3 项）",
        "",
        "## 动员（3月）",
        "",
        "- [ ] 1. 甲（责任：办公室；时间：每月；记录：签到表；出处：004-01 一）",
        "- [x] 2. 乙（责任：办公室；时间：每月；记录：签到表）〔编者建议〕",
        "",
        "## 总结",
        "",
        "- [ ] 12. 丙（责任：办公室；时间：每月；记录：签到表；出处：004-01 一）",
    ]


def test_a_table_has_the_columns_of_the_csv_file_and_nothing_in_its_cells_but_the_facts() -> None:
    table = made("asTable", *TWO_GROUPS)
    facts = ["办公室", "每月", "签到表", "培训"]
    expected = [
        [*HEADER],
        ["1", "动员", "甲", *facts, "004-01 一", ""],
        ["2", "动员", "乙", *facts, "编者建议", "✓"],
        ["12", "总结", "丙", *facts, "004-01 一", ""],
    ]
    assert [line.split("\t") for line in table["text"].split("\n")] == expected
    assert [re.findall(r"<t[hd]>(.*?)</t[hd]>", line) for line in table["html"].split("</tr>")[:-1]] == expected


def test_a_cell_is_made_inert_exactly_as_in_the_csv_file() -> None:
    values = [*HOSTILE, "甲=1", "\t=1", "\r=1", "+1.5.2", "-１２.３", "-1\n"]
    assert in_node(f"{json.dumps(values)}.map(planSite.checklist.inert)") == [inert(value) for value in values]


def test_hostile_words_are_inert_in_both_shapes_of_the_table() -> None:
    table = made("asTable", ("组", [row(value) for value in HOSTILE]))
    assert [line.split("\t")[2] for line in table["text"].split("\n")[1:]] == [inert(value) for value in HOSTILE]
    assert set(re.findall(r"<(\w+)", table["html"])) == {"table", "thead", "tbody", "tr", "th", "td"}
    cells = [html.unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", table["html"])]
    assert cells[2 :: len(HEADER)] == [inert(value) for value in HOSTILE]


def test_hostile_words_are_words_in_markdown() -> None:
    text = made("asMarkdown", *((value, [row(value)]) for value in HOSTILE), title=HOSTILE[-3])["text"]
    shown = markdown(text, extensions=["tables", "attr_list", "fenced_code"])
    assert set(re.findall(r"<(\w+)", shown)) == {"h1", "h2", "ul", "li"}


def test_the_papers_text_is_lines_and_its_html_headings_and_paragraphs() -> None:
    lines = [{"level": 1, "text": "一、甲"}, {"level": 0, "text": "<b>乙</b>"}, {"level": 4, "text": "（1）丙"}]
    paper = in_node(f"planSite.checklist.asPaper({json.dumps({'title': '题', 'blanks': 0, 'lines': lines})})")
    assert paper["text"] == "题\n一、甲\n<b>乙</b>\n（1）丙"
    assert html.unescape(paper["html"]) == "<h1>题</h1><h2>一、甲</h2><p><b>乙</b></p><h5>（1）丙</h5>"
    assert "<b>" not in paper["html"]


# The page.


def test_boxes_are_ticked_by_mouse_and_keyboard_and_nothing_is_stored_yet(opened: Opener) -> None:
    visit = opened(address())
    page = visit.page
    labels = page.locator(".task > label")
    labels.nth(0).click()
    page.locator(BOX).nth(1).focus()
    page.keyboard.press("Space")
    assert [page.locator(BOX).nth(at).is_checked() for at in range(3)] == [True, True, False]
    assert page.get_by_role("checkbox").count() == labels.count()
    page.reload()
    assert page.locator(f"{BOX}:checked").count() == 0
    visit.assert_clean()


def test_a_tick_survives_the_filter(opened: Opener) -> None:
    page = opened(address()).page
    page.locator(BOX).first.check()
    page.select_option("select[name=phase]", index=2)
    expect(page.locator(BOX).first).to_be_hidden()
    page.click("[data-filter-reset]")
    assert page.locator(BOX).first.is_checked()


def assert_whole(csv_file: bytes, plan: dict[str, Any]) -> None:
    assert csv_file.startswith(b"\xef\xbb\xbf")
    assert csv_file.count(b"\n") == csv_file.count(b"\r\n") == len(plan["tasks"]) + 1
    head, *rows = csv.reader(io.StringIO(csv_file.decode("utf-8-sig"), newline=""))
    assert tuple(head) == HEADER
    assert sorted(line[2:6] for line in rows) == sorted(
        [inert(task[key]) for key in ("text", "owner_text", "when_text", "record_text")] for task in plan["tasks"]
    )


def download(page: Page, format_: str) -> Download:
    open_more(page)
    with page.expect_download() as coming:
        page.click(f"[data-download={format_}]")
    return coming.value


def test_the_files_come_whole_under_their_chinese_names(site: Path, open_http: Opener) -> None:
    page = open_http(address()).page
    plan = api(site, f"plans/{PLAN}")
    table, data = download(page, "csv"), download(page, "json")
    assert_whole(table.path().read_bytes(), plan)
    assert table.suggested_filename == f"{plan['title']}-检查清单.csv"
    assert json.loads(data.path().read_text("utf-8")) == plan
    assert data.suggested_filename == f"{plan['title']}-方案数据.json"


def test_from_a_folder_the_table_comes_under_its_name_on_disk_and_the_data_open(site: Path, open_file: Opener) -> None:
    """Browsers heed `download` within one origin only, and from a folder every file is its own."""
    page = open_file(address()).page
    plan = api(site, f"plans/{PLAN}")
    table = download(page, "csv")
    assert_whole(table.path().read_bytes(), plan)
    assert table.suggested_filename == "checklist.csv"
    open_more(page)
    page.click("[data-download=json]")
    page.wait_for_url("**/api/v1/plans/*.json")
    assert json.loads(page.inner_text("body")) == plan
