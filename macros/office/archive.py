"""Zips of which most files are always the same: what was packed before is not packed again.

Why not zipfile: it would deflate every file every time, and of ten in an office file eight never change. What is
written are the same bytes (tests/test_archive.py); docs/assets/javascripts/forms.js does likewise in the browser.
Records are those of PKWARE's APPNOTE: 4.3.7 a file, 4.3.12 what the directory says of it, 4.3.16 the end.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache
from struct import pack

_VERSION, _DEFLATED = 20, 8
_NO_TIME, _FIRST_DAY = 0, 0x0021
"""1980-01-01, the first day a zip knows: the same files are the same bytes on every day and machine."""

_RIGHTS = 0o600 << 16
"""A plain file that its owner may read and write."""

_MOST = 128
"""How many packed files are kept. All forms together have 50, of which ten hold what a plan says."""


def archive(files: Mapping[str, bytes]) -> bytes:
    """Zip files, in the order of their names."""
    bodies = directory = b""
    for name, data in sorted(files.items()):
        body, said = _packed(name, data)
        directory += said + pack("<L", len(bodies)) + name.encode("ascii")
        bodies += body
    counts = pack("<4H", 0, 0, len(files), len(files))
    return bodies + directory + b"PK\5\6" + counts + pack("<LLH", len(directory), len(bodies), 0)


def deflated(data: bytes) -> bytes:
    """Deflate data as it stands in a zip."""
    return zlib.compress(data, 9, -zlib.MAX_WBITS)


@lru_cache(_MOST)
def _packed(name: str, data: bytes) -> tuple[bytes, bytes]:
    """Give a file as it stands in a zip, and what the directory says of it."""
    body = deflated(data)
    sizes = zlib.crc32(data), len(body), len(data)
    facts = pack("<5H3L2H", _VERSION, 0, _DEFLATED, _NO_TIME, _FIRST_DAY, *sizes, len(name), 0)
    said = b"PK\1\2" + pack("<H", _VERSION) + facts + pack("<3HL", 0, 0, 0, _RIGHTS)
    return b"PK\3\4" + facts + name.encode("ascii") + body, said
