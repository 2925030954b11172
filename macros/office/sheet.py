"""A workbook of one sheet, as a form: title, lines below it, header, and a row for each item of a list.

XlsxWriter lays the sheet out once, with one row of places `⟦name⟧`. That row is then cut out and becomes the pattern of
all rows; the rest of the package never changes. Rows say how high they are (`Form.wraps`), because LibreOffice does not
find it out as Excel does. What counts, checks or colours reaches down to row LAST, so that people can add rows; what
sums up stands above the rows, for the same reason and because their number varies.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from macros.office.form import Form, Part, Wrap

LAST = 2000
"""The last row that counts, checks and colours reach."""

GREEN = {"bg_color": "#C6EFCE", "font_color": "#006100"}
RED = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
GREY = {"font_color": "#7F7F7F"}

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: what stands in its cells (words, places, or nothing yet), how they look, what may be chosen there."""

    title: str
    width: float
    value: str = ""
    look: str = "open"
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Cell:
    """A cell between title and header, across `columns`; its value is words, places or a formula."""

    columns: str
    look: str
    value: str = ""


@dataclass(frozen=True)
class Colour:
    """The columns whose cells get a look in the rows where a formula is true."""

    columns: str
    formula: str
    look: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """What is on a sheet; `rows` names the list of its rows and `item` what the items of this list are.

    In formulas `[C]` is all of column C, `[C1]` the cell of the row at hand.
    """

    name: str
    rows: str
    item: str
    lines: Sequence[Sequence[Cell]]
    columns: Sequence[Column]
    colours: Sequence[Colour] = ()
    patterns: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """Give the number of the first row, below the title, the lines and the header."""
        return len(self.lines) + 3

    @property
    def end(self) -> str:
        """Give the letter of the last column."""
        return str(xl_col_to_name(len(self.columns) - 1))

    def formula(self, text: str) -> str:
        """Write the names of columns as cells of this sheet."""
        all_of = re.sub(r"\[([A-Z])]", rf"$\g<1>${self.first}:$\g<1>${LAST}", text)
        return re.sub(r"\[([A-Z])1]", rf"$\g<1>{self.first}", all_of)


def form(sheet: Sheet) -> Form:
    """Make a sheet into a form."""
    files = _package(sheet)
    around, row = _without_row(files[_SHEET].decode(), sheet)
    texts = {name: raw.decode() for name, raw in files.items() if "⟦".encode() in raw} | {_SHEET: around}
    parts = (Part(name, texts[name]) if name in texts else Part(name, data=raw) for name, raw in files.items())
    patterns = {**_WORDS, **_row_patterns(row, sheet.item), **sheet.patterns}
    return Form("xlsx", tuple(parts), patterns, sheet.first, wraps={sheet.item: tuple(_wraps(sheet))})


def _wraps(sheet: Sheet) -> Iterator[Wrap]:
    """Give the cells that decide how high a row is; a line has room for as many characters as its column is wide."""
    for column in sheet.columns:
        if column.look in {"text", "middle"}:
            yield Wrap(column.value, int(column.width))


_WORDS = {"draft": "⟦text⟧", "extract": "（⟦text⟧部分）"}

# ------------------------------------------------- from the package to a form

_SHEET = "xl/worksheets/sheet1.xml"
_NUMBER = re.compile(r'(<c r="[^"]+" s="\d+") t="inlineStr"><is><t[^>]*>(⟦=\w+⟧)</t></is></c>')
_DAY = re.compile(r'(<c r="[^"]+" s="\d+")><v>⟦=serial⟧</v></c>')


def _without_row(xml: str, sheet: Sheet) -> tuple[str, str]:
    """Cut the row of places out of a sheet; give what is around it, with a place for the rows, and the row.

    A size of the sheet is not given, as it varies, and neither is a result of a formula: it would be shown unreckoned.
    """
    xml = re.sub(r"<dimension [^>]*/>", "", xml).replace("<t>", '<t xml:space="preserve">')
    xml = re.sub(r' t="str"(?=><f>)|<v></v>', "", xml)
    before, row, after = re.split(rf'(<row r="{sheet.first}".*?</row>)', xml)
    return f"{before}⟦{sheet.rows}⟧{after}", row


def _row_patterns(row: str, item: str) -> dict[str, str]:
    """Make the row the pattern of an item; a date in it is a list, of a day or of no day."""
    row = re.sub(r'(?<= r=")([A-Z]*)\d+', r"\1⟦=row⟧", row).replace('">', '" ht="⟦=height⟧">', 1)
    row = _NUMBER.sub(r"\1><v>\2</v></c>", row)
    days = {"day": day[0], "no-day": f"{day[1]}/>"} if (day := _DAY.search(row)) else {}
    return {item: _DAY.sub("⟦due⟧", row), **days}


# ----------------------------------------------------- the package, laid out

_TITLE = 0
_A4 = 9
_MARGIN, _MARGIN_WITH_WORDS = 0.4, 0.6
"""Inches; the wider one where the foot and the head of a page are."""

_SOME_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - a file says when its form was made: always the same
_HEAD = '&R&"黑体,常规"&12&KFF0000⟦draft⟧'
_FOOT = '&L&"宋体,常规"&8⟦=version⟧&C&"宋体,常规"&10第 &P 页　共 &N 页'

_HEIGHTS = {"title": 50, "line": 32, "header": 32}
"""Points; only the rows of a list find their own height, as merged cells have none."""

_FONT = {"font_name": "宋体", "font_size": 11, "font_scheme": False, "font_family": 3, "font_charset": 134}
_BASE = {**_FONT, "valign": "vcenter"}
_CENTRE, _WRAP, _BOX, _WORDS_ONLY = {"align": "center"}, {"text_wrap": True}, {"border": 1}, {"quote_prefix": True}
_DATE = {"num_format": 'yyyy"年"m"月"d"日"'}
_LOOKS: Mapping[str, Facts] = {
    "title": {**_CENTRE, **_WRAP, **_WORDS_ONLY, "font_name": "黑体", "font_size": 18},
    "words": {**_WRAP, **_WORDS_ONLY, "align": "left"},
    "draft": {**_CENTRE, **_WRAP, **_WORDS_ONLY, "font_name": "黑体", "font_color": "#C00000"},
    "figures": {"align": "left"},
    "label": {"align": "right"},
    "percent": {"align": "left", "bold": True, "num_format": "0.0%"},
    "sum": {**_CENTRE, **_BOX, "bold": True},
    "header": {**_CENTRE, **_WRAP, **_BOX, "font_name": "黑体", "bg_color": "#E7EBF1"},
    "text": {**_WRAP, **_BOX, **_WORDS_ONLY, "align": "left"},
    "middle": {**_CENTRE, **_WRAP, **_BOX, **_WORDS_ONLY},
    "number": {**_CENTRE, **_BOX},
    "open": {**_WRAP, **_BOX, "align": "left"},
    "choice": {**_CENTRE, **_BOX},
    "day": {**_CENTRE, **_BOX, **_DATE},
    "count": {**_CENTRE, **_BOX},
    "points": {**_CENTRE, **_BOX},
}
"""How cells look. Those that hold words have a quote prefix, so that `=1+1` stays a text when it is edited; formulas
must not have one, or they become texts."""

_CHECKS: Mapping[str, Facts] = {
    "day": {
        "validate": "date",
        "criteria": ">=",
        "value": datetime(2000, 1, 1),  # noqa: DTZ001 - cells know no zones
        "error_type": "warning",
        "error_title": "不是日期",
        "error_message": "请写成 2026-5-31 的样子，这样才能排序，也才能算出是否逾期。",
    },
    "count": {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_type": "warning",
        "error_title": "不是件数",
        "error_message": "请只填数字。",
    },
    "points": {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_type": "warning",
        "error_title": "不是分数",
        "error_message": "请只填数字，这样才能算出合计。",
    },
}


def _package(sheet: Sheet) -> Mapping[str, bytes]:
    """Write the workbook with its one row of places and give the files in it."""
    stream = io.BytesIO()
    # Why constant memory: texts then stand in their cells, not in a table of all texts.
    options = {"constant_memory": True, "default_format_properties": _BASE}
    with Workbook(stream, options) as book:
        book.set_properties(_about(sheet))
        _Layout(book, sheet).write()
    with zipfile.ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}


def _about(sheet: Sheet) -> Facts:
    title = f"⟦=title⟧{sheet.name}"
    return {"title": title, "author": "⟦=signer⟧", "comments": "⟦=version⟧", "created": _SOME_DAY}


class _Layout:
    """Writes a sheet; rows are counted from 0, as XlsxWriter does."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self._sheet = sheet
        self._header, self._end = sheet.first - 2, len(sheet.columns) - 1
        self._looks = {name: book.add_format(dict(look)) for name, look in _LOOKS.items()}
        self._marks = [book.add_format(dict(colour.look)) for colour in sheet.colours]
        self._alarm = book.add_format(RED)
        self._page = book.add_worksheet(sheet.name)

    def write(self) -> None:
        self._paper()
        self._cell(_TITLE, Cell(f"A:{self._sheet.end}", "title", f"⟦title⟧{self._sheet.name}⟦extract⟧"))
        for number, line in enumerate(self._sheet.lines, _TITLE + 1):
            for cell in line:
                self._cell(number, cell)
        for number, column in enumerate(self._sheet.columns):
            self._page.write_string(self._header, number, column.title, self._looks["header"])
        for number, column in enumerate(self._sheet.columns):
            self._page.write(self._header + 1, number, column.value, self._looks[column.look])
        self._rules()

    def _paper(self) -> None:
        page = self._page
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.set_margins(_MARGIN, _MARGIN, _MARGIN_WITH_WORDS, _MARGIN_WITH_WORDS)
        page.set_header(_HEAD, {"margin": 0.3})
        page.set_footer(_FOOT, {"margin": 0.3})
        page.repeat_rows(self._header)
        page.freeze_panes(self._header + 1, 0)
        for number, column in enumerate(self._sheet.columns):
            page.set_column(number, number, column.width)
        for number in range(self._header + 1):
            kind = {_TITLE: "title", self._header: "header"}.get(number, "line")
            page.set_row(number, _HEIGHTS[kind])

    def _cell(self, row: int, cell: Cell) -> None:
        """Write a cell above the rows, across its columns."""
        first, _, last = cell.columns.partition(":")
        look, area = self._looks[cell.look], f"{first}{row + 1}:{last}{row + 1}"
        if first != last:
            self._page.merge_range(area, "", look)
        value = self._sheet.formula(cell.value)
        if value.startswith("="):
            self._page.write_formula(f"{first}{row + 1}", value, look, "")
        else:
            self._page.write(f"{first}{row + 1}", value, look)
        if cell.look == "draft":
            there = f"=LEN(${first}${row + 1})>0"
            self._page.conditional_format(area, {"type": "formula", "criteria": there, "format": self._alarm})

    def _rules(self) -> None:
        """Say what may be typed into the rows, what is coloured, and what is no fault."""
        sheet, page = self._sheet, self._page
        page.autofilter(f"A{sheet.first - 1}:{sheet.end}{LAST}")
        page.ignore_errors({"number_stored_as_text": self._area(f"A:{sheet.end}")})
        for letter, rule in self._checks():
            page.data_validation(self._area(f"{letter}:{letter}"), dict(rule))
        for colour, mark in zip(sheet.colours, self._marks, strict=True):
            facts = {"type": "formula", "criteria": sheet.formula(colour.formula), "format": mark}
            page.conditional_format(self._area(colour.columns), facts)

    def _checks(self) -> Iterator[tuple[str, Facts]]:
        for number, column in enumerate(self._sheet.columns):
            letter = xl_col_to_name(number)
            if column.choices:
                words = {"error_title": "请从列表中选", "error_message": f"可选：{'、'.join(column.choices)}。"}
                yield letter, {"validate": "list", "source": list(column.choices), **words}
            elif column.look in _CHECKS:
                yield letter, _CHECKS[column.look]

    def _area(self, columns: str) -> str:
        first, _, last = columns.partition(":")
        return f"{first}{self._sheet.first}:{last}{LAST}"
