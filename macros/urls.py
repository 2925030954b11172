"""Addresses inside the site.

Why every address ends in index.html: the site also opens by double-click from a folder,
where a link to a folder shows a list of files. Over http `/plans/x/` answers all the same.
"""

from __future__ import annotations


def plan_url(plan: str) -> str:
    """Give the address of a plan's page, from the top of the site."""
    return f"plans/{plan}/index.html"


def unit_url(unit: str) -> str:
    """Give the address of a unit type's page."""
    return f"units/{unit}/index.html"


def theme_url(theme: str, unit: str = "") -> str:
    """Give the address of a theme's page, or of what is there for one kind of unit."""
    return f"themes/{theme}/index.html" + (f"?unit={unit}" if unit else "")


def glossary_url(term: str) -> str:
    """Give the address of a term in the glossary."""
    return f"glossary/index.html#term-{term}"


def award_url(award: str) -> str:
    """Give the address of an award in the glossary."""
    return f"glossary/index.html#award-{award}"


def core_url(item: str) -> str:
    """Give the address of something that every unit does."""
    return f"core/index.html#core-{item}"


def checklist_csv_url(plan: str) -> str:
    """Give the address of a plan's checklist as CSV."""
    return f"plans/{plan}/checklist.csv"


FORMS = "assets/office/forms.js"
"""The address of the forms of the official files."""

REPORT_FORM = "assets/office/report.js"
"""The address of the form of a report on a reader's plan."""

CHECK_DATA = "assets/office/check-data.js"
"""The address of the names that the leftover check knows."""


WORDS = "assets/office/words.js"
"""The address of what an assembled plan needs of the shared lists."""


PICKING = "assets/javascripts/basket.js"
"""The address of the script with which parts of plans are picked."""


def plan_file_url(plan: str, file: str, kind: str) -> str:
    """Give the address of an official file of a plan, not filled in."""
    return f"plans/{plan}/{file}.{kind}"


def plan_content_url(plan: str) -> str:
    """Give the address of what a plan puts into its official files."""
    return f"plans/{plan}/content.js"


def plan_parts_url(plan: str) -> str:
    """Give the address of what can be taken from a plan into another."""
    return f"plans/{plan}/parts.js"


COMPARE = "compare/index.html"
"""The address of the page on which plans are set side by side."""


def plan_facts_url(plan: str) -> str:
    """Give the address of what that page shows of a plan."""
    return f"plans/{plan}/facts.js"


def plan_json_url(plan: str) -> str:
    """Give the address of a plan in the API."""
    return f"api/v1/plans/{plan}.json"


def relative(target: str, here: str) -> str:
    """Write the address `target` as seen from the page `here`, both from the top of the site."""
    path, mark, anchor = target.partition("#")
    there, start = path.split("/"), here.split("/")[:-1]
    common = 0
    while common < min(len(start), len(there) - 1) and there[common] == start[common]:
        common += 1
    return "/".join([".."] * (len(start) - common) + there[common:]) + mark + anchor
