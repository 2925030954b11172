"""The schema that editors use: fresh, named by every data file, and explained in Chinese."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

import macros.model
from macros.model import VOCABULARIES, Model, Plan
from macros.reference import model_reference
from macros.schema import schemas
from macros.source import read
from tests.html_tree import Element, parse

DATA = Path(__file__).parent.parent / "data"
FILES = sorted([*DATA.glob("*.yaml"), *DATA.glob("plans/*.yaml")])
FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
CHINESE = re.compile("[\u4e00-\u9fff]")
MODELS = sorted(
    {
        value
        for value in vars(macros.model).values()
        if inspect.isclass(value) and issubclass(value, Model) and value not in {Model, macros.model.Sourced}
    },
    key=lambda model: model.__name__,
)


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every object of a schema with its keys, by name."""
    for name, definition in {"": schema, **schema.get("$defs", {})}.items():
        for shape in (definition, *definition.get("anyOf", ())):
            if "properties" in shape:
                yield name, shape


def test_the_committed_schema_is_what_the_model_writes() -> None:
    written = dict(schemas())
    committed = {path.name: path.read_text(encoding="utf-8") for path in (DATA / "schema").glob("*")}
    assert sorted(committed) == sorted(written)
    for name, text in written.items():
        assert committed[name] == text, f"{name} is stale: run `python3 -m macros schema`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_first_line_of_a_data_file_names_its_schema(path: Path) -> None:
    named = FIRST_LINE.fullmatch(path.read_text(encoding="utf-8").split("\n")[0])
    assert named
    expected = "plan" if path.parent.name == "plans" else path.stem
    assert (path.parent / named[1]).resolve() == (DATA / "schema" / f"{expected}.json").resolve()
    assert (path.parent / named[1]).is_file()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_data_file_is_what_its_schema_asks_for(path: Path) -> None:
    name = "plan" if path.parent.name == "plans" else path.stem
    schema = json.loads((DATA / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    content = read(path.read_bytes(), path.name).data
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(content)] == []


def test_the_schema_refuses_an_unknown_key_as_the_loader_does() -> None:
    for name, text in schemas():
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
        for title, shape in objects(schema):
            assert shape["additionalProperties"] is False, f"{name} {title}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained_in_chinese(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        said = field.description or ""
        assert CHINESE.search(said), f"{model.__name__}.{name}"
        assert said.rstrip("。") != said, f"{model.__name__}.{name} does not end in 。"
    assert CHINESE.search(str(model.model_config["title"]))


def test_the_models_here_are_those_of_the_data() -> None:
    named = {name for schema in (Plan, *VOCABULARIES.values()) for name, _ in objects(schema.model_json_schema())}
    assert named - {""} | {"Plan"} == {model.__name__ for model in MODELS}


def test_the_reference_describes_every_key_of_every_model() -> None:
    described = {item.name: [key.name for key in item.keys] for item in model_reference()}
    assert described == {model.__name__: list(model.model_fields) for model in MODELS}


def section_of(page: Element, anchor: str) -> list[Element]:
    """Give what stands between one heading of the second level and the next."""
    article = page.one("article")
    found: list[Element] = []
    inside = False
    for item in (item for item in article.inside if isinstance(item, Element)):
        if item.tag == "h2":
            inside = item.attributes.get("id") == anchor
        elif inside:
            found.append(item)
    return found


def test_the_page_lists_every_key_with_its_explanation(site: Path) -> None:
    page = parse((site / "guide" / "fields.html").read_text(encoding="utf-8"))
    for model in MODELS:
        rows = [row for part in section_of(page, model.__name__.lower()) for row in part.all("tr")][1:]
        told = {row.one("th").text(): row.text() for row in rows}
        assert list(told) == list(model.model_fields), model.__name__
        for name, field in model.model_fields.items():
            assert "".join((field.description or "").replace("`", "").split()) in "".join(told[name].split())


def test_the_page_lists_every_rule(site: Path) -> None:
    from macros.rules import RULES  # noqa: PLC0415

    page = parse((site / "guide" / "fields.html").read_text(encoding="utf-8"))
    assert [item.text() for item in page.one("ol", class_="rules").all("li")] == [type(rule).__doc__ for rule in RULES]
