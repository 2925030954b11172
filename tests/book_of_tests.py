"""A tiny, valid data folder: two plans that use every key of the model, and every vocabulary.

A test writes it into a folder of its own, changes a few words of the YAML, and looks what is said:

    folder = DataFolder.in_(tmp_path)
    folder.edit("units", "name: 甲类单位", "name: 乙类单位")
    folder.said()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.book import Reading, inspect
from macros.model import Book

ALPHA = "alpha-window"
BETA = "beta-window"

_VOCABULARIES: Mapping[str, str] = {
    "units": """\
- id: first-unit
  name: 甲类单位
  summary: 第一类单位选它。
- id: second-unit
  name: 乙类单位
  summary: 第二类单位选它。
""",
    "themes": """\
- {id: learning, name: 培训学习, summary: 学习和培训。}
- {id: watching, name: 投诉监督, frequent: false, summary: 投诉和监督。}
""",
    "roles": """\
- {id: office, name: 创建办公室, level: 科室, duty: 承办日常工作。}
- {id: head, name: 窗口负责人, level: 窗口, duty: 每天现场巡视。}
""",
    "fields": """\
- {id: unit-name, label: 单位全称, group: 单位, type: text, hint: 与公章一致的全称。}
- {id: kickoff-month, label: 动员月份, group: 日期, type: month, hint: 开动员会的月份。}
- {id: wait-minutes, label: 等候分钟数, group: 指标, type: number, suffix: 分钟, hint: 最多等几分钟。}
- {id: cycle, label: 评估周期, group: 指标, type: choice, choices: [每月, 每季度], hint: 选一项。}
- {id: phone, label: 投诉电话, group: 联系, type: text, hint: 带区号。}
- {id: year, label: 年份, group: 年度, type: year, hint: 四位数字。}
- {id: issue-date, label: 成文日期, group: 日期, type: date, hint: 落款的日期。}
- {id: addressee, label: 主送单位, group: 单位, type: text, hint: 通知发给谁。}
- {id: new-measures, label: 今年新举措, group: 本单位实际, type: lines, hint: 一行一条，不照抄。}
""",
    "glossary": """\
- id: four-opens
  name: 四个公开
  kind: 成组事项
  members: [服务内容公开, 办事程序公开, 承诺时限公开, 收费标准公开]
  aliases: [公开四项]
  text: 窗口办事要公开的四样。
  parent: window-campaign
  open: 原文没有写由谁公开。
  source: {id: 004-01, heading: 二、目标}
- id: window-campaign
  name: 文明窗口活动
  kind: 活动
  text: 全年开展的活动。
  origin: editor
""",
    "awards": """\
- id: best-window
  name: 最佳窗口
  theme: 比服务
  candidates: 各窗口
  scope: 集体
  criteria: [群众满意, 没有投诉]
  campaign: window-campaign
  open: 原文没有写名额。
  source: {id: 004-01, heading: 五、奖项}
""",
    "observances": """\
- {id: lei-feng-day, name: 学雷锋日, date: 03-05, source: {id: 004-01, heading: 三、步骤}}
""",
    "sources": """\
- id: 004-01
  title: 创建工作方案甲
  nature: 方案
  claimed_year: "2016"
  year_note: 年份是转载网站加的。
  state: partial
  stops_at: 第五部分之后
  plan: alpha-window
  notes:
    - 错字已经改正。
- id: 004-02
  title: 创建工作方案乙
  nature: 计划
  year_note: 没有写年份。
  state: whole
""",
    "core": """\
- id: announce
  name: 开会动员
  group: 组织发动
  summary: 各方案都开会动员。
  text: 开一次动员会
  owner: office
  when: 年初
  keep: [签到表]
  tasks: [alpha-window/hold-kickoff, beta-window/meeting]
""",
    "leftovers": """\
- {name: 东风市, kind: 地名, source: 004-01}
- {name: 西风县, kind: 地名, source: 004-02}
""",
    "places": """\
- name: 东海省
  cities:
    - {name: 东风市, counties: 西风县、公园县}
    - {name: 北风市}
  former: 旧风县
  words: 公园
- {name: 南海市, counties: 和风区}
""",
}

_ALPHA = """\
id: alpha-window
title: 甲类单位文明窗口方案
paper_title: 【单位全称】【年份】年工作方案
unit: first-unit
nature: 方案
summary: 给窗口起草人用的样稿。
updated: "2026-11-20"
sources: [004-01]
state: partial
stops_at: 第五部分之后
caution: 使用前先核对政策表述。
adapted:
  - 原文的旧年份一律写成空。
missing:
  - what: 投诉电话的号码
    source: {id: 004-01, heading: 四、监督}
terms: [four-opens]
basis:
  - title: 上级的创建意见
    issuer: 【单位全称】的主管部门
    note: 原文只提到名称
    source: {id: 004-01, heading: 一、依据}
blanks:
  - {field: unit-name, reason: 替换原名}
  - {field: kickoff-month, reason: 原文未给, example: "3", source: {id: 004-01, heading: 三、步骤}}
  - {field: wait-minutes, reason: 原文留空}
  - {field: phone, reason: 原文被删}

sections:
  - id: basis
    kind: 背景与依据
    heading: 创建依据
    source: {id: 004-01, heading: 一、依据}
    body:
      - 【单位全称】按下列文件开展创建。
      - show: basis
  - id: goals
    kind: 目标
    heading: 创建目标
    source: {id: 004-01, heading: 二、目标}
    body:
      - show: goals
      - show: organisation
    sections:
      - id: goals-below
        heading: 具体说明
        body:
          - items:
              - 说明第一条；
              - 说明第二条。
        sections:
          - id: goals-lowest
            heading: 更细的说明
            origin: editor
            body:
              - 这一段是编者加的。
              - text: 这一段有自己的出处。
                source: {id: 004-01, heading: 二、目标末段}
  - id: steps
    kind: 方法步骤
    heading: 实施步骤
    source: {id: 004-01, heading: 三、步骤}
    body:
      - 全年分阶段推进。
      - show: phases
  - id: watch
    kind: 公开监督
    heading: 监督与考核
    source: {id: 004-01, heading: 四、监督}
    body:
      - show: channels
      - show: assessment
      - show: awards
      - show: rewards

goals:
  - id: service
    dimension: 服务质量好
    text: 群众办事满意。
    horizon: 三年
    thresholds:
      - {metric: 群众满意率, operator: 达到, value: 九成以上, scope: 全部窗口}
      - {metric: 有责投诉, operator: 为零, origin: editor}
    source: {id: 004-01, heading: 二、目标}
  - id: conduct
    dimension: 行业风气好
    text: 没有不正之风。
    origin: editor
organisation:
  - role: office
    holder: 【单位全称】办公室
    duty: 汇总情况。
    source: {id: 004-01, heading: 二、组织}
phases:
  - id: kickoff
    name: 动员阶段
    start: {field: kickoff-month}
    source: {id: 004-01, heading: 三、第一步}
    body:
      - 开一次动员会。
      - items: [发通知；, 贴标语。]
  - id: week
    name: 集中周
    start: {date: 03-05, weekday: 星期一}
    lasts: 5
    source: {id: 004-01, heading: 三、第二步}
  - id: work
    name: 实施阶段
    start: {month: 4}
    end: {month: 9}
    source: {id: 004-01, heading: 三、第三步}
  - id: review
    name: 总结阶段
    start: {after: work, days: 180}
    end: {date: 12-20}
    origin: editor
  - id: later
    name: 后续阶段
    source: {id: 004-01, heading: 三、末段}
tasks:
  - id: hold-kickoff
    text: 召开动员会，点到【单位全称】全体人员
    section: steps
    owner: {role: office, support: [head]}
    when: {phase: kickoff, by: 【动员月份】底以前}
    record: {keep: [签到表, 会议照片]}
    themes: [learning, watching]
    threshold: {metric: 到会率, operator: 不低于, value: 九成, scope: 全体人员}
    note: 请假的另外补课。
    source: {id: 004-01, heading: 三、第一步}
  - id: measure-waiting
    text: 每天抽查等候时间
    origin: editor
    section: goals-lowest
    owner: {role: head, origin: editor}
    when: {every: 每天, origin: editor}
    record: {keep: [抽查表], origin: editor}
    themes: [watching]
    threshold: {metric: 等候时间, operator: 不超过, value: 【等候分钟数】分钟, origin: editor}
  - id: lei-feng
    text: 组织一次义务服务
    section: steps
    owner: {role: head}
    when: {phase: week, date: 03-05}
    record: {keep: [服务照片], origin: editor}
    themes: [learning]
    source: {id: 004-01, heading: 三、第二步}
channels:
  - id: hotline
    kind: 监督电话
    text: 接听投诉，当天登记。
    place: 服务大厅
    value: 【投诉电话】
    source: {id: 004-01, heading: 四、监督}
  - id: board
    kind: 上墙公示
    text: 把收费标准贴上墙。
    origin: editor
awards: [best-window]
assessment:
  - id: spot-check
    item: 现场服务
    content: 看窗口人员的仪表和用语。
    methods: {ways: [看现场, 问卷], origin: editor}
    feeds: 结果作为评选依据。
    source: {id: 004-01, heading: 五、考核}
rewards:
  - kind: 表彰奖励
    trigger: 全年没有有责投诉
    measure: 通报表扬。
    source: {id: 004-01, heading: 五、奖惩}
  - kind: 警示惩戒
    trigger: 被投诉三次
    measure: 调离窗口。
    origin: editor
new_measures: 今年要增加哪些去年没有的做法？
"""

_BETA = """\
id: beta-window
title: 乙类单位窗口服务计划
unit: second-unit
nature: 计划
summary: 只有最少的内容。
updated: "2026-11-21"
sources: [004-02]
state: whole
sections:
  - id: only
    kind: 措施
    heading: 主要措施
    source: {id: 004-02, heading: 全文}
    body:
      - 做好每天的服务。
tasks:
  - id: meeting
    text: 每周开一次晨会
    section: only
    owner: {role: head}
    when: {every: 每周}
    record: {keep: [晨会记录]}
    themes: [learning]
    source: {id: 004-02, heading: 全文}
new_measures: 今年打算新做什么？
"""


def _first_line(schema: str) -> str:
    return f"# yaml-language-server: $schema={schema}\n"


@dataclass(frozen=True)
class DataFolder:
    """A data folder of a test's own."""

    root: Path

    @classmethod
    def in_(cls, root: Path) -> DataFolder:
        """Write the tiny book below `root`."""
        (root / "data" / "plans").mkdir(parents=True)
        for name, text in _VOCABULARIES.items():
            (root / "data" / f"{name}.yaml").write_text(_first_line(f"schema/{name}.json") + text, encoding="utf-8")
        for name, text in ((ALPHA, _ALPHA), (BETA, _BETA)):
            content = _first_line("../schema/plan.json") + text
            (root / "data" / "plans" / f"{name}.yaml").write_text(content, encoding="utf-8")
        return cls(root)

    def path(self, name: str) -> Path:
        """Give a file by the name of its vocabulary or plan."""
        folder = self.root / "data"
        return folder / f"{name}.yaml" if name in _VOCABULARIES else folder / "plans" / f"{name}.yaml"

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence of some words in a file; they must be there."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {name}"
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def inspect(self) -> Reading:
        """Read the folder."""
        return inspect(self.root)

    def said(self) -> list[str]:
        """Give what is said of it, problems and warnings, as file:line:column: message."""
        reading = self.inspect()
        return [str(problem).splitlines()[0] for problem in (*reading.problems, *reading.warnings)]

    def book(self) -> Book:
        """Give the book; it must be whole."""
        reading = self.inspect()
        assert reading.book is not None, "\n".join(map(str, reading.problems))
        return reading.book

    def place_of(self, name: str, words: str, after: str = "") -> str:
        """Give file:line:column of the first occurrence of some words, behind others if these are given."""
        text = self.path(name).read_text(encoding="utf-8")
        assert after in text, f"{after!r} does not stand in {name}"
        at = text.find(words, text.find(after) + len(after))
        assert at >= 0, f"{words!r} does not stand in {name}"
        line = text[:at].rpartition("\n")[2]
        return f"{self.path(name).relative_to(self.root).as_posix()}:{text.count(chr(10), 0, at) + 1}:{len(line) + 1}"
