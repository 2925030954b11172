"""A plan's checklist as CSV for WPS and Excel: UTF-8 with BOM, CRLF, every cell quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from macros.exports.cells import inert
from macros.model import Book, Plan
from macros.wording import citation_text, role_names, when_text

HEADER = ("序号", "任务", "责任", "时间", "记录", "主题", "出处", "完成")
"""The columns, the same as those of the copied table."""


def make(plan: Plan, book: Book) -> bytes:
    """Write the checklist; the last column is left for the tick."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([inert(cell) for cell in row] for row in rows(plan, book))
    return text.getvalue().encode("utf-8-sig")


def rows(plan: Plan, book: Book) -> Iterator[tuple[str, ...]]:
    """Give a row of text for every task, in the order of the plan."""
    for number, task in enumerate(plan.tasks, 1):
        yield (
            str(number),
            task.text,
            role_names(task, book),
            when_text(task.when, plan, book),
            "、".join(task.record.keep),
            "、".join(book.themes[theme].name for theme in task.themes),
            citation_text(task.source.id, task.source.heading) if task.source else "编者建议",
            "",
        )
