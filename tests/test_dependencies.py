"""Every locked package stands in the guide, with a licence that is its own."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "guide" / "dependencies.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([\w.-]+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = {name: cells for name, *cells in ROW.findall(PAGE)}
FAMILIES = ("Apache", "BSD", "MIT", "MPL", "Mozilla", "PSF")
# Locked on branches that are about to be merged.
EXPECTED_SOON = {"opencc", "pypinyin"}


def locked(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w.-]*)==", text, re.MULTILINE))


def wanted(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w.-]*)[=~>]=", text, re.MULTILINE))


def under(heading: str) -> set[str]:
    part = PAGE.partition(f"{{: #{heading} }}")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([\w.-]+)` \|", part, re.MULTILINE))


def test_the_table_names_every_locked_package_and_no_other() -> None:
    assert locked("test") | locked("site") <= set(ROWS)
    assert set(ROWS) - locked("test") - EXPECTED_SOON == set()


def test_what_we_ask_for_ourselves_stands_apart_from_what_comes_along() -> None:
    assert under("direct") - EXPECTED_SOON == wanted("site") - EXPECTED_SOON
    assert under("indirect") == locked("site") - wanted("site") - EXPECTED_SOON
    assert wanted("test") <= under("tests")


@pytest.mark.parametrize("package", sorted(locked("test")))
def test_a_licence_is_what_the_package_says(package: str) -> None:
    said = licence(package)
    ours = families(ROWS[package][1])
    assert ours
    assert said in (set(), ours)


def licence(package: str) -> set[str]:
    """Give the families of licences that an installed package names."""
    try:
        own = metadata(package)
    except PackageNotFoundError:  # A package for another system.
        return set()
    first = (own.get("License") or "").split("\n")[0]
    classes = [one for one in own.get_all("Classifier") or [] if one.startswith("License ::")]
    return families(own.get("License-Expression") or " ".join([first, *classes]))


def families(text: str) -> set[str]:
    return {family.replace("Mozilla", "MPL") for family in FAMILIES if re.search(rf"\b{family}\b", text)}


def test_the_end_of_the_theme_and_what_was_decided_are_in_the_readme() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.search(r"5 May 2027|2027 年 5 月 5 日", text), name
        assert re.search(r"21 November 2026|2026 年 11 月 21 日", text), name
