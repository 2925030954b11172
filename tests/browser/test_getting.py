"""What the browser tests need is found, or installed, or missed in one clear sentence."""

from pathlib import Path

import pytest

from tests.browser import getting


def keep_quiet(_line: str) -> None:
    """Tell nobody."""


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Give a system without any browser, where commands fail, and the list of what was tried."""
    tried: list[tuple[str, ...]] = []

    def fails(_tell: getting.Tell, *command: str) -> bool:
        tried.append(command)
        return False

    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setattr(getting, "usual_places", lambda: iter(()))
    monkeypatch.setattr(getting, "downloaded_browser", lambda _tell: None)
    monkeypatch.setattr(getting, "run", fails)
    return tried


def test_the_browser_that_chrome_names_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "chrome"
    browser.touch()
    monkeypatch.setenv("CHROME", str(browser))
    assert getting.get_browser(keep_quiet) == browser


def test_a_wrong_chrome_is_told_and_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROME", "/no/such/browser")
    with pytest.raises(getting.NotToBeHad, match="CHROME=/no/such/browser"):
        getting.get_browser(keep_quiet)


def test_edge_on_windows_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(getting, "APPLICATIONS", ())
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path))
    assert getting.installed_browser(keep_quiet) == edge


@pytest.mark.usefixtures("no_browser")
def test_no_browser_at_all_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(getting.NotToBeHad, match="install one, or name its path in CHROME"):
        getting.get_browser(keep_quiet)


def test_root_on_debian_installs_the_packages(
    no_browser: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(getting.NotToBeHad):
        getting.get_browser(keep_quiet)
    assert no_browser == [("apt-get", "update")]


def test_a_failing_command_and_a_missing_one_are_shown_and_no_traceback() -> None:
    said: list[str] = []
    assert not getting.run(said.append, "no-such-command")
    assert said[0] == "$ no-such-command"
    assert "no-such-command" in said[1]


def test_the_office_that_soffice_names_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "soffice"
    office.touch()
    monkeypatch.setenv("SOFFICE", str(office))
    assert getting.get_office(keep_quiet) == office


def test_an_office_without_writer_is_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soffice").touch()
    monkeypatch.delenv("SOFFICE", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(getting, "office_places", lambda: iter([tmp_path / "soffice"]))
    monkeypatch.setattr(getting, "apt_install", lambda *_words: False)
    with pytest.raises(getting.NotToBeHad, match="install it, or name the path of soffice in SOFFICE"):
        getting.get_office(keep_quiet)


def test_no_java_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(getting.NotToBeHad, match="needs Java 11 or newer"):
        getting.get_java(keep_quiet)


def test_a_system_without_a_validator_of_its_own_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OOXML_VALIDATOR_CLI", raising=False)
    monkeypatch.setattr(getting, "get_tools", lambda _tell: tmp_path)
    with pytest.raises(getting.NotToBeHad, match="name its path in OOXML_VALIDATOR_CLI"):
        getting.get_validator(keep_quiet)
