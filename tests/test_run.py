"""run.py gets everything ready once, and says in one sentence what stops it."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).parent.parent
STUB = "import sys; print('stub', sys.prefix, *sys.argv[1:])"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project of empty locks whose .venv is made in no time."""
    (tmp_path / "requirements").mkdir()
    for name in ("site", "test"):
        (tmp_path / "requirements" / f"{name}.txt").touch()
    move_to(tmp_path, monkeypatch)
    monkeypatch.setattr(run, "make_venv", make_nothing)
    monkeypatch.setattr(run, "install", lambda *_: None)
    return tmp_path


def move_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make run.py believe that it lies in this folder."""
    monkeypatch.setattr(run, "ROOT", folder)
    monkeypatch.setattr(run, "VENV", folder / ".venv")


def make_nothing(place: Path) -> None:
    """Put an empty file where a virtual environment has its Python."""
    python = run.python_in(place)
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()


def test_an_old_python_can_read_run_py_and_is_told() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    assert run.too_old((3, 6, 15)) == (
        "需要 Python 3.11 或更新版本，现在用的是 3.6。 / Python 3.11 or newer is needed; this is 3.6."
    )


def test_python_2_stops_at_the_line_that_says_what_is_needed() -> None:
    lines = (ROOT / "run.py").read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if line.startswith("def "))
    assert first.endswith("# A SyntaxError here means Python 2: Python 3.11 or newer is needed.")
    assert "".join(lines[: lines.index(first) + 1]).isascii()


@pytest.mark.parametrize(("line", "code"), [([], 2), (["tset"], 2), (["--help"], 0)])
def test_usage_names_every_command(line: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(line) == code
    said = capsys.readouterr().err
    assert all(f"  {name} " in said and it.purpose in said for name, it in run.COMMANDS.items())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("serve", ["-m", "macros", "serve", "--more"]),
        ("build", ["-m", "macros", "build", "--more"]),
        ("check", ["-m", "macros", "check", "--more"]),
        ("test", ["-m", "pytest", "--more"]),
    ],
)
def test_the_rest_of_the_line_is_handed_over(
    name: str, words: list[str], house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(run, "become", started.append)
    monkeypatch.chdir(house)
    run.main([name, "--more"])
    assert started == [[str(run.python_in(house / ".venv")), *words]]


def test_what_is_ready_is_not_made_again(house: Path) -> None:
    assert not run.is_ready("site")
    run.prepare("site")
    assert run.is_ready("site")
    assert not run.is_ready("test")
    before = (house / ".venv" / "installed.txt").stat().st_mtime_ns
    run.prepare("site")
    assert (house / ".venv" / "installed.txt").stat().st_mtime_ns == before


def test_what_the_tests_need_is_added_to_the_site_and_serves_it_too(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.prepare("site")
    monkeypatch.setattr(run, "make_venv", lambda _: pytest.fail("it was there"))
    run.prepare("test")
    assert run.is_ready("site")
    assert run.is_ready("test")
    assert house.exists()


@pytest.mark.parametrize("spoil", ["lock", "python", "stamp", "version"])
def test_what_no_longer_fits_is_made_anew(spoil: str, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.prepare("test")
    if spoil == "lock":
        (house / "requirements" / "site.txt").write_text("# new", encoding="utf-8")
    elif spoil == "python":
        run.python_in(house / ".venv").unlink()
    elif spoil == "stamp":
        (house / ".venv" / "installed.txt").write_bytes(b"\xff\xfe")
    else:
        monkeypatch.setattr(sys, "base_prefix", "/another/python")
    assert not run.is_ready("site")
    assert not run.is_ready("test")
    run.prepare("test")
    assert run.is_ready("test")


def test_a_copied_folder_does_not_use_the_venv_of_the_first(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.prepare("site")
    moved = house.with_name("moved")
    house.rename(moved)
    move_to(moved, monkeypatch)
    assert not run.is_ready("site")
    run.prepare("site")
    assert run.is_ready("site")


def test_an_interrupted_installation_is_redone(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    run.prepare("site")
    (house / "requirements" / "site.txt").write_text("# new", encoding="utf-8")
    monkeypatch.setattr(run, "install", interrupted)
    assert run.main(["check"]) == 130
    assert "已停止 / Stopped" in capsys.readouterr().err
    assert not run.is_ready("site")
    assert not (house / ".venv" / "installed.txt").exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_debian_without_venv_is_told_the_command(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "has_module", lambda name: name != module)
    move_to(tmp_path, monkeypatch)
    monkeypatch.setattr(run, "stamp_of", lambda _: set())
    assert run.main(["check"]) == 1
    assert f"lacks {module}" in (said := capsys.readouterr().err)
    assert "sudo apt install python{}.{}-venv".format(*sys.version_info) in said


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("Error: [Errno 30] Read-only file system: '/x/.venv'", "cannot be written"),
        ("PermissionError: [WinError 5] 拒绝访问。", "cannot be written"),
        ("ProxyError('Cannot connect to proxy.', NewConnectionError('Connection refused'))", "HTTPS_PROXY"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED')): Max retries", "PIP_CERT"),
        ("NewConnectionError: Failed to establish a new connection", "PIP_INDEX_URL"),
        ("ReadTimeoutError: Read timed out.", "PIP_INDEX_URL"),
        ("WARNING: The repository is not a trusted or secure host and is being ignored. Error", "PIP_TRUSTED_HOST"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the locked one"),
        ("ERROR: No matching distribution found for x==1", "lacks a locked version"),
        ("ERROR: something new", "could not be installed"),
    ],
)
def test_what_pip_says_becomes_one_sentence(output: str, sentence: str) -> None:
    with pytest.raises(run.Trouble) as caught:
        run.fail(f"Collecting x\n{output}\n")
    first, own = str(caught.value).splitlines()
    assert sentence in first
    assert first.partition(" / ")[0].endswith("。")
    assert own.strip() == output


def test_without_network_pip_fails_with_one_sentence(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / "requirements" / "site.txt").write_text(f"nothing==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    monkeypatch.undo()
    move_to(house, monkeypatch)
    monkeypatch.setattr(run, "make_venv", lambda place: place.mkdir())
    monkeypatch.setattr(run, "python_in", lambda _: Path(sys.executable))
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # The discard port: closed.
    monkeypatch.setenv("PIP_RETRIES", "1")
    assert run.main(["check"]) == 1
    said = capsys.readouterr().err
    assert "连不上软件包网站" in said
    assert "Traceback" not in said
    assert not run.is_ready("site")


def test_a_folder_that_is_no_folder_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    move_to(tmp_path, monkeypatch)
    monkeypatch.setattr(run, "stamp_of", lambda _: set())
    (tmp_path / ".venv").touch()
    assert run.main(["check"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_from_nothing_it_makes_a_venv_once_and_starts_the_program(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_bytes((ROOT / "run.py").read_bytes())
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "site.txt").write_text("# none\n", encoding="utf-8")
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "__main__.py").write_text(STUB, encoding="utf-8")
    first, second = (start(tmp_path, "check", "--quick") for _ in range(2))
    assert first.stdout == second.stdout == f"stub {tmp_path / '.venv'} check --quick\n"
    assert "就绪" in first.stderr
    assert second.stderr == ""


def start(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the run.py of a folder from somewhere else."""
    command = [sys.executable, str(folder / "run.py"), *words]
    return subprocess.run(command, check=True, cwd=folder.parent, capture_output=True, encoding="utf-8")


def test_the_tests_use_the_very_versions_of_the_site() -> None:
    site, tests = (
        {line.split()[0] for line in run.lock_file(name).read_text(encoding="utf-8").splitlines() if "==" in line}
        for name in ("site", "test")
    )
    assert site < tests


@pytest.mark.parametrize("name", ["requirements/site.txt", "requirements/test.txt", "tests/browser/package-lock.json"])
def test_locks_hold_hashes_and_no_address(name: str) -> None:
    """Of a lock that npm wrote, take out `funding`: whom to pay is an address as well."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "sha256:" in text or "sha512-" in text
