"""A link carries what was filled in to another computer, keeps nothing unasked and breaks nothing."""

import json

from playwright.sync_api import Page, expect

from tests.browser.fill_panel import enter, open_panel
from tests.browser.my_plan import SAID, STORED, TICK, WRITE, make
from tests.browser.opening import Opener
from tests.browser.plan_page import address, paste


def linked(page: Page) -> str:
    """Copy the link as people do, once they have read what it carries, and give it."""
    page.click("[data-my-more] summary")
    expect(page.locator("#my-plan-carries")).to_contain_text("链接里含有填写的内容")
    page.click("[data-my-do=link]")
    expect(page.locator(SAID)).to_contain_text("已复制链接")
    return paste(page).text


def test_a_link_carries_what_was_filled_in_and_keeps_nothing_before_it_is_asked(opened: Opener) -> None:
    visit = opened(address())
    page = open_panel(visit)
    make(page, unit="甲局 A&B‹😀›")
    enter(page, "role:campaign-office", "局创建办")
    page.locator(TICK).first.check()
    link = linked(page)
    other = opened(address())
    other.page.goto("about:blank")
    other.page.goto(link)
    assert "#fill=" not in other.page.url
    banner = other.page.locator("[data-my-link]")
    expect(banner).to_contain_text("甲局 A&B‹😀›，2026年，共 3 处。现在还没有存到这台电脑上。")
    assert other.page.evaluate(STORED) == 0
    assert "甲局" not in other.page.inner_text("[data-paper=title]")
    banner.get_by_role("button", name="用它建立我的方案").click()
    expect(other.page.locator(SAID)).to_contain_text("已用链接里的内容建立")
    assert other.page.inner_text("#task-issue-plan [data-cell=owner]") == "局创建办"
    assert "甲局 A&B‹😀›" in other.page.inner_text("[data-paper=title]")
    assert other.page.locator(f"{TICK}:checked").count() == 0
    other.assert_clean()


def test_a_link_that_is_not_wanted_leaves_no_trace(open_http: Opener) -> None:
    visit = open_http(address())
    make(visit.page)
    link = visit.page.evaluate(WRITE)
    other = open_http(address()).page
    other.evaluate("link => { location.hash = link.slice(link.indexOf('#')); }", link)
    expect(other.locator("[data-my-link]")).to_contain_text("甲局")
    other.get_by_role("button", name="不要").click()
    expect(other.locator("[data-my-link]")).to_be_empty()
    assert other.evaluate(STORED) == 0
    assert "#fill" not in other.url


def test_a_broken_foreign_or_newer_link_is_told_in_words(open_http: Opener) -> None:
    visit = open_http(address())
    make(visit.page)
    link = visit.page.evaluate(WRITE).partition("#fill=")[2]
    packed = "text => btoa(text).replace(/=+$/, '')"
    newer, foreign, odd, hostile, empty = (
        visit.page.evaluate(packed, json.dumps(value))
        for value in (
            {"v": 2, "fields": {}},
            [1],
            {"v": 1, "fields": {"year": 7}, "roles": {}, "phases": {}, "options": {}},
            {"v": 1, "fields": {"__proto__": {"x": 1}}, "roles": {}, "phases": {}, "options": {}},
            {"v": 1, "fields": {}, "roles": {}, "phases": {}, "options": {}},
        )
    )
    page = open_http(address()).page
    torn = {link[:-9], link + "。", "", "!!", foreign, odd, hostile}
    for hash_, said in {**dict.fromkeys(torn, "链接不完整"), newer: "更新的版本", empty: "没有填写的内容"}.items():
        page.evaluate("hash => { location.hash = '#fill=' + hash; }", hash_)
        expect(page.locator("[data-my-link]")).to_contain_text(said)
        page.get_by_role("button", name="知道了").click()
    assert page.evaluate(STORED) == 0
    assert page.evaluate("({}).x") is None


def test_a_link_that_is_too_long_for_mail_says_so(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    make(page)
    enter(page, "new-measures", "长" * 3000)
    page.click("[data-my-more] summary")
    page.click("[data-my-do=link]")
    expect(page.locator(SAID)).to_contain_text("可能会截断，请改用“导出这份方案”")


def test_a_browser_that_does_not_let_pages_copy_shows_the_link_to_be_copied(open_http: Opener) -> None:
    page = open_http(address()).page
    make(page)
    page.evaluate("document.execCommand = () => false")
    page.click("[data-my-more] summary")
    page.click("[data-my-do=link]")
    expect(page.locator("[data-my-address] input")).to_be_focused()
    assert page.evaluate("String(getSelection())") == page.evaluate(WRITE)
