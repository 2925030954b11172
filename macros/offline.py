"""What is carried to where there is no network: the site as one file, and the packages to build it with."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

READ_ME = "使用说明.txt"

_TEXT = """\
文明窗口创建方案库

1. 把这个压缩包全部解压到一个文件夹里（不要只在压缩包里点开看）。
2. 双击 index.html，用浏览器打开。不用联网，不用安装。
3. 放到共享文件夹里，大家都可以打开。更新时解压到新的文件夹，再换名字。

本版内容的日期：{day}
核对：同名的 .sha256 文件里有压缩包的校验值；Windows 在命令行里运行
certutil -hashfile 压缩包的名字 SHA256
"""


def write_zip(site: Path, folder: Path, moment: int) -> Path:
    """Write the site as one zip with the same bytes for the same site and moment, and its SHA-256 beside it."""
    name = f"plans-{time.strftime('%Y%m%d', time.gmtime(moment))}"
    path = folder / f"{name}.zip"
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        _add(archive, f"{name}/{READ_ME}", _read_me(moment), moment)
        for file in sorted(site.rglob("*"), key=lambda one: one.relative_to(site).as_posix().encode()):
            if file.is_file():
                _add(archive, f"{name}/{file.relative_to(site).as_posix()}", file.read_bytes(), moment)
    part.replace(path)
    line = f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
    path.with_name(f"{path.name}.sha256").write_text(line, encoding="utf-8", newline="\n")
    return path


def _read_me(moment: int) -> bytes:
    """Write the note as Notepad of any Windows reads it: with a mark of UTF-8 and its own line ends."""
    text = _TEXT.format(day=time.strftime("%Y-%m-%d", time.gmtime(moment)))
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _add(archive: zipfile.ZipFile, name: str, content: bytes, moment: int) -> None:
    entry = zipfile.ZipInfo(name, time.gmtime(moment)[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Why: else it says on which system it was made.
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, content)


def download_wheels(lock: Path, folder: Path, platforms: Sequence[str], python: str) -> int:
    """Get the locked packages, for this computer and for other platforms, into an emptied folder; count them.

    Why pip and its hashes: what is carried to a closed network must be what was locked.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--only-binary=:all:"]
    command += ["--no-deps", f"--requirement={lock}", f"--dest={folder}"]
    shutil.rmtree(folder, ignore_errors=True)
    for other in ([], *(["--platform", one, "--python-version", python] for one in platforms)):
        subprocess.run([*command, *other], check=True)  # noqa: S603 - our own words
    return len(list(folder.iterdir()))
