"""What other programs read is as its schema says, and lists the very plans that have a page.

Why read back what we wrote: a file may be written by hand, be left over, or come from another release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ValidationError

from macros.exports.api import BASE, ENDPOINTS, Index, PlanSummaries
from macros.gates.fault import Fault
from macros.json_schema import schema_of
from macros.kept import code, digest, kept_all
from macros.ledger import Ledger

_INDEX, _PLANS = f"{BASE}/index.json", f"{BASE}/plans.json"
_MODELS: Mapping[str, type[BaseModel]] = {
    f"{BASE}/schema/{endpoint.schema}.json": endpoint.model for endpoint in ENDPOINTS
}


def api_faults(site: Path, ledger: Ledger | None = None) -> list[Fault]:
    """Say what is wrong with the API of a finished folder; of one without, nothing: the other gates miss its files."""
    try:
        index = Index.model_validate_json((site / _INDEX).read_bytes())
        plans = PlanSummaries.model_validate_json((site / _PLANS).read_bytes())
    except OSError:
        return []
    except ValidationError as error:
        return [Fault(_INDEX, 1, f"不合自己的格式：{_told(error)}")]
    schemas = {entry.url: entry.schema_url for entry in index.files}
    found = [*_files(site, schemas, ledger or Ledger(site)), *_schemas(site), *_pages(site, plans)]
    return sorted(found, key=lambda one: (one.file, one.message))


def _files(site: Path, schemas: Mapping[str, str], ledger: Ledger) -> Iterator[Fault]:
    """Read each file by its model."""
    there = {name: schema for name, schema in schemas.items() if schema in _MODELS and (site / name).is_file()}
    yield from (
        Fault(_INDEX, 1, f"列出的文件不在，或者没有它的格式：{name}") for name in sorted(schemas.keys() - there.keys())
    )
    keys = {name: digest(code(), schema, ledger.key(name)) for name, schema in there.items()}
    read = kept_all("api", keys, lambda name: _fault(_MODELS[there[name]], site / name).encode())
    for name, told in zip(there, read, strict=True):
        if told:
            yield Fault(name, 1, f"不合自己的格式：{told.decode()}")


def _fault(model: type[BaseModel], path: Path) -> str:
    try:
        model.model_validate_json(path.read_bytes())
    except ValidationError as error:
        return _told(error)
    return ""


def _told(error: ValidationError) -> str:
    first, *others = error.errors(include_url=False, include_context=False, include_input=False)
    place = ".".join(map(str, first["loc"])) or "整个文件"
    return f"{place}：{first['msg']}" + (f"（另有 {len(others)} 处）" if others else "")


def _schemas(site: Path) -> Iterator[Fault]:
    """Compare each schema that is published with the model."""
    for name, model in _MODELS.items():
        path = site / name
        if not path.is_file() or json.loads(path.read_bytes()) != json.loads(json.dumps(schema_of(model))):
            yield Fault(name, 1, "格式文件不在，或者和数据模型不一样")


def _pages(site: Path, plans: PlanSummaries) -> Iterator[Fault]:
    """Compare the list of plans with the pages."""
    listed = {plan.url for plan in plans.root}
    pages = {path.relative_to(site).as_posix() for path in site.glob("plans/*/index.html")}
    yield from (Fault(_PLANS, 1, f"列出的方案没有网页：{name}") for name in sorted(listed - pages))
    yield from (Fault(name, 1, "方案列表里没有这份方案") for name in sorted(pages - listed))
