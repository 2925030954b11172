"""Lighthouse finds nothing to mend on the largest kind of page; `run.py bench pages` looks at every kind."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.getting import NotToBeHad, Tell
from tests.browser.lighthouse import look_at
from tests.browser.test_every_page import PLAN
from tests.conftest import ROOT
from tests.nginx import get_nginx, serving

TRIES = 3
"""Why more than one: it reckons with the time that this computer takes, which does other tests meanwhile."""


def test_lighthouse_has_nothing_to_say_of_a_plan(
    site: Path, tmp_path: Path, node_modules: Path, browser_path: Path, tell: Tell
) -> None:
    """Publish, serve with the kit for hosts, and look as a phone does."""
    try:
        nginx = get_nginx(tell)
    except NotToBeHad as error:
        pytest.fail(str(error), pytrace=False)
    command = [sys.executable, "-m", "macros", "publish", str(tmp_path / "target"), "--site", str(site)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with serving(nginx, tmp_path / "nginx", tmp_path / "target") as home:
        for _ in range(TRIES):
            found = look_at(home + PLAN, node_modules, browser_path)
            if found.are_full:
                break
    assert found.are_full, (found.marks, found.lost)
