"""The leftover check as people use it: on a filled plan, and on any text that is pasted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.devtools import Tab
from tests.browser.my_plan import make
from tests.browser.opening import Opener, Visit
from tests.browser.plan_page import address, paste
from tests.filled import FIELDS

PLAN = "hospital-civilised-window"
CHECK = "check/index.html"
DATA = "assets/office/check-data.js"
SAID = "[data-leftovers-said]"
FOUND = "[data-leftovers-found]"
HOSPITAL = {"unit-name": "青州市人民医院", "unit-short": "市医院", "city": "青州市", "province": "山东省"}
LEFT = {"superior": "青州市卫生健康局", "directive": "《奉化区工作要点》", "notice-place": "", "new-measures": ""}
OWN_PLAN = ("issue-date", "new-measures", "kickoff-month")

KEEP = """([fields, own, plan]) => {
    const {store} = planSite, id = store.active();
    for (const key of Object.keys(fields)) store.set(id, own.includes(key) ? plan : "", "fields", key, fields[key]);
    store.set(id, plan, "options", "notice", true);
    planSite.entries.flush();
}"""
SELECTED = "getSelection().toString()"
STORED = "Object.keys(localStorage).filter(key => key.startsWith('wmck:')).length"


def fill(visit: Visit, plan: str = PLAN, **fields: str) -> None:
    """Fill the plan in as a reader has done before, and open its page again."""
    visit.page.evaluate(KEEP, [{**FIELDS, **HOSPITAL, **LEFT, **fields}, OWN_PLAN, plan])
    visit.page.goto(f"{visit.home}/{address(plan)}")


def finding(page: Page, words: str, place: str = FOUND) -> Locator:
    return page.locator(f"{place} .finding", has=page.locator("mark", has_text=words)).first


# On a plan's page.


def test_a_filled_plan_is_checked_and_the_names_are_read_only_then(opened: Opener) -> None:
    visit = opened(address(PLAN))
    assert not any(DATA in url for url in visit.requests)
    fill(visit)
    expect(visit.page.locator(SAID)).to_contain_text("没填的空 2 处，别的地方和单位 1 处。")
    assert any(DATA in url for url in visit.requests)
    assert finding(visit.page, "奉化区").locator(".finding__say").inner_text().startswith("“奉化区”是别处的名称")
    expect(visit.page.locator("[data-leftovers-likeness]")).to_contain_text("% 和示例一样")
    visit.assert_clean()


def test_a_plan_that_nobody_filled_in_is_checked_at_a_click(open_file: Opener) -> None:
    visit = open_file(address(PLAN))
    assert visit.page.locator(FOUND).inner_text() == ""
    visit.page.get_by_role("button", name="检查一遍").click()
    expect(visit.page.locator(SAID)).to_contain_text("没填的空")
    assert visit.page.evaluate(STORED) == 0
    visit.assert_clean()


def test_a_finding_leads_to_its_words_in_the_text(opened: Opener) -> None:
    visit = opened(address(PLAN))
    fill(visit)
    page = visit.page
    finding(page, "奉化区").get_by_role("button", name="看原处").click()
    assert page.evaluate(SELECTED) == "奉化区"
    line = page.locator("[data-paper=line]:focus")
    expect(line).to_contain_text("《奉化区工作要点》")
    expect(line).to_be_in_viewport()
    visit.assert_clean()


def test_a_blank_leads_to_its_input(open_http: Opener) -> None:
    visit = open_http(address(PLAN))
    fill(visit)
    finding(visit.page, "【公示地点】").get_by_role("button", name="去填").click()
    expect(visit.page.locator("[name='notice-place']")).to_be_focused()
    visit.page.keyboard.type("一楼大厅")
    expect(finding(visit.page, "【公示地点】")).to_have_count(0)
    visit.assert_clean()


def test_a_finding_is_waived_with_a_reason_kept_and_taken_back(opened: Opener) -> None:
    visit = opened(address(PLAN))
    fill(visit)
    page = visit.page
    item = finding(page, "奉化区")
    item.locator("summary", has_text="放行").click()
    item.get_by_role("button", name="放行").click()
    expect(item).to_be_visible()  # Why: it asks for a reason first.
    item.get_by_label("为什么可以留着").fill("上级文件的原名")
    item.get_by_role("button", name="放行").click()
    expect(finding(page, "奉化区")).to_have_count(0)
    expect(page.locator(SAID)).to_be_focused()
    page.evaluate("planSite.entries.flush()")
    page.reload()
    expect(page.locator("[data-leftovers-waived] summary")).to_have_text("已放行 1 处")
    expect(finding(page, "奉化区")).to_have_count(0)
    page.locator("[data-leftovers-waived] summary").click()
    expect(page.locator("[data-leftovers-waived] li")).to_contain_text("“奉化区”：上级文件的原名")
    page.get_by_role("button", name="收回").click()
    expect(finding(page, "奉化区")).to_be_visible()
    visit.assert_clean()


def test_a_unit_of_an_unknown_place_is_told_so(open_http: Opener) -> None:
    visit = open_http(address(PLAN))
    fill(visit, **{"unit-name": "白云镇卫生院", "unit-short": "", "city": "", "province": ""})
    expect(visit.page.locator(SAID)).to_contain_text("看不出本单位在哪里")


def test_the_list_stays_while_a_reason_is_typed(open_http: Opener) -> None:
    visit = open_http(address(PLAN))
    fill(visit)
    item = finding(visit.page, "奉化区")
    item.locator("summary", has_text="放行").click()
    item.get_by_label("为什么可以留着").fill("原名")
    visit.page.evaluate("document.dispatchEvent(new CustomEvent('plan:filled'))")
    visit.page.wait_for_timeout(1200)
    expect(item.get_by_label("为什么可以留着")).to_have_value("原名")


def test_what_is_new_this_year_cannot_be_waived(open_file: Opener) -> None:
    visit = open_file(address(PLAN))
    fill(visit)
    item = finding(visit.page, "【今年新举措】")
    expect(item).to_contain_text("写好以前一直是草稿")
    assert item.locator("summary").count() == 0


def test_the_draft_mark_follows_the_findings(open_http: Opener) -> None:
    visit = open_http(address(PLAN))
    fill(visit)
    reasons = (
        "(() => { const now = planSite.panel.current();"
        " return planSite.leftovers.draftReasons(now.content, now.values, now.waived); })()"
    )
    expect(visit.page.locator(SAID)).to_contain_text("找到")
    assert visit.page.evaluate(reasons) == ["没填的空 2 处", "别的地方和单位 1 处", "“今年新举措”没有写"]
    fill(visit, directive="《青州市工作要点》", **{"notice-place": "一楼大厅", "new-measures": "开设夜间门诊"})
    expect(visit.page.locator(SAID)).to_have_text("没有找到要改的地方。")
    assert visit.page.evaluate(reasons) == []


def test_nothing_is_said_twice_while_a_reader_types(open_http: Opener) -> None:
    visit = open_http(address(PLAN))
    fill(visit)
    expect(visit.page.locator(SAID)).to_contain_text("找到")
    visit.page.evaluate(f"""() => {{
        window.told = 0;
        new MutationObserver(() => window.told++).observe(document.querySelector("{SAID}"), {{childList: true}});
        document.dispatchEvent(new CustomEvent("plan:filled"));
    }}""")
    visit.page.wait_for_timeout(1500)
    assert visit.page.evaluate("window.told") == 0


# Any text.

TEXT = """青州市2026年工作方案
一、依据
根据宁海移动的做法,由____负责。
（三）2月30日前完成2023年的任务。
<img src=x onerror=window.hit=1>"""


def check(page: Page, text: str, **fields: str) -> None:
    page.fill("[name=text]", text)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.locator("[data-check-said]")).not_to_be_empty()


def test_a_pasted_text_is_checked_line_by_line_and_nothing_is_kept(opened: Opener) -> None:
    visit = opened(CHECK)
    page = visit.page
    check(page, TEXT, unit="青州市人民医院", place="青州市", year="2026")
    kinds = page.locator("[data-check-found] .finding").evaluate_all("all => all.map(one => one.dataset.kind)")
    assert kinds == ["blank", "example", "year", "date", "number", "mark"]
    said = page.locator("[data-check-said]").inner_text()
    assert said == (
        "找到：没填的空 1 处，示例里的名称和内容 1 处，往年的年份 1 处，日期 1 处，序号 1 处，标点和字符 1 处。"
    )
    marks = page.locator("[data-check-lines] mark").all_inner_texts()
    assert marks == ["宁海移动", ",", "____", "（三）", "2月30日", "2023"]
    assert page.evaluate(STORED) == 0
    assert page.evaluate("window.hit") is None
    visit.assert_clean()


def test_a_finding_leads_to_its_line(open_file: Opener) -> None:
    page = open_file(CHECK).page
    check(page, "\n".join(["一行字。"] * 300 + ["由____负责。"]), place="青州市")
    page.get_by_role("button", name="看第 301 行").click()
    line = page.locator("[data-check-lines] li:focus")
    expect(line).to_have_text("由____负责。")
    expect(line).to_be_in_viewport()
    assert line.evaluate("line => getComputedStyle(line, '::before').content") != "none"


def test_what_is_not_told_is_guessed_and_said(open_file: Opener) -> None:
    page = open_file(CHECK).page
    check(page, "工作方案\n2025年\n青州市和青州市，奉化区")
    said = page.locator("[data-check-said]")
    expect(said).to_contain_text("所在地没有写，或者不认识，按文中说得最多的“青州市”判断")
    expect(said).to_contain_text("没有写年份，按2025年判断")
    expect(finding(page, "奉化区", "[data-check-found]")).to_be_visible()


def test_the_results_are_copied(open_http: Opener) -> None:
    page = open_http(CHECK).page
    check(page, TEXT, unit="青州市人民医院", place="青州市", year="2026")
    page.get_by_role("button", name="复制结果").click()
    lines = paste(page).text.split("\n")
    assert len(lines) == 6
    assert "第 3 行“____”：“____”是没填的空。填上；用不上的，交稿前连同前后的话删掉。" in lines


def test_a_text_is_compared_with_an_example(opened: Opener) -> None:
    visit = opened(CHECK)
    page = visit.page
    text = page.evaluate(
        "planSite.load('../plans/hospital-civilised-window/content.js').then(planSite.leftovers.templateOf)"
    )
    page.select_option("[name=plan]", PLAN)
    check(page, text)
    expect(page.locator("[data-check-said]")).to_contain_text("有 100% 和《")
    check(page, "自己写的一段话，和示例没有一处相同。" * 3)
    expect(page.locator("[data-check-said]")).to_contain_text("有 0% 和《")
    visit.assert_clean()


def test_a_plan_filled_in_on_this_computer_is_checked(opened: Opener) -> None:
    visit = opened(address(PLAN))
    fill(visit)
    page = visit.page
    page.goto(f"{visit.home}/{CHECK}")
    assert page.input_value("[name=unit]") == "青州市人民医院"
    page.get_by_label("检查填过的方案").select_option(index=1)
    expect(page.locator("[data-check-said]")).to_contain_text("没填的空 2 处，别的地方和单位 1 处")
    assert page.input_value("[name=text]").startswith("青州市人民医院2026年")
    visit.assert_clean()


def test_a_plan_of_ones_own_is_checked(opened: Opener) -> None:
    visit = opened(address(PLAN))
    page = visit.page
    make(page, "青州市人民医院")
    page.evaluate("planSite.entries.flush()")
    page.goto(f"{visit.home}/{CHECK}")
    page.get_by_label("检查填过的方案").select_option(label=page.locator("[name=filled] option").nth(1).inner_text())
    expect(page.locator("[data-check-said]")).to_contain_text("没填的空")
    assert page.input_value("[name=text]").startswith("青州市人民医院2026年")
    assert page.input_value("[name=plan]") == PLAN
    visit.assert_clean()


def test_the_form_is_emptied(open_file: Opener) -> None:
    page = open_file(CHECK).page
    expect(page.get_by_label("检查填过的方案")).to_be_hidden()
    check(page, TEXT)
    page.get_by_role("button", name="清空", exact=True).click()
    expect(page.locator("[data-check-results]")).to_be_hidden()
    assert page.input_value("[name=text]") == ""
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.locator("[data-check-said]")).to_have_text("请先把文字粘贴到上面。")


def test_two_hundred_thousand_characters_are_checked_and_shown(open_file: Opener) -> None:
    visit = open_file(CHECK)
    good = "各单位要认真组织，抓好落实，做到长治久安。\n" * 9
    text = "".join(f"第{number}项由____负责,落实宁海移动2023年的做法。\n{good}" for number in range(900))
    assert len(text) > 190_000
    time = visit.page.evaluate(
        """async text => {
            await planSite.leftovers.need();
            document.querySelector("[name=text]").value = text;
            const done = new Promise((resolve) => new MutationObserver(resolve).observe(
                document.querySelector("[data-check-said]"), {childList: true}));
            const started = performance.now();
            document.querySelector("[data-check]").requestSubmit();
            await done;
            return performance.now() - started;
        }""",
        text,
    )
    assert time < 10_000  # Milliseconds; half a second on a quiet computer.
    assert visit.page.locator("[data-check-lines] li").count() == text.count("\n") + 1
    visit.page.get_by_role("button", name="再看").first.click()
    assert visit.page.locator(".finding[data-kind=blank]").count() == 900
    visit.assert_clean()


def test_without_the_names_it_says_so(open_http: Opener) -> None:
    visit = open_http(CHECK)
    visit.page.route(f"**/{DATA}", lambda route: route.abort())
    check(visit.page, TEXT, place="青州市")
    expect(visit.page.locator("[data-check-said]")).to_contain_text("名称表没有读到")
    expect(finding(visit.page, "____", "[data-check-found]")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    open_http: Opener,
    axe: Callable[[Page], list[str]],
    width: int,
    dark: bool,  # noqa: FBT001
) -> None:
    visit = open_http(CHECK, width, dark=dark)
    check(visit.page, TEXT, place="青州市")
    assert axe(visit.page) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.page.goto(f"{visit.home}/{address(PLAN)}")
    fill(visit)
    expect(visit.page.locator(SAID)).to_contain_text("找到")
    visit.page.locator(".finding summary").first.click()
    assert axe(visit.page) == []
    assert visit.page.locator("[data-leftovers]").evaluate(WIDEST) <= width


WIDEST = "part => Math.max(...[...part.querySelectorAll('*')].map(one => one.getBoundingClientRect().right))"


def test_the_page_says_that_it_needs_scripts(open_file: Opener) -> None:
    browser = open_file(CHECK).page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{open_file(CHECK).home}/{CHECK}")
    assert page.locator("article noscript p").first.is_visible()
    assert not page.locator("textarea:visible").count()
    context.close()


def test_old_browsers_check_a_text_and_a_plan(open_kernel: Callable[[str], Tab]) -> None:
    tab = open_kernel(CHECK)
    tab.fill("[name=text]", "由____负责，学习宁海移动的做法，2月30日前完成。")
    tab.fill("[name=place]", "青州市")
    tab.click("[data-check] [type=submit]")
    tab.wait("document.querySelector('[data-check-said]').textContent")
    assert tab.text("[data-check-said]").startswith("找到：没填的空 1 处，示例里的名称和内容 1 处，日期 1 处。")
    tab.goto(address(PLAN))
    tab.click("[data-leftovers-run]")
    tab.wait("document.querySelector('[data-leftovers-found] .finding')")
    assert "没填的空" in tab.text(SAID)
    tab.assert_clean()
