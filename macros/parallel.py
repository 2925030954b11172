"""Work on many things at once, in as many processes as there are cores."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
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
    if len(things) < fewest or cores() < 2 or not _can_fork():  # noqa: PLR2004
        yield from work(things)
        return
    gc.freeze()  # Why: a collection in a child would touch, and so copy, all that it shares.
    with ProcessPoolExecutor(cores(), multiprocessing.get_context("fork"), _inherit, (work,)) as processes:
        size = len(things) // (cores() * PARTS) + 1
        chunks = [things[at : at + size] for at in range(0, len(things), size)]
        yield from chain.from_iterable(processes.map(_do, chunks))


_inherited: list[Callable[[Any], Sequence[Any]]] = []
"""The work of a child. Why here: it comes with the fork, and need not be written and read with every part."""


def _inherit(work: Callable[[Any], Sequence[Any]]) -> None:
    _inherited[:] = [work]


def _do(chunk: Sequence[Any]) -> Sequence[Any]:
    return _inherited[0](chunk)


def cores() -> int:
    """Count the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1 and os.name == "posix"
