"""What every test may use: the built site, and a way to speak to the person who runs the tests."""

import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.getting import (
    NotToBeHad,
    get_browser,
    get_engine,
    get_fonts,
    get_java,
    get_office,
    get_tools,
    get_validator,
)
from tests.browser.kernels import get_kernels
from tests.browser.thinning import LONG, thinned
from tests.nginx import get_faketime, get_nginx

ROOT = Path(__file__).parent.parent


def pytest_sessionstart(session: pytest.Session) -> None:
    """Get what the browser tests need before the workers start, or each of them would install it.

    What cannot be had is said by the test that needs it.
    """
    if session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput"):
        for get in (
            get_fonts,
            get_browser,
            get_engine,
            get_tools,
            get_kernels,
            get_office,
            get_java,
            get_nginx,
            get_faketime,
        ):
            with contextlib.suppress(NotToBeHad):
                get(print)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to `run.py bench tests` what is not tried by default."""
    if not LONG:
        kept = set(thinned(items))
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]


@pytest.fixture(scope="session")
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Show a line on the terminal although pytest keeps back what tests print."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")

    def show(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", end="", flush=True)  # noqa: T201 - the person waits for it

    return show


@pytest.fixture(scope="session")
def office(tell: Callable[[str], None]) -> Path:
    """Give the path of a LibreOffice that can show Chinese, installed if need be."""
    try:
        get_fonts(tell)
        return get_office(tell)
    except NotToBeHad as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def validator(tell: Callable[[str], None]) -> Path:
    """Give the path of the OOXML validator, installed if need be."""
    try:
        return get_validator(tell)
    except NotToBeHad as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site once, with the command that people use, and give its folder."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "macros", "build", "--site", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        pytest.fail(f"`macros build` failed:\n{done.stdout}\n{done.stderr}", pytrace=False)
    return folder
