"""Going through an object of the data, keeping the way that leads to each value."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel

Way = tuple[str | int, ...]
"""Keys and indexes from the top of a file down to a value."""


class Walked(NamedTuple):
    """The objects and the texts that were come by, each with its way, in reading order of the model."""

    objects: list[tuple[Way, BaseModel]]
    texts: list[tuple[Way, str]]


def walk(value: BaseModel | tuple[Any, ...]) -> Walked:
    """Give every object and every text below an object, and itself, or below a tuple."""
    walked = Walked([((), value)] if isinstance(value, BaseModel) else [], [])
    _gather(value, (), walked)
    return walked


def _gather(value: BaseModel | tuple[Any, ...], way: Way, walked: Walked) -> None:
    """Add to what is found. Why not yielded: one generator inside the other takes three times as long."""
    for name, item in enumerate(value) if isinstance(value, tuple) else value.__dict__.items():
        if isinstance(item, str):
            walked.texts.append(((*way, name), item))
        elif isinstance(item, tuple):
            _gather(item, (*way, name), walked)
        elif isinstance(item, BaseModel):
            here = (*way, name)
            walked.objects.append((here, item))
            _gather(item, here, walked)
