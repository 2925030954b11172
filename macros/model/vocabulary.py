"""The shared vocabularies: one class for one kind of entry, one file for each in `data/`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from macros.model.base import Citation, Many, Model, MonthDay, Slug, Sourced, SourceId, State
from macros.model.text import Line, Text, Title

Nature = Literal["意见", "方案", "计划", "活动方案", "工作汇报"]
"""What kind of official paper a text is."""


class Unit(Model):
    """A kind of unit that writes plans."""

    model_config = ConfigDict(title="单位类型")

    id: Slug
    """永久编号，出现在网址里。"""
    name: Title
    """名称，例如“交通运输局”。"""
    summary: Line
    """一句话：哪些单位选它。"""


class Theme(Model):
    """A subject that tasks of many plans share; a filter on every checklist."""

    model_config = ConfigDict(title="主题")

    id: Slug
    """永久编号，出现在网址里。"""
    name: Title
    """名称，例如“投诉监督”。"""
    summary: Line
    """一句话：哪些任务归在这里。"""
    frequent: bool = True
    """是否常见主题；不常见的在筛选里排在后面。"""


class Role(Model):
    """Someone who has duties in a plan: a post or a body, never a person."""

    model_config = ConfigDict(title="角色")

    id: Slug
    """永久编号。"""
    name: Title
    """名称，例如“窗口负责人”；不能是人名。"""
    level: Literal["上级", "主管单位", "领导小组", "科室", "窗口", "一线", "群众"]
    """处在哪一级，从上到下排列。"""
    duty: Line
    """一句话职责。"""


ALL_YEAR = "all-year"
"""The group of tasks that belong to no phase; `plan-content.js` has it too."""

NEW_MEASURES = "new-measures"
"""The id of the field in which a unit says what is new this year; every plan ends with it."""

PAPER_FIELDS = ("unit-name", "year", "issue-date", "addressee", NEW_MEASURES)
"""The fields that every plan's official file asks for, whether the plan's text does or not."""

FieldType = Literal["text", "lines", "year", "month", "date", "number", "choice"]


class FormField(Model):
    """A blank: something a unit fills in once and sees everywhere."""

    model_config = ConfigDict(title="空")

    id: Slug
    """永久编号；保存的填写内容挂在它上面。"""
    label: Annotated[Title, Field(max_length=20)]
    """名称，正文里写作【名称】；全站不重复。"""
    group: Literal["单位", "年度", "依据", "组织", "日期", "指标", "联系", "本单位实际"]
    """填写时归在哪一组。"""
    type: FieldType
    """填什么：`text` 一行字、`lines` 多行、`year` 年、`month` 月、`date` 日期、`number` 数、`choice` 选一个。"""
    hint: Line
    """怎么填：一句话，写给填表的人看。"""
    suffix: Line | None = None
    """数后面的单位，例如“分钟”；只用于 `number`。"""
    choices: Many[Line] = ()
    """可选的几项；只用于 `choice`。"""


class Term(Sourced):
    """A named list, slogan, campaign or term that readers meet in the plans."""

    model_config = ConfigDict(title="术语")

    id: Slug
    """永久编号，出现在网址里。"""
    name: Title
    """名称，照原文写，例如“四个公开”。"""
    kind: Literal["成组事项", "口号", "精神", "活动", "术语"]
    """是哪一类。"""
    text: Text | None = None
    """解释：只写原文说了的；编者的解释要写 `origin: editor`。"""
    members: Many[Line] = ()
    """成组事项的每一项，照原文，一项不少。"""
    aliases: Many[Line] = ()
    """别的叫法，搜索和标注时一并认得。"""
    parent: Slug | None = None
    """属于哪个术语（例如活动属于哪个总活动）。"""
    open: Line | None = None
    """原文提到却没有说清的地方，例如“原文没有列出是哪八步”。"""
    also: Many[Citation] = ()
    """还出现在哪里：`source` 以外的出处。"""


class Award(Sourced):
    """An award that a source offers."""

    model_config = ConfigDict(title="奖项")

    id: Slug
    """永久编号。"""
    name: Title
    """名称，照原文写。"""
    theme: Line | None = None
    """评选主题（口号）。"""
    candidates: Line
    """谁可以参评。"""
    scope: Literal["集体", "个人", "集体和个人", "原文未写明"]
    """奖给集体还是个人。"""
    criteria: Many[Line] = ()
    """评选条件，只写原文给出的。"""
    campaign: Slug | None = None
    """属于哪个活动：术语的 id。"""
    open: Line | None = None
    """原文没有给出的（名额、时间、程序、条件）。"""


class Observance(Sourced):
    """A day of the year that plans build on."""

    model_config = ConfigDict(title="节日纪念日")

    id: Slug
    """永久编号。"""
    name: Title
    """名称，例如“学雷锋日”。"""
    date: MonthDay
    """每年的哪一天，“月-日”。"""


class SourceText(Model):
    """One of the texts the plans were made from."""

    model_config = ConfigDict(title="来源")

    id: SourceId
    """来源编号：原始文件名开头的数字。"""
    title: Title
    """原文自带的标题。"""
    nature: Nature
    """实际上是哪一种公文。"""
    claimed_year: Line | None = None
    """标题或页面上写的年份。"""
    year_note: Line
    """年份为什么不可信，或正文里的依据。"""
    state: State
    """`whole` 完整，`partial` 被截断。"""
    stops_at: Line | None = None
    """截断的，停在哪里。"""
    plan: Slug | None = None
    """成为哪个方案；尚未整理的不写。"""
    notes: Many[Line] = ()
    """其他要让读者知道的：改正的错字、与别的来源的关系。"""


class Synonym(Model):
    """What readers call something that the site calls otherwise; search follows it when it finds too little."""

    model_config = ConfigDict(title="别的说法")

    id: Slug
    """永久编号。"""
    said: Annotated[Many[Line], Field(min_length=1)]
    """读者会怎样说：简称、俗称、旧称，例如“创文”。"""
    means: Annotated[Many[Line], Field(min_length=1)]
    """网站上怎样写，例如“创建文明城市”；搜不到读者的说法时，改找这些。"""


class Leftover(Model):
    """A real name found in a source: never shown, only looked for in finished plans."""

    model_config = ConfigDict(title="残留名称")

    name: Line
    """来源里出现的真实地名、单位名或企业名。"""
    kind: Literal["地名", "单位", "企业", "活动"]
    """是哪一类名称。"""
    source: SourceId
    """出现在哪个来源。"""
