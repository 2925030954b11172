"""Change what readers are served from one release to another.

By link: one call of the system, before which everything is old and after which everything is new.
By copy, where links are not to be had (Windows, some shares): file by file, each whole at every moment, in an order
in which every page finds what it was made with. For some seconds two pages may be of two releases; an interrupted
switch is finished by the next run.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from macros.publishing.manifest import files_of
from macros.publishing.naming import NAMED
from macros.publishing.refusal import Refused, explain
from macros.publishing.release import Release
from macros.publishing.store import Store, is_name

_OF_THE_HOST = {"web.config"}
"""What a host's keeper lays into `current` and no release holds: the settings of IIS."""

_TRIES = 20
_PAUSE = 0.1
"""Seconds between tries of a file that a reader on Windows holds open."""


class Switch(Protocol):
    """A way of changing what is served."""

    def live(self) -> Release | None:
        """Give the release being served."""

    def to(self, release: Release) -> None:
        """Serve this one from now on."""

    def recover(self) -> None:
        """Finish what a killed publication began."""

    def faults(self) -> list[str]:
        """Say in what the files being served differ from those of their release."""


def switch_of(store: Store, *, copy: bool) -> Switch:
    """Choose the way: the one in use, else links where the disk has them."""
    current = store.current
    if not current.is_symlink() and not current.exists():
        return ByCopy(store) if copy or not _has_links(store.folder) else ByLink(store)
    if current.is_symlink() and copy:
        raise Refused("这里一直用链接切换，不能改成复制；要改，请发布到一个新的空文件夹")
    used = ByLink(store) if current.is_symlink() else ByCopy(store)
    if not used.is_ours():
        raise Refused("current 不是由发布建立的，没有动它；请换一个空文件夹")
    return used


def _has_links(folder: Path) -> bool:
    probe = folder / "current.tmp-probe"
    try:
        probe.symlink_to("releases")
    except OSError:
        return False
    probe.unlink()
    return os.name != "nt"  # Why: Windows does not replace the link to a folder in one step.


@dataclass(frozen=True)
class ByLink:
    """`current` is a link."""

    store: Store

    def is_ours(self) -> bool:
        """Tell whether `current` was made by this: it leads to a release, though that may be gone."""
        return is_name(self.store.current.readlink().parent.name)

    def live(self) -> Release | None:
        """Read the link."""
        current = self.store.current
        return self.store.release(current.readlink().parent.name) if current.is_symlink() else None

    def to(self, release: Release) -> None:
        """Put a new link in place of the old one; assets first."""
        self.store.add_to_pool(release)
        aside = self.store.folder / f"current.tmp-{os.getpid()}"
        aside.symlink_to(release.site.relative_to(self.store.folder), target_is_directory=True)
        aside.replace(self.store.current)
        _sync(self.store.folder)

    def recover(self) -> None:
        """Have nothing to finish."""

    def faults(self) -> list[str]:
        """Look at the release itself: it is what is served."""
        live = self.live()
        return live.faults() if live else []


@dataclass(frozen=True)
class ByCopy:
    """`current` is a folder; `live.txt` says what it holds, `switching.txt` what it is becoming."""

    store: Store

    @property
    def _live(self) -> Path:
        return self.store.folder / "live.txt"

    @property
    def _becoming(self) -> Path:
        return self.store.folder / "switching.txt"

    def is_ours(self) -> bool:
        """Tell whether `current` was made by this."""
        return self._live.exists() or self._becoming.exists()

    def live(self) -> Release | None:
        """Read `live.txt`."""
        return self.store.release(self._live.read_text("utf-8").strip()) if self._live.exists() else None

    def to(self, release: Release) -> None:
        """Copy what differs, and go back if that cannot be done."""
        _note(self._becoming, release.id)
        before = self.live()
        try:
            self._become(release)
        except OSError as error:
            if before is None:
                raise
            self._go_back(before)
            raise Refused(f"没有换成，现在还是原来的版本：{explain(error)}") from error
        _note(self._live, release.id)
        self._becoming.unlink()

    def _go_back(self, before: Release) -> None:
        try:
            self._become(before)
        except OSError as error:
            raise Refused(f"换到一半停下了，请尽快再运行一次，会接着做完：{explain(error)}") from error
        self._becoming.unlink()

    def recover(self) -> None:
        """Finish the switch that was interrupted, or go back if its release is no longer whole."""
        if not self._becoming.exists():
            return
        target = self.store.release(self._becoming.read_text("utf-8").strip())
        whole = target if target and not target.faults() else self.live()
        if whole:
            self.to(whole)

    def faults(self) -> list[str]:
        """Compare every file that is served with its release, which must be whole itself."""
        live = self.live()
        if live is None:
            return []
        served = files_of(self.store.current)
        wrong = [name for name, hash_ in live.manifest.items() if served.get(name) != hash_]
        strange = [
            name for name in served if name not in live.manifest and not NAMED.search(name) and name not in _OF_THE_HOST
        ]
        return [*live.faults(), *(f"current/{name}：与版本不符" for name in [*wrong, *strange])]

    def _become(self, release: Release) -> None:
        """Write all that is new beside what is served, and only then move it there.

        Why: a full disk is met while nothing has changed yet, and moving is done in no time.
        """
        wanted, current, waiting = release.manifest, self.store.current, self.store.next
        current.mkdir(exist_ok=True)
        served = files_of(current)
        new = list(in_order(name for name, hash_ in wanted.items() if served.get(name) != hash_))
        for name in new:
            (waiting / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(release.site / name, waiting / name)
        for name in new:
            (current / name).parent.mkdir(parents=True, exist_ok=True)
            _patiently(partial((waiting / name).replace, current / name))
        kept = _OF_THE_HOST.union(wanted, *(one.assets() for one in self.store.releases()))
        for name in served:
            if name not in kept:
                _patiently(partial((current / name).unlink, missing_ok=True))
        shutil.rmtree(waiting, ignore_errors=True)
        _remove_empty(current)


def in_order(names: Iterable[str]) -> Iterator[str]:
    """Give first what pages load, then what is downloaded, then the pages, the home page last.

    Why: whoever opens a page while this goes on finds everything that page asks for.
    """
    yield from sorted(names, key=lambda name: (_rank(name.removesuffix(".gz")), name))


def _rank(name: str) -> int:
    if name == "index.html":
        return 4
    if name.endswith(".html"):
        return 3
    return 1 if NAMED.search(name) else 2


def _patiently(act: Callable[[], object]) -> None:
    """Try again for a while: on Windows a file that someone is reading cannot be replaced."""
    for left in reversed(range(_TRIES)):
        try:
            act()
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _remove_empty(folder: Path) -> None:
    for path, _, _ in os.walk(folder, topdown=False):
        if Path(path) != folder and not any(Path(path).iterdir()):
            Path(path).rmdir()


def _note(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(f"{text}\n", encoding="utf-8")
    part.replace(path)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
