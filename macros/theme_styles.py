"""The theme's style sheet without the looks of what our pages have not.

Why: it styles two dozen things that only Markdown extensions and plugins make which we do not use. Rules for the twenty
tabs of a set of tabs alone end in `:nth-child(…)`, which fits any element: a browser tries each of them on every
element of a page, again and again while the page starts. Without these a phone has a quarter of that to try, and less
to load before it shows anything.
Why by name and not by looking at the pages: what a page has none of today, an editor may write tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = "assets/stylesheets"
NAME = "theme.css"
"""What it is called then: the theme's own name for it tells a content that it no longer has."""

UNUSED = re.compile(
    r"\.(?:tabbed-|arithmatex|critic|footnote|grid|highlight|linenodiv|mermaid|task-list"
    r"|md-(?:annotation|comments|feedback|pagination|post|version))"
)
"""Classes of extensions and plugins that mkdocs.yml does not name."""

_THEMES = re.compile(rf"({FOLDER}/)main\.[0-9a-f]+\.min\.css")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_EMPTY = re.compile(r"@media[^{}]*\{\}")
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_NOT = re.compile(r":not\([^)]*\)")
_MAP = re.compile(r"\s*/\*# sourceMappingURL=.*?\*/")


def named(html: str) -> str:
    """Have a page name the smaller style sheet."""
    return _THEMES.sub(rf"\1{NAME}", html)


def make_small(site: Path) -> None:
    """Put the smaller style sheet in the place of the theme's."""
    for path in (site / FOLDER).glob("main.*.min.css*"):
        if path.suffix == ".css":
            (site / FOLDER / NAME).write_text(small(path.read_text("utf-8")), encoding="utf-8", newline="\n")
        path.unlink()


def small(sheet: str) -> str:
    """Leave out the selectors that name what we do not use, and the rules that then have none."""
    return _EMPTY.sub("", _RULE.sub(_kept, _MAP.sub("", sheet)))


def _kept(rule: re.Match[str]) -> str:
    kept = ",".join(one for one in selectors(rule[1]) if not UNUSED.search(_NOT.sub("", one)))
    return f"{kept}{{{rule[2]}}}" if kept else ""


def selectors(text: str) -> Iterator[str]:
    """Give the selectors of a rule one by one."""
    yield from _COMMA.split(text)
