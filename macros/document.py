"""A plan as an official paper: headings with their numbers, paragraphs, in order.

One document, many shapes: the page, the copied text, the API and the Word file are all
made from these blocks, so that they can never say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from macros.model import NEW_MEASURES, Block, Book, Citation, Origin, Phase, Plan, Subsection
from macros.wording import heading_number, phase_words


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、) to 4 (（1）); `number` is the text before `text`."""

    level: int
    number: str
    text: str
    anchor: str
    source: Citation | None
    origin: Origin


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `number` and `lead` (a run-in heading) are empty where there are none.

    `role` is the one whose name begins the lead. `own` marks what a unit has to write itself and must not copy.
    """

    text: str
    origin: Origin
    number: str = ""
    lead: str = ""
    role: str = ""
    own: bool = False


Part = Heading | Paragraph


def document(plan: Plan, book: Book) -> tuple[Part, ...]:
    """Lay a plan out as an official paper, 今年新举措 last."""
    return tuple(_Layout(plan, book).parts())


def plain_text(parts: Iterable[Part]) -> str:
    """Write a document as text, a line a part."""
    return "\n".join(f"{part.number}{_lead(part)}{part.text}" for part in parts)


def _lead(part: Part) -> str:
    return f"{part.lead}。" if isinstance(part, Paragraph) and part.lead else ""


class _Layout:
    """Numbers what stands in a plan, level by level."""

    def __init__(self, plan: Plan, book: Book) -> None:
        self._plan = plan
        self._book = book
        self._show: Mapping[str, Callable[[], Iterator[Paragraph]]] = {
            "basis": self._basis,
            "goals": self._goals,
            "organisation": self._organisation,
            "channels": self._channels,
            "awards": self._awards,
            "assessment": self._assessment,
            "rewards": self._rewards,
        }

    def parts(self) -> Iterator[Part]:
        for index, section in enumerate(self._plan.sections, 1):
            yield from self._section(section, 1, index)
        yield from self._own(len(self._plan.sections) + 1)

    def _own(self, index: int) -> Iterator[Part]:
        yield Heading(1, heading_number(1, index), "今年新举措", NEW_MEASURES, None, "editor")
        yield Paragraph(f"【{self._book.fields[NEW_MEASURES].label}】", "editor", own=True)

    def _section(self, section: Subsection, level: int, index: int) -> Iterator[Part]:
        number = heading_number(level, index)
        yield Heading(level, number, section.heading, section.id, section.source, section.origin)
        numbers = count(1)
        yield from self._blocks(section.body, level, section.origin, numbers)
        for below in section.sections:
            yield from self._section(below, level + 1, next(numbers))

    def _blocks(self, blocks: Iterable[Block], level: int, origin: Origin, numbers: Iterator[int]) -> Iterator[Part]:
        """Lay out a body; `numbers` runs on over its lists, its phases and the sections below."""
        for block in blocks:
            said_by: Origin = "editor" if block.origin == "editor" else origin
            if block.text is not None:
                yield Paragraph(block.text, said_by)
            elif block.show == "phases":
                for phase in self._plan.phases:
                    yield from self._phase(phase, level + 1, next(numbers))
            else:
                for item in self._items(block, said_by):
                    yield replace(item, number=heading_number(level + 1, next(numbers)))

    def _items(self, block: Block, origin: Origin) -> Iterator[Paragraph]:
        if block.show is None:
            return (Paragraph(text, origin) for text in block.items)
        return self._show[block.show]()

    def _phase(self, phase: Phase, level: int, index: int) -> Iterator[Part]:
        heading = phase_words(phase, self._plan, self._book)
        number = heading_number(level, index)
        yield Heading(level, number, heading, f"phase-{phase.id}", phase.source, phase.origin)
        yield from self._blocks(phase.body, level, phase.origin, count(1))

    def _basis(self) -> Iterator[Paragraph]:
        for basis in self._plan.basis:
            yield Paragraph(f"{basis.title}（{basis.issuer}）" if basis.issuer else basis.title, basis.origin)

    def _goals(self) -> Iterator[Paragraph]:
        return (Paragraph(goal.text, goal.origin, lead=goal.dimension) for goal in self._plan.goals)

    def _organisation(self) -> Iterator[Paragraph]:
        for member in self._plan.organisation:
            name = self._book.roles[member.role].name
            lead = f"{name}：{member.holder}" if member.holder else name
            yield Paragraph(member.duty, member.origin, lead=lead, role=member.role)

    def _channels(self) -> Iterator[Paragraph]:
        for channel in self._plan.channels:
            where = "范围：" if channel.kind == "检查巡视" else "设在"
            more = [f"{where}{channel.place}"] if channel.place else []
            more += [channel.value] if channel.value else []
            text = f"{channel.text.rstrip('。')}（{'，'.join(more)}）。" if more else channel.text
            yield Paragraph(text, channel.origin, lead=channel.kind)

    def _awards(self) -> Iterator[Paragraph]:
        for award in (self._book.awards[name] for name in self._plan.awards):
            text = f"评选范围：{award.candidates}。"
            if award.scope != "原文未写明":
                text += f"评选对象：{award.scope}。"
            if award.criteria:
                text += f"评选条件：{'；'.join(award.criteria)}。"
            lead = f"{award.name}（主题：{award.theme}）" if award.theme else award.name
            yield Paragraph(text, award.origin, lead=lead)

    def _assessment(self) -> Iterator[Paragraph]:
        for item in self._plan.assessment:
            text = f"{item.content.rstrip('。')}（{'、'.join(item.methods.ways)}）。"
            yield Paragraph(text + (item.feeds or ""), item.origin, lead=item.item)

    def _rewards(self) -> Iterator[Paragraph]:
        for reward in self._plan.rewards:
            text = f"{reward.trigger.rstrip('，的')}的，{reward.measure}"
            yield Paragraph(text, reward.origin, lead=reward.kind)
