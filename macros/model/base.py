"""What every object of the data has in common."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

from macros.model.text import Line

T = TypeVar("T")

Many = Annotated[tuple[T, ...], Strict(False)]  # noqa: FBT003
"""A YAML list, kept as a tuple. Why not strict: strict pydantic takes no list for a tuple."""

Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60),
    Field(json_schema_extra={"form": "小写英文字母开头，只用小写字母、数字和单个连字符，例如 kickoff-meeting"}),
]
"""A permanent id: links, ticks and saved files hang on it, so it never changes."""

SourceId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{3}(-[0-9]{2})?$"),
    Field(json_schema_extra={"form": '来源编号，例如 "000" 或 004-11'}),
]
"""The number that begins the name of a source text."""

Origin = Literal["source", "editor"]
"""Who says it: the source, or the editors of this site."""

State = Literal["whole", "partial"]
"""Whether a source text is whole or was cut off."""

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _check_month_day(value: str) -> str:
    month, day = int(value[:2]), int(value[3:])
    if not 1 <= month <= len(_DAYS) or not 1 <= day <= _DAYS[month - 1]:
        raise PydanticCustomError("month_day", "没有“{value}”这一天，请写成“月-日”，例如 03-05", {"value": value})
    return value


MonthDay = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_check_month_day),
    Field(json_schema_extra={"form": "“月-日”，两位数字，例如 03-05"}),
]
"""A day of any year, `MM-DD`."""


def _check_day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "没有“{value}”这一天，请照日历写", {"value": value}) from None
    return value


Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_check_day),
    Field(json_schema_extra={"form": '加引号的日期，例如 "2026-11-21"'}),
]
"""A day, `YYYY-MM-DD`."""


class Model(BaseModel):
    """Refuse unknown keys, guess no types, never change once read."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        use_attribute_docstrings=True,
    )


class Citation(Model):
    """Where in the source texts something stands."""

    model_config = ConfigDict(title="出处")

    id: SourceId
    """来源编号，即 `data/sources.yaml` 里的 id。"""
    heading: Line
    """所在的标题，照原文写；原文没有标题的，写明是第几段。"""


class Sourced(Model):
    """Something that says where it comes from."""

    origin: Origin = "source"
    """谁说的：`source` 原文有，`editor` 编者补充（页面上标“编者建议”）。"""
    source: Citation | None = None
    """出处：来源编号和标题。`origin` 是 `source` 时必填。"""
