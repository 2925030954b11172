"""Every rule across files: what breaks it, where and how that is told, and what does not break it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

import macros.book
from macros.model import UNNAMED, VOCABULARIES
from macros.rules import RULES, Draft, TasksAreTickable, suggestion
from tests.book_of_tests import ALPHA, BETA, DataFolder

FIELDS = "fields"
MARK = "⟨"  # In `at`: what stands before it only leads to the place.


class Break(NamedTuple):
    """An edit that breaks a rule: what is written, where it is told, and some words of it."""

    rule: str
    file: str
    old: str
    new: str
    at: str
    says: str
    told_in: str = ""


class Allowed(NamedTuple):
    """An edit that comes near to breaking a rule and does not."""

    rule: str
    file: str
    old: str
    new: str


BREAKS = (
    Break(
        "NamesAreUnique",
        "units",
        "id: second-unit",
        "id: first-unit",
        "first-unit\n  name: 乙",
        "“first-unit”和前面的重复",
    ),
    Break(
        "NamesAreUnique",
        "roles",
        "name: 窗口负责人",
        "name: 创建办公室",
        "创建办公室, level: 窗口",
        "name 不能有两个一样的",
    ),
    Break(
        "NamesAreUnique",
        FIELDS,
        "label: 投诉电话",
        "label: 动员月份",
        "动员月份, group: 联系",
        "label 不能有两个一样的",
    ),
    Break(
        "NamesAreUnique",
        BETA,
        "title: 乙类单位窗口服务计划",
        "title: 甲类单位文明窗口方案",
        "甲类单位文明窗口方案",
        "alpha-window.yaml 的重复",
    ),
    Break("NamesAreUnique", ALPHA, "id: conduct", "id: service", "service\n    dimension: 行业", "id 不能有两个一样的"),
    Break(
        "NamesAreUnique",
        ALPHA,
        "id: lei-feng",
        "id: hold-kickoff",
        "hold-kickoff\n    text: 组织",
        "“hold-kickoff”和前面的重复",
    ),
    Break("NamesAreUnique", ALPHA, "id: goals-below", "id: watch", "watch\n    kind: 公开监督", "章节编号“watch”重复"),
    Break(
        "NamesAreUnique",
        ALPHA,
        "{field: phone,",
        "{field: unit-name,",
        "unit-name, reason: 原文被删",
        "field 不能有两个一样的",
    ),
    Break("NamesAreUnique", ALPHA, "id: goals-below", "id: phase-week", "phase-week", "已经是页面上别处的位置"),
    Break("NamesAreUnique", BETA, "id: only", "id: new-measures", "new-measures", "已经是页面上别处的位置"),
    Break("SynonymsLeadOn", "synonyms", "said: [前台, 柜台]", "said: [前台, 前台]", "前台], means", "前面已经写过"),
    Break("SynonymsLeadOn", "synonyms", "said: [前台, 柜台]", "said: [前台, 窗口]", "窗口], means", "已经包含在"),
    Break("NamesAreUnique", "units", "id: second-unit", "id: con", "con", "不能作编号"),
    Break("NamesAreUnique", ALPHA, "  - id: kickoff", "  - id: all-year", "all-year", "留给不分阶段的任务"),
    Break("FileNameIsId", BETA, "id: beta-window", "id: index", "index", "不能作编号"),
    Break("FileNameIsId", BETA, "id: beta-window", "id: beta-windows", "beta-windows", "两者要一致"),
    Break("ReferencesExist", BETA, "unit: second-unit", "unit: second-unti", "second-unti", "是不是想写“second-unit”"),
    Break(
        "ReferencesExist", BETA, "sources: [004-02]", "sources: [004-02, 004-09]", "004-09", "没有编号是“004-09”的来源"
    ),
    Break(
        "ReferencesExist",
        ALPHA,
        "terms: [four-opens]",
        "terms: [four-open]",
        "four-open",
        "没有编号是“four-open”的术语",
    ),
    Break("ReferencesExist", ALPHA, "awards: [best-window]", "awards: [worst]", "worst", "没有编号是“worst”的奖项"),
    Break("ReferencesExist", BETA, "themes: [learning]", "themes: [learnin]", "learnin]", "没有编号是“learnin”的主题"),
    Break("ReferencesExist", BETA, "owner: {role: head}", "owner: {role: headd}", "headd", "没有编号是“headd”的角色"),
    Break("ReferencesExist", ALPHA, "support: [head]", "support: [hand]", "hand]", "没有编号是“hand”的角色"),
    Break("ReferencesExist", ALPHA, "- role: office", "- role: offic", "offic\n", "没有编号是“offic”的角色"),
    Break("ReferencesExist", ALPHA, "{field: phone,", "{field: fone,", "fone", "没有编号是“fone”的空"),
    Break(
        "ReferencesExist",
        ALPHA,
        "start: {field: kickoff-month}",
        "start: {field: kickoff}",
        "kickoff}",
        "没有编号是“kickoff”的空",
    ),
    Break(
        "ReferencesExist",
        "glossary",
        "source: {id: 004-01",
        "source: {id: 004-10",
        "004-10",
        "没有编号是“004-10”的来源",
    ),
    Break(
        "ReferencesExist",
        "awards",
        "campaign: window-campaign",
        "campaign: window",
        "window\n  open",
        "没有编号是“window”的术语",
    ),
    Break(
        "ReferencesExist",
        "glossary",
        "parent: window-campaign",
        "parent: campaign",
        "campaign\n",
        "没有编号是“campaign”的术语",
    ),
    Break("ReferencesExist", "leftovers", "source: 004-02", "source: 004-03", "004-03", "没有编号是“004-03”的来源"),
    Break(
        "ReferencesExist",
        ALPHA,
        "section: goals-lowest",
        "section: goals-lowst",
        "goals-lowst\n",
        "没有编号是“goals-lowst”的章节；是不是想写“goals-lowest”",
    ),
    Break("ReferencesExist", ALPHA, "when: {phase: week,", "when: {phase: weak,", "weak", "没有编号是“weak”的阶段"),
    Break("ReferencesExist", ALPHA, "start: {after: work,", "start: {after: wrok,", "wrok", "没有编号是“wrok”的阶段"),
    Break("ReferencesExist", ALPHA, "start: {after: work,", "start: {after: review,", "review, days", "之前的阶段"),
    Break("ReferencesExist", ALPHA, "start: {after: work,", "start: {after: later,", "later, days", "之前的阶段"),
    Break(
        "BlanksAreDeclared",
        BETA,
        "做好每天的服务",
        "【单位全名】做好服务",
        "【单位全名】",
        "没有叫“单位全名”的空；是不是想写“单位全称”",
    ),
    Break(
        "BlanksAreDeclared",
        BETA,
        "做好每天的服务",
        "做好【投诉电话】的服务",
        "【投诉电话】",
        "请在 blanks 里列出 phone",
    ),
    Break("BlanksAreDeclared", ALPHA, "    value: 【投诉电话】\n", "", "{field: phone", "正文里却没有用到"),
    Break("BlanksAreDeclared", ALPHA, "start: {month: 4}", "start: {field: cycle}", "cycle}", "阶段用了空 cycle"),
    Break("FieldsAreWhole", FIELDS, ", choices: [每月, 每季度]", "", "{id: cycle", "type 是 choice 的要写 choices"),
    Break(
        "FieldsAreWhole",
        FIELDS,
        "type: text, hint: 带",
        "type: text, choices: [甲], hint: 带",
        "{id: phone",
        "别的类型不写 choices",
    ),
    Break("FieldsAreWhole", FIELDS, "type: number, suffix", "type: text, suffix", "分钟, hint", "只用于 type: number"),
    Break("FieldsAreWhole", FIELDS, "type: month", "type: text", "kickoff-month}", "不能作阶段的时点", ALPHA),
    Break(
        "FieldsAreWhole",
        FIELDS,
        "id: new-measures",
        "id: newer-measures",
        "- {id: unit-name",
        "缺少编号是“new-measures”的空",
    ),
    Break(
        "SaysWhereItComesFrom", BETA, "    source: {id: 004-02, heading: 全文}\n", "", "id: only", "没有写出处 source"
    ),
    Break(
        "SaysWhereItComesFrom",
        ALPHA,
        "    origin: editor\norganisation",
        "organisation",
        "id: conduct",
        "没有写出处 source",
    ),
    Break("SaysWhereItComesFrom", "glossary", "  origin: editor\n", "", "id: window-campaign\n", "没有写出处 source"),
    Break(
        "SaysWhereItComesFrom", BETA, "source: {id: 004-02", "source: {id: 004-01", "004-01", "不在本方案的 sources 里"
    ),
    Break(
        "SaysWhereItComesFrom",
        ALPHA,
        ", source: {id: 004-01, heading: 三、步骤}}\n  - {field: wait",
        "}\n  - {field: wait",
        "{field: kickoff-month, reason",
        "写了示例值 example",
    ),
    Break("StopsWhereTheSourceStops", BETA, "state: whole", "state: partial", "partial", "要写 stops_at"),
    Break("StopsWhereTheSourceStops", ALPHA, "state: partial", "state: whole", "whole", "state: whole 不写"),
    Break(
        "StopsWhereTheSourceStops", "sources", "state: whole", "state: partial", "没有写年份。⟨partial", "要写 stops_at"
    ),
    Break("PartsAreShown", ALPHA, "      - show: rewards\n", "", "rewards:", "正文里却没有 show: rewards"),
    Break(
        "PartsAreShown",
        ALPHA,
        "      - show: awards\n",
        "      - show: rewards\n",
        "show: assessment\n      - show: rewards\n      - ⟨show: rewards",
        "写了两次",
    ),
    Break("PartsAreShown", BETA, "- 做好每天的服务。", "- show: goals", "show: goals", "没有内容可列"),
    Break(
        "SectionsAreShallow",
        ALPHA,
        "            body:\n              - 这一段是编者加的。",
        "            sections:\n              - {id: too-deep, heading: 过深, body: [太深。]}\n"
        "            body:\n              - 这一段是编者加的。",
        "{id: too-deep",
        "标题超过三层",
    ),
    Break("PhasesFollowEachOther", ALPHA, "start: {month: 4}", "start: {month: 2}", "{month: 2}", "开始早于上一阶段"),
    Break("PhasesFollowEachOther", ALPHA, "end: {month: 9}", "end: {month: 3}", "{month: 3}", "结束早于开始"),
    Break(
        "PhasesFollowEachOther",
        ALPHA,
        "start: {month: 4}\n    end: {month: 9}",
        "start: {date: 04-20}\n    end: {date: 04-10}",
        "{date: 04-10}",
        "结束早于开始",
    ),
    Break("NoExampleNames", BETA, "做好每天的服务", "做好东风市的服务", "东风市", "真实名称“东风市”"),
    Break("NoExampleNames", "units", "第二类单位选它", "西风县选它", "西风县", "真实名称“西风县”"),
    Break("ReferencesExist", "core", "owner: office", "owner: offic", "offic\n", "没有编号是“offic”的角色"),
    Break(
        "CoreRecurs",
        "core",
        "beta-window/meeting",
        "beta-window/meting",
        "beta-window/meting",
        "没有“beta-window/meting”这项任务；是不是想写",
    ),
    Break(
        "CoreRecurs",
        "core",
        "beta-window/meeting",
        "alpha-window/hold-kickoff",
        ", ⟨alpha-window/hold-kickoff",
        "和前面的重复",
    ),
    Break("CoreRecurs", "core", "beta-window/meeting", "alpha-window/lei-feng", "tasks:", "不到两份"),
    Break(
        "CoreRecurs",
        BETA,
        "state: whole",
        "state: whole\nreference_only: true",
        "beta-window/meeting",
        "仅供对照，不能作例子",
        "core",
    ),
    Break(
        "CoreRecurs",
        "core",
        "alpha-window/hold-kickoff",
        "alpha-window/measure-waiting",
        "tasks:",
        "编者补充的任务不算",
    ),
    Break("PlacesAreWhole", "places", "西风县、公园县", "西风县、西风县", "counties: ⟨西风县", "“西风县”写了两次"),
    Break("PlacesAreWhole", "places", "words: 公园", "words: 公国", "公国", "没有哪个地名去掉“市、县、区”是“公国”"),
    Break("TasksAreTickable", BETA, "每周开一次晨会", "每周适当开会", "适当", "说不清做到什么程度"),
)

ALLOWED = (
    Allowed("PlacesAreWhole", "places", "{name: 北风市}", "{name: 北风市, counties: 西风县}"),
    Allowed("SynonymsLeadOn", "synonyms", "means: [窗口]", "means: [窗口, 窗口单位]"),
    Allowed("NamesAreUnique", "leftovers", "name: 西风县", "name: 东风市"),
    Allowed("NamesAreUnique", ALPHA, "id: lei-feng", "id: meeting"),
    Allowed("FileNameIsId", BETA, "乙类单位窗口", "乙类窗口"),
    Allowed("ReferencesExist", ALPHA, "end: {date: 12-20}", "end: {after: review, days: 10}"),
    Allowed("BlanksAreDeclared", ALPHA, "开一次动员会", "【单位全称】开一次动员会"),
    Allowed("BlanksAreDeclared", BETA, "做好每天的服务", "做好【单位全称】【年份】年的服务"),
    Allowed("FieldsAreWhole", FIELDS, "type: month", "type: date"),
    Allowed("SaysWhereItComesFrom", BETA, "      - 做好", "      - origin: editor\n        text: 做好"),
    Allowed("StopsWhereTheSourceStops", BETA, "state: whole", "state: partial\nstops_at: 第一段之后"),
    Allowed("PartsAreShown", ALPHA, "      - show: assessment\n", ""),
    Allowed("PartsAreShown", ALPHA, "      - show: channels\n", ""),
    Allowed("SectionsAreShallow", ALPHA, "heading: 更细的说明", "heading: 第三层"),
    Allowed("PhasesFollowEachOther", ALPHA, "end: {month: 9}", "end: {month: 4}"),
    Allowed("NoExampleNames", BETA, "做好每天的服务", "做好东风的服务"),
    Allowed("CoreRecurs", "core", "beta-window/meeting", "beta-window/meeting, alpha-window/measure-waiting"),
    Allowed("TasksAreTickable", BETA, "做好每天的服务", "适当做好每天的服务"),
)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Write the tiny book."""
    return DataFolder.in_(tmp_path)


def name_of(case: Break | Allowed) -> str:
    return f"{case.rule}-{case.file}-{case.new[:20].strip()}"


def rule_findings(folder: DataFolder, rule: str) -> list[str]:
    """Say what one rule finds, without the others."""
    draft = draft_of(folder)
    return [found.message for one in RULES if type(one).__name__ == rule for found in one.check(draft)]


def draft_of(folder: DataFolder) -> Draft:
    book = folder.book()
    shelves = {name: getattr(book, name) for name in VOCABULARIES}
    entries = {name: shelf if name in UNNAMED else tuple(shelf.values()) for name, shelf in shelves.items()}
    files = {name: f"data/{name}.yaml" for name in entries}
    return Draft(entries, files, {f"data/plans/{plan.id}.yaml": plan for plan in book.plans.values()})


def test_the_tiny_book_breaks_no_rule(folder: DataFolder) -> None:
    assert folder.said() == []


@pytest.mark.parametrize("case", BREAKS, ids=name_of)
def test_a_break_is_told_at_its_place_in_chinese(
    folder: DataFolder, case: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = tuple(rule for rule in RULES if type(rule).__name__ == case.rule)
    monkeypatch.setattr(macros.book, "RULES", only)
    folder.edit(case.file, case.old, case.new)
    before, _, words = case.at.rpartition(MARK)
    place = folder.place_of(case.told_in or case.file, words, after=before)
    told = [line for line in folder.said() if case.says in line]
    assert [line.partition(": ")[0] for line in told] == [place], folder.said()


@pytest.mark.parametrize("case", ALLOWED, ids=name_of)
def test_what_comes_near_is_allowed(folder: DataFolder, case: Allowed) -> None:
    folder.edit(case.file, case.old, case.new)
    assert rule_findings(folder, case.rule) == []
    assert folder.said() == []


def test_every_rule_has_a_case_that_breaks_it_and_one_that_passes() -> None:
    rules = [type(rule).__name__ for rule in RULES]
    assert len(set(rules)) == len(rules)
    assert {case.rule for case in BREAKS} == set(rules)
    assert {case.rule for case in ALLOWED} == set(rules)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_a_rule_says_in_chinese_what_it_asks_for(rule: object) -> None:
    said = type(rule).__doc__ or ""
    assert said.endswith("。")
    assert not said.isascii()


def test_a_broken_vocabulary_is_told_once_and_not_at_every_place_that_uses_it(folder: DataFolder) -> None:
    for name in (
        "units",
        "themes",
        "roles",
        FIELDS,
        "glossary",
        "awards",
        "sources",
        "observances",
        "synonyms",
        "leftovers",
        "places",
        "core",
    ):
        path = folder.path(name)
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole + "- {nonsense: 1}\n", encoding="utf-8")
        assert {line.split(":")[0] for line in folder.said()} == {f"data/{name}.yaml"}, name
        path.unlink()
        assert [line.split(":")[0] for line in folder.said()] == [f"data/{name}.yaml"], name
        path.write_text(whole, encoding="utf-8")


def test_a_broken_plan_is_told_once_and_not_at_the_other(folder: DataFolder) -> None:
    folder.edit(BETA, "nature: 计划", "nature: 规划")
    assert [line.split(":")[0] for line in folder.said()] == ["data/plans/beta-window.yaml"]


def test_problems_of_many_files_are_told_at_once_in_reading_order(folder: DataFolder) -> None:
    folder.edit(BETA, "unit: second-unit", "unit: none")
    folder.edit(ALPHA, "terms: [four-opens]", "terms: [none]")
    folder.edit("units", "summary: 第二类", "sumary: 第二类")
    told = [line.partition(": ")[0] for line in folder.said()]
    assert told == sorted(told)
    assert len(told) >= 2


def test_a_warning_does_not_stop_the_book(folder: DataFolder) -> None:
    for word in TasksAreTickable.VAGUE:
        folder.edit(BETA, "每周开一次晨会", f"每周{word}开一次晨会")
        reading = folder.inspect()
        assert reading.book is not None
        assert [problem.message for problem in reading.warnings if f"“{word}”" in problem.message]
        folder.edit(BETA, f"每周{word}开一次晨会", "每周开一次晨会")


def test_a_phase_that_follows_itself_is_refused_and_not_run_round_for_ever(folder: DataFolder) -> None:
    folder.edit(ALPHA, "start: {field: kickoff-month}", "start: {after: review, days: 1}")
    assert any("之前的阶段" in line for line in folder.said())


@pytest.mark.parametrize(("wrong", "meant"), [("servic", "service"), ("zzz", "")])
def test_a_suggestion_is_only_made_for_what_is_near(wrong: str, meant: str) -> None:
    assert suggestion(wrong, ["service", "window"]) == (f"；是不是想写“{meant}”" if meant else "")


@pytest.mark.parametrize("name", ["plans/new.yml", "plans/old/new.yaml", "plans/new.YAML.txt"])
def test_a_plan_file_in_the_wrong_place_or_under_the_wrong_ending_is_told(folder: DataFolder, name: str) -> None:
    path = folder.root / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("id: new\n", encoding="utf-8")
    assert any(f"data/{name}:1:1" in line for line in folder.said())


def test_a_source_that_names_a_plan_that_is_not_there_is_told(folder: DataFolder) -> None:
    path = folder.root / "data" / "sources.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.rstrip() + "\n  plan: no-such-plan\n", encoding="utf-8")
    assert any("没有编号是“no-such-plan”的方案" in line for line in folder.said())


def test_what_lies_among_plans_and_is_none_is_told_but_for_what_systems_leave_there(tmp_path: Path) -> None:
    """A file that would be passed over without a word is somebody's work."""
    house = DataFolder.in_(tmp_path)
    plans = house.path(ALPHA).parent
    for name in ("._alpha-window.yaml", ".DS_Store", "Thumbs.db", "~$notes.docx"):
        (plans / name).write_bytes(b"\x00")
    (plans / ".#alpha-window.yaml").symlink_to("nowhere")
    assert macros.book.inspect(house.root).problems == ()
    (plans / "notes.txt").write_text("", encoding="utf-8")
    (plans / "old").mkdir()
    (plans / "old" / "alpha-window.yaml").write_text("", encoding="utf-8")
    (plans / "folder.yaml").mkdir()
    (plans / "gone.yaml").symlink_to("nowhere")
    told = [
        (problem.file.removeprefix("data/plans/"), problem.message[:5])
        for problem in macros.book.inspect(house.root).problems
    ]
    assert told == [
        *(("folder.yaml", "打不开这个"), ("gone.yaml", "打不开这个")),
        *(("notes.txt", "这里只放方"), ("old/alpha-window.yaml", "这里只放方")),
    ]
