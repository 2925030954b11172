"""Ask vnu, the validator behind validator.w3.org, what is wrong with pages and styles."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

JAR = Path("vnu-jar", "build", "dist", "vnu.jar")


@dataclass(frozen=True)
class Vnu:
    """The validator, ready to be asked."""

    java: Path
    jar: Path

    def errors(self, *paths: Path, kind: Sequence[str] = ("--skip-non-html",)) -> list[str]:
        """Give what is wrong in files or folders, a line each: place, what, and the words it is about."""
        command: list[str | Path] = [
            self.java,
            "-Xss1m",
            "-jar",
            self.jar,
            "--format",
            "json",
            "--stdout",
            "--exit-zero-always",
        ]
        done = subprocess.run([*command, *kind, *paths], check=True, capture_output=True, encoding="utf-8")
        messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
        return [_told(one) for one in messages if one["type"] != "info"]


def _told(one: dict[str, Any]) -> str:
    place = f"{one.get('url', '')}:{one.get('lastLine')}:{one.get('lastColumn')}"
    return f"{place}: {one['message']} {one.get('extract', '')!r}"
