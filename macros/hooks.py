"""The only file that knows MkDocs: it checks, adds the pages and files made of the data, fills the nav.

Leaving MkDocs means rewriting this file.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from macros.contents import Entry
    from macros.frame import Frame
    from macros.ledger import Ledger
    from macros.making import Making
    from macros.model import Book
    from macros.preview import Preview

ROOT = Path(__file__).parent.parent

PLANS = "plans/"
"""Where plans stand. Of all of them the navigation shows the one that is open."""


OUTSIDE = InclusionLevel.NOT_IN_NAV

PLAN_PAGE = {"scripts": ["fill", "work", "plan", "own"], "later": ["files", "leftovers"]}
"""What the page of a plan says of itself, as a page written by hand does in its front matter."""

PREVIEW = "CIVIL_PREVIEW"
"""Set while a preview is served."""


def on_startup(command: str, **_: object) -> None:
    """Remember that this is a preview: MkDocs then adds a script of its own, which the policy would stop.

    Why in the environment: it holds however often this module is loaded.
    """
    os.environ[PREVIEW] = command if command == "serve" else ""


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the data first of all, so that nothing is built of wrong data; then fill the nav."""
    gc.disable()  # Why: what is read and made is kept to the end; looking through it again and again frees nothing.
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    _preview().begin()
    _start_anew()
    book = _book()
    _check_pages(Path(config.docs_dir))
    config.nav = _filled(config.nav or [], book, Path(config.docs_dir))
    config.extra["policy"] = "" if _is_preview() else _policy()
    _name_scripts(config)
    return config


def _start_anew() -> None:
    """Forget what the last build of this process read: while serving, an edit must count at the next.

    Our modules are loaded again only if one of them was edited: it takes half a second.
    """
    if "macros.kept" not in sys.modules:
        return
    from macros import kept  # noqa: PLC0415

    _making.cache_clear()
    before = kept.code()
    kept.code.cache_clear()
    if kept.code() == before:
        from macros import book, renderer  # noqa: PLC0415

        book.load.cache_clear()
        renderer.cache_clear()
    else:
        for name in [name for name in sys.modules if name.split(".")[0] == "macros" and name != "macros.preview"]:
            del sys.modules[name]


def _preview() -> Preview:
    from macros import preview  # noqa: PLC0415

    return preview.PREVIEW


def _is_preview() -> bool:
    return bool(os.environ.get(PREVIEW))


def _policy() -> str:
    from macros.policy import policy  # noqa: PLC0415

    return policy()


def _name_scripts(config: MkDocsConfig) -> None:
    """Have pages name the bundles of their scripts; in a preview the scripts themselves."""
    from macros.minify import OF_ALL_PAGES, script  # noqa: PLC0415

    bundles = config.extra["bundles"]

    def scripts(*names: str) -> list[str]:
        if unknown := [name for name in names if name not in bundles]:
            message = f"页面开头的 scripts 写了 {unknown[0]}，mkdocs.yml 的 bundles 里没有"
            raise PluginError(message)
        return [script(part) for name in names for part in (bundles[name] if _is_preview() else (name,))]

    config.extra_javascript = [*scripts(OF_ALL_PAGES)]
    config.extra["scripts"] = scripts


def on_pre_build(config: MkDocsConfig) -> None:
    """Let pages call our macros and nothing else: mkdocs-macros would evaluate them in a plain environment."""
    from macros.calls import Calls  # noqa: PLC0415

    plugin: Any = config.plugins["macros"]
    calls = config["calls"] = Calls(plugin.macros)
    plugin._env = calls.environment  # noqa: SLF001


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made of the data; a page written by hand under the same name wins."""
    book = _book()
    _making().make_overviews()
    config["ahead"] = _making().begin_files()
    for path, title in _pages(book):
        own = files.get_file_from_path(path.replace("/index.md", ".md"))
        if own is not None:
            own.dest_uri = path.replace(".md", ".html")
            own.inclusion = _inclusion(path)
        elif files.get_file_from_path(path) is None:
            files.append(_PlanFile(config, path) if path.startswith(PLANS) else _Overview(config, path, title).file)
    for file in _shared(config, book):
        files.append(file)
    return files


@cache
def _making() -> Making:
    from macros import by_hand, renderer  # noqa: PLC0415
    from macros.making import Making  # noqa: PLC0415

    return Making(_book(), renderer(), by_hand())


class _PlanFile(File):
    """The page of a plan as MkDocs knows it: links may lead there, and all else is done by `Making.write_plans`.

    Why: a page takes MkDocs 8 ms and 40 kB even if nothing is left to do for it.
    """

    def __init__(self, config: MkDocsConfig, path: str) -> None:
        super().__init__(path, None, config.site_dir, use_directory_urls=False, dest_uri=path.replace(".md", ".html"))

    def is_documentation_page(self) -> bool:
        """Have no Markdown."""
        return False

    def copy_file(self, *_: object, **__: object) -> None:
        """Come later."""


class _Overview(Page):
    """The page of a theme or of a kind of unit: MkDocs gets its HTML, and Markdown never sees it."""

    def __init__(self, config: MkDocsConfig, path: str, title: str) -> None:
        super().__init__(title, File.generated(config, path, content="", inclusion=_inclusion(path)), config)

    def read_source(self, *_: object) -> None:
        """Have no Markdown."""
        self.markdown, self.meta = "", {}

    def render(self, *_: object) -> None:
        """Take what is made of the data."""
        from macros.contents import anchors  # noqa: PLC0415

        kind, name, _page = self.file.src_uri.split("/")
        self.content = _making().overview(kind.removesuffix("s"), name)
        self.toc = _toc(self.content)
        self.present_anchor_ids = anchors(self.content)


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Put what macros made into a page written by hand, now that Markdown has done its part."""
    if not isinstance(page, _Overview):
        from macros.calls import Misplaced  # noqa: PLC0415
        from macros.contents import anchors  # noqa: PLC0415

        try:
            page.content = config["calls"].fill(html)
        except Misplaced as reason:
            raise PluginError(f"{page.file.src_uri}: {reason}") from None
        page.toc = _toc(page.content)
        page.present_anchor_ids = anchors(page.content)
    return page.content or ""


def _toc(html: str) -> TableOfContents:
    from macros.contents import contents  # noqa: PLC0415

    return TableOfContents([_link(entry) for entry in contents(html)])


def _link(entry: Entry) -> AnchorLink:
    link = AnchorLink(entry.name, entry.id, entry.level)
    link.children = [_link(below) for below in entry.below]
    return link


def on_nav(nav: Navigation, files: Files, config: MkDocsConfig) -> Navigation:
    """Say of a plan's page written by hand which section it belongs to: the one of the list of plans."""
    config["tree"] = nav
    for file in files.documentation_pages(inclusion=InclusionLevel.is_not_in_nav):
        if file.page:
            file.page.parent = _section_of_plans(files)
    return nav


def _section_of_plans(files: Files) -> Section | None:
    index = files.get_file_from_path(f"{PLANS}index.md")
    return index.page.parent if index and index.page else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Have the theme make the frame of the pages of plans."""
    from macros.render import Compiled  # noqa: PLC0415

    env.bytecode_cache = Compiled()
    config["frame"] = _frame(env, config, files)
    return env


def _frame(env: Environment, config: MkDocsConfig, files: Files) -> Frame:
    from macros.frame import MARKS, SAMPLE, Frame  # noqa: PLC0415

    page = Page(MARKS.title, File.generated(config, f"{PLANS}_/index.md", content="", inclusion=OUTSIDE), config)
    page.markdown, page.meta, page.content, page.toc = "", PLAN_PAGE, MARKS.content, _toc(SAMPLE)
    page.canonical_url = page.canonical_url and page.canonical_url.replace(page.url, MARKS.address)
    page.parent, page.active = _section_of_plans(files), True
    context = get_context(config["tree"], files.documentation_pages(), config, page)
    frame = Frame(env, on_page_context(context, page=page), _toc, _mended)
    on_post_page("", page=page)
    page.active = False
    return frame


def on_page_context(context: Mapping[str, Any], page: Page, **_: object) -> Mapping[str, Any]:
    """Show the plan that is open in the navigation, and no other."""
    if section := _section_beside_nav(page):
        section.children.append(page)
    return context


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Take the plan out of the navigation again; mend what the theme wrote."""
    if section := _section_beside_nav(page):
        section.children.remove(page)
    return _mended(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Mend what the theme wrote of the page for missing pages, too; name the plans in the map for search engines."""
    if template_name == "sitemap.xml" and config.site_url:
        return output_content.replace("</urlset>", f"{''.join(_mapped(config.site_url))}</urlset>")
    return _mended(output_content)


def _mapped(site_url: str) -> Iterator[str]:
    """Give the entries of plans: MkDocs knows their pages as files only."""
    from macros import by_hand  # noqa: PLC0415
    from macros.urls import plan_url  # noqa: PLC0415

    for plan in _book().plans.values():
        if plan.id not in by_hand():
            address = escape(urljoin(site_url, plan_url(plan.id)))
            yield f"<url><loc>{address}</loc><lastmod>{plan.updated}</lastmod></url>\n"


def _mended(html: str) -> str:
    from macros.mending import mended  # noqa: PLC0415
    from macros.theme_styles import named  # noqa: PLC0415

    return named(mended(html))


def _section_beside_nav(page: Page) -> Section | None:
    """Give the section of a page that belongs to one without standing in the navigation."""
    return page.parent if page.file.inclusion is OUTSIDE else None


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the plans; make the search index of the finished pages, so that it misses nothing; make files small.

    Then look at the finished folder, last of all. Why here: what looks needs most of what is loaded for making, and
    so nobody makes a site that was not looked at. A preview is not: it shows faults, and must be quick.
    """
    from macros.kept import forget  # noqa: PLC0415
    from macros.minify import minify  # noqa: PLC0415
    from macros.theme_styles import make_small  # noqa: PLC0415

    site = Path(config.site_dir)
    make_small(site)
    config["ahead"].end()
    if _preview().on_request:
        _leave_for_later(site, config["frame"])
    else:
        ledger = _making().write_plans(config["frame"], _book().plans, site, _last_ledger())
        _write_index(site, ledger)
        if not _is_preview():
            minify(site, Path(config.docs_dir), config.extra["bundles"])
            if config.strict:
                _judge(site, ledger)
            ledger.save()
        _preview().end()
    forget()
    if not _is_preview():
        gc.freeze()  # Why: else all is looked through once more at the end: 3 s with 5,000 plans. A preview goes on.
    gc.enable()


def _leave_for_later(site: Path, frame: Frame) -> None:
    """Have what belongs to plans, and the search index, made once somebody asks."""

    def write_plans(plans: Iterable[str]) -> None:
        _making().write_plans(frame, plans, site)

    _preview().end(_book().plans, write_plans, lambda: _write_index(site))


def _write_index(site: Path, ledger: Ledger | None = None) -> None:
    from macros.search_index import build_index  # noqa: PLC0415

    build_index(site, [(one.said, one.means) for one in _book().synonyms.values()], ledger)


def _last_ledger() -> Ledger | None:
    """Give what is known of the site that this one will replace."""
    from macros.ledger import BEFORE, last  # noqa: PLC0415

    before = os.environ.get(BEFORE)
    return last(Path(before)) if before else None


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    """From now on have what belongs to plans made on request. Why not before: without live reload nobody says so."""
    server.set_app(_preview().before(server.serve_request, server.mount_path, print))
    return server


def _judge(site: Path, ledger: Ledger) -> None:
    from macros.gates import faults  # noqa: PLC0415

    if found := faults(site, ledger):
        listed = "\n".join(map(str, found))
        message = f"生成的网页有 {len(found)} 处问题：\n{listed}"
        raise PluginError(message)


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


def _pages(book: Book) -> Iterator[tuple[str, str]]:
    """Give the path and the title of each page made of data."""
    yield from ((f"{PLANS}{plan.id}/index.md", plan.title) for plan in book.plans.values())
    yield from ((f"units/{unit.id}/index.md", unit.name) for unit in book.units.values())
    yield from ((f"themes/{theme.id}/index.md", theme.name) for theme in _making().themes)


def _inclusion(path: str) -> InclusionLevel:
    """Leave plans out of the navigation. Why: with 5,000 of them in it a page would weigh 1.7 MB."""
    return OUTSIDE if path.startswith(PLANS) else InclusionLevel.INCLUDED


def _shared(config: MkDocsConfig, book: Book) -> Iterator[File]:
    """Give the files to download and to load that belong to no plan."""
    from macros.exports import api  # noqa: PLC0415
    from macros.office.data_scripts import shared_scripts  # noqa: PLC0415

    for path, content in (*api.files(book), *shared_scripts(book)):
        yield File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)


def _filled(nav: Any, book: Book, docs: Path) -> Any:  # noqa: ANN401
    """Replace `units/*` and `themes/*` in the nav by the pages there are."""
    if isinstance(nav, dict):
        return {title: _filled(below, book, docs) for title, below in nav.items()}
    if isinstance(nav, list):
        return [entry for item in nav for entry in _entries(item, book, docs)]
    return nav


def _entries(item: Any, book: Book, docs: Path) -> list[Any]:  # noqa: ANN401
    if not (isinstance(item, str) and item.endswith("/*")):
        return [_filled(item, book, docs)]
    pages = [(path, title) for path, title in _pages(book) if path.startswith(item[:-1])]
    return [{title: _own_or(path, docs)} for path, title in pages]


def _own_or(path: str, docs: Path) -> str:
    """Name the page written by hand, if there is one, in place of the generated one."""
    own = path.replace("/index.md", ".md")
    return own if (docs / own).exists() else path
