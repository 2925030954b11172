"""Find what a model's JSON schema says about a path, and what a file holds there."""

import re

from macros.json_schema import Schema
from macros.source import Data, Where


def at(schema: Schema, path: Where) -> tuple[Schema, ...]:
    """Find the parts of a JSON schema that may hold at a path, outer notes (description, form) first."""
    options = _options(schema, schema)
    for part in path:
        options = [found for option in options for found in _inside(option, part, schema)]
    return tuple(options)


def names(options: tuple[Schema, ...]) -> list[str]:
    """List the keys that an object may have."""
    return [name for option in options for name in option.get("properties", {})]


def allowed(options: tuple[Schema, ...]) -> list[str]:
    """List the values of a choice."""
    listed = [str(value) for option in options for value in option.get("enum", ())]
    return listed + [str(option["const"]) for option in options if "const" in option]


def help_of(options: tuple[Schema, ...]) -> str:
    """Take the first sentence of a description, if it is written for editors."""
    text = next((str(option["description"]) for option in options if "description" in option), "")
    return "" if text.isascii() else re.split("[。；\n]", text)[0].replace("`", "")


def form_of(options: tuple[Schema, ...]) -> str:
    """Say in words how a text must be written: the schema's `form`, else its description."""
    return next((str(option["form"]) for option in options if "form" in option), "") or help_of(options)


def title_of(options: tuple[Schema, ...]) -> str:
    """Take the name of an object's kind, if it is a Chinese one."""
    return next((option["title"] for option in options if not option.get("title", "a").isascii()), "")


def value(data: Data, path: Where) -> Data:
    """Give what stands at a path, None if nothing does."""
    for part in path:
        data = _step(data, part)
    return data


def follow(data: Data, loc: Where) -> Where:
    """Find the path that one of pydantic's `loc` means, leaving out the names of branches put in there.

    Why the longest, and a late part before an early one: a branch can be called like a key.
    """
    if not loc:
        return ()
    part, rest = loc[0], loc[1:]
    taken: Where = ()
    if _has(data, part):
        taken = (part, *follow(_step(data, part), rest))
        if len(taken) == len(loc):
            return taken
    left_out = follow(data, rest) if isinstance(part, str) else ()
    return taken if len(taken) > len(left_out) else left_out


def _has(data: Data, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def _step(data: Data, part: str | int) -> Data:
    if isinstance(data, dict):
        return data.get(str(part))
    return data[part] if isinstance(data, list) and isinstance(part, int) else None


def _inside(option: Schema, part: str | int, root: Schema) -> list[Schema]:
    if isinstance(part, int):
        items = option.get("items")
        return _options(items, root) if isinstance(items, dict) else []
    inner = option.get("properties", {}).get(part, option.get("additionalProperties"))
    return _options(inner, root) if isinstance(inner, dict) else []


def _options(schema: Schema, root: Schema, seen: frozenset[str] = frozenset()) -> list[Schema]:
    """Follow references and list the branches."""
    found = [schema]
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name and name not in seen:
        found += _options(root["$defs"][name], root, seen | {name})
    for word in ("anyOf", "oneOf", "allOf"):
        found += [one for branch in schema.get(word, ()) for one in _options(branch, root, seen)]
    return found
