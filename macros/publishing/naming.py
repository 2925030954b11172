"""Name what pages load by its content, so that a page gets the very scripts and styles it was made with.

Why when publishing and not when building: `site/` keeps names that people and tests can type; only where one
release takes the place of another can a page meet the files of another release.
"""

from __future__ import annotations

import posixpath
import re
from hashlib import sha256
from pathlib import Path

from macros.publishing.manifest import names_of
from macros.publishing.refusal import Refused

NAMED = re.compile(r"\.[0-9a-f]{8}\.")
"""What a path that is named by its content holds; hosts let browsers keep such files for ever."""

_ASSETS = re.compile(r"assets/|(?!search/).*\.js$")
_ATTRIBUTE = re.compile(r"""(\s(?:src|href|data-[\w-]+)=")([^"#?]+)""")
_WITHIN = {
    ".css": re.compile(r"""(\burl\(\s*["']?)([^"')#?]+)"""),
    ".js": re.compile(r"""(["'])([\w./-]+\.js)(?=["'])"""),
}
"""How a style and a script name other assets; a script's are written as seen from itself."""

_SEARCH = "search/"
_STUBS = "search/search_index."
"""What the theme asks for by this name; it holds nothing."""

_SEARCH_ADDRESS = "../../search/"
"""How the scripts of the search name the folder of its data."""


def name_by_content(site: Path) -> None:
    """Give each asset that pages, styles or scripts refer to a second name that holds its hash, and refer to that.

    The plain names stay: they are what an address typed or kept from elsewhere leads to.
    """
    names = names_of(site)
    _name_search(site, names)
    naming = _Naming(site, {name for name in names if _ASSETS.match(name)})
    for name in names:
        if name.endswith(".html"):
            naming.refer(name, _ATTRIBUTE)


def _name_search(site: Path, names: list[str]) -> None:
    """Put the data of the search in a folder that is named by its content, and tell the scripts so."""
    data = [name for name in names if name.startswith(_SEARCH) and not name.startswith(_STUBS)]
    scripts = [site / name for name in names if _ASSETS.match(name) and name.endswith(".js")]
    texts = {script: script.read_text(encoding="utf-8") for script in scripts}
    users = [script for script, text in texts.items() if _SEARCH_ADDRESS in text]
    if not data:
        return
    if not users:
        raise Refused(f"没有脚本用到 {_SEARCH_ADDRESS}，发布时要在那里写上版本；请看 macros/publishing/naming.py")
    mark = _short(b"".join((site / name).read_bytes() for name in data))
    for name in data:
        new = site / f"{_SEARCH}v.{mark}.d" / name.removeprefix(_SEARCH)
        new.parent.mkdir(parents=True, exist_ok=True)
        (site / name).rename(new)
    for script in users:
        _write(script, texts[script].replace(_SEARCH_ADDRESS, f"{_SEARCH_ADDRESS}v.{mark}.d/"))


class _Naming:
    """Names given so far; an asset is named once what it refers to has its name."""

    def __init__(self, site: Path, assets: set[str]) -> None:
        self._site = site
        self._assets = assets
        self._known: dict[str, str] = {}

    def refer(self, name: str, where: re.Pattern[str]) -> None:
        """Write the new names of what a file refers to into it."""
        path = self._site / name
        text = path.read_text(encoding="utf-8")
        named = where.sub(lambda match: match[1] + self._new_address(name, match[2]), text)
        if named != text:
            _write(path, named)

    def _new_address(self, page: str, address: str) -> str:
        target = _target(page, address)
        if target not in self._assets:
            return address
        return address[: address.rfind("/") + 1] + posixpath.basename(self._name_of(target))

    def _name_of(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = name  # Why first: two that refer to each other would go round for ever.
            self._known[name] = self._named(name)
        return self._known[name]

    def _named(self, name: str) -> str:
        stem, ending = posixpath.splitext(name)
        if NAMED.search(name):
            return name
        if ending in _WITHIN:
            self.refer(name, _WITHIN[ending])
        content = (self._site / name).read_bytes()
        new = f"{stem}.{_short(content)}{ending}"
        (self._site / new).write_bytes(content)
        return new


def _target(page: str, address: str) -> str:
    """Give the file that an address on a page leads to, from the top of the site."""
    whole = address[1:] if address.startswith("/") else posixpath.join(posixpath.dirname(page), address)
    return posixpath.normpath(whole)


def _short(content: bytes) -> str:
    return sha256(content).hexdigest()[:8]


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
