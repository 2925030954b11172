"""The theme's style sheet as it is served: what is left out no page has, and what is left is the theme's."""

from __future__ import annotations

import re
from pathlib import Path

import material

from macros.theme_styles import FOLDER, NAME, UNUSED, small

THEME = next((Path(material.__file__).parent / "templates" / FOLDER).glob("main.*.min.css"))
TRIED_ON_ALL = 40
"""Selectors of the theme that a browser may try on every element of a page; all of it has five times as many."""

_CLASS = re.compile(r'\sclass="([^"]+)"')
_FITS_ANY = re.compile(r"(?<=[\s>+~,}])\*?(?::{1,2}[\w-]+(?:\([^()]*\))?)*(?=[,{])")


def tried_on_all(sheet: str) -> list[str]:
    """Give the ends of selectors that name neither element, class, attribute nor id: they must be tried on each."""
    return [one for one in _FITS_ANY.findall(re.sub(r"\{[^{}]*\}", "{}", sheet)) if one]


def test_few_of_the_themes_rules_are_tried_on_every_element(site: Path) -> None:
    assert len(tried_on_all(THEME.read_text("utf-8"))) > 4 * TRIED_ON_ALL
    assert len(tried_on_all((site / FOLDER / NAME).read_text("utf-8"))) <= TRIED_ON_ALL


def test_no_page_has_what_the_style_sheet_leaves_out(site: Path) -> None:
    has = {
        path.relative_to(site).as_posix(): name
        for path in site.rglob("*.html")
        for names in _CLASS.findall(path.read_text("utf-8"))
        for name in names.split()
        if UNUSED.match(f".{name}")
    }
    assert has == {}


def test_every_page_loads_the_smaller_style_sheet(site: Path) -> None:
    assert not list((site / FOLDER).glob("main.*"))
    without = [path for path in site.rglob("*.html") if f"{FOLDER}/{NAME}" not in path.read_text("utf-8")]
    assert without == []


def test_a_rule_loses_the_selectors_that_name_what_is_unused_and_nothing_else() -> None:
    assert small("a,.md-typeset .tabbed-set>*,b:is(i,u){c:d}") == "a,b:is(i,u){c:d}"
    assert small("@media print{.md-typeset .grid{a:b}}p{c:d}") == "p{c:d}"
    assert small("p:not(.grid){a:b}/*# sourceMappingURL=main.css.map */") == "p:not(.grid){a:b}"
    assert small("a[title='x,y']{b:url('data:a,b')}") == "a[title='x,y']{b:url('data:a,b')}"
