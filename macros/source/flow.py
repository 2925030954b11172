"""Look through values in brackets: `[a, b]` and `{a: b}`, on one line or several."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from macros.source.values import QUOTED, quote_fault, stray_quote

DEEPEST = 20
_STOP = re.compile(r"[\[\]{},]|:(?=[ ,\]}]|$)|(?:^|(?<= ))#")
WORD = r"[^\s\[\]{},:#\"'&*!|>%@`，][^\[\]{},:#\"'，]*"
TEXT = r"[^\s\[\]{},:#\"'&*!|>%@`][^\[\]{},:#\"']*"
QUOTE = r"'[^']*'|\"[^\"\\]*\""
ITEMS = rf"\[(?:(?:{WORD}|{QUOTE})(?:, (?:{WORD}|{QUOTE}))*)?\]"
_ONE = rf"[a-z_]+: (?:{TEXT}|{QUOTE}|{ITEMS})"
INNER = rf"\{{{_ONE}(?:, {_ONE})*\}}"
_TWO = rf"(?:[a-z_]+: {INNER}|{_ONE})"
FINE = re.compile(rf"(?:{ITEMS}|\{{{_TWO}(?:, {_TWO})*\}})$")
"""Brackets that end on their line and hold nothing to tell about; most do, and this is much faster."""
_SPACE = re.compile(r" *")
_CLOSES = {"]": "[", "}": "{"}
_ENTRY = re.compile(r" *(?:- |[A-Za-z_][\w-]*:(?: |$))")
_WIDE_CLOSE = {"[": "］", "{": "｝"}
_WIDE_COMMA_KEY = re.compile(r"[，；;]\s*[a-z_]+\s*$")
_LOST = "；是正文的话，请把这一段文字用引号括起来"


class Fault(NamedTuple):
    """Say what is wrong, at a line and column that count from 0."""

    line: int
    column: int
    message: str


class Flow(NamedTuple):
    """Tell on which line the brackets end, and the first thing wrong inside them."""

    last: int
    fault: Fault | None


class _Open(NamedTuple):
    bracket: str
    line: int
    column: int


def scan(lines: Sequence[str], number: int, column: int, parent: int) -> Flow:
    """Scan the brackets that open at a place; their lines lie to the right of column `parent`."""
    return _Scan(lines, number, column, parent).run()


class _Scan:
    def __init__(self, lines: Sequence[str], number: int, column: int, parent: int) -> None:
        self._lines, self._number, self._at, self._parent = lines, number, column, parent
        self._open: list[_Open] = []
        self._fault: Fault | None = None
        self._ended = False
        self._fresh = True  # Nothing of an item has been read yet.

    def run(self) -> Flow:
        first = self._number
        while self._number < len(self._lines) and not self._ended:
            if self._number > first and self._leaves():
                break
            self._line(self._lines[self._number])
            self._number, self._at = self._number + 1, 0
        if not self._ended:
            self._fault = self._fault or self._unclosed()
        return Flow(self._number - 1, self._fault)

    def _leaves(self) -> bool:
        """Tell whether a line cannot belong to the brackets any more."""
        line = self._lines[self._number]
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        return bool(content) and content[0] not in "]}" and (indent <= self._parent or bool(_ENTRY.match(line)))

    def _line(self, line: str) -> None:
        at = self._at
        while at < len(line) and not self._ended:
            at = _skip(line, at)
            opens_quote = self._fresh and line[at : at + 1] in ('"', "'")
            at = self._quoted(line, at) if opens_quote else self._plain(line, at)

    def _quoted(self, line: str, at: int) -> int:
        fault = quote_fault(line, at)
        if fault:
            self._tell(fault.offset, fault.message)
        whole = QUOTED.match(line, at)
        if not whole:
            self._ended = True
            return len(line)
        self._fresh = False
        after = _skip(line, whole.end())
        if line[after : after + 1] not in ("", ",", "]", "}", ":", "#"):
            self._tell(after, "引号在前面已经关了，后面还有文字；文字里的引号请用中文引号“”")
        return whole.end()

    def _plain(self, line: str, at: int) -> int:
        stop = _STOP.search(line, at)
        end = stop.start() if stop else len(line)
        words = line[at:end].strip()
        if words:
            self._words(words, at, stop[0] if stop else "")
            self._fresh = False
        if not stop:
            return len(line)
        self._sign(stop[0].strip(), stop.end() - 1)
        return len(line) if stop[0].endswith("#") else stop.end()

    def _words(self, words: str, at: int, stop: str) -> None:
        if words[0] in "&*!|>%@`":
            self._tell(at, f"文字不能以“{words[0]}”开头{_LOST}")
        if stop in ("[", "{"):
            self._tell(at + len(words), f"文字里的“{stop}”会被当成括号{_LOST}，或改用全角括号")
        if stop == ":" and _WIDE_COMMA_KEY.search(words):
            self._tell(at + words.rindex(_WIDE_COMMA_KEY.findall(words)[-1]), "各项之间要用半角逗号加空格“, ”隔开")
        wide = words.find("，") if self._open and self._open[-1].bracket == "[" else -1
        if wide >= 0:
            told = "列表的各项要用半角逗号加空格“, ”隔开；是一项里的标点的话，请把这一项用引号括起来"
            self._tell(at + wide, told)
        fault = stray_quote(words)
        if fault:
            self._tell(at + fault.offset, fault.message)

    def _sign(self, sign: str, column: int) -> None:
        if sign in ("[", "{"):
            self._opens(sign, column)
        elif sign in _CLOSES:
            self._closes(sign, column)
        elif sign == "#":
            self._tell(column, "“#”起会被当成注释丢掉；是正文就用引号括起来，是注释就单独写一行")
        self._fresh = sign not in _CLOSES and sign != "#"

    def _opens(self, sign: str, column: int) -> None:
        self._open.append(_Open(sign, self._number, column))
        if len(self._open) > DEEPEST:
            self._tell(column, f"括号套了超过 {DEEPEST} 层；请检查是不是写错了")
            self._ended = True

    def _closes(self, sign: str, column: int) -> None:
        opened = self._open.pop()
        if opened.bracket != _CLOSES[sign]:
            here = f"第 {opened.line + 1} 行第 {opened.column + 1} 列"
            self._tell(column, f"括号不成对：{here}开的是“{opened.bracket}”，这里关的却是“{sign}”")
            self._ended = True
        elif not self._open:
            self._ended = True
            self._rest(column + 1)

    def _rest(self, column: int) -> None:
        line = self._lines[self._number]
        at = _skip(line, column)
        if line[at : at + 1] == "#" and at > column:
            self._tell(at, "注释请单独写一行，不要跟在值的后面")
        elif at < len(line):
            blank = "，要填的空写成【】" if line[column - 1] == "}" else ""
            told = f"括号在前面已经关了，后面还有文字；是正文的话，请用引号把整个值括起来，或改用全角括号{blank}"
            self._tell(at, told)

    def _unclosed(self) -> Fault:
        opened = self._open[-1]
        close = "]" if opened.bracket == "[" else "}"
        wide = _WIDE_CLOSE[opened.bracket]
        lines = self._lines[opened.line : self._number]
        hint = f"（全角的“{wide}”不算）" if any(wide in line for line in lines) else ""
        told = f"这里开了“{opened.bracket}”，却没有关；请在该结束的地方补上半角的“{close}”{hint}"
        return Fault(opened.line, opened.column, told)

    def _tell(self, column: int, message: str) -> None:
        self._fault = self._fault or Fault(self._number, column, message)


def _skip(line: str, at: int) -> int:
    spaces = _SPACE.match(line, at)
    return spaces.end() if spaces else at
