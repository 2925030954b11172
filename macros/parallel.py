"""Work on many things at once, in as many processes as there are cores."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

FEWEST, DEAR = 60, 8
"""Below that many things, of a few milliseconds or of more, starting processes takes longer than they save."""

PARTS = 16
"""Parts for each core. Why so many: the dear ones stand together (pages of themes), and one part of them would be
waited for; with 4, judging 559 pages takes half as long again. With 64, handing them out takes what is gained."""


def spread(work: Callable[[Sequence[A]], Sequence[B]], things: Sequence[A], fewest: int = FEWEST) -> Iterator[B]:
    """Do work on parts of the things, and give its results in their order.

    Why forked: the others start with all that has been read. Windows cannot; with threads about (`serve`) it is
    not safe. There one process does it all.
    """
    if len(things) < fewest or not can_spread():
        yield from work(things)
        return
    gc.freeze()  # Why: a collection in a child would touch, and so copy, all that it shares.
    with ProcessPoolExecutor(cores(), multiprocessing.get_context("fork"), _inherit, (work,)) as processes:
        size = len(things) // (cores() * PARTS) + 1
        chunks = [things[at : at + size] for at in range(0, len(things), size)]
        yield from chain.from_iterable(processes.map(_do, chunks))


class Ahead:
    """Work that another core has begun while this one does something else."""

    def __init__(self, work: Iterable[object]) -> None:
        """Begin it, unless there is no other core, or no way to fork."""
        if not can_spread():
            self._process = None
            return
        gc.freeze()  # As in `spread`.
        here = multiprocessing.get_context("fork")
        self._enough = here.Event()
        self._process = here.Process(target=self._do, args=(work,), daemon=True)
        self._process.start()

    def _do(self, work: Iterable[object]) -> None:
        with contextlib.suppress(KeyboardInterrupt):
            next((True for _ in work if self._enough.is_set()), None)

    def end(self) -> None:
        """Have it finish what it is at, and leave the rest."""
        if self._process:
            self._enough.set()
            self._process.join()


_inherited: list[Callable[[Any], Sequence[Any]]] = []
"""The work of a child; it has nobody to give work to. Why here: with the fork it comes unwritten and unread."""


def _inherit(work: Callable[[Any], Sequence[Any]]) -> None:
    _inherited[:] = [work]


def _do(chunk: Sequence[Any]) -> Sequence[Any]:
    return _inherited[0](chunk)


def cores() -> int:
    """Count the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_spread() -> bool:
    """Tell whether there is a second core, and a way to let it work, and this is not the work of one."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and os.name == "posix"
    return cores() > 1 and can_fork and threading.active_count() == 1 and not _inherited
