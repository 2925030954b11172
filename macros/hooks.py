"""The only file that knows MkDocs: it checks, adds the pages and files made of the data, fills the nav.

Leaving MkDocs means rewriting this file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from macros.model import Book, Theme

ROOT = Path(__file__).parent.parent

NAV_LIMIT = 60
"""As many pages of a kind as the navigation shows. Why a limit: a page with 5,000 entries in its
navigation weighs 1.7 MB; beyond the limit plans are found by unit, filter and search."""


PREVIEW = "CIVIL_PREVIEW"
"""Set while a preview is served."""


def on_startup(command: str, **_: object) -> None:
    """Remember that this is a preview: MkDocs then adds a script of its own, which the policy would stop.

    Why in the environment: this module is loaded anew for every build.
    """
    os.environ[PREVIEW] = command if command == "serve" else ""


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the data first of all, so that nothing is built of wrong data; then fill the nav.

    Why the modules are dropped: while serving, an edit of our Python must count at the next build.
    """
    for name in [name for name in sys.modules if name.split(".")[0] == "macros"]:
        del sys.modules[name]
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    book = _book()
    _check_pages(Path(config.docs_dir))
    config.nav = _filled(config.nav or [], book, Path(config.docs_dir))
    config.extra["policy"] = _policy()
    return config


def _policy() -> str:
    from macros.policy import policy  # noqa: PLC0415

    return "" if os.environ.get(PREVIEW) else policy()


def on_pre_build(config: MkDocsConfig) -> None:
    """Let pages call our macros and nothing else.

    Why: mkdocs-macros evaluates pages in a plain Jinja environment, in which a page can run
    any command at build time.
    """
    plugin: Any = config.plugins["macros"]
    plugin._env = _PageEnvironment(plugin.macros)  # noqa: SLF001


class _PageEnvironment(SandboxedEnvironment):
    def __init__(self, macros: dict[str, Any]) -> None:
        super().__init__(undefined=StrictUndefined)
        self.globals.clear()
        self.globals.update(macros)
        self._callable = {id(macro) for macro in macros.values()}

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401
        """Let through what is undefined too: calling it says its name."""
        return isinstance(obj, StrictUndefined) or id(obj) in self._callable


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made of the data; a page written by hand under the same name wins."""
    book = _book()
    for path, title, macro in _pages(book):
        own = files.get_file_from_path(path.replace("/index.md", ".md"))
        if own is not None:
            own.dest_uri = path.replace(".md", ".html")
        elif files.get_file_from_path(path) is None:
            files.append(
                _generated(config, path, f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{macro}\n")
            )
    for path, content in _downloads(book):
        files.append(_generated(config, path, content))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Make the search index of the finished pages, so that it misses nothing a reader sees."""
    from macros.search_index import build_index  # noqa: PLC0415

    build_index(Path(config.site_dir))


def _book() -> Book:
    from macros.book import load  # noqa: PLC0415
    from macros.source import DataError  # noqa: PLC0415

    try:
        return load(ROOT)
    except DataError as error:
        message = f"数据有 {len(error.problems)} 处问题，没有生成网站：\n{error}"
        raise PluginError(message) from None


def _check_pages(docs: Path) -> None:
    from macros.source import DataError, front_matter_problems, read_text  # noqa: PLC0415

    problems = []
    for path in sorted(docs.rglob("*.md")):
        file = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        try:
            problems += front_matter_problems(read_text(path.read_bytes(), file), file)
        except DataError as error:
            problems += error.problems
    if problems:
        listed = "\n".join(str(problem) for problem in sorted(problems))
        message = f"页面文件有 {len(problems)} 处问题，没有生成网站：\n{listed}"
        raise PluginError(message)


def _pages(book: Book) -> Iterator[tuple[str, str, str]]:
    """Give each generated page: its path, its title and the macro that fills it."""
    for plan in book.plans.values():
        yield f"plans/{plan.id}/index.md", plan.title, f'{{{{ plan_page("{plan.id}") }}}}'
    for unit in book.units.values():
        yield f"units/{unit.id}/index.md", unit.name, f'{{{{ unit_page("{unit.id}") }}}}'
    for theme in _themes(book):
        yield f"themes/{theme.id}/index.md", theme.name, f'{{{{ theme_page("{theme.id}") }}}}'


def _themes(book: Book) -> list[Theme]:
    from macros.checklist import themes_of  # noqa: PLC0415

    return themes_of(book.plans.values(), book)


def _downloads(book: Book) -> Iterator[tuple[str, bytes]]:
    from macros.exports import FORMATS, api  # noqa: PLC0415
    from macros.office.site_files import data_scripts, unfilled_files  # noqa: PLC0415

    for plan in book.plans.values():
        for format_ in FORMATS:
            yield format_.url(plan.id), format_.make(plan, book)
    yield from api.files(book)
    yield from data_scripts(book)
    yield from unfilled_files(book)


def _generated(config: MkDocsConfig, path: str, content: str | bytes) -> File:
    return File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)


def _filled(nav: Any, book: Book, docs: Path) -> Any:  # noqa: ANN401
    """Replace `plans/*`, `units/*` and `themes/*` in the nav by the pages there are."""
    if isinstance(nav, dict):
        return {title: _filled(below, book, docs) for title, below in nav.items()}
    if isinstance(nav, list):
        return [entry for item in nav for entry in _entries(item, book, docs)]
    return nav


def _entries(item: Any, book: Book, docs: Path) -> list[Any]:  # noqa: ANN401
    if not (isinstance(item, str) and item.endswith("/*")):
        return [_filled(item, book, docs)]
    pages = [(path, title) for path, title, _ in _pages(book) if path.startswith(item[:-1])]
    return [{title: _own_or(path, docs)} for path, title in pages] if len(pages) <= NAV_LIMIT else []


def _own_or(path: str, docs: Path) -> str:
    """Name the page written by hand, if there is one, in place of the generated one."""
    own = path.replace("/index.md", ".md")
    return own if (docs / own).exists() else path
