"""Read a YAML file into plain data that knows where everything stands."""

from collections.abc import Iterator
from typing import TypeAlias

import yaml

from macros.source.characters import character_problems, stand_in
from macros.source.decode import decode
from macros.source.lines import Looked, look
from macros.source.plain import read_plain
from macros.source.problem import DataError, Place, Problem, Text
from macros.source.tree import Data, Event, Node, build
from macros.source.wording import syntax_problem

Where: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead to a part of a file."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = "这个文件是空的；请写上内容，或者删掉文件"


class Source:
    """Hold what a file says, and find where it says it.

    Why the tree of places may be made later: most files are right, and nobody asks for a place in them.
    """

    __slots__ = ("_text", "_tree", "data", "file")

    def __init__(self, text: Text, data: Data, tree: Node | None = None) -> None:
        """Keep the lines for quoting and the tree, if it is made already, for finding places."""
        self._text = text
        self._tree = tree
        self.file = text.file
        self.data = data

    def place(self, path: Where, *, key: bool = False, needle: str | None = None) -> Place:
        """Find the value at a path, or its key, or a text inside it.

        A path that does not exist is found as far as it goes; a text that is not found there
        (because it was written with escapes) gives the place of the whole value.
        """
        node = self._node(path, key=key)
        return (self._inside(node, needle) if needle else None) or node.start

    def problem(self, path: Where, message: str, *, key: bool = False, needle: str | None = None) -> Problem:
        """Make a problem at the place of a path."""
        place = self.place(path, key=key, needle=needle)
        return self._text.problem(place.line, place.column, message)

    def _node(self, path: Where, *, key: bool) -> Node:
        self._tree = self._tree or _look_closely(self._text, [])
        node = above = self._tree
        name: str | int = ""
        for part in path:
            if part not in node.parts:
                return node
            above, node, name = node, node.parts[part], part
        return above.keys.get(name, node) if key and isinstance(name, str) else node

    def _inside(self, node: Node, needle: str) -> Place | None:
        start = node.start.column - 1
        for number in range(node.start.line, node.end.line + 1):
            line = self._text.lines[number - 1] if number <= len(self._text.lines) else ""
            end = node.end.column - 1 if number == node.end.line else len(line)
            at = line.find(needle, start, end)
            if at >= 0:
                return Place(number, at + 1)
            start = 0
        return None


def read(raw: bytes, file: str) -> Source:
    """Read the bytes of a YAML file; raise DataError with every problem that can be found at once."""
    content = decode(raw, file)
    text = Text(file, tuple(content.split("\n")))
    problems = character_problems(text)
    data = None if problems else read_plain(content)
    if data is not None:
        return Source(text, data)
    tree = _look_closely(text, problems)
    return Source(text, tree.data, tree)


def _look_closely(text: Text, problems: list[Problem]) -> Node:
    """Look at every line of a file and build its tree; raise DataError if anything is wrong."""
    looked = look(text)
    problems = problems + _only_new(looked.problems, problems)
    root, more = _parse(text, looked) if looked.sure else (None, [])
    problems += _only_new(more, problems)
    if root is None and not problems:
        problems.append(text.problem(1, 1, _EMPTY))
    if problems or root is None:
        raise DataError(problems)
    return root


def _parse(text: Text, looked: Looked) -> tuple[Node | None, list[Problem]]:
    """Parse the mended lines; a syntax error is told only if nothing before explains it."""
    content = "\n".join(stand_in(line) for line in looked.lines)
    try:
        return build(text, _events(content))
    except yaml.YAMLError:
        told = syntax_problem(text, content) or text.problem(1, 1, "这个文件读不下去；请检查引号、括号、冒号和缩进")
        return None, [] if looked.problems else [told]


def _events(content: str) -> Iterator[Event]:
    return iter(_Loader(content).get_event, None)


def _only_new(more: list[Problem], told: list[Problem]) -> list[Problem]:
    """Leave out the lines that were told about before: what was found first is the cause."""
    lines = {problem.place.line for problem in told}
    return [problem for problem in more if problem.place.line not in lines]
