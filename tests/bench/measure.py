"""Wall time and peak memory of a program with all that it starts."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

EVERY = 0.1
"""Seconds between two looks at the memory."""


class Figures(NamedTuple):
    """What a run took; memory is the largest sum of all its processes, what they share counted once."""

    seconds: float
    megabytes: float


def measure(command: list[str], folder: Path) -> Figures:
    """Run a command in a folder; it must succeed."""
    began = time.perf_counter()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": ""}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as child:
        watcher = _Watcher(child.pid)
        watcher.start()
        _, errors = child.communicate()
        seconds = time.perf_counter() - began
        watcher.end()
    if child.returncode:
        message = f"{' '.join(command)} failed with {child.returncode}: {errors.decode(errors='replace')[-2000:]}"
        raise RuntimeError(message)
    return Figures(seconds, watcher.most / 1024)


class _Watcher(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self._over.wait(EVERY):
            self.most = max(self.most, min(self._look(), self._look()))

    def _look(self) -> int:
        """Add up what all processes have. Why the lesser of two: one that forks meanwhile is counted twice."""
        return sum(map(_kilobytes, _tree(self._pid)))

    def end(self) -> None:
        self._over.set()
        self.join()


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
            yield from _tree(int(child))


def _kilobytes(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
