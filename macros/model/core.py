"""What every unit that serves at windows does, whatever its kind: the editors' reading of all the plans."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from macros.model.base import Many, Model, Slug
from macros.model.text import Line, Title

TaskRef = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$"),
    Field(json_schema_extra={"form": "方案 id/任务 id，例如 hospital-civilised-window/disclose-fees"}),
]
"""A task of a plan, named from outside the plan."""


class CoreItem(Model):
    """Something that recurs in the plans of several kinds of unit."""

    model_config = ConfigDict(title="共同要做的事")

    id: Slug
    """永久编号，出现在网址里。"""
    name: Title
    """名称，例如“公开服务事项、程序、时限和收费”。"""
    group: Literal["组织发动", "窗口服务", "队伍和环境", "监督考评", "总结提高"]
    """归在哪一组，按一年里的先后排列。"""
    summary: Line
    """一句话：各方案里都做的是什么。"""
    text: Line
    """通用的任务：没有对应方案的单位可以照着做的一个动作。"""
    owner: Slug
    """一般由谁牵头：角色的 id。"""
    when: Line
    """一般什么时候做，一句话。"""
    keep: Annotated[Many[Line], Field(min_length=1)]
    """一般留下什么记录，一项一条。"""
    tasks: Annotated[Many[TaskRef], Field(min_length=2)]
    """各方案里的例子，写作“方案 id/任务 id”；原文写了这件事的方案至少两份。"""
    origin: Literal["editor"] = "editor"
    """谁说的：归纳都是编者做的，固定是 `editor`，不用写。"""
