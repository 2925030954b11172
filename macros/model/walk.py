"""Going through an object of the data, keeping the way that leads to each value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, RootModel

Way = tuple[str | int, ...]
"""Keys and indexes from the top of a file down to a value."""


def walk(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:  # noqa: ANN401
    """Give every value below and including `value`, each with its way, in reading order of the model."""
    found: list[tuple[Way, Any]] = []
    _gather(value, way, found)
    return iter(found)


def _gather(value: Any, way: Way, found: list[tuple[Way, Any]]) -> None:  # noqa: ANN401
    """Add to what is found. Why a list: one generator inside the other takes three times as long."""
    found.append((way, value))
    if isinstance(value, str):
        return
    if isinstance(value, RootModel):
        inside: list[tuple[Way, Any]] = []
        _gather(value.root, way, inside)
        found += inside[1:]
    elif isinstance(value, BaseModel):
        for name in _names(type(value)):
            _gather(getattr(value, name), (*way, name), found)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _gather(item, (*way, index), found)


@cache
def _names(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(model.model_fields)
