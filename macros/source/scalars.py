"""Read a value without quotes: true, false, a whole number, or text; guess nothing."""

import re
from functools import lru_cache
from typing import Any

import yaml

from macros.source.problem import quoted

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})$")
_GUESS_START = frozenset("-+.0123456789~=<yYnNtTfFoO")
_OTHERS_GUESS = re.compile(
    r"(?P<number>[-+]?[0-9][0-9_,]*(?:\.[0-9_]*)?[eE][-+]?[0-9]+|0o[0-7]+|[-+][0-9]+|[0-9]{16,}|-0+)$"
    r"|(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)$"
    r"|(?P<truth>[yYnN])$"
    r"|(?P<zeros>0[0-9]+)$"
    r"|(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})$"
)
_KINDS = {"number": "数字", "time": "时刻或数字", "truth": "真假值", "zeros": "数字", "date": "日期"}
_RESOLVER: Any = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


def plain_value(text: str) -> bool | int | str:
    """Give the value of a text without quotes; use `guess` first."""
    if text == "true":
        return True
    if text == "false":
        return False
    return int(text) if _WHOLE.match(text) else text


def guess(text: str) -> str:
    """Say, for an editor, what YAML would make of a text that is not what it looks like; nothing if it is text."""
    if text[0] not in _GUESS_START:
        return ""
    if text in ("true", "false") or _WHOLE.match(text):
        return ""
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    if tag != _TEXT:
        return _read(text, tag)
    other = _OTHERS_GUESS.match(text)
    return _KINDS[other.lastgroup or "number"] if other else ""


@lru_cache(1024)
def key_fault(text: str) -> str:
    """Say what is wrong with a key without quotes, or nothing. Why cached: files have few different keys."""
    if text == "<<":
        return "“<<”在 YAML 里是合并，这里不用；请把各项直接写出来"
    if text and not isinstance(plain_value(text), str):
        return f"项的名称“{text}”不是文字；请加引号，或检查是不是写错了"
    meaning = guess(text) if text else ""
    return guess_message(text, meaning) if meaning else ""


def guess_message(text: str, meaning: str) -> str:
    """Say that a value needs quotes, or another form."""
    if text.lower() in ("true", "false"):
        return f"真假值只写小写的 {text.lower()}；是正文的话，请加引号：{quoted(text)}"
    return f"“{text}”没有加引号，YAML 会把它读成{meaning}；请加引号：{quoted(text)}"


def _read(text: str, tag: str) -> str:
    name = tag.rpartition(":")[2]
    if name in ("merge", "value"):
        return "特别的符号"
    if name == "null":
        return "空值（null）"
    try:
        value = yaml.SafeLoader("").construct_object(yaml.ScalarNode(tag, text))
    except (ValueError, yaml.YAMLError):
        return "日期"
    if name == "bool":
        return "真（true）" if value else "假（false）"
    return f"数字 {value}" if name in ("int", "float") else f"日期 {value}"
