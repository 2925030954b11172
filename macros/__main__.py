"""The project's commands inside its environment; `run.py` makes the environment and calls them.

python -m macros check | schema | new <plan-id> | build [--site DIR] | serve [--port N]
"""

from __future__ import annotations

import argparse
import gc
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from macros import ROOT

SITE = ROOT / "site"
PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 if all is well."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="macros", description="文明窗口创建方案库：检查、生成、预览")
    commands = parser.add_subparsers(required=True, metavar="命令")

    def add(name: str, command: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text)
        one.set_defaults(command=command)
        return one

    add("check", _check, "只检查数据，不生成网站")
    add("schema", _schema, "按数据模型重写 data/schema/")
    add("new", _new, "新建一份方案的骨架").add_argument("plan", help="方案的 id，例如 bank-hall-service")
    add("build", _build, "生成网站").add_argument("--site", type=Path, default=SITE, help="生成到哪个文件夹")
    add("serve", _serve, "在本机预览，改动后自动刷新").add_argument("--port", type=int, default=PORT, help="端口")
    return parser


def _check(_: argparse.Namespace) -> int:
    """Say everything there is to say of the data.

    Why no garbage collection: what is read is kept to the end, so looking through it again and again frees nothing.
    """
    gc.disable()
    from macros.book import inspect  # noqa: PLC0415

    reading = inspect(ROOT)
    for problem in (*reading.problems, *(f"提醒：{warning}" for warning in reading.warnings)):
        print(problem)
    if reading.problems:
        print(f"\n共 {len(reading.problems)} 处问题。")
        return 1
    book = reading.book
    tasks = sum(len(plan.tasks) for plan in book.plans.values()) if book else 0
    print(f"数据没有问题：{len(book.plans) if book else 0} 份方案，{tasks} 项任务。")
    return 0


def _schema(_: argparse.Namespace) -> int:
    from macros.schema import schemas  # noqa: PLC0415

    folder = ROOT / "data" / "schema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print("已重写 data/schema/。")
    return 0


def _new(options: argparse.Namespace) -> int:
    from macros.scaffold import scaffold  # noqa: PLC0415

    path = ROOT / "data" / "plans" / f"{options.plan}.yaml"
    try:
        skeleton = scaffold(options.plan)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton)
    except ValueError as error:
        print(error)
        return 1
    except FileExistsError:
        print(f"已经有 {path.relative_to(ROOT).as_posix()}，没有改动它。")
        return 1
    print(f"已新建 {path.relative_to(ROOT).as_posix()}；照着里面的说明改，再运行 check。")
    return 0


def _build(options: argparse.Namespace) -> int:
    """Build aside, look at the result, and only then take the place of the old folder."""
    from macros.gates import faults  # noqa: PLC0415
    from macros.search_gate import search_faults  # noqa: PLC0415

    site: Path = options.site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as folder:
        built = Path(folder) / "new"
        done = subprocess.run(_mkdocs("build", "--strict", "--site-dir", str(built)), cwd=ROOT, check=False)
        if done.returncode:
            print("没有生成网站，原来的网站没有改动。", file=sys.stderr)
            return done.returncode
        found = [*faults(built), *search_faults(built)]
        if found:
            print(*found, f"\n生成的网页有 {len(found)} 处问题，原来的网站没有改动。", sep="\n", file=sys.stderr)
            return 1
        if site.exists():
            site.rename(Path(folder) / "old")
        shutil.move(built, site)
    print(f"已生成到 {site}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    address = f"127.0.0.1:{options.port}"
    # Why --livereload: with click 8.3 and later MkDocs takes its default for "off".
    # Why --no-strict: a page with a fault is shown with its fault instead of stopping the preview.
    command = _mkdocs("serve", "--livereload", "--no-strict", "--dev-addr", address)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _mkdocs(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments]


if __name__ == "__main__":
    sys.exit(main())
