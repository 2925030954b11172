"""Read what office staff wrote: bytes → plain data and the place of everything in it.

Our YAML is a part of YAML in which nothing has to be guessed. A value is text, a whole number,
`true` or `false`, a list, or an object. Text that YAML would take for something else (`no`, `1.10`,
`0123`, `12:30`, `2026-11-21`) must stand in quotes. A text in quotes ends on its own line. Long texts
stand below `|`, which keeps their line breaks (the one at the end is dropped), or below `>`, which joins
lines with a space and is therefore refused between Chinese characters. Comments have lines of their own.
Whatever could be misread is told, all of it at once, in Chinese, with its line and column.

Imports nothing of ours.
"""

from macros.source.document import Source, Where, read
from macros.source.pages import front_matter_problems, read_text
from macros.source.problem import DataError, Place, Problem
from macros.source.tree import Data

__all__ = ["Data", "DataError", "Place", "Problem", "Source", "Where", "front_matter_problems", "read", "read_text"]
