"""Lighthouse finds nothing to mend on the largest kind of page; `run.py bench pages` looks at every kind.

Why speed is left to the bench: it is reckoned from the time of this computer, which does other tests meanwhile. What of
it does not depend on that is asked for here: nothing moves while the page loads.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.getting import NotToBeHad, Tell
from tests.browser.kinds import PLAN
from tests.browser.lighthouse import KINDS, look_at
from tests.conftest import ROOT
from tests.nginx import get_nginx, serving

MOVES = 0.01
"""Cumulative layout shift, of which 0.1 is called good."""


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
        found = look_at(home + PLAN, node_modules, browser_path)
    assert [found.marks[kind] for kind in KINDS[1:]] == [100, 100, 100], found.lost
    assert found.times["cumulative-layout-shift"] < MOVES
