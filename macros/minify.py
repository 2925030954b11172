"""Our own scripts and styles as they are served: without what only people need, and the scripts of all pages in one.

Why only in the built folder: the sources stay as they are written, and `serve` shows them. Nothing is renamed or
rewritten, so what an error names can be found in them. Why one script: a page then names one instead of twenty, and
a web server packs one better than twenty. Why no library: rjsmin and rcssmin have no wheels for Windows and macOS,
others rename or use syntax that our oldest browser does not know. What is left out here is told apart by tests: the
same program for TypeScript's parser, the same rules for Chromium.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ALL_SCRIPTS = "assets/javascripts/site.js"
"""The scripts of all pages. Why beside them: a script finds the top of the site from where it lies."""

_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_TEMPLATE = r"`(?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\})*`"
_PATTERN = r"(?:(?<=[=(,:;!&|?{}\[+>\n])|(?<=return))[ \t]*/(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
_COMMENT = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/"
_SCRIPT = re.compile(
    rf"(?P<kept>{_STRING}|{_TEMPLATE}|{_PATTERN})|(?P<line>[ \t]*(?:{_COMMENT})?\n(?:\s+|{_COMMENT})*)|{_COMMENT}",
    re.DOTALL,
)
_STYLE = re.compile(rf"(?P<kept>{_STRING})|/\*.*?\*/|\s*(?P<sign>[{{}};,])\s*|(?P<blank>\s+)", re.DOTALL)


def script(text: str) -> str:
    """Leave out comments and indentation. Line ends stay: a statement may end with one."""
    return _SCRIPT.sub(lambda found: found["kept"] or ("\n" if found["line"] else ""), text).strip() + "\n"


def style(text: str) -> str:
    """Leave out comments, and blanks where they part nothing."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    short = _STYLE.sub(lambda found: found["kept"] or found["sign"] or (" " if found["blank"] else ""), bare)
    return short.replace(";}", "}").strip() + "\n"


KINDS: Mapping[str, Callable[[str], str]] = {".js": script, ".css": style}


def minify(site: Path, docs: Path, scripts: Sequence[str]) -> None:
    """Make the scripts and styles small that came into `site` from `docs`; join the `scripts` of all pages."""
    for path in _ours(site, docs):
        _write(path, KINDS[path.suffix](path.read_text(encoding="utf-8")))
    parts = [site / name for name in scripts]
    _write(site / ALL_SCRIPTS, "".join(part.read_text(encoding="utf-8") for part in parts))
    for part in parts:
        part.unlink()


def _ours(site: Path, docs: Path) -> Iterator[Path]:
    """Give the scripts and styles of the built folder that are not the theme's."""
    for path in sorted((docs / "assets").rglob("*")):
        if path.suffix in KINDS:
            yield site / path.relative_to(docs)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
