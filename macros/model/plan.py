"""What a plan is. The docstring under each key is the editor's help."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from macros.model.base import Citation, Day, Many, Model, Slug, SourceId, State
from macros.model.judging import Assessment, Channel, Reward
from macros.model.paper import Basis, Section
from macros.model.text import Line, Text, Title
from macros.model.vocabulary import Nature
from macros.model.work import Goal, Member, Phase, Task


class PlanBlank(Model):
    """A blank that the plan uses, and why it is one."""

    model_config = ConfigDict(title="本方案用到的空")

    field: Slug
    """空的 id，在 `data/fields.yaml` 里。"""
    reason: Literal["原文留空", "原文被删", "原文未给", "替换原名", "编者增设"]
    """为什么是空：原文就空着；原文的字被删了；原文提到或要写却没有给出；原文写的是真实名称或旧年份；编者加的。"""
    example: Line | None = None
    """原文别处或填好的样本里的值，只作示例。"""
    source: Citation | None = None
    """示例值的出处；有 `example` 时必填。"""


class Missing(Model):
    """Something the source promises or names but does not give."""

    model_config = ConfigDict(title="原文没有的")

    what: Line
    """缺什么。"""
    source: Citation
    """在哪里提到。"""


class Plan(Model):
    """One plan: a page, a checklist, an entry of the API."""

    model_config = ConfigDict(title="方案")

    id: Slug
    """永久编号，和文件名相同，出现在网址里。"""
    title: Title
    """本站的标题，全站不重复，不带年份和真实单位名。"""
    paper_title: Text | None = None
    """公文标题，带空，例如“【单位全称】【年份】年创建方案”；不写就用 `title`。"""
    unit: Slug
    """单位类型的 id。"""
    nature: Nature
    """公文种类。"""
    summary: Annotated[Line, Field(max_length=120)]
    """一两句话：给谁用、有什么，不超过 120 字。"""
    updated: Day
    """内容最后一次修改的日期，加引号。"""
    sources: Annotated[Many[SourceId], Field(min_length=1)]
    """由哪些来源整理而成。"""
    state: State
    """`whole` 原文完整，`partial` 原文被截断。"""
    stops_at: Line | None = None
    """被截断的，停在哪里；页面上写“原文到此为止”。"""
    caution: Line | None = None
    """给读者的提醒，显示在页首。"""
    reference_only: bool = False
    """仅供对照：原文有误或不合用，写 `true`；页面和列表都会标明，排在最后。"""
    adapted: Many[Line] = ()
    """整理时改了什么、舍了什么、为什么。"""
    missing: Many[Missing] = ()
    """原文提到却没有给出的，一条一项。"""
    terms: Many[Slug] = ()
    """文中用到的术语 id。"""
    basis: Many[Basis] = ()
    """依据的文件和要求。"""
    blanks: Many[PlanBlank] = ()
    """用到的空；正文里出现的都要在这里，这里有的正文里都要用到。"""
    sections: Annotated[Many[Section], Field(min_length=1)]
    """正文，按公文顺序。"""
    goals: Many[Goal] = ()
    """目标。"""
    organisation: Many[Member] = ()
    """组织与分工，按角色。"""
    phases: Many[Phase] = ()
    """阶段，按时间先后。"""
    tasks: Annotated[Many[Task], Field(min_length=1)]
    """任务，组成检查清单。"""
    channels: Many[Channel] = ()
    """监督渠道。"""
    awards: Many[Slug] = ()
    """设有哪些奖：奖项 id。"""
    assessment: Many[Assessment] = ()
    """考核项。"""
    rewards: Many[Reward] = ()
    """奖惩。"""
    new_measures: Line
    """今年新举措：问起草人的一句话。这一节由单位自己写，不能照抄。"""
