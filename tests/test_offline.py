"""Without network, on another day and in another place, the same commit makes the same site."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from macros.offline import READ_ME, download_wheels, write_zip
from macros.publishing.manifest import differences, files_of, tree_hash
from tests.browser.getting import NotToBeHad
from tests.nginx import get_faketime
from tests.project import PARTS, copy_project
from tests.publishing_faults import write_site

ROOT = Path(__file__).parent.parent
MOMENT = 1_800_000_000

ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "C",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "4242",
    "HOME": "/nonexistent",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_RETRIES": "0",
    "PIP_NO_COMPILE": "1",
}


def test_the_zip_has_the_same_bytes_whenever_it_is_written(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", "word")
    first = write_zip(site, tmp_path / "one", MOMENT)
    for path in site.rglob("*"):
        os.utime(path, (1, 1))
    second = write_zip(site, tmp_path / "two", MOMENT)
    assert first.read_bytes() == second.read_bytes()
    assert first.name == "plans-20270115.zip"


def test_the_zip_holds_one_folder_with_everything_and_a_note_in_chinese(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", "word")
    path = write_zip(site, tmp_path, MOMENT)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        note = archive.read(f"plans-20270115/{READ_ME}")
        assert archive.getinfo(f"plans-20270115/{READ_ME}").flag_bits & 0x800  # The name is said to be UTF-8.
    assert {name.partition("/")[0] for name in names} == {"plans-20270115"}
    assert {name.partition("/")[2] for name in names} == {READ_ME, *files_of(site)}
    assert note.startswith(b"\xef\xbb\xbf")
    assert "双击 index.html" in note.decode("utf-8-sig")
    assert b"\n" not in note.replace(b"\r\n", b"")


def test_the_hash_beside_the_zip_is_its_own(tmp_path: Path) -> None:
    path = write_zip(write_site(tmp_path / "site", "word"), tmp_path, MOMENT)
    hash_, name = (tmp_path / f"{path.name}.sha256").read_text(encoding="utf-8").split()
    assert (hash_, name) == (sha256(path.read_bytes()).hexdigest(), path.name)


def test_the_same_commit_makes_the_same_site_without_network_on_another_day_and_elsewhere(
    site: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    """Carry the project and its packages to a machine of another place, time and hash seed, cut off from everything."""
    project = tmp_path / "别的 地方"
    copy_project(project, (*PARTS, "requirements", "run.py"))
    assert download_wheels(ROOT / "requirements" / "site.txt", project / "wheelhouse", [], "3.11") >= 30
    command = [*cut_off(), faketime(tell), "2031-02-03 04:05:06", sys.executable, "-X", "utf8", "run.py", "build"]
    done = subprocess.run(
        command, cwd=project, env=elsewhere(), check=False, capture_output=True, encoding="utf-8", errors="replace"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = files_of(site), files_of(project / "site")
    tell(f"tree hash {tree_hash(here)[:16]} here, {tree_hash(there)[:16]} elsewhere")
    assert list(differences(here, there)) == []


def elsewhere() -> dict[str, str]:
    """Give the environment of the other machine: none of the settings of this one."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    moment = os.environ.get("SOURCE_DATE_EPOCH") or done.stdout.strip()
    kept = {"PATH": os.environ["PATH"], "TMPDIR": os.environ.get("TMPDIR", "/tmp")}  # noqa: S108
    return {**kept, **ELSEWHERE, **({"SOURCE_DATE_EPOCH": moment} if moment else {})}


def cut_off() -> list[str]:
    """Give the words that start a program without any network, where the system can do that."""
    for words in (["unshare", "--net"], ["unshare", "--net", "--map-root-user"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*words, "true"], check=False, capture_output=True).returncode == 0
        ):
            return words
    return []  # pip is told `--no-index` all the same.


def faketime(tell: Callable[[str], None]) -> str:
    try:
        return str(get_faketime(tell))
    except NotToBeHad as reason:
        pytest.fail(str(reason), pytrace=False)
