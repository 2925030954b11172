"""What a reader puts together of several plans is one plan: as content, as a file that `check` accepts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from macros.book import load
from macros.office import content
from macros.office.words import parts, words
from tests.browser.getting import run_node

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "docs" / "assets" / "javascripts"
BOOK = load(ROOT)
PARTS = {plan.id: parts(plan) for plan in BOOK.plans.values()}

Case = Mapping[str, Any]


def in_browser(cases: Sequence[Case], folder: Path) -> list[Any]:
    """Ask the scripts, under Node."""
    told = folder / "cases.json"
    told.write_text(json.dumps({"parts": PARTS, "words": words(BOOK), "cases": cases}), "utf-8")
    done = run_node(ROOT / "tests" / "assembling.js", SCRIPTS, told)
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def without_version(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "version"}


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Let the scripts make the content of every plan."""
    cases = [{"does": "content", "plan": plan} for plan in PARTS]
    return dict(zip(PARTS, in_browser(cases, tmp_path_factory.mktemp("contents")), strict=True))


@pytest.mark.parametrize("plan", PARTS)
def test_the_browser_makes_of_a_plan_what_python_makes_of_it(contents: Mapping[str, Any], plan: str) -> None:
    wanted = json.loads(json.dumps(content(BOOK.plans[plan], BOOK)))
    assert without_version(contents[plan]) == without_version(wanted)
