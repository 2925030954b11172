"""Look at the bytes and the front matter of Markdown pages."""

import re

from macros.source.characters import character_problems
from macros.source.decode import decode
from macros.source.problem import DataError, Problem, Text

_FENCE = re.compile(r"---\s*$")
_WIDE = re.compile(r"\s*([A-Za-z_][\w-]*)\s*：")
_TIGHT = re.compile(r"([A-Za-z_][\w-]*):(?=[^\s/])")
_TITLE = re.compile(r"title\s*:\s*")
_MARKUP = re.compile(r"[<>{}]")


def read_text(raw: bytes, file: str) -> str:
    """Read the bytes of a text file; raise DataError if they hold what cannot be seen or is damaged."""
    content = decode(raw, file)
    problems = character_problems(Text(file, tuple(content.split("\n"))))
    if problems:
        raise DataError(problems)
    return content


def front_matter_problems(text: str, file: str) -> list[Problem]:
    """List what is wrong with the lines between `---` and `---` that begin a page."""
    page = Text(file, tuple(text.split("\n")))
    if not _FENCE.match(page.lines[0]):
        return _looks_like_front_matter(page)
    end = next((number for number, line in enumerate(page.lines[1:], 2) if _FENCE.match(line)), 0)
    if not end:
        return [page.problem(1, 1, "开头的“---”没有结束；请在标题等各项写完后，另起一行再写“---”")]
    return [problem for number in range(2, end) for problem in _line(page, number)]


def _looks_like_front_matter(page: Text) -> list[Problem]:
    """Tell about a first line that was meant to open the front matter."""
    first = page.lines[0].strip()
    if first and not first.strip("-—–－―") and len(first) > 1 and first != "-" * len(first):
        return [page.problem(1, 1, "页面开头的设置要用三个半角减号“---”开头；这里的横线不是")]
    title = re.match(r"title\s*[:：]", first)
    if title:
        return [page.problem(1, 1, "标题要写在两行“---”之间；请在它的上面和下面各加一行“---”")]
    return []


def _line(page: Text, number: int) -> list[Problem]:
    line = page.lines[number - 1]
    wide = _WIDE.match(line)
    if wide:
        told = f"“{wide[1]}”后面是全角冒号，这一项不会起作用；请改成半角冒号加一个空格：“{wide[1]}: ”"
        return [page.problem(number, wide.end(), told)]
    tight = _TIGHT.match(line)
    if tight:
        told = f"“{tight[1]}”后面的冒号要跟一个空格：“{tight[1]}: ”"
        return [page.problem(number, tight.end(), told)]
    title = _TITLE.match(line)
    markup = _MARKUP.search(line, title.end()) if title else None
    if markup:
        told = f"标题里不能有“{markup[0]}”；请改用全角的《》〔〕"
        return [page.problem(number, markup.start() + 1, told)]
    return []
