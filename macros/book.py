"""Reading the data folder into one book, or telling everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from macros.check import check
from macros.kept import code, digest, find, keep, kept
from macros.model import UNNAMED, VOCABULARIES, Book, Plan
from macros.parallel import DEAR, spread
from macros.rules import RULES, Draft, Finding, Rule
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
    known = _known(root)
    if known is not None:
        return known
    reading = inspect(root)
    if reading.book is None:
        raise DataError(reading.problems)
    return reading.book


def _known(root: Path) -> Book | None:
    """Read `root/data` without looking again at what was found right before; None if there is anything to tell.

    Why: reading a plan takes 5 ms, taking it as it was read before 1 ms.
    """
    reader = _Reader(root)
    try:
        raws = {file: (root / file).read_bytes() for file in (*_VOCABULARY_FILES.values(), *reader.plan_files())}
        vocabularies = {name: _vocabulary(raws.pop(file), name) for name, file in _VOCABULARY_FILES.items()}
    except (OSError, DataError, ValidationError):
        return None
    draft = Draft(vocabularies, _VOCABULARY_FILES, {}, unread=frozenset(map(_name, raws)))
    if reader.problems or any(_wrong(rule, draft) for rule in RULES if rule.alone):
        return None
    try:
        plans = {file: plan for file, plan in zip(raws, _Looked(draft).plans(raws), strict=True) if plan}
    except ValidationError:  # What was kept is damaged.
        return None
    whole = replace(draft, plans=plans, unread=frozenset())
    if len(plans) < len(raws) or any(_wrong(rule, whole) for rule in RULES if not rule.alone):
        return None
    return _book(whole)


_READING = ("source", "check", "model", "rules", "book")
"""Parts of our code that have a say in how data is read."""

_VOCABULARY_FILES = {name: f"data/{name}.yaml" for name in VOCABULARIES}


def _vocabulary(raw: bytes, name: str) -> tuple[Any, ...]:
    """Read a vocabulary, as it was read before if it is the same."""
    model, file = VOCABULARIES[name], _VOCABULARY_FILES[name]
    made = kept("data", digest(code(*_READING), file, raw), lambda: _as_json(check(read(raw, file), model)))
    return tuple(model.model_validate_json(made).root)


@dataclass(frozen=True)
class _Looked:
    """Looks at plans, each by itself: at its file, and with the rules for which that is enough.

    `draft` holds all that has a say in it besides the plan: the vocabularies and, as unread, the names of all plans.
    """

    draft: Draft

    def plans(self, raws: Mapping[str, bytes]) -> list[Plan | None]:
        """Give each plan, None for one that something is wrong with."""
        said = digest(code(*_READING), repr(self.draft.vocabularies))
        keys = {file: digest(said, file, raw) for file, raw in raws.items()}
        known = self._known({file: key for file, key in keys.items() if key not in _LAST}, raws)
        shared: dict[frozenset[str], set[str]] = {}
        plans = [
            _lighter(Plan.model_validate_json(json), shared) if (json := known.pop(file, b"")) else _LAST.get(key)
            for file, key in keys.items()
        ]
        _remember({key: plan for key, plan in zip(keys.values(), plans, strict=True) if plan})
        return plans

    def _known(self, keys: Mapping[str, str], raws: Mapping[str, bytes]) -> dict[str, bytes]:
        """Give plans as JSON, as they were read before or read now; nothing for one with which something is wrong."""
        found = {file: made for file, key in keys.items() if (made := find("plans", key)) is not None}
        fresh = [(file, raws[file]) for file in keys if file not in found]
        for (file, _), made in zip(fresh, spread(self._look, fresh, DEAR), strict=True):
            found[file] = made
            if made:
                keep("plans", keys[file], made)
        return found

    def _look(self, files: Sequence[tuple[str, bytes]]) -> list[bytes]:
        """Read some plans; give each as JSON, nothing for one that something is wrong with.

        Why not pickled: it would be read in half the time, but jiter gives all plans the same strings, pickle does not:
        50 kB a plan.
        """
        reader = _Reader(Path())
        plans = {file: plan for file, raw in files if (plan := reader.take(raw, file, Plan)) is not None}
        draft = replace(self.draft, plans=plans, plans_only=True)
        wrong = {finding.file for rule in RULES if rule.alone for finding in _wrong(rule, draft)}
        return [_as_json(plans[file]) if file in plans and file not in wrong else b"" for file, _ in files]


_LAST: dict[str, Plan] = {}
"""The plans that were read last, by the hash of all that has a say in them. Why: a preview reads after every edit."""

_KEYS: dict[int, str] = {}
"""The hash of each of these, by its `id`, which is its own as long as it is remembered."""


def _remember(plans: Mapping[str, Plan]) -> None:
    _LAST.clear()
    _LAST.update(plans)
    _KEYS.clear()
    _KEYS.update((id(plan), key) for key, plan in plans.items())


def fingerprint(plan: Plan) -> str:
    """Give the hash of a plan. Why not always of what it says: writing that down takes longer than finding its page."""
    return _KEYS.get(id(plan)) or digest(_as_json(plan))


def _lighter(model: M, shared: dict[frozenset[str], set[str]]) -> M:
    """Let the parts of plans that have the same keys share one set of them.

    Why: these sets are two fifths of a plan's memory, and nothing changes them, as plans are frozen.
    """
    keys = model.__pydantic_fields_set__
    object.__setattr__(model, "__pydantic_fields_set__", shared.setdefault(frozenset(keys), keys))
    for name in _parts(type(model)):
        value = model.__dict__[name]
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                _lighter(one, shared)
    return model


@cache
def _parts(model: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields that can hold models."""
    return tuple(name for name, field in model.model_fields.items() if _has_models(field.annotation))


def _has_models(annotation: Any) -> bool:  # noqa: ANN401
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return is_model or any(map(_has_models, get_args(annotation)))


def _wrong(rule: Rule, draft: Draft) -> list[Finding]:
    return [finding for finding in rule.check(draft) if not finding.warning]


def _as_json(model: BaseModel) -> bytes:
    return model.model_dump_json(exclude_unset=True).encode()


def _name(file: str) -> str:
    return Path(file).stem


def inspect(root: Path) -> Reading:
    """Read `root/data` and say everything there is to say of it."""
    reader = _Reader(root)
    vocabularies = {
        name: tuple(content.root)
        for name, file in _VOCABULARY_FILES.items()
        if (content := reader.read(file, VOCABULARIES[name])) is not None
    }
    files = reader.plan_files()
    plans = {file: plan for file in files if (plan := reader.read(file, Plan)) is not None}
    unread = frozenset(_name(file) for file in files if file not in plans)
    draft = Draft(vocabularies, _VOCABULARY_FILES, plans, unread)
    findings = [finding for rule in RULES for finding in rule.check(draft)]
    reader.tell(finding for finding in findings if not finding.warning)
    problems = tuple(sorted(set(reader.problems)))
    return Reading(
        book=None if problems else _book(draft),
        problems=problems,
        warnings=tuple(sorted(reader.problem(finding) for finding in findings if finding.warning)),
    )


def is_of_the_system(name: str) -> bool:
    """Tell whether a file is one that a system or an editor lays beside others, and may lie where it likes."""
    return name.startswith((".", "~", "Thumbs.db", "desktop.ini"))


class _Reader:
    """Reads one file after the other and collects what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources: dict[str, Source] = {}
        self.problems: list[Problem] = []

    def plan_files(self) -> list[str]:
        folder = self._root / "data" / PLANS
        plans = []
        for path in sorted(folder.rglob("*")):
            file = path.relative_to(self._root).as_posix()
            if is_of_the_system(path.name):
                continue
            if path.parent == folder and path.suffix == ".yaml":
                plans.append(file)
            elif path.is_file():
                message = "这里只放方案，直接放在 data/plans/ 下，文件名以 .yaml 结尾；请改名或移走"
                self.problems.append(Problem(file, Place(1, 1), message, ""))
        return plans

    def read(self, file: str, model: type[M]) -> M | None:
        try:
            raw = (self._root / file).read_bytes()
        except OSError as error:
            self.problems.append(Problem(file, Place(1, 1), f"打不开这个文件（{error.strerror}）", ""))
            return None
        return self.take(raw, file, model)

    def take(self, raw: bytes, file: str, model: type[M]) -> M | None:
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
