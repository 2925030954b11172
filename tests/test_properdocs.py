"""The site can leave MkDocs for ProperDocs, which carries version 1.6 on: the same bytes come out of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.__main__ import _same_every_day
from macros.gates import faults
from tests.conftest import ROOT

GENERATOR = re.compile(rb'<meta name="generator" content="([^"]*)">')


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site with ProperDocs, as we do with MkDocs."""
    folder = tmp_path_factory.mktemp("properdocs") / "site"
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml"]
    command += ["--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8", env=_same_every_day())
    assert done.returncode == 0, done.stderr
    return folder


def test_properdocs_makes_the_same_site(site: Path, other: Path) -> None:
    ours, theirs = (tree(folder) for folder in (site, other))
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_it_says_which_program_made_it(site: Path, other: Path) -> None:
    ours, theirs = (GENERATOR.findall((folder / "index.html").read_bytes()) for folder in (site, other))
    assert ours != theirs
    assert b"ProperDocs" in theirs[0]


def test_the_gates_pass_on_what_properdocs_made(other: Path) -> None:
    assert faults(other) == []


def tree(site: Path) -> dict[str, bytes]:
    """Give every file, without the name of the program in pages; the packed sitemap says when it was packed."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        name: GENERATOR.sub(b"", path.read_bytes())
        for name, path in files.items()
        if not name.endswith("sitemap.xml.gz")
    }
