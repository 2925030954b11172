"""What was made before, kept on disk by the content of all that it was made of.

A key is the hash of everything a result depends on: the bytes of files, the code that read them, versions. So what is
found under a key is what would be made anew, and an old entry is never wrong, only unused; `forget` throws those away.
An empty entry is none: that is what a computer which lost its power leaves of one just written.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from shutil import copyfile

from macros.parallel import FEWEST, spread

MACROS = Path(__file__).parent
FOLDER = MACROS.parent / ".cache" / "macros"

_LIBRARIES = ("jinja2", "markupsafe", "mkdocs-material", "opencc", "pydantic", "pypinyin", "pyyaml", "xlsxwriter")

DAY = 24 * 60 * 60
DAYS = 14
"""How long an entry is kept that no build asks for."""


def digest(*parts: bytes | str) -> str:
    """Give the hash of parts, each with its length, so that no two rows of parts have the same."""
    hashed = blake2b(digest_size=20)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        hashed.update(f"{len(raw)}:".encode())
        hashed.update(raw)
    return hashed.hexdigest()


@cache
def code(*parts: str) -> str:
    """Give the hash of parts of our code and templates, of all if none is named, and of what they are run with."""
    files = sorted(path for path in MACROS.rglob("*") if path.is_file() and _is_of(path, parts))
    texts = (part for path in files for part in (path.relative_to(MACROS).as_posix(), path.read_bytes()))
    return digest(sys.version, *(version(name) for name in _LIBRARIES), *texts)


def _is_of(path: Path, parts: Iterable[str]) -> bool:
    ours = path.suffix != ".pyc"
    return ours and (not parts or path.relative_to(MACROS).parts[0].removesuffix(".py") in parts)


def kept(kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """Give what is kept under a key, or make it and keep it."""
    found = find(kind, key)
    if found is None:
        found = make()
        keep(kind, key, found)
    return found


def kept_all(kind: str, keys: Mapping[str, str], make: Callable[[str], bytes], fewest: int = FEWEST) -> Iterator[bytes]:
    """Give what is kept under each key, in their order, one at a time; what is not is made by name, in all cores.

    Why each core keeps what it makes: nothing need be handed over, and not all of it be in memory at once.
    """
    missing = [name for name, key in keys.items() if not has(kind, key)]
    deque(spread(partial(_keep_some, kind, keys, make), missing, fewest), maxlen=0)
    return (kept(kind, key, partial(make, name)) for name, key in keys.items())


def _keep_some(kind: str, keys: Mapping[str, str], make: Callable[[str], bytes], names: Sequence[str]) -> Sequence[str]:
    for name in names:
        keep(kind, keys[name], make(name))
    return names


def find(kind: str, key: str) -> bytes | None:
    """Give what is kept under a key, if anything is."""
    path = place(kind, key)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - there are tens of thousands to open
            _touch(path, os.fstat(file.fileno()).st_mtime)
            return file.read() or None
    except OSError:
        return None


def put(kind: str, key: str, target: Path) -> bool:
    """Copy what is kept under a key to a file; tell whether anything is."""
    path = place(kind, key)
    try:
        known = os.stat(path)  # noqa: PTH116 - see `find`
        if not known.st_size:
            return False
        copyfile(path, target)
    except FileNotFoundError:
        return False
    _touch(path, known.st_mtime)
    return True


def _touch(path: str, changed: float) -> None:
    """Remember that it was asked for."""
    if time.time() - changed > DAY:
        with contextlib.suppress(OSError):
            os.utime(path)


def keep(kind: str, key: str, made: bytes) -> None:
    """Keep a result; where nothing can be written, nothing is kept.

    Why under another name first: two builds at once must not read half a file.
    """
    path = Path(place(kind, key))
    fresh = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(made)
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()


def has(kind: str, key: str) -> bool:
    """Tell whether anything is kept under a key."""
    try:
        return os.stat(place(kind, key)).st_size > 0  # noqa: PTH116 - see `find`
    except OSError:
        return False


def place(kind: str, key: str) -> str:
    """Give the file in which a result is kept."""
    return f"{FOLDER}/{kind}/{key[:2]}/{key[2:]}"


def forget(now: float | None = None) -> None:
    """Throw away what no build has asked for in DAYS; look for it once a day."""
    now, stamp = now or time.time(), FOLDER / "looked"
    with contextlib.suppress(OSError):
        if stamp.exists() and now - stamp.stat().st_mtime < DAY:
            return
        for path in FOLDER.rglob("*"):
            if path.is_file() and now - path.stat().st_mtime > DAYS * DAY:
                path.unlink()
        stamp.touch()
