"""Our own scripts as they are served: small, and joined into bundles: one of all pages, and those that some need.

Why only in the built folder: the sources stay as they are written, and `serve` shows them. Why bundles: a page then
names three scripts instead of forty, and a web server packs one better than twenty; what a page does not need it does
not load. Why this library: it is kept up, has
wheels for Windows and Linux, leaves the names that scripts share alone and can be held to the JavaScript of our oldest
browser; rjsmin has no wheels and leaves long names long (44 kB packed instead of 35). On macOS it has no wheel for new
machines: there the scripts are joined and not made smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

try:
    import minify as _library  # type: ignore[import-untyped]  # C, without types
except ImportError:
    _library = None

AT_HAND = _library is not None
"""Whether there is something to make them small with."""

FOLDER = "assets/javascripts"
"""Where scripts and bundles are. Why bundles beside them: a script finds the top of the site from where it lies."""

OF_ALL_PAGES = "site"
"""The bundle that every page has."""

Bundles = Mapping[str, Sequence[str]]
"""Scripts by the bundle they go into, in order; all by name: `filters` is assets/javascripts/filters.js."""

OLDEST = 2019
"""The year of the JavaScript that all browsers we serve know: Chromium 78."""


def small(text: str) -> str:
    """Say the same in less: without comments, with short names inside functions."""
    if _library is None:
        return text
    _library.config({"js-version": OLDEST})
    return str(_library.string("application/javascript", text)) + "\n"


def script(name: str) -> str:
    """Give the address of a script or bundle."""
    return f"{FOLDER}/{name}.js"


def minify(site: Path, docs: Path, bundles: Bundles) -> None:
    """Make the scripts small that came into `site` from `docs`, and join them into bundles."""
    texts = {name: "\n".join(_text(site / script(part)) for part in parts) for name, parts in bundles.items()}
    for part in (part for parts in bundles.values() for part in parts):
        (site / script(part)).unlink()
    for path in _ours(site, docs):
        _write(path, small(_text(path)))
    for name, text in texts.items():
        _write(site / script(name), small(text))


def _ours(site: Path, docs: Path) -> Iterator[Path]:
    """Give the other scripts of the built folder that are not the theme's."""
    there = (site / path.relative_to(docs) for path in sorted((docs / "assets").rglob("*.js")))
    return (path for path in there if path.exists())


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
