"""In a plan of one's own it is noted how far each task is: shown, filtered, copied and printed."""

from playwright.sync_api import expect

from tests.browser.fill_panel import open_panel
from tests.browser.my_plan import CHOICE, COUNT, FILTER, TICK, again, make, note, noted, put, task
from tests.browser.opening import Opener
from tests.browser.plan_page import PLAN, address, paste, shown_tasks
from tests.browser.printing import print_checklist, print_part, words

OVERDUE = {"unit": "甲局", "year": "2001"}  # A year whose days are all past.


def test_a_task_has_a_state_a_reason_an_owner_a_day_notes_and_records(opened: Opener) -> None:
    visit = opened(address())
    page = visit.page
    make(page)
    page.locator(TICK).nth(0).check()
    put(page, 1, "doing")
    note(page, 1, owner="张三", due="2030-03-31", note="等局里定")
    proofs = task(page, 1).locator(".task__proofs")
    for at, text in enumerate(("通知〔2026〕3号", "签到表")):
        proofs.locator("input").fill(text)
        proofs.locator("input").press("Enter") if at else proofs.get_by_role("button", name="添加").click()
    expect(proofs.locator("input")).to_be_focused()
    put(page, 2, "na")
    expect(task(page, 2).locator(".task__reason")).to_contain_text("还没有写理由")
    task(page, 2).locator("[data-own-field=reason]").fill("本单位没有窗口")
    expect(page.locator(COUNT)).to_have_text("已完成 1 / 28（不适用 1 项不计），进行中 1，逾期 0")
    expect(task(page, 1).locator(".task__brief")).to_have_text("张三 · 2030年3月31日前 · 佐证 2 条 · 有备注")
    page = again(visit)
    assert [task(page, at).locator(".task__state").input_value() for at in range(4)] == ["done", "doing", "na", ""]
    assert task(page, 2).locator("[data-own-field=reason]").input_value() == "本单位没有窗口"
    task(page, 1).locator(".task__log summary").click()
    assert task(page, 1).locator("[data-own-field=note]").input_value() == "等局里定"
    expect(task(page, 1).locator(".task__proofs li span")).to_have_text(["通知〔2026〕3号", "签到表"])
    task(page, 1).get_by_role("button", name="删去佐证：签到表").click()
    expect(task(page, 1).locator(".task__proofs li span")).to_have_text(["通知〔2026〕3号"])
    expect(task(page, 1).locator(".task__proofs input")).to_be_focused()
    page.locator(TICK).nth(0).uncheck()
    assert task(page, 0).locator(".task__state").input_value() == ""
    visit.assert_clean()


def test_what_is_typed_into_a_record_is_kept_although_the_page_is_left_at_once(open_http: Opener) -> None:
    page = open_http(address()).page
    make(page)
    task(page, 0).locator(".task__log summary").click()
    task(page, 0).locator("[data-own-field=note]").fill("没有离开这一格")
    page.goto("about:blank")
    page.go_back()
    expect(task(page, 0).locator(".task__brief")).to_have_text("有备注")


def test_a_name_that_is_typed_is_one_writing_and_not_one_a_key(open_http: Opener) -> None:
    page = open_http(address()).page
    make(page)
    count = f"Object.values(planSite.myPlans.doc(planSite.myPlans.open('{PLAN}')).seen).reduce((one, two) => one + two)"
    before = page.evaluate(count)
    task(page, 0).locator(".task__log summary").click()
    task(page, 0).locator("[data-own-field=owner]").press_sequentially("zhang san feng")
    page.keyboard.press("Tab")
    assert page.evaluate(count) == before + 1


def test_tasks_are_overdue_by_the_plans_own_days_or_the_readers(open_http: Opener) -> None:
    visit = open_http(address())
    page = open_panel(visit)
    make(page, **OVERDUE)
    expect(page.locator(COUNT)).to_contain_text("逾期 0")
    months = {"kickoff-month": "4", "work-start-month": "5", "work-end-month": "11", "review-month": "12"}
    for name, month in months.items():
        page.select_option(f'[data-fill-form] [name="{name}"]', month)
    expect(page.locator(COUNT)).not_to_contain_text("逾期 0")
    first = task(page, 0)
    expect(first.locator(".task__brief")).to_have_text("逾期 · 2001年4月30日前")
    note(page, 0, due="2090-01-01")
    expect(first.locator(".task__brief")).to_have_text("2090年1月1日前")
    expect(first.locator(".task__due")).to_have_text("按方案是2001年4月30日")
    put(page, 1, "done")
    expect(task(page, 1).locator(".task__brief")).to_be_empty()


def test_the_list_is_filtered_by_state_and_the_address_says_so(open_http: Opener) -> None:
    visit = open_http(address())
    page = visit.page
    make(page)
    every = shown_tasks(page)
    put(page, 0, "done")
    put(page, 1, "doing")
    put(page, 2, "na")
    note(page, 3, due="2001-01-01")
    wanted = {"done": every[:1], "doing": every[1:2], "na": every[2:3], "late": every[3:4]}
    for state, tasks in {**wanted, "open": [every[1], *every[3:]]}.items():
        page.select_option(FILTER, state)
        assert shown_tasks(page) == tasks
        assert f"state={state}" in page.url
    assert page.locator(f"{FILTER} option").nth(1).inner_text() == "未完成（27）"
    page.select_option(FILTER, "done")
    page = again(visit)
    assert page.input_value(FILTER) == "done"
    assert shown_tasks(page) == every[:1]
    page.select_option(CHOICE, "")
    assert shown_tasks(page) == every


def test_what_is_copied_says_how_far_each_task_is(open_http: Opener) -> None:
    page = open_http(address()).page
    noted(page)
    page.click("[data-copy=text][data-copy-part=checklist-body]")
    lines = [line for line in paste(page).text.split("\n") if line and line[0] in "☑□－"]
    assert [line[0] for line in lines[:4]] == ["☑", "□", "－", "□"]
    assert "；责任人：张三；期限：2030年3月31日；进行中）" in lines[1]
    assert "；不适用：没有窗口）" in lines[2]
    page.click("[data-copy=table][data-copy-part=checklist-body]")
    head, *rows = paste(page).cells
    assert head[-3:] == ["责任人", "期限", "完成"]
    assert [row[-3:] for row in rows[:4]] == [
        ["", "", "✓"],
        ["张三", "2030年3月31日", "进行中"],
        ["", "", "不适用：没有窗口"],
        ["", "", ""],
    ]


def test_what_is_printed_says_how_far_each_task_is(open_http: Opener) -> None:
    page = open_http(address()).page
    noted(page)
    for paper in (words(print_checklist(page)), words(print_part(page, "page"))):
        for said in ("(张三)", "(期限2030年3月31日)", "进行中", "不适用:没有窗口", "已完成"):
            assert said in paper, said
        assert "还没有写理由" not in paper
        assert "记录逾期" not in paper
