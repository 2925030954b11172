"""Our own scripts as they are served: small, and joined into bundles: one of all pages, and those that some need.

Why only in the built folder: the sources stay as they are written, and `serve` shows them, but for the two that the
search starts by name. Why bundles: a page then names three scripts instead of forty, and a web server packs one better
than twenty; what a page does not need it does not load. Why this library: it is kept up, has wheels for Windows and
Linux, leaves the names that scripts share alone and can be held to the JavaScript of our oldest browser; rjsmin has no
wheels and leaves long names long (44 kB packed instead of 35). On macOS it has no wheel for new machines: there the
scripts are joined and not made smaller.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

try:
    import minify as _library  # type: ignore[import-untyped]  # C, without types
except ImportError:
    _library = None

AT_HAND = _library is not None
"""Whether there is something to make them small with."""

FOLDER = "assets/javascripts"
"""Where bundles are, and scripts in folders of it. A script finds the top of the site from where its bundle lies."""

OF_ALL_PAGES = "site"
"""The bundle that every page has."""

Bundles = Mapping[str, Sequence[str]]
"""Scripts by the bundle they go into, in order: `lists/filters` is assets/javascripts/lists/filters.js."""

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


def join(site: Path, bundles: Bundles) -> None:
    """Join the scripts that came into `site` into bundles."""
    for name, parts in bundles.items():
        text = "\n".join((site / script(part)).read_text(encoding="utf-8") for part in parts)
        _write(site / script(name), text)


def minify(site: Path, bundles: Bundles) -> None:
    """Make the bundles in `site` small, and leave out the scripts that are in them."""
    for folder in {(site / script(part)).parent for parts in bundles.values() for part in parts}:
        shutil.rmtree(folder)
    for path in (site / script(name) for name in bundles):
        _write(path, small(path.read_text(encoding="utf-8")))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
