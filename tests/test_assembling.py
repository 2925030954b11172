"""What a reader puts together of several plans is one plan: as content, as a file that `check` accepts."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from macros.book import Reading, inspect, load
from macros.check import check
from macros.filling import fill, plain
from macros.model import Plan
from macros.office import content
from macros.office.words import parts, words
from macros.source import read
from tests.browser.getting import run_node
from tests.browser.scripts import FOLDER

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)
PARTS = {plan.id: parts(plan) for plan in BOOK.plans.values()}

Case = Mapping[str, Any]


def in_browser(cases: Sequence[Case], folder: Path) -> list[Any]:
    """Ask the scripts, under Node."""
    told = folder / "cases.json"
    told.write_text(json.dumps({"parts": PARTS, "words": words(BOOK), "cases": cases}), "utf-8")
    done = run_node(ROOT / "tests" / "assembling.js", FOLDER, told)
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


# ------------------------------------------------------------- put together

ASSEMBLIES = 240
MOST_PICKS = 14
TITLES = (
    "窗口服务提升方案",
    "“微笑”服务: 全年 # 计划",
    "<b>【年份】{x}</b> 'a' \"b\" \\ `c` & 100%",
    "true",
    "2026-11-22",
    "- 先 做 起来",
    "＝1+1，[列表]，{对象}",
    "\u200b ｛全角｝ ⼀ \ue000 ",
)
NATURES = ("方案", "计划", "意见", "活动方案", "工作汇报")


def sections_in(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for section in plan.get("sections", ()):
        yield section
        yield from sections_in(section)


def everything(plan: str) -> list[dict[str, str]]:
    """Give all that can be picked of a plan."""
    sections = [{"plan": plan, "kind": "section", "id": one["id"]} for one in sections_in(PARTS[plan])]
    return sections + [{"plan": plan, "kind": "task", "id": task["id"]} for task in PARTS[plan]["tasks"]]


def of_no_plan() -> list[dict[str, str]]:
    lists = [term.id for term in BOOK.glossary.values() if term.members]
    ids = [("award", list(BOOK.awards)), ("list", lists), ("core", list(BOOK.core))]
    return [{"plan": "", "kind": kind, "id": name} for kind, names in ids for name in names]


def some_picks(dice: random.Random) -> list[dict[str, Any]]:
    """Pick at random, at least one task, here and there leaving out a task of a section."""
    plans = dice.sample(list(PARTS), dice.randint(1, 5))
    pool = [pick for plan in plans for pick in everything(plan)]
    picks: list[dict[str, Any]] = dice.sample(pool, min(len(pool), dice.randint(1, MOST_PICKS)))
    picks += dice.sample(of_no_plan(), dice.choice((0, 0, 1, 4)))
    plan = dice.choice(plans)
    picks.append({"plan": plan, "kind": "task", "id": dice.choice(PARTS[plan]["tasks"])["id"]})
    dice.shuffle(picks)
    for pick in picks:
        if pick["kind"] == "section" and dice.random() < 0.3:
            pick["without"] = [task["id"] for task in PARTS[pick["plan"]]["tasks"] if dice.random() < 0.3]
    return picks


def whole_plans() -> list[list[dict[str, str]]]:
    """Give each plan's top sections, and those of all plans in a row."""
    each = [[{"plan": plan, "kind": "section", "id": one["id"]} for one in PARTS[plan]["sections"]] for plan in PARTS]
    return [*each, [pick for picks in each for pick in picks]]


def about(number: int, dice: random.Random) -> dict[str, str]:
    return {
        "id": f"own-plan-{number}",
        "title": f"{dice.choice(TITLES)} {number}",
        "unit": dice.choice(list(BOOK.units)),
        "nature": dice.choice(NATURES),
        "updated": "2026-11-22",
    }


@pytest.fixture(scope="module")
def assembled(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Any]]:
    """Put plans together at random, and whole plans, under stable and under clean names."""
    dice = random.Random(20261122)  # noqa: S311 - must repeat
    picks = [*whole_plans(), *(some_picks(dice) for _ in range(ASSEMBLIES))]
    cases = [
        {"does": "assemble", "picks": some, "about": about(number, dice), "clean": number % 2 == 0}
        for number, some in enumerate(picks)
    ]
    return list(zip(cases, in_browser(cases, tmp_path_factory.mktemp("assembled")), strict=True))


@pytest.fixture(scope="module")
def checked(assembled: list[tuple[Case, Any]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, list[Any]]:
    """Add the files of all of them to the data, and check it."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(ROOT / "data", root / "data")
    for case, answer in assembled:
        path = root / "data" / "plans" / f"{case['about']['id']}.yaml"
        path.write_bytes(answer["yaml"].encode())
    return inspect(root), assembled


def test_every_plan_put_together_is_a_file_that_the_check_accepts(checked: tuple[Reading, list[Any]]) -> None:
    reading, assembled = checked
    assert [str(problem) for problem in reading.problems] == []
    assert all(answer["faults"] == [] for _, answer in assembled)
    assert len(assembled) > 200


def test_the_file_says_what_the_browser_shows(checked: tuple[Reading, list[Any]]) -> None:
    reading, assembled = checked
    assert reading.book
    for case, answer in assembled:
        plan = reading.book.plans[case["about"]["id"]]
        wanted = json.loads(json.dumps(content(plan, reading.book)))
        assert without_version(answer["content"]) == without_version(wanted), case
        assert json.loads(json.dumps(parts(plan))) == json.loads(json.dumps(parts(Plan.model_validate(answer["plan"]))))


def test_a_whole_plan_keeps_all_its_text_and_tasks(assembled: list[tuple[Case, Any]]) -> None:
    for plan, (_, answer) in zip(PARTS, assembled, strict=False):
        own = content(BOOK.plans[plan], BOOK)
        assert said(answer["content"]) == said(own), plan


def said(about: Mapping[str, Any]) -> list[str]:
    """Give the text of a plan and, in any order, of its tasks, without its title and what ids it has."""
    filled = fill(about, {}, {})
    columns = ("part", "text", "lead", "support", "when", "time", "record", "themes", "threshold", "note")
    tasks = [" ".join(task[column] for column in columns) for task in filled["tasks"]]
    return [plain(text, filled["slots"]) for text in [*(block["text"] for block in filled["blocks"]), *sorted(tasks)]]


def test_nothing_that_was_picked_is_missing(assembled: list[tuple[Case, Any]]) -> None:
    for case, answer in assembled:
        texts = [task["text"] for task in answer["plan"]["tasks"]]
        headings = [one["heading"] for one in sections_in(answer["plan"])]
        for pick in case["picks"]:
            if pick["kind"] == "task":
                (task,) = (one for one in PARTS[pick["plan"]]["tasks"] if one["id"] == pick["id"])
                assert task["text"] in texts
            elif pick["kind"] == "section":
                (section,) = (one for one in sections_in(PARTS[pick["plan"]]) if one["id"] == pick["id"])
                assert section["heading"] in headings
            elif pick["kind"] == "award":
                assert pick["id"] in answer["plan"]["awards"]
            elif pick["kind"] == "list":
                assert pick["id"] in answer["plan"]["terms"]
            else:
                assert BOOK.core[pick["id"]].text in texts


def test_ids_do_not_change_when_picks_are_moved_or_added(tmp_path: Path) -> None:
    dice = random.Random(5)  # noqa: S311
    cases = []
    for _ in range(40):
        picks, others = ([{**one, "without": []} for one in some_picks(dice)] for _ in range(2))
        more = [*others, *reversed(picks)]
        cases += [{"does": "assemble", "picks": some, "about": about(1, dice)} for some in (picks, more)]
    answers = in_browser(cases, tmp_path)
    for one, other in zip(answers[::2], answers[1::2], strict=True):
        assert {task["id"] for task in one["plan"]["tasks"]} <= {task["id"] for task in other["plan"]["tasks"]}
        assert {task["id"] for task in one["plan"].get("phases", ())} <= {
            task["id"] for task in other["plan"].get("phases", ())
        }


# ------------------------------------------------------------------- doubles


def pick(plan: str, kind: str, name: str) -> dict[str, Any]:
    return {"plan": plan, "kind": kind, "id": name}


def test_what_stands_there_twice_is_told_and_settled(tmp_path: Path) -> None:
    three, window = "transport-three-creations", "hospital-civilised-window"
    picks = [
        pick(three, "section", "guiding"),
        pick(window, "section", "guiding"),
        pick(three, "section", "requirements"),
        pick(three, "section", "service-quality"),
        pick(three, "task", "brand-service"),
        pick(three, "task", "hold-kickoff-meeting"),
    ]
    cases = [{"does": does, "picks": picks} for does in ("doubles", "settled")]
    doubles, settled = in_browser(cases, tmp_path)
    assert [(group["why"], [item["at"] for item in group["items"]]) for group in doubles[:3]] == [
        ("单独挑的，已经包含在挑的一节里", [2, 3]),
        ("单独挑的，已经包含在挑的一节里", [2, 4]),
        ("都是“指导思想”", [0, 1]),
    ]
    assert settled == [picks[0], picks[2], picks[5]]


def test_tasks_that_say_nearly_the_same_are_told_and_settled(tmp_path: Path) -> None:
    every = [pick for picks in whole_plans()[:-1] for pick in picks]
    cases = [{"does": does, "picks": every} for does in ("doubles", "settled")]
    doubles, settled = in_browser(cases, tmp_path)
    alike = [group for group in doubles if group["why"].startswith("任务")]
    assert alike
    assert all(group["items"][group["keep"]] for group in doubles)
    (left,) = in_browser([{"does": "doubles", "picks": settled}], tmp_path)
    assert left == []
    kept = {(one["plan"], one["id"]) for one in settled}
    assert kept < {(one["plan"], one["id"]) for one in every}


# ---------------------------------------------------------------------- yaml

CHARACTERS = "aZ09 中文，。：；“”‘’（）《》【】、—…%&*!@#?|>-=+~^$/\\'\"`,.:;[]{}<>＝＃：－"


def random_text(dice: random.Random) -> str:
    text = "".join(dice.choices(CHARACTERS, k=dice.randint(1, 12))).strip()
    return text or "字"


def test_any_text_comes_back_from_the_file_as_it_was(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311
    tricky = [
        "yes",
        "no",
        "on",
        "null",
        "true",
        "004-11",
        "000",
        "2026-11-22",
        "1:30",
        "0x1F",
        "1e3",
        "~",
        "-",
        "?",
        "是：",
        "a: b",
    ]
    texts = tricky + [random_text(dice) for _ in range(3000)]
    values = [
        {"title": text, "adapted": [text, "x"], "source": {"id": text, "heading": text}, "blanks": [{"example": text}]}
        for text in texts
    ]
    answers = in_browser([{"does": "yaml", "value": value} for value in values], tmp_path)
    for value, written in zip(values, answers, strict=True):
        assert read(written.encode(), "x.yaml").data == value, written


def test_the_files_of_the_plans_here_come_back_as_they_are(tmp_path: Path) -> None:
    answers = in_browser([{"does": "yaml", "value": PARTS[plan]} for plan in PARTS], tmp_path)
    for plan, written in zip(PARTS, answers, strict=True):
        assert check(read(written.encode(), f"{plan}.yaml"), Plan) == BOOK.plans[plan]
