"""Turn pydantic's errors into problems with a place."""

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.check.sentences import EXPECTED, Facts, listed, near, sentence
from macros.check.shape import at, follow, help_of, names, title_of, value
from macros.json_schema import schema_of
from macros.source import DataError, Problem, Source, Where

M = TypeVar("M", bound=BaseModel)


def check(source: Source, model: type[M]) -> M:
    """Make a model of what a file says; raise DataError with every problem."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        found = error.errors(include_url=False)
    raise DataError(list(_Report(source, model).problems(found)))


class _Wrong(NamedTuple):
    """Keep an error with the path it is about; several kinds if no branch of a union fits."""

    path: Where
    kinds: tuple[str, ...]
    error: ErrorDetails

    @property
    def in_a_branch(self) -> bool:
        """Tell whether pydantic put the name of a branch into the place."""
        return len(self.error["loc"]) > len(self.path)


class _Report:
    def __init__(self, source: Source, model: type[BaseModel]) -> None:
        self._source = source
        self._schema = schema_of(model)

    def problems(self, errors: list[ErrorDetails]) -> Iterator[Problem]:
        wrong = _of_the_branch_meant([self._wrong(error) for error in errors if not self._follows(error)])
        misspelt = {self._meant(one.path) for one in wrong if one.kinds[0] == "extra_forbidden"}
        for one in wrong:
            if one.kinds[0] == "extra_forbidden":
                yield self._unknown(one.path)
            elif one.kinds[0] != "missing":
                yield self._source.problem(one.path, self._say(one))
            elif one.path not in misspelt:
                yield self._missing(one.path)

    def _wrong(self, error: ErrorDetails) -> _Wrong:
        loc, kind = error["loc"], error["type"]
        if kind == "missing":
            return _Wrong((*follow(self._source.data, loc[:-1]), loc[-1]), (kind,), error)
        return _Wrong(follow(self._source.data, loc), (kind,), error)

    def _follows(self, error: ErrorDetails) -> bool:
        """Tell whether a list is called too short only because items of it are wrong, which pydantic leaves out."""
        found = value(self._source.data, follow(self._source.data, error["loc"]))
        least = error.get("ctx", {}).get("min_length", 0)
        return error["type"] == "too_short" and isinstance(found, list) and len(found) >= least

    def _say(self, one: _Wrong) -> str:
        return sentence(Facts(value(self._source.data, one.path), one.kinds, one.error, at(self._schema, one.path)))

    def _missing(self, path: Where) -> Problem:
        name, meaning = path[-1], help_of(at(self._schema, path))
        note = f"（{meaning}）" if meaning else ""
        told = f"{self._owner(path[:-1])}缺少“{name}”{note}；请补上“{name}: ”这一项"
        return self._source.problem(path[:-1], told)

    def _unknown(self, path: Where) -> Problem:
        name, where, meant = path[-1], ".".join(map(str, path)), self._meant(path)
        if meant != path:
            hint = f"是不是想写“{meant[-1]}”"
        elif self._belongs_outside(path):
            hint = f"“{name}”是外面一层的项，请检查缩进"
        else:
            hint = f"这里可以写：{listed(self._names(path[:-1]))}"
            hint += "" if str(name).isascii() else "；如果是一句话里的冒号，请改用全角冒号“：”"
        return self._source.problem(path, f"没有“{name}”这个项（位置 {where}；{hint}）", key=True)

    def _meant(self, path: Where) -> Where:
        """Find the key that was probably meant, one not written yet before others; else the path itself."""
        here, word = value(self._source.data, path[:-1]), str(path[-1])
        known = self._names(path[:-1])
        absent = [name for name in known if not isinstance(here, dict) or name not in here]
        meant = near(word, absent) or ("" if self._belongs_outside(path) else near(word, known))
        return (*path[:-1], meant) if meant else path

    def _belongs_outside(self, path: Where) -> bool:
        return any(path[-1] in self._names(path[:end]) for end in range(len(path) - 1))

    def _names(self, path: Where) -> list[str]:
        return names(at(self._schema, path))

    def _owner(self, path: Where) -> str:
        """Name an object by its kind and, if it has one, its id."""
        here = value(self._source.data, path)
        title = title_of(at(self._schema, path)) or ("这里" if path else "文件")
        named = here.get("id") if isinstance(here, dict) else None
        return f"{title}“{named}”" if isinstance(named, str) else title


def _of_the_branch_meant(wrong: list[_Wrong]) -> list[_Wrong]:
    """Of the branches of a union, keep what the branch says that was meant.

    That is the one which got past the type of the value; if none did, one error names all types.
    """
    types: dict[Where, list[_Wrong]] = {}
    kept = []
    for one in wrong:
        if one.kinds[0] in EXPECTED:
            types.setdefault(one.path, []).append(one)
        else:
            kept.append(one)
    for path, ones in types.items():
        if not (ones[0].in_a_branch and any(other.path[: len(path)] == path for other in kept)):
            kinds = tuple(one.kinds[0] for one in ones)
            kept.append(_Wrong(path, kinds, ones[0].error))
    return kept
