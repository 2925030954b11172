"""Finding where the terms of a page stand in its text for the first time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.model import Term


class FirstUses:
    """Cuts texts at terms; one for each page, as it remembers which terms have come up."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Know the terms by their names and aliases; where two begin alike the longer is meant."""
        self._ids: dict[str, str] = {}
        for term in terms:
            for name in (term.name, *term.aliases):
                self._ids.setdefault(name, term.id)
        names = sorted(self._ids, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, names)) or r"(?!)")
        self._seen: set[str] = set()

    def cut(self, text: str) -> Iterator[tuple[str, str]]:
        """Give a text in pieces, each with the id of the term that it uses first, or an empty one."""
        end = 0
        for match in self._names.finditer(text):
            term = self._ids[match[0]]
            if term in self._seen:
                continue
            self._seen.add(term)
            yield text[end : match.start()], ""
            yield match[0], term
            end = match.end()
        yield text[end:], ""
