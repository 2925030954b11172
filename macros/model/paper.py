"""The official text of a plan: its basis, its sections, their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import PydanticCustomError

from macros.model.base import Many, Slug, Sourced
from macros.model.text import Line, Text, Title

SectionKind = Literal[
    "背景与依据",
    "指导思想",
    "目标",
    "主题口号",
    "组织领导",
    "方法步骤",
    "措施",
    "具体要求",
    "评选奖项",
    "考核评估",
    "奖惩总结",
    "公开监督",
    "培训学习",
    "责任分工",
    "备注",
]


Show = Literal["basis", "goals", "organisation", "phases", "channels", "awards", "assessment", "rewards"]


class Basis(Sourced):
    """A document or requirement the plan rests on."""

    model_config = ConfigDict(title="依据")

    title: Text
    """文件名称或要求，照原文；原文没有写全的用空。"""
    issuer: Text | None = None
    """发文单位；真实单位写成空。"""
    note: Line | None = None
    """说明，例如“原文只提到名称”。"""


class Block(Sourced):
    """One block of a section: a paragraph, a list, or a part of the plan shown in place."""

    model_config = ConfigDict(title="段落")

    text: Text | None = None
    """一段话。只有一段话时可以直接写文字，不写 `text:`。"""
    items: Many[Text] = ()
    """几条并列的话，逐条编号。"""
    show: Show | None = None
    """在这里列出方案的哪一部分，例如 `goals` 列出目标。"""

    _SHAPES: ClassVar[tuple[str, ...]] = ("text", "items", "show")

    @model_validator(mode="before")
    @classmethod
    def _words_are_a_paragraph(cls, value: Any) -> Any:  # noqa: ANN401
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_shape(self) -> Block:
        if sum(bool(getattr(self, name)) for name in self._SHAPES) != 1:
            raise PydanticCustomError("block_shape", "一段里 text、items、show 三项要写一项，也只能写一项")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:  # noqa: ANN401
        """Say that a text may stand for an object."""
        return {"anyOf": [{"type": "string"}, handler(core)]}


class Subsection(Sourced):
    """A part of a section with its own heading."""

    model_config = ConfigDict(title="小节")

    id: Slug
    """永久编号，方案内不重复；是页面上的锚点。"""
    heading: Title
    """标题，不带序号；序号按公文层次自动编。"""
    kind: SectionKind | None = None
    """是哪一种章节，用来跨方案对照；小节可以不写。"""
    body: Many[Block] = ()
    """各段内容，从上到下。"""
    sections: Many[Subsection] = ()
    """下一层小节；从“一、”起最多三层。"""

    def with_below(self) -> Iterator[Subsection]:
        """Give the section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.with_below()


class Section(Subsection):
    """A part of the plan's official text at the level of 一、."""

    model_config = ConfigDict(title="章节")

    kind: SectionKind
    """是哪一种章节，用来跨方案对照。"""
