"""The workbooks of a plan, read back by openpyxl, the OOXML validator and LibreOffice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from macros.book import load
from macros.filling import Record, fill, plain
from macros.office import content, form_of
from macros.office.form import make
from macros.office.sheet import LAST
from tests.printed import faults, printed, tables

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)
CONTENTS = {plan.id: content(plan, BOOK) for plan in BOOK.plans.values()}
HOSPITAL = CONTENTS["hospital-civilised-window"]
CREATIONS = CONTENTS["transport-three-creations"]
KINDERGARTEN = CONTENTS["kindergarten-march-etiquette"]

KEYS = ("tasks", "checks", "records", "score")
NAMES = {"tasks": "任务分解表", "checks": "检查表", "records": "台账目录", "score": "考评自评表"}
FIRST = {"tasks": 5, "checks": 6, "records": 5, "score": 6}
DRAFT = "草稿：还有3处没有填"
MARKUP = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = "xl/worksheets/sheet1.xml"

HEADERS = {
    "tasks": "序号 任务 工作内容 牵头部门 配合部门 责任人 时间要求 完成时限 完成情况 佐证材料 备注",
    "checks": "序号 部分 检查内容 责任部门 检查方法、佐证材料 检查结果 发现的问题 整改期限",
    "records": "序号 任务序号 任务 应留材料 责任部门 时间要求 材料名称 件数 存放处 归档日期 备注",
    "score": "序号 考核项目 考核内容 分值 评分标准 考核办法 自评分 考核分",
}

FORMULAS = {"tasks": 2, "checks": 2, "records": 1, "score": 3}
NASTY = (
    "=1+1", "@SUM(A1)", "+86", "-1", "＝1+1", "_x0041_", "x_x000D_", "A&B<公司>", '"引号"', "'单引", "12", "2026-03-01",
    "&amp;", "]]>", "😀", "长" * 300, "{=1}", "#REF!",
)  # fmt: skip


def filled_in(about: Record, **more: str) -> dict[str, Any]:
    """Answer every question about a plan; the year is 2027."""
    answers = {"month": "5", "date": "2027-03-01", "number": "3"}
    fields = {field["id"]: answers.get(field["type"], f"本{field['label']}") for field in about["fields"]}
    return {"fields": {**fields, "year": "2027", **more}}


WAYS: Mapping[str, Callable[[Record], dict[str, Any]]] = {"unfilled": lambda _: {}, "filled": filled_in}
every_plan = pytest.mark.parametrize("about", CONTENTS.values(), ids=CONTENTS.keys())
every_way = pytest.mark.parametrize("way", WAYS)
every_book = pytest.mark.parametrize("key", KEYS)


def written(key: str, about: Record, values: Record, **options: str) -> bytes:
    return make(form_of(key), fill(about, values, options))


def opened(raw: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(raw)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def xml_of(raw: bytes, name: str = SHEET) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return package.read(name).decode()


def cells(sheet: Worksheet, key: str) -> list[list[Any]]:
    """Give the rows below the header; a cell with an empty text is an empty cell."""
    rows = sheet.iter_rows(min_row=FIRST[key], values_only=True)
    return [[value or None for value in row] for row in rows]


def expected(key: str, about: Record, values: Record, **options: str) -> list[list[Any]]:
    """Say what the rows of a workbook must be."""
    filled = fill(about, values, options)

    def said(text: str) -> str | None:
        return plain(text, filled["slots"]) or None

    def work(task: Record) -> str | None:
        return said(task["text"] + (f"\n要求：{task['threshold']}" if task["threshold"] else ""))

    def due(task: Record) -> datetime | None:
        return datetime.fromisoformat(task["due"][0]["iso"]) if "iso" in task["due"][0] else None

    def common(task: Record) -> list[Any]:
        return [int(task["number"]), said(task["part"]), work(task), said(task["lead"])]

    def planned(task: Record) -> list[Any]:
        kept = said("、".join(task["keep"]))
        return [*common(task), said(task["support"]), None, said(task["when"]), due(task), "未开始", kept, None]

    if key == "tasks":
        return [planned(task) for task in filled["tasks"]]
    if key == "checks":
        return [[*common(task), f"查看{'、'.join(task['keep'])}", None, None, None] for task in filled["tasks"]]
    if key == "records":
        kept = [(task, keep) for task in filled["tasks"] for keep in task["keep"]]
        return [
            [number, int(task["number"]), *map(said, (task["text"], keep, task["lead"], task["when"])), *[None] * 5]
            for number, (task, keep) in enumerate(kept, 1)
        ]
    return [
        [number, said(item["item"]), said(item["content"]), None, None, said(item["ways"]), None, None]
        for number, item in enumerate(about["assessment"], 1)
    ]


# ---------------------------------------------------------------------- rows


@every_plan
@every_way
@every_book
def test_every_cell_of_every_plan_is_read_back(key: str, way: str, about: Record) -> None:
    values = WAYS[way](about)
    sheet = opened(written(key, about, values))
    header = [cell.value for cell in sheet[FIRST[key] - 1]]
    assert header == HEADERS[key].split()
    assert cells(sheet, key) == expected(key, about, values)


def test_days_are_real_dates_shown_as_people_write_them() -> None:
    sheet = opened(written("tasks", KINDERGARTEN, filled_in(KINDERGARTEN)))
    due = [cell for (cell,) in sheet.iter_rows(min_row=5, min_col=8, max_col=8) if cell.value]
    assert len(due) == sum(bool(task["date"] or task["phase"]) for task in KINDERGARTEN["tasks"])
    assert all(cell.is_date and cell.number_format == 'yyyy"年"m"月"d"日"' for cell in due)
    assert {cell.value.year for cell in due} == {2027}


def test_a_department_gets_its_own_tasks_with_their_numbers() -> None:
    role = HOSPITAL["tasks"][5]["lead"][len("⟦role:") : -1]
    values = {**filled_in(HOSPITAL), "roles": {role: "医务部"}}
    mine = [int(task["number"]) for task in HOSPITAL["tasks"] if role in task["roles"]]
    for key in ("tasks", "checks", "records"):
        sheet = opened(written(key, HOSPITAL, values, department=role))
        assert cells(sheet, key) == expected(key, HOSPITAL, values, department=role)
        assert str(sheet["A1"].value).endswith(f"{NAMES[key]}（医务部部分）")
    assert [row[0] for row in expected("tasks", HOSPITAL, values, department=role)] == mine
    assert 0 < len(mine) < len(HOSPITAL["tasks"])


def test_a_plan_that_names_no_assessment_says_so() -> None:
    without = [about for about in CONTENTS.values() if about["assessment_note"]]
    assert without
    for about in CONTENTS.values():
        assert (opened(written("score", about, {}))["A3"].value or "") == about["assessment_note"]


@every_book
def test_three_hundred_rows_all_arrive(key: str) -> None:
    many = [{**HOSPITAL["tasks"][index % 7], "number": str(index + 1)} for index in range(300)]
    items = [{**HOSPITAL["assessment"][0], "number": str(index + 1)} for index in range(300)]
    about = {**HOSPITAL, "tasks": many, "assessment": items}
    rows = cells(opened(written(key, about, filled_in(about))), key)
    assert rows == expected(key, about, filled_in(about))
    assert len(rows) >= 300


@every_book
def test_a_department_without_tasks_gets_an_empty_sheet(key: str) -> None:
    raw = written(key, {**CREATIONS, "tasks": [], "assessment": []}, {})
    assert cells(opened(raw), key) == []
    assert f'</row></sheetData><autoFilter ref="A{FIRST[key] - 1}:' in xml_of(raw)


# ---------------------------------------------------------- what is typed in


@every_book
def test_what_a_reader_types_stays_a_text(key: str) -> None:
    role = CREATIONS["tasks"][0]["roles"][0]
    about = {**CREATIONS, "tasks": CREATIONS["tasks"][:1]}
    for nasty in NASTY:
        values = {**filled_in(about, **{"unit-name": nasty}), "roles": {role: nasty}}
        sheet = opened(written(key, about, values))
        literal = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", nasty)  # openpyxl shows the mark of a literal.
        found = [cell for row in sheet.iter_rows() for cell in row]
        assert str(sheet["A1"].value).startswith(literal)
        assert sheet["A2"].value == f"单位：{literal}　　年度：2027"
        assert sum(cell.data_type == "f" for cell in found) == FORMULAS[key]
        assert key == "score" or any(cell.value == literal for cell in found)


def test_lines_stay_lines_and_what_no_file_can_hold_is_dropped() -> None:
    about = {**CREATIONS, "tasks": [{**CREATIONS["tasks"][0], "text": "⟦new-measures⟧"}]}
    values = {"fields": {"new-measures": "设晨会\r\n\r\n 开\x07夜校\ufffe\n=1+1"}}
    assert opened(written("tasks", about, values))["C5"].value == "设晨会\n开夜校\n=1+1"


@every_book
def test_words_have_a_quote_prefix_and_formulas_have_none(key: str) -> None:
    sheet = opened(written(key, HOSPITAL, filled_in(HOSPITAL), draft=DRAFT))
    rows = [cell for row in sheet.iter_rows(min_row=FIRST[key]) for cell in row]
    typed = [cell for cell in rows if isinstance(cell.value, str) and cell.value != "未开始"]
    assert typed
    assert all(cell.quotePrefix for cell in [*typed, sheet["A1"], sheet["A2"]])
    assert not any(cell.quotePrefix for row in sheet.iter_rows() for cell in row if cell.data_type == "f")


# ---------------------------------------------------------------------- head


@every_plan
@every_book
def test_a_workbook_says_what_it_is_of_whom_and_of_which_version(key: str, about: Record) -> None:
    raw = written(key, about, filled_in(about))
    slots = fill(about, filled_in(about), {})["slots"]
    title = plain(about["paper_title"], slots) + NAMES[key]
    sheet, facts = opened(raw), load_workbook(io.BytesIO(raw)).properties
    assert sheet["A1"].value == facts.title == title
    assert sheet["A2"].value == "单位：本单位全称　　年度：2027"
    assert sheet.title == NAMES[key]
    assert sheet.oddFooter.left.text == facts.description == about["version"]
    assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"
    assert facts.creator == "本单位全称"


@every_book
def test_a_draft_is_marked_in_its_head_and_on_every_page(key: str) -> None:
    draft = opened(written(key, HOSPITAL, {}, draft=DRAFT))
    clean = opened(written(key, HOSPITAL, filled_in(HOSPITAL)))
    (place,) = [cell.coordinate for row in draft.iter_rows() for cell in row if cell.value == DRAFT]
    assert draft[place].font.color.rgb == "FFC00000"
    assert draft.oddHeader.right.text == DRAFT
    assert draft.oddHeader.right.color == "FF0000"
    assert not clean[place].value
    assert not clean.oddHeader.right.text


def test_the_check_sheet_has_room_for_who_looked_and_when() -> None:
    sheet = opened(written("checks", HOSPITAL, {}))
    assert [cell.value for cell in sheet[4] if cell.value] == ["检查人", "检查日期", "签字"]
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A4:B4", "G4:H4"}


# --------------------------------------------------------------------- paper


@every_book
def test_a_sheet_prints_on_landscape_pages_with_its_header_on_each(key: str) -> None:
    sheet, header = opened(written(key, HOSPITAL, {})), FIRST[key] - 1
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.freeze_panes == f"A{FIRST[key]}"
    end = sheet.cell(header, len(HEADERS[key].split())).column_letter
    assert sheet.auto_filter.ref == f"A{header}:{end}{LAST}"


@every_book
def test_words_wrap_and_rows_are_as_high_as_their_words(key: str) -> None:
    raw = written(key, HOSPITAL, filled_in(HOSPITAL))
    sheet = opened(raw)
    assert 'customHeight="1"' not in xml_of(raw).partition(f'<row r="{FIRST[key]}"')[2]
    for row in sheet.iter_rows(min_row=FIRST[key]):
        words = [cell for cell in row if isinstance(cell.value, str) and cell.value != "未开始"]
        lines = [-(-len(str(cell.value)) * 2 // sheet.column_dimensions[cell.column_letter].width) for cell in words]
        height = sheet.row_dimensions[row[0].row].height
        assert all(cell.alignment.wrap_text for cell in words)
        assert height >= 15 * max(lines)


# ------------------------------------------------ choices, colours, formulas

CHOICES = {"tasks": ("I", "未开始,进行中,已完成,不适用"), "checks": ("F", "合格,不合格,不适用")}
KINDS = {
    "tasks": {"H": "date", "I": "list"},
    "checks": {"F": "list", "H": "date"},
    "records": {"H": "whole", "J": "date"},
    "score": {"D": "decimal", "G": "decimal", "H": "decimal"},
}


@every_book
def test_cells_offer_choices_and_take_dates_and_numbers_down_to_rows_that_are_added(key: str) -> None:
    sheet = opened(written(key, HOSPITAL, {}))
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert {place: rule.type for place, rule in rules.items()} == {
        f"{column}{FIRST[key]}:{column}{LAST}": kind for column, kind in KINDS[key].items()
    }
    if key in CHOICES:
        column, choices = CHOICES[key]
        assert rules[f"{column}{FIRST[key]}:{column}{LAST}"].formula1 == f'"{choices}"'


@every_book
def test_no_formula_comes_with_a_result_and_all_are_reckoned_on_opening(key: str) -> None:
    raw = written(key, HOSPITAL, filled_in(HOSPITAL))
    assert "<f>" in xml_of(raw)
    assert "</f><v" not in xml_of(raw)
    assert 'fullCalcOnLoad="1"' in xml_of(raw, "xl/workbook.xml")


def test_what_is_done_is_green_and_what_is_overdue_red() -> None:
    sheet = opened(written("tasks", HOSPITAL, {}))
    rules = {
        (str(area.sqref), rule.formula[0]): rule.dxf for area in sheet.conditional_formatting for rule in area.rules
    }
    late = 'ISNUMBER($H5)*($H5<TODAY())*($I5<>"已完成")*($I5<>"不适用")'
    assert rules["I5:I2000", '$I5="已完成"'].fill.bgColor.rgb == "FFC6EFCE"
    assert rules["H5:I2000", late].fill.bgColor.rgb == "FFFFC7CE"


# ------------------------------------------------------------ other programs


def of_all_plans(part: str) -> list[Record]:
    """Give what all plans have, with the blanks open and numbered anew."""
    found = [item for about in CONTENTS.values() for item in about[part]]
    labels = {field["id"]: f"【{field['label']}】" for about in CONTENTS.values() for field in about["fields"]}
    roles = {f"role:{role['id']}": role["name"] for about in CONTENTS.values() for role in about["roles"]}
    return [_open(item, {**labels, **roles}, number) for number, item in enumerate(found, 1)]


def _open(item: Record, words: Mapping[str, str], number: int) -> Record:
    """Write what a place of its own plan says into an item, for a plan that lacks the place."""

    def said(value: Any) -> Any:  # noqa: ANN401
        return re.sub("⟦([^⟦⟧]*)⟧", lambda m: words.get(m[1], m[1]), value) if isinstance(value, str) else value

    return {**{name: said(value) for name, value in item.items()}, "number": str(number)}


@every_book
def test_the_validator_finds_nothing_against_the_rows_of_all_plans(key: str, validator: Path, tmp_path: Path) -> None:
    """Why in one file: a workbook is the same for every plan but for its rows, and each file takes half a second."""
    about = {**HOSPITAL, "tasks": of_all_plans("tasks"), "assessment": of_all_plans("assessment")}
    file = tmp_path / f"{key}.xlsx"
    file.write_bytes(written(key, about, filled_in(about)))
    assert len(cells(opened(file.read_bytes()), key)) >= sum(len(one["assessment"]) for one in CONTENTS.values())
    assert faults(validator, file) == []


@every_book
def test_the_validator_finds_nothing_against_drafts_extracts_and_hostile_words(
    key: str, validator: Path, tmp_path: Path
) -> None:
    role = CREATIONS["tasks"][0]["roles"][0]
    nasty = "".join(NASTY)
    files = {
        "draft": written(key, HOSPITAL, {}, draft=DRAFT),
        "extract": written(key, CREATIONS, {"roles": {role: nasty}}, department=role),
        "nasty": written(key, CREATIONS, filled_in(CREATIONS, **{"unit-name": nasty})),
    }
    for name, raw in files.items():
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(raw)
        assert faults(validator, file) == []


def test_the_validator_does_find_a_fault(validator: Path, tmp_path: Path) -> None:
    file, raw = tmp_path / "wrong.xlsx", written("tasks", HOSPITAL, {})
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(file, "w") as wrong:
        for name in package.namelist():
            wrong.writestr(name, package.read(name).replace(b"<row ", b"<line ").replace(b"</row>", b"</line>"))
    assert faults(validator, file)


def with_cells(raw: bytes, column: str, first: int, values: Sequence[str | float]) -> bytes:
    """Fill in cells of a column from a row on, as a person does; openpyxl would write the whole file anew."""
    text = xml_of(raw)
    for row, value in enumerate(values, first):
        kind, inner = (
            (' t="inlineStr"', f"<is><t>{value}</t></is>") if isinstance(value, str) else ("", f"<v>{value}</v>")
        )
        cell = re.compile(rf'<c r="{column}{row}" s="(\d+)"(?:/>|[^/].*?</c>)')
        text, count = cell.subn(rf'<c r="{column}{row}" s="\1"{kind}>{inner}</c>', text, count=1)
        assert count == 1
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            changed.writestr(name, text if name == SHEET else package.read(name))
    return out.getvalue()


def test_figures_are_reckoned_anew(office: Path, tmp_path: Path) -> None:
    """Six tasks done, three needless, one under way; of the rest, those of a phase in 2025 are overdue."""
    values, role = filled_in(CREATIONS, year="2025"), CREATIONS["tasks"][0]["roles"][0]
    states = ["已完成"] * 6 + ["不适用"] * 3 + ["进行中"]
    results = ["合格", "合格", "合格", "不合格", "不适用"]
    files = {
        "new.xlsx": written("tasks", CREATIONS, values),
        "begun.xlsx": with_cells(written("tasks", CREATIONS, values), "I", 5, states),
        "unchecked.xlsx": written("checks", CREATIONS, values),
        "checks.xlsx": with_cells(written("checks", CREATIONS, values), "F", 6, results),
        "records.xlsx": with_cells(written("records", CREATIONS, values), "J", 5, [46000, 46001]),
        "score.xlsx": with_cells(written("score", HOSPITAL, values), "D", 6, [10, 20, 30.5]),
        "nasty.xlsx": written("tasks", CREATIONS, {"roles": {role: "=1+1_x0041_"}}),
    }
    made = tables(office, tmp_path, files)
    count, tasks = len(CREATIONS["tasks"]), fill(CREATIONS, values, {})["tasks"]
    dated = [task["due"][0]["is"] == "day" for task in tasks]
    new, begun = made["new.xlsx"], made["begun.xlsx"]
    assert new[2][0] == f"共 {count} 项，已完成 0 项，逾期 {sum(dated)} 项"
    assert new[2][8] == "0.0%"
    assert begun[2][0] == f"共 {count} 项，已完成 6 项，逾期 {sum(dated[9:])} 项"
    assert begun[2][8] == f"{6 / (count - 3):.1%}"
    assert made["checks.xlsx"][2][0] == f"共 {count} 项，合格 3 项，不合格 1 项"
    assert made["checks.xlsx"][2][5] == "75.0%"
    assert made["unchecked.xlsx"][2][5] == ""
    kept = sum(len(task["keep"]) for task in tasks)
    assert made["records.xlsx"][2][0] == f"共 {kept} 项，已归档 2 项"
    assert [made["score.xlsx"][3][column] for column in (3, 6, 7)] == ["60.5", "0", "0"]
    assert "=1+1_x0041_" in {row[3] for row in made["nasty.xlsx"]}


def test_pages_are_a4_across_with_header_and_number_on_each(office: Path, tmp_path: Path) -> None:
    opinion = CONTENTS["transport-annual-opinion"]
    files = {f"{key}.xlsx": written(key, opinion, filled_in(opinion), draft=DRAFT) for key in KEYS}
    for name, pages in printed(office, tmp_path, files).items():
        key, title = name.removesuffix(".xlsx"), str(opened(files[name])["A1"].value)
        assert len(pages) == 1 if key == "score" else len(pages) > 2
        for number, page in enumerate(pages, 1):
            assert (round(page.width), round(page.height)) == (842, 595)
            assert f"第{number}页共{len(pages)}页" in page.text
            assert all(words in page.text for words in HEADERS[key].split())
            assert DRAFT in page.text
            assert opinion["version"].replace(" ", "") in page.text
            assert (title in page.text) == (number == 1)
