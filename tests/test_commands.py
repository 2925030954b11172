"""The commands inside the environment: what they do when something comes between."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

import macros.__main__ as commands
from tests.project import ROOT


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Write a site and, aside, one that is to take its place."""
    site, built = tmp_path / "site", tmp_path / ".site-x" / "new"
    for folder, word in ((site, "old"), (built, "new")):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(word, encoding="utf-8")
    return built, site


def test_a_new_site_takes_the_place_of_the_old_one(folders: tuple[Path, Path]) -> None:
    built, site = folders
    commands._take_place(built, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert not built.exists()


@pytest.mark.parametrize("error", [PermissionError, KeyboardInterrupt])
def test_the_old_site_stays_if_the_new_one_cannot_take_its_place(
    error: type[BaseException], folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    built, site = folders
    rename = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path == built:
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(error):
        commands._take_place(built, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "old"


def test_a_build_that_cannot_take_its_place_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "_made", Mock(return_value=0))
    monkeypatch.setattr(commands, "_take_place", Mock(side_effect=PermissionError(13, "no", "index.html")))
    assert commands.main(["build", "--site", str(tmp_path / "site")]) == 1
    assert "原来的没有改动：没有写的权限" in capsys.readouterr().err


def test_a_folder_is_named_from_where_the_person_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUN_FROM", str(tmp_path))
    assert commands._parser().parse_args(["build", "--site", "out"]).site == tmp_path / "out"


@pytest.mark.parametrize(("given", "moment"), [("0", commands.EARLIEST), ("1800000000", 1800000000)])
def test_the_moment_can_be_set_and_lies_where_a_zip_can_be_dated(
    given: str, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert commands._moment() == moment


def test_a_moment_that_is_no_number_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_commit_time", lambda: commands.NO_COMMIT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert commands._moment() == commands.NO_COMMIT


@pytest.mark.skipif(sys.platform == "win32", reason="there it is another signal")
def test_a_stopped_command_says_so_in_a_line() -> None:
    waiting = "import macros.__main__ as m, time; m._check = lambda _: (print('on', flush=True), time.sleep(60)); "
    program = [sys.executable, "-c", f"import sys; {waiting}sys.exit(m.main(['check']))"]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "on\n"
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=30)
    assert child.returncode == commands.STOPPED
    assert errors.strip() == "已停止。"
