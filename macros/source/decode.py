"""Turn the bytes of a file into text, or say which encoding they are in."""

import codecs
import re

from macros.source.problem import DataError, Place, Problem

_HOW = "请用编辑器“另存为”，编码选 UTF-8"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16（记事本里叫“Unicode”）"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16（记事本里叫“Unicode”）"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ZERO_SHARE = 0.2


def decode(raw: bytes, file: str) -> str:
    """Decode UTF-8, its BOM stripped and CRLF made LF; raise DataError on any other encoding."""
    body = raw.removeprefix(codecs.BOM_UTF8)
    _refuse_wide(raw, file)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError((_not_utf8(body, error.start, file),)) from None
    return _line_breaks(text)


def _line_breaks(text: str) -> str:
    """Make LF of CRLF, and of CR where a file knows nothing else.

    Why: a single CR among other line breaks is a stray character, and is told later.
    """
    text = text.replace("\r\n", "\n")
    return text if "\n" in text else text.replace("\r", "\n")


def _refuse_wide(raw: bytes, file: str) -> None:
    for bom, codec, name in _BOMS:
        if raw.startswith(bom):
            raise DataError((_wide(raw, codec, name, file),))
    for codec, zeros in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[::2])):
        if len(zeros) > 1 and zeros.count(0) > _ZERO_SHARE * len(zeros):
            raise DataError((_wide(raw, codec, "UTF-16", file),))


def _wide(raw: bytes, codec: str, name: str, file: str) -> Problem:
    text = raw.decode(codec, "replace")
    line = _telling(text.splitlines())
    message = f"这个文件的编码是 {name}，不是 UTF-8{_proof(line)}；{_HOW}"
    return Problem(file, Place(1, 1), message, (text.splitlines() or [""])[0])


def _not_utf8(body: bytes, start: int, file: str) -> Problem:
    line_start = max(body.rfind(b"\n", 0, start), body.rfind(b"\r", 0, start)) + 1
    line_end = min((body + b"\n").find(b"\n", start), (body + b"\r").find(b"\r", start))
    line, before = body[line_start:line_end], body[line_start:start]
    number = len(_line_breaks(body[:start].decode("latin-1")).split("\n"))
    if _is_gbk(body):
        place = Place(number, len(before.decode("gb18030", "replace")) + 1)
        excerpt = line.decode("gb18030", "replace")
        message = f"这个文件的编码是 GBK（记事本里叫“ANSI”），不是 UTF-8{_proof(excerpt)}；{_HOW}"
        return Problem(file, place, message, excerpt)
    message = "这里的字节不是 UTF-8 文字，这一行可能已经损坏；请重新输入这一行，并用 UTF-8 保存"
    place = Place(number, len(before.decode("utf-8", "replace")) + 1)
    return Problem(file, place, message, line.decode("utf-8", "replace"))


def _is_gbk(body: bytes) -> bool:
    """Tell whether bytes that are not UTF-8 are GBK, rather than UTF-8 with damage."""
    try:
        body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    rest, whole = _MULTIBYTE.subn(b"", body)
    return sum(byte > 0x7F for byte in rest) > whole  # noqa: PLR2004 -- the end of ASCII


def _telling(lines: list[str]) -> str:
    """Take the first line that shows the text was decoded rightly."""
    return next((line for line in lines if not line.isascii()), lines[0] if lines else "")


def _proof(line: str) -> str:
    line = line.strip().lstrip("\ufeff")
    return f"（按它解码，这一行是“{line[:30]}”）" if line else ""
