"""A plan of one's own keeps what is noted when the template's tasks change, and says what changed."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.my_plan import COUNT, make, note, put
from tests.browser.opening import Opener
from tests.browser.plan_page import address, api, paste
from tests.browser.printing import print_checklist, squeeze, words
from tests.project import copy_project

TOLL = "toll-station-model-window"
REWORDED = ("set-up-group", "成立以站长为首的创建工作小组", "成立创建工作小组，站长任组长")
MOVED, NEW = "hold-meetings", "start-anew"
LEFT, LEFT_TEXT = "set-guidance", "提出本年度创建工作的指导思想"
LEFT_ALONE, LEFT_ALONE_TEXT = "refine-creation", "把“文明示范窗口”创建活动细化成逐项要求"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site with a template whose tasks are reworded, moved, removed and added."""
    root = copy_project(tmp_path_factory.mktemp("changed"))
    path = root / "data" / "plans" / "toll-station-model-window.yaml"
    path.write_text(changed_tasks(path.read_text("utf-8")), "utf-8")
    command = [sys.executable, "-m", "macros", "build", "--site", str(root / "site")]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def changed_tasks(text: str) -> str:
    """Change the tasks of a plan as an editor would."""
    before, _, rest = text.partition("\ntasks:\n")
    tasks, *after = re.split(r"\n(?=[a-z])", rest, maxsplit=1)
    blocks = {block.split("\n")[0]: block for block in tasks.split("  - id: ")[1:]}
    moved, _ = (blocks.pop(name) for name in (MOVED, LEFT_ALONE))
    new = blocks.pop(LEFT).replace(LEFT, NEW).replace(LEFT_TEXT, "开一次总结会")
    reworded = blocks.pop(REWORDED[0]).replace(*REWORDED[1:])
    all_of_them = "\n".join(f"  - id: {block.rstrip()}" for block in (moved, reworded, new, *blocks.values()))
    return "\n".join([f"{before}\ntasks:\n{all_of_them}", *after])


def ticked(page: Page, changed: Path) -> Page:
    """Make a plan with three ticks and go on with the changed template."""
    make(page)
    for name in (REWORDED[0], MOVED, LEFT):
        page.locator(f"#task-{name} input[type=checkbox]").first.check()
    page.evaluate("planSite.entries.flush()")
    page.goto(f"{changed.as_uri()}/{address(TOLL)}")
    expect(page.locator("[data-tasks-news]")).to_be_visible()
    return page


def test_ticks_stay_when_the_template_is_reworded_moved_shortened_and_lengthened(
    open_file: Opener,
    changed: Path,
    site: Path,
    axe: Any,  # noqa: ANN401
) -> None:
    page = ticked(open_file(address(TOLL)).page, changed)
    news = page.locator("[data-tasks-news]")
    expect(news).to_contain_text("这份方案的示例改过：新增 1 项，改了说法 1 项，去掉 2 项。")
    for name in (REWORDED[0], MOVED):
        assert page.locator(f"#task-{name} input").first.is_checked()
    assert page.inner_text(f"#task-{REWORDED[0]} .task__was") == f"原来是：{REWORDED[1]}"
    expect(page.locator(".task__new")).to_have_count(1)
    expect(page.locator(f"#task-{NEW} .task__new")).to_have_text("新增")
    gone = page.locator("[data-gone] [data-task-id]")
    expect(gone.locator("[data-cell=text]")).to_have_text([LEFT_ALONE_TEXT, LEFT_TEXT])
    assert [one.is_checked() for one in gone.locator("label > input").all()] == [False, True]
    expect(page.locator(COUNT)).to_contain_text(f"已完成 2 / {len(api(changed, f'plans/{TOLL}')['tasks'])}")
    assert axe(page) == []
    news.get_by_role("button", name="知道了").click()
    expect(page.locator(COUNT)).to_be_focused()
    page.evaluate("planSite.entries.flush()")
    page.reload()
    page.evaluate("planSite.panel.ready()")
    expect(gone.locator("[data-cell=text]")).to_have_text([LEFT_TEXT])
    expect(news).to_be_hidden()
    expect(page.locator(".task__new, .task__was")).to_have_count(0)
    page.goto(f"{site.as_uri()}/{address(TOLL)}")
    expect(page.locator("[data-tasks-news]")).to_contain_text("新增 1 项，改了说法 1 项，去掉 1 项")
    assert page.locator(f"#task-{LEFT} input").first.is_checked()


def test_a_task_that_left_is_copied_and_printed_with_what_is_noted_of_it(open_file: Opener, changed: Path) -> None:
    page = ticked(open_file(address(TOLL)).page, changed)
    last = page.locator("[data-task-id]").count() - 1
    put(page, last, "doing")
    note(page, last, owner="李四")
    printed = words(print_checklist(page))
    assert squeeze(f"旧2.{LEFT_TEXT}（李四）进行中") in printed
    assert "新增" not in printed
    assert "原来是" not in printed
    page.click("[data-copy=text][data-copy-part=checklist-body]")
    assert paste(page).text.split("\n")[-3:] == [
        "◆ 示例里已经没有的任务",
        f"□ 旧1. {LEFT_ALONE_TEXT}",
        f"□ 旧2. {LEFT_TEXT}（责任人：李四；进行中）",
    ]
