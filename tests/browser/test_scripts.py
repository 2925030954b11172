"""The site's scripts are typed, and written in the JavaScript of the oldest browser we serve."""

from pathlib import Path

from tests.browser.getting import HERE, run_node

FOLDER = HERE.parent.parent / "docs" / "assets" / "javascripts"
SCRIPTS = sorted(FOLDER.rglob("*.js"))


def test_there_are_scripts_to_check() -> None:
    assert SCRIPTS or not FOLDER.exists()


def test_scripts_keep_to_their_types(node_modules: Path) -> None:
    done = run_node(node_modules / "typescript" / "bin" / "tsc", "--project", HERE)
    assert done.returncode == 0, done.stdout


def test_scripts_are_classic_and_no_newer_than_es2019(node_modules: Path) -> None:
    parse = (node_modules / "acorn" / "bin" / "acorn", "--ecma2019", "--silent")
    answers = {script.name: run_node(*parse, script) for script in SCRIPTS}
    assert {name: done.stderr for name, done in answers.items() if done.returncode} == {}
