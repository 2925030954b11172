"""方案.docx: an official paper to GB/T 9704-2012, its 任务分解表 on landscape pages after it.

The parts lie in macros/templates/docx as plain XML. What a part holds besides the places of `form.py`: `<say>…</say>`
is a run of words, `<number/>` the line with the page number, `<section/>` the upright pages. Paragraphs and runs take
their look from styles alone, so that every run is as `form.py` writes it.

Names that the record of macros/filling.py gives: title, heading (the title in lines), version, signer, date, addressee,
signer_right, date_right; the lists draft, extract, notice, blocks (each with lead, rest, keep), tasks (each with
due). All other names are those of PRESETS.

Measured with LibreOffice: 22 lines of 28 characters on a page come of an exact line of 28.95 pt, characters 0.25 pt
nearer, no w:docGrid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from macros.office.form import Choice, Form, Part, Preset

_PARTS = Path(__file__).parent.parent / "templates" / "docx"

_RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
_SAID = re.compile("<say>(.*?)</say>")

_PAGE = (210, 297)
"""A4, mm."""

_NUMBER_ABOVE, _NUMBER_LINE = 3, 400 * 25.4 / 1440
"""How far below the text the line of the page number begins and how high it is, mm.

Why 3: the dash stands 4 mm further down, in the middle of the line, and so 7 mm below the text (7.5).
"""

_TIMES = "Times New Roman"

_EMU = 36000
"""The units of a millimetre in drawings."""

_COLUMNS = (9, 24, 47, 20, 20, 27, 30, 23)
"""The columns of 任务分解表, in parts of the table."""


def form() -> Form:
    """Give the form of the paper."""
    return Form("docx", tuple(parts("document")), _patterns(), presets=PRESETS)


def parts(body: str) -> Iterator[Part]:
    """Give the files of an official paper; `body` names the one with its text."""
    yield Part("[Content_Types].xml", data=_text("content_types").encode())
    yield Part("_rels/.rels", data=_text("rels").encode())
    yield Part("docProps/core.xml", _text("core"))
    yield Part("word/_rels/document.xml.rels", data=_text("document_rels").encode())
    yield Part("word/document.xml", _text(body))
    yield Part("word/fontTable.xml", data=_text("font_table").encode())
    yield Part("word/settings.xml", data=_text("settings").encode())
    yield Part("word/styles.xml", _text("styles"))
    for number, side in enumerate(("odd", "even"), 1):
        yield Part(f"word/header{number}.xml", _text("header"))
        yield Part(f"word/footer{number}.xml", _text("footer").replace("⟦=side⟧", f"⟦={side}-side⟧"))
        numbered = _text("side_footer").replace("⟦=side⟧", f"⟦={side}-side⟧").replace("⟦=side-id⟧", str(number))
        yield Part(f"word/footer{number + 2}.xml", numbered)


def _patterns() -> Mapping[str, str]:
    headings = {f"h{level}": paragraph(f"Heading{level}", "⟦text⟧") for level in (1, 2, 3, 4)}
    leads = {f"lead{level}": f"⟦text|Lead{level}⟧" for level in (1, 2, 3)} | {"lead4": "⟦text⟧"}
    return {
        **headings,
        **leads,
        "p": paragraph("BodyText", "⟦lead⟧⟦rest⟧", "⟦keep⟧"),
        "keep": "<w:keepNext/>",
        "draft": paragraph("Draft", "⟦text⟧"),
        "extract": "⟦text⟧",
        "notice": _text("notice"),
        "task": _text("task"),
        "day": "⟦text⟧",
        "no-day": "",
    }


def paragraph(style: str, runs: str, more: str = "") -> str:
    """Write a paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


@cache
def _text(name: str) -> str:
    """Read a part in one line, its shorthands written out."""
    lines = (_PARTS / f"{name}.xml").read_text(encoding="utf-8").splitlines()
    text = "".join(line.strip() for line in lines)
    for short in ("number", "section"):
        if f"<{short}/>" in text:
            text = text.replace(f"<{short}/>", _text(short))
    return _SAID.sub(lambda match: _RUN.format(match[1]), text)


# ------------------------------------------------------------------ presets


def _choice(value: str, label: str, **slots: str) -> Choice:
    return Choice(value, label, {name.replace("_", "-"): text for name, text in slots.items()})


def _fonts(value: str, fang: str, kai: str, hei: str, song: str) -> Choice:
    label = f"{fang}、{kai}、{hei}"
    digits = {"body_digits": fang, "kai_digits": kai, "hei_digits": hei}
    return _choice(value, label, body_font=fang, kai_font=kai, hei_font=hei, song_font=song, **digits)


def _line(points: str, label: str = "") -> Choice:
    return _choice(points, label or f"固定值 {points} 磅", line=str(round(float(points) * 20)))


def _margins(value: str, top: float, right: float, bottom: float, left: float) -> Choice:
    """Set the margins in mm, and with them what hangs on them: page numbers, the landscape pages and their table.

    Why turned by a quarter: a landscape page is bound with its head at the left, so its top is the left margin, and its
    page number stands where it stands on the other pages (GB/T 9704-2012, 8).
    """
    below = _NUMBER_ABOVE + _NUMBER_LINE
    lengths = {"top": top, "right": right, "bottom": bottom, "left": left, "footer": bottom - below}
    box = {"x": bottom - below, "y": left, "width": _NUMBER_LINE, "height": _PAGE[0] - left - right}
    table = _twips(_PAGE[1] - top - bottom)
    columns = [table * share // sum(_COLUMNS) for share in _COLUMNS]
    slots = {name: str(_twips(length)) for name, length in lengths.items()}
    slots.update({f"side-{name}": str(round(length * _EMU)) for name, length in box.items()})
    slots.update({f"column-{number}": str(width) for number, width in enumerate(columns, 1)})
    label = f"上 {top:g}、下 {bottom:g}、左 {left:g}、右 {right:g} 毫米"
    return Choice(value, label, {**slots, "table": str(sum(columns))})


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


PRESETS = (
    Preset(
        "title",
        "标题字体",
        (
            _choice("standard", "方正小标宋简体", title_font="方正小标宋简体", title_bold="0"),
            _choice("gbk", "方正小标宋_GBK", title_font="方正小标宋_GBK", title_bold="0"),
            _choice("zhongsong", "华文中宋", title_font="华文中宋", title_bold="0"),
            _choice("song", "宋体加粗", title_font="宋体", title_bold="1"),
        ),
    ),
    Preset(
        "fonts",
        "正文和小标题字体",
        (
            _fonts("standard", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"),
            _fonts("windows", "仿宋", "楷体", "黑体", "宋体"),
            _fonts("gbk", "方正仿宋_GBK", "方正楷体_GBK", "方正黑体_GBK", "方正书宋_GBK"),
            _fonts("english", "FangSong", "KaiTi", "SimHei", "SimSun"),
        ),
    ),
    Preset(
        "digits",
        "数字和字母",
        (
            _choice("standard", "和文字同一字体"),
            _choice("times", "Times New Roman", body_digits=_TIMES, kai_digits=_TIMES, hei_digits=_TIMES),
        ),
    ),
    Preset(
        "line",
        "行距",
        (_line("28.95", "固定值 28.95 磅（每页 22 行）"), _line("28"), _line("29"), _line("30")),
    ),
    Preset(
        "margins",
        "页边距",
        (
            _margins("standard", 37, 26, 35, 28),
            _margins("even", 37, 27, 35, 27),
            _margins("office", 25.4, 31.8, 25.4, 31.8),
        ),
    ),
    Preset(
        "bold",
        "小标题加粗",
        (
            _choice("standard", "不加粗", bold_2="0", bold_3="0"),
            _choice("third", "三级标题（1.）加粗", bold_2="0", bold_3="1"),
            _choice("both", "二级（一）和三级（1.）标题加粗", bold_2="1", bold_3="1"),
        ),
    ),
    Preset(
        "number",
        "页码样式",
        (
            _choice("standard", "— 1 —", before_number="— ", after_number=" —"),
            _choice("plain", "1", before_number="", after_number=""),
            _choice("page", "第1页", before_number="第", after_number="页"),
        ),
    ),
    Preset(
        "place",
        "页码位置",
        (
            _choice("standard", "单页居右、双页居左", odd_side="right", even_side="left"),
            _choice("centre", "居中", odd_side="center", even_side="center"),
        ),
    ),
)
"""How offices differ in the look of their papers; what comes first is the standard. A later one may set names anew."""
