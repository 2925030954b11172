"""The work of a plan: goals, who does what, when, and what proves it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from macros.model.base import Many, Model, MonthDay, Origin, Slug, Sourced
from macros.model.paper import Block
from macros.model.text import Line, Text, Title

Every = Literal["每天", "每班", "每周", "每月", "每季度", "每半年", "每年", "定期", "不定期", "适时", "常年", "一次"]


Weekday = Literal["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]


class Threshold(Model):
    """A limit by which a goal or task is judged."""

    model_config = ConfigDict(title="指标")

    metric: Text
    """量的是什么，例如“行风评议满意率”。"""
    operator: Literal["达到", "不低于", "不超过", "为零"]
    """怎样算合格。"""
    value: Text | None = None
    """数值或等次；原文没有的写成空。`operator` 是“为零”时不写。"""
    scope: Text | None = None
    """适用范围。"""
    origin: Origin = "source"
    """原文写明的写 `source`（可省略），编者定的写 `editor`。"""


class Goal(Sourced):
    """What the plan wants to reach."""

    model_config = ConfigDict(title="目标")

    id: Slug
    """永久编号，方案内不重复。"""
    dimension: Title
    """哪一方面，例如“行业风气好”。"""
    text: Text
    """要达到什么。"""
    thresholds: Many[Threshold] = ()
    """指标；原文没有数的不写。"""
    horizon: Line | None = None
    """期限，例如“三年”；不写就是本年度。"""


class Member(Sourced):
    """A role in the plan's organisation."""

    model_config = ConfigDict(title="组织分工")

    role: Slug
    """角色 id。"""
    holder: Text | None = None
    """由谁担任：写空或岗位，不写人名。"""
    duty: Text
    """做什么。"""


class Moment(Model):
    """A point of the year that can be dated anew for another year."""

    model_config = ConfigDict(title="时点")

    month: Annotated[int, Field(ge=1, le=12)] | None = None
    """月份：作开始是当月第一天，作结束是当月最后一天。"""
    date: MonthDay | None = None
    """固定的一天，“月-日”。"""
    weekday: Weekday | None = None
    """和 `date` 合用：取离这一天最近的星期几，换一年会随之移动。"""
    field: Slug | None = None
    """由填写的空决定：`month` 或 `date` 类型的空的 id。"""
    after: Slug | None = None
    """和 `days` 合用：某阶段开始之后。"""
    days: Annotated[int, Field(ge=0, le=366)] | None = None
    """过多少天。"""

    @model_validator(mode="after")
    def _one_form(self) -> Moment:
        forms = [self.month is not None, self.date is not None, self.field is not None, self.after is not None]
        if sum(forms) != 1:
            raise PydanticCustomError("moment_form", "时点要写 month、date、field、after 中的一项，也只能写一项")
        if (self.after is None) != (self.days is None):
            raise PydanticCustomError("moment_days", "after 和 days 要一起写")
        if self.weekday is not None and self.date is None:
            raise PydanticCustomError("moment_weekday", "weekday 要和 date 一起写")
        return self


class Phase(Sourced):
    """A stretch of the year."""

    model_config = ConfigDict(title="阶段")

    id: Slug
    """永久编号，方案内不重复。"""
    name: Title
    """名称，例如“动员部署阶段”。"""
    start: Moment | None = None
    """从什么时候起；原文没给的不写。"""
    end: Moment | None = None
    """到什么时候止；和 `lasts` 只写一个。"""
    lasts: Annotated[int, Field(ge=1, le=366)] | None = None
    """共多少天（含首尾），代替 `end`。"""
    body: Many[Block] = ()
    """这一阶段做什么，逐段写。"""

    @property
    def moves(self) -> bool:
        """Tell whether its days depend on what is filled in, or on the weekdays of the year."""
        return any(moment is not None and bool(moment.field or moment.weekday) for moment in (self.start, self.end))

    @model_validator(mode="after")
    def _an_end_needs_a_start(self) -> Phase:
        if self.end and self.lasts:
            raise PydanticCustomError("phase_end", "end 和 lasts 只能写一个")
        if (self.end or self.lasts) and not self.start:
            raise PydanticCustomError("phase_start", "写了结束就要写开始 start")
        return self


class Owner(Model):
    """Who does a task."""

    model_config = ConfigDict(title="责任")

    role: Slug
    """牵头的角色 id。"""
    support: Many[Slug] = ()
    """配合的角色 id。"""
    origin: Origin = "source"
    """牵头角色由谁定：原文写明的写 `source`（可省略），编者定的写 `editor`。"""
    support_origin: Origin | None = None
    """配合角色由谁定；和 `origin` 一样就不写。"""

    @property
    def roles(self) -> tuple[Slug, ...]:
        """Give everyone who leads or helps, each once."""
        return tuple(dict.fromkeys((self.role, *self.support)))


class When(Model):
    """When or how often a task is done."""

    model_config = ConfigDict(title="时间")

    phase: Slug | None = None
    """在哪个阶段做：阶段的 id。"""
    every: Every | None = None
    """多久一次。"""
    date: MonthDay | None = None
    """固定的一天，“月-日”。"""
    by: Text | None = None
    """期限或时机，一句话，例如“阶段结束前”。"""
    origin: Origin = "source"
    """由谁定：原文写明的写 `source`（可省略），编者定的写 `editor`。"""
    phase_origin: Origin | None = None
    """阶段由谁定；和 `origin` 一样就不写。"""

    @model_validator(mode="after")
    def _something(self) -> When:
        if not (self.phase or self.every or self.date or self.by):
            raise PydanticCustomError("when_empty", "when 里 phase、every、date、by 至少写一项")
        return self


class Record(Model):
    """What proves that a task was done."""

    model_config = ConfigDict(title="记录")

    keep: Many[Line]
    """要留下的材料，一项一条，例如“签到表”。"""
    origin: Origin = "source"
    """原文写明的写 `source`（可省略），编者建议的写 `editor`。"""


class Task(Sourced):
    """Something one role can do and tick off."""

    model_config = ConfigDict(title="任务")

    id: Slug
    """永久编号，方案内不重复；读者的勾选挂在它上面，改文字不改它。"""
    text: Text
    """一个动作，能判断做了没有。"""
    section: Slug
    """属于哪个章节或小节：它的 id。"""
    owner: Owner
    """谁负责。"""
    when: When
    """什么时候或多久一次。"""
    record: Record
    """留下什么记录。"""
    themes: Annotated[Many[Slug], Field(min_length=1)]
    """主题 id，至少一个。"""
    threshold: Threshold | None = None
    """指标，例如等候不超过几分钟。"""
    note: Text | None = None
    """做的时候要注意什么。"""
