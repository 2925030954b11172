"""JSON Schema for editors, written from the model into `data/schema/`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from macros.model import VOCABULARIES, Plan


def schemas() -> Iterator[tuple[str, str]]:
    """Give every schema file: its name in `data/schema/` and its text."""
    yield "plan.json", _text(Plan.model_json_schema())
    for name, model in VOCABULARIES.items():
        yield f"{name}.json", _text(model.model_json_schema())


def _text(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
