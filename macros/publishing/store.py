"""What lies in a folder that is published into, and what of it may go."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from macros.publishing.release import Release

KEPT = 5

_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}")
_HALF, _OLD = ".tmp", ".old"
_LEFT = re.compile(rf"\d{{6,}}-\w+(?:{_HALF}|{_OLD})")


def is_name(name: str) -> bool:
    """Tell whether a release can be called so."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True)
class Store:
    """A folder that is published into."""

    folder: Path

    @property
    def current(self) -> Path:
        """Give what readers are served."""
        return self.folder / "current"

    @property
    def next(self) -> Path:
        """Give the folder in which the files of a switch by copy wait."""
        return self.folder / "current.next"

    @property
    def pool(self) -> Path:
        """Give the folder of assets that pages opened before a switch may still ask for."""
        return self.folder / "pool"

    @property
    def _folder_of_releases(self) -> Path:
        return self.folder / "releases"

    def releases(self) -> list[Release]:
        """List the whole releases, oldest first."""
        found = self._folder_of_releases.iterdir() if self._folder_of_releases.is_dir() else ()
        return sorted((Release(one) for one in found if is_name(one.name)), key=lambda one: one.number)

    def release(self, id_: str) -> Release | None:
        """Find a release by its name or its number."""
        return next((one for one in self.releases() if id_ in {one.id, str(one.number), f"{one.number:06}"}), None)

    def next_number(self) -> int:
        """Give the number of the release to come.

        Why numbers and no dates: a clock that was put back must not make the newest release look old.
        """
        return max((one.number for one in self.releases()), default=0) + 1

    def scratch(self) -> Path:
        """Make the folder in which the next release is made.

        Why a name nobody had: when a publication is killed, the build it started may write on for a while.
        """
        self._folder_of_releases.mkdir(exist_ok=True)
        return Path(mkdtemp(_HALF, f"{self.next_number():06}-", self._folder_of_releases))

    def sweep(self) -> None:
        """Remove what a killed publication left."""
        for one in self._folder_of_releases.glob("*"):
            if _LEFT.fullmatch(one.name):
                shutil.rmtree(one, ignore_errors=True)
        for one in self.folder.glob("current.tmp*"):
            one.unlink()
        shutil.rmtree(self.next, ignore_errors=True)

    def add_to_pool(self, release: Release) -> None:
        """Let the pool serve what a release's pages ask for."""
        for name in release.assets():
            place = self.pool / name
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                part = place.with_name(f"{place.name}.part")
                shutil.copy2(release.site / name, part)
                part.replace(place)

    def prune(self, live: Release) -> None:
        """Keep the newest releases, the one being served among them, and their assets."""
        releases = self.releases()
        kept = {one.id for one in releases[-KEPT:]} | {live.id}
        for one in releases:
            if one.id not in kept:
                # Why renamed first: a release that is half removed must not look like a release.
                shutil.rmtree(one.folder.rename(one.folder.with_suffix(_OLD)))
        self._prune_pool({name for one in self.releases() for name in one.assets()})

    def _prune_pool(self, wanted: set[str]) -> None:
        for folder, _, names in os.walk(self.pool):
            for path in (Path(folder, name) for name in names):
                if path.relative_to(self.pool).as_posix() not in wanted:
                    path.unlink()
