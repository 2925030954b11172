"""Which ways, kernels, widths and colours of a test are tried by default; all are by `run.py bench tests`.

A test that is written for both ways (http, file) is tried in one, half of the tests in each; of kernels, widths and
colours each is tried, but not each with each ("each choice" in the field's terms). Tests marked `everywhere` are tried
in all: what is at stake there is safety, or that a page opens at all.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

import pytest

LONG = bool(os.environ.get("LONG"))
"""Whether all is tried: each way with each kernel, width and colour."""

STEP = 1 if LONG else 3
"""Of much that is alike, as plans and links, one in so many is tried."""

WAYS = ("http", "file")
CHOICES = ("kernel", "width", "dark")


def thinned(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Give the tests that are tried by default."""
    alike: dict[tuple[object, ...], list[pytest.Item]] = defaultdict(list)
    for item in items:
        alike[_apart_from_choices(item)].append(item)
        if item.get_closest_marker("everywhere"):
            yield item
    for like, group in alike.items():
        yield from _covering(group, crc32(repr(like[1:]).encode()) % 2)


def _apart_from_choices(item: pytest.Item) -> tuple[object, ...]:
    """Tell a test and those of its parameters that always count."""
    other = {name: value for name, value in _parameters(item).items() if name not in CHOICES and not _is_way(value)}
    return (item.path, getattr(item, "originalname", item.name), repr(sorted(other.items(), key=repr)))


def _covering(group: Iterable[pytest.Item], turn: int) -> Iterator[pytest.Item]:
    """Choose as few of the tests as have every choice among them, in turn over one way and the other."""
    rest = {item: _choices(item) for item in group}
    left = set().union(*rest.values())
    while rest:
        best = max(rest, key=lambda item: (len(left & rest[item]), _way(item) in {"", WAYS[turn]}))
        yield best
        left -= rest.pop(best)
        turn = 1 - turn
        if not left:
            return


def _choices(item: pytest.Item) -> set[tuple[str, str]]:
    return {(name, repr(value)) for name, value in _parameters(item).items() if name in CHOICES}


def _way(item: pytest.Item) -> str:
    return next((value for value in _parameters(item).values() if _is_way(value)), "")


def _is_way(value: object) -> bool:
    return isinstance(value, str) and value in WAYS


def _parameters(item: pytest.Item) -> Mapping[str, Any]:
    callspec = getattr(item, "callspec", None)
    return callspec.params if isinstance(item, pytest.Function) and callspec else {}
