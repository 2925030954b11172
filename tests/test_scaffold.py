"""The skeleton of a new plan reads, names every key, and leads to a valid plan."""

import re
import shutil
from pathlib import Path

import pytest

import macros.__main__ as commands
from macros.book import inspect
from macros.check import check
from macros.model import Plan
from macros.scaffold import scaffold
from macros.source import DataError, read

ROOT = Path(__file__).parent.parent
ID = "bank-hall-service"
FILE = f"data/plans/{ID}.yaml"
FILLED = {
    "title": "银行营业厅文明服务方案",
    "unit": "telecom-hall",
    "nature": "方案",
    "summary": "给银行营业厅用的一份小方案。",
    "updated": '"2026-11-21"',
    "sources": "[004-02]",
    "state": "whole",
    "new_measures": "今年准备增加什么做法？",
    "heading": "服务要求",
    "kind": "措施",
    "text": "到营业厅现场巡视，填写巡视记录",
    "section": "first-section",
    "owner": "{role: window-head}",
    "when": "{every: 每天}",
    "record": "{keep: [巡视记录]}",
    "themes": "[inspection]",
    "origin": "editor",
}


def missing(text: str) -> list[str]:
    """Give what `check` says of a plan, by the name of the key that is missing."""
    try:
        check(read(text.encode(), FILE), Plan)
    except DataError as error:
        names = [re.search("缺少“(.+?)”", problem.message) for problem in error.problems]
        return [name[1] if name else str(problem) for name, problem in zip(names, error.problems, strict=True)]
    return []


def filled(text: str) -> str:
    """Do what an editor does: take away the # of a line, and write a value."""
    for key, value in FILLED.items():
        text, count = re.subn(rf"^( *)#({key}):.*$", rf"\1\2: {value}", text, flags=re.MULTILINE)
        assert count, key
    return text


def test_the_skeleton_holds_nothing_but_ids() -> None:
    assert read(scaffold(ID).encode(), FILE).data == {
        "id": ID,
        "sections": [{"id": "first-section"}],
        "tasks": [{"id": "first-task"}],
    }


def test_every_key_stands_in_it_in_the_order_of_the_model_with_its_help() -> None:
    text = scaffold(ID)
    assert re.findall(r"^#?([a-z_]+):", text, re.MULTILINE) == list(Plan.model_fields)
    for field in Plan.model_fields.values():
        assert (field.description or "?").replace("`", "") in text


def test_check_says_what_is_still_to_be_written_and_nothing_else() -> None:
    optional = {"id", "sections", "tasks"}
    required = {name for name, field in Plan.model_fields.items() if field.is_required()} - optional
    section, task = {"heading", "kind"}, {"text", "section", "owner", "when", "record", "themes"}
    assert sorted(missing(scaffold(ID))) == sorted([*required, *section, *task])


def test_one_filled_in_is_valid_beside_the_real_lists(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("schema"))
    (tmp_path / FILE).write_text(filled(scaffold(ID)), encoding="utf-8")
    assert [*map(str, inspect(tmp_path).problems)] == []


@pytest.mark.parametrize("wrong", ["", "Bank", "bank_hall", "银行", "../themes", "bank-", "1st", "a" * 61, "a\nb"])
def test_what_is_no_id_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="不能作方案的 id；要写：小写英文字母"):
        scaffold(wrong)


def test_new_writes_a_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "plans").mkdir(parents=True)
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    assert commands.main(["new", ID]) == 0
    assert (tmp_path / FILE).read_bytes() == scaffold(ID).encode()
    (tmp_path / FILE).write_text("mine", encoding="utf-8")
    assert commands.main(["new", ID]) == 1
    assert (tmp_path / FILE).read_text(encoding="utf-8") == "mine"
    assert commands.main(["new", "../themes"]) == 1
    assert [path.name for path in (tmp_path / "data").rglob("*.yaml")] == [f"{ID}.yaml"]
    assert f"已经有 {FILE}" in capsys.readouterr().out
