"""Text as an editor types it: plain words, with blanks written 【标签】.

Why 【】: every Chinese input method types it, YAML gives it no meaning at the
start of a value (`{year}` there would open a mapping), and it is what an
unfilled blank looks like in an official file, so the data reads like the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

_BLANK = re.compile(r"【([^【】]*)】")
_STRAY = re.compile(r"[【】]")
_RAW_IN_TITLE = re.compile(r"[<>{}]")


@dataclass(frozen=True)
class Words:
    """A run of text without blanks."""

    text: str


@dataclass(frozen=True)
class Blank:
    """A place to fill in, named by the label of a field in `data/fields.yaml`."""

    label: str


def pieces(text: str) -> Iterator[Words | Blank]:
    """Cut a text into words and blanks, in reading order."""
    end = 0
    for match in _BLANK.finditer(text):
        if match.start() > end:
            yield Words(text[end : match.start()])
        yield Blank(match[1])
        end = match.end()
    if end < len(text):
        yield Words(text[end:])


def labels(text: str) -> list[str]:
    """Give the labels of the blanks of a text, in reading order."""
    return _BLANK.findall(text)


def _check_line(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("text_empty", "这里是空的，请写上内容，或者删掉这一项")
    if value != value.strip():
        raise PydanticCustomError("text_edges", "开头或结尾有多余的空格，请删掉")
    if "\n" in value:
        raise PydanticCustomError("text_lines", "这里只能写一行；要分段，请在列表里另起一项")
    return value


def _check_blanks(value: str) -> str:
    for label in labels(value):
        if not label or label != label.strip():
            raise PydanticCustomError("blank_label", "【】里要写空的名称，前后不带空格，例如【单位全称】")
    if _STRAY.search(_BLANK.sub("", value)):
        raise PydanticCustomError("blank_unpaired", "【 和 】 没有成对；【】只用来写空，其他地方请改用“”或〔〕")
    return value


def _check_no_blanks(value: str) -> str:
    """Refuse a blank where nothing fills it in, so that every 【】 of the data is a real blank."""
    if _STRAY.search(value):
        raise PydanticCustomError("blank_here", "这里不能写空【】，空只写在正文、目标、任务这类文字里；引用名称请用“”")
    return value


def _check_title(value: str) -> str:
    """Refuse what the theme would print as markup.

    Why: Material prints page titles and navigation titles without escaping.
    """
    if _RAW_IN_TITLE.search(value):
        raise PydanticCustomError("title_markup", "标题和名称里不能有 < > { }，请改用全角的《》〔〕")
    return value


Text = Annotated[str, AfterValidator(_check_line), AfterValidator(_check_blanks), Field(min_length=1)]
"""One paragraph that may hold blanks."""

Line = Annotated[str, AfterValidator(_check_line), AfterValidator(_check_no_blanks), Field(min_length=1)]
"""One line of plain words, without blanks: hints, notes, names of records."""

Title = Annotated[Line, AfterValidator(_check_title), Field(max_length=60)]
"""A title or name: one line, at most 60 characters, no `< > { }` and no blanks."""
