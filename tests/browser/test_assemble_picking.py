"""Parts of plans are picked on any page, found, ordered, and freed of doubles."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assemble_page import HERE, PICKS, SAID, SOME, THREE, WINDOW, assembling, begin, pick
from tests.browser.fill_panel import SHOWN, WANTED
from tests.browser.opening import Opener, Visit

KEYS = "all => all.map(one => one.dataset.key)"

# -------------------------------------------------------------------- picking


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
