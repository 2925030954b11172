"""The site's scripts are typed, and written in the JavaScript of the oldest browser we serve."""

import gzip
import re
from pathlib import Path

from playwright.sync_api import Browser

from macros.minify import script, style
from tests.browser.getting import HERE, run_node

FOLDER = HERE.parent.parent / "docs" / "assets" / "javascripts"
SCRIPTS = sorted(FOLDER.rglob("*.js"))
PACKED = 40_000
"""Bytes that all scripts of a page may weigh, packed, besides the theme's."""


def test_there_are_scripts_to_check() -> None:
    assert SCRIPTS or not FOLDER.exists()


def test_scripts_keep_to_their_types(node_modules: Path) -> None:
    done = run_node(node_modules / "typescript" / "bin" / "tsc", "--project", HERE)
    assert done.returncode == 0, done.stdout


def test_scripts_are_classic_and_no_newer_than_es2019(node_modules: Path) -> None:
    parse = (node_modules / "acorn" / "bin" / "acorn", "--ecma2019", "--silent")
    answers = {script.name: run_node(*parse, script) for script in SCRIPTS}
    assert {name: done.stderr for name, done in answers.items() if done.returncode} == {}


SAME_PROGRAM = """
const {parse} = require(process.argv[1]);
const {readFileSync} = require("fs");
const bare = (key, value) => (key === "start" || key === "end" ? undefined : value);
const tree = (path) => JSON.stringify(parse(readFileSync(path, "utf8"), {ecmaVersion: 2019}), bare);
for (const path of process.argv.slice(3)) {
    if (tree(path) !== tree(`${process.argv[2]}/${path.split(/[\\\\/]/).pop()}`)) console.log(path);
}
"""


def test_a_script_as_it_is_served_is_the_same_program(node_modules: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.js"
    odd.write_text(ODD_SCRIPT, encoding="utf-8")
    served = tmp_path / "served"
    served.mkdir()
    for path in (*SCRIPTS, odd):
        (served / path.name).write_text(script(path.read_text(encoding="utf-8")), encoding="utf-8")
    done = run_node("-e", SAME_PROGRAM, node_modules / "acorn", served, *SCRIPTS, odd)
    assert (done.stdout, done.stderr) == ("", "")
    assert "//" not in (served / "core.js").read_text(encoding="utf-8")


ODD_SCRIPT = r"""
/* a */ const a = "// no", b = 'it\'s /* no */', c = `//  no
    ${a + `  /* no */ ${b}`}
  end`; // yes
const d = 8 / 4 / 2, e = /[/"']\/\/ no/g, f = [/'/, /"/], g = (x) => /`/.test(x) ? /* yes */ d / 2 : d;
function h(x) { return /\/\*/.test(x) }
const i = 1 /* one
line more */
const j = {k: /x{1,2}/}; if (j) /y/.test("y");
"""


def test_a_style_as_it_is_served_holds_the_same_rules(browser: Browser) -> None:
    page = browser.new_page()
    for path in sorted((FOLDER.parent / "stylesheets").glob("*.css")):
        text = path.read_text(encoding="utf-8")
        assert len(style(text)) < 0.9 * len(text)
        rules, served = (page.evaluate(RULES, one) for one in (text, style(text)))
        assert served == rules
        assert len(rules) > 3
    page.close()


RULES = """(text) => {
    const sheet = document.head.appendChild(Object.assign(document.createElement("style"), {textContent: text}));
    return [...sheet.sheet.cssRules].map((rule) => rule.cssText.replace(/,\\s+/g, ","));
}"""


def test_the_scripts_of_a_page_weigh_little(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        named = re.findall(r'<script src="([^"]+)"', path.read_text(encoding="utf-8"))
        ours = [path.parent / name for name in named if "assets/javascripts/bundle." not in name and name[0] != "/"]
        assert sum(len(gzip.compress(script.read_bytes())) for script in ours) < PACKED, path
