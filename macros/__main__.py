"""The project's commands inside its environment; `run.py` makes the environment and calls them.

Which there are and what they take: `python -m macros --help`.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from macros import ROOT

SITE = ROOT / "site"
PORT = 8000
LITTLE = 1 << 20
"""Bytes of free space with which a failed build is most likely one that met a full disk."""

STOPPED = 130
"""What a program returns that was stopped by Ctrl-C, as shells have it."""

EARLIEST = 315532800
"""The first second of 1980, before which no zip can be dated."""

NO_COMMIT = 1767225600
"""The first second of 2026: the date of what is built of files without Git."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 if all is well."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return STOPPED


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
    add("build", _build, "生成网站").add_argument("--site", type=_path, default=SITE, help="生成到哪个文件夹")
    add("serve", _serve, "在本机预览，改动后自动刷新").add_argument("--port", type=int, default=PORT, help="端口")
    published = add("publish", _publish, "检查后整个发布到服务器的文件夹，失败时原来的网站不变")
    published.add_argument("folder", type=_path, help="发布到哪个文件夹；服务器发送其中的 current")
    published.add_argument("--site", type=_path, help="发布已经生成好的文件夹，不再生成")
    published.add_argument("--copy", action="store_true", help="不用链接，用复制来切换（共享文件夹、IIS）")
    back = add("rollback", _rollback, "回到上一个发布的版本")
    back.add_argument("folder", type=_path, help="发布的文件夹")
    back.add_argument("release", nargs="?", help="版本号；不写就是上一个")
    carried = add("release", _release, "离线用的压缩包和软件包")
    carried.add_argument("--to", type=_path, default=ROOT / "releases", help="写到哪个文件夹")
    carried.add_argument("--for", dest="platforms", action="append", default=[], help="另外的系统，例如 win_amd64")
    carried.add_argument("--python", default="{}.{}".format(*sys.version_info), help="另外的系统上的 Python，例如 3.12")
    carried.add_argument("--no-wheels", action="store_true", help="只要压缩包")
    add("check-host", _check_host, "从外面检查正在运行的网站").add_argument("url", help="首页的网址")
    return parser


def _path(text: str) -> Path:
    """Read a path as seen from where the person stands; run.py has moved to the project."""
    return Path(os.environ.get("RUN_FROM", "."), text)


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
    from macros.publishing.refusal import explain  # noqa: PLC0415

    site: Path = options.site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as folder:
        built = Path(folder) / "new"
        failed = _made(built, before=site)
        if failed:
            return failed
        try:
            _take_place(built, site)
        except OSError as error:
            return _not_done(RuntimeError(f"没有换上新的网站，原来的没有改动：{explain(error)}"))
    print(f"已生成到 {site}")
    return 0


def _take_place(built: Path, site: Path) -> None:
    """Put a finished folder in the place of another, which comes back if that fails."""
    old = built.with_name("old")
    try:
        if site.exists():
            site.rename(old)
        built.rename(site)
    except BaseException:
        if old.exists() and not site.exists():
            old.rename(site)
        raise


def _made(folder: Path, before: Path | None = None) -> int:
    """Make the site in a folder; return 0 if it was made and the gates, which building.py calls, let it through.

    What would be the same is taken over from the site `before`.
    """
    from macros.ledger import BEFORE  # noqa: PLC0415

    command = _mkdocs("build", "--strict", "--site-dir", str(folder))
    done = subprocess.run(command, cwd=ROOT, check=False, env={**_same_every_day(), BEFORE: str(before or "")})
    if done.returncode:
        full = shutil.disk_usage(folder.parent).free < LITTLE
        reason = "磁盘快满了，请腾出空间再运行；" if full else ""
        print(f"{reason}没有生成网站，原来的网站没有改动。", file=sys.stderr)
    return done.returncode


def _same_every_day() -> dict[str, str]:
    """Give an environment in which the same commit becomes the same bytes: its clock stands at the commit."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(_moment())}


def _moment() -> int:
    """Give the seconds that the site says it was made at: those that are set, else those of the commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return max(EARLIEST, int(given) if given.isdecimal() else _commit_time())


def _commit_time() -> int:
    """Give the seconds at which the commit was made; without Git, a fixed date."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    except OSError:
        return NO_COMMIT
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip().isdigit() else NO_COMMIT


def _faults(folder: Path) -> int:
    from macros.gates import faults  # noqa: PLC0415

    found = faults(folder)
    if found:
        print(*found, f"\n网页有 {len(found)} 处问题。", sep="\n", file=sys.stderr)
    return 1 if found else 0


def _publish(options: argparse.Namespace) -> int:
    """Make the site, or take one that is made, and let readers see it whole or not at all."""
    from macros.publishing import Refused, publish  # noqa: PLC0415

    def site_of(scratch: Path) -> Path:
        if options.site and not options.site.is_dir():
            raise Refused(f"没有这个文件夹：{options.site}")
        if (_faults(options.site) if options.site else _made(scratch)) != 0:
            raise Refused("没有发布")
        return options.site or scratch

    try:
        done = publish(options.folder, site_of, copy=options.copy)
    except Refused as reason:
        return _not_done(reason)
    if done.before == done.release:
        print(f"内容和正在用的版本 {done.release.id} 一样，没有再发布。")
        return 0
    print(f"已发布版本 {done.release.id}：新增 {done.added}、改动 {done.changed}、去掉 {done.removed} 个文件。")
    print(f"服务器要发送的文件夹：{(options.folder / 'current').absolute()}")
    print(f"要退回上一版：run.py rollback {options.folder}" if done.before else "这是第一次发布。")
    if done.left:
        print(f"旧版本没有删干净，下次发布会再删：{done.left}")
    return 0


def _rollback(options: argparse.Namespace) -> int:
    from macros.publishing import Refused, rollback  # noqa: PLC0415

    try:
        done = rollback(options.folder, options.release)
    except Refused as reason:
        return _not_done(reason)
    before = done.before.id if done.before else "空的"
    print(f"已换成版本 {done.release.id}（{done.release.made} 发布），原来是 {before}。")
    return 0


def _release(options: argparse.Namespace) -> int:
    """Write what is carried to where there is no network."""
    from macros.offline import download_wheels, write_zip  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as scratch:
        failed = _made(Path(scratch, "site"))
        if failed:
            return failed
        print(f"双击就能看的网站：{write_zip(Path(scratch, 'site'), options.to, _moment())}")
    if options.no_wheels:
        return 0
    wheels = options.to / "wheelhouse"
    try:
        count = download_wheels(ROOT / "requirements" / "site.txt", wheels, options.platforms, options.python)
    except subprocess.CalledProcessError:
        return _not_done(RuntimeError("软件包没有下载全，原因见上；压缩包已经写好"))
    print(f"不联网生成网站用的 {count} 个软件包：{wheels}")
    return 0


def _check_host(options: argparse.Namespace) -> int:
    from macros.host_check import Unreachable, check  # noqa: PLC0415

    grave = 0
    try:
        for finding in check(options.url):
            grave += finding.grave and not finding.well
            print(finding, flush=True)
    except Unreachable as reason:
        return _not_done(reason)
    print(f"\n有 {grave} 处要改。" if grave else "\n可以用。“!”的不改也行。")
    return 1 if grave else 0


def _not_done(reason: Exception) -> int:
    print(f"✗ {reason}", file=sys.stderr)
    return 1


def _serve(options: argparse.Namespace) -> int:
    address = f"127.0.0.1:{options.port}"
    # Why --livereload: with click 8.3 and later MkDocs takes its default for "off".
    # Why --no-strict: a page with a fault is shown with its fault instead of stopping the preview.
    command = _mkdocs("serve", "--livereload", "--no-strict", "--dev-addr", address)
    if os.name == "posix":  # Why: so whoever stops this stops the server, which would live on as a child.
        os.chdir(ROOT)
        os.execv(command[0], command)  # noqa: S606 - our own words
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _mkdocs(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments]


if __name__ == "__main__":
    sys.exit(main())
