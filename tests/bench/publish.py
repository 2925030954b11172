"""What readers meet: while we publish, beside a stock build into the folder that is served; and how fast hosts are.

`python3 run.py bench publish [part …]`, parts: readers, hosts, kills, hashes; `--quick` for a short run.
Many publications take a site that is built already, so that fifty of them fit into a few minutes; they go through the
same command and steps as any other: gates, manifest, compression, switch. Some are whole builds.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from macros.publishing.manifest import files_of, tree_hash
from tests.nginx import free_port, get_faketime, get_nginx, get_program, serving, wait_for_port
from tests.project import copy_project

SCRIPT = Path(__file__).with_name("load.lua")
PAGES = (
    "index.html",
    "plans/index.html",
    "plans/transport-three-creations/index.html",
    "guide/use.html",
    "api/v1/plans.json",
    "assets/stylesheets/site.css",
)
MARK = "选您的单位"


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    requests: int = 1_000_000
    published: int = 50
    whole: int = 3
    failing: int = 20
    in_place: int = 6
    in_place_failing: int = 3
    kills: int = 100
    seconds: int = 10


QUICK = Size(20_000, 4, 1, 2, 2, 1, 6, 2)


def main(arguments: Sequence[str] = ()) -> None:
    """Run the parts that are named, or all."""
    named = [word for word in arguments if not word.startswith("-")]
    size = QUICK if "--quick" in arguments else Size()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        project = copy_project(work / "project")
        built = build(project, work / "built")
        for name, part in PARTS.items():
            if not named or name in named:
                print(f"\n{name}", flush=True)
                part(work, project, built, size)


def build(project: Path, site: Path, **environment: str) -> Path:
    """Build a project as people do."""
    command = [sys.executable, "-m", "macros", "build", "--site", str(site)]
    run(command, project, **environment)
    return site


def run(command: list[str], folder: Path, *, may_fail: bool = False, **environment: str) -> int:
    """Run a command without a word; complain if it fails and may not."""
    given = {**os.environ, "SOURCE_DATE_EPOCH": "1800000000", "NO_MKDOCS_2_WARNING": "1", **environment}
    done = subprocess.run(command, cwd=folder, env=given, check=False, capture_output=True, encoding="utf-8")
    if done.returncode and not may_fail:
        message = f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(message)
    return done.returncode


# ------------------------------------------------------------------------------------------------------- readers


def readers(work: Path, project: Path, built: Path, size: Size) -> None:
    """Compare what readers meet while the site is renewed in either way."""
    ours = ours_under_load(work / "ours", project, built, size)
    stock = stock_under_load(work / "stock", project, built, size)
    for name, met in (("publish", ours), ("stock, in place", stock)):
        print(
            f"{name:16} {met.requests:>9,} requests  {met.refused:>8,} non-200  {met.broken:>6,} broken off"
            f"  {met.unknown:>8,} unknown bodies  p99 of the worst 10 s {met.p99:6.1f} ms  {met.what}",
            flush=True,
        )


@dataclass
class Met:
    """What readers met."""

    requests: int
    refused: int
    broken: int
    unknown: int
    p99: float
    what: str = ""


def ours_under_load(work: Path, project: Path, built: Path, size: Size) -> Met:
    """Publish again and again, well and badly, under readers."""
    target, known = work / "target", Known(PAGES)
    variants = work / "variant"
    publish(project, target, variant(built, variants, 0))
    known.add(target / "current")
    jobs = ["publish"] * size.published + ["whole"] * size.whole + ["bad page", "bad data"] * (size.failing // 2)
    random.Random(1).shuffle(jobs)  # noqa: S311 - any order will do
    with serving(get_nginx(print), work / "nginx", target) as home, under_load(work, home, packed=True) as load:
        for number, job in enumerate(jobs, 1):
            do(job, project, target, variant(built, variants, number))
            known.add(target / "current")
        load.until(size.requests)
    return load.met(known, f"{size.published} publications, {size.whole} whole builds, {size.failing} failing")


def do(job: str, project: Path, target: Path, site: Path) -> None:
    """Do one publication; the bad ones must fail."""
    if job == "publish":
        publish(project, target, site)
    elif job == "whole":
        page = project / "docs" / "index.md"
        page.write_text(page.read_text(encoding="utf-8").replace(MARK, f"{MARK} {site.name}"), encoding="utf-8")
        publish(project, target, None)
    elif job == "bad page":
        page = site / "guide" / "use.html"
        page.write_text(page.read_text(encoding="utf-8").replace("</body>", "<a href='no.html'>x</a></body>"), "utf-8")
        assert publish(project, target, site, may_fail=True) != 0
    else:
        with spoilt(project / "data" / "plans" / "transport-three-creations.yaml", "\nno-such-key: 1\n"):
            assert publish(project, target, None, may_fail=True) != 0


def publish(project: Path, target: Path, site: Path | None, *, may_fail: bool = False) -> int:
    """Run the command."""
    command = [sys.executable, "-m", "macros", "publish", str(target), *(["--site", str(site)] if site else [])]
    return run(command, project, may_fail=may_fail)


@contextmanager
def spoilt(path: Path, more: str) -> Iterator[None]:
    """Add something wrong to a file for a while."""
    good = path.read_bytes()
    path.write_bytes(good + more.encode())
    try:
        yield
    finally:
        path.write_bytes(good)


def variant(built: Path, place: Path, number: int) -> Path:
    """Write a site in which every page differs from those of every other number: by the name of its style."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(built, place)
    with (place / "assets" / "stylesheets" / "site.css").open("a", encoding="utf-8") as style:
        style.write(f"/* {number} */\n")
    table = place / "api" / "v1" / "plans.json"
    table.write_text(table.read_text(encoding="utf-8") + " " * number, encoding="utf-8")
    return place


def stock_under_load(work: Path, project: Path, built: Path, size: Size) -> Met:
    """Build into the folder that is served, as the stock command does, well and badly, under readers."""
    target, known = work / "target", Known(PAGES)
    shutil.copytree(built, target / "current")
    stock = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir"]
    run([*stock, str(work / "aside")], project)
    known.add(built)
    known.add(work / "aside")
    page = project / "docs" / "guide" / "use.md"
    jobs = (["well"] * size.in_place + ["badly"] * size.in_place_failing)[:: -1 if size is QUICK else 1]
    random.Random(1).shuffle(jobs)  # noqa: S311
    with serving(get_nginx(print), work / "nginx", target) as home, under_load(work, home, packed=False) as load:
        for job in jobs:
            with spoilt(page, "\n{{ no_such_macro() }}\n" if job == "badly" else ""):
                run([*stock, str(target / "current"), "--strict"], project, may_fail=job == "badly")
    return load.met(known, f"{size.in_place} builds, {size.in_place_failing} failing")


class Known:
    """The bodies that readers may meet."""

    def __init__(self, pages: tuple[str, ...]) -> None:
        """Look at these pages."""
        self._pages = pages
        self.hashes: set[str] = set()

    def add(self, site: Path) -> None:
        """Take the pages of a site, compressed ones too."""
        for name in self._pages:
            for path in (site / name, site / f"{name}.gz"):
                if path.exists():
                    self.hashes.add(sha256(path.read_bytes()).hexdigest())


class Load:
    """Readers that ask without pause, in rounds, so that their number can be waited for."""

    def __init__(self, work: Path, home: str, *, packed: bool) -> None:
        """Write the list of what they ask for."""
        self._wrk = get_program("wrk", "wrk", print)
        self._home, self._work = home, work
        self._list = work / "list.txt"
        kinds = ("gzip", "gzip", "gzip", "identity") if packed else ("identity",)
        self._list.write_text("".join(f"{kind} /{page}\n" for kind in kinds for page in PAGES), encoding="utf-8")
        self._over = threading.Event()
        self._rounds: list[dict[str, float]] = []
        self._counts: dict[Path, int] = {}
        self._thread = threading.Thread(target=self._go_on)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End with the round under way."""
        self._over.set()
        self._thread.join()

    def until(self, requests: int) -> None:
        """Wait until so many requests were answered."""
        while sum(one["asked"] for one in self._rounds) < requests and self._thread.is_alive():
            time.sleep(0.5)

    def _go_on(self) -> None:
        while not self._over.is_set():
            self._round(self._work / f"bodies{len(self._rounds)}")

    def _round(self, bodies: Path) -> None:
        bodies.mkdir()
        command = [self._wrk, "-t2", "-c32", "-d10s", "--latency", "-s", SCRIPT, self._home, "--", self._list, bodies]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        figures: dict[str, float] = {}
        for line in done.stdout.splitlines():
            words = line.split("\t")
            if words[0] == "body":
                self._counts[bodies / words[1]] = int(words[2])
            elif len(words) == 2:
                figures[words[0]] = float(words[1])
        self._rounds.append(figures)

    def met(self, known: Known, what: str) -> Met:
        """Add up."""
        unknown = [
            count for path, count in self._counts.items() if sha256(path.read_bytes()).hexdigest() not in known.hashes
        ]
        total = {name: sum(one[name] for one in self._rounds) for name in ("asked", "refused", "broken", "seconds")}
        p99 = max(one["p99"] for one in self._rounds)
        rate = f"{what}; {total['asked'] / total['seconds']:,.0f} requests/s, every body looked at"
        return Met(int(total["asked"]), int(total["refused"]), int(total["broken"]), sum(unknown), p99, rate)


@contextmanager
def under_load(work: Path, home: str, *, packed: bool) -> Iterator[Load]:
    """Let readers ask while something is done."""
    load = Load(work, home, packed=packed)
    load.start()
    try:
        yield load
    finally:
        load.stop()


# --------------------------------------------------------------------------------------------------------- hosts


def hosts(work: Path, project: Path, built: Path, size: Size) -> None:
    """Compare how fast the same page comes from three servers."""
    target = work / "hosts"
    publish(project, target, built)
    with serving(get_nginx(print), work / "hosts-nginx", target) as home:
        measure("nginx with the kit, gzip", home, size, "Accept-Encoding: gzip")
        measure("nginx with the kit, plain", home, size)
    port = free_port()
    bare = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(built)]
    with started(bare, project, port):
        measure("python -m http.server", f"http://127.0.0.1:{port}/", size)
    stock = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--no-livereload", "--dev-addr", f"127.0.0.1:{port}"]
    with started(stock, project, port):
        measure("mkdocs serve", f"http://127.0.0.1:{port}/", size)


@contextmanager
def started(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet) as process:
        try:
            wait_for_port(port, 120)
            yield
        finally:
            process.send_signal(signal.SIGKILL)


def measure(name: str, home: str, size: Size, *headers: str) -> None:
    """Print requests per second and the time within which 99 of 100 are answered."""
    wrk = get_program("wrk", "wrk", print)
    more = [word for header in headers for word in ("-H", header)]
    command = [str(wrk), "-t2", "-c32", f"-d{size.seconds}s", "--latency", *more, f"{home}plans/index.html"]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    lines = [line.split() for line in said.splitlines()]
    found = {words[0].rstrip(":"): words[1] for words in lines if len(words) == 2}
    errors = " ".join(line.strip() for line in said.splitlines() if "errors" in line or "Non-2xx" in line)
    print(f"{name:28} {found['Requests/sec']:>10} requests/s  p99 {found.get('99%', '?'):>9}  {errors}", flush=True)


# --------------------------------------------------------------------------------------------------------- kills


def kills(work: Path, project: Path, built: Path, size: Size) -> None:
    """Kill publications at random moments and look at what is served."""
    for way in ("link", "copy"):
        print(f"{way}: {kill(work / f'kill-{way}', project, built, way, size.kills)}", flush=True)


def kill(work: Path, project: Path, built: Path, way: str, count: int) -> str:
    """Kill `count` publications of two sites in turn; say what was served in between."""
    target, chance = work / "target", random.Random(3)  # noqa: S311
    sites = [variant(built, work / name, number) for number, name in enumerate(("one", "two"))]
    command = [sys.executable, "-m", "macros", "publish", str(target), *(["--copy"] if way == "copy" else []), "--site"]
    whole, length = {}, 0.0
    for site in sites:
        began = time.monotonic()
        run([*command, str(site)], project)
        length = time.monotonic() - began
        whole[tree_of(target)] = site.name
    files = {hash_ for tree in whole for _, hash_ in tree}
    figures = {"whole": 0, "between two": 0, "bad": 0, "killed": 0}
    for number in range(count):
        figures["killed"] += interrupted([*command, str(sites[number % 2])], project, chance.uniform(0, length))
        now = tree_of(target)
        figures["whole" if now in whole else "between two" if {hash_ for _, hash_ in now} <= files else "bad"] += 1
    run([*command, str(sites[0])], project)
    run([*command, str(sites[1])], project)
    figures["bad"] += tree_of(target) not in whole
    return ", ".join(f"{name} {number}" for name, number in figures.items()) + "; afterwards published and whole"


def interrupted(command: list[str], folder: Path, seconds: float) -> bool:
    """Start, wait, kill; tell whether there was something left to kill."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def tree_of(target: Path) -> frozenset[tuple[str, str]]:
    """Give all that is served under names that do not change."""
    return frozenset(
        (name, hash_)
        for name, hash_ in files_of(target / "current").items()
        if ".d/" not in name and not is_named(name)
    )


def is_named(name: str) -> bool:
    """Tell whether a name holds a hash."""
    parts = name.split(".")
    return any(len(part) == 8 and set(part) <= set("0123456789abcdef") for part in parts)


# -------------------------------------------------------------------------------------------------------- hashes


def hashes(work: Path, project: Path, built: Path, _: Size) -> None:
    """Build on other days, in other places, time zones, languages and with other hash seeds."""
    moved = shutil.copytree(project, work / "别的 地方")
    runs: dict[str, Callable[[], Path]] = {
        "as it is": lambda: built,
        "hash seed 1, Shanghai": lambda: build(project, work / "h1", PYTHONHASHSEED="1", TZ="Asia/Shanghai"),
        "hash seed 2, Honolulu, C": lambda: build(
            project, work / "h2", PYTHONHASHSEED="2", TZ="Pacific/Honolulu", LC_ALL="C", LANG="C"
        ),
        "other path, 2031": lambda: on_another_day(moved, work / "h3 x"),
    }
    for name, make in runs.items():
        print(f"{name:26} {tree_hash(files_of(make()))}", flush=True)


def on_another_day(project: Path, site: Path) -> Path:
    """Build with a clock years ahead."""
    words = [str(get_faketime(print)), "2031-02-03 04:05:06"]
    run([*words, sys.executable, "-m", "macros", "build", "--site", str(site)], project)
    return site


PARTS: dict[str, Callable[[Path, Path, Path, Size], None]] = {
    "readers": readers,
    "hosts": hosts,
    "kills": kills,
    "hashes": hashes,
}
