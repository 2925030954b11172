"""The pages and files made of data, made at once in all cores and kept: what has not changed is not made again.

The page of a plan depends on our code, the vocabularies, its plan, the plans it offers as related and the frame that
the theme makes; a file on the same without the last two; the page of a kind of unit on its plans. Nothing else of the
book may be asked for while they are made, and so they are made of a book that holds nothing else. The page of a theme
shows some plans, and of the others what they are called and how many tasks they have.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from posixpath import dirname
from typing import NamedTuple

from macros.book import fingerprint
from macros.checklist import on_its_page, task_counts, themes_of
from macros.exports import FORMATS, Format
from macros.filling import Record
from macros.frame import Frame
from macros.kept import code, digest, find, has, keep, put
from macros.ledger import Ledger
from macros.model import Book, Plan, Theme
from macros.office import FILES, File, content, form_of, unfilled
from macros.office.content import Content
from macros.office.data_scripts import script
from macros.office.form import make
from macros.office.words import parts
from macros.pages import Likeness
from macros.parallel import DEAR, Ahead, spread
from macros.render import Renderer
from macros.urls import (
    COMPARE,
    plan_content_url,
    plan_facts_url,
    plan_file_url,
    plan_parts_url,
    plan_url,
    theme_url,
    unit_url,
)


class Page(NamedTuple):
    """A page made of data: of a `plan`, a kind of `unit` or a `theme`."""

    kind: str
    name: str

    @property
    def url(self) -> str:
        """Give its address."""
        return _URLS[self.kind](self.name)


class Job(NamedTuple):
    """Something with an address, to be kept under a key, and what makes it."""

    kind: str
    key: str
    url: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Stuff:
    """What the files of a plan are made of; what several need is made once."""

    plan: Plan
    book: Book
    renderer: Renderer

    @property
    def facts(self) -> str:
        """Give what is shown of the plan beside others."""
        return str(self.renderer.of(self.book).macros()["plan_facts"](COMPARE, self.plan.id))

    @cached_property
    def content(self) -> Content:
        """Give what the official files of the plan say."""
        return content(self.plan, self.book)

    @cached_property
    def unfilled(self) -> Record:
        """Give what they hold as long as nothing is filled in."""
        return unfilled(self.content)


class Kind(NamedTuple):
    """A kind of file that every plan has: its name, what its address is, and what makes it."""

    name: str
    url: Callable[[str], str]
    make: Callable[[Stuff], bytes]


def _format(one: Format) -> Kind:
    return Kind(one.key, one.url, lambda stuff: one.make(stuff.plan, stuff.book))


def _unfilled(file: File) -> Kind:
    url = partial(plan_file_url, file=file.key, kind=file.kind)
    return Kind(f"unfilled {file.key}", url, lambda stuff: make(form_of(file.key), stuff.unfilled))


KINDS = (
    *map(_format, FORMATS),
    Kind("content", plan_content_url, lambda stuff: script(stuff.content)),
    Kind("parts", plan_parts_url, lambda stuff: script(parts(stuff.plan))),
    Kind("facts", plan_facts_url, lambda stuff: script(stuff.facts)),
    *(_unfilled(file) for file in FILES.values() if file.unfilled),
)


@dataclass(frozen=True)
class Making:
    """Makes what there is of plans, kinds of unit and themes; `by_hand` names plans whose page is not made by us."""

    book: Book
    renderer: Renderer
    by_hand: frozenset[str] = frozenset()

    def make_overviews(self) -> None:
        """Make the pages of themes and of kinds of unit that are not kept."""
        overviews = [Page("theme", theme.id) for theme in self.themes] + [
            Page("unit", unit) for unit in self.book.units
        ]
        jobs = [self._overview_job(page) for page in overviews]
        missing = [job for job in jobs if not has(job.kind, job.key)]
        _do(spread(partial(_make, missing), range(len(missing)), DEAR))

    def begin_files(self) -> Ahead:
        """Begin to make the files of plans that are not kept, while the theme makes the pages written by hand."""
        first = ((plan, self._file_job(KINDS[0], plan)) for plan in self.book.plans)
        missing = [plan for plan, job in first if not has(job.kind, job.key)]
        return Ahead(_make([self._file_job(kind, plan) for kind in KINDS], range(len(KINDS))) for plan in missing)

    def overview(self, kind: str, name: str) -> str:
        """Give what the page of a theme or of a kind of unit says."""
        job = self._overview_job(Page(kind, name))
        found = find(job.kind, job.key)
        return (found if found is not None else job.make()).decode()

    def write_plans(self, frame: Frame, plans: Iterable[str], site: Path, before: Ledger | None = None) -> Ledger:
        """Write the page and the files of some plans, but those that lie there already, made by hand.

        What would be the same as `before` is taken over. Why all of a plan in one go: its files have much in common.
        """
        ledger, jobs = Ledger(site), [self._jobs_of(plan, frame) for plan in plans]
        for folder in {dirname(job.url) for row in jobs for job in row}:
            (site / folder).mkdir(parents=True, exist_ok=True)
        rest = [[job for job in row if not (before and before.hand_over(job.url, job.key, ledger))] for row in jobs]
        rest = [row for row in rest if row]
        for row, written in zip(rest, spread(partial(_write, site, rest), range(len(rest)), DEAR), strict=True):
            for job, is_ours in zip(row, written, strict=True):
                if is_ours:
                    ledger.note(job.url, job.key)
        return ledger

    @cached_property
    def themes(self) -> Sequence[Theme]:
        """Give the themes that have a page."""
        return themes_of(self.book.plans.values(), self.book)

    def page_key(self, kind: str, name: str) -> str:
        """Give the hash of all that what a page says is made of."""
        return digest(kind, name, self._others, *self._parts_of(kind, name))

    def _parts_of(self, kind: str, name: str) -> Iterator[str]:
        if kind == "theme":
            counts = self._task_counts[name]
            shown, others = on_its_page(counts, self.book)
            yield from (self._plans[plan.id] for plan in shown)
            yield repr([(plan.id, plan.title, counts[plan.id]) for plan in others])
        elif kind == "unit":
            yield from (self._plans[plan.id] for plan in self.book.of_unit(name))
        else:
            yield from (self._plans[plan] for plan in (name, *(other.id for other in self._near[name])))

    def _jobs_of(self, plan: str, frame: Frame) -> list[Job]:
        pages = () if plan in self.by_hand else (self._plan_job(plan, frame),)
        return [*pages, *(self._file_job(kind, plan) for kind in KINDS)]

    def _overview_job(self, page: Page) -> Job:
        return Job("pages", self.page_key(*page), page.url, lambda: self._page(page).encode())

    def _plan_job(self, plan: str, frame: Frame) -> Job:
        page = Page("plan", plan)
        title = self.book.plans[plan].title
        key = digest(frame.key, self.page_key(*page))
        return Job("pages", key, page.url, lambda: frame.filled(title, page.url, self._page(page)).encode())

    def _file_job(self, kind: Kind, plan: str) -> Job:
        key = digest("file", kind.name, self._others, self._plans[plan])
        return Job("files", key, kind.url(plan), lambda: kind.make(self._stuff(plan)))

    @cached_property
    def _others(self) -> str:
        """Give the hash of our code and of everything in the book but the plans."""
        shelves = replace(self.book, plans={})
        return digest(code(), repr(sorted(self.by_hand)), repr(shelves))

    @cached_property
    def _plans(self) -> Mapping[str, str]:
        return {plan.id: fingerprint(plan) for plan in self.book.plans.values()}

    @cached_property
    def _near(self) -> Mapping[str, Sequence[Plan]]:
        """Give the plans that the page of each offers as related."""
        likeness = Likeness(self.book)
        return {plan.id: likeness.nearest(plan) for plan in self.book.plans.values()}

    @cached_property
    def _task_counts(self) -> Mapping[str, Mapping[str, int]]:
        return task_counts(self.book)

    def _page(self, page: Page) -> str:
        macro = self.renderer.of(self._book_of(page)).macros()[f"{page.kind}_page"]
        return str(macro(page.url, page.name))

    def _book_of(self, page: Page) -> Book:
        """Give a book of the plans that a page is made of."""
        if page.kind == "theme":
            return self.book
        if page.kind == "unit":
            return self._of(self.book.of_unit(page.name))
        return self._of([self.book.plans[page.name], *self._near[page.name]])

    @cached_property
    def _stuff(self) -> Callable[[str], Stuff]:
        """Give what the files of a plan are made of. Why the last is kept: they are made one after the other."""
        return lru_cache(maxsize=1)(self._fresh_stuff)

    def _fresh_stuff(self, plan: str) -> Stuff:
        own = self.book.plans[plan]
        return Stuff(own, self._of([own]), self.renderer)

    def _of(self, plans: Iterable[Plan]) -> Book:
        return replace(self.book, plans={plan.id: plan for plan in plans})


_URLS: Mapping[str, Callable[[str], str]] = {"plan": plan_url, "unit": unit_url, "theme": theme_url}


def _do(work: Iterable[object]) -> None:
    """Have it done, to the end."""
    deque(work, maxlen=0)


def _make(jobs: Sequence[Job], numbers: Sequence[int]) -> Sequence[int]:
    """Make some of the pages. Why each is kept where it is made: nothing need be handed over, in or out."""
    for number in numbers:
        keep(jobs[number].kind, jobs[number].key, jobs[number].make())
    return numbers


def _write(site: Path, jobs: Sequence[Sequence[Job]], numbers: Sequence[int]) -> Sequence[Sequence[bool]]:
    """Write page and files of some of the plans; tell of each whether it was written."""
    return [[_put(job, site / job.url) for job in jobs[number]] for number in numbers]


def _put(job: Job, target: Path) -> bool:
    """Write what is kept, or make it, unless something lies there; tell whether it was written."""
    if target.exists():
        return False
    if not put(job.kind, job.key, target):
        made = job.make()
        keep(job.kind, job.key, made)
        target.write_bytes(made)
    return True
