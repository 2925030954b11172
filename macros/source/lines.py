"""Look at a YAML file line by line, for what YAML itself would read silently or refuse in riddles.

What is told here is mended in a copy, so that the rest of the file can still be parsed and told about.
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from macros.source.entry import Entry, take_apart
from macros.source.flow import FINE, scan
from macros.source.outline import Outline
from macros.source.problem import Problem, Text, quoted, shorten
from macros.source.values import BLOCK, KEY_WORD, value_fault

_INDENT = re.compile(r"[ \t\u3000\xa0]*")
_WIDE_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*|[Ａ-Ｚａ-ｚ][Ａ-Ｚａ-ｚ０-９＿－]*)[ \u3000]*([：:])")
_TIGHT_KEY = re.compile(r"([a-z_][a-z0-9_-]*):(?=[^\s/]|\u3000)")
_NO_COLON = re.compile(r"([a-z_]{2,}) +(?=\S)")
_TIGHT_DASH = re.compile(r" *(?:- +)*(-)(?=[^\s\-\d.])")
_WIDE_DASH = re.compile(r" *([－﹣–—―−•·●▪])")
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Looked(NamedTuple):
    """Hold what was found, and the mended lines; `sure` is false if only a guess could mend them."""

    problems: list[Problem]
    lines: tuple[str, ...]
    sure: bool


def look(text: Text) -> Looked:
    """Look at every line of a file."""
    return _Look(text).run()


class _Look:
    def __init__(self, text: Text) -> None:
        self._text = text
        self._lines = list(text.lines)
        self._number = 0  # From 0: the line being looked at.
        self._problems: dict[int, Problem] = {}
        self._outline = Outline()
        self._sure = True
        self._begun = False
        self._shifted = -1  # The column of a key that a mended dash has moved away from its siblings.

    def run(self) -> Looked:
        while self._number < len(self._lines):
            self._line()
            self._number += 1
        return Looked(sorted(set(self._problems.values())), tuple(self._lines), self._sure)

    def _line(self) -> None:
        line = self._spaces(self._lines[self._number])
        content = line.lstrip(" ")
        if not content or content[0] == "#":
            return
        if content[0] == "＃":
            self._tell(line.index("＃"), "注释要用半角的“#”开头，不能用全角的“＃”", "")
        elif not self._marker(line):
            entry = take_apart(line)
            self._entry(entry if _starts_well(entry) else take_apart(self._mended_start(line)))

    def _spaces(self, line: str) -> str:
        """Tell about tabs, and about full-width spaces as indentation; return the line with spaces."""
        if line.isspace() or not line:
            self._lines[self._number] = ""
            return ""
        indent = _INDENT.match(line)
        lead = indent[0] if indent else ""
        for character, name in (("\t", "制表符（Tab）"), ("\u3000", "全角空格"), ("\xa0", "不换行空格")):
            if character in lead:
                self._sure = False
                self._tell(lead.index(character), f"缩进里有{name}；缩进只能用普通空格")
        if "\t" in line:
            self._tell(line.index("\t"), "这里有一个制表符（Tab）；请换成普通空格")
        if lead.strip(" ") or "\t" in line:
            line = lead.replace("\t", "  ").replace("\u3000", "  ").replace("\xa0", " ") + line[len(lead) :]
            self._lines[self._number] = line = line.replace("\t", " ")
        return line

    def _marker(self, line: str) -> bool:
        """Take `---`, `...` and `%` lines; tell unless it is the `---` that begins the file."""
        if line.rstrip() == "---" and not self._begun:
            self._begun = True
            return True
        if line.startswith(("---", "...")) and line[3:4] in ("", " "):
            told = f"一个文件只放一份数据，这里不能有“{line[:3]}”；请删掉这一行，第二份数据请另建文件"
            self._tell(0, told, line if line[0] == "-" else "")
            return True
        if line.startswith("%"):
            self._tell(0, "不用“%”开头的 YAML 指令；请删掉这一行", "")
            return True
        self._begun = True
        return False

    def _mended_start(self, line: str) -> str:
        """Tell what is wrong with how an entry starts; return the line as it was meant."""
        tight = _TIGHT_DASH.match(line)
        if tight and not line.startswith("---"):
            at = tight.start(1)
            self._shifted = at + 1
            line = self._tell(at, "“-”后面要有一个空格，才是列表项", f"{line[: at + 1]} {line[at + 1 :]}")
        wide = _WIDE_DASH.match(line)
        if wide and not take_apart(line).key:
            at = wide.start(1)
            told = f"列表项要用半角的减号加一个空格“- ”开头，不能用“{wide[1]}”"
            line = self._tell(at, told, f"{line[:at]}- {line[at + 1 :].lstrip()}")
        if line.lstrip(" ").startswith("? "):
            self._tell(line.index("?"), "不用“? ”这种写法；请写成“键: 值”", "")
            self._sure = False
        return self._mended_key(line)

    def _mended_key(self, line: str) -> str:
        entry = take_apart(line)
        at = entry.value_at if entry.key_at < 0 else entry.key_at
        wide = _WIDE_KEY.match(line, at)
        if wide and (wide[2] == "：" or not wide[1].isascii()):
            return self._wide_key(line, at, wide)
        tight = _TIGHT_KEY.match(line, at) if entry.key_at < 0 else None
        if tight:
            space = "普通空格，不能是全角空格" if line[tight.end()] == "\u3000" else "空格"
            told = f"“{tight[1]}”后面的冒号要跟一个{space}：“{tight[1]}: ”"
            return self._tell(tight.end() - 1, told, f"{line[: tight.end()]} {line[tight.end() :].lstrip()}")
        return self._mended_colon(line, entry)

    def _mended_colon(self, line: str, entry: Entry) -> str:
        """Tell where a list item seems to begin with a key that lacks its colon."""
        lacking = _NO_COLON.match(line, entry.value_at) if entry.key_at < 0 else None
        if not lacking:
            return line
        word, end = lacking[1], lacking.end(1)
        told = f"“{word}”后面好像少了半角冒号：“{word}: ”；是正文的话，请用引号括起来：{quoted(entry.value)}"
        return self._tell(end, told, f"{line[:end]}: {line[lacking.end() :]}")

    def _wide_key(self, line: str, at: int, wide: re.Match[str]) -> str:
        rest = line[wide.end() :].strip()
        if wide[1].isascii():
            column = wide.start(2)
            told = f"“{wide[1]}”后面是全角冒号；请改成半角冒号加一个空格：“{wide[1]}: ”"
        else:
            column = at
            told = f"“{wide[1]}”是全角字母；项的名称要用半角字母"
        return self._tell(column, told, f"{line[:at]}{wide[1]}: {rest}".rstrip(" "))

    def _entry(self, entry: Entry) -> None:
        if not entry.dashes and entry.key_at < 0:
            if not self._may_stand_alone(entry):
                self._bare(entry)
                return
        else:
            self._place(entry)
            if not self._may_be_key(entry):
                return
        if entry.value:
            self._value(entry)

    def _place(self, entry: Entry) -> None:
        """Tell if the line's indentation fits nowhere; a value that is a comment is no value."""
        if entry.value[:1] == "#":
            entry = entry._replace(value="")
        wrong = self._outline.misplaced(entry, self._number, self._ahead())
        if not wrong:
            self._shifted = -1 if entry.dashes and self._number not in self._problems else self._shifted
            return
        self._sure = False
        if entry.first != self._shifted:
            line = self._text.lines[wrong.line]
            told = self._text.problem(wrong.line + 1, len(line) - len(line.lstrip()) + 1, wrong.message)
            self._problems.setdefault(wrong.line, told)

    def _ahead(self) -> Iterator[Entry]:
        """Give the lines that follow, taken apart."""
        for line in itertools.islice(self._lines, self._number + 1, None):
            content = line.lstrip(" ")
            if content and content[0] != "#":
                yield take_apart(line)

    def _may_stand_alone(self, entry: Entry) -> bool:
        return entry.value[0] in "[{" and (self._outline.empty or self._outline.open)

    def _bare(self, entry: Entry) -> None:
        """Tell about a line that is neither key nor item, unless it belongs to the wrong line above it."""
        if self._number - 1 in self._problems and not self._outline.empty:
            self._problems[self._number] = self._problems[self._number - 1]
            self._lines[self._number] = ""
            return
        if self._outline.empty:
            told = "这里应该是“键: 值”或者“- ”开头的列表项；检查冒号是不是半角，后面有没有空格"
        elif self._outline.open:
            told = f"值要写在冒号或“- ”后面的同一行；要分行写就在冒号后面加“|”：{shorten(entry.value)}"
        else:
            told = "这一行不是“键: 值”，也不是“- ”开头的列表项，会被接到上一行的末尾；请和上一行写成一行，要分行就用“|”"
        line = self._lines[self._number]
        mended = f"{line[: entry.value_at]}[]" if self._outline.open and not self._outline.empty else ""
        self._tell(entry.value_at, told, mended)

    def _may_be_key(self, entry: Entry) -> bool:
        """Tell if a key is no word: then it is text with a colon in it."""
        key = entry.key
        if key and key[0] not in "\"'" and not KEY_WORD.match(key) and key != "<<":
            colon = len(self._lines[self._number][: entry.value_at].rstrip(" ")) - 1
            told = f"半角冒号加空格会把这句话断成“键: 值”；请改用全角冒号“：”，或者把整句用引号括起来：{quoted(key)}"
            self._tell(colon, told, f"{self._lines[self._number][: entry.key_at]}x: x")
            self._sure = self._sure and bool(entry.dashes)
            return False
        return True

    def _value(self, entry: Entry) -> None:
        value = entry.value
        if value[0] in "[{":
            self._flow(entry)
            return
        fault = value_fault(value)
        if fault:
            kept = "" if value[0] == "#" else "|" if BLOCK.match(value) else "x"
            line = self._lines[self._number][: entry.value_at]
            self._tell(entry.value_at + fault.offset, fault.message, line + kept)
        if BLOCK.match(value):
            self._block(entry)

    def _flow(self, entry: Entry) -> None:
        if FINE.match(entry.value):
            return
        first = self._number
        flow = scan(self._lines, first, entry.value_at, entry.parent)
        for number in range(first, flow.last + 1):
            self._number = number
            if number > first:
                self._spaces(self._lines[number])
        if flow.fault:
            column = flow.fault.column
            self._number = flow.fault.line
            self._tell(column, flow.fault.message)
            self._lines[first] = self._lines[first][: entry.value_at] + "x"
            self._lines[first + 1 : flow.last + 1] = [""] * (flow.last - first)
        self._number = flow.last

    def _block(self, entry: Entry) -> None:
        """Go through the lines of a `|` or `>` text."""
        first, indent, above = self._number, -1, ""
        while self._number + 1 < len(self._lines):
            line = self._lines[self._number + 1]
            lead = len(line) - len(line.lstrip(" "))
            if line.strip() and lead <= entry.parent:
                break
            self._number += 1
            if line.strip():
                indent = lead if indent < 0 else indent
                self._block_line(line, lead, indent)
                self._folded(entry, line, above)
            above = line.strip()
        if indent < 0:
            self._number = first
            self._tell(entry.value_at, "“|”下面没有文字；文字要另起一行，而且要比这一行多缩进两格", None)

    def _block_line(self, line: str, lead: int, indent: int) -> None:
        if lead < indent:
            told = f"这一行比“|”下面的第一行缩进少；请改成 {indent} 格"
            self._tell(lead, told, " " * indent + line.lstrip(" "))
        elif "\t" in line:
            self._tell(line.index("\t"), "这里有一个制表符（Tab）；请换成普通空格", line.replace("\t", " "))
        elif line[lead] == "\u3000":
            self._tell(lead, "段首不用空格，页面和 Word 文件会自己缩进；请删掉全角空格")
        elif line[-1].isspace():
            self._tell(len(line.rstrip()), "行尾有多余的空格；请删掉")

    def _folded(self, entry: Entry, line: str, above: str) -> None:
        """Tell where `>` would put a space between Chinese characters."""
        if entry.value[0] == ">" and above and (_CJK.match(line.strip()) or _CJK.match(above[-1])):
            told = "“>”会把这一行接到上一行，中间多出一个空格；请写成一行，要分行就用“|”"
            self._tell(len(line) - len(line.lstrip(" ")), told)

    def _tell(self, column: int, message: str, mended: str | None = None) -> str:
        """Tell the first thing wrong with a line, and mend it; return the line."""
        if self._number not in self._problems:
            self._problems[self._number] = self._text.problem(self._number + 1, column + 1, message)
        if mended is not None:
            self._lines[self._number] = mended
        return self._lines[self._number]


def _starts_well(entry: Entry) -> bool:
    """Tell whether a line begins with a plain key, so that nothing can be wrong before its value."""
    return entry.key[:1].isalpha() and entry.key.isascii() and KEY_WORD.match(entry.key) is not None
