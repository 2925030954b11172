"""Publish a finished folder, and go back to an earlier release."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from macros.publishing.lock import locked
from macros.publishing.manifest import Files, is_packed
from macros.publishing.refusal import Refused, explain
from macros.publishing.release import BUILT, Release, make
from macros.publishing.store import Store
from macros.publishing.switch import Switch, switch_of


@dataclass(frozen=True)
class Done:
    """What was done: the release now served and the one before; the files that differ."""

    release: Release
    before: Release | None
    added: int = 0
    changed: int = 0
    removed: int = 0
    left: str = ""
    """Why older releases that should have gone are still there."""


def publish(folder: Path, site_of: Callable[[Path], Path], *, copy: bool = False) -> Done:
    """Serve from `folder` the site that `site_of` makes in the empty folder it is given, or finds elsewhere.

    Until readers are switched nothing that they see has changed; if any step before fails nothing ever does.
    """
    with _held(folder, copy=copy) as (store, switch):
        release = _made(store, site_of)
        release.check()
        before = switch.live()
        if before and _same(before, release) and not switch.faults():
            shutil.rmtree(release.folder)
            return Done(before, before)
        switch.to(release)
        if before:
            release.follow(before)
        return replace(_done(release, before), left=_pruned(store, release))


def _pruned(store: Store, live: Release) -> str:
    """Remove old releases; say what hindered it. Why no failure: readers see the new one already."""
    try:
        store.prune(live)
    except OSError as error:
        return explain(error)
    return ""


def rollback(folder: Path, wanted: str | None = None) -> Done:
    """Serve the release that was served before this one was published, or the one that is wanted, if it is whole."""
    if not folder.is_dir():
        raise Refused(f"没有这个文件夹：{folder}")
    with _held(folder) as (store, switch):
        before = switch.live()
        release = store.release(wanted) if wanted else _earlier(store, before)
        if release is None:
            kept = "、".join(one.id for one in store.releases()) or "没有"
            raise Refused(f"没有{f'版本 {wanted}' if wanted else '更早的版本'}；留着的版本：{kept}")
        release.check()
        switch.to(release)
        return _done(release, before)


@contextmanager
def _held(folder: Path, *, copy: bool = False) -> Iterator[tuple[Store, Switch]]:
    """Hold the folder, with what a killed publication left put in order."""
    store = Store(folder.resolve())
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        with locked(store.folder):
            switch = switch_of(store, copy=copy)
            store.sweep()
            switch.recover()
            yield store, switch
    except OSError as error:
        raise Refused(explain(error)) from error


def _made(store: Store, site_of: Callable[[Path], Path]) -> Release:
    scratch = store.scratch()
    try:
        source = site_of(scratch / BUILT)
        return make(source, store.next_number(), scratch, store.releases())
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _same(one: Release, other: Release) -> bool:
    return one.id.partition("-")[2] == other.id.partition("-")[2]


def _earlier(store: Store, live: Release | None) -> Release | None:
    """Give the release that was served before the live one was published, or, if that is gone, the one before it."""
    served = store.release(live.before) if live and live.before else None
    older = [one for one in store.releases() if live and one.number < live.number]
    return served or (older[-1] if older else None)


def _done(release: Release, before: Release | None) -> Done:
    new, old = release.manifest, before.manifest if before else {}
    return Done(
        release,
        before,
        added=_count(set(new) - set(old), new),
        changed=_count({name for name in new if name in old and new[name] != old[name]}, new),
        removed=_count(set(old) - set(new), old),
    )


def _count(names: set[str], files: Files) -> int:
    return sum(not is_packed(name, files) for name in names)
