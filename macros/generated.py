"""The pages made of data as MkDocs knows them: files to link to, pages with HTML of their own, places in the nav."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.contents import Entry, anchors, contents
from macros.making import Making

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

PLANS = "plans/"
"""Where plans stand. Of all of them the navigation shows the one that is open."""

OUTSIDE = InclusionLevel.NOT_IN_NAV

PLAN_PAGE = {"scripts": ["fill", "work", "plan", "own"], "later": ["files", "leftovers"]}
"""What the page of a plan says of itself, as a page written by hand does in its front matter."""


def generated_pages(making: Making) -> Iterator[tuple[str, str]]:
    """Give the path and the title of each page made of data."""
    yield from ((f"{PLANS}{plan.id}/index.md", plan.title) for plan in making.book.plans.values())
    yield from ((f"units/{unit.id}/index.md", unit.name) for unit in making.book.units.values())
    yield from ((f"themes/{theme.id}/index.md", theme.name) for theme in making.themes)


def inclusion(path: str) -> InclusionLevel:
    """Leave plans out of the navigation. Why: with 5,000 of them in it a page would weigh 1.7 MB."""
    return OUTSIDE if path.startswith(PLANS) else InclusionLevel.INCLUDED


class PlanFile(File):
    """The page of a plan: links may lead there, and all else is done by `Making.write_plans`.

    Why: a page takes MkDocs 8 ms and 40 kB even if nothing is left to do for it.
    """

    def __init__(self, config: MkDocsConfig, path: str) -> None:
        """Take its path as that of a Markdown file, which there is not."""
        super().__init__(path, None, config.site_dir, use_directory_urls=False, dest_uri=path.replace(".md", ".html"))

    def is_documentation_page(self) -> bool:
        """Have no Markdown."""
        return False

    def copy_file(self, *_: object, **__: object) -> None:
        """Come later."""


class Overview(Page):
    """The page of a theme or of a kind of unit: MkDocs gets its HTML, and Markdown never sees it."""

    def __init__(self, config: MkDocsConfig, path: str, title: str, making: Making) -> None:
        """Take its path, its title, and what makes it."""
        super().__init__(title, File.generated(config, path, content="", inclusion=inclusion(path)), config)
        self._making = making

    def read_source(self, *_: object) -> None:
        """Have no Markdown."""
        self.markdown, self.meta = "", {}

    def render(self, *_: object) -> None:
        """Take what is made of the data."""
        kind, name, _page = self.file.src_uri.split("/")
        take(self, self._making.overview(kind.removesuffix("s"), name))


def take(page: Page, html: str) -> None:
    """Let a page have finished HTML, with what MkDocs wants to know of it."""
    page.content, page.toc, page.present_anchor_ids = html, toc(html), anchors(html)


def toc(html: str) -> TableOfContents:
    """Give the table of contents of finished HTML."""
    return TableOfContents([_link(entry) for entry in contents(html)])


def _link(entry: Entry) -> AnchorLink:
    link = AnchorLink(entry.name, entry.id, entry.level)
    link.children = [_link(below) for below in entry.below]
    return link


def filled(nav: Any, pages: Sequence[tuple[str, str]], docs: Path) -> Any:  # noqa: ANN401
    """Replace `units/*` and `themes/*` in the nav by the pages there are, each with its path and its title."""
    if isinstance(nav, dict):
        return {title: filled(below, pages, docs) for title, below in nav.items()}
    if isinstance(nav, list):
        return [entry for item in nav for entry in _entries(item, pages, docs)]
    return nav


def _entries(item: Any, pages: Sequence[tuple[str, str]], docs: Path) -> list[Any]:  # noqa: ANN401
    if not (isinstance(item, str) and item.endswith("/*")):
        return [filled(item, pages, docs)]
    return [{title: _own_or(path, docs)} for path, title in pages if path.startswith(item[:-1])]


def _own_or(path: str, docs: Path) -> str:
    """Name the page written by hand, if there is one, in place of the generated one."""
    own = path.replace("/index.md", ".md")
    return own if (docs / own).exists() else path
