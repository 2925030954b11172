"""Start everything: python3 run.py serve | build | check | test | lock (Windows: py run.py ...).

The first run makes .venv from the locked requirements; every run then hands over to the program inside it.
Why: standard library only and Python 3.6 grammar, so that an old Python is told so instead of failing to parse.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, NoReturn

OLDEST = (3, 11)


def too_old(version: "Sequence[int]") -> str:  # A SyntaxError here means Python 2: Python 3.11 or newer is needed.
    """Say that this Python is too old."""
    found, needed = (".".join(map(str, numbers[:2])) for numbers in (version, OLDEST))
    return (
        f"需要 Python {needed} 或更新版本，现在用的是 {found}。 / Python {needed} or newer is needed; this is {found}."
    )


if sys.version_info < OLDEST:
    sys.exit(too_old(sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WHEELS = ROOT / "wheelhouse"
LOCKS = {"site": ("site",), "test": ("site", "test")}  # What a lock installs; test.txt holds all of site.txt.
LOCKER = "uv~=0.13.9"  # Why: pip-compile locks for the system it runs on, uv for all of them.

# What pip or venv printed, and what it means to the person; the first that is found is told.
REASONS = {
    r"No space left|Errno 28|WinError 112": "磁盘满了。 / The disk is full.",
    r"Read-only file system|Permission denied|Errno 13|Errno 30|WinError (5|32)\b": (
        "项目文件夹写不进去：请换到可写的文件夹，或关掉正在用 .venv 的程序。"
        " / The project folder cannot be written: move it, or close what is using .venv."
    ),
    r"ProxyError|Cannot connect to proxy|Proxy Authentication": (
        "代理连不上：请检查 HTTPS_PROXY。 / The proxy cannot be reached: check HTTPS_PROXY."
    ),
    r"SSLError|CERTIFICATE_VERIFY_FAILED": (
        "安全证书不被信任：请用 PIP_CERT 指定单位的根证书。"
        " / The certificate is not trusted: name your organisation's root certificate in PIP_CERT."
    ),
    r"NewConnectionError|NameResolution|Timeout|timed out|ConnectionReset|Connection refused|error sending request": (
        "连不上软件包网站：请检查网络，或用 PIP_INDEX_URL 指定可用的镜像。"
        " / The package index cannot be reached: check the network, or name a mirror in PIP_INDEX_URL."
    ),
    r"not a trusted or secure host": (
        "镜像不是 https，pip 不用它：请改用 https 镜像，或把它的主机名写进 PIP_TRUSTED_HOST。"
        " / pip ignores a mirror without https: use https, or name its host in PIP_TRUSTED_HOST."
    ),
    r"DO NOT MATCH THE HASHES": (
        "下载的文件与锁定的校验值不符：请换一个镜像，不要绕过。"
        " / A downloaded file is not the locked one: use another mirror, do not work around this."
    ),
    r"No matching distribution|Could not find a version": (
        "镜像里没有所需的版本，或没有适合本系统的安装包（需要 Windows、macOS 或 glibc 的 Linux）。"
        " / The index lacks a locked version, or one made for this system (Windows, macOS or Linux with glibc)."
    ),
    r"": "依赖没有装上。 / The dependencies could not be installed.",
}


class Trouble(Exception):
    """Carry the one sentence that the person at the terminal needs."""


class Command(NamedTuple):
    """Say what a command is for, and start it with the rest of the line."""

    purpose: str
    start: Callable[[list[str]], int]


def main(line: list[str]) -> int:
    """Run one command line and return its exit code."""
    name, rest = (line[0], line[1:]) if line else ("", [])
    if name not in COMMANDS:
        tell(usage())
        return 0 if name in {"-h", "--help", "help"} else 2
    try:
        return COMMANDS[name].start(rest)
    except Trouble as trouble:
        tell(f"✗ {trouble}")
        return 1
    except KeyboardInterrupt:
        tell("\n已停止 / Stopped")
        return 130


def usage() -> str:
    """List the commands."""
    width = max(map(len, COMMANDS))
    return "\n".join(["python3 run.py …", *(f"  {name:{width}}  {it.purpose}" for name, it in COMMANDS.items())])


def tell(text: str) -> None:
    """Show a line to the person; stderr never fails on a character its console lacks."""
    print(text, file=sys.stderr, flush=True)


def program(lock: str, *arguments: str) -> Callable[[list[str]], int]:
    """Return a starter of Python with these arguments inside .venv, once the lock is installed there."""

    def start(rest: list[str]) -> int:
        prepare(lock)
        os.environ["RUN_FROM"] = os.getcwd()  # noqa: PTH109 - as the shell has it
        os.chdir(ROOT)
        return become([str(python_in(VENV)), *arguments, *rest])

    return start


def plain(*arguments: str) -> Callable[[list[str]], int]:
    """Return a starter of this very Python, for what needs no package and must work when nothing else does."""

    def start(rest: list[str]) -> int:
        os.environ["RUN_FROM"] = os.getcwd()  # noqa: PTH109 - as the shell has it
        os.chdir(ROOT)
        return become([sys.executable, *arguments, *rest])

    return start


def become(command: list[str]) -> int:
    """Replace this process by the command, or wait for it where that cannot be done."""
    if os.name != "nt":
        os.execve(command[0], command, environment())  # noqa: S606 - no shell is wanted
    import subprocess  # noqa: PLC0415 - imported where needed: `check` starts sooner without it

    with subprocess.Popen(command, env=environment()) as child:  # noqa: S603 - our own words
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # The child got it too, and decides.
                continue


def environment() -> dict[str, str]:
    """Return the environment without packages from elsewhere, and with UTF-8 on Windows too."""
    ours = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    quiet = {"NO_MKDOCS_2_WARNING": "1"}  # Why: the theme warns us, who pin mkdocs, not the person who writes plans.
    return {**ours, **quiet, "PYTHONUTF8": "1"}


def python_in(venv: Path) -> Path:
    """Return where a virtual environment keeps its Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(lock: str) -> None:
    """Bring .venv to the lock; do nothing if it is there already."""
    if is_ready(lock):
        return
    stamp, wanted, fresh = VENV / "installed.txt", stamp_of(lock), not is_ready("site")
    began = time.monotonic()
    try:
        stamp.unlink(missing_ok=True)  # Why first: an interrupted installation is then made anew.
        if fresh:
            make_venv(VENV)
        install(VENV, "--require-hashes", "--only-binary=:all:", f"--requirement={lock_file(lock)}", *carried())
        stamp.write_text("\n".join(sorted(wanted)), encoding="utf-8")
    except OSError as error:
        fail(str(error))
    tell(f"就绪，用时 {time.monotonic() - began:.0f} 秒 / Ready")


def carried() -> list[str]:
    """Return what makes pip take its packages from `wheelhouse/`, as `run.py release` wrote it, and nowhere else."""
    return ["--no-index", f"--find-links={WHEELS}"] if WHEELS.is_dir() else []


def is_ready(lock: str) -> bool:
    """Tell whether .venv was finished here, by this Python, from this lock, and still has its Python."""
    try:
        stamp = (VENV / "installed.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return stamp_of(lock) <= set(stamp.splitlines()) and python_in(VENV).exists()


def stamp_of(lock: str) -> set[str]:
    """Return the lines that a .venv holds when it fits this folder, this Python and this lock."""
    place = {f"folder {VENV}", f"python {sys.platform} {sys.version_info[:2]} {sys.base_prefix}"}
    return place | {f"{name} {sha256(lock_file(name).read_bytes()).hexdigest()}" for name in LOCKS[lock]}


def lock_file(name: str) -> Path:
    """Return the file of a lock."""
    return ROOT / "requirements" / f"{name}.txt"


def make_venv(place: Path) -> None:
    """Make an empty virtual environment, in place of what is there."""
    tell("正在建立 Python 环境… / Making a Python environment …")
    for module in ("venv", "ensurepip"):
        if not has_module(module):
            raise Trouble(no_module(module))
    base = getattr(sys, "_base_executable", None) or sys.executable  # Not the .venv about to be cleared.
    finish([base, "-m", "venv", "--clear", str(place)], total=0)


def has_module(name: str) -> bool:
    """Tell whether this Python has a module of its standard library."""
    from importlib.util import find_spec  # noqa: PLC0415 - imported where needed

    return find_spec(name) is not None


def no_module(name: str) -> str:
    """Say which package brings a module that Debian and Ubuntu leave out."""
    apt = "apt install python{}.{}-venv".format(*sys.version_info)
    return (
        f"这个 Python 缺少 {name} 模块；在 Debian/Ubuntu 上请运行：sudo {apt}"
        f" / This Python lacks {name}; on Debian or Ubuntu run: sudo {apt}"
    )


def install(place: Path, *arguments: str) -> None:
    """Install with the pip of a virtual environment; the person's own pip settings hold."""
    total = sum(count_pins(item.partition("=")[2]) for item in arguments if item.startswith("--requirement="))
    tell(f"正在安装 {total or 1} 个软件包，可能要几分钟… / Installing {total or 1} packages, which may take minutes …")
    finish([str(python_in(place)), "-u", "-m", "pip", "install", "--no-user", *arguments], total)


def count_pins(path: str) -> int:
    """Count the packages that a lock names."""
    return sum("==" in line for line in Path(path).read_text(encoding="utf-8").splitlines())


def finish(command: list[str], total: int) -> None:
    """Run a command to its end, show how far it is, and raise what its output means if it fails."""
    import subprocess  # noqa: PLC0415 - imported where needed

    output = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=output, stderr=subprocess.STDOUT, env=environment(), encoding="utf-8", errors="replace"
    ) as child:
        lines = list(showing_progress(child.stdout or (), total))
    if child.returncode:
        fail("\n".join(lines))


def showing_progress(lines: Iterable[str], total: int) -> Iterable[str]:
    """Pass on the lines of pip, and show on a terminal which package it is at."""
    seen = 0
    for line in lines:
        yield line.rstrip()
        package = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
        if package:
            seen += 1
            progress(f"{min(seen, total)}/{total} {package[1]}")
        elif line.startswith("Installing collected"):
            progress("解压 / unpacking")
        elif "Retrying" in line:
            progress("网络不通，重试 / no network, trying again")
    progress("")


def progress(text: str) -> None:
    """Write over the last line of a terminal; write nothing to a file."""
    if sys.stderr.isatty():
        print(f"\r{text:60}", end="" if text else "\r", file=sys.stderr, flush=True)


def fail(output: str) -> NoReturn:
    """Raise the sentence that the output of pip or venv comes down to, with its own last words."""
    errors = [line.strip() for line in output.splitlines() if re.search("[Ee]rr(or|no)|ERROR", line)]
    raise Trouble("\n  ".join([reason(output), *errors[-1:]]))


def reason(output: str) -> str:
    """Return the sentence that an output comes down to."""
    return next(sentence for pattern, sentence in REASONS.items() if re.search(pattern, output))


def lock(options: list[str]) -> int:
    """Write requirements/*.txt anew from *.in, for every system; `--upgrade` takes the newest versions."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - imported where needed

    os.chdir(ROOT)
    if "PIP_INDEX_URL" in os.environ:  # Why: uv does not read the settings of pip.
        os.environ.setdefault("UV_DEFAULT_INDEX", os.environ["PIP_INDEX_URL"])
    with TemporaryDirectory() as scratch:
        make_venv(Path(scratch))
        install(Path(scratch), LOCKER)
        for name, others in (("site", ()), ("test", ("--constraints", "requirements/site.txt"))):
            tell(f"requirements/{name}.txt …")
            finish([str(python_in(Path(scratch))), *compile_lock(name), *others, *options], total=0)
    return 0


def compile_lock(name: str) -> Iterable[str]:
    """Return the words that make uv write a lock that holds for every system and names no index."""
    yield from ("-m", "uv", "pip", "compile", "--universal", "--generate-hashes", "--no-header")
    yield f"--python-version={OLDEST[0]}.{OLDEST[1]}"
    yield "--fork-strategy=fewest"  # Why: one version of each package for all, or sites would differ by Python.
    yield "--only-binary=:all:"  # Why: building from source would run code that no hash covers.
    yield from (f"requirements/{name}.in", f"--output-file=requirements/{name}.txt")


COMMANDS = {
    "serve": Command("边改边看 / preview that follows your edits", program("site", "-m", "macros", "serve")),
    "build": Command("生成网站到 site/ / write the site to site/", program("site", "-m", "macros", "build")),
    "publish": Command(
        "发布到服务器的文件夹 / publish, whole or not at all", program("site", "-m", "macros", "publish")
    ),
    "rollback": Command("退回上一个发布的版本 / serve the release before", plain("-m", "macros", "rollback")),
    "release": Command(
        "离线用的压缩包和软件包 / zip and packages to carry along", program("site", "-m", "macros", "release")
    ),
    "check-host": Command("从外面检查网站 / look at a running host", plain("-m", "macros", "check-host")),
    "check": Command("只检查数据 / check the data only", program("site", "-m", "macros", "check")),
    "new": Command("新建一份方案 / begin a new plan", program("site", "-m", "macros", "new")),
    "schema": Command("按模型重写 data/schema/ / write data/schema/ anew", program("site", "-m", "macros", "schema")),
    "test": Command("跑全部测试 / run every test", program("test", "-m", "pytest")),
    "bench": Command("测速度和大小 / measure speed and size", program("test", "-m", "tests.bench")),
    "lock": Command("重新锁定依赖 / lock the requirements anew", lock),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
