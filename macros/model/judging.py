"""How the work of a plan is watched and judged, and what follows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from macros.model.base import Many, Model, Origin, Slug, Sourced
from macros.model.text import Text, Title


class Channel(Sourced):
    """A way for the public to watch and complain."""

    model_config = ConfigDict(title="监督渠道")

    id: Slug
    """永久编号，方案内不重复。"""
    kind: Literal[
        "上墙公示", "公开承诺", "投诉信箱", "监督电话", "举报平台", "投诉举报机制", "挂牌服务", "检查巡视", "问卷调查"
    ]
    """哪一种。"""
    text: Text
    """公开什么、收什么、怎么办。"""
    place: Text | None = None
    """设在哪里。"""
    value: Text | None = None
    """号码、网址等，一律写成空。"""


class Methods(Model):
    """How an item is judged."""

    model_config = ConfigDict(title="考核办法")

    ways: Annotated[Many[Literal["看现场", "查资料", "问卷", "明察暗访", "行风评议", "考试"]], Field(min_length=1)]
    """用哪些办法。"""
    origin: Origin = "source"
    """原文写明的写 `source`（可省略），编者建议的写 `editor`。"""


class Assessment(Sourced):
    """One item by which the work is judged; its points are left blank, as no source gives any."""

    model_config = ConfigDict(title="考核项")

    id: Slug
    """永久编号，方案内不重复。"""
    item: Title
    """考核项目。"""
    content: Text
    """考核内容。"""
    methods: Methods
    """怎样考核。"""
    feeds: Text | None = None
    """结果用在哪里，例如“作为评选依据”。"""


class Reward(Sourced):
    """What follows from good or bad results."""

    model_config = ConfigDict(title="奖惩")

    kind: Literal["表彰奖励", "警示惩戒"]
    """奖还是惩。"""
    trigger: Text
    """什么情况。"""
    measure: Text
    """怎么办；金额、名额一律写成空或不写。"""
