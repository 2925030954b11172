"""Make a release of a finished folder: assets named by content, everything compressed, listed and read back."""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from macros.publishing import manifest
from macros.publishing.naming import NAMED, name_by_content
from macros.publishing.refusal import Refused

_PACKED = {".css", ".csv", ".html", ".ics", ".js", ".json", ".map", ".md", ".svg", ".txt", ".webmanifest", ".xml"}
_WORTH_PACKING = 860
"""Bytes below which one network packet holds the file either way."""

BUILT = "built"
"""The folder in `scratch` that a site may be built in; it does not become part of the release."""

_BEFORE = "before.txt"
_SHOWN = 5


@dataclass(frozen=True)
class Release:
    """A folder under `releases/`, named `<number>-<first digits of its tree hash>`."""

    folder: Path

    @property
    def id(self) -> str:
        """Give the name people type."""
        return self.folder.name

    @property
    def number(self) -> int:
        """Give its place in the order of publishing."""
        return int(self.id.partition("-")[0])

    @property
    def site(self) -> Path:
        """Give the folder that is served."""
        return self.folder / "site"

    @property
    def manifest(self) -> dict[str, str]:
        """Read the list of its files; it is empty where it cannot be read."""
        try:
            return manifest.read(self.folder / manifest.NAME)
        except (OSError, ValueError):
            return {}

    @property
    def made(self) -> str:
        """Say when it was made, for people."""
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime((self.folder / manifest.NAME).stat().st_mtime))

    @property
    def before(self) -> str:
        """Give the id of the release that was served until this one was published; nothing if none was."""
        try:
            return (self.folder / _BEFORE).read_text("utf-8").strip()
        except OSError:
            return ""

    def follow(self, before: Release) -> None:
        """Note what was served until now. Why: what was published just before may have been given up since."""
        with contextlib.suppress(OSError):  # It is served already; going back then goes by numbers.
            (self.folder / _BEFORE).write_text(f"{before.id}\n", encoding="utf-8")

    def assets(self) -> dict[str, str]:
        """List the files that are named by their content, compressed ones too."""
        return {name: hash_ for name, hash_ in self.manifest.items() if NAMED.search(name)}

    def faults(self) -> list[str]:
        """Say what has become of it since it was made; nothing if it is as it was."""
        listed = self.manifest
        if not self.id.endswith(f"-{manifest.tree_hash(listed)[:12]}"):
            return [f"{manifest.NAME}：内容被改过，或者读不出来"]
        return list(manifest.differences(listed, manifest.files_of(self.site)))

    def check(self) -> None:
        """Refuse a release that is not as it was made."""
        found = self.faults()
        if found:
            shown = "\n".join(f"  {fault}" for fault in found[:_SHOWN])
            more = f"\n  ……共 {len(found)} 处" if len(found) > _SHOWN else ""
            raise Refused(f"版本 {self.id} 与它的清单不符，没有使用它；请换一个版本，或者重新发布：\n{shown}{more}")


def make(source: Path, number: int, scratch: Path, earlier: list[Release]) -> Release:
    """Make the next release in `scratch`, beside the others, and give it its name when it is whole."""
    site = scratch / "site"
    _copy(source, site)
    shutil.rmtree(scratch / BUILT, ignore_errors=True)
    name_by_content(site)
    _pack(site)
    files = manifest.files_of(site)
    _date(site, files, earlier)
    (scratch / manifest.NAME).write_bytes(manifest.written(files))
    _settle(scratch)
    return Release(scratch.rename(scratch.with_name(f"{number:06}-{manifest.tree_hash(files)[:12]}")))


def _copy(source: Path, site: Path) -> None:
    """Copy file by file, readable by any server whatever the umask of who publishes."""
    for name in manifest.names_of(source):
        if (source / name).is_symlink():
            raise Refused(f"要发布的文件夹里有链接，不发布：{name}")
        content = (source / name).read_bytes()
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)


def _pack(site: Path) -> None:
    for path in [site / name for name in manifest.names_of(site)]:
        content = path.read_bytes() if path.suffix in _PACKED else b""
        packed = gzip.compress(content, 9, mtime=0) if len(content) >= _WORTH_PACKING else content
        if len(packed) < len(content):
            path.with_name(f"{path.name}.gz").write_bytes(packed)


def _date(site: Path, files: manifest.Files, earlier: list[Release]) -> None:
    """Let a file that is as it was keep its date, and give every other one a date it never had.

    Why: servers tell versions of a file apart by date in seconds and size. With one date for all, a changed page
    of the same size would be answered "not modified"; with new dates for all, nothing kept would ever be used.
    """
    now = int(time.time())
    lists = [(release.site, release.manifest) for release in earlier]
    for name, hash_ in files.items():
        had = [(listed[name], site / name) for site, listed in lists if name in listed and (site / name).is_file()]
        dates = [int(path.stat().st_mtime) for _, path in had]
        date = dates[-1] if had and had[-1][0] == hash_ else max([now, *(date + 1 for date in dates)])
        os.utime(site / name, (date, date))


def _settle(scratch: Path) -> None:
    """Let every server read it, and have the disk hold it before anything leads there.

    Why all at once: waiting for the disk file by file takes seconds.
    """
    for folder, _, names in os.walk(scratch):
        Path(folder).chmod(0o755)
        for name in names:
            Path(folder, name).chmod(0o644)
    if hasattr(os, "sync"):
        os.sync()
