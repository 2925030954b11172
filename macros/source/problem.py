"""Say what is wrong with a file, and where."""

import unicodedata
from dataclasses import dataclass

_UNSEEN = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # Printable, says Unicode, and yet nothing is seen.
_WIDEST = 100
_BEFORE_CARET = 60


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Point at one character of a file; lines and columns count from 1."""

    line: int
    column: int


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Tell an editor one thing that is wrong, and what to do about it.

    `str()` gives three lines: the message, the line of the file, and a caret under the column.
    """

    file: str
    place: Place
    message: str
    excerpt: str

    def __str__(self) -> str:
        """Write the three lines, the caret lined up for terminals with two-column characters."""
        shown, column = _window(_visible(self.excerpt), self.place.column)
        caret = " " * _width(shown[: column - 1]) + "^"
        where = f"{self.file}:{self.place.line}:{self.place.column}"
        return f"{where}: {self.message}\n    {shown}\n    {caret}"


class DataError(Exception):
    """Refuse a file, with every problem in reading order and none twice."""

    def __init__(self, problems: "tuple[Problem, ...] | list[Problem]") -> None:
        """Sort the problems and drop repetitions."""
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Text:
    """Hold the lines of a file, and make problems that quote them."""

    file: str
    lines: tuple[str, ...]

    def problem(self, line: int, column: int, message: str) -> Problem:
        """Make a problem at a line and column that count from 1."""
        place = Place(max(line, 1), max(column, 1))
        excerpt = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        return Problem(self.file, place, message, excerpt)


def shorten(text: str, most: int = 24) -> str:
    """Cut a text for quoting it in a message."""
    text = _visible(" ".join(text.split()))
    return text if len(text) <= most else text[: most - 1] + "…"


def quoted(text: str) -> str:
    """Show how a text is written in YAML quotes, shortened if it is long."""
    text = shorten(text)
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _visible(line: str) -> str:
    """Put a visible mark, one column wide, for what a terminal would hide or obey."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(_mark(character) for character in line)


def _mark(character: str) -> str:
    if character == "\t":
        return "→"
    unseen = character in _UNSEEN or "\ufe00" <= character <= "\ufe0f"
    if character in " \u3000" or (character.isprintable() and not unseen):
        return character
    return "␣" if unicodedata.category(character) == "Zs" else "\ufffd"


def _window(line: str, column: int) -> tuple[str, int]:
    """Cut a long line around the column; return it and the column's new number."""
    if _width(line) <= _WIDEST:
        return line, column
    start = min(column, len(line)) - 1
    while start > 0 and _width(line[start - 1 : column]) <= _BEFORE_CARET:
        start -= 1
    head = "..." if start else ""
    end = min(column, len(line))
    while end < len(line) and _width(line[start : end + 1]) <= _WIDEST:
        end += 1
    tail = "..." if end < len(line) else ""
    return head + line[start:end] + tail, column - start + len(head)


def _width(text: str) -> int:
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
