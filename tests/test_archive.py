"""The zips of official files: what zipfile writes, and what unzip reads."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping

import pytest

from macros.office.archive import archive

NOISE = random.Random(5).randbytes(100_000)  # noqa: S311 - any bytes that do not deflate
FILES: Mapping[str, Mapping[str, bytes]] = {
    "none": {},
    "empty": {"a.xml": b""},
    "out of order": {"word/document.xml": b"<p/>" * 9000, "[Content_Types].xml": b"<Types/>", "_rels/.rels": NOISE},
    "the same name, other bytes": {"word/document.xml": "文明".encode() * 9000},
    "other names, the same bytes": {"a.xml": b"<Types/>", "b/a.xml": b"<Types/>"},
}


def by_zipfile(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(entry, files[name], compresslevel=9)
    return stream.getvalue()


@pytest.mark.parametrize("files", FILES.values(), ids=FILES.keys())
def test_a_zip_is_to_the_byte_what_zipfile_writes(files: Mapping[str, bytes]) -> None:
    assert archive(files) == archive(files) == by_zipfile(files)


@pytest.mark.parametrize("files", FILES.values(), ids=FILES.keys())
def test_a_zip_gives_back_what_was_put_in(files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(files))) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == files


def test_a_name_that_would_need_a_flag_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        archive({"方案.xml": b""})
