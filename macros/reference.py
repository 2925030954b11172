"""The editor's reference, taken from the model: what each key means is its docstring there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from macros.json_schema import schema_of
from macros.model import VOCABULARIES, Plan
from macros.rules import RULES

_TYPES: Mapping[str, str] = {"string": "文字", "integer": "整数", "boolean": "true 或 false"}


@dataclass(frozen=True)
class KeyReference:
    """One key: what it is called, what it holds in words, whether it must be there, what it means."""

    name: str
    type: str
    required: bool
    choices: tuple[str, ...]
    form: str
    description: str


@dataclass(frozen=True)
class ObjectReference:
    """One kind of object, with its keys."""

    name: str
    title: str
    file: str
    keys: tuple[KeyReference, ...]


def model_reference() -> tuple[ObjectReference, ...]:
    """Describe plans first, then each vocabulary, then whatever these are made of."""
    plan = _objects(schema_of(Plan), {"方案": "data/plans/<id>.yaml"})
    entries = [
        item
        for name, model in VOCABULARIES.items()
        for item in _objects(schema_of(model), {_title(model): f"data/{name}.yaml"})
    ]
    unique = {item.name: item for item in (*plan, *entries)}
    return tuple(sorted(unique.values(), key=lambda item: (item.file == "", item.name != "Plan")))


def object_references(models: Iterable[type[BaseModel]]) -> tuple[ObjectReference, ...]:
    """Describe just these models."""
    return tuple(_object(model.__name__, schema_of(model), "", {}) for model in models)


def rule_reference() -> tuple[str, ...]:
    """Say each rule across files in its own words."""
    return tuple((type(rule).__doc__ or "").strip() for rule in RULES)


def _title(vocabulary: type[BaseModel]) -> str:
    schema = schema_of(vocabulary)
    return str(schema["$defs"][schema["items"]["$ref"].rsplit("/", 1)[-1]]["title"])


def _objects(schema: Mapping[str, Any], files: Mapping[str, str]) -> Iterator[ObjectReference]:
    definitions = schema.get("$defs", {})
    if "properties" in schema:
        yield _object("Plan", schema, files.get(schema["title"], ""), definitions)
    for name, definition in definitions.items():
        shape = _shape(definition)
        if "properties" in shape:
            yield _object(name, shape, files.get(shape["title"], ""), definitions)


def _object(name: str, schema: Mapping[str, Any], file: str, definitions: Mapping[str, Any]) -> ObjectReference:
    definitions = definitions or schema.get("$defs", {})
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rsplit("/", 1)[-1]]
    required = set(schema.get("required", ()))
    keys = tuple(_key(key, value, key in required, definitions) for key, value in schema["properties"].items())
    return ObjectReference(name, schema["title"], file, keys)


def _key(name: str, value: Mapping[str, Any], required: bool, definitions: Mapping[str, Any]) -> KeyReference:  # noqa: FBT001
    shape = _shape(value)
    inner = _shape(shape["items"]) if shape.get("type") == "array" else shape
    return KeyReference(
        name=name,
        type=_words(shape, definitions),
        required=required,
        choices=tuple(inner.get("enum", ())) or ((inner["const"],) if "const" in inner else ()),
        form=str(inner.get("form", "")),
        description=str(value.get("description", "")),
    )


def _shape(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave aside what only says that a key may be missing, or that a text may stand for an object."""
    options = [item for item in value.get("anyOf", ()) if item.get("type") != "null"]
    if not options:
        return value
    return next((item for item in options if "properties" in item or "$ref" in item), options[0])


def _words(shape: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    if "$ref" in shape:
        return str(_shape(definitions[shape["$ref"].rsplit("/", 1)[-1]])["title"])
    if shape.get("type") == "array":
        return f"列表：{_words(_shape(shape['items']), definitions)}"
    return _TYPES.get(str(shape.get("type")), "文字")
