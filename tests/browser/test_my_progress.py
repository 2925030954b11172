"""The reader's plans on the first page."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.opening import Opener

PLAN = """() => {
    const { myPlans, entries } = planSite;
    const values = { fields: { "unit-name": "甲局<b>", year: "2026" } };
    const known = { a: "开会。", b: "检查。", c: "总结。" };
    const id = myPlans.create({ plan: "transport-annual-opinion", title: "年度意见", values, known });
    myPlans.set(id, "tasks/a/state", "done");
    myPlans.set(id, "tasks/b/state", "doing");
    myPlans.set(id, "known/gone", "早就不做的。");
    myPlans.set(id, "tasks/gone/state", "done");
    myPlans.set(id, "left/gone", "seen");
    entries.flush();
}"""


def test_a_reader_without_plans_sees_nothing_of_it(open_file: Opener) -> None:
    visit = open_file("index.html")
    assert not visit.page.locator("[data-my-progress]").is_visible()


def test_a_readers_plans_stand_on_the_first_page_with_how_far_they_are(
    open_file: Opener, axe: Callable[[Page], list[str]]
) -> None:
    visit = open_file("index.html")
    visit.page.evaluate(PLAN)
    visit.page.reload()
    place = visit.page.locator("[data-my-progress]")
    assert place.locator("h2").inner_text() == "我的方案"
    assert place.locator("li").all_inner_texts()[0].split() == [
        "甲局<b>",
        "2026年",
        "·",
        "年度意见",
        "1",
        "/",
        "3",
        "项",
    ]
    assert axe(visit.page) == []
    assert str(place.locator("a").get_attribute("href")).startswith("progress/index.html?mine=")
