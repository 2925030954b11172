"""Our own scripts as they are served: small, and those of all pages in one.

Why only in the built folder: the sources stay as they are written, and `serve` shows them. Why one script: a page
then names one instead of twenty, and a web server packs one better than twenty. Why this library: it is kept up, has
wheels for Windows and Linux, leaves the names that scripts share alone and can be held to the JavaScript of our oldest
browser; rjsmin has no wheels and leaves long names long (44 kB packed instead of 35). On macOS it has no wheel for new
machines: there the scripts are joined and not made smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

try:
    import minify as _library  # type: ignore[import-untyped]  # C, without types
except ImportError:
    _library = None

AT_HAND = _library is not None
"""Whether there is something to make them small with."""

ALL_SCRIPTS = "assets/javascripts/site.js"
"""The scripts of all pages. Why beside them: a script finds the top of the site from where it lies."""

OLDEST = 2019
"""The year of the JavaScript that all browsers we serve know: Chromium 78."""


def small(text: str) -> str:
    """Say the same in less: without comments, with short names inside functions."""
    if _library is None:
        return text
    _library.config({"js-version": OLDEST})
    return str(_library.string("application/javascript", text)) + "\n"


def minify(site: Path, docs: Path, scripts: Sequence[str]) -> None:
    """Make the scripts small that came into `site` from `docs`; join the `scripts` of all pages."""
    parts = [site / name for name in scripts]
    _write(site / ALL_SCRIPTS, small("\n".join(part.read_text(encoding="utf-8") for part in parts)))
    for part in parts:
        part.unlink()
    for path in _ours(site, docs):
        _write(path, small(path.read_text(encoding="utf-8")))


def _ours(site: Path, docs: Path) -> Iterator[Path]:
    """Give the other scripts of the built folder that are not the theme's."""
    there = (site / path.relative_to(docs) for path in sorted((docs / "assets").rglob("*.js")))
    return (path for path in there if path.exists())


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
