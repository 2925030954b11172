"""Files made of a plan at build time, one module a format.

Add a format: one module with a function `Plan, Book → bytes`, one line in FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from macros import urls
from macros.exports import api, checklist_csv
from macros.model import Book, Plan


@dataclass(frozen=True)
class Format:
    """A file that every plan is offered as.

    `key` is the value of `data-download`; the file is called ASCII on disk (`url`), and
    `suffix` is what follows the plan's title in the name the reader's computer gives it.
    `hint` is shown at the link; what few people need is `rare`.
    """

    key: str
    label: str
    hint: str
    suffix: str
    url: Callable[[str], str]
    make: Callable[[Plan, Book], bytes]
    rare: bool = False


FORMATS: tuple[Format, ...] = (
    Format("csv", "下载表格（CSV）", "下载的是全部任务", "检查清单.csv", urls.checklist_csv_url, checklist_csv.make),
    Format(
        "json",
        "下载数据（JSON）",
        "整份方案，交给别的程序用",
        "方案数据.json",
        urls.plan_json_url,
        api.plan_json,
        rare=True,
    ),
)
