"""Follow the indentation of a file, and tell the line that fits nowhere."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from macros.source.entry import Entry

Kind = Literal["map", "list"]


class Level(NamedTuple):
    """Hold the column where the lines of one list or object start, and whether there was only one."""

    column: int
    kind: Kind
    first: int
    alone: bool = True

    def has(self, column: int, kind: Kind) -> bool:
        """Tell whether a line that starts so belongs here."""
        return (self.column, self.kind) == (column, kind)


class Misplaced(NamedTuple):
    """Tell which line stands wrong; `earlier` if it is not the line just read but one above it."""

    line: int
    message: str
    earlier: bool = False


class Outline:
    """Keep the open levels of the file, from the outermost to the innermost."""

    def __init__(self) -> None:
        """Start outside everything."""
        self._levels: list[Level] = []
        self._open = True
        self._last_wrong = -1
        self._above = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing has been read yet."""
        return not self._levels

    @property
    def open(self) -> bool:
        """Tell whether the line above waits for something on lines of its own."""
        return self._open

    def misplaced(self, entry: Entry, line: int, ahead: Iterable[Entry]) -> Misplaced | None:
        """Take in the next line; give what stands wrong, each column of a run of lines once.

        `ahead` are the lines that follow; they decide which of two lines is out of line.
        """
        first, *rest = _parts(entry, line)
        wrong = None
        if not self._enter(first):
            wrong = self._blame_above(first, ahead) or Misplaced(line, self._say(first))
        repeated = wrong and not wrong.earlier and first.column == self._last_wrong
        self._last_wrong = -1 if not wrong or wrong.earlier else first.column
        if not wrong or wrong.earlier:
            self._levels += rest
        self._open, self._above = not entry.value, entry.key
        return None if repeated else wrong

    def _enter(self, part: Level) -> bool:
        """Find the level a line belongs to, opening a new one or leaving old ones."""
        if self._open and self._goes_inside(part):
            self._levels.append(part)
            return True
        levels = self._levels
        for index in range(len(levels) - 1, -1, -1):
            if levels[index].column == part.column and levels[index].kind == part.kind:
                del levels[index + 1 :]
                if levels[index].alone:
                    levels[index] = levels[index]._replace(alone=False)
                return True
        return False

    def _goes_inside(self, part: Level) -> bool:
        if not self._levels:
            return True
        top = self._levels[-1]
        return part.column > top.column or (part.column == top.column and top.kind == "map" and part.kind == "list")

    def _blame_above(self, part: Level, ahead: Iterable[Entry]) -> Misplaced | None:
        """Put the blame on the first line of a level if the lines that follow side with the new line."""
        index = next((index for index in range(len(self._levels) - 1, -1, -1) if self._could_be(index, part)), None)
        if index is None or not _sides_with(part, self._levels[index], ahead):
            return None
        level = self._levels[index]
        by = level.column - part.column
        shifted = [one._replace(column=one.column - by) if one.first == level.first else one for one in self._levels]
        self._levels = shifted[: index + 1]
        how = f"多缩进了 {by}" if by > 0 else f"少缩进了 {-by}"
        return Misplaced(level.first, f"这一行{how} 格，和下面同一组的各行对不齐；请改正", earlier=True)

    def _could_be(self, index: int, part: Level) -> bool:
        level = self._levels[index]
        outside = self._levels[index - 1].column if index else -1
        return level.kind == part.kind and level.alone and part.column > outside

    def _say(self, part: Level) -> str:
        what = "列表项" if part.kind == "list" else "项"
        same = [level for level in self._levels if level.column == part.column]
        if same:
            wanted = "“键: 值”" if same[-1].kind == "map" else "“- ”开头的列表项"
            return f"和这一行对齐的上面几行是{wanted}，这一行却不是；请检查缩进，或补上、删去“- ”"
        if part.column > self._levels[-1].column and not self._open:
            above = f"“{self._above}”" if self._above else "上一行"
            return f"这一行缩进了 {part.column} 格，太多了：{above}已经有值，下面不能再有{what}；{self._where(part)}"
        return f"这一行缩进了 {part.column} 格，和上面哪一层都对不齐；{self._where(part)}"

    def _where(self, part: Level) -> str:
        """Name the columns that would fit, those of the same kind of line before others."""
        columns = {level.column for level in self._levels if level.kind == part.kind}
        columns = columns or {level.column for level in self._levels}
        return "请改成 " + " 或 ".join(str(column) for column in sorted(columns)) + " 格"


def _parts(entry: Entry, line: int) -> list[Level]:
    parts = [Level(dash, "list", line) for dash in entry.dashes]
    return [*parts, Level(entry.key_at, "map", line)] if entry.key_at >= 0 else parts


def _sides_with(part: Level, level: Level, ahead: Iterable[Entry]) -> bool:
    """Tell whether the next line of the group stands where the new one stands; if none follows, count in twos."""
    for entry in ahead:
        for start in _parts(entry, 0)[:1]:
            if start.has(part.column, part.kind):
                return True
            if start.has(level.column, level.kind):
                return False
        if entry.first < min(part.column, level.column):
            break
    return part.column % 2 < level.column % 2
