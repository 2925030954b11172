"""Every test in every way: http and folder, all old browsers, each width in each colour, all plans, more by chance.

What the default run leaves out is said in tests/browser/thinning.py.
"""

from __future__ import annotations

import os
import subprocess
import sys

ALL = {"LONG": "1", "KERNELS": "all", "CASES": "120000", "CHANGES": "60000", "MISTAKES": "5000", "SPOILT": "20000"}


def main(arguments: list[str] | None = None) -> None:
    """Run pytest, with arguments of its own if there are any."""
    command = [sys.executable, "-m", "pytest", *(arguments or ())]
    sys.exit(subprocess.run(command, check=False, env={**os.environ, **ALL}).returncode)
