"""Going through an object of the data, keeping the way that leads to each value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, RootModel

Way = tuple[str | int, ...]
"""Keys and indexes from the top of a file down to a value."""


def walk(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:  # noqa: ANN401
    """Give every value below and including `value`, each with its way, in reading order of the model."""
    yield way, value
    if isinstance(value, RootModel):
        yield from list(walk(value.root, way))[1:]
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*way, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*way, index))
