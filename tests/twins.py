"""Asking the browser's scripts what they make of the same plan and values as our Python."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from macros.filling import fill, plain
from macros.office import form_of, forms_for_browser
from macros.office.form import expand
from tests.browser.getting import run_node
from tests.browser.scripts import FOLDER

ROOT = Path(__file__).parent.parent

Case = Mapping[str, Any]
"""`plan` (its id), `values`, `options`, `form` (the key of a file, or nothing)."""


def in_python(contents: Mapping[str, Any], cases: Sequence[Case]) -> list[Any]:
    """Fill every case in Python."""
    return [_answer(contents[case["plan"]], case) for case in cases]


def in_browser(contents: Mapping[str, Any], cases: Sequence[Case], folder: Path) -> list[Any]:
    """Fill every case by the scripts, under Node; `folder` is for what goes to and fro."""
    told = folder / "cases.json"
    forms = forms_for_browser() if any(case["form"] for case in cases) else {}
    told.write_text(json.dumps({"contents": contents, "forms": forms, "cases": cases}), "utf-8")
    done = run_node(ROOT / "tests" / "filling.js", FOLDER, told)
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def _answer(content: Mapping[str, Any], case: Case) -> Any:  # noqa: ANN401
    filled = fill(content, case["values"], case["options"])
    slots = {key: asdict(slot) for key, slot in filled["slots"].items()}
    said = [plain(block["text"], filled["slots"]) for block in filled["blocks"]]
    files = dict(expand(form_of(case["form"]), filled)) if case["form"] else {}
    return {"filled": {**filled, "slots": slots}, "said": said, "files": files}
