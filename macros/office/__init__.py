"""The official files of a plan: what units hand in, made here unfilled and in the browser filled in.

A file is a form (`form.py`, and a module for each kind) filled with a record: what the plan says (`content.py`), with
what the reader gave (macros/filling.py). Add a file: one function that gives its form, one line in FILES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from macros.filling import Record, fill
from macros.office import calendar, paper, workbooks
from macros.office.content import Content, content
from macros.office.form import Form, Kind, for_browser

__all__ = ["FILES", "File", "content", "form_of", "forms_for_browser", "unfilled"]

UNFILLED = "草稿：空还没有填"
"""The draft mark of a file that nobody filled in."""


@dataclass(frozen=True)
class File:
    """An official file: `name` is what readers call it, `use` what for, `folder` where it lies in the pack of all.

    `key` is its name on disk, with the ending `kind`. `by_department` are those of which a department gets its share.
    """

    key: str
    kind: Kind
    name: str
    folder: str
    use: str
    form: Callable[[], Form]
    by_department: bool = False

    @property
    def unfilled(self) -> bool:
        """Tell whether it is of use before anything is filled in. Why not a calendar: without a year it is empty."""
        return self.kind != "ics"


FILES: Mapping[str, File] = {
    file.key: file
    for file in (
        File("plan", "docx", "方案", "1 方案", "按公文格式排好的正文，后附任务分解表", paper.form),
        File(
            "tasks",
            "xlsx",
            "任务分解表",
            "2 落实",
            "谁负责、什么时候完成、做到哪一步",
            workbooks.tasks_form,
            by_department=True,
        ),
        File("checks", "xlsx", "检查表", "2 落实", "下去检查时逐项记结果", workbooks.checks_form, by_department=True),
        File(
            "records",
            "xlsx",
            "台账目录",
            "2 落实",
            "每项任务要留哪些材料、放在哪里",
            workbooks.records_form,
            by_department=True,
        ),
        File("score", "xlsx", "考评自评表", "3 考评", "逐项自评打分，分值自己定", workbooks.score_form),
        File("calendar", "ics", "日程", "4 日程", "导入日历，各阶段到期前三天提醒", calendar.form),
    )
}
"""In the order in which readers see them."""


@cache
def form_of(key: str) -> Form:
    """Give the form of a file. Why cached: a form is the same for every plan."""
    return FILES[key].form()


def unfilled(about: Content) -> Record:
    """Leave the blanks of the files open, for readers without scripts."""
    return fill(about, {}, {"draft": UNFILLED})


def forms_for_browser() -> Record:
    """Give every form as the browser gets it."""
    return {key: {**_facts(file), **for_browser(form_of(key))} for key, file in FILES.items()}


def _facts(file: File) -> Record:
    return {"name": file.name, "folder": file.folder, "shared": file.by_department}
