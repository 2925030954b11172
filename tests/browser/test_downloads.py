"""What a reader downloads by a real click is what our Python makes of the same values, over http and from a folder."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.book import load
from macros.filling import fill, plain
from macros.office import FILES, content, form_of
from macros.office.form import make
from tests.browser.getting import HERE
from tests.browser.opening import Opener
from tests.browser.plan_page import PLAN, address, paste

BOOK = load(HERE.parent.parent)
ABOUT = content(BOOK.plans[PLAN], BOOK)
FIELDS = {
    "unit-name": "甲市交通运输局",
    "city": "甲市",
    "year": "2027",
    "kickoff-month": "5",
    "new-measures": "设晨会\n办夜校",
}
STATE = "[data-files-state]"
READY = re.compile("现在下载会带|要核对的地方都核对过了")
HOSTILE = {"unit-name": "A&B<公司>$&_x0041_", "city": "=1+1", "new-measures": "@SUM(A1)\n]]>\n" + "长" * 3000}
FORBIDDEN = '\\/:*?"<>|'


def give(page: Page, fields: Mapping[str, str]) -> None:
    """Fill in the panel as a reader does."""
    page.click("[data-fill-box] > summary")
    page.wait_for_selector("[data-fill-form] [name=unit-name]", state="attached")
    page.evaluate("document.querySelectorAll('[data-fill-form] details').forEach((box) => { box.open = true; })")
    for name, value in fields.items():
        control = page.locator(f"[data-fill-form] [name='{name}']")
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def download(page: Page, file: str) -> tuple[str, bytes]:
    """Click a file's button and give the name and the bytes that arrive."""
    selector = "[data-download=pack]" if file == "pack" else f"[data-files] [data-download][data-file={file}]"
    with page.expect_download() as waiting:
        page.click(selector)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def expected(page: Page, file: str, fields: Mapping[str, str], **options: Any) -> bytes:  # noqa: ANN401
    """Make the same file in Python; its draft mark is the one that the page tells of."""
    state = page.inner_text("[data-files-state]")
    draft = state.removeprefix("现在下载会带“草稿”字样：").removesuffix("。") if "草稿" in state else ""
    given = {"draft": f"草稿：{draft}" if draft else "", **options}
    return make(form_of(file), fill(ABOUT, {"fields": fields}, given))


def parts(file: bytes) -> dict[str, bytes]:
    """Give what is in a file: the parts of a zip, or the whole."""
    if not file.startswith(b"PK"):
        return {"": file}
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("fields", [FIELDS, HOSTILE], ids=["plain", "hostile"])
def test_every_file_is_what_python_makes_of_the_same_values(opened: Opener, fields: Mapping[str, str]) -> None:
    visit = opened(address())
    give(visit.page, {"year": "2027", **fields})
    for key, file in FILES.items():
        name, got = download(visit.page, key)
        assert parts(got) == parts(expected(visit.page, key, {"year": "2027", **fields})), key
        assert name.endswith(f".{file.kind}")
        assert not set(name) & set(FORBIDDEN)
    visit.assert_clean()


def test_all_six_files_come_in_one_zip_with_tidy_folders(opened: Opener) -> None:
    visit = opened(address())
    give(visit.page, FIELDS)
    name, got = download(visit.page, "pack")
    inside = parts(got)
    base = name.removesuffix(".zip")
    assert set(inside) == {
        f"{base}/说明.txt",
        *(f"{base}/{file.folder}/{file.name}.{file.kind}" for file in FILES.values()),
    }
    for key, file in FILES.items():
        made = inside[f"{base}/{file.folder}/{file.name}.{file.kind}"]
        assert parts(made) == parts(expected(visit.page, key, FIELDS)), key
    with zipfile.ZipFile(io.BytesIO(got)) as archive:
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist()), "Windows needs the mark of UTF-8 names"


def test_a_department_gets_its_own_tasks(opened: Opener) -> None:
    visit = opened(address())
    give(visit.page, FIELDS)
    visit.page.hover("[data-files]")
    role = ABOUT["tasks"][0]["roles"][0]
    visit.page.select_option("[data-files-department]", role)
    for key in ("tasks", "checks", "records"):
        _, got = download(visit.page, key)
        assert parts(got) == parts(expected(visit.page, key, FIELDS, department=role)), key
    _, score = download(visit.page, "score")
    assert parts(score) == parts(expected(visit.page, "score", FIELDS))


def test_the_look_and_the_notice_that_were_chosen_are_kept(opened: Opener) -> None:
    visit = opened(address())
    give(visit.page, FIELDS)
    visit.page.hover("[data-files]")
    visit.page.click(".files__looks > summary")
    look = form_of("plan").presets[0]
    select = visit.page.get_by_label(look.label, exact=False).first
    select.select_option(look.choices[1].value)
    visit.page.check("[data-files-notice]")
    options = {"notice": True, "preset": {look.key: look.choices[1].value}}
    _, got = download(visit.page, "plan")
    assert parts(got) == parts(expected(visit.page, "plan", FIELDS, **options))
    visit.page.reload()
    visit.page.hover("[data-files]")
    expect(visit.page.locator("[data-files-notice]")).to_be_checked()
    _, again = download(visit.page, "plan")
    assert parts(again) == parts(got)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_chosen_of_looks_has_room(opened: Opener, width: int) -> None:
    page = opened(address(), width).page
    page.hover("[data-files]")
    page.click(".files__looks > summary")
    page.locator("[data-files-looks] select").first.wait_for()
    wide = """all => all.filter(one => {
        const [own, around] = [one, one.parentElement].map(each => each.getBoundingClientRect());
        return own.left < around.left - 1 || own.right > around.right + 1;
    }).map(one => one.outerHTML.slice(0, 100))"""
    assert page.eval_on_selector_all(".files__option, .files__option select", wide) == []


def test_each_profile_has_the_looks_that_were_chosen_for_it(opened: Opener) -> None:
    visit = opened(address())
    page = visit.page
    give(page, FIELDS)
    page.hover("[data-files]")
    page.click(".files__looks > summary")
    look, other = form_of("plan").presets[:2]
    select, second = (page.get_by_label(one.label, exact=False).first for one in (look, other))
    select.select_option(look.choices[1].value)
    page.click("[data-fill-do=create]")
    expect(select).to_have_value(look.choices[0].value)
    second.select_option(other.choices[1].value)
    page.select_option("[data-fill-profiles]", label=FIELDS["unit-name"])
    expect(select).to_have_value(look.choices[1].value)
    expect(second).to_have_value(other.choices[0].value)


def test_without_a_year_there_is_no_calendar_and_the_reader_is_told(opened: Opener) -> None:
    visit = opened(address())
    visit.page.click("[data-files] [data-download=ics]")
    expect(visit.page.locator("[data-files] [data-said]")).to_contain_text("年份")
    _, got = download(visit.page, "pack")
    assert not any(name.endswith(".ics") for name in parts(got))


@pytest.mark.parametrize("fields", [{}, FIELDS])
def test_no_button_moves_away_from_the_hand_that_reaches_for_it(opened: Opener, fields: dict[str, str]) -> None:
    page = opened(address()).page
    give(page, fields)
    page.locator("[data-files]").scroll_into_view_if_needed()
    place = """(() => {
        const [part, list] = ["[data-files]", "[data-files] .files__list"].map((one) => document.querySelector(one));
        return list.getBoundingClientRect().top - part.getBoundingClientRect().top;
    })()"""
    before = page.evaluate(place)
    page.hover("[data-files] [data-download] >> nth=-1")
    expect(page.locator(STATE)).to_have_text(READY)
    assert page.evaluate(place) == before


@pytest.mark.parametrize("width", [1280, 390])
def test_what_the_check_finds_does_not_push_a_pressed_button_away(opened: Opener, width: int) -> None:
    page = opened(address(), width).page
    give(page, FIELDS)
    button = page.locator("[data-files] [data-download][data-file=plan]")
    button.scroll_into_view_if_needed()
    button.hover()
    page.mouse.down()
    page.wait_for_selector("[data-leftovers-found] li")
    with page.expect_download() as waiting:
        page.mouse.up()
    assert waiting.value.suggested_filename.endswith(".docx")


def test_a_filled_plan_is_copied_as_formatted_text(opened: Opener) -> None:
    visit = opened(address())
    give(visit.page, FIELDS)
    visit.page.hover("[data-files]")
    expect(visit.page.locator(STATE)).to_have_text(READY)
    visit.page.click("[data-files] [data-copy=text]")
    filled = fill(ABOUT, {"fields": FIELDS}, {})
    lines = [filled["title"], *(block["text"] for block in filled["blocks"]), filled["signer"], filled["date"]]
    pasted = paste(visit.page)
    assert pasted.text.splitlines() == [plain(line, filled["slots"]) for line in lines]
    assert "仿宋" in pasted.html
    assert "<h2" in pasted.html


@pytest.mark.parametrize("file", ["tasks", "checks", "records", "score"])
def test_a_table_is_copied_as_cells(opened: Opener, file: str) -> None:
    visit = opened(address())
    give(visit.page, {**FIELDS, "city": "=1+1"})
    visit.page.hover("[data-files]")
    expect(visit.page.locator(STATE)).to_have_text(READY)
    visit.page.click(f"[data-files] [data-copy=table][data-file={file}]")
    filled = fill(ABOUT, {"fields": FIELDS}, {})
    cells = paste(visit.page).cells
    rows = {"tasks": "tasks", "checks": "tasks", "records": "records", "score": "assessment"}[file]
    assert len(cells) == 1 + len(filled[rows])
    assert len({len(row) for row in cells}) == 1
    assert [row[0] for row in cells[1:]] == [item["number"] for item in filled[rows]]
    assert not any(cell.startswith(("=", "+", "@")) for row in cells for cell in row)


def test_without_scripts_the_files_come_with_their_blanks_open(site: Path) -> None:
    for key, file in FILES.items():
        path = site / "plans" / PLAN / f"{key}.{file.kind}"
        assert path.is_file() == file.unfilled
        if file.unfilled:
            made = make(form_of(key), fill(ABOUT, {}, {"draft": "草稿：空还没有填"}))
            assert path.read_bytes() == made
