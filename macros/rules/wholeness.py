"""Rules about wholeness: nothing half said, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from macros.model import PAPER_FIELDS, Block, Citation, Moment, Plan, Sourced, Subsection
from macros.model.walk import Way
from macros.rules.draft import Draft, Finding, Rule, sections_of
from macros.rules.references import phase_fields


class FieldsAreWhole(Rule):
    """空要写全：choice 要有 choices，suffix 只用于 number；阶段的时点只用 month 或 date；每份公文都要用的空要有。"""

    alone = True

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look at the shape of each field and at the fields that phases use."""
        fields = draft.vocabularies.get("fields")
        if fields is None:
            return
        file = draft.vocabulary_files["fields"]
        for name in PAPER_FIELDS:
            if all(field.id != name for field in fields):
                yield Finding(file, (), f"缺少编号是“{name}”的空，每份方案的公文都要用它")
        for index, field in enumerate(fields):
            if (field.type == "choice") != bool(field.choices):
                yield Finding(file, (index,), "type 是 choice 的要写 choices，别的类型不写 choices")
            if field.suffix and field.type != "number":
                yield Finding(file, (index, "suffix"), "suffix（数后面的单位）只用于 type: number")
        types = {field.id: field.type for field in fields}
        for plan_file, plan in draft.plans.items():
            for way, name in phase_fields(plan):
                if types.get(name, "month") not in {"month", "date"}:
                    yield Finding(plan_file, way, f"空“{name}”不是月份或日期，不能作阶段的时点")


class SaysWhereItComesFrom(Rule):
    """每一条都要写出处：origin 是 source 的要有 source，而且是本方案的来源；示例值也要有出处。"""

    alone = True

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look at everything that carries an origin. Blocks and subsections share their section's."""
        for file, walked in draft.walked.items():
            for way, item in walked.objects:
                if isinstance(item, Sourced) and self._must_cite(item) and item.source is None:
                    yield Finding(file, way, "没有写出处 source；编者补充的请写 origin: editor")
        for file, plan in draft.plans.items():
            yield from self._own_sources(draft, file, plan)
            for index, blank in enumerate(plan.blanks):
                if blank.example is not None and blank.source is None:
                    yield Finding(file, ("blanks", index), "写了示例值 example，就要写它的出处 source")

    def _must_cite(self, item: Sourced) -> bool:
        inherits = isinstance(item, Block) or type(item) is Subsection
        return item.origin == "source" and not inherits

    def _own_sources(self, draft: Draft, file: str, plan: Plan) -> Iterator[Finding]:
        for way, item in draft.walked[file].objects:
            if isinstance(item, Citation) and item.id not in plan.sources:
                yield Finding(file, (*way, "id"), f"“{item.id}”不在本方案的 sources 里，请核对出处")


class StopsWhereTheSourceStops(Rule):
    """state 是 partial 的要写 stops_at，whole 的不写。"""

    alone = True

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look at plans and at sources."""
        for file, plan in draft.plans.items():
            yield from self._of(file, (), plan)
        for index, source in enumerate(draft.vocabularies.get("sources", ())):
            yield from self._of(draft.vocabulary_files["sources"], (index,), source)

    def _of(self, file: str, way: Way, item: Any) -> Iterator[Finding]:  # noqa: ANN401
        if (item.state == "partial") != (item.stops_at is not None):
            yield Finding(file, (*way, "state"), "state: partial 要写 stops_at（停在哪里），state: whole 不写")


class PartsAreShown(Rule):
    """有目标、组织、阶段、奖项、奖惩的，正文里要用 show 列出一次；依据、渠道、考核可列可不列；没有的不能列。"""

    alone = True

    _PARTS: ClassVar[tuple[str, ...]] = (
        "goals", "organisation", "phases", "channels", "awards", "assessment", "rewards",
    )  # fmt: skip
    _OPTIONAL: ClassVar[frozenset[str]] = frozenset({"basis", "assessment", "channels"})
    """Why: these often stand in running text already; the page shows them in a part of their own."""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare what the plan has with what its text shows."""
        for file, plan in draft.plans.items():
            shown: set[str] = set()
            for way, item in draft.walked[file].objects:
                if isinstance(item, Block) and item.show is not None:
                    yield from self._shown(file, way, item.show, plan, shown)
            for part in self._PARTS:
                if getattr(plan, part) and part not in shown | self._OPTIONAL:
                    yield Finding(file, (part,), f"写了 {part}，正文里却没有 show: {part}", key=True)

    def _shown(self, file: str, way: Way, part: str, plan: Plan, shown: set[str]) -> Iterator[Finding]:
        if part in shown:
            yield Finding(file, way, f"show: {part} 写了两次，一份正文只列一次")
        if not getattr(plan, part):
            yield Finding(file, way, f"show: {part} 没有内容可列，请先写 {part}")
        shown.add(part)


class SectionsAreShallow(Rule):
    """正文最多三层标题：一、（一）1.；再往下用 items 分条。"""

    alone = True

    _DEEPEST: ClassVar[int] = 3

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Count how deep each section stands."""
        for file, plan in draft.plans.items():
            for way, _ in sections_of(plan):
                if way.count("sections") > self._DEEPEST:
                    yield Finding(file, way, "标题超过三层，请改用 items 分条")


class PhasesFollowEachOther(Rule):
    """阶段按先后写，月份、日期不倒着走。"""

    alone = True

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare fixed starts; blanks are compared when they are filled in."""
        for file, plan in draft.plans.items():
            last = ""
            for index, phase in enumerate(plan.phases):
                start, end = _fixed(phase.start, "01"), _fixed(phase.end, "31")
                if start and start < last:
                    yield Finding(file, ("phases", index, "start"), "开始早于上一阶段，阶段要按先后排列")
                if start and end and end < start:
                    yield Finding(file, ("phases", index, "end"), "结束早于开始")
                last = start or last


def _fixed(moment: Moment | None, day: str) -> str:
    """Give MM-DD where it is fixed; `day` is that of a moment which names only the month."""
    if moment is None:
        return ""
    return moment.date or (f"{moment.month:02}-{day}" if moment.month else "")


class TasksAreTickable(Rule):
    """任务要能判断做了没有：“适当、及时、加强、进一步”这类词说不清做到什么程度。"""

    alone = True

    VAGUE: ClassVar[tuple[str, ...]] = (
        "适当", "及时", "加强", "进一步", "积极", "大力", "不断",
        "努力", "切实", "深入", "扎实", "着力", "有效", "认真",
    )  # fmt: skip

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Warn of vague words in the wording of tasks."""
        for file, plan in draft.plans.items():
            for index, task in enumerate(plan.tasks):
                for word in self.VAGUE:
                    if word in task.text:
                        message = f"任务里的“{word}”说不清做到什么程度，请写成能判断做了没有的动作"
                        yield Finding(file, ("tasks", index, "text"), message, needle=word, warning=True)
