"""The API: static JSON files under `api/v1/`, and the schema each of them follows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, RootModel

from macros import urls
from macros.document import document, plain_text
from macros.json_schema import schema_of
from macros.model import VOCABULARIES, Book, Model, Plan, Task
from macros.model.base import Many
from macros.reference import ObjectReference, object_references
from macros.wording import role_names, when_text

BASE = "api/v1"

PUBLIC_VOCABULARIES: Mapping[str, str] = {
    "units": "单位类型",
    "themes": "主题",
    "roles": "角色",
    "fields": "空",
    "glossary": "术语",
    "awards": "奖项",
    "observances": "节日纪念日",
    "sources": "来源",
    "core": "共同要做的事",
    "synonyms": "别的说法",
}
"""Vocabularies that are published. Why not leftovers: real names of the sources stand nowhere on the site."""


class ApiTask(Task):
    """A task, with its facts in words beside the ids."""

    model_config = ConfigDict(title="任务（接口）")

    owner_text: str
    """责任：牵头角色和配合角色的名称。"""
    when_text: str
    """时间：阶段、日期、频次，写成一句话。"""
    record_text: str
    """记录：要留的材料，用顿号连接。"""


class ApiPlan(Plan):
    """One plan whole."""

    model_config = ConfigDict(title="方案（接口）")

    url: str
    """页面地址，相对于网站根目录。"""
    text: str
    """正文全文，一段一行，带序号；空写作【名称】。"""
    tasks: Many[ApiTask]
    """任务，组成检查清单。"""


class PlanSummary(Model):
    """A plan in the list of plans."""

    model_config = ConfigDict(title="方案摘要（接口）")

    id: str
    """永久编号。"""
    title: str
    """标题。"""
    unit: str
    """单位类型的 id。"""
    nature: str
    """公文种类。"""
    sources: Many[str]
    """来源编号。"""
    url: str
    """页面地址，相对于网站根目录。"""
    updated: str
    """内容最后一次修改的日期，YYYY-MM-DD。"""


class PlanSummaries(RootModel[Many[PlanSummary]]):
    """The list of plans."""


class Entry(Model):
    """A file of the API."""

    model_config = ConfigDict(title="接口文件")

    url: str
    """地址，相对于网站根目录。"""
    title: str
    """里面是什么。"""
    schema_url: str
    """所依据的 JSON Schema 的地址，相对于网站根目录。"""


class Index(Model):
    """The list of everything."""

    model_config = ConfigDict(title="目录（接口）")

    version: str
    """接口版本；同一版本里只增加项，不改、不删。"""
    files: Many[Entry]
    """所有文件。"""


@dataclass(frozen=True)
class Endpoint:
    """A kind of file of the API, for the reference page."""

    url: str
    title: str
    schema: str
    model: type[BaseModel]


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(f"{BASE}/index.json", "目录：接口里的所有文件", "index", Index),
    Endpoint(f"{BASE}/plans.json", "方案列表", "plans", PlanSummaries),
    Endpoint(f"{BASE}/plans/<plan-id>.json", "一份方案的全部内容", "plan", ApiPlan),
    *(
        Endpoint(f"{BASE}/{name}.json", f"词表：{title}", name, VOCABULARIES[name])
        for name, title in PUBLIC_VOCABULARIES.items()
    ),
)


def files(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give every file of the API: its address and its bytes. Plans are written by their own format."""
    index = Index(version="v1", files=tuple(_entries(book)))
    yield f"{BASE}/index.json", _json(index)
    yield f"{BASE}/plans.json", _json(PlanSummaries(tuple(_summary(plan) for plan in book.plans.values())))
    for name in PUBLIC_VOCABULARIES:
        yield f"{BASE}/{name}.json", _json(VOCABULARIES[name](tuple(getattr(book, name).values())))
    for endpoint in ENDPOINTS:
        yield _schema_url(endpoint.schema), _dump(schema_of(endpoint.model))


def plan_json(plan: Plan, book: Book) -> bytes:
    """Write one plan whole."""
    return _json(_plan(plan, book))


def _plan(plan: Plan, book: Book) -> ApiPlan:
    values = dict(plan)
    values["tasks"] = tuple(_task(task, plan, book) for task in plan.tasks)
    return ApiPlan.model_construct(**values, url=urls.plan_url(plan.id), text=plain_text(document(plan, book)))


def _task(task: Task, plan: Plan, book: Book) -> ApiTask:
    return ApiTask.model_construct(
        **dict(task),
        owner_text=role_names(task, book),
        when_text=when_text(task.when, plan, book),
        record_text="、".join(task.record.keep),
    )


def _summary(plan: Plan) -> PlanSummary:
    return PlanSummary(
        id=plan.id,
        title=plan.title,
        unit=plan.unit,
        nature=plan.nature,
        sources=plan.sources,
        url=urls.plan_url(plan.id),
        updated=plan.updated,
    )


def _entries(book: Book) -> Iterator[Entry]:
    for endpoint in ENDPOINTS:
        schema = _schema_url(endpoint.schema)
        if endpoint.model is ApiPlan:
            for plan in book.plans.values():
                yield Entry(url=urls.plan_json_url(plan.id), title=plan.title, schema_url=schema)
        else:
            yield Entry(url=endpoint.url, title=endpoint.title, schema_url=schema)


def reference() -> tuple[ObjectReference, ...]:
    """Describe the objects that only the API has."""
    return object_references((Index, Entry, PlanSummary, ApiPlan, ApiTask))


def _schema_url(name: str) -> str:
    return f"{BASE}/schema/{name}.json"


def _json(model: BaseModel) -> bytes:
    return (model.model_dump_json(exclude_none=True, indent=1) + "\n").encode()


def _dump(value: Any) -> bytes:  # noqa: ANN401
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
