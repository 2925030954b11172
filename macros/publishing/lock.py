"""One publication at a time.

Why a lock of the system and no file that must be deleted: when its process is killed the system lets go of it.
"""

from __future__ import annotations

import getpass
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from macros.publishing.refusal import Refused

_FAR = 1 << 30
"""Where Windows locks a byte: far behind the text, which others then can still read."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        # Why not flock: what a killed publication had forked would go on holding that.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder, or say who does."""
    with (folder / "publish.lock").open("a+b") as file:
        try:
            _take(file)
        except (BlockingIOError, PermissionError):
            raise Refused(f"另一次发布还没有做完（{_holder(file)}），请等它做完再运行") from None
        file.truncate(0)
        file.write(_self().encode())
        file.flush()
        yield
        file.truncate(0)


def _self() -> str:
    started = time.strftime("%Y-%m-%d %H:%M:%S")
    return f"{_user()} 在 {socket.gethostname()}，进程 {os.getpid()}，{started} 开始"


def _user() -> str:
    """Name the user; in a container there may be none of that number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"用户 {os.getuid()}" if hasattr(os, "getuid") else "不知道是谁"


def _holder(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(1000).decode(errors="replace") or "不知道是谁"
