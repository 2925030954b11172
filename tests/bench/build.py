"""Build time and peak memory: our site beside stock Material with as many pages written by hand.

Stock is MkDocs with Material, its search and no macros; its pages hold the same text, headings and
task lists in plain Markdown, so it does less: no checks of the data, no API, no downloads, no gates.
"""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from macros.book import load
from macros.document import Heading, document, plain_text
from macros.model import Book, Plan
from macros.wording import role_names, when_text

ROOT = Path(__file__).parent.parent.parent
RUNS = 5

STOCK = """\
site_name: stock
use_directory_urls: false
theme: {name: material, language: zh, font: false, features: [navigation.tabs, navigation.indexes]}
markdown_extensions: [attr_list, tables, {toc: {permalink: true}}]
plugins: [search]
"""


def main() -> None:
    """Measure both in turn, so that both meet the same machine, and print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        stock = write_stock(Path(folder) / "stock")
        out = Path(folder) / "out"
        commands: dict[str, Callable[[], list[str]]] = {
            "ours, whole": lambda: [sys.executable, "-m", "macros", "build", "--site", str(out / "ours")],
            "ours, mkdocs only": lambda: _mkdocs(ROOT, out / "plain"),
            "stock": lambda: _mkdocs(stock, out / "stock"),
        }
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                figures[name].append(measure(command()))
        report(figures)
        weigh(out)


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command; give its seconds of wall time and its peak memory in MB, children included."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        message = f"{' '.join(command)} failed with {child.returncode}"
        raise RuntimeError(message)
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def report(figures: dict[str, list[tuple[float, float]]]) -> None:
    """Print the medians and what they are to stock."""
    seconds = {name: statistics.median(second for second, _ in runs) for name, runs in figures.items()}
    memory = {name: statistics.median(size for _, size in runs) for name, runs in figures.items()}
    for name in figures:
        print(
            f"{name:18} {seconds[name]:6.2f} s  ×{seconds[name] / seconds['stock']:.2f} of stock"
            f"   {memory[name]:6.0f} MB  ×{memory[name] / memory['stock']:.2f}"
        )


def weigh(out: Path) -> None:
    """Print what the heaviest plan page weighs, ours beside stock's."""
    for name in ("ours", "stock"):
        pages = sorted((out / name / "plans").rglob("*.html"), key=lambda page: page.stat().st_size)
        page = pages[-1].read_bytes()
        print(f"{name:6} heaviest plan page {len(page) / 1000:.1f} kB, gzip {len(gzip.compress(page)) / 1000:.1f} kB")


def write_stock(folder: Path) -> Path:
    """Write the pages of our plans as a stock site's author would have."""
    book = load(ROOT)
    (folder / "docs" / "plans").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").as_posix().replace("/", "-")
        (folder / "docs" / name).write_text(f"# {name}\n\n正文。\n", encoding="utf-8")
    for unit in book.units.values():
        text = "\n\n".join(plain_text(document(plan, book)) for plan in book.of_unit(unit.id))
        (folder / "docs" / f"{unit.id}.md").write_text(f"# {unit.name}\n\n{text}\n", encoding="utf-8")
    for theme in book.themes.values():
        tasks = [task.text for plan in book.plans.values() for task in plan.tasks if theme.id in task.themes]
        text = "\n".join(f"- {task}" for task in tasks)
        (folder / "docs" / f"theme-{theme.id}.md").write_text(f"# {theme.name}\n\n{text}\n", encoding="utf-8")
    for plan in book.plans.values():
        text = "\n\n".join(_markdown(plan, book))
        (folder / "docs" / "plans" / f"{plan.id}.md").write_text(text, encoding="utf-8")
    return folder


def _markdown(plan: Plan, book: Book) -> Iterator[str]:
    yield f"# {plan.title}\n\n{plan.summary}"
    for part in document(plan, book):
        hashes = "#" * (part.level + 1) + " " if isinstance(part, Heading) else ""
        yield f"{hashes}{part.number}{part.text}"
    yield "## 检查清单"
    yield "\n".join(
        f"- {task.text}（{role_names(task, book)}；{when_text(task.when, plan, book)}；{'、'.join(task.record.keep)}）"
        for task in plan.tasks
    )


def _mkdocs(folder: Path, out: Path) -> list[str]:
    config = str(folder / "mkdocs.yml")
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", str(out)]
