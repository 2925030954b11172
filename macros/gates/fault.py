"""What is wrong, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong with the finished folder."""

    file: str
    line: int
    message: str
    column: int = 0

    def __str__(self) -> str:
        """Write place and message; what concerns a whole file has no column."""
        return f"{self.file}:{self.line}:{f'{self.column}:' if self.column else ''} {self.message}"
