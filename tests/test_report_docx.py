"""进展情况.docx, its form filled by Python: what is typed stays text, and it is sound in every look."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from macros.office import report
from macros.office.form import make
from macros.office.paper import PRESETS
from tests.printed import faults

WIDTHS = (8, 62, 30)
TEXTS = ("A&B<公司>$&", "=1+1", "]]><w:p/>", "“甲”\n乙", "_x0041_ &amp; ‹›", "长" * 3000)


def filled(text: str, preset: Mapping[str, str]) -> dict[str, Any]:
    """Give a record as report.js does, with a text in every place."""
    lines = [
        {"is": "h1", "text": "一、总体情况", "right": "0"},
        {"is": "p", "text": text, "right": "0"},
        table([["序号", "任务", "原因"], ["1", text, text]]),
        {"is": "space", "text": "", "right": "0"},
        {"is": "sign", "text": text, "right": "1260"},
        {"is": "date", "text": "2026年11月22日", "right": "1260"},
    ]
    names = {"title": text, "heading": f"《{text}》\n进展情况", "signer": text, "version": text}
    return {**names, "slots": {}, "preset": preset, "draft": [], "lines": lines}


def table(rows: list[list[str]]) -> dict[str, Any]:
    shares = [str(50 * width) for width in WIDTHS]
    kinds = ["title-cell", "number", "cell"]
    items = [
        {
            "is": "row" if at else "head",
            "cells": [
                {"is": kinds[min(at, 1) * 2], "text": text, "share": share}
                for text, share in zip(row, shares, strict=True)
            ],
        }
        for at, row in enumerate(rows)
    ]
    return {"is": "table", "columns": [{"is": "column", "width": str(88 * width)} for width in WIDTHS], "rows": items}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_what_is_typed_is_text_and_nothing_else(text: str) -> None:
    paper = docx.Document(io.BytesIO(make(report.form(), filled(text, {}))))
    [rows] = [[[cell.text for cell in row.cells] for row in found.rows] for found in paper.tables]
    assert rows[1] == ["1", text, text]
    assert paper.paragraphs[3].text == text


@pytest.mark.parametrize("index", range(4))
def test_the_validator_finds_nothing_wrong_in_any_look(index: int, validator: Path, tmp_path: Path) -> None:
    look = {preset.key: preset.choices[index % len(preset.choices)].value for preset in PRESETS}
    file = tmp_path / "report.docx"
    file.write_bytes(make(report.form(), filled("甲局 & <乙>", look)))
    assert faults(validator, file) == []
