"""A small site to publish, and ways to hurt a publication; shared by the tests and the bench."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent

PUBLISH = """
import sys
from pathlib import Path
from macros.publishing import Refused, publish
target, site, copy = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "copy"
try:
    publish(target, lambda scratch: site, copy=copy)
except Refused as reason:
    sys.exit(str(reason))
"""


def write_site(folder: Path, word: str, pages: int = 12) -> Path:
    """Write a site in which every page, script and style says `word`, so that a mixture shows."""
    files = {"index.html": _page(word, ""), "api/v1/index.json": f'{{"word": "{word}"}}', "sheet.csv": f"{word}\n"}
    files |= {f"p{number}/index.html": _page(word, "../") for number in range(pages)}
    files["p1/index.html"] += (
        '<div data-content="content.js"></div><i data-search="../assets/javascripts/search.js"></i>'
    )
    files["assets/javascripts/site.js"] = f"var word = '{word}';\n" * 50
    files["assets/stylesheets/site.css"] = f"a{{content:'{word}';background:url(../images/a.svg)}}\n" * 50
    files["assets/images/a.svg"] = f"<svg><!--{word}--></svg>"
    files["p1/content.js"] = f"take('{word}');"
    files["assets/javascripts/search.js"] = "start('search-engine.js'); var folder = '../../search/';"
    files["assets/javascripts/search-engine.js"] = "var folder = '../../search/';"
    files["search/index.js"] = f"self.index='{word}';"
    files["search/search_index.json"] = "{}"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _page(word: str, up: str) -> str:
    head = f'<link href="{up}assets/stylesheets/site.css"><script src="{up}assets/javascripts/site.js"></script>'
    return f"<title>{word}</title>{head}" + f"<p>{word}</p>\n" * 100


def start(target: Path, site: Path, way: str, *before: str) -> subprocess.Popen[str]:
    """Begin to publish in a process of its own."""
    command = [*before, sys.executable, "-c", PUBLISH, str(target), str(site), way]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8")


def run(target: Path, site: Path, way: str, *before: str) -> str:
    """Publish in a process of its own and give what it complained of."""
    with start(target, site, way, *before) as process:
        return process.communicate()[1]


def served(target: Path) -> dict[str, str]:
    """Give the hash of everything that readers are served, but for what only its own pages ask for."""
    current = target / "current"
    return {
        path.relative_to(current).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(current.rglob("*"))
        if path.is_file() and not re.search(r"\.[0-9a-f]{8}\.", path.as_posix().removeprefix(current.as_posix()))
    }


def broken_pages(target: Path) -> list[str]:
    """List the pages that ask for a script or style that is not there, or is of another release."""
    current, broken = target / "current", []
    for page in sorted(current.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        word = re.findall("<title>(.*?)</title>", text)[0]
        asked = re.findall(r'(?:href|src)="([^"]+)"', text)
        broken += [
            f"{page}: {one}"
            for one in asked
            if not (page.parent / one).is_file() or word not in (page.parent / one).read_text(encoding="utf-8")
        ]
    return broken


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Give a disk of its own in memory, with little room; root only."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "small", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def can_mount() -> bool:
    """Tell whether disks can be made here."""
    return os.name == "posix" and os.geteuid() == 0
