"""A plan is filled in: the page follows the form and says what the files say."""

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.fill_panel import FILL, FORM, SHOWN, WANTED, enter, kept, open_panel, paper
from tests.browser.opening import Opener
from tests.browser.plan_page import address, each_plan

COUNT = "[data-fill-count]"
HOSTILE = "<img src=x onerror=hit=1> & \"'$& ⟦year⟧ {{x}} =1+1\u202e"
LEFT = "[...document.querySelectorAll('article [data-field].blank')].map(blank => blank.dataset.field)"
HTML = """() => {
    const copy = document.querySelector("article").cloneNode(true);
    copy.querySelector("[data-fill]").remove();
    copy.querySelectorAll("[data-files], [data-leftovers]").forEach((part) => part.remove());
    return copy.innerHTML;
}"""


def test_the_page_says_what_the_files_say_block_by_block_in_every_plan(open_http: Opener, site: Path) -> None:
    for plan, visit in each_plan(open_http, site):
        for way in ("all", "proposals"):
            visit.page.evaluate(FILL, way)
            wanted, shown = visit.page.evaluate(WANTED), visit.page.evaluate(SHOWN)
            for part in ("title", "blocks", "tasks", "groups", "phases"):
                assert shown[part] == wanted[part], plan["id"]
            assert visit.page.evaluate(LEFT) == [], plan["id"]
        visit.assert_clean()
        visit.page.evaluate("planSite.store.clear()")


def test_emptying_everything_gives_the_page_back_as_it_came(open_http: Opener, site: Path) -> None:
    for plan, visit in each_plan(open_http, site):
        visit.page.evaluate("planSite.panel.ready()")
        before, links = visit.page.evaluate(HTML), visit.page.locator("a.term-link").count()
        visit.page.evaluate(FILL, "all")
        assert visit.page.evaluate(HTML) != before
        assert visit.page.locator("a.term-link").count() == links, plan["id"]
        visit.page.evaluate(FILL, "")
        assert visit.page.evaluate(HTML) == before, plan["id"]
        visit.page.evaluate("planSite.store.clear()")


def test_roles_have_their_own_names_in_the_filter_and_the_printed_list_the_units(open_http: Opener) -> None:
    page = open_http(address()).page
    choice = page.locator("select[name=role] option[value=campaign-office]")
    page.evaluate(FILL, "all")
    assert choice.inner_text() == "本单位创建办公室（15）"
    assert page.text_content(".print-line") == "单位：单位全称A&B‹公司›年度：2026"
    page.evaluate(FILL, "")
    assert choice.inner_text() == "创建办公室（15）"
    assert page.text_content(".print-line") == "单位：年度："


# The form.

KINDS = {
    "text": "text",
    "lines": "textarea",
    "year": "text",
    "month": "select-one",
    "date": "date",
    "number": "text",
    "choice": "select-one",
}

ROWS = """() => Object.fromEntries([...document.querySelectorAll("[data-fill-form] [name]")].map((one) => [one.name, {
    value: one.value,
    kind: one.type,
    label: one.labels[0].textContent,
    choices: [...(one.options || [])].slice(1).map((option) => option.text),
    words: (one.closest(".fill__row") || one).textContent,
}]))"""


def test_the_form_asks_for_every_field_role_and_phase_and_shows_examples_as_examples(
    open_http: Opener, site: Path
) -> None:
    kinds = set()
    for plan, visit in each_plan(open_http, site, step=1):
        page = open_panel(visit)
        content, rows = page.evaluate("planSite.panel.current().content"), page.evaluate(ROWS)
        roles = {f"role:{role['id']}": role["name"] for role in content["roles"]}
        ends = {f"phase:{phase['id']}:{end}" for phase in content["phases"] for end in ("first", "last")}
        assert set(rows) == {field["id"] for field in content["fields"]} | set(roles) | ends, plan["id"]
        assert {row["value"] for row in rows.values()} == {""}, plan["id"]
        assert all(row["label"] for row in rows.values())
        assert {name: rows[name]["label"] for name in roles} == roles
        for field in content["fields"]:
            row = rows[field["id"]]
            assert row["kind"] == KINDS[field["type"]]
            assert row["choices"] == choices(field)
            assert all(field.get(key, "") in row["words"] for key in ("label", "hint", "example", "suffix"))
            kinds.add(field["type"])
        assert plan["new_measures"] in rows["new-measures"]["words"]
        visit.assert_clean()
    assert kinds == set(KINDS)


def choices(field: dict[str, Any]) -> list[str]:
    """Give what can be chosen for a field."""
    return [f"{month}月" for month in range(1, 13)] if field["type"] == "month" else field.get("choices", [])


def test_what_is_typed_stands_in_the_page_at_once_and_is_there_again_later(opened: Opener) -> None:
    visit = opened(address())
    page = open_panel(visit)
    assert page.inner_text(COUNT) == "已填 0 / 11"
    enter(page, "unit-name", "清河市交通运输局")
    enter(page, "year", "2026")
    enter(page, "role:campaign-office", "局创建办")
    page.select_option('[name="kickoff-month"]', "4")
    filled = "经清河市交通运输局党委研究决定"
    assert filled in paper(page)
    assert page.inner_text("[data-paper=title]").startswith("清河市交通运输局2026年文明单位")
    assert page.inner_text("#s-phase-kickoff").startswith("（一）动员部署阶段（4月）")
    assert page.inner_text("#task-issue-plan [data-cell=owner]") == "局创建办"
    assert page.inner_text("#task-issue-plan [data-cell=when]").startswith("动员部署阶段（4月）")
    assert page.inner_text("#tasks-kickoff small") == "4月"
    assert page.inner_text('[data-place="time:kickoff"]') == "4月"
    assert page.inner_text(COUNT) == "已填 3 / 11"
    page.reload()
    expect(page.locator("[data-paper=title] .filled").first).to_have_text("清河市交通运输局")
    assert filled in paper(page)
    expect(page.locator(COUNT)).to_have_text("已填 3 / 11")
    other = opened.beside(visit, address("transport-annual-opinion"))
    expect(other.page.locator("[data-paper=title] .filled").first).to_have_text("清河市交通运输局")
    expect(other.page.locator("[data-field=kickoff-month].filled")).to_have_count(0)
    visit.assert_clean()


def test_what_is_typed_is_kept_although_the_page_is_left_at_once(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    page.fill('[name="unit-name"]', "甲局")
    page.goto("about:blank")
    page.go_back()
    expect(page.locator("[data-paper=title] .filled").first).to_have_text("甲局")


WRONG = {
    "year": [("26", "四位数字"), ("1234", "四位数字"), ("二〇二六", "四位数字"), ("2026", "")],
    "complaint-accept-days": [("三", "只写数字"), ("-1", "只写数字"), ("3天", "只写数字"), ("1.5", "")],
}


def test_a_wrong_answer_is_told_beside_it_and_stays_as_it_was_typed(open_http: Opener) -> None:
    page = open_panel(open_http(address("transport-annual-opinion")))
    for name, answers in WRONG.items():
        control = page.locator(f'{FORM} [name="{name}"]')
        if not control.count():
            continue
        for value, words in answers:
            enter(page, name, value)
            told = page.inner_text(f"#fill-{name}-fault") if words else ""
            assert words in told
            assert control.get_attribute("aria-invalid") == ("true" if words else None)
            assert f"fill-{name}-fault" in (control.get_attribute("aria-describedby") or "")
            assert control.input_value() == value
            assert page.evaluate("(name) => planSite.panel.current().values.fields[name]", name) == value
    enter(page, "year", "２０２７")
    assert page.input_value(f'{FORM} [name="year"]') == "2027"
    assert page.evaluate("planSite.panel.current().values.fields.year") == "2027"


def test_a_kept_answer_that_the_input_does_not_offer_is_shown_and_told(open_http: Opener) -> None:
    visit = open_http(address())
    visit.page.evaluate("""() => {
        const {store} = planSite, id = store.active();
        store.set(id, "transport-three-creations", "fields", "kickoff-month", "13");
        store.set(id, "transport-three-creations", "fields", "issue-date", "2026-02-30");
    }""")
    page = open_panel(visit)
    assert page.input_value('[name="kickoff-month"]') == "13"
    assert "“13”不能用" in page.inner_text("#fill-kickoff-month-fault")
    assert "2026-02-30" in page.inner_text("#fill-issue-date-fault")


def test_a_word_under_way_in_an_input_method_is_not_written_into_the_page(open_http: Opener) -> None:
    page = open_panel(open_http(address()))
    page.focus('[name="unit-name"]')
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "jia'ju", "selectionStart": 6, "selectionEnd": 6})
    assert page.locator("[data-paper=title] .filled").count() == 0
    session.send("Input.insertText", {"text": "甲局"})
    expect(page.locator("[data-paper=title] .filled").first).to_have_text("甲局")


def test_hostile_and_very_long_answers_are_text_and_nothing_is_lost(opened: Opener) -> None:
    visit = opened(address("telecom-hall-model-window"))
    page = open_panel(visit)
    elements = page.evaluate("document.querySelectorAll('article img, article script').length")
    long, lines = "长" * 20000, "\n".join(f"第{number}条 {HOSTILE}" for number in range(300))
    for name, value in {"unit-name": HOSTILE, "complaint-phone": long, "eight-steps": lines}.items():
        if page.locator(f'[name="{name}"]').count():
            enter(page, name, value)
    enter(page, "role:" + page.evaluate("planSite.panel.current().content.roles[0].id"), HOSTILE)
    assert page.evaluate(SHOWN)["blocks"] == page.evaluate(WANTED)["blocks"]
    assert len(page.evaluate(SHOWN)["blocks"]) > 300
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.querySelectorAll('article img, article script').length") == elements
    fields = next(entry for name, entry in kept(page).items() if name.startswith("profile:"))["fields"]
    assert (fields["unit-name"], fields["eight-steps"]) == (HOSTILE, lines)
    page.reload()
    expect(page.locator("[data-paper=line]").nth(300)).to_be_attached()
    assert page.evaluate(SHOWN)["blocks"] == page.evaluate(WANTED)["blocks"]
    visit.assert_clean()
