"""The steps of a build, in MkDocs' order: check, add the pages and files made of the data, write the plans, judge.

With `hooks.py`, which calls it, and `generated.py` it is all that knows MkDocs: to leave MkDocs is to rewrite them.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from macros import ROOT, by_hand, renderer
from macros.book import is_of_the_system, load
from macros.calls import Calls, Misplaced
from macros.exports import api
from macros.frame import MARKS, SAMPLE, Frame
from macros.gates import faults
from macros.generated import (
    OUTSIDE,
    PLAN_PAGE,
    PLANS,
    Overview,
    PlanFile,
    filled,
    generated_pages,
    inclusion,
    take,
    toc,
)
from macros.kept import forget
from macros.ledger import BEFORE, Ledger, last
from macros.making import Making
from macros.mending import mended
from macros.minify import OF_ALL_PAGES, join, minify, script
from macros.model import Book
from macros.office.data_scripts import shared_scripts
from macros.policy import policy
from macros.preview import PREVIEW, is_served
from macros.render import Compiled
from macros.search_index import build_index
from macros.source import DataError, front_matter_problems, read_text
from macros.theme_styles import make_small, named
from macros.urls import plan_url

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the data and the pages written by hand; fill the nav; name the policy and the scripts."""
    making = _making()
    _check_pages(Path(config.docs_dir))
    config.nav = filled(config.nav or [], [*generated_pages(making)], Path(config.docs_dir))
    config.extra["policy"] = "" if is_served() else policy()
    _name_scripts(config)
    return config


def forget_book() -> None:
    """Have the data read again."""
    for kept in (load, renderer, _making):
        kept.cache_clear()


@cache
def _making() -> Making:
    return Making(_book(), renderer(), by_hand())


def _book() -> Book:
    try:
        return load(ROOT)
    except DataError as error:
        message = f"数据有 {len(error.problems)} 处问题，没有生成网站：\n{error}"
        raise PluginError(message) from None


def _check_pages(docs: Path) -> None:
    problems = []
    for path in sorted(path for path in docs.rglob("*.md") if not is_of_the_system(path.name)):
        file = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        try:
            problems += front_matter_problems(read_text(path.read_bytes(), file), file)
        except DataError as error:
            problems += error.problems
    if problems:
        listed = "\n".join(str(problem) for problem in sorted(problems))
        message = f"页面文件有 {len(problems)} 处问题，没有生成网站：\n{listed}"
        raise PluginError(message)


def _name_scripts(config: MkDocsConfig) -> None:
    """Have pages name the bundles of their scripts; in a preview the scripts themselves."""
    bundles = config.extra["bundles"]

    def scripts(*names: str) -> list[str]:
        if unknown := [name for name in names if name not in bundles]:
            message = f"页面开头的 scripts 写了 {unknown[0]}，mkdocs.yml 的 bundles 里没有"
            raise PluginError(message)
        return [script(part) for name in names for part in (bundles[name] if is_served() else (name,))]

    config.extra_javascript = [*scripts(OF_ALL_PAGES)]
    config.extra["scripts"] = scripts


def on_pre_build(config: MkDocsConfig) -> None:
    """Let pages call our macros and nothing else: mkdocs-macros would evaluate them in a plain environment."""
    plugin: Any = config.plugins["macros"]
    calls = config["calls"] = Calls(plugin.macros)
    plugin._env = calls.environment  # noqa: SLF001


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made of the data; a page written by hand under the same name wins."""
    making = _making()
    making.make_overviews()
    config["ahead"] = making.begin_files()
    for path, title in generated_pages(making):
        own = files.get_file_from_path(path.replace("/index.md", ".md"))
        if own is not None:
            own.dest_uri = path.replace(".md", ".html")
            own.inclusion = inclusion(path)
        elif files.get_file_from_path(path) is None:
            is_plan = path.startswith(PLANS)
            files.append(PlanFile(config, path) if is_plan else Overview(config, path, title, making).file)
    for file in _shared(config, making.book):
        files.append(file)
    return files


def _shared(config: MkDocsConfig, book: Book) -> Iterator[File]:
    """Give the files to download and to load that belong to no plan."""
    for path, content in (*api.files(book), *shared_scripts(book)):
        yield File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)


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


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Put what macros made into a page written by hand, now that Markdown has done its part."""
    if not isinstance(page, Overview):
        try:
            take(page, config["calls"].fill(html))
        except Misplaced as reason:
            raise PluginError(f"{page.file.src_uri}: {reason}") from None
    return page.content or ""


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Have the theme make the frame of the pages of plans."""
    env.bytecode_cache = Compiled()
    config["frame"] = _frame(env, config, files)
    return env


def _frame(env: Environment, config: MkDocsConfig, files: Files) -> Frame:
    page = Page(MARKS.title, File.generated(config, f"{PLANS}_/index.md", content="", inclusion=OUTSIDE), config)
    page.markdown, page.meta, page.content, page.toc = "", PLAN_PAGE, MARKS.content, toc(SAMPLE)
    page.canonical_url = page.canonical_url and page.canonical_url.replace(page.url, MARKS.address)
    page.parent, page.active = _section_of_plans(files), True
    context = get_context(config["tree"], files.documentation_pages(), config, page)
    frame = Frame(env, on_page_context(context, page=page), toc, _mended)
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


def _section_beside_nav(page: Page) -> Section | None:
    """Give the section of a page that belongs to one without standing in the navigation."""
    return page.parent if page.file.inclusion is OUTSIDE else None


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Mend what the theme wrote of the page for missing pages, too; name the plans in the map for search engines."""
    if template_name == "sitemap.xml" and config.site_url:
        return output_content.replace("</urlset>", f"{''.join(_mapped(config.site_url))}</urlset>")
    return _mended(output_content)


def _mapped(site_url: str) -> Iterator[str]:
    """Give the entries of plans: MkDocs knows their pages as files only."""
    for plan in _book().plans.values():
        if plan.id not in by_hand():
            address = escape(urljoin(site_url, plan_url(plan.id)))
            yield f"<url><loc>{address}</loc><lastmod>{plan.updated}</lastmod></url>\n"


def _mended(html: str) -> str:
    return named(mended(html))


def on_post_build(config: MkDocsConfig) -> None:
    """Write the plans; make the search index of the finished pages, so that it misses nothing; make files small.

    Then look at the finished folder, last of all. Why here: what looks needs most of what is loaded for making, and
    so nobody makes a site that was not looked at. A preview is not: it shows faults, and must be quick.
    """
    site = Path(config.site_dir)
    make_small(site)
    join(site, config.extra["bundles"])
    config["ahead"].end()
    if PREVIEW.on_request:
        _leave_for_later(site, config["frame"])
    else:
        ledger = _making().write_plans(config["frame"], _book().plans, site, _last_ledger())
        _write_index(site, ledger)
        if not is_served():
            minify(site, config.extra["bundles"])
            if config.strict:
                _judge(site, ledger)
            ledger.save()
        PREVIEW.end()
    forget()
    if not is_served():
        gc.freeze()  # Why: else all is looked through once more at the end: 3 s with 5,000 plans. A preview goes on.
    gc.enable()


def _leave_for_later(site: Path, frame: Frame) -> None:
    """Have what belongs to plans, and the search index, made once somebody asks."""

    def write_plans(plans: Iterable[str]) -> None:
        _making().write_plans(frame, plans, site)

    PREVIEW.end(_book().plans, write_plans, lambda: _write_index(site))


def _write_index(site: Path, ledger: Ledger | None = None) -> None:
    build_index(site, [(one.said, one.means) for one in _book().synonyms.values()], ledger)


def _last_ledger() -> Ledger | None:
    """Give what is known of the site that this one will replace."""
    before = os.environ.get(BEFORE)
    return last(Path(before)) if before else None


def _judge(site: Path, ledger: Ledger) -> None:
    if found := faults(site, ledger):
        listed = "\n".join(map(str, found))
        message = f"生成的网页有 {len(found)} 处问题：\n{listed}"
        raise PluginError(message)


def on_serve(server: LiveReloadServer, **_: object) -> LiveReloadServer:
    """From now on have what belongs to plans made on request. Why not before: without live reload nobody says so."""
    server.set_app(PREVIEW.before(server.serve_request, server.mount_path, print))
    return server
