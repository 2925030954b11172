"""How dates, limits and numbers are put into words, the same on the page, in files and in the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from macros.model import Book, Moment, Origin, Phase, Plan, Task, Threshold, When

REASONS: Mapping[str, str] = {
    "原文留空": "原文就空着",
    "原文被删": "原文的字被删了",
    "原文未给": "原文提到，没有给出",
    "替换原名": "原文是别处的名称或旧年份",
    "编者增设": "本站加的",
}
"""Why a blank is one, in a reader's words."""

_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Said:
    """A stretch of text and who says it."""

    text: str
    origin: Origin


def said_text(parts: Iterable[Said]) -> str:
    """Give the text without who says it."""
    return "".join(part.text for part in parts)


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese: 1 → 一, 10 → 十, 21 → 二十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def heading_number(level: int, index: int) -> str:
    """Write the number of the `index`th heading of a level as official papers do (GB/T 9704-2012, 7.3.3).

    Levels 1 to 4 give 一、 （一） 1. （1）.
    """
    if level == 1:
        return f"{chinese_number(index)}、"
    if level == 2:  # noqa: PLR2004
        return f"（{chinese_number(index)}）"
    return f"{index}." if level == 3 else f"（{index}）"  # noqa: PLR2004


def month_day(date: str) -> str:
    """Put MM-DD into words: 03-05 → 3月5日."""
    return f"{int(date[:2])}月{int(date[3:])}日"


def moment_text(moment: Moment, plan: Plan, book: Book) -> str:
    """Say when a moment is; what is filled in later stands as 【…】."""
    if moment.month is not None:
        return f"{moment.month}月"
    if moment.field is not None:
        field = book.fields[moment.field]
        return f"【{field.label}】" + ("月" if field.type == "month" else "")
    if moment.after is not None:
        phase = next(phase for phase in plan.phases if phase.id == moment.after)
        return f"{phase.name}开始后第{moment.days}天"
    date = month_day(str(moment.date))
    return f"离{date}最近的{moment.weekday}" if moment.weekday else date


def phase_time(phase: Phase, plan: Plan, book: Book) -> str:
    """Say when a phase is, or an empty text where the source does not."""
    if phase.start is None:
        return ""
    start = moment_text(phase.start, plan, book)
    if phase.lasts is not None:
        return f"{start}起，共{phase.lasts}天"
    end = moment_text(phase.end, plan, book) if phase.end else ""
    return start if end in {"", start} else f"{start}—{end}"


def when_text(when: When, plan: Plan, book: Book) -> str:
    """Say when or how often a task is done."""
    return said_text(when_parts(when, plan, book))


def when_parts(when: When, plan: Plan, book: Book) -> tuple[Said, ...]:
    """Say when a task is done, apart by who says it."""
    phase = next((phase for phase in plan.phases if phase.id == when.phase), None)
    rest = [month_day(when.date)] if when.date else []
    rest += [words for words in (when.every, when.by) if words]
    said = [Said(phase_words(phase, plan, book), when.phase_origin or when.origin)] if phase else []
    if rest:
        said.append(Said(("，" if phase else "") + "，".join(rest), when.origin))
    return _joined(said)


def phase_words(phase: Phase, plan: Plan, book: Book) -> str:
    """Name a phase, with its time if it has one: 动员部署阶段（5月）."""
    time = phase_time(phase, plan, book)
    return f"{phase.name}（{time}）" if time else phase.name


def threshold_text(threshold: Threshold) -> str:
    """Say a limit in one phrase: 满意率达到良好."""
    return f"{threshold.metric}{threshold.operator}{threshold.value or ''}"


def role_names(task: Task, book: Book) -> str:
    """Name who does a task, and who helps."""
    return said_text(role_parts(task, book))


def role_parts(task: Task, book: Book) -> tuple[Said, ...]:
    """Name who does a task and who helps, apart by who says it."""
    owner = task.owner
    said = [Said(book.roles[owner.role].name, owner.origin)]
    if owner.support:
        names = "、".join(book.roles[role].name for role in owner.support)
        said.append(Said(f"（{names}配合）", owner.support_origin or owner.origin))
    return _joined(said)


def _joined(said: list[Said]) -> tuple[Said, ...]:
    """Join what one side says without a break, so that it is marked once."""
    if len(said) < 2:  # noqa: PLR2004
        return tuple(said)
    groups = groupby(said, key=lambda part: part.origin)
    return tuple(Said(said_text(parts), origin) for origin, parts in groups)


def citation_text(source: str, heading: str) -> str:
    """Name a place in a source, so that a reader understands it who does not know our numbers."""
    return f"原文“{heading}”（{source}）"
