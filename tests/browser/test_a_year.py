"""A plan through its year, by the hand of a reader, in every browser that offices have, over http and from a folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx

from tests.browser.devtools import Tab

PLAN = "transport-three-creations"
PAGE = f"plans/{PLAN}/index.html"
PROGRESS = "progress/index.html"
NEW = "设夜间延时窗口，每月统计一次"


def task(at: int, rest: str = "") -> str:
    """Name a task of the checklist, or something in it."""
    return f"[data-filter-group]:first-of-type [data-task-id]:nth-of-type({at}) {rest}".strip()


def choose_files(tab: Tab, selector: str, *files: Path) -> None:
    """Choose files, as the dialog would."""
    root = tab.call("DOM.getDocument")["root"]["nodeId"]
    node = tab.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    tab.call("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])


def handed_in(sent: Path, folder: Path, who: str, cells: dict[str, Any]) -> Path:
    """Give the file that a department sends back: what it wrote has marks of its own."""
    file = json.loads(sent.read_text("utf-8"))
    [plan] = file["plans"]
    writer = f"dept{len(who)}{ord(who[0]):x}"
    for number, (path, value) in enumerate(cells.items(), 1):
        at = f"2026-06-0{number}T08:00:00.000Z"
        plan["cells"][path] = [{"value": value, "by": who, "at": at, "mark": f"{writer}:{number}"}]
        plan["seen"][writer] = number
    back = folder / f"{who}.json"
    back.write_text(json.dumps(file, ensure_ascii=False), "utf-8")
    return back


def made(tab: Tab) -> list[str]:
    """Make a plan, fill in and tick on its page, and give the ids of its tasks."""
    tab.click("[data-my-do=ask]")
    tab.fill("[data-my-new] [name=unit]", "甲市交通运输局")
    tab.fill("[data-my-new] [name=year]", "2026")
    tab.fill("[data-my-new] [name=writer]", "创建办")
    tab.click("[data-my-new] [type=submit]")
    tab.wait("document.querySelector('.task__state')")
    tab.click("[data-fill-box] > summary")
    tab.wait("document.querySelector('#fill-new-measures')")
    tab.evaluate("document.querySelector('#fill-new-measures').closest('details').open = true")
    tab.fill("#fill-new-measures", NEW)
    tab.click(task(1, "label > input"))
    tab.fill(task(2, ".task__state"), "na")
    tab.fill(task(2, "[data-own-field=reason]"), "没有此项业务")
    tab.press("Tab")
    told = "document.querySelector('[data-tasks-count]').textContent"
    tab.wait(f"{told}.includes('已完成 1 ') && {told}.includes('不适用 1 项')")
    ids: list[str] = tab.evaluate("[...document.querySelectorAll('[data-task-id]')].map((one) => one.dataset.taskId)")
    return ids


def merged(tab: Tab, sent: Path, folder: Path, tasks: list[str]) -> None:
    """Have three departments hand in, decide what two of them wrote apart, and merge."""
    work = {
        "窗口科": {f"tasks/{tasks[2]}/state": "done"},
        "宣传教育科": {f"tasks/{tasks[3]}/state": "doing", f"tasks/{tasks[3]}/evidence/e1": "宣传栏照片"},
        "人事": {f"tasks/{tasks[2]}/state": "na", f"tasks/{tasks[2]}/reason": "没有新人"},
    }
    choose_files(tab, "[data-merge-file]", *(handed_in(sent, folder, who, cells) for who, cells in work.items()))
    tab.wait("document.querySelectorAll('.merge__sources input').length === 4")
    tab.click("[data-progress-merging] .button--primary")
    assert "窗口科" in tab.text("[data-merge-preview] fieldset")
    tab.click("[data-merge-preview] fieldset [type=radio]")
    tab.click("[data-merge-preview] .button--primary")
    tab.wait("document.querySelectorAll('[data-my-plan]').length === 2")


def test_a_plan_is_made_carried_over_merged_reported_and_opened_for_the_next_year(
    open_kernel: Callable[[str], Tab], tmp_path: Path
) -> None:
    tab = open_kernel(PAGE)
    tasks = made(tab)
    tab.goto(PROGRESS)
    tab.click("[data-do=export]")
    [sent] = tab.downloads()

    tab.evaluate("planSite.store.clear()")  # Another computer.
    tab.goto(PROGRESS)
    choose_files(tab, "[data-progress-file]", sent)
    assert "已完成 1 / " in tab.text(".my-plan__count")
    merged(tab, sent, tmp_path, tasks)
    tab.click("[data-progress-docx]")
    report = next(path for path in tab.downloads(2) if path.suffix == ".docx")
    words = "\n".join(cell.text for table in docx.Document(str(report)).tables for cell in table._cells)
    assert "没有此项业务" in words + "\n".join(one.text for one in docx.Document(str(report)).paragraphs)

    tab.click("[data-do=reissue]")
    tab.click("[data-reissue-form] [type=submit]")
    assert NEW in tab.text("[data-reissue-changes]")
    tab.wait("document.querySelectorAll('[data-my-plan]').length === 3")
    year = "planSite.myPlans.all().map(({ id }) => planSite.myPlans.values(id).fields.year).sort().join()"
    assert tab.evaluate(year) == "2026,2026,2027"
    tab.assert_clean()
