"""What must hold of the finished folder, whatever made it.

Why the folder and not the build's own events: a page is judged as its reader gets it, and the
same gates serve any generator. Each fault names file and place.
"""

from __future__ import annotations

from pathlib import Path

from macros.gates.api import api_faults
from macros.gates.fault import Fault
from macros.gates.pages import page_faults
from macros.gates.search import search_faults


def faults(site: Path) -> list[Fault]:
    """Give everything that is wrong with a finished folder: its pages, what programs read, what search finds."""
    return [*page_faults(site), *api_faults(site), *search_faults(site)]
