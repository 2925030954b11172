"""Say each of pydantic's error types in Chinese."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, get_args

from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from macros.check.shape import allowed, form_of, names
from macros.json_schema import Schema
from macros.source import Data

_MOST = 24
_LIST = "列表（每项一行，以“- ”开头，或者写成 [甲, 乙]）"
_GROUP = "一组“键: 值”"
_TEXT = "一段文字"
_WHOLE = "整数"
_TRUTH = " true 或 false"
EXPECTED: Mapping[str, str] = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "数字",
    "float_parsing": "数字",
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _GROUP,
    "mapping_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dataclass_type": _GROUP,
}
"""What should have been written, by the error types that say it was something else."""


class Facts(NamedTuple):
    """Hold what a sentence is made of."""

    found: Data
    kinds: tuple[str, ...]
    error: ErrorDetails
    options: tuple[Schema, ...]

    def limit(self, name: str) -> object:
        """Give a detail of pydantic's error."""
        return self.error.get("ctx", {}).get(name, "")


def sentence(facts: Facts) -> str:
    """Say what is wrong with a value, and what to do."""
    kind = facts.kinds[0]
    if kind in EXPECTED:
        return _wrong_type(facts)
    if kind in _SENTENCES:
        return _SENTENCES[kind](facts)
    if kind in _PYDANTIC:
        return f"这里的内容不合要求（{kind}）；请对照编辑说明检查"
    return facts.error["msg"]


def near(word: str, known: list[str]) -> str:
    """Find the known word that was probably meant, or nothing."""
    likeness = 0.6 if word.isascii() else 0.5  # Chinese words are short: one character of two may be wrong.
    found = difflib.get_close_matches(word.lower(), known, 1, likeness)
    return found[0] if found and found[0] != word else ""


def listed(known: Iterable[str]) -> str:
    """List names, not too many."""
    unique = list(dict.fromkeys(known))
    return "、".join(unique[:_MOST]) + (" 等" if len(unique) > _MOST else "")


def _wrong_type(facts: Facts) -> str:
    expected = "或者".join(dict.fromkeys(EXPECTED[kind] for kind in facts.kinds))
    return f"这里要写{expected}，却写成了{_describe(facts.found)}；{_way_out(facts, expected)}"


def _describe(found: Data) -> str:
    if isinstance(found, dict):
        return _GROUP
    if isinstance(found, list):
        return "列表"
    if isinstance(found, bool):
        return f"真假值 {str(found).lower()}"
    return f"数字 {found}" if isinstance(found, int) else f"文字“{_cut(str(found))}”"


def _way_out(facts: Facts, expected: str) -> str:
    """Say what to do about a wrong type."""
    found, keys = facts.found, names(facts.options)
    if expected == _TEXT:
        return _way_to_text(found)
    if expected == _WHOLE and isinstance(found, str):
        return _way_to_number(found)
    if expected == _TRUTH:
        return "“是”写 true，“否”写 false，都不加引号"
    if expected == _LIST:
        in_a_list = "请在每一项的第一行前面加“- ”"
        return in_a_list if isinstance(found, dict) else f"只有一项也请写成 [{_cut(str(found))}]"
    return f"可以写的键：{listed(keys)}" if keys else "请改过来"


def _way_to_text(found: Data) -> str:
    if isinstance(found, bool | int):
        return f"请加引号：'{str(found).lower()}'"
    if isinstance(found, dict):
        return "如果是一句话里有半角冒号，请改用全角冒号，或者用引号把整句括起来"
    return "请去掉“- ”或方括号，只写一段文字"


def _way_to_number(found: str) -> str:
    digits = re.fullmatch(r"[^0-9]*([0-9]{1,9})[^0-9]*", unicodedata.normalize("NFKC", found))
    if not digits:
        return "请只写阿拉伯数字"
    return "请去掉引号" if digits[1] == found else f"请只写数字：{int(digits[1])}"


def _choice(facts: Facts) -> str:
    choices = allowed(facts.options)
    found = _describe(facts.found) if isinstance(facts.found, dict | list) else f"“{_cut(str(facts.found))}”"
    meant = near(str(facts.found), choices)
    hint = f"是不是想写“{meant}”？" if meant else ""
    return f"这里不能写{found}；{hint}可以写：{listed(choices) or facts.limit('expected')}"


def _form(facts: Facts) -> str:
    found, form = str(facts.found), form_of(facts.options)
    fixed = _fixed(found, str(facts.limit("pattern")))
    hint = f"；是不是想写“{fixed}”？" if fixed else "；"
    return f"“{_cut(found)}”的写法不对{hint}" + (f"要写：{form}" if form else "请对照编辑说明检查")


def _fixed(found: str, pattern: str) -> str:
    """Try the usual slips: full-width letters, capitals, blanks and underscores for hyphens, missing zeros."""
    plain = unicodedata.normalize("NFKC", found).strip().lower()
    day = re.fullmatch(r"(\d{1,2})[-月./](\d{1,2})日?", plain)
    dashed = re.sub(r"[\s_.-]+", "-", plain).strip("-")
    tries = [plain, dashed, f"{int(day[1]):02}-{int(day[2]):02}" if day else ""]
    try:
        return next((one for one in tries if one and one != found and re.search(pattern, one)), "")
    except re.error:
        return ""


def _too_long(facts: Facts) -> str:
    what = _unit(facts)
    length = len(facts.found) if isinstance(facts.found, str | list | dict) else 0
    return f"这里写了 {length} {what}，最多 {facts.limit('max_length')} {what}；请缩短"


def _too_short(facts: Facts) -> str:
    what = _unit(facts)
    return f"这里至少要写 {facts.limit('min_length')} {what}；请补上"


def _unit(facts: Facts) -> str:
    """Count text by characters; pydantic's type does not tell it from a list once a validator has run."""
    return "个字" if isinstance(facts.found, str) else "项"


def _bound(word: str, name: str) -> Callable[[Facts], str]:
    return lambda facts: f"这里写了 {facts.found}，应该{word} {facts.limit(name)}；请改正"


def _tag(facts: Facts) -> str:
    key = str(facts.limit("discriminator")).strip("'")
    tags = str(facts.limit("expected_tags")).replace("'", "").replace(", ", "、")
    wrong = facts.limit("tag")
    if wrong:
        meant = near(str(wrong), tags.split("、"))
        hint = f"是不是想写“{meant}”？" if meant else ""
        return f"“{key}”不能写“{wrong}”；{hint}可以写：{tags}"
    return f"缺少“{key}”，不知道这是哪一种；请补上“{key}: ”这一项"


def _raised(facts: Facts) -> str:
    said = str(facts.limit("error"))
    return "这里的内容不合要求；请对照编辑说明检查" if said.isascii() else said


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


_SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "literal_error": _choice,
    "enum": _choice,
    "string_pattern_mismatch": _form,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "too_long": _too_long,
    "too_short": _too_short,
    "greater_than_equal": _bound("不小于", "ge"),
    "greater_than": _bound("大于", "gt"),
    "less_than_equal": _bound("不大于", "le"),
    "less_than": _bound("小于", "lt"),
    "union_tag_invalid": _tag,
    "union_tag_not_found": _tag,
    "value_error": _raised,
    "assertion_error": _raised,
}
_PYDANTIC = frozenset(get_args(ErrorType))
KNOWN_TYPES = frozenset(EXPECTED) | frozenset(_SENTENCES) | {"missing", "extra_forbidden"}
"""The error types that have a sentence of their own."""
