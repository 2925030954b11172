"""The validator of the W3C finds no error: not in the pages as they are served, nor in what scripts make of them."""

from pathlib import Path

import pytest

from macros.gates.markup import markup_faults
from tests.browser.getting import NotToBeHad, Tell, get_java, get_tools
from tests.browser.kinds import KINDS, PLAN
from tests.browser.opening import Opener
from tests.browser.vnu import JAR, Vnu
from tests.wrong_html import RIGHT, STRICTER, WRONG, page

OPENED = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
"""What was folded is drawn, and what it makes when it opens is made."""

STYLED = ("main.", "palette.")
"""The theme's own styles; ours are looked at."""


@pytest.fixture(scope="session")
def vnu(tell: Tell) -> Vnu:
    """Give the validator, installed if need be."""
    try:
        return Vnu(get_java(tell), get_tools(tell) / JAR)
    except NotToBeHad as error:
        pytest.fail(str(error), pytrace=False)


def test_every_page_is_valid(vnu: Vnu, site: Path) -> None:
    assert vnu.errors(site) == []


def test_our_styles_are_valid(vnu: Vnu, site: Path, tmp_path: Path) -> None:
    styles = [path for path in sorted(site.rglob("*.css")) if not path.name.startswith(STYLED)]
    assert len(styles) >= 4
    assert vnu.errors(*styles, kind=["--css"]) == []
    (tmp_path / "wrong.css").write_text("p { colour: red }\n", encoding="utf-8")
    assert len(vnu.errors(tmp_path / "wrong.css", kind=["--css"])) == 1


def test_what_scripts_make_of_a_page_is_valid(vnu: Vnu, open_http: Opener, tmp_path: Path) -> None:
    """Write down each kind of page after its scripts ran, with all opened, ticked and looked for."""
    visit = open_http(KINDS[0])
    for number, kind in enumerate((*KINDS, f"{PLAN}?phase=kickoff#checklist")):
        visit.page.goto(f"{visit.home}/{kind}")
        visit.page.evaluate(OPENED)
        visit.page.wait_for_timeout(50)
        made = visit.page.content()
        (tmp_path / f"{number}.html").write_text(made, encoding="utf-8")
    assert vnu.errors(tmp_path) == []


def test_our_gate_finds_what_the_validator_finds(vnu: Vnu, tmp_path: Path) -> None:
    """Ask both about each planted fault, and about what is right."""
    cases = {f"wrong{number:02}": body for number, (body, *_) in enumerate(WRONG)}
    cases |= {f"right{number:02}": body for number, body in enumerate(RIGHT)}
    cases |= {f"stricter{number}": body for number, (body, *_) in enumerate(STRICTER)}
    for name, body in cases.items():
        (tmp_path / f"{name}.html").write_text(page(body), encoding="utf-8")
    told = "\n".join(vnu.errors(tmp_path))
    theirs = {name for name in cases if f"/{name}.html:" in told}
    ours = {name for name, body in cases.items() if markup_faults(page(body))}
    assert {cases[name] for name in theirs ^ {name for name in cases if name.startswith("wrong")}} == set(), told
    assert {cases[name] for name in ours ^ {name for name in cases if not name.startswith("right")}} == set()
