"""Name what pages load by its content, so that a page gets the very scripts and styles it was made with.

Why when publishing and not when building: `site/` keeps names that people and tests can type; only where one
release takes the place of another can a page meet the files of another release.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from macros.publishing.manifest import names_of
from macros.publishing.refusal import Refused

NAMED = re.compile(r"\.[0-9a-f]{8}\.")
"""What a path that is named by its content holds; hosts let browsers keep such files for ever."""

_ASSETS = re.compile(r"assets/|(?!search/).*\.js$")
_ATTRIBUTE = re.compile(r"""(\s(?:src|href|data-[\w-]+)=")([^"#?]+)""")
_CSS_URL = re.compile(r"""(\burl\(\s*["']?)([^"')#?]+)""")

_SEARCH = "search/"
_STUBS = "search/search_index."
"""What the theme asks for by this name; it holds nothing."""

_SEARCH_SCRIPT = "assets/javascripts/search.js"
_SEARCH_ADDRESS = "../../search/"
"""How the script of the search names the folder of its data."""


def name_by_content(site: Path) -> None:
    """Give each asset that pages or styles refer to a second name that holds its hash, and refer to that.

    The plain names stay: they are what an address typed or kept from elsewhere leads to.
    """
    names = names_of(site)
    _name_search(site, [name for name in names if name.startswith(_SEARCH) and not name.startswith(_STUBS)])
    assets = [name for name in names if _ASSETS.match(name)]
    styles = [name for name in assets if name.endswith(".css")]
    wanted = _referred(site, [name for name in names if name.endswith(".html")], set(assets))
    wanted |= _referred(site, styles, set(assets), _CSS_URL)
    known: dict[str, str] = {}
    for name in sorted(wanted, key=lambda name: (name in styles, name)):
        if name in styles:
            _refer(site, name, known, _CSS_URL)
        known[name] = _named(site, name)
    for name in names:
        if name.endswith(".html"):
            _refer(site, name, known, _ATTRIBUTE)


def _name_search(site: Path, names: list[str]) -> None:
    """Put the data of the search in a folder that is named by its content, and tell the script so."""
    script = site / _SEARCH_SCRIPT
    if not names or not script.is_file():
        return
    text = script.read_text(encoding="utf-8")
    if text.count(_SEARCH_ADDRESS) != 1:
        raise Refused(f"{_SEARCH_SCRIPT} 里应当有一处 {_SEARCH_ADDRESS}，发布时要在那里写上版本")
    mark = _short(b"".join((site / name).read_bytes() for name in names))
    for name in names:
        new = site / f"{_SEARCH}v.{mark}.d" / name.removeprefix(_SEARCH)
        new.parent.mkdir(parents=True, exist_ok=True)
        (site / name).rename(new)
    _write(script, text.replace(_SEARCH_ADDRESS, f"{_SEARCH_ADDRESS}v.{mark}.d/"))


def _referred(site: Path, pages: list[str], assets: set[str], where: re.Pattern[str] = _ATTRIBUTE) -> set[str]:
    found: set[str] = set()
    for page in pages:
        text = (site / page).read_text(encoding="utf-8")
        found.update(_target(page, match[2]) for match in where.finditer(text))
    return found & assets


def _target(page: str, address: str) -> str:
    """Give the file that an address on a page leads to, from the top of the site."""
    whole = address[1:] if address.startswith("/") else posixpath.join(posixpath.dirname(page), address)
    return posixpath.normpath(whole)


def _named(site: Path, name: str) -> str:
    if NAMED.search(name):
        return name
    stem, ending = posixpath.splitext(name)
    content = (site / name).read_bytes()
    new = f"{stem}.{_short(content)}{ending}"
    (site / new).write_bytes(content)
    return new


def _short(content: bytes) -> str:
    return sha256(content).hexdigest()[:8]


def _refer(site: Path, page: str, known: dict[str, str], where: re.Pattern[str]) -> None:
    path = site / page
    text = path.read_text(encoding="utf-8")
    named = where.sub(_renaming(page, known), text)
    if named != text:
        _write(path, named)


def _renaming(page: str, known: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def rename(match: re.Match[str]) -> str:
        new = known.get(_target(page, match[2]))
        return match[1] + (match[2][: match[2].rfind("/") + 1] + posixpath.basename(new) if new else match[2])

    return rename


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
