"""JSON Schema for editors, written from the model into `data/schema/`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from macros.json_schema import schema_of
from macros.model import VOCABULARIES, Plan


def schemas() -> Iterator[tuple[str, str]]:
    """Give every schema file: its name in `data/schema/` and its text."""
    yield "plan.json", _text(schema_of(Plan))
    for name, model in VOCABULARIES.items():
        yield f"{name}.json", _text(schema_of(model))


def _text(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
