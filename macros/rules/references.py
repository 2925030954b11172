"""Rules about references: what is named must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import ClassVar

from pydantic import BaseModel

from macros.model import PAPER_FIELDS, FormField, Moment, Plan, labels
from macros.model.walk import Way
from macros.rules.draft import Draft, Finding, Rule, sections_of, suggestion


class ReferencesExist(Rule):
    """引用的 id 要存在：单位、主题、角色、空、术语、奖项、来源、章节、阶段。"""

    alone = True

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
        ("SourceText", "plan"): "plans",
    }
    _NAMES: ClassVar[Mapping[str, str]] = {
        "units": "单位类型",
        "sources": "来源",
        "glossary": "术语",
        "awards": "奖项",
        "themes": "主题",
        "roles": "角色",
        "fields": "空",
        "plans": "方案",
    }

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Follow every reference of every file."""
        known = {name: draft.ids(name) for name in self._NAMES}
        for file, walked in draft.walked.items():
            for way, item in walked.objects:
                for name, vocabulary in self._keys_of(type(item)):
                    ids = known[vocabulary]
                    for value_way, value in texts_of(getattr(item, name), (*way, name)):
                        if ids is not None and value not in ids:
                            yield Finding(file, value_way, self._unknown(vocabulary, value, ids))
        for file, plan in draft.plans.items():
            yield from self._inside(file, plan)

    @classmethod
    @cache
    def _keys_of(cls, model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
        """Give the keys of a model that refer to something, each with the vocabulary of that."""
        found = ((name, cls._BY_KEY.get((model.__name__, name))) for name in model.model_fields)
        return tuple((name, vocabulary) for name, vocabulary in found if vocabulary)

    def _unknown(self, vocabulary: str, value: str, ids: frozenset[str]) -> str:
        near = suggestion(value, ids)
        where = "data/plans/" if vocabulary == "plans" else f"data/{vocabulary}.yaml"
        return f"没有编号是“{value}”的{self._NAMES[vocabulary]}（见 {where}{near}）"

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


def texts_of(value: str | tuple[str, ...] | None, way: Way) -> list[tuple[Way, str]]:
    """Give the text at `way`, or those of a list."""
    if isinstance(value, str):
        return [(way, value)]
    return [((*way, index), text) for index, text in enumerate(value or ())]


class BlanksAreDeclared(Rule):
    """正文里的每个空【名称】都要在 data/fields.yaml 里有，并列在方案的 blanks 里；列了的都要用到。"""

    alone = True

    def check(self, draft: Draft) -> Iterator[Finding]:
        """Compare the blanks that stand in texts with those that are declared."""
        by_label = draft.fields_by_label()
        if by_label is None:
            return
        for file, plan in draft.plans.items():
            blanks = [(way, label) for way, text in draft.walked[file].texts for label in labels(text)]
            yield from self._in_texts(file, plan, blanks, by_label)
            yield from self._in_phases(file, plan)
            used = {by_label[label].id for _, label in blanks if label in by_label}
            used.update(field for _, field in phase_fields(plan))
            for index, blank in enumerate(plan.blanks):
                if blank.field not in used:
                    message = f"列了空“{blank.field}”，正文里却没有用到；请用上，或者删掉这一行"
                    yield Finding(file, ("blanks", index), message)

    def _in_texts(
        self, file: str, plan: Plan, blanks: list[tuple[Way, str]], by_label: Mapping[str, FormField]
    ) -> Iterator[Finding]:
        listed = {blank.field for blank in plan.blanks}
        told: set[str] = set()
        for way, label in blanks:
            field = by_label.get(label)
            if field is None:
                near = suggestion(label, by_label)
                message = f"没有叫“{label}”的空{near}；新的空先加到 data/fields.yaml"
                yield Finding(file, way, message, needle=f"【{label}】")
            elif field.id not in listed | told | set(PAPER_FIELDS):
                message = f"用了空【{label}】，请在 blanks 里列出 {field.id}，写明原因"
                yield Finding(file, way, message, needle=f"【{label}】")
                told.add(field.id)

    def _in_phases(self, file: str, plan: Plan) -> Iterator[Finding]:
        listed = {blank.field for blank in plan.blanks}
        for way, field in phase_fields(plan):
            if field not in listed:
                yield Finding(file, way, f"阶段用了空 {field}，请在 blanks 里列出，写明原因")


def phase_fields(plan: Plan) -> Iterator[tuple[Way, str]]:
    """Give the fields on which the dates of a plan's phases depend."""
    for index, phase in enumerate(plan.phases):
        for end in ("start", "end"):
            moment = getattr(phase, end)
            if moment is not None and moment.field is not None:
                yield ("phases", index, end, "field"), moment.field


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
