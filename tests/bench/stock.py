"""Other generators' sites with the pages of ours: the same pages, the same text, as finished Markdown.

A page of ours becomes a page of Markdown with its headings, paragraphs, lists and tables; nothing of what a reader
reads is left out, and nothing of what only our scripts need is taken along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.html_tree import Element, parse

STOCK = """\
site_name: stock
use_directory_urls: false
theme: {name: material, language: zh, font: false, features: [navigation.tabs, navigation.indexes]}
markdown_extensions: [attr_list, tables, {toc: {permalink: true}}]
plugins: [search, macros]
nav: [index.md, plans/index.md, units/index.md, themes/index.md]
not_in_nav: "*"
validation: {omitted_files: ignore}
"""

ZENSICAL = """\
[project]
site_name = "stock"
use_directory_urls = false
nav = ["index.md", "plans/index.md", "units/index.md", "themes/index.md"]
[project.theme]
language = "zh"
font = false
"""

HUGO = """\
baseURL = "https://stock.example/"
title = "stock"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.parser.attribute]
block = true
"""

_BLOCKS_NAMES = "p li tr h1 h2 h3 h4 h5 h6 dt dd figcaption summary label legend option"
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_UNSEEN = frozenset(["script", "style", "noscript", "svg", "button", "select", "form"])
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#&])")


def write_stock(site: Path, folder: Path) -> Path:
    """Write a stock MkDocs site with the pages of our finished one."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    for page in sorted(site.rglob("*.html")):
        if page.name != "404.html":
            target = folder / "docs" / page.relative_to(site).with_suffix(".md")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(markdown(page.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def write_zensical(stock: Path) -> Path:
    """Put the settings of Zensical beside the same pages."""
    (stock / "zensical.toml").write_text(ZENSICAL, encoding="utf-8")
    return stock


def write_hugo(stock: Path, folder: Path) -> Path:
    """Write the same pages for Hugo, in a theme of a page with a contents list and a list of pages."""
    folder.mkdir()
    (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    frame = "<!doctype html><html><head><title>{{ .Title }}</title></head><body>%s</body></html>"
    (layouts / "single.html").write_text(frame % "{{ .TableOfContents }}<main>{{ .Content }}</main>", encoding="utf-8")
    (layouts / "list.html").write_text(frame % "<main>{{ .Content }}</main>", encoding="utf-8")
    for page in (stock / "docs").rglob("*.md"):
        name = page.relative_to(stock / "docs")
        target = folder / "content" / (name.parent / "_index.md" if name.name == "index.md" else name)
        if name.name == "index.md" and len(name.parts) > 2:
            target = folder / "content" / f"{name.parent}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = page.read_text(encoding="utf-8")
        title = text.partition("\n")[0].lstrip("# ").replace('"', "")
        target.write_text(f'+++\ntitle = "{title}"\n+++\n{text}', encoding="utf-8")
    return folder


def markdown(html: str) -> str:
    """Write the text of a page's article as Markdown."""
    return "\n\n".join(_blocks(next(parse(html).all("article")))) + "\n"


def _blocks(element: Element) -> Iterator[str]:
    for item in element.inside:
        if isinstance(item, str):
            if item.strip():
                yield _plain(item)
        elif item.tag in _UNSEEN or "hidden" in item.attributes:
            continue
        elif item.tag == "table":
            yield _table(item)
        elif item.tag in {"ul", "ol"}:
            yield "\n".join(f"- {_text(entry)}" for entry in item.all("li"))
        elif re.fullmatch("h[1-6]", item.tag):
            anchor = f" {{: #{item.attributes['id']} }}" if "id" in item.attributes else ""
            yield f"{'#' * int(item.tag[1])} {_text(item)}{anchor}"
        elif item.tag in _BLOCKS:
            yield _text(item)
        else:
            yield from _blocks(item)


def _table(table: Element) -> str:
    rows = [[_text(cell) for cell in row.all() if cell.tag in {"td", "th"}] for row in table.all("tr")]
    width = max(map(len, rows))
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _text(element: Element) -> str:
    return _plain(element.text(lambda inner: inner.tag in _UNSEEN or inner.has_class("headerlink")))


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
