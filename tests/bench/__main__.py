"""Run one bench by name."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHES = {
    "build": "time and memory of building our site beside stock Material, Zensical and Hugo; sizes may follow",
    "pages": "marks of Lighthouse and faults of axe for every kind of page, served by nginx as we advise",
    "papers": "lines, characters and pages of the official paper as LibreOffice prints it",
    "search": "what our search and others find in the same text, and how fast; `bench search 500` with 500 plans",
    "tests": "every test in every way, kernel, width and colour, with more cases by chance; names of tests may follow",
    "publish": "what readers meet while we publish and while stock builds in place; hosts; kills; tree hashes",
}


def main(arguments: list[str]) -> int:
    """Run the bench that is named, or list them."""
    name = arguments[0] if arguments else ""
    if name not in BENCHES:
        print("\n".join(f"  {bench}  {purpose}" for bench, purpose in BENCHES.items()))
        return 2
    import_module(f"tests.bench.{name}").main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
