"""方案.docx, read back: by python-docx, by a validator, and as LibreOffice prints it."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, zip_longest
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.text.paragraph import Paragraph

from macros.book import load
from macros.document import Heading, document, plain_text
from macros.filling import fill, plain
from macros.office import content, form_of
from macros.office.form import for_browser, make
from macros.office.paper import PRESETS
from macros.typesetting import signature, title_lines
from tests.browser.thinning import STEP
from tests.printed import Sheet, Word, faults, printed

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)
CONTENTS = {plan.id: content(plan, BOOK) for plan in BOOK.plans.values()}
CREATIONS = CONTENTS["transport-three-creations"]
LONGEST = max(CONTENTS.values(), key=lambda about: len(about["blocks"]) + len(about["tasks"]))

DRAFT = {"notice": True, "draft": "草稿 还有空没有填"}
MEASURES = "推行一窗通办。\n每周五志愿服务。"
HEADS = ("序号", "任务", "工作内容", "牵头部门", "配合部门", "时间要求", "完成时限", "佐证材料")
TEXT_STYLES = ("Heading 1", "Heading 2", "Heading 3", "Heading 4", "Body Text")
POINTS = 72 / 25.4
"""The points of a millimetre."""

Values = Mapping[str, Any]


def filled_in(about: Mapping[str, Any], **more: str) -> Values:
    """Answer every question about a plan."""
    answers = {
        "year": "2026",
        "month": "5",
        "date": "2026-03-01",
        "number": "95",
        "lines": "推行一窗通办。\n每周五志愿服务。",
    }
    fields = {field["id"]: answers.get(field["type"], f"本{field['label']}") for field in about["fields"]}
    return {"fields": {**fields, "unit-name": "市交通运输局", **more}, "roles": {"campaign-office": "文明办"}}


def written(about: Mapping[str, Any], values: Values, **options: Any) -> bytes:  # noqa: ANN401
    return make(form_of("plan"), fill(about, values, options))


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> Mapping[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def style(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def text_of(paper: Document) -> list[Paragraph]:
    """Give the paragraphs of the plan itself."""
    return [paragraph for paragraph in paper.paragraphs if style(paragraph) in TEXT_STYLES]


# --------------------------------------------------------------- what it says


@pytest.mark.parametrize("plan", BOOK.plans.values(), ids=lambda plan: plan.id)
def test_the_unfilled_paper_says_what_the_page_says(plan: Any) -> None:  # noqa: ANN401
    paper = opened(written(CONTENTS[plan.id], {}))
    assert [paragraph.text for paragraph in text_of(paper)] == plain_text(document(plan, BOOK)).split("\n")


@pytest.mark.parametrize("about", CONTENTS.values(), ids=CONTENTS)
def test_the_filled_paper_says_what_the_filled_page_says(about: Mapping[str, Any]) -> None:
    filled = fill(about, filled_in(about), {})
    said = [plain(block["text"], filled["slots"]) for block in filled["blocks"]]
    assert [paragraph.text for paragraph in text_of(opened(written(about, filled_in(about))))] == said
    assert not [line for line in said if "【" in line]


@pytest.mark.parametrize("plan", BOOK.plans.values(), ids=lambda plan: plan.id)
def test_headings_are_real_and_hold_their_number(plan: Any) -> None:  # noqa: ANN401
    headings = [part for part in document(plan, BOOK) if isinstance(part, Heading)]
    found = [paragraph for paragraph in text_of(opened(written(CONTENTS[plan.id], {}))) if style(paragraph)[0] == "H"]
    assert [style(paragraph) for paragraph in found] == [f"Heading {heading.level}" for heading in headings]
    assert [paragraph.text for paragraph in found] == [heading.number + heading.text for heading in headings]


def test_a_heading_that_runs_into_its_paragraph_has_the_font_of_its_level() -> None:
    paper = opened(written(LONGEST, filled_in(LONGEST)))
    led = {run.text: run.style.name for paragraph in text_of(paper) for run in paragraph.runs if run.style}
    assert led["（一）竞赛态势。"] == "段首标题 2"
    assert led["1.“红飘带”杯。"] == "段首标题 3"
    assert paper.styles["段首标题 2"].element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"


def test_a_blank_is_exactly_one_run_and_shaded() -> None:
    paper = opened(written(CREATIONS, {}))
    runs = [run for paragraph in paper.paragraphs for run in paragraph.runs]
    blanks = [run for run in runs if run.style and run.style.name == "待填"]
    assert {run.text for run in blanks} >= {"【单位全称】", "【年份】", "【成文日期】", "【今年新举措】"}
    assert [run.text for run in runs if "【" in run.text and run not in blanks] == []
    assert paper.styles["待填"].element.rPr.find(qn("w:shd")).get(qn("w:fill")) == "D9D9D9"
    assert "待填" not in {
        run.style.name for part in text_of(opened(written(CREATIONS, filled_in(CREATIONS)))) for run in part.runs
    }


def test_the_end_of_the_paper_is_annex_note_signature_and_date() -> None:
    lines = [paragraph.text for paragraph in opened(written(CREATIONS, filled_in(CREATIONS))).paragraphs]
    end = lines.index("附件：任务分解表")
    assert lines[end - 1 : end + 9] == [
        "",
        "附件：任务分解表",
        "",
        "",
        "市交通运输局",
        "2026年3月1日",
        "附件",
        "",
        "任务分解表",
        "",
    ]


def test_the_table_holds_every_task() -> None:
    values = filled_in(CREATIONS)
    (table,) = opened(written(CREATIONS, values)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert tuple(rows[0]) == HEADS
    assert [row[0] for row in rows[1:]] == [task["number"] for task in CREATIONS["tasks"]]
    assert rows[2][3] == "文明办"
    assert rows[1][5:7] == ["5月，动员大会之前", "2026年5月31日"]


def test_a_task_without_a_day_leaves_the_cell_to_the_unit() -> None:
    (table,) = opened(written(CREATIONS, {})).tables
    assert {row.cells[6].text for row in table.rows[1:]} == {""}


def test_a_notice_goes_before_the_paper_only_where_it_is_asked_for() -> None:
    lines = [paragraph.text for paragraph in opened(written(CREATIONS, filled_in(CREATIONS), notice=True)).paragraphs]
    assert lines[:4] == [
        "关于印发《市交通运输局2026年\n文明单位、文明行业、文明窗口创建方案》\n的通知",
        "",
        "本主送单位：",
        "现将《市交通运输局2026年文明单位、文明行业、文明窗口创建方案》印发给你们，请结合实际，认真贯彻执行。",
    ]
    assert lines[6:9] == ["市交通运输局", "2026年3月1日", "市交通运输局2026年\n文明单位、文明行业、文明窗口创建方案"]
    assert not [paragraph for paragraph in opened(written(CREATIONS, {})).paragraphs if "印发给你们" in paragraph.text]


def test_a_draft_says_so_in_red_on_every_page_and_before_the_title() -> None:
    paper = opened(written(CREATIONS, {}, **DRAFT))
    headers = [part for section in paper.sections for part in (section.header, section.even_page_header)]
    assert {header.paragraphs[0].text for header in headers} == {DRAFT["draft"]}
    assert [style(paragraph) for paragraph in paper.paragraphs if paragraph.text == DRAFT["draft"]] == ["草稿标记"] * 2
    assert paper.styles["草稿标记"].font.color.rgb == docx.shared.RGBColor(255, 0, 0)
    assert "草稿标记" not in {style(paragraph) for paragraph in opened(written(CREATIONS, {})).paragraphs}


def test_the_file_says_which_version_it_was_made_of() -> None:
    facts = opened(written(CREATIONS, filled_in(CREATIONS))).core_properties
    assert (facts.title, facts.author) == ("市交通运输局2026年文明单位、文明行业、文明窗口创建方案", "市交通运输局")
    assert facts.comments == CREATIONS["version"]


# ----------------------------------------------------------- title, signature


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("⟦unit-name⟧⟦year⟧年精神文明建设意见", ["市交通运输局2026年精神文明建设意见"]),
        ("⟦unit-name⟧⟦year⟧年窗口行业创建文明城市工作方案", ["市交通运输局2026年", "窗口行业创建文明城市工作方案"]),
        ("⟦unit-name⟧创建工作汇报", ["市交通运输局创建工作汇报"]),
        (
            "关于印发《⟦unit-name⟧⟦year⟧年窗口行业升级与文明城市创建方案》的通知",
            ["关于印发《市交通运输局2026年", "窗口行业升级与文明城市创建方案》的通知"],
        ),
    ],
)
def test_a_title_breaks_where_its_words_allow(title: str, lines: Sequence[str]) -> None:
    def put_in(text: str) -> str:
        return text.replace("⟦unit-name⟧", "市交通运输局").replace("⟦year⟧", "2026")

    assert put_in(title_lines(title, put_in)).split("\n") == lines


@pytest.mark.parametrize(
    ("signer", "date", "signer_right", "date_right"),
    [
        ("市交通运输局", "2026年3月1日", 4, 4),  # Both six characters wide.
        ("市局", "2026年3月1日", 6, 4),
        ("某某市某某区交通运输综合行政执法大队", "2026年3月1日", 2, 8),
        ("长" * 3000, "2026年3月1日", 2, 13),
    ],
)
def test_the_signer_is_centred_over_the_date(signer: str, date: str, signer_right: int, date_right: int) -> None:
    places = signature(signer, date)
    assert places == {"signer_right": str(signer_right * 315), "date_right": str(date_right * 315)}


# ------------------------------------------------------------- how it is made


def test_only_styles_say_how_runs_look_and_all_of_them_are_east_asian() -> None:
    for name, text in parts(written(LONGEST, filled_in(LONGEST), **DRAFT)).items():
        if name.startswith("word/"):
            assert text.count("<w:r>") == text.count('<w:rFonts w:hint="eastAsia"/>') + text.count("<mc:Choice"), name


def test_nothing_is_in_the_file_that_breaks_lines_or_makes_wps_complain() -> None:
    files = parts(written(CREATIONS, {}))
    assert not [name for name in files if "theme" in name]
    assert "docGrid" not in "".join(files.values())
    assert all(word in files["word/settings.xml"] for word in ("doNotExpandShiftReturn", "evenAndOddHeaders"))
    assert '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' in files["word/styles.xml"]
    assert "⟦" not in "".join(files.values())


def test_pages_are_as_wide_as_the_standard_says_and_the_annex_lies_across() -> None:
    upright, across = opened(written(CREATIONS, {})).sections
    sizes = [(round(side.page_width.mm), round(side.page_height.mm)) for side in (upright, across)]
    assert sizes == [(210, 297), (297, 210)]
    assert [margins(side) for side in (upright, across)] == [[37, 26, 35, 28], [28, 37, 26, 35]]


def margins(side: Section) -> list[float]:
    """Give the margins in mm: top, right, bottom, left."""
    lengths = (side.top_margin, side.right_margin, side.bottom_margin, side.left_margin)
    return [round(length.mm, 1) for length in lengths if length]


def test_the_columns_fill_the_page_and_the_header_comes_again() -> None:
    (table,) = opened(written(CREATIONS, {})).tables
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iterchildren()]
    assert len(widths) == len(HEADS)
    assert 0 <= (297 - 37 - 35) * 1440 / 25.4 - sum(widths) < 10
    assert int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) == sum(widths)
    first, *others = table._tbl.tr_lst
    assert first.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in [first, *others])


def test_the_same_values_make_the_same_bytes() -> None:
    assert written(CREATIONS, filled_in(CREATIONS)) == written(CREATIONS, filled_in(CREATIONS))


# -------------------------------------------------------------------- presets


def test_presets_reach_the_browser_as_data() -> None:
    presets = json.loads(json.dumps(for_browser(form_of("plan"))))["presets"]
    assert [preset["key"] for preset in presets] == [
        "title",
        "fonts",
        "digits",
        "line",
        "margins",
        "bold",
        "number",
        "place",
    ]
    assert all(len(preset["choices"]) > 1 for preset in presets)


def test_a_preset_that_is_unknown_is_the_standard() -> None:
    strange = {"line": '1"/><w:x/>', "fonts": "Comic Sans", "colour": "red"}
    assert written(CREATIONS, {}, preset=strange) == written(CREATIONS, {})


def test_presets_change_what_they_are_called() -> None:
    chosen = {"title": "song", "fonts": "windows", "digits": "times", "line": "28", "bold": "both", "number": "page"}
    files = parts(written(CREATIONS, {}, preset=chosen))
    styles = files["word/styles.xml"]
    assert 'w:ascii="Times New Roman" w:eastAsia="仿宋" w:hAnsi="Times New Roman"' in styles
    assert 'w:eastAsia="宋体" w:hAnsi="宋体"/><w:b w:val="1"/>' in styles
    assert 'w:line="560" w:lineRule="exact"' in styles
    assert "_GB2312" not in styles
    assert files["word/footer1.xml"].count(">第<") == files["word/footer1.xml"].count(">页<") == 1


def looks() -> Iterator[Mapping[str, str]]:
    """Give combinations in which every choice of every preset occurs."""
    for choices in zip_longest(*(preset.choices for preset in PRESETS)):
        yield {preset.key: choice.value for preset, choice in zip(PRESETS, choices, strict=True) if choice}


# ------------------------------------------------------------ what is valid

HOSTILE = {
    "markup": "A&B<公司>",
    "quotes": "\"'&quot;&#60;]]><![CDATA[",
    "lines": "一行\n二行\r\n三行\r四行",
    "tab": "甲\t乙",
    "replacing": "$& $1 $` $' \\1 \\g<0>",
    "controls": "响\x07铃\x00\x1b[31m\x0b\ufffe\uffff",
    "surrogate": "\ud83d",
    "emoji": "😀👨‍👩‍👧",
    "marks": "⟦title⟧⟦=line⟧",
    "direction": "\u202e反\u200b的",
    "long": "长" * 3000,
    "nothing": "　",
}


@pytest.mark.parametrize("given", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_value_stays_a_text(given: str) -> None:
    values = answered([given])
    data = written(CREATIONS, values, notice=True, draft=given)
    filled = fill(CREATIONS, values, {})
    said = [plain(block["text"], filled["slots"]) for block in filled["blocks"]]
    assert [paragraph.text for paragraph in text_of(opened(data))][1:] == said  # The first is the notice's sentence.


def answered(given: Sequence[str]) -> Values:
    """Answer the questions about a plan with these in turn."""
    fields = {field["id"]: text for field, text in zip(CREATIONS["fields"], cycle(given), strict=False)}
    roles = {role["id"]: text for role, text in zip(CREATIONS["roles"], cycle(given), strict=False)}
    return {"fields": fields, "roles": roles}


@pytest.mark.parametrize("start", [0, 4, 8])
def test_hostile_values_make_a_valid_file(start: int, validator: Path, tmp_path: Path) -> None:
    given = list(HOSTILE.values())[start:] + list(HOSTILE.values())[:start]
    (tmp_path / "paper.docx").write_bytes(written(CREATIONS, answered(given), notice=True, draft=given[0]))
    assert faults(validator, tmp_path / "paper.docx") == []


@pytest.mark.parametrize("name", list(CONTENTS)[::STEP])
@pytest.mark.parametrize("case", ["unfilled", "filled"])
def test_the_validator_finds_nothing(name: str, case: str, validator: Path, tmp_path: Path) -> None:
    about = CONTENTS[name]
    data = written(about, {}, **DRAFT) if case == "unfilled" else written(about, filled_in(about))
    (tmp_path / "paper.docx").write_bytes(data)
    assert faults(validator, tmp_path / "paper.docx") == []


@pytest.mark.parametrize("preset", list(looks()), ids=str)
def test_every_look_is_valid(preset: Mapping[str, str], validator: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(written(CREATIONS, {}, preset=preset))
    assert faults(validator, tmp_path / "paper.docx") == []


def test_the_validator_finds_a_fault(validator: Path, tmp_path: Path) -> None:
    broken = tmp_path / "paper.docx"
    with zipfile.ZipFile(broken, "w") as archive:
        for name, text in parts(written(CREATIONS, {})).items():
            archive.writestr(name, text.replace("<w:keepNext/>", "<w:keepNextt/>"))
    assert faults(validator, broken)


# --------------------------------------------------------------- as it prints


@pytest.fixture(scope="module")
def print_all(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[Sheet]]:
    """Print all that is looked at below, in one go."""
    files = {
        "solid.docx": written(solid(), {}),
        "draft.docx": written(LONGEST, {}, **DRAFT),
        "filled.docx": written(CREATIONS, filled_in(CREATIONS), notice=True),
        "centred.docx": written(CREATIONS, {}, preset={"place": "centre", "number": "page"}),
    }
    return printed(office, tmp_path_factory.mktemp("printed"), files)


def solid() -> Mapping[str, Any]:
    """Give a plan whose text is pages of characters and nothing else."""
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 28 * 22 * 4)))
    blocks = [{"is": "p", "number": "", "lead": "", "text": words} for words in (text, "完")]
    return {**CREATIONS, "blocks": blocks}


Print = Mapping[str, Sequence[Sheet]]


def test_a_page_of_text_is_22_lines_of_28_characters(print_all: Print) -> None:
    for sheet in print_all["solid.docx"][1:4]:
        *lines, number = sheet.lines
        assert number.startswith("—")
        assert [len(line) for line in lines] == [28] * 22


def test_the_text_is_156_by_225_mm(print_all: Print) -> None:
    words = print_all["solid.docx"][2].words[:-3]  # Without the page number.
    assert min(word.x for word in words) / POINTS == pytest.approx(28, abs=0.2)
    top, bottom = max(word.y for word in words), min(word.y for word in words)
    assert (top - bottom) / 21 == pytest.approx(28.95, abs=0.05)
    assert 297 * POINTS - top - 37 * POINTS < 28.95
    assert 0 < bottom - 35 * POINTS < 15


def numbers(sheet: Sheet) -> tuple[Word, str]:
    """Give where the page number begins and what it says."""
    dashes = [word for word in sheet.words if word.text == "—"]
    inside = sheet.lines if not dashes[0].turned else ["".join(word.text for word in sheet.words if word.turned)]
    said = next(line for line in inside if "".join(line.split()).strip("—").isdigit() and "—" in line)
    return dashes[0], "".join(said.split()).strip("—")


@pytest.mark.parametrize("name", ["draft.docx", "filled.docx"])
def test_every_page_is_numbered_at_its_outer_foot(print_all: Print, name: str) -> None:
    """A landscape page too: its number stands where it would if the page were turned upright."""
    sheets = print_all[name]
    assert {sheet.width > sheet.height for sheet in sheets} == {False, True}
    for page, sheet in enumerate(sheets, 1):
        dash, said = numbers(sheet)
        across = sheet.width > sheet.height
        from_left = (sheet.height - dash.y if across else dash.x) / POINTS
        from_foot = (dash.x if across else dash.y) / POINTS
        assert said == str(page)
        assert dash.turned == across
        assert 25 < from_foot < 29
        assert from_left == pytest.approx(28 + 4.9, abs=0.5) if page % 2 == 0 else 155 < from_left < 170


def test_a_page_number_may_stand_in_the_middle(print_all: Print) -> None:
    sheet = print_all["centred.docx"][0]
    assert "".join(sheet.lines[-1].split()) == "第1页"
    assert next(word.x for word in sheet.words if word.text == "第") / POINTS == pytest.approx(106 - 6, abs=3)


def test_what_is_printed_is_the_whole_text_in_order(print_all: Print) -> None:
    filled = fill(LONGEST, {}, {})
    said = ["".join(plain(block["text"], filled["slots"]).split()) for block in filled["blocks"]]
    upright = [sheet for sheet in print_all["draft.docx"] if sheet.width < sheet.height]
    whole = "".join(sheet.text.replace("草稿还有空没有填", "") for sheet in upright)
    for page in range(1, len(upright) + 1):
        whole = whole.replace(f"—{page}—", "")
    assert "".join(said) in whole


def test_the_table_is_whole_and_its_header_is_on_every_landscape_page(print_all: Print) -> None:
    across = [sheet for sheet in print_all["draft.docx"] if sheet.width > sheet.height]
    assert len(across) > 3
    assert all("".join(HEADS) in sheet.text for sheet in across)
    found = Counter(word.text for sheet in across for word in sheet.words if not word.turned)
    assert [task["number"] for task in LONGEST["tasks"] if task["number"] not in found] == []


def test_the_annex_begins_on_a_page_of_its_own(print_all: Print) -> None:
    sheets = print_all["draft.docx"]
    first = next(page for page, sheet in enumerate(sheets) if sheet.width > sheet.height)
    assert sheets[first - 1].text.startswith("草稿还有空没有填")
    assert "附件：任务分解表【单位全称】【成文日期】" in sheets[first - 1].text
    assert "附件任务分解表序号" in sheets[first].text


def test_a_draft_is_marked_on_every_page(print_all: Print) -> None:
    assert all("草稿还有空没有填" in sheet.text for sheet in print_all["draft.docx"])


def test_a_signature_never_stands_on_a_page_without_text(print_all: Print) -> None:
    for name in ("draft.docx", "filled.docx", "solid.docx"):
        last = [sheet for sheet in print_all[name] if sheet.width < sheet.height][-1]
        before = last.text.partition("附件：")[0]
        assert before.removeprefix("草稿还有空没有填")
