"""The leftover check: what it finds, and what it leaves alone. The scripts run under Node."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from macros.book import load
from macros.model import Province, short_name
from macros.model.walk import walk
from macros.office import content
from macros.office.check_data import check_data, name_hash, shifted
from macros.office.data_scripts import script
from tests.browser.getting import run_node
from tests.browser.scripts import FOLDER
from tests.filled import FIELDS, VALUES

ROOT = Path(__file__).parent.parent
BOOK = load(ROOT)
DATA = check_data(BOOK)
CONTENTS = {plan.id: content(plan, BOOK) for plan in BOOK.plans.values()}
PLANS = tuple(CONTENTS)
CASES = json.loads((Path(__file__).parent / "leftover_cases.json").read_text("utf-8"))
PLANTED: dict[str, list[str]] = CASES["planted"]
ORDINARY: list[str] = CASES["ordinary"]
DRAFT = {"blank", "example", "other"}
OWN = {"own": ["青州市第三幼儿园", "青州市"], "year": 2026}

Finding = dict[str, Any]


def asked(folder: Path, cases: Sequence[dict[str, Any]], *, names: bool = True) -> list[Any]:
    """Put questions to the scripts."""
    told = folder / "cases.json"
    told.write_text(json.dumps({"data": DATA if names else None, "contents": CONTENTS, "cases": cases}), "utf-8")
    done = run_node(ROOT / "tests" / "leftovers.js", FOLDER, told)
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def found_in(folder: Path, texts: Iterable[str], **about: Any) -> list[list[Finding]]:  # noqa: ANN401
    """Check each text alone."""
    cases = [{"asked": "check", "lines": text.split("\n"), "about": OWN | about} for text in texts]
    return [answer["found"] for answer in asked(folder, cases)]


def said(found: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(one["kind"], one["found"]) for one in found]


@pytest.fixture(scope="module")
def filled_lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """Give the lines of every plan, filled in."""
    cases = [{"asked": "lines", "plan": plan, "values": VALUES} for plan in PLANS]
    return dict(zip(PLANS, asked(tmp_path_factory.mktemp("lines"), cases), strict=True))


def texts_of(lines: list[dict[str, str]]) -> list[str]:
    return [line["text"] for line in lines]


# Clean plans.


def test_there_is_a_plausible_value_for_every_blank() -> None:
    assert set(FIELDS) == set(BOOK.fields)


def test_a_clean_filled_plan_has_nothing_to_find(filled_lines: dict[str, list[dict[str, str]]], tmp_path: Path) -> None:
    cases = [
        {"asked": "filled", "plan": plan, "values": VALUES, "lines": texts_of(lines)}
        for plan, lines in filled_lines.items()
    ]
    answers = dict(zip(PLANS, asked(tmp_path, cases), strict=True))
    assert {plan: said(found) for plan, found in answers.items() if found} == {}


def test_an_empty_plan_tells_each_blank_once_by_its_key(tmp_path: Path) -> None:
    plan = "transport-three-creations"
    empty: dict[str, Any] = {"fields": {}, "roles": {}, "phases": {}}
    lines = asked(tmp_path, [{"asked": "lines", "plan": plan, "values": empty}])[0]
    found = asked(tmp_path, [{"asked": "filled", "plan": plan, "values": empty, "lines": texts_of(lines)}])[0]
    assert {one["kind"] for one in found} == {"blank"}
    asks = {f"blank|【{field['label']}】" for field in CONTENTS[plan]["fields"] if field["id"] != "addressee"}
    assert {one["key"] for one in found} == asks


# Planted faults: words put behind a paragraph, or a change of the lines.


def paragraph(lines: list[dict[str, str]], dice: random.Random) -> int:
    """Choose a paragraph of the text, below its title."""
    places = [at for at, line in enumerate(lines) if line["place"] == "text" and line["text"].endswith("。")]
    return dice.choice(places)


@pytest.mark.parametrize("kind", PLANTED)
def test_every_fault_planted_in_every_plan_is_found(
    kind: str, filled_lines: dict[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    dice = random.Random(20261121)  # noqa: S311 - no secret
    planted = [(plan, words, paragraph(lines, dice)) for plan, lines in filled_lines.items() for words in PLANTED[kind]]
    cases = [
        {"asked": "filled", "plan": plan, "values": VALUES, "lines": with_words(filled_lines[plan], at, words)}
        for plan, words, at in planted
    ]
    missed = [
        (plan, words, said(found))
        for (plan, words, at), found in zip(planted, asked(tmp_path, cases), strict=True)
        if not any(one["kind"] == kind and is_in(one, at, filled_lines[plan]) for one in found)
    ]
    assert missed == []
    assert len(planted) == len(PLANS) * len(PLANTED[kind])


def with_words(lines: list[dict[str, str]], at: int, words: str) -> list[str]:
    return [text + words if place == at else text for place, text in enumerate(texts_of(lines))]


def is_in(one: Finding, at: int, lines: list[dict[str, str]]) -> bool:
    """Tell whether something was found in the words put behind a line."""
    return bool(one["line"] == at and one["to"] > len(lines[at]["text"]))


NUMBERING = (
    (r"^（二）", "（三）"),
    (r"^（二）", "（一）"),
    (r"^（二）", "(二)"),
    (r"^（二）", "（二）、"),
    (r"^（二）", "㈡"),
    (r"^二、", "二."),
    (r"^二、", "三、"),
    (r"^二、", "二 "),
    (r"^二、(.{2,8})$", r"二、\1。"),
)


@pytest.mark.parametrize("fault", NUMBERING, ids=lambda fault: f"{fault[0]} {fault[1]}")
def test_a_wrong_number_is_found_in_every_plan(
    fault: tuple[str, str], filled_lines: dict[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    cases = []
    for plan, lines in filled_lines.items():
        texts = texts_of(lines)
        at = next((at for at, text in enumerate(texts) if re.search(fault[0], text)), None)
        if at is not None:
            texts[at] = re.sub(fault[0], fault[1], texts[at])
            cases.append({"asked": "filled", "plan": plan, "values": VALUES, "lines": texts})
    answers = asked(tmp_path, cases)
    assert [case["plan"] for case, found in zip(cases, answers, strict=True) if not has_number(found)] == []
    assert len(cases) >= len(PLANS) - 3


def has_number(found: list[Finding]) -> bool:
    return any(one["kind"] == "number" for one in found)


def test_phases_that_change_places_are_found(tmp_path: Path) -> None:
    turned = "（一）动员部署阶段（5月）\n（二）全面实施阶段（3月—11月）"
    right = "（一）动员部署阶段（5月）\n（二）全面实施阶段（5月6日—11月20日）\n（三）总结阶段（12月）"
    first, second = found_in(tmp_path, [turned, right])
    assert [(one["kind"], one["line"]) for one in first] == [("date", 1)]
    assert second == []


# What is right is left alone.


def test_ordinary_words_are_left_alone(tmp_path: Path) -> None:
    wrong = {text: said(found) for text, found in zip(ORDINARY, found_in(tmp_path, ORDINARY), strict=True) if found}
    assert wrong == {}


def test_our_own_texts_hold_no_leftovers(tmp_path: Path) -> None:
    """All words of the data: 0 false alarms of the kinds that make a draft."""
    lines = [re.sub("【[^】]*】", "甲", text) for text in our_texts()]
    found = asked(tmp_path, [{"asked": "check", "lines": lines, "about": OWN}])[0]["found"]
    told = [(one["found"], lines[one["line"]]) for one in found if one["kind"] in DRAFT]
    assert [one for one in told if not is_meant(*one)] == []
    assert len(lines) > 2000


def our_texts() -> list[str]:
    names = ("units", "themes", "roles", "fields", "glossary", "awards", "observances", "core", "plans")
    shelves = [tuple(getattr(BOOK, name).values()) for name in names]
    return sorted({text for shelf in shelves for _, text in walk(shelf).texts})


def is_meant(found: str, line: str) -> bool:
    """Tell whether words are a leftover in truth: an example, or said to be a blank of the source."""
    examples = {blank.example for plan in BOOK.plans.values() for blank in plan.blanks}
    return line in examples or found in {"某", "____"}


# Names.


@pytest.mark.parametrize(
    ("own", "text", "found"),
    [
        (["宁海县"], "宁波市、浙江省、宁海县", []),
        (["宁波市"], "宁海县、海曙区、浙江省", []),
        (["宁波市"], "杭州市", ["杭州市"]),
        (["浙江省", "宁海县人民医院"], "杭州市", ["杭州市"]),
        (["宁海"], "宁海移动", []),
        (["北京市朝阳区"], "朝阳区和北京市", []),
        (["辽宁省朝阳市"], "北京市朝阳区", ["北京市", "朝阳区"]),
        (["朝阳区"], "北京市、长春市", []),
        (["马鞍山市和县"], "和县、安徽省马鞍山市和县", []),
        (["芜湖市"], "马鞍山市和县", ["马鞍山市", "和县"]),
        (["芜湖市"], "省、市和县", []),
        (["青山县人民医院"], "宁海县", []),
    ],
)
def test_a_place_may_stand_that_is_above_or_below_ones_own(
    own: list[str], text: str, found: list[str], tmp_path: Path
) -> None:
    told = found_in(tmp_path, [text], own=own)[0]
    places = [one["found"] for one in told if one["kind"] == "other"]
    assert places == found
    assert own == ["青山县人民医院"] or [one["found"] for one in told] == found


def test_a_name_of_a_source_is_found_but_not_by_its_own_unit(tmp_path: Path) -> None:
    names = [item.name for item in BOOK.leftovers]
    texts = [f"学习{name}的做法。" for name in names]
    cases = [
        {"asked": "check", "lines": [text], "about": {"own": [f"{name}某地"]}}
        for text, name in zip(texts, names, strict=True)
    ]
    assert [said(found) for found in found_in(tmp_path, texts)] == [[("example", name)] for name in names]
    assert [answer["found"] for answer in asked(tmp_path, cases)] == [[] for _ in names]


def test_another_unit_of_the_same_kind_is_found(tmp_path: Path) -> None:
    text = (
        "阳光幼儿园与我园结对。\n由青州市蓝天幼儿园承办。\n青州市第三幼儿园承办。\n阳光医院义诊。\n由青州市卫生局承办。"
    )
    assert [one["found"] for one in found_in(tmp_path, [text])[0]] == ["阳光幼儿园", "蓝天幼儿园"]


def test_an_example_left_as_the_value_is_found(tmp_path: Path) -> None:
    values = {**VALUES, "fields": {**FIELDS, "unit-name": "市交通运输局", "meeting": "党的十八大"}}
    plan = "transport-three-creations"
    lines = asked(tmp_path, [{"asked": "lines", "plan": plan, "values": values}])[0]
    found = asked(tmp_path, [{"asked": "filled", "plan": plan, "values": values, "lines": texts_of(lines)}])[0]
    assert {one["found"] for one in found if one["kind"] == "example"} == {"市交通运输局", "党的十八大"}


def test_the_place_and_the_year_of_a_text_are_guessed(tmp_path: Path) -> None:
    lines = ["青州市2025年工作方案", "由青州市牵头，参照宁波市2019年的做法"]
    place, year, none, far = asked(
        tmp_path,
        [
            {"asked": "place", "lines": lines},
            {"asked": "year", "lines": lines},
            {"asked": "place", "lines": ["没有地名"]},
            {"asked": "year", "lines": ["工作方案", "", "", "", "2019年"]},
        ],
    )
    assert (place, year, none, far) == ("青州市", 2025, "", 0)


def test_without_the_names_the_rest_is_found(tmp_path: Path) -> None:
    case = {"asked": "check", "lines": ["由____负责，2月30日前完成，宁波市。"], "about": OWN}
    assert [one["kind"] for one in asked(tmp_path, [case], names=False)[0]["found"]] == ["blank", "date"]


# Findings.


def test_a_finding_says_exactly_where(tmp_path: Path) -> None:
    text = "一、甲\n由____负责，宁波市的做法。"
    found = found_in(tmp_path, [text])[0]
    assert len(found) == 2
    for one in found:
        assert text.split("\n")[one["line"]][one["from"] : one["to"]] == one["found"]
        assert one["say"]
        assert one["fix"].endswith("。")
        assert one["draft"]


def test_a_key_stays_while_other_lines_change_and_tells_places_apart(tmp_path: Path) -> None:
    first, later = found_in(tmp_path, ["参照宁波市的做法。", "一、新的一行\n另一句话。\n参照宁波市的做法。"])
    assert [one["key"] for one in first] == [one["key"] for one in later]
    two = found_in(tmp_path, ["参照宁波市的做法。\n由宁波市牵头。"])[0]
    assert len({one["key"] for one in two}) == 2


def test_findings_of_a_line_do_not_overlap(tmp_path: Path) -> None:
    text = "由（ ）、【甲】、____、(单位名称)、《……》，宁海移动宁波市２０１９年2月30日,，"
    found = found_in(tmp_path, [text])[0]
    ends = [(one["from"], one["to"]) for one in found]
    assert ends == sorted(ends)
    assert all(before[1] <= after[0] for before, after in pairwise(ends))


# The draft mark.


def test_the_draft_mark_stays_until_everything_is_gone_or_waived(tmp_path: Path) -> None:
    plan = "hospital-civilised-window"
    without = {key: value for key, value in FIELDS.items() if key not in {"service-promise", "new-measures"}}
    bad = {**VALUES, "fields": {**without, "directive": "《奉化区工作要点》"}}
    reasons = asked(tmp_path, [{"asked": "reasons", "plan": plan, "values": bad}])[0]
    assert reasons == ["没填的空 2 处", "别的地方和单位 1 处", "“今年新举措”没有写"]
    lines = texts_of(asked(tmp_path, [{"asked": "lines", "plan": plan, "values": bad}])[0])
    found = asked(tmp_path, [{"asked": "filled", "plan": plan, "values": bad, "lines": lines}])[0]
    waived = {one["key"]: "已核对" for one in found}
    assert asked(tmp_path, [{"asked": "reasons", "plan": plan, "values": bad, "waived": waived}]) == [
        ["“今年新举措”没有写"]
    ]
    assert asked(tmp_path, [{"asked": "reasons", "plan": plan, "values": VALUES}]) == [[]]


def test_without_the_names_a_plan_stays_a_draft(tmp_path: Path) -> None:
    case = {"asked": "reasons", "plan": PLANS[0], "values": VALUES}
    assert asked(tmp_path, [case], names=False) == [["别处的名称没有核对，名称表没有读到"]]


# Likeness.


@pytest.mark.parametrize("plan", PLANS)
def test_an_unfilled_plan_is_all_example_and_ones_own_words_count_against_it(plan: str, tmp_path: Path) -> None:
    own = {"fields": {**FIELDS, "new-measures": "设立潮汕话服务专窗，每逢圩日延长开放两小时\n请退休教师担任监督员"}}
    empty: dict[str, Any] = {"fields": {}}
    before, after = asked(tmp_path, [{"asked": "similarity", "plan": plan, "values": one} for one in (empty, own)])
    assert before[0]["name"] == "全文"
    assert before[0]["share"] == 1
    assert 0.5 < after[0]["share"] < before[0]["share"]
    assert [part["name"] for part in after[1:]] == [
        block["number"] + block["text"] for block in CONTENTS[plan]["blocks"] if block["is"] == "h1"
    ]
    assert after[-1]["share"] == 0
    assert after[0]["size"] == sum(part["size"] for part in after[1:])


def test_what_the_source_does_not_give_must_be_ones_own(tmp_path: Path) -> None:
    plan = "hospital-civilised-window"
    empty, full = asked(
        tmp_path, [{"asked": "own", "plan": plan, "values": one} for one in ({"fields": {}}, {"fields": FIELDS})]
    )
    assert {"new-measures", "service-promise", "survey-sample"} <= set(empty)
    assert full == []


# Speed.


def test_two_hundred_thousand_characters_are_checked_in_a_second(tmp_path: Path) -> None:
    lines = ("\n".join(our_texts()) * 9)[:LARGE].split("\n")
    assert sum(map(len, lines)) + len(lines) > LARGE
    answer = asked(tmp_path, [{"asked": "check", "lines": lines, "about": OWN}])[0]
    assert answer["milliseconds"] < 1000


LARGE = 200_000


def test_no_text_keeps_the_check_busy(tmp_path: Path) -> None:
    busy = [*"（《、1【）“*…中", "一、", "2020年", "____", "某 ", "5月—", "北京市", "附件 "]
    cases = [{"asked": "check", "lines": [words * (LARGE // len(words))], "about": OWN} for words in busy]
    times = {words: answer["milliseconds"] for words, answer in zip(busy, asked(tmp_path, cases), strict=True)}
    assert {words: time for words, time in times.items() if time > 1000} == {}


# The data.


def test_the_names_hold_every_province_and_its_counties_once() -> None:
    provinces = BOOK.places
    cities = [city for province in provinces for city in province.cities]
    counties = [name for province in provinces for name in names_of(province)]
    assert len(provinces) == 34
    assert len(cities) == 333
    assert 2800 < len(counties) < 2850
    assert max(Counter(counties).values()) < 10


def names_of(province: Province) -> list[str]:
    lists = [province.counties, *(city.counties for city in province.cities)]
    return [name for text in lists if text for name in text.split("、")]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("宁海县", "宁海"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("新疆维吾尔自治区", "新疆"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("和县", "和县"),
        ("浦东新区", "浦东"),
        ("沙市区", "沙市"),
        ("香港特别行政区", "香港"),
        ("顺河回族区", "顺河"),
        ("和田地区", "和田"),
    ],
)
def test_a_short_name_leaves_out_what_the_place_is(name: str, short: str) -> None:
    assert short_name(name) == short


def test_no_name_stands_plainly_in_the_data_for_the_browser() -> None:
    text = script(DATA).decode()
    assert [item.name for item in BOOK.leftovers if item.name in text] == []
    assert {name_hash(item.name) for item in BOOK.leftovers} == set(DATA["names"])
    assert shifted(shifted(DATA["places"])) == DATA["places"]
    assert len(gzip.compress(script(DATA), 9)) < 18_000
