"""The API: every file is there, is what its schema says, and says what the page says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from macros import urls
from macros.book import load
from macros.exports import api
from macros.model import UNNAMED, VOCABULARIES, Plan
from macros.wording import role_names, when_text
from tests.html_tree import Element, parse

BOOK = load(Path(__file__).parent.parent)
PLANS = tuple(BOOK.plans.values())
BASE = "api/v1"
SUMMARY = ["id", "title", "unit", "nature", "sources", "url", "updated"]
IN_WORDS = {"owner_text", "when_text", "record_text"}

every_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)


def read(site: Path, name: str) -> Any:  # noqa: ANN401
    return json.loads((site / name).read_text(encoding="utf-8"))


def plan_of(site: Path, plan: Plan) -> dict[str, Any]:
    content: dict[str, Any] = read(site, urls.plan_json_url(plan.id))
    return content


def test_the_index_lists_every_file_and_no_other(site: Path) -> None:
    index = read(site, f"{BASE}/index.json")
    listed = [entry["url"] for entry in index["files"]]
    there = {path.relative_to(site).as_posix() for path in (site / BASE).rglob("*.json")}
    schemas = {entry["schema_url"] for entry in index["files"]}
    assert len(listed) == len(set(listed))
    assert set(listed) | schemas == there
    assert {urls.plan_json_url(plan.id) for plan in PLANS} < set(listed)


def test_every_file_is_what_the_schema_it_names_says(site: Path) -> None:
    for entry in read(site, f"{BASE}/index.json")["files"]:
        schema = read(site, entry["schema_url"])
        jsonschema.Draft202012Validator.check_schema(schema)
        errors = jsonschema.Draft202012Validator(schema).iter_errors(read(site, entry["url"]))
        assert [f"{entry['url']}: {error.message}" for error in errors] == []


def test_the_schemas_of_the_api_refuse_what_it_does_not_say(site: Path) -> None:
    plan = plan_of(site, PLANS[0])
    validator = jsonschema.Draft202012Validator(read(site, f"{BASE}/schema/plan.json"))
    for wrong in (plan | {"more": 1}, {key: plan[key] for key in plan if key != "text"}, plan | {"tasks": [{}]}):
        assert list(validator.iter_errors(wrong))


def test_the_list_of_plans_keeps_its_contract(site: Path) -> None:
    plans = read(site, f"{BASE}/plans.json")
    assert [list(plan) for plan in plans] == [SUMMARY] * len(PLANS)
    assert [plan["id"] for plan in plans] == list(BOOK.plans)
    for summary in plans:
        plan = BOOK.plans[summary["id"]]
        assert summary == {
            "id": plan.id,
            "title": plan.title,
            "unit": plan.unit,
            "nature": plan.nature,
            "sources": list(plan.sources),
            "url": f"plans/{plan.id}/index.html",
            "updated": plan.updated,
        }
        assert (site / summary["url"]).is_file()


@every_plan
def test_a_plan_in_the_api_is_the_plan_whole(site: Path, plan: Plan) -> None:
    content = plan_of(site, plan)
    assert set(content) - set(Plan.model_fields) == {"url", "text"}
    tasks = [{key: task[key] for key in task if key not in IN_WORDS} for task in content["tasks"]]
    own = {key: content[key] for key in content if key in Plan.model_fields} | {"tasks": tasks}
    assert Plan.model_validate_json(json.dumps(own)) == plan


@every_plan
def test_a_task_in_the_api_is_also_said_in_words(site: Path, plan: Plan) -> None:
    for task, told in zip(plan.tasks, plan_of(site, plan)["tasks"], strict=True):
        assert told["owner_text"] == role_names(task, BOOK)
        assert told["when_text"] == when_text(task.when, plan, BOOK)
        assert told["record_text"] == "、".join(task.record.keep)


@every_plan
def test_the_text_in_the_api_is_the_text_on_the_page_line_by_line(site: Path, plan: Plan) -> None:
    content = plan_of(site, plan)
    page = parse((site / content["url"]).read_text(encoding="utf-8"))
    assert content["text"].split("\n") == list(lines_of(page))


def lines_of(page: Element) -> Iterator[str]:
    """Take from a page what its copy button takes: headings of the text, and lines without their marks."""
    for element in page.one("article").all():
        is_heading = element.tag in {"h3", "h4", "h5", "h6"} and element.attributes.get("id", "").startswith("s-")
        if is_heading or element.attributes.get("data-paper") == "line":
            yield element.text(lambda one: one.has_class("headerlink") or "data-copy-skip" in one.attributes)


def test_every_vocabulary_that_is_shown_is_published_whole(site: Path) -> None:
    assert set(api.PUBLIC_VOCABULARIES) == set(VOCABULARIES) - set(UNNAMED)
    for name in api.PUBLIC_VOCABULARIES:
        told = VOCABULARIES[name].model_validate_json((site / BASE / f"{name}.json").read_bytes())
        assert told.root == tuple(getattr(BOOK, name).values())


def test_no_real_name_of_a_source_stands_anywhere_in_the_site(site: Path) -> None:
    names = [item.name for item in BOOK.leftovers]
    assert len(names) >= 5
    found = [
        f"{path.relative_to(site)}: {name}"
        for path in sorted(site.rglob("*"))
        if path.is_file()
        for text in [read_any(path)]
        for name in names
        if name in text or name.encode("unicode_escape").decode() in text
    ]
    assert found == []


def read_any(path: Path) -> str:
    """Read a file as text, also one that holds none, and its own name with it."""
    return path.name + path.read_bytes().decode("utf-8", errors="replace")


def test_the_reference_page_names_every_kind_of_file(site: Path) -> None:
    page = parse((site / "guide" / "api.html").read_text(encoding="utf-8"))
    rows = [(next(row.all()).text(), row.text()) for row in page.one("article").all("tr")]
    for endpoint in api.ENDPOINTS:
        assert any(first == endpoint.url and f"{BASE}/schema/{endpoint.schema}.json" in text for first, text in rows)


def described(site: Path) -> dict[str, dict[str, str]]:
    """Give what the reference pages say of each key of each object, by the object's anchor."""
    found: dict[str, dict[str, str]] = {}
    for name in ("api", "fields"):
        page = parse((site / "guide" / f"{name}.html").read_text(encoding="utf-8"))
        anchor = ""
        for element in page.one("article").all():
            if element.tag == "h2":
                anchor = element.attributes["id"]
            elif element.tag == "tr" and list(element.all("td")):
                found.setdefault(anchor, {})[element.one("th").text()] = element.text()
    return found


def test_the_reference_pages_explain_every_key_of_every_object(site: Path) -> None:
    told = described(site)
    for endpoint in api.ENDPOINTS:
        schema = read(site, f"{BASE}/schema/{endpoint.schema}.json")
        roots = {endpoint.model.__name__: schema, **schema.get("$defs", {})}
        for name, definition in roots.items():
            for shape in (definition, *definition.get("anyOf", ())):
                for key, value in shape.get("properties", {}).items():
                    said = told.get(name.lower(), {}).get(key, "")
                    assert "".join(value["description"].replace("`", "").split()) in "".join(said.split()), (name, key)
