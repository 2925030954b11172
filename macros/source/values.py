"""Find what is wrong with a value as it stands on its line, before YAML reads it."""

import re
from typing import NamedTuple

from macros.source.problem import quoted, shorten

QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
BLOCK = re.compile(r"[|>][-+0-9]*(?: *#.*)?$|[｜＞]$")
KEY_WORD = re.compile(r"[\w.-]+$")
_ESCAPE = re.compile(r"\\(.)")
_COMMENT = re.compile(r"(?:^| )(#)")
_COLON = re.compile(r":(?: |$)")
_WRAPPED = re.compile("“([ -~]+|[^“”]*(?:: | #)[^“”]*)”$|‘([ -~]+|[^‘’]*(?:: | #)[^‘’]*)’$|＂[^＂]*＂$|＇[^＇]*＇$")
"""Chinese quotes meant as YAML's. Those around Chinese text are text: slogans and names are written so."""
_SPECIAL = {
    "&": "“&”在 YAML 里是锚点，这里不用",
    "*": "“*”在 YAML 里是引用，这里不用",
    "!": "“!”在 YAML 里是类型标签，这里不用",
    "%": "值不能以“%”开头",
    "@": "值不能以“@”开头",
    "`": "值不能以“`”开头",
    ",": "值不能以半角逗号开头",
    "]": "这里多了一个“]”",
    "}": "这里多了一个“}”",
    "|": "值不能以“|”开头",
    ">": "值不能以“>”开头",
}
_FULL_WIDTH = {
    "［": "列表要用半角的“[”和“]”，不能用全角的“［”和“］”",
    "｛": "这里要用半角的“{”和“}”，不能用全角的“｛”和“｝”",
}


class Fault(NamedTuple):
    """Say what is wrong, how many characters into the text."""

    offset: int
    message: str


def value_fault(value: str) -> Fault | None:
    """Find the first fault of a value that stands after a key or a dash; flow values are not looked at."""
    if value[0] in "\"'":
        return _quoted_fault(value)
    return _start_fault(value) or _inner_fault(value)


def quote_fault(line: str, start: int) -> Fault | None:
    """Find the fault of a quoted text that begins at `start` of a line."""
    mark = line[start]
    whole = QUOTED.match(line, start)
    if not whole:
        name = "双引号" if mark == '"' else "单引号"
        return Fault(start, f"这里开了{name}，到行尾也没有关；引号要在同一行里成对，文字里的引号请用中文引号“”")
    escapes = _ESCAPE.finditer(whole[0]) if mark == '"' else ()
    for escape in (escape for escape in escapes if escape[1] not in '"\\'):
        told = f"双引号里的“{escape[0]}”会被当成特别的符号；请改用单引号括起来，或者把“\\”写成“\\\\”"
        return Fault(start + escape.start(), told)
    return None


def comment_fault(value: str, found: re.Match[str]) -> Fault:
    """Say that the rest of a value would be dropped as a comment."""
    kept = value[: found.start()].rstrip()
    lost = shorten(value[found.start(1) :])
    told = f"从“{lost}”起会被当成注释丢掉；是正文就把整个值用引号括起来：{quoted(value)}；是注释就单独写一行"
    return Fault(found.start(1), told if kept else told.replace("丢掉", "丢掉，值就空了"))


def _quoted_fault(value: str) -> Fault | None:
    fault = quote_fault(value, 0)
    if fault:
        return fault
    whole = QUOTED.match(value)
    end = whole.end() if whole else len(value)
    rest = value[end:]
    if not rest.strip():
        return None
    comment = _COMMENT.match(rest)
    if comment:
        return Fault(end + comment.start(1), "注释请单独写一行，不要跟在值的后面")
    told = f"引号在前面已经关了，后面还有“{shorten(rest.strip())}”；文字里的引号请用中文引号“”"
    return Fault(end + len(rest) - len(rest.lstrip()), told)


def _start_fault(value: str) -> Fault | None:
    first = value[0]
    if BLOCK.match(value):
        return _indicator_fault(value)
    told = _SPECIAL.get(first) or _FULL_WIDTH.get(first)
    if first in "|>" and value[1:2] == " ":
        told = f"“{first}”后面不能接着写文字，请另起一行，并多缩进两格"
    if told:
        return Fault(0, f"{told}；是正文的话，请用引号括起来：{quoted(value)}")
    if _WRAPPED.match(value):
        told = f"这里的引号是全角的，YAML 不认；请换成英文引号：{quoted(value[1:-1])}"
        return Fault(0, f"{told}；它是正文的话，请在外面再加一层：{quoted(value)}")
    if first in "-?:" and value[1:2] in ("", " "):
        return Fault(0, f"“{first}”不能写在这里；列表请另起一行写，正文请用引号括起来：{quoted(value)}")
    return None


def _indicator_fault(value: str) -> Fault | None:
    if value in ("|", "|-", ">", ">-"):
        return None
    if value in ("｜", "＞"):
        return Fault(0, f"“{value}”是全角的；分行的长文字要用半角的“|”")
    if "#" in value:
        return Fault(value.index("#"), "注释请单独写一行，不要跟在“|”的后面")
    return Fault(0, f"“{value}”不要写数字和加号；分行的长文字只写“|”就行")


def _inner_fault(value: str) -> Fault | None:
    comment = _COMMENT.search(value)
    if comment:
        return comment_fault(value, comment)
    colon = _COLON.search(value)
    if colon:
        told = f"半角冒号后面有空格（或在行尾），会把文字断开；请改用全角冒号“：”，或用引号括起来：{quoted(value)}"
        return Fault(colon.start(), told)
    return stray_quote(value)


def stray_quote(value: str) -> Fault | None:
    """Find the half of a pair of quotes whose other half is missing."""
    for mark in "\"'":
        if value.count(mark) % 2 and (mark == '"' or value.endswith(mark)):
            return Fault(value.rindex(mark), f"这里有一个“{mark}”，却没有和它成对的；请补上另一半，或者删掉它")
    return None
