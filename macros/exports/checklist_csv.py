"""A plan's checklist as CSV for WPS and Excel: UTF-8 with BOM, CRLF, every cell quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from macros.checklist import plan_checklist
from macros.exports.cells import inert
from macros.model import Book, Plan
from macros.wording import said_text

HEADER = ("序号", "部分", "任务", "责任", "时间", "记录", "主题", "出处", "完成")
"""The columns, the same as those of the copied table."""

EDITORS = "编者建议"


def make(plan: Plan, book: Book) -> bytes:
    """Write the checklist; the last column is left for the tick."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([inert(cell) for cell in row] for row in rows(plan, book))
    return text.getvalue().encode("utf-8-sig")


def rows(plan: Plan, book: Book) -> Iterator[tuple[str, ...]]:
    """Give a row of text for every task, in the order and with the numbers of the page."""
    for group, tasks in plan_checklist(plan, book).numbered:
        for number, task in tasks:
            facts = (said_text(task.owner), said_text(task.when), task.record.text, task.themes, task.source or EDITORS)
            yield str(number), group.name, task.text, *facts, ""
