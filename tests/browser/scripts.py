"""The site's own scripts, as they are written."""

import json
from collections.abc import Iterable
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "assets" / "javascripts"


def bundles() -> dict[str, list[str]]:
    """Give the scripts of each bundle, as mkdocs.yml names them."""
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = config["extra"]["bundles"]
    return found


def loading(names: Iterable[str]) -> str:
    """Write the beginning of a program for Node that runs scripts, one after the other."""
    files = json.dumps([str(FOLDER / f"{name}.js") for name in names])
    run = "require('vm').runInThisContext(require('fs').readFileSync(file, 'utf8'))"
    return f"for (const file of {files}) {run};\n"
