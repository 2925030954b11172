"""Checking data against a model: each fault at its place, in words an editor can act on."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError, core_schema

import macros.model
from macros.check import KNOWN_TYPES, check
from macros.model import base
from macros.source import DataError, Place, Problem, read

TOY_ERROR = "toy_odd"


def _even(value: int) -> int:
    if value % 2:
        raise PydanticCustomError(TOY_ERROR, "{value} 是单数，请写双数", {"value": value})
    return value


def _never(value: str) -> str:
    message = "这个词不能用" if value == "坏" else "bad"
    if value in {"坏", "bad"}:
        raise ValueError(message)
    return value


class Toy(BaseModel):
    """Be as strict as the real models."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


class Month(Toy):
    """Be one branch."""

    kind: Literal["month"]
    month: int


class Day(Toy):
    """Be another branch."""

    kind: Literal["day"]
    day: str


class Colour(StrEnum):
    """Be a choice."""

    RED = "红"
    BLUE = "蓝"


class Part(Toy):
    """Be an object in a list."""

    model_config = ConfigDict(title="部分")

    id: Annotated[str, StringConstraints(pattern="^[a-z]+$"), Field(json_schema_extra={"form": "小写字母"})]
    """永久编号。"""
    required: bool = True
    """是否必做；默认是。"""


class Whole(Toy):
    """Hold one of every kind of thing."""

    model_config = ConfigDict(title="整体")

    name: Annotated[str, AfterValidator(_never), Field(max_length=5)]
    """名称，一句话。"""
    parts: Annotated[tuple[Part, ...], Strict(False), Field(min_length=1)]  # noqa: FBT003
    """各部分。"""
    even: Annotated[int, AfterValidator(_even), Field(ge=0, lt=100)] = 0
    when: Annotated[Month | Day, Field(discriminator="kind")] | None = None
    either: str | Part | None = None
    notes: dict[str, str] = {}
    code: Annotated[str, StringConstraints(pattern=r"^\d{3}$")] = "000"
    """三位数字。"""


GOOD = "name: 甲\nparts:\n  - id: a\n    required: true\n  - id: b\n"


def problems_of(text: str, model: type[BaseModel] = Whole) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        check(read(text.encode(), "x.yaml"), model)
    return list(caught.value.problems)


def problem_of(text: str) -> Problem:
    (problem,) = problems_of(text)
    return problem


def test_what_fits_becomes_the_model() -> None:
    whole = check(read(GOOD.encode(), "x.yaml"), Whole)
    assert [part.id for part in whole.parts] == ["a", "b"]


def test_a_misspelt_key_is_told_once_with_the_right_one() -> None:
    problem = problem_of(GOOD.replace("required", "requird"))
    assert problem.message == "没有“requird”这个项（位置 parts.0.requird；是不是想写“required”）"
    assert problem.place == Place(4, 5)


def test_a_misspelt_required_key_is_not_told_as_missing_too() -> None:
    assert problem_of(GOOD.replace("name:", "nmae:")).place == Place(1, 1)


def test_an_unknown_key_lists_the_known_ones() -> None:
    assert "这里可以写：id、required" in problem_of(GOOD.replace("required: true", "qqq: 乙")).message


def test_a_key_of_an_outer_level_is_told_as_wrongly_indented() -> None:
    assert "外面一层" in problem_of(GOOD.replace("required: true", "name: 乙")).message


def test_a_missing_key_names_the_key_and_the_object() -> None:
    problem = problem_of("parts:\n  - id: a\n")
    assert problem.message == "整体缺少“name”（名称，一句话）；请补上“name: ”这一项"
    assert problem.place == Place(1, 1)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("name: 甲", "name: [甲]", (1, 7), "要写一段文字，却写成了列表"),
        ("name: 甲", "name: 12", (1, 7), "请加引号：'12'"),
        ("name: 甲", "name: true", (1, 7), "请加引号：'true'"),
        ("name: 甲", "name: {甲: 乙}", (1, 7), "半角冒号"),
        ("name: 甲", "name: 甲乙丙丁戊己", (1, 7), "写了 6 个字，最多 5 个字"),
        ("name: 甲", "name: 坏", (1, 7), "这个词不能用"),
        ("name: 甲", "name: bad", (1, 7), "不合要求"),
        ("name: 甲", "name: 甲\neven: 3", (2, 7), "3 是单数，请写双数"),
        ("name: 甲", "name: 甲\neven: -2", (2, 7), "不小于 0"),
        ("name: 甲", "name: 甲\neven: 100", (2, 7), "小于 100"),
        ("name: 甲", 'name: 甲\neven: "2"', (2, 7), "请去掉引号"),
        ("name: 甲", "name: 甲\neven: 二", (2, 7), "阿拉伯数字"),
        ("name: 甲", "name: 甲\ncode: abc", (2, 7), "要写：三位数字"),
        ("name: 甲", "name: 甲\nnotes: {a: 1}", (2, 12), "请加引号：'1'"),
        ("name: 甲", "name: 甲\nnotes: 乙", (2, 8), "一组“键: 值”"),
        ("id: a", "id: A1", (3, 9), "要写：小写字母"),
        ("id: a", "id: ＡＢ", (3, 9), "是不是想写“ab”"),
        ("required: true", 'required: "true"', (4, 15), "true 或 false"),
        ("name: 甲", "name: 甲\nwhen: {kind: month, month: x}", (2, 28), "要写整数"),
        ("name: 甲", "name: 甲\nwhen: {kind: month, day: x, month: 1}", (2, 21), "没有“day”"),
        ("name: 甲", "name: 甲\nwhen: {kind: mont, month: 1}", (2, 7), "是不是想写“month”"),
        ("name: 甲", "name: 甲\nwhen: {month: 1}", (2, 7), "缺少“kind”"),
        ("name: 甲", "name: 甲\neither: 5", (2, 9), "一段文字或者一组“键: 值”"),
        ("name: 甲", "name: 甲\neither: {id: A}", (2, 14), "小写字母"),
    ],
)
def test_a_fault_is_told_at_its_place(old: str, new: str, place: tuple[int, int], words: str) -> None:
    problem = problem_of(GOOD.replace(old, new, 1))
    assert (problem.place.line, problem.place.column) == place
    assert words in problem.message


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((base.Day, value) for value in ("2026-99-99", "2026-02-29", "２０２６-01-01", "2026-1-1")),
        (base.MonthDay, "０３-０５"),
        (base.SourceId, "００４"),
    ],
)
def test_a_day_or_a_number_that_is_none_is_refused(kind: object, value: str) -> None:
    """Full-width digits are what Chinese input methods give, and what no other program reads."""
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_an_empty_list_is_told() -> None:
    assert "至少要写 1 项" in problem_of("name: 甲\nparts: []\n").message


def test_a_choice_lists_what_is_allowed_and_the_nearest() -> None:
    class Painted(Toy):
        colour: Annotated[Colour, Strict(False)]  # noqa: FBT003

    (problem,) = problems_of("colour: 红色\n", Painted)
    assert problem.message == "这里不能写“红色”；是不是想写“红”？可以写：红、蓝"


def test_a_branch_called_like_a_key_leads_to_the_right_place() -> None:
    (problem,) = problems_of(GOOD + "when: {kind: month, month: x}\n")
    assert problem.place == Place(6, 28)


def test_an_error_type_without_a_sentence_is_named_and_kills_nothing() -> None:
    class Odd(Toy):
        address: Annotated[str, Field(strict=False)] = ""
        many: Annotated[int, Field(multiple_of=7)]

    (problem,) = problems_of("many: 8\n", Odd)
    assert "multiple_of" in problem.message


def test_every_problem_is_told_at_once_in_reading_order() -> None:
    text = "name: 12\nparts:\n  - id: A\n    requird: true\n  - {}\neven: 3\n"
    assert [problem.place.line for problem in problems_of(text)] == [1, 3, 4, 5, 6]


# What each part of a pydantic schema can say; a part that is not here fails the test below.
CAN_SAY: dict[str, set[str]] = {
    "model": {"model_type"},
    "model-fields": {"model_type", "missing", "extra_forbidden"},
    "str": {"string_type"},
    "int": {"int_type"},
    "bool": {"bool_type"},
    "tuple": {"tuple_type"},
    "literal": {"literal_error"},
    "default": set(),
    "nullable": set(),
    "function-after": set(),
    "no-info": set(),
    "function-before": set(),
    "definitions": set(),
    "definition-ref": set(),
    "model-field": set(),
}
LIMITS = {
    "pattern": {"string_pattern_mismatch"},
    "min_length": {"string_too_short", "too_short"},
    "max_length": {"string_too_long", "too_long"},
    "ge": {"greater_than_equal"},
    "le": {"less_than_equal"},
    "gt": {"greater_than"},
    "lt": {"less_than"},
}


def parts_of(schema: object) -> Iterator[dict[str, Any]]:
    """Walk through a core schema; models that refer to themselves are walked once."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for name, inner in schema.items():
            if name not in {"metadata", "serialization", "cls", "config"}:
                yield from parts_of(inner)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            yield from parts_of(inner)


REAL_MODELS = [macros.model.Plan, *macros.model.VOCABULARIES.values()]


@pytest.mark.parametrize("model", REAL_MODELS, ids=lambda model: model.__name__)
def test_everything_our_models_can_say_has_a_sentence(model: type[BaseModel]) -> None:
    parts = list(parts_of(model.__pydantic_core_schema__))
    assert parts
    assert {part["type"] for part in parts} - CAN_SAY.keys() == set()
    said = {kind for part in parts for kind in CAN_SAY[part["type"]]}
    said |= {kind for part in parts for limit in LIMITS.keys() & part.keys() for kind in LIMITS[limit]}
    assert said - KNOWN_TYPES == set()


def test_the_error_types_named_here_are_pydantics_own() -> None:
    known = set(get_args(core_schema.ErrorType))
    assert KNOWN_TYPES - known == set()
