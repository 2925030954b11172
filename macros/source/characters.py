"""Find the characters that cannot be seen, or that look like others."""

import re
import unicodedata

from macros.source.problem import Problem, Text

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f"
_FORMAT = (
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_DAMAGED = "\ufdd0-\ufdef\ufffc-\uffff"
_RADICALS = "\u2e80-\u2ef3\u2f00-\u2fd5"
TOLD = re.compile(f"[{_CONTROL}{_SPACES}{_FORMAT}{_BLANKS}{_PRIVATE}{_DAMAGED}{_RADICALS}]")
_PERHAPS_TOLD = re.compile(re.sub(r"[\U00010000-\U0010ffff]-?", "", TOLD.pattern)[:-1] + "\U00010000-\U0010ffff]")
"""All of them, and rare characters besides. Why: with one range of rare characters the search takes a third."""
_CJK_RUN = re.compile("[\u3400-\u9fff\ue000-\uf8ff]{6,}")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

_NAMES = {
    "\x00": "空字符",
    "\r": "单独的回车符",
    "\x0b": "垂直制表符（Word 的手动换行）",
    "\x0c": "分页符",
    "\x1b": "转义控制符",
    "\x85": "下一行符（NEL）",
    "\xa0": "不换行空格",
    "\xad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字符",
    "\u200d": "零宽连字符",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u2028": "行分隔符（LS）",
    "\u2029": "段分隔符（PS）",
    "\u202a": "从左到右嵌入符",
    "\u202b": "从右到左嵌入符",
    "\u202c": "方向格式结束符",
    "\u202d": "从左到右强制符",
    "\u202e": "从右到左强制符",
    "\u2002": "半身空格",
    "\u2003": "全身空格",
    "\u2009": "窄空格",
    "\u202f": "窄的不换行空格",
    "\u2060": "连词符",
    "\u2066": "从左到右隔离符",
    "\u2067": "从右到左隔离符",
    "\u2068": "首字方向隔离符",
    "\u2069": "方向隔离结束符",
    "\ufeff": "字节序标记（BOM）",
    "\ufe0f": "表情样式选择符",
    "\u3164": "韩文填充符",
    "\u2800": "空白盲文",
}


def character_problems(text: Text) -> list[Problem]:
    """Tell every invisible, damaged or look-alike character, each kind once a line."""
    whole = "\n".join(text.lines)
    problems = []
    if _PERHAPS_TOLD.search(whole):
        problems += [problem for number in _numbers(text) for problem in _in_line(text, number)]
    if not unicodedata.is_normalized("NFC", whole):
        problems += [_not_nfc(text, number) for number in _numbers(text) if _differs(text, number)]
    if not problems and _perhaps_mangled(whole):
        problems = [_garbled(text, number) for number in _numbers(text) if _mangled(text, number)]
    return problems


def stand_in(line: str) -> str:
    """Replace what no parser takes, so that the rest of the file can still be looked at."""
    return _UNREADABLE.sub("\ufffd", line)


def _numbers(text: Text) -> range:
    return range(1, len(text.lines) + 1)


def _in_line(text: Text, number: int) -> list[Problem]:
    first = {found[0]: found.start() for found in reversed([*TOLD.finditer(text.lines[number - 1])])}
    return [text.problem(number, at + 1, _say(character)) for character, at in first.items()]


def _say(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if re.match(f"[{_RADICALS}]", character):
        return f"“{character}”（{code}）是偏旁部首符号，不是汉字，搜索时找不到它{_plain(character)}"
    if re.match(f"[{_PRIVATE}]", character):
        return f"这里有一个自造字（{code}），别的电脑上显示不出来；请换成标准的汉字或符号"
    if re.match(f"[{_DAMAGED}]", character):
        return f"这里的文字已经损坏（{code}），原来的字丢失了；请重新输入"
    name = _NAMES.get(character) or unicodedata.name(character, "控制字符")
    if re.match(f"[{_SPACES}]", character):
        return f"这里的空格不是普通空格，而是{name}（{code}）；请删掉，重新打一个普通空格"
    return f"这里有看不见的字符：{name}（{code}），多半是从网页或 Word 粘贴来的；请把它前后各一个字一起删掉重打"


def _plain(character: str) -> str:
    usual = unicodedata.normalize("NFKC", character)
    return f"；请改成“{usual}”" if usual != character else "；请重新输入这个字"


def _differs(text: Text, number: int) -> bool:
    return not unicodedata.is_normalized("NFC", text.lines[number - 1])


def _not_nfc(text: Text, number: int) -> Problem:
    line = text.lines[number - 1]
    usual = unicodedata.normalize("NFC", line)
    pairs = zip(line, usual + "\0", strict=False)
    at = next(index for index, (here, there) in enumerate(pairs) if here != there)
    at -= bool(unicodedata.combining(line[at]))
    bad, good = line[at : at + 2], usual[at]
    if not unicodedata.combining(bad[-1]):
        bad = bad[0]
    codes = " ".join(f"U+{ord(character):04X}" for character in bad)
    told = f"“{bad}”（{codes}）看上去和“{good}”一样，却是另一种写法，搜索时找不到；请重新输入“{good}”"
    return text.problem(number, at + 1, told)


_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{2,}")
"""What undone mojibake has to look like. Why: the bytes of good words such as 系统要统一思想 happen to be
UTF-8 too, but of Greek and other letters."""


_FOUR_IN_UTF8 = re.compile(rb"[\xe3-\xef](?:[\x80-\xbf]{2}[\xe3-\xef]){3}[\x80-\xbf]{2}")
"""Four Chinese characters, the fewest that could be read as a run of six or seven."""


def _perhaps_mangled(whole: str) -> bool:
    """Tell whether it is worth looking for lines to undo. Why: to try each takes longer than to read the file."""
    return "锟斤拷" in whole or _FOUR_IN_UTF8.search(whole.encode("gb18030", "replace")) is not None


def _mangled(text: Text, number: int) -> str:
    """Undo UTF-8 that was read as GBK and saved so; return the text, or nothing if it was not."""
    run = _CJK_RUN.search(text.lines[number - 1])
    if not run:
        return ""
    if "锟斤拷" in run[0]:
        return "\ufffd"
    decoded = (_as_utf8(run[0][:-1]), _as_utf8(run[0]))
    return next((was for was in decoded if _CHINESE.fullmatch(was)), "")


def _as_utf8(run: str) -> str:
    try:
        return run.encode("gb18030").decode("utf-8", "strict")
    except UnicodeError:
        return ""


def _garbled(text: Text, number: int) -> Problem:
    run = _CJK_RUN.search(text.lines[number - 1])
    at = run.start() + 1 if run else 1
    was = _mangled(text, number)
    if was == "\ufffd":
        return text.problem(number, at, "这里是乱码，原来的字丢失了；请重新输入这一行")
    return text.problem(number, at, f"这里是乱码，原来的文字是“{was[:20]}”；请重新输入，并用 UTF-8 保存")
