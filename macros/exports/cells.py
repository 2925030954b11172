"""Text that goes into a cell of a table program."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"[=+\-@＝＋－＠\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def inert(text: str) -> str:
    """Keep a table program from taking a text for a formula.

    Why: Excel, WPS and LibreOffice run a cell that begins with one of = + - @, their full-width
    forms, a tab or a carriage return; a leading apostrophe makes it text. Numbers are left alone.
    """
    if _ACTIVE.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text
