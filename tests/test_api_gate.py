"""An API that is not as its schema says, or lists other plans than have a page, is told with the file."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.gates.api import api_faults

PLAN = "transport-three-creations"


@pytest.fixture
def copied(site: Path, tmp_path: Path) -> Path:
    shutil.copytree(site / "api", tmp_path / "api")
    for page in site.glob("plans/*/index.html"):
        target = tmp_path / page.relative_to(site)
        target.parent.mkdir(parents=True)
        target.touch()
    return tmp_path


def test_the_site_has_none(site: Path) -> None:
    assert api_faults(site) == []


def changed(site: Path, name: str, change: Callable[[Any], None]) -> None:
    path = site / "api" / "v1" / name
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def drop_text(plan: dict[str, Any]) -> None:
    del plan["tasks"][0]["text"]


def add_key(plan: dict[str, Any]) -> None:
    plan["extra"] = 1


def empty(units: list[dict[str, Any]]) -> None:
    units[0]["name"] = ""


def drop_plan(plans: list[dict[str, Any]]) -> None:
    plans[:] = [plan for plan in plans if plan["id"] != PLAN]


def loosen(schema: dict[str, Any]) -> None:
    schema["title"] = "别的"


WRONG: dict[str, tuple[str, Callable[[Any], None], str]] = {
    "a key is missing": (f"plans/{PLAN}.json", drop_text, "tasks.0.text"),
    "a key too many": (f"plans/{PLAN}.json", add_key, "extra"),
    "a value is no value": ("units.json", empty, "0.name"),
    "a plan is not listed": ("plans.json", drop_plan, "方案列表里没有这份方案"),
    "a schema of its own": ("schema/plan.json", loosen, "和数据模型不一样"),
    "the list is none": ("plans.json", lambda plans: plans[0].pop("url"), "不合自己的格式"),
}


@pytest.mark.parametrize(("name", "change", "words"), WRONG.values(), ids=WRONG.keys())
def test_each_fault_is_told_once(copied: Path, name: str, change: Callable[[Any], None], words: str) -> None:
    changed(copied, name, change)
    [fault] = api_faults(copied)
    assert words in str(fault)


def test_a_file_or_a_page_that_is_gone_is_told(copied: Path) -> None:
    (copied / "api" / "v1" / "themes.json").unlink()
    (copied / "plans" / PLAN / "index.html").unlink()
    assert [str(fault) for fault in api_faults(copied)] == [
        "api/v1/index.json:1: 列出的文件不在，或者没有它的格式：api/v1/themes.json",
        f"api/v1/plans.json:1: 列出的方案没有网页：plans/{PLAN}/index.html",
    ]
