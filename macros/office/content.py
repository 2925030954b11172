"""What a plan puts into its official files, in one record that the browser gets as it is.

Every place that can change is a token, `⟦key⟧`: `⟦unit-name⟧` (a blank), `⟦role:window-head⟧` (who in this unit has
the role), `⟦time:kickoff⟧` (when a phase is), `⟦phase:kickoff⟧` (its name, with the time if it has one). Why not the
【标签】 of the data: roles and phases change too, and what a reader types may hold 【】 but never ⟦⟧.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from macros.checklist import TaskGroup, task_groups
from macros.document import Heading, Part, document
from macros.model import PAPER_FIELDS, Blank, Book, FormField, Phase, Plan, Task, pieces
from macros.wording import REASONS, month_day, phase_time, threshold_text

Content = Mapping[str, Any]
"""JSON-able; its keys are those of `content`."""

NO_ASSESSMENT = "来源没有列出考核项，这里按任务的分组列出，供自评使用。"


def content(plan: Plan, book: Book) -> Content:
    """Collect what the files of a plan are made of."""
    facts = _Content(plan, book).facts()
    return {**facts, "version": f"更新 {plan.updated} · 数据 {_fingerprint(facts)}"}


def _fingerprint(facts: Content) -> str:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class _Content:
    def __init__(self, plan: Plan, book: Book) -> None:
        self._plan = plan
        self._book = book
        self._ids = {field.label: field.id for field in book.fields.values()}
        self._groups = task_groups(plan, book)
        self._roles = {role: f"⟦role:{role}⟧" for role in book.roles}
        self._phases = {f"phase-{phase.id}": phase.id for phase in plan.phases}

    def facts(self) -> dict[str, Any]:
        plan = self._plan
        return {
            "id": plan.id,
            "title": plan.title,
            "paper_title": self._tokens(plan.paper_title or plan.title),
            "unit": self._book.units[plan.unit].name,
            "nature": plan.nature,
            "updated": plan.updated,
            "new_measures": plan.new_measures,
            "fields": list(self._fields()),
            "roles": list(self._roles_used()),
            "phases": [self._phase(phase) for phase in plan.phases],
            "blocks": [self._block(part) for part in document(plan, self._book)],
            "groups": [{"id": group.id, "name": group.name, "time": self._group_time(group)} for group in self._groups],
            "tasks": list(self._tasks()),
            "assessment": list(self._assessment()),
            "assessment_note": "" if plan.assessment else NO_ASSESSMENT,
        }

    def _tokens(self, text: str) -> str:
        """Write the blanks of a text as tokens."""
        if "【" not in text:
            return text
        return "".join(
            f"⟦{self._ids[piece.label]}⟧" if isinstance(piece, Blank) else piece.text for piece in pieces(text)
        )

    def _fields(self) -> Iterator[dict[str, Any]]:
        asked = {blank.field: blank for blank in self._plan.blanks}
        for field in self._book.fields.values():
            if field.id in asked or field.id in PAPER_FIELDS:
                blank = asked.get(field.id)
                more: dict[str, Any] = {"reason": REASONS[blank.reason], "example": blank.example} if blank else {}
                more["own"] = field.group == "本单位实际" or (blank is not None and blank.reason == "原文未给")
                yield {**field_facts(field), **{key: value for key, value in more.items() if value}}

    def _roles_used(self) -> Iterator[dict[str, str]]:
        used = {role for task in self._plan.tasks for role in task.owner.roles}
        used.update(member.role for member in self._plan.organisation)
        for role in self._book.roles.values():
            if role.id in used:
                yield {"id": role.id, "name": role.name, "level": role.level}

    def _phase(self, phase: Phase) -> dict[str, Any]:
        facts = phase.model_dump(include={"id", "name", "start", "end", "lasts"}, exclude_none=True)
        return {**facts, "time": self._tokens(phase_time(phase, self._plan, self._book))}

    def _block(self, part: Part) -> dict[str, Any]:
        if isinstance(part, Heading):
            phase = self._phases.get(part.anchor)
            text = f"⟦phase:{phase}⟧" if phase else self._tokens(part.text)
            return {"is": f"h{part.level}", "number": part.number, "lead": "", "text": text, "anchor": part.anchor}
        facts = {"is": "p", "number": part.number, "lead": self._lead(part.lead, part.role)}
        return {**facts, "text": self._tokens(part.text), **({"own": True} if part.own else {})}

    def _lead(self, lead: str, role: str) -> str:
        """Write what leads into a paragraph; where it is a role, the unit may have its own name for it."""
        if not role:
            return self._tokens(lead)
        return self._roles[role] + self._tokens(lead.removeprefix(self._book.roles[role].name))

    def _group_time(self, group: TaskGroup) -> str:
        by_phase = f"phase-{group.id}" in self._phases
        return f"⟦time:{group.id}⟧" if by_phase else self._tokens(group.time)

    def _tasks(self) -> Iterator[dict[str, Any]]:
        numbered = ((group, task) for group in self._groups for task in group.tasks)
        for number, (group, task) in enumerate(numbered, 1):
            facts = {"id": task.id, "number": str(number), "group": group.id, "part": group.name}
            yield {**facts, **self._task(task), "time": self._time(task, group)}

    def _task(self, task: Task) -> dict[str, Any]:
        return {
            "text": self._tokens(task.text),
            "lead": self._roles[task.owner.role],
            "support": "、".join(self._roles[role] for role in task.owner.support),
            "roles": list(task.owner.roles),
            "when": self._when(task),
            "phase": task.when.phase or "",
            "date": task.when.date or "",
            "keep": list(task.record.keep),
            "themes": "、".join(self._book.themes[theme].name for theme in task.themes),
            "threshold": self._tokens(threshold_text(task.threshold)) if task.threshold else "",
            "note": self._tokens(task.note or ""),
        }

    def _when(self, task: Task) -> str:
        when = task.when
        parts = [f"⟦phase:{when.phase}⟧"] if when.phase else []
        parts += [month_day(when.date)] if when.date else []
        parts += [self._tokens(words) for words in (when.every, when.by) if words]
        return "，".join(parts)

    def _time(self, task: Task, group: TaskGroup) -> str:
        """Say when, for a table whose `part` names the phase already."""
        phase = task.when.phase
        named_twice = phase == group.id and group.time
        when = self._when(task)
        return when.replace(f"⟦phase:{phase}⟧", f"⟦time:{phase}⟧", 1) if named_twice else when

    def _assessment(self) -> Iterator[dict[str, str]]:
        rows = self._own_assessment() if self._plan.assessment else self._by_groups()
        for number, row in enumerate(rows, 1):
            yield {"number": str(number), **row}

    def _own_assessment(self) -> Iterable[dict[str, str]]:
        for item in self._plan.assessment:
            content = self._tokens(item.content + (item.feeds or ""))
            yield {"item": item.item, "content": content, "ways": "、".join(item.methods.ways)}

    def _by_groups(self) -> Iterable[dict[str, str]]:
        for group in self._groups:
            tasks = "；".join(self._tokens(task.text).rstrip("。") for task in group.tasks)
            yield {"item": group.name, "content": f"{tasks}。", "ways": "查资料"}


def field_facts(field: FormField) -> dict[str, Any]:
    """Give what the form has to know of a blank."""
    facts: dict[str, Any] = {"id": field.id, "label": field.label, "group": field.group, "type": field.type}
    facts["hint"] = field.hint
    if field.suffix:
        facts["suffix"] = field.suffix
    if field.choices:
        facts["choices"] = list(field.choices)
    if field.id in PAPER_FIELDS:
        facts["every"] = True
    return facts
