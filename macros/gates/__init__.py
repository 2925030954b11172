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
from macros.ledger import Ledger


def faults(site: Path, ledger: Ledger | None = None) -> list[Fault]:
    """Give everything that is wrong with a finished folder: its pages, what programs read, what search finds.

    What was looked at before is not looked at again; the ledger of who made the folder saves reading it to know that.
    """
    ledger = ledger or Ledger(site)
    return [*page_faults(site, ledger), *api_faults(site, ledger), *search_faults(site, ledger)]
