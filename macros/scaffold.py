"""The file with which a new plan begins: every key, in the model's order, with the help the model gives.

What only an editor can know stands as a line that begins with `#`, so that `check` says of each
required one that it is still missing, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from macros.model import Sourced
from macros.model.base import Slug
from macros.reference import KeyReference, ObjectReference, model_reference
from macros.rules.names import RESERVED, RESERVED_FOR

_HEAD = """\
# yaml-language-server: $schema=../schema/plan.json
#
# 新方案的骨架。“# ”开头的是说明；“#”后面紧跟着名称的是还没有写的项：
# 删掉行首的“#”，在冒号后面空一格写上内容。标着“必填”的都要写，别的用得着才写。
# 写完保存，运行 check，它会说还缺什么。每一项的详细说明在网站的“数据项说明”里。
"""
_LIST = "列表："
_IN_OBJECT = "    "


def scaffold(plan_id: str) -> str:
    """Write the skeleton of a plan; raise ValueError, in Chinese, if the id cannot be one."""
    objects = {item.title: item for item in model_reference()}
    plan = next(item for item in objects.values() if item.name == "Plan")
    _refuse_other_than_slug(plan_id)
    entries = ["\n".join(_entry(key, plan_id, objects)) for key in plan.keys]
    return "\n".join([_HEAD, *(f"{entry}\n" for entry in entries)])


def _refuse_other_than_slug(plan_id: str) -> None:
    try:
        TypeAdapter(Slug).validate_python(plan_id)
    except ValidationError:
        message = f"“{plan_id}”不能作方案的 id；要写：{_slug_form()}；不超过 60 个字符"
        raise ValueError(message) from None
    if plan_id in RESERVED:
        message = f"“{plan_id}”不能作方案的 id：{RESERVED_FOR}"
        raise ValueError(message)


def _slug_form() -> str:
    return str(TypeAdapter(Slug).json_schema()["form"])


def _entry(key: KeyReference, plan_id: str, objects: Mapping[str, ObjectReference]) -> Iterator[str]:
    """Write one key of a plan: its help, then the line or lines an editor completes."""
    yield f"# {_help(key)}"
    inner = objects.get(key.type.removeprefix(_LIST))
    if key.name == "id":
        yield f"id: {plan_id}"
    elif inner and key.required:
        yield f"{key.name}:"
        yield from _first(inner, objects)
    else:
        yield from (f"# {line}" for line in _inside(key, objects))
        yield from (f"#{line}" for line in _shape(key, objects))


def _first(item: ObjectReference, objects: Mapping[str, ObjectReference]) -> Iterator[str]:
    """Write the first object of a list that must not be empty, with the help of each of its keys."""
    for key in _own_first(item.keys):
        dash = key.name == "id"
        indent = "  " if dash else _IN_OBJECT
        yield f"{indent}# {_help(key)}"
        if dash:
            yield f"  - id: first-{item.name.lower()}"
            continue
        yield from (f"{indent}# {line}" for line in _inside(key, objects))
        yield from (f"{indent}#{line}" for line in _shape(key, objects))


def _inside(key: KeyReference, objects: Mapping[str, ObjectReference]) -> Iterator[str]:
    """Say what an object may hold: of one object each key, of a list of them the names."""
    inner = objects.get(key.type.removeprefix(_LIST))
    if inner is None:
        return
    if key.type.startswith(_LIST):
        yield _names(inner)
    else:
        yield from (f"  {below.name}：{_help(below)}" for below in inner.keys)


def _own_first(keys: Iterable[KeyReference]) -> list[KeyReference]:
    """Put what every object has (origin, source) behind what is its own."""
    return sorted(keys, key=lambda key: key.name in Sourced.model_fields)


def _shape(key: KeyReference, objects: Mapping[str, ObjectReference]) -> Iterator[str]:
    """Write a key with as much of its value as is the same for every plan."""
    listed = key.type.startswith(_LIST)
    inner = objects.get(key.type.removeprefix(_LIST))
    if inner is None:
        yield f"{key.name}: []" if listed else f"{key.name}:"
        return
    needed = [below.name for below in _own_first(inner.keys) if below.required]
    if not listed:
        yield f"{key.name}: {{{', '.join(f'{name}: ' for name in needed)}}}"
        return
    yield f"{key.name}:"
    yield from (f"{'    ' if index else '  - '}{name}:" for index, name in enumerate(needed))
    if not needed:
        yield "  -"


def _help(key: KeyReference) -> str:
    """Say what a key is for, as the model does, in one line."""
    parts = ["必填。" if key.required else "", key.description.replace("`", "")]
    parts += [f"写法：{key.form}。"] if key.form and (key.name == "id" or key.form != _slug_form()) else []
    parts += [f"可以写：{'、'.join(key.choices)}。"] if key.choices else []
    return "".join(parts)


def _names(item: ObjectReference) -> str:
    """Name the keys of an object, the required ones first."""
    needed = "、".join(key.name for key in item.keys if key.required)
    others = "、".join(key.name for key in _own_first(item.keys) if not key.required)
    parts = [f"每项要写：{needed}" if needed else "", f"还可以写：{others}" if others else ""]
    return "；".join(filter(None, parts)) + "。"
