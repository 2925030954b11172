"""A plan of one's own is put together: made of what was picked, filled in, kept, written as a file of data/."""

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.book import inspect
from tests.browser.assemble_page import HERE, PICKS, SAID, SOME, THREE, WINDOW, assembling, begin, pick
from tests.browser.devtools import Tab
from tests.browser.fill_panel import ANSWERS, BLOCKED, SHOWN, WANTED, enter, open_panel
from tests.browser.opening import Opener, Visit, wait_until
from tests.browser.printing import AWAY
from tests.test_assembling import some_picks

ROOT = Path(__file__).parent.parent.parent
TITLE = "[data-assemble-about] [name=title]"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def made(visit: Visit, title: str = "窗口服务提升方案") -> str:
    """Make a plan of what is picked, and give its id."""
    page = visit.page
    page.fill(TITLE, title)
    page.click("[data-assemble-do=make]")
    page.locator("[data-checklist] [data-task-id]").first.wait_for()
    ids: list[str] = page.evaluate("planSite.myPlans.all().filter(({plan}) => !plan).map(({id}) => id)")
    return ids[-1]


def written(page: Page, folder: Path, name: str) -> Path:
    """Export the file for the editors, and give where it lies."""
    page.locator("summary", has_text="交给编辑").evaluate("one => { one.parentElement.open = true }")
    page.fill("[data-assemble-file] [name=id]", name)
    with page.expect_download() as downloads:
        page.click("[data-assemble-do=yaml]")
    assert downloads.value.suggested_filename == f"{name}.yaml"
    path = folder / downloads.value.suggested_filename
    downloads.value.save_as(path)
    return path


def test_a_plan_is_put_together_filled_in_and_kept(opened: Opener) -> None:
    visit = assembling(opened, SOME)
    page = visit.page
    mine = made(visit)
    expect(page.locator(SAID)).to_contain_text("做好了")
    expect(page.locator("h1")).to_contain_text("窗口服务提升方案")
    open_panel(visit)
    enter(page, "unit-name", "某某医院")
    enter(page, "year", "2026")
    assert page.inner_text("[data-paper=title]") == "某某医院2026年窗口服务提升方案"
    page.evaluate(
        f"""() => {{
            const {{content}} = planSite.panel.current(), answers = ({ANSWERS})(content.fields);
            const set = (path, value) => planSite.myPlans.set("{mine}", path, value);
            for (const id in answers) set(`fields/${{id}}`, answers[id]);
            for (const role of content.roles) set(`roles/${{role.id}}`, `本院${{role.name}}`);
            planSite.panel.reload();
        }}"""
    )
    wanted, shown = page.evaluate(WANTED), page.evaluate(SHOWN)
    for part in ("title", "blocks", "tasks", "groups"):
        assert shown[part] == wanted[part], part
    page.click("[data-leftovers-run]")
    expect(page.locator("[data-leftovers-said]")).to_contain_text("找到")
    with page.expect_download() as downloads:
        page.click("[data-download=pack]")
    assert downloads.value.suggested_filename.endswith(".zip")
    page.evaluate("planSite.entries.flush()")
    page.goto(f"{visit.home}/{HERE}?mine={mine}")
    page.locator("[data-checklist] [data-task-id]").first.wait_for()
    assert page.evaluate(SHOWN)["blocks"] == shown["blocks"]
    assert page.evaluate("planSite.basket.picks()") == []
    visit.assert_clean()


def test_what_is_exported_is_accepted_by_the_check(open_http: Opener, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    dice = random.Random(3)  # noqa: S311 - must repeat
    for number in range(6):
        picks = [{"without": [], **one} for one in some_picks(dice)]
        unique = list({(one["plan"], one["kind"], one["id"]): one for one in picks}.values())
        visit = assembling(open_http, unique)
        visit.page.fill(TITLE, f"“组合”的方案：<{number}> # a: 'b' \"c\"")
        if number % 2:
            visit.page.locator("[data-does=settle]").evaluate_all("all => all.forEach(one => one.click())")
        written(visit.page, tmp_path / "data" / "plans", f"own-plan-{number}")
    reading = inspect(tmp_path)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.book
    assert len(reading.book.plans) == 17


def test_filled_values_are_not_in_the_exported_file(open_http: Opener, tmp_path: Path) -> None:
    visit = assembling(open_http, SOME)
    mine = made(visit)
    visit.page.evaluate(f"planSite.myPlans.set('{mine}', 'fields/unit-name', '秘密医院'); planSite.panel.reload()")
    visit.page.click("[data-assemble-box] > summary")
    text = written(visit.page, tmp_path, "own-plan").read_text("utf-8")
    assert "秘密医院" not in text
    assert "【单位全称】【年份】年窗口服务提升方案" in text


def test_what_is_missing_is_said_and_led_to(open_http: Opener) -> None:
    page = open_http(HERE).page
    page.click("[data-assemble-do=make]")
    expect(page.locator("[data-assemble-faults]")).to_contain_text("还没有写标题。")
    expect(page.locator("[data-assemble-faults]")).to_contain_text("还没有任务")
    expect(page.locator(TITLE)).to_be_focused()
    page.evaluate("picks => planSite.basket.put(picks)", SOME)
    page.evaluate("planSite.entries.flush()")
    page.reload()
    page.fill(TITLE, "医院“文明窗口”创建工作计划")
    page.locator("summary", has_text="交给编辑").click()
    page.fill("[data-assemble-file] [name=id]", WINDOW)
    page.click("[data-assemble-do=yaml]")
    expect(page.locator("[data-assemble-faults]")).to_contain_text("已经有了")
    expect(page.locator("[data-assemble-faults]")).to_contain_text("标题和本站的一份方案一样")
    page.fill("[data-assemble-file] [name=id]", "坏 编号")
    page.click("[data-assemble-do=yaml]")
    expect(page.locator("[data-assemble-faults]")).to_contain_text("小写英文字母")


def test_a_plan_of_what_every_unit_does_has_no_source_and_is_ones_own_but_none_of_the_sites(open_http: Opener) -> None:
    visit = assembling(open_http, [pick("", "core", "kickoff")])
    visit.page.fill(TITLE, "窗口服务提升方案")
    visit.page.locator("summary", has_text="交给编辑").click()
    visit.page.click("[data-assemble-do=yaml]")
    expect(visit.page.locator("[data-assemble-faults]")).to_contain_text("还看不出来源")
    made(visit)
    expect(visit.page.locator("[data-checklist] [data-task-id]")).to_have_count(1)
    visit.assert_clean()


def test_picks_change_after_the_plan_was_made_and_what_was_filled_in_stays(open_http: Opener) -> None:
    visit = assembling(open_http, SOME)
    page = visit.page
    mine = made(visit)
    task = page.evaluate("planSite.panel.current().content.tasks[0].id")
    page.evaluate(
        f"planSite.myPlans.set('{mine}', 'fields/year', '2027');"
        f"planSite.myPlans.set('{mine}', 'tasks/{task}/state', 'done'); planSite.panel.reload()"
    )
    page.click("[data-assemble-box] > summary")
    page.locator(PICKS).first.locator("[data-does=down]").click()
    page.locator(PICKS).nth(4).locator("[data-does=out]").click()
    assert page.locator("h3[id^=s-]").first.inner_text().startswith("一、")
    assert task in page.evaluate("planSite.panel.current().content.tasks.map(({id}) => id)")
    assert page.evaluate(SHOWN)["title"].startswith("【单位全称】2027年")
    assert page.evaluate(SHOWN)["blocks"] == page.evaluate(WANTED)["blocks"]
    visit.assert_clean()


def test_tasks_that_a_reader_takes_out_himself_are_no_news_to_him(open_http: Opener) -> None:
    visit = assembling(open_http, SOME[:4])
    page = visit.page
    made(visit)
    tasks = page.locator("[data-checklist] [data-task-id]")
    count = tasks.count()
    page.click("[data-assemble-box] > summary")
    page.locator(PICKS).nth(3).locator("[data-does=out]").click()
    assert 0 < tasks.count() < count
    expect(page.locator("[data-tasks-news]")).to_be_hidden()


def test_what_is_emptied_after_the_picks_changed_is_empty_everywhere(open_http: Opener) -> None:
    visit = assembling(open_http, SOME[:4])
    page = visit.page
    made(visit)
    open_panel(visit)
    enter(page, "unit-name", "某某医院")
    page.click("[data-assemble-box] > summary")
    page.locator(PICKS).first.locator("[data-does=down]").click()
    enter(page, "unit-name", "")
    assert "某某医院" not in "".join(page.locator("[data-slot]").all_text_contents())


def test_a_plan_that_finds_no_room_leaves_the_picks_where_they_are(open_http: Opener) -> None:
    visit = assembling(open_http, SOME[:2])
    page = visit.page
    page.evaluate(
        """() => {
            const set = Storage.prototype.setItem;
            Storage.prototype.setItem = function (name, text) {
                if (text.length > 2000) throw new DOMException("full", "QuotaExceededError");
                set.call(this, name, text);
            };
        }"""
    )
    made(visit)
    expect(page.locator(SAID)).to_contain_text("空间满了")
    expect(page.locator(SAID)).not_to_contain_text("已存在这台电脑上")
    page.reload()
    expect(page.locator(PICKS)).to_have_count(2)


def test_the_way_from_a_plan_to_its_progress_leads_to_that_plan(open_http: Opener) -> None:
    visit = assembling(open_http, SOME[:2])
    page = visit.page
    page.evaluate("planSite.myPlans.create({ plan: 'a', title: '一份', values: {}, known: {} })")
    made(visit, "另一份")
    page.evaluate("planSite.entries.flush()")
    page.get_by_role("link", name="看这份方案的进度").click()
    expect(page.locator("[data-progress-title]")).to_contain_text("另一份")


def test_what_is_picked_later_is_put_into_a_plan_that_is_there(open_http: Opener) -> None:
    visit = assembling(open_http, SOME[:2])
    page = visit.page
    mine = made(visit)
    page.goto(f"{visit.home}/plans/{THREE}/index.html")
    begin(visit).locator(f'[data-pick="{THREE}/task/hold-kickoff-meeting"]').click()
    page.goto(f"{visit.home}/{HERE}?mine={mine}")
    page.click("[data-assemble-box] > summary")
    page.get_by_role("button", name="把新挑的 1 项加进来").click()
    expect(page.locator(PICKS)).to_have_count(3)
    expect(page.locator("[data-checklist] [data-task-id]")).to_have_count(16)
    assert page.evaluate("planSite.basket.picks()") == []


def test_tasks_have_states_that_stay(opened: Opener) -> None:
    visit = assembling(opened, SOME)
    page = visit.page
    mine = made(visit)
    row = page.locator("[data-checklist] [data-task-id]").nth(2)
    task = row.get_attribute("data-task-id")
    row.locator("label > input").first.check()
    expect(page.locator("[data-tasks-count]")).to_contain_text("已完成 1 / 27")
    page.evaluate("planSite.entries.flush()")
    page.goto(f"{visit.home}/{HERE}?mine={mine}")
    again = page.locator(f'[data-task-id="{task}"] label > input').first
    expect(again).to_be_checked()
    page.click("[data-assemble-box] > summary")
    page.locator(PICKS).nth(0).locator("[data-does=out]").click()
    expect(again).to_be_checked()
    expect(page.locator("[data-tasks-count]")).to_contain_text("已完成 1 / 27")
    visit.assert_clean()


def test_blocked_storage_is_told_and_a_plan_can_be_made_all_the_same(open_http: Opener) -> None:
    visit = open_http()
    visit.page.add_init_script(BLOCKED)
    visit.page.goto(f"{visit.home}/{HERE}")
    expect(visit.page.locator(SAID)).to_contain_text("不让本站保存")
    visit.page.evaluate("picks => planSite.basket.put(picks)", SOME)
    visit.page.fill("[data-assemble-find] [name=words]", "指导思想")
    visit.page.locator(f'button[data-key="{THREE}/section/guiding"]').click()
    visit.page.locator(f'button[data-key="{THREE}/section/guiding"]').click()
    made(visit)
    expect(visit.page.locator("h1")).to_contain_text("窗口服务提升方案")
    open_panel(visit)
    enter(visit.page, "year", "2026")
    assert "2026年窗口服务提升方案" in visit.page.inner_text("[data-paper=title]")


def test_a_plan_that_is_not_here_is_told(open_http: Opener) -> None:
    page = open_http(f"{HERE}?mine=nothere").page
    expect(page.locator(SAID)).to_contain_text("这台电脑上没有这份方案")
    expect(page.locator("[data-assembled]")).to_be_hidden()


def test_a_plan_from_a_foreign_file_breaks_nothing(open_http: Opener) -> None:
    visit = assembling(open_http, SOME)
    mine = made(visit)
    page = visit.page
    page.evaluate(f"planSite.myPlans.set('{mine}', 'picks', [5, null, {{plan: '<b>'}}, {{plan: '', kind: 'task'}}])")
    page.evaluate("planSite.entries.flush()")
    page.goto(f"{visit.home}/{HERE}?mine={mine}")
    expect(page.locator("h1")).to_contain_text("窗口服务提升方案")
    for broken in ("5", "{}", "{title: '<img src=x>', blocks: 3}"):
        page.evaluate(f"planSite.myPlans.set('{mine}', 'content', {broken})")
        page.evaluate("planSite.entries.flush()")
        page.goto(f"{visit.home}/{HERE}?mine={mine}")
        expect(page.locator(SAID)).to_contain_text("内容不全")
    visit.assert_clean()


def test_an_own_plan_is_named_exported_and_deleted(open_http: Opener) -> None:
    visit = assembling(open_http, SOME)
    page = visit.page
    made(visit)
    page.locator("summary", has_text="改名、导出、删除").click()
    page.fill("[data-assemble-name]", "门诊楼用")
    page.dispatch_event("[data-assemble-name]", "change")
    expect(page.locator("[data-assemble-mine] a").first).to_have_text("门诊楼用")
    with page.expect_download() as downloads:
        page.click("[data-assemble-do=export]")
    text = Path(downloads.value.path()).read_text("utf-8")
    page.evaluate("text => { planSite.savedFile.take(text); planSite.entries.flush(); }", text)
    assert page.evaluate("planSite.myPlans.all().length") == 2
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("[data-assemble-do=remove]")
    page.wait_for_url(re.compile(r"index\.html$"))
    expect(page.locator("[data-assemble-mine] a")).to_have_count(1)
    assert json.loads(text)["plans"][0]["cells"]["content"]


def test_the_text_and_the_checklist_are_printed_alone(open_http: Opener) -> None:
    visit = assembling(open_http, SOME)
    made(visit)
    page = visit.page
    for sheet, there, gone in (("checklist", ".task", ".paper-line"), ("text", ".paper-line", ".task")):
        page.evaluate(AWAY)
        page.evaluate("window.print = () => {}")
        page.click(f"[data-print={sheet}]")
        page.emulate_media(media="print")
        assert page.locator(there).first.is_visible(), sheet
        assert not page.locator(gone).first.is_visible(), sheet
        assert not page.locator("[data-assemble]").is_visible()
        page.emulate_media(media="screen")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_wrong(open_http: Opener, axe: Callable[[Page], list[str]], width: int, dark: bool) -> None:  # noqa: FBT001
    visit = open_http(HERE, width, dark=dark)
    assert axe(visit.page) == []
    visit = assembling(open_http, SOME, width, dark=dark)
    page = visit.page
    page.fill("[data-assemble-find] [name=words]", "领导小组")
    page.locator(".assemble__offers li").first.wait_for()
    page.click("[data-assemble-do=make]")
    page.locator("[data-assemble-box] details.more").evaluate_all("all => all.forEach(one => { one.open = true })")
    wait_until(page, "document.querySelector('[data-assemble-text] p') !== null")
    assert axe(page) == []
    assert not page.evaluate(TOO_WIDE)
    made(visit)
    assert axe(page) == []
    assert not page.evaluate(TOO_WIDE)
    for path in (f"plans/{WINDOW}/index.html", "glossary/index.html", "units/hospital/index.html"):
        page.goto(f"{visit.home}/{path}")
        begin(visit)
        assert axe(page) == []
        assert not page.evaluate(TOO_WIDE), path


def test_an_old_kernel_puts_a_plan_together(open_kernel: Callable[[str], Tab]) -> None:
    tab = open_kernel(f"plans/{WINDOW}/index.html")
    tab.click("[data-pick-toggle]")
    tab.wait("document.querySelector('[data-pick]')")
    tab.click(f"[data-pick='{WINDOW}/section/guiding']")
    tab.evaluate(
        f"planSite.basket.put([...planSite.basket.picks(), ...{json.dumps(SOME[1:])}]), planSite.entries.flush()"
    )
    tab.goto(HERE)
    tab.wait("document.querySelectorAll('[data-assemble-picks] > li').length === 8")
    tab.click("[data-does=settle]")
    tab.fill(TITLE, "窗口服务提升方案")
    tab.click("[data-assemble-do=make]")
    tab.wait("document.querySelector('[data-checklist] [data-task-id]')")
    assert tab.text("[data-paper=title]") == "【单位全称】【年份】年窗口服务提升方案"
    tab.assert_clean()
