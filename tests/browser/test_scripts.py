"""The site's scripts are typed, and written in the JavaScript of the oldest browser we serve."""

import gzip
import re
from pathlib import Path

from macros.minify import AT_HAND
from tests.browser.getting import HERE, run_node
from tests.browser.kinds import PLAN
from tests.browser.opening import Opener
from tests.browser.scripts import FOLDER, bundles

SCRIPTS = sorted(FOLDER.rglob("*.js"))
PACKED = 40_000
"""Bytes that all scripts of a page may weigh, packed, besides the theme's."""


def test_there_are_scripts_to_check() -> None:
    assert SCRIPTS or not FOLDER.exists()


def test_every_script_is_in_one_bundle() -> None:
    bundled = [f"{name}.js" for parts in bundles().values() for name in parts]
    assert sorted(bundled) == sorted(path.relative_to(FOLDER).as_posix() for path in SCRIPTS)


def test_scripts_keep_to_their_types(node_modules: Path) -> None:
    done = run_node(node_modules / "typescript" / "bin" / "tsc", "--project", HERE)
    assert done.returncode == 0, done.stdout


DECLARED = """
const { parse } = require(process.argv[1]);
const found = [];
const functions = (body) => body.filter((one) => one.type === "FunctionDeclaration").map((one) => one.id.name);
(function walk(node) {
    if (!node || typeof node !== "object") return;
    const names = Array.isArray(node.body) ? functions(node.body) : [];
    found.push(...names.filter((name, at) => names.indexOf(name) < at));
    Object.values(node).forEach(walk);
})(parse(require("fs").readFileSync(process.argv[2], "utf8"), { ecmaVersion: 2019 }));
console.log(found.join());
"""


def test_no_function_is_declared_twice(node_modules: Path) -> None:
    """The second would silently take the place of the first, and tsc lets it."""
    twice = {str(script): run_node("-e", DECLARED, node_modules / "acorn", script).stdout.strip() for script in SCRIPTS}
    assert {name: names for name, names in twice.items() if names} == {}


def test_scripts_are_classic_and_no_newer_than_es2019(node_modules: Path) -> None:
    parse = (node_modules / "acorn" / "bin" / "acorn", "--ecma2019", "--silent")
    answers = {str(script): run_node(*parse, script) for script in SCRIPTS}
    assert {name: done.stderr for name, done in answers.items() if done.returncode} == {}


def test_what_is_served_is_small_and_no_newer_than_its_sources(node_modules: Path, site: Path) -> None:
    """Whether it does the same, every other browser test tells: they all run on what is served."""
    parse = (node_modules / "acorn" / "bin" / "acorn", "--ecma2019", "--silent")
    there = site / "assets" / "javascripts"
    served = [path for path in sorted(there.glob("*.js")) if "bundle." not in path.name]
    assert {path.stem for path in served} == {*bundles()}
    assert not [path for path in SCRIPTS if (there / path.relative_to(FOLDER)).exists()]
    for path in served:
        assert run_node(*parse, path).returncode == 0, path
    sources = sum(path.stat().st_size for path in SCRIPTS)
    assert sum(path.stat().st_size for path in served) < sources * (0.5 if AT_HAND else 1.1)


def test_a_plan_that_nobody_filled_in_is_shown_without_what_checks_it_and_makes_its_files(open_file: Opener) -> None:
    visit = open_file(PLAN)
    asked = {Path(url).stem for url in visit.requests if url.endswith(".js")}
    assert "plan" in asked
    assert asked.isdisjoint({"files", "leftovers", "content"})
    visit.assert_clean()


def test_the_scripts_of_a_page_weigh_little(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        named = re.findall(r'<script src="([^"]+)"', path.read_text(encoding="utf-8"))
        ours = [path.parent / name for name in named if "assets/javascripts/bundle." not in name and name[0] != "/"]
        assert sum(len(gzip.compress(script.read_bytes())) for script in ours) < PACKED, path
