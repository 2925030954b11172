"""The JSON schema of a model, made once."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from pydantic import BaseModel

Schema: TypeAlias = Mapping[str, Any]


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """Give a model's JSON schema. Why kept: pages, the API, its gate and messages all ask, and it takes 10 ms."""
    return model.model_json_schema()
