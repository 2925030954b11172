"""What the measurements of speed are made with is right: plans that pass every check, and pages with the same text."""

from __future__ import annotations

import sys
from pathlib import Path

from macros.book import inspect
from tests.bench.measure import measure
from tests.bench.plans import texts, write_project
from tests.bench.stock import markdown
from tests.html_tree import parse

COUNT = 40


def test_synthetic_plans_pass_every_check_and_no_two_are_alike(tmp_path: Path) -> None:
    reading = inspect(write_project(tmp_path, COUNT))
    assert reading.problems == ()
    assert reading.book
    plans = reading.book.plans.values()
    assert len(plans) == len({plan.title for plan in plans}) == len({plan.summary for plan in plans}) == COUNT
    assert len({tuple(task.text for task in plan.tasks) for plan in plans}) > 0.9 * COUNT
    assert list(texts(COUNT + 1))[:COUNT] == list(texts(COUNT))


def test_a_page_for_stock_holds_the_text_of_ours(site: Path) -> None:
    for page in sorted(site.glob("plans/*/index.html"))[:3]:
        article = parse(page.read_text(encoding="utf-8")).one("article")
        text = markdown(page.read_text(encoding="utf-8"))
        for kind in ("p", "dd", "td", "h2", "h3"):
            for element in article.all(kind, **({} if kind != "p" else {"data_paper": "line"})):
                for words in element.text(lambda one: one.has_class("headerlink")).split():
                    assert words.replace("_", "\\_").replace("*", "\\*") in text or not words.isalnum()


def test_a_measurement_counts_time_and_the_memory_of_children(tmp_path: Path) -> None:
    hog = "import time; b = bytearray(80_000_000); time.sleep(0.6)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hog!r}])"
    figures = measure([sys.executable, "-c", parent], tmp_path)
    assert figures.seconds > 0.6
    assert figures.megabytes > 75 or not Path("/proc/self/smaps_rollup").exists()
