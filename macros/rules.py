"""Rules that no single value can be checked against: references, wholeness, names that must not stand.

A rule is a small class; its docstring says in Chinese what it asks for, and stands in the editor's guide.
A rule gives its findings; `book.py` turns each into a problem at file:line:column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, ClassVar

from macros.model import Block, Citation, FormField, Model, Moment, Plan, Sourced, Subsection, labels
from macros.model.walk import Way, texts, walk

NEW_MEASURES = "new-measures"
"""The field that every page prints, though no text of a plan names it."""


@dataclass(frozen=True)
class Finding:
    """Something wrong at `way` of a file; `needle` is the very word, `key` points at the key."""

    file: str
    way: Way
    message: str
    needle: str | None = None
    key: bool = False
    warning: bool = False


@dataclass(frozen=True)
class Draft:
    """The files that could be read, before they are one book.

    A vocabulary that could not be read is absent, so that its fault is told once and
    not again at every place that refers to it.
    """

    vocabularies: Mapping[str, tuple[Any, ...]]
    vocabulary_files: Mapping[str, str]
    plans: Mapping[str, Plan]
    unread: frozenset[str] = frozenset()
    """The names of plan files that could not be read, without folder and ending."""

    def ids(self, vocabulary: str) -> frozenset[str] | None:
        """Give the ids of a vocabulary, or None if it could not be read."""
        entries = self.vocabularies.get(vocabulary)
        return None if entries is None else frozenset(entry.id for entry in entries)

    def fields_by_label(self) -> Mapping[str, FormField] | None:
        """Give the fields by the label that stands in texts, or None if they could not be read."""
        entries = self.vocabularies.get("fields")
        return None if entries is None else {entry.label: entry for entry in entries}

    def files(self) -> Iterator[tuple[str, Any]]:
        """Give every file that could be read, with what it holds."""
        for name, entries in self.vocabularies.items():
            yield self.vocabulary_files[name], entries
        yield from self.plans.items()


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, if one is near."""
    near = get_close_matches(wrong, sorted(known), n=1, cutoff=0.5)
    return f"；是不是想写“{near[0]}”" if near else ""


class Rule:
    """What a rule has to offer."""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Give every place that breaks the rule."""
        raise NotImplementedError


class NamesAreUnique(Rule):
    """编号、名称不能重复：词表里的 id、名称和空的名称，各方案的标题，方案内的各种 id。"""

    _VOCABULARY_KEYS: ClassVar[tuple[str, ...]] = ("id", "name", "label")
    _PLAN_LISTS: ClassVar[tuple[str, ...]] = ("goals", "phases", "tasks", "channels", "assessment")

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look into vocabularies, then across plans, then inside each plan."""
        for name, entries in draft.vocabularies.items():
            for key in self._VOCABULARY_KEYS:
                if name == "leftovers" and key == "name":
                    continue
                yield from _repeats(draft.vocabulary_files[name], (), entries, key)
        yield from self._titles(draft)
        for file, plan in draft.plans.items():
            for name in self._PLAN_LISTS:
                yield from _repeats(file, (name,), getattr(plan, name), "id")
            yield from _repeats(file, ("blanks",), plan.blanks, "field")
            yield from self._sections(file, plan)

    def _titles(self, draft: Draft) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for file, plan in draft.plans.items():
            other = first.setdefault(plan.title, file)
            if other != file:
                yield Finding(file, ("title",), f"标题“{plan.title}”和 {other} 的重复，请改成能区分的标题")

    def _sections(self, file: str, plan: Plan) -> Iterator[Finding]:
        seen: set[str] = set()
        taken = {NEW_MEASURES, *(f"phase-{phase.id}" for phase in plan.phases)}
        for way, section in sections_of(plan):
            if section.id in taken:
                yield Finding(file, (*way, "id"), f"章节编号“{section.id}”已经是页面上别处的位置，请换一个")
            if section.id in seen:
                yield Finding(file, (*way, "id"), f"章节编号“{section.id}”重复，同一方案里不能有两个")
            seen.add(section.id)


def _repeats(file: str, way: Way, entries: Iterable[Any], key: str) -> Iterator[Finding]:
    values = [getattr(entry, key, None) for entry in entries]
    counts = Counter(value for value in values if value is not None)
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value is not None and counts[value] > 1:
            if value in seen:
                yield Finding(file, (*way, index, key), f"“{value}”和前面的重复，{key} 不能有两个一样的")
            seen.add(value)


def sections_of(plan: Plan) -> Iterator[tuple[Way, Subsection]]:
    """Give every section and subsection of a plan with its way, in reading order."""
    for way, item in walk(plan.sections, ("sections",)):
        if isinstance(item, Subsection):
            yield way, item


class FileNameIsId(Rule):
    """方案的文件名就是它的 id，加上 .yaml。"""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare each plan's id with its file name."""
        for file, plan in draft.plans.items():
            name = file.rsplit("/", 1)[-1].removesuffix(".yaml")
            if plan.id != name:
                yield Finding(file, ("id",), f"id 是“{plan.id}”，文件名却是“{name}.yaml”，两者要一致")


class ReferencesExist(Rule):
    """引用的 id 要存在：单位、主题、角色、空、术语、奖项、来源、章节、阶段。"""

    _BY_KEY: ClassVar[Mapping[tuple[str, str], str]] = {
        ("Plan", "unit"): "units",
        ("Plan", "sources"): "sources",
        ("Plan", "terms"): "glossary",
        ("Plan", "awards"): "awards",
        ("Task", "themes"): "themes",
        ("Owner", "role"): "roles",
        ("Owner", "support"): "roles",
        ("Member", "role"): "roles",
        ("PlanBlank", "field"): "fields",
        ("Moment", "field"): "fields",
        ("Citation", "id"): "sources",
        ("Award", "campaign"): "glossary",
        ("CoreItem", "owner"): "roles",
        ("Term", "parent"): "glossary",
        ("Leftover", "source"): "sources",
    }
    _NAMES: ClassVar[Mapping[str, str]] = {
        "units": "单位类型",
        "sources": "来源",
        "glossary": "术语",
        "awards": "奖项",
        "themes": "主题",
        "roles": "角色",
        "fields": "空",
    }

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Follow every reference of every file."""
        known = {name: draft.ids(name) for name in self._NAMES}
        for file, content in draft.files():
            for way, item in walk(content):
                if isinstance(item, Model):
                    yield from self._of(file, way, item, known)
        for file, plan in draft.plans.items():
            yield from self._inside(file, plan)

    def _of(self, file: str, way: Way, item: Model, known: Mapping[str, frozenset[str] | None]) -> Iterator[Finding]:
        for name in type(item).model_fields:
            vocabulary = self._BY_KEY.get((type(item).__name__, name))
            ids = known.get(vocabulary) if vocabulary else None
            if vocabulary is None or ids is None:
                continue
            for value_way, value in texts_of(getattr(item, name), (*way, name)):
                if value not in ids:
                    yield Finding(file, value_way, self._unknown(vocabulary, value, ids))

    def _unknown(self, vocabulary: str, value: str, ids: frozenset[str]) -> str:
        near = suggestion(value, ids)
        return f"没有编号是“{value}”的{self._NAMES[vocabulary]}（见 data/{vocabulary}.yaml{near}）"

    def _inside(self, file: str, plan: Plan) -> Iterator[Finding]:
        sections = {section.id for _, section in sections_of(plan)}
        phases = {phase.id for phase in plan.phases}
        for index, task in enumerate(plan.tasks):
            if task.section not in sections:
                near = suggestion(task.section, sections)
                yield Finding(file, ("tasks", index, "section"), f"本方案没有编号是“{task.section}”的章节{near}")
            if task.when.phase is not None and task.when.phase not in phases:
                near = suggestion(task.when.phase, phases)
                message = f"本方案没有编号是“{task.when.phase}”的阶段{near}"
                yield Finding(file, ("tasks", index, "when", "phase"), message)
        before: set[str] = set()
        for index, phase in enumerate(plan.phases):
            yield from self._after(file, (index, "start"), phase.start, phases, before)
            before.add(phase.id)
            yield from self._after(file, (index, "end"), phase.end, phases, before)

    def _after(
        self, file: str, end: Way, moment: Moment | None, phases: set[str], before: set[str]
    ) -> Iterator[Finding]:
        """Look at one end of a phase. Why only what stands before: two phases must not wait for each other."""
        if moment is None or moment.after is None or moment.after in before:
            return
        way = ("phases", *end, "after")
        if moment.after in phases:
            yield Finding(file, way, f"after 只能写这一阶段之前的阶段，“{moment.after}”不在前面")
        else:
            yield Finding(file, way, f"本方案没有编号是“{moment.after}”的阶段{suggestion(moment.after, phases)}")


def texts_of(value: Any, way: Way) -> Iterator[tuple[Way, str]]:  # noqa: ANN401
    """Give the texts at and below `way`."""
    return ((found, item) for found, item in walk(value, way) if isinstance(item, str))


class BlanksAreDeclared(Rule):
    """正文里的每个空【名称】都要在 data/fields.yaml 里有，并列在方案的 blanks 里；列了的都要用到。"""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare the blanks that stand in texts with those that are declared."""
        by_label = draft.fields_by_label()
        if by_label is None:
            return
        for file, plan in draft.plans.items():
            yield from self._in_texts(file, plan, by_label)
            yield from self._in_phases(file, plan)
            used = {by_label[label].id for _, label in blanks_of(plan) if label in by_label}
            used.update(field for _, field in phase_fields(plan))
            for index, blank in enumerate(plan.blanks):
                if blank.field not in used:
                    message = f"列了空“{blank.field}”，正文里却没有用到；请用上，或者删掉这一行"
                    yield Finding(file, ("blanks", index), message)

    def _in_texts(self, file: str, plan: Plan, by_label: Mapping[str, FormField]) -> Iterator[Finding]:
        listed = {blank.field for blank in plan.blanks}
        told: set[str] = set()
        for way, label in blanks_of(plan):
            field = by_label.get(label)
            if field is None:
                near = suggestion(label, by_label)
                message = f"没有叫“{label}”的空{near}；新的空先加到 data/fields.yaml"
                yield Finding(file, way, message, needle=f"【{label}】")
            elif field.id not in listed | told:
                message = f"用了空【{label}】，请在 blanks 里列出 {field.id}，写明原因"
                yield Finding(file, way, message, needle=f"【{label}】")
                told.add(field.id)

    def _in_phases(self, file: str, plan: Plan) -> Iterator[Finding]:
        listed = {blank.field for blank in plan.blanks}
        for way, field in phase_fields(plan):
            if field not in listed:
                yield Finding(file, way, f"阶段用了空 {field}，请在 blanks 里列出，写明原因")


def blanks_of(plan: Plan) -> Iterator[tuple[Way, str]]:
    """Give the label of every blank in the texts of a plan, with the way to the text."""
    return ((way, label) for way, text in texts(plan) for label in labels(text))


def phase_fields(plan: Plan) -> Iterator[tuple[Way, str]]:
    """Give the fields on which the dates of a plan's phases depend."""
    for index, phase in enumerate(plan.phases):
        for end in ("start", "end"):
            moment = getattr(phase, end)
            if moment is not None and moment.field is not None:
                yield ("phases", index, end, "field"), moment.field


class FieldsAreWhole(Rule):
    """空要写全：choice 要有 choices，suffix 只用于 number；阶段的时点只用 month 或 date；要有“今年新举措”。"""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look at the shape of each field and at the fields that phases use."""
        fields = draft.vocabularies.get("fields")
        if fields is None:
            return
        file = draft.vocabulary_files["fields"]
        if all(field.id != NEW_MEASURES for field in fields):
            yield Finding(file, (), f"缺少编号是“{NEW_MEASURES}”的空（今年新举措），每份方案的最后一节都要用它")
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

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look at everything that carries an origin. Blocks and subsections share their section's."""
        for file, content in draft.files():
            for way, item in walk(content):
                if isinstance(item, Sourced) and self._must_cite(item) and item.source is None:
                    yield Finding(file, way, "没有写出处 source；编者补充的请写 origin: editor")
        for file, plan in draft.plans.items():
            yield from self._own_sources(file, plan)
            for index, blank in enumerate(plan.blanks):
                if blank.example is not None and blank.source is None:
                    yield Finding(file, ("blanks", index), "写了示例值 example，就要写它的出处 source")

    def _must_cite(self, item: Sourced) -> bool:
        inherits = isinstance(item, Block) or type(item) is Subsection
        return item.origin == "source" and not inherits

    def _own_sources(self, file: str, plan: Plan) -> Iterator[Finding]:
        for way, item in walk(plan):
            if isinstance(item, Citation) and item.id not in plan.sources:
                yield Finding(file, (*way, "id"), f"“{item.id}”不在本方案的 sources 里，请核对出处")


class StopsWhereTheSourceStops(Rule):
    """state 是 partial 的要写 stops_at，whole 的不写。"""

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

    _PARTS: ClassVar[tuple[str, ...]] = (
        "goals", "organisation", "phases", "channels", "awards", "assessment", "rewards",
    )  # fmt: skip
    _OPTIONAL: ClassVar[frozenset[str]] = frozenset({"basis", "assessment", "channels"})
    """Why: these often stand in running text already; the page shows them in a part of their own."""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare what the plan has with what its text shows."""
        for file, plan in draft.plans.items():
            shown: set[str] = set()
            for way, item in walk(plan):
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

    _DEEPEST: ClassVar[int] = 3

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Count how deep each section stands."""
        for file, plan in draft.plans.items():
            for way, _ in sections_of(plan):
                if way.count("sections") > self._DEEPEST:
                    yield Finding(file, way, "标题超过三层，请改用 items 分条")


class PhasesFollowEachOther(Rule):
    """阶段按先后写，月份、日期不倒着走。"""

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


class NoExampleNames(Rule):
    """来源里的真实地名、单位名只能放在 data/leftovers.yaml，别处一律写成空。"""

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Look for every leftover name in every other file."""
        names = sorted((item.name for item in draft.vocabularies.get("leftovers", ())), key=len, reverse=True)
        for file, content in draft.files():
            if file == draft.vocabulary_files.get("leftovers"):
                continue
            for way, text in texts(content):
                found = next((name for name in names if name in text), None)
                if found:
                    message = f"出现了来源里的真实名称“{found}”，请改成空，例如【单位全称】"
                    yield Finding(file, way, message, needle=found)


class CoreRecurs(Rule):
    """“共同要做的事”的例子要写成“方案 id/任务 id”，方案和任务都要有；同一件事不重复举例，原文写了它的方案至少两份。"""

    _FEWEST: ClassVar[int] = 2
    _ASIDE: ClassVar[str] = "aside"

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Follow the tasks of every item; what stands in a file that could not be read is let through."""
        origins = {
            f"{plan.id}/{task.id}": self._ASIDE if plan.reference_only else task.origin
            for plan in draft.plans.values()
            for task in plan.tasks
        }
        for index, item in enumerate(draft.vocabularies.get("core", ())):
            told = [*self._tasks(item.tasks, origins, draft.unread)]
            for at, message in told:
                yield Finding(draft.vocabulary_files["core"], (index, "tasks", at), message)
            if not told and self._plans(item.tasks, origins, draft.unread) < self._FEWEST:
                message = "原文写了这件事的方案不到两份（编者补充的任务不算），不能算共同要做的事"
                yield Finding(draft.vocabulary_files["core"], (index, "tasks"), message, key=True)

    def _tasks(
        self, tasks: Iterable[str], origins: Mapping[str, str], unread: frozenset[str]
    ) -> Iterator[tuple[int, str]]:
        seen: set[str] = set()
        for at, task in enumerate(tasks):
            if task in seen:
                yield at, f"“{task}”和前面的重复，一个例子只写一次"
            elif task not in origins and task.partition("/")[0] not in unread:
                yield at, f"没有“{task}”这项任务{suggestion(task, origins)}"
            elif origins.get(task) == self._ASIDE:
                yield at, f"“{task}”所在的方案仅供对照，不能作例子"
            seen.add(task)

    def _plans(self, tasks: Iterable[str], origins: Mapping[str, str], unread: frozenset[str]) -> int:
        plans = ((task.partition("/")[0], origins.get(task)) for task in tasks)
        return len({plan for plan, origin in plans if origin == "source" or plan in unread})


class TasksAreTickable(Rule):
    """任务要能判断做了没有：“适当、及时、加强、进一步”这类词说不清做到什么程度。"""

    VAGUE: ClassVar[tuple[str, ...]] = (
        "适当", "及时", "加强", "进一步", "积极", "大力", "不断", "努力", "切实", "深入", "扎实", "着力", "有效", "认真",
    )  # fmt: skip

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Warn of vague words in the wording of tasks."""
        for file, plan in draft.plans.items():
            for index, task in enumerate(plan.tasks):
                for word in self.VAGUE:
                    if word in task.text:
                        message = f"任务里的“{word}”说不清做到什么程度，请写成能判断做了没有的动作"
                        yield Finding(file, ("tasks", index, "text"), message, needle=word, warning=True)


RULES: tuple[Rule, ...] = (
    NamesAreUnique(),
    FileNameIsId(),
    ReferencesExist(),
    BlanksAreDeclared(),
    FieldsAreWhole(),
    SaysWhereItComesFrom(),
    StopsWhereTheSourceStops(),
    PartsAreShown(),
    SectionsAreShallow(),
    PhasesFollowEachOther(),
    NoExampleNames(),
    CoreRecurs(),
    TasksAreTickable(),
)
"""Every rule, in the order they are tried; problems are told in reading order all the same."""
