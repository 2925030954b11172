"""A plan of one's own is put together: picked on any page, ordered, made, filled in, written as a file of data/."""

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.book import inspect
from tests.browser.devtools import Tab
from tests.browser.fill_panel import ANSWERS, BLOCKED, SHOWN, WANTED, enter, open_panel
from tests.browser.opening import Opener, Visit, wait_until
from tests.browser.printing import AWAY
from tests.test_assembling import some_picks

ROOT = Path(__file__).parent.parent.parent
HERE = "assemble/index.html"
WINDOW = "hospital-civilised-window"
THREE = "transport-three-creations"
SAID = "[data-assemble-said]"
PICKS = "[data-assemble-picks] > li"
TITLE = "[data-assemble-about] [name=title]"
KEYS = "all => all.map(one => one.dataset.key)"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def pick(plan: str, kind: str, name: str, without: list[str] | None = None) -> dict[str, Any]:
    return {"plan": plan, "kind": kind, "id": name, "without": without or []}


SOME = [
    pick(WINDOW, "section", "guiding"),
    pick(WINDOW, "section", "goals"),
    pick(THREE, "section", "guiding"),
    pick(THREE, "section", "steps"),
    pick(THREE, "task", "hold-kickoff-meeting"),
    pick("", "award", "post-expert"),
    pick("", "list", "three-creations"),
    pick("", "core", "kickoff"),
]


def assembling(opener: Opener, picks: list[dict[str, Any]], width: int = 1280, *, dark: bool = False) -> Visit:
    """Open the page with something picked."""
    visit = opener(HERE, width, dark=dark)
    visit.page.evaluate("picks => { planSite.basket.put(picks); planSite.entries.flush(); }", picks)
    visit.page.reload()
    visit.page.locator(PICKS).nth(len(picks) - 1).wait_for()
    return visit


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


# -------------------------------------------------------------------- picking


def begin(visit: Visit) -> Page:
    visit.page.locator("[data-pick-toggle]").first.click()
    visit.page.locator("[data-pick]").first.wait_for(state="attached")
    return visit.page


def test_sections_and_tasks_are_picked_on_a_plans_page(opened: Opener) -> None:
    visit = opened(f"plans/{WINDOW}/index.html")
    page = begin(visit)
    expect(page.locator(".pick-bar [role=status]")).to_contain_text("组合里有 0 项")
    expect(page.locator(".pick-bar a")).to_be_hidden()
    for key in (f"{WINDOW}/section/guiding", f"{WINDOW}/task/set-up-leading-group"):
        button = page.locator(f'[data-pick="{key}"]')
        button.click()
        expect(button).to_have_text("移出组合")
        expect(button).to_be_focused()
    expect(page.locator(".pick-bar [role=status]")).to_have_text("已加入。组合里有 2 项。")
    page.click(".pick-bar a")
    expect(page.locator(PICKS)).to_have_count(2)
    assert page.eval_on_selector_all(PICKS, KEYS) == [
        f"{WINDOW}/section/guiding",
        f"{WINDOW}/task/set-up-leading-group",
    ]
    visit.assert_clean()


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("themes/leadership/index.html", rf"{THREE}/task/approve-plan"),
        ("units/hospital/index.html", rf"{WINDOW}/task/set-up-leading-group"),
        ("core/index.html", "/core/kickoff"),
        ("glossary/index.html", "/award/post-expert"),
        ("glossary/index.html", "/list/three-creations"),
    ],
)
def test_every_page_with_something_to_pick_offers_it(open_http: Opener, path: str, key: str) -> None:
    visit = open_http(path)
    page = begin(visit)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.locator(f'[data-pick="{key}"]').first.click()
    assert page.evaluate("planSite.basket.picks().map(({plan, kind, id}) => `${plan}/${kind}/${id}`)") == [key]
    label = page.locator(f'[data-pick="{key}"]').first.get_attribute("aria-label") or ""
    assert re.fullmatch(r"移出组合：.{2,}", label)
    assert "¶" not in label
    assert "加入我的组合" not in label
    visit.assert_clean()


def test_the_page_is_as_it_was_when_picking_ends(open_http: Opener) -> None:
    page = open_http(f"plans/{WINDOW}/index.html").page
    before = page.inner_html("article")
    copied = "planSite.checklist && document.querySelector('#text').textContent"
    assert page.evaluate(copied)
    begin(Visit(page, ""))
    assert page.locator("[data-pick]").count() > 40
    page.click(".pick-bar button")
    assert page.inner_html("article") == before
    expect(page.locator("[data-pick-toggle]").first).to_be_focused()
    expect(page.locator(".pick-bar")).to_have_count(0)


def test_what_is_copied_and_filled_in_knows_nothing_of_the_buttons(open_http: Opener) -> None:
    page = begin(open_http(f"plans/{WINDOW}/index.html"))
    page.evaluate("planSite.panel.ready()")
    page.evaluate("planSite.store.set(planSite.store.active(), '', 'fields', 'city', '甲市'); planSite.panel.reload()")
    assert page.evaluate(SHOWN)["blocks"] == page.evaluate(WANTED)["blocks"]
    assert "加入我的组合" not in " ".join(page.evaluate(SHOWN)["tasks"][0])


def test_two_windows_pick_into_one_basket(open_http: Opener) -> None:
    visit = open_http(HERE)
    other = open_http.beside(visit, f"plans/{WINDOW}/index.html")
    begin(other).locator(f'[data-pick="{WINDOW}/section/guiding"]').click()
    expect(visit.page.locator(PICKS)).to_have_count(1)


def test_a_broken_basket_breaks_nothing(open_http: Opener) -> None:
    visit = open_http(HERE)
    for broken in (
        "{",
        '{"picks": 5}',
        '{"picks": {"a": 1}}',
        '{"picks": {"__proto__": {}, "x/y": {}, "a/section/<b>": {}}}',
    ):
        visit.page.evaluate("text => localStorage.setItem('wmck:1:basket', text)", broken)
        visit.page.reload()
        expect(visit.page.locator("[data-assemble-none]")).to_be_visible()
    gone = [pick(WINDOW, "section", "was-here"), pick("no-such-plan", "task", "x"), pick("", "award", "none")]
    visit.page.evaluate("picks => { planSite.basket.put(picks); planSite.entries.flush(); }", gone)
    visit.page.reload()
    expect(visit.page.locator(PICKS)).to_have_count(3)
    visit.page.locator(PICKS).first.locator("[data-does=out]").click()
    expect(visit.page.locator(PICKS)).to_have_count(2)
    visit.assert_clean()


# ------------------------------------------------------------------- the page


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


def test_doubles_are_shown_and_one_is_kept(open_http: Opener) -> None:
    visit = assembling(open_http, [*SOME, pick(THREE, "section", "requirements"), pick(THREE, "task", "brand-service")])
    page = visit.page
    expect(page.locator("[data-assemble-doubles]")).to_contain_text("都是“指导思想”")
    page.locator("[data-assemble-doubles] li", has_text="都是“指导思想”").locator("[data-does=keep]").nth(1).click()
    keys = page.eval_on_selector_all(PICKS, KEYS)
    assert f"{WINDOW}/section/guiding" not in keys
    assert f"{THREE}/section/guiding" in keys
    page.click("[data-does=settle]")
    expect(page.locator("[data-assemble-doubles]")).to_be_empty()
    expect(page.locator(SAID)).to_be_focused()
    assert f"{THREE}/task/brand-service" not in page.eval_on_selector_all(PICKS, KEYS)


def test_plans_are_found_by_unit_and_by_words(opened: Opener) -> None:
    visit = opened(HERE)
    page = visit.page
    found = page.locator("[data-assemble-found]")
    expect(found).to_have_text("11 份方案")
    page.select_option("[data-assemble-find] select", "hospital")
    expect(found).to_have_text("2 份方案")
    page.fill("[data-assemble-find] [name=words]", "领导小组")
    expect(found).to_contain_text("找到")
    shown = page.locator("[data-assemble-plans] .assemble__offers > li:visible")
    assert shown.count() > 2
    page.fill("[data-assemble-find] [name=words]", "没有这样的字")
    expect(found).to_contain_text("没有找到")
    page.fill("[data-assemble-find] [name=words]", "")
    expect(found).to_have_text("2 份方案")
    visit.assert_clean()


def test_everything_goes_by_keyboard_and_the_focus_stays(open_http: Opener) -> None:
    visit = open_http(HERE)
    page = visit.page
    page.locator("[data-assemble-find] [name=words]").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".assemble__offers li").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text("移出组合")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(PICKS)).to_have_count(2)
    page.locator(PICKS).nth(1).locator("[data-does=up]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_contain_text("移到第 1 项，共 2 项")
    expect(page.locator(":focus")).to_have_attribute("data-does", "down")
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_contain_text("移到第 2 项")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(PICKS)).to_have_count(1)
    expect(page.locator(":focus")).to_have_attribute("data-does", "out")
    page.keyboard.press("Enter")
    expect(page.locator("#picked")).to_be_focused()


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
