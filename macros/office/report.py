"""进展情况.docx: how far a reader's plan is, on the paper of `paper.py`.

Why not one of FILES: it is made of what a reader ticked off, which only the browser knows. Its record comes from
docs/assets/javascripts/progress/report.js: title, signer, version, the heading in lines, and `lines`, each one of the
patterns here. So do widths of columns: `width` in twips of the standard page, `share` in fiftieths of a per cent.
"""

from __future__ import annotations

from collections.abc import Mapping

from macros.office.form import Form
from macros.office.paper import PRESETS, paragraph, parts

NAME = "进展情况"

_BORDERS = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
_MARGINS = (
    '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def form() -> Form:
    """Give the form of the report."""
    return Form("docx", tuple(parts("report")), _patterns(), presets=PRESETS)


def _patterns() -> Mapping[str, str]:
    return {
        "extract": "⟦text⟧",
        "draft": paragraph("Draft", "⟦text⟧"),
        "h1": paragraph("Heading1", "⟦text⟧"),
        "p": paragraph("BodyText", "⟦text⟧"),
        "space": paragraph("Space", ""),
        "sign": paragraph("Signature", "⟦text⟧", '<w:ind w:right="⟦=right⟧"/>'),
        "date": paragraph("Date", "⟦text⟧", '<w:ind w:right="⟦=right⟧"/>'),
        "table": f"<w:tbl>{_BORDERS}{_MARGINS}<w:tblGrid>⟦columns⟧</w:tblGrid>⟦rows⟧</w:tbl>" + paragraph("Last", ""),
        "column": '<w:gridCol w:w="⟦=width⟧"/>',
        "head": "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>⟦cells⟧</w:tr>",
        "row": "<w:tr><w:trPr><w:cantSplit/></w:trPr>⟦cells⟧</w:tr>",
        "title-cell": _cell("CellHead"),
        "cell": _cell("Cell"),
        "number": _cell("CellCentre"),
    }


def _cell(style: str) -> str:
    width = '<w:tcPr><w:tcW w:w="⟦=share⟧" w:type="pct"/><w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{width}{paragraph(style, '⟦text⟧')}</w:tc>"
