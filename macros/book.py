"""Reading the data folder into one book, or telling everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from macros.check import check
from macros.model import UNNAMED, VOCABULARIES, Book, Plan
from macros.rules import RULES, Draft, Finding
from macros.source import DataError, Place, Problem, Source, read

M = TypeVar("M", bound=BaseModel)

PLANS = "plans"


@dataclass(frozen=True)
class Reading:
    """What reading the data gave: the book if nothing is wrong, and what was said of it."""

    book: Book | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@cache
def load(root: Path) -> Book:
    """Read `root/data` into a book; raise DataError with every problem at once, in reading order.

    Why cached: one build asks twice, and must not see two states of the data.
    """
    reading = inspect(root)
    if reading.book is None:
        raise DataError(reading.problems)
    return reading.book


def inspect(root: Path) -> Reading:
    """Read `root/data` and say everything there is to say of it."""
    reader = _Reader(root)
    vocabularies = {
        name: tuple(content.root)
        for name, model in VOCABULARIES.items()
        if (content := reader.read(f"data/{name}.yaml", model)) is not None
    }
    files = reader.plan_files()
    plans = {file: plan for file in files if (plan := reader.read(file, Plan)) is not None}
    unread = frozenset(Path(file).stem for file in files if file not in plans)
    draft = Draft(vocabularies, {name: f"data/{name}.yaml" for name in VOCABULARIES}, plans, unread)
    findings = [finding for rule in RULES for finding in rule.check(draft)]
    reader.tell(finding for finding in findings if not finding.warning)
    problems = tuple(sorted(set(reader.problems)))
    return Reading(
        book=None if problems else _book(draft),
        problems=problems,
        warnings=tuple(sorted(reader.problem(finding) for finding in findings if finding.warning)),
    )


class _Reader:
    """Reads one file after the other and collects what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources: dict[str, Source] = {}
        self.problems: list[Problem] = []

    def plan_files(self) -> list[str]:
        folder = self._root / "data" / PLANS
        for path in sorted(folder.rglob("*")):
            if path.is_file() and (path.parent != folder or path.suffix != ".yaml"):
                self._misplaced(path)
        return sorted(path.relative_to(self._root).as_posix() for path in folder.glob("*.yaml"))

    def _misplaced(self, path: Path) -> None:
        """Tell of a file that would be passed over without a word. System files may lie where they like."""
        if not path.name.startswith((".", "~", "Thumbs.db", "desktop.ini")):
            message = "这里只放方案，直接放在 data/plans/ 下，文件名以 .yaml 结尾；请改名或移走"
            self.problems.append(Problem(path.relative_to(self._root).as_posix(), Place(1, 1), message, ""))

    def read(self, file: str, model: type[M]) -> M | None:
        try:
            raw = (self._root / file).read_bytes()
        except OSError as error:
            self.problems.append(Problem(file, Place(1, 1), f"打不开这个文件（{error.strerror}）", ""))
            return None
        try:
            source = self._sources[file] = read(raw, file)
            return check(source, model)
        except DataError as error:
            self.problems.extend(error.problems)
            return None

    def problem(self, finding: Finding) -> Problem:
        source = self._sources[finding.file]
        return source.problem(finding.way, finding.message, key=finding.key, needle=finding.needle)

    def tell(self, findings: Iterable[Finding]) -> None:
        self.problems.extend(self.problem(finding) for finding in findings)


def _book(draft: Draft) -> Book:
    shelves: dict[str, Any] = {
        name: entries if name in UNNAMED else {entry.id: entry for entry in entries}
        for name, entries in draft.vocabularies.items()
    }
    return Book(
        **shelves,
        plans=_in_order(draft.plans.values(), shelves["units"]),
    )


def _in_order(plans: Iterable[Plan], units: Mapping[str, Any]) -> Mapping[str, Plan]:
    rank = {unit: index for index, unit in enumerate(units)}
    ordered = sorted(plans, key=lambda plan: (rank[plan.unit], plan.reference_only, plan.title))
    return {plan.id: plan for plan in ordered}
