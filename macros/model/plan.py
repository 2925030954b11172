"""What a plan is. The docstring under each key is the editor's help."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from macros.model.base import Citation, Many, Model, MonthDay, Origin, Slug, SourceId, Sourced, State
from macros.model.text import Line, Text, Title
from macros.model.vocabulary import Nature

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

Every = Literal[
    "每天", "每班", "每周", "每月", "每季度", "每半年", "每年", "定期", "不定期", "适时", "常年", "一次"
]

Show = Literal["basis", "goals", "organisation", "phases", "channels", "awards", "assessment", "rewards"]

Weekday = Literal["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]


class Basis(Sourced):
    """A document or requirement the plan rests on."""

    model_config = ConfigDict(title="依据")

    title: Text
    """文件名称或要求，照原文；原文没有写全的用空。"""
    issuer: Text | None = None
    """发文单位；真实单位写成空。"""
    note: Line | None = None
    """说明，例如“原文只提到名称”。"""


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
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:  # noqa: ANN401, PLW3201
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


class Section(Subsection):
    """A part of the plan's official text at the level of 一、."""

    model_config = ConfigDict(title="章节")

    kind: SectionKind
    """是哪一种章节，用来跨方案对照。"""


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


class Channel(Sourced):
    """A way for the public to watch and complain."""

    model_config = ConfigDict(title="监督渠道")

    id: Slug
    """永久编号，方案内不重复。"""
    kind: Literal["上墙公示", "公开承诺", "投诉信箱", "监督电话", "举报平台", "投诉举报机制", "挂牌服务", "检查巡视", "问卷调查"]
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
    unit: Slug
    """单位类型的 id。"""
    nature: Nature
    """公文种类。"""
    summary: Annotated[Line, Field(max_length=120)]
    """一两句话：给谁用、有什么，不超过 120 字。"""
    updated: Annotated[
        str,
        StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
        Field(json_schema_extra={"form": "加引号的日期，例如 \"2026-11-21\""}),
    ]
    """内容最后一次修改的日期，加引号。"""
    sources: Annotated[Many[SourceId], Field(min_length=1)]
    """由哪些来源整理而成。"""
    state: State
    """`whole` 原文完整，`partial` 原文被截断。"""
    stops_at: Line | None = None
    """被截断的，停在哪里；页面上写“原文到此为止”。"""
    caution: Line | None = None
    """给读者的提醒，显示在页首。"""
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
