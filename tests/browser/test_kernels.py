"""The site in the browsers of offices: Chromium 79, 88, 92, 108 and today's, over plain http and from a folder."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from tests.browser import kernels
from tests.browser.devtools import Broken, Kernel, Tab
from tests.browser.getting import NotToBeHad
from tests.browser.kernels import KERNELS, Package
from tests.browser.kinds import KINDS
from tests.browser.plan_page import CELLS, PASTE_PLACES, PLAN, SELECT_ALL, address, api
from tests.browser.printing import AWAY, STUB, squeeze, words

Open = Callable[[str], Tab]

SHOWN = (
    "[...document.querySelectorAll('[data-task-id]')].filter(one => one.offsetParent).map(one => one.dataset.taskId)"
)
BOX = "[data-md-component=search-query]"


def test_each_kernel_is_the_one_it_is_called(kernel: Kernel) -> None:
    assert kernel.name == "current" or f"Chrome/{kernel.name}." in kernel.version


def test_every_kind_of_page_loads_without_an_error_or_a_violation(open_kernel: Open) -> None:
    tab = open_kernel("index.html")
    over_http = tab.home.startswith("http:")
    assert tab.evaluate("isSecureContext") is not over_http
    for kind in KINDS if over_http else [kind for kind in KINDS if kind != "404.html"]:
        tab.goto(kind)
        tab.wait("!document.querySelector('[data-needs-script][hidden]')")
    tab.assert_clean()
    assert len(tab.requests) > len(KINDS)


def test_a_checklist_is_copied_by_a_click_and_pasted_as_cells_and_as_text(site: Path, open_kernel: Open) -> None:
    tab = open_kernel(address())
    tasks = tab.evaluate(SHOWN)
    tab.click("[data-copy=table][data-copy-part=checklist-body]")
    assert tab.text(".checklist .toolbar [data-said]").startswith("已复制")
    tab.evaluate(f"({PASTE_PLACES})()")
    tab.evaluate("document.getElementById('paste-text').focus()")
    tab.paste()
    tab.evaluate("document.getElementById('paste-html').focus()")
    tab.evaluate(f"({SELECT_ALL})(document.getElementById('paste-html'))")
    tab.paste()
    cells = tab.evaluate(f"({CELLS})(document.getElementById('paste-html'))")
    lines = tab.evaluate("document.getElementById('paste-text').value").split("\n")
    texts = {task["id"]: task["text"] for task in api(site, f"plans/{PLAN}")["tasks"]}
    assert [row[2] for row in cells[1:]] == [texts[task] for task in tasks]
    assert [line.split("\t") for line in lines] == cells
    tab.assert_clean()


def test_a_filter_leaves_what_fits_and_gives_all_back(site: Path, open_kernel: Open) -> None:
    plan = api(site, f"plans/{PLAN}")
    role = plan["tasks"][0]["owner"]["role"]
    tab = open_kernel(address())
    every = tab.evaluate(SHOWN)
    tab.fill("select[name=role]", role)
    shown = tab.evaluate(SHOWN)
    fits = {task["id"] for task in plan["tasks"] if role in {task["owner"]["role"], *task["owner"]["support"]}}
    assert set(shown) == fits
    assert 0 < len(shown) < len(every)
    assert f"role={role}" in urlsplit(tab.evaluate("location.href")).query
    tab.click("[data-filter-reset]")
    assert tab.evaluate(SHOWN) == every
    tab.assert_clean()


def test_the_checklist_and_the_text_are_printed_whole_and_alone(site: Path, open_kernel: Open) -> None:
    plan = api(site, f"plans/{PLAN}")
    tab = open_kernel(address())
    checklist, text = (print_part(tab, part) for part in ("checklist", "text"))
    assert [task["id"] for task in plan["tasks"] if squeeze(task["text"]) not in checklist] == []
    assert checklist.endswith(squeeze("检查人（签字）：科室负责人（签字）：日期："))
    assert text.replace("编者建议", "") == squeeze(f"{plan['paper_title']}{plan['text']}")
    tab.assert_clean()


def print_part(tab: Tab, part: str) -> str:
    """Click the button, print at the moment at which the browser would, and give the words on the paper."""
    tab.evaluate(f"({STUB})()")
    tab.click(f"[data-print={part}]")
    tab.wait(f"window.printed && window.printed.join() === {json.dumps(part)}")
    pages = list(PdfReader(BytesIO(tab.pdf())).pages)
    tab.wait(AWAY)
    return words(pages)


def test_the_search_finds_and_leads_there(open_kernel: Open) -> None:
    tab = open_kernel("index.html")
    tab.click(BOX)
    tab.fill(BOX, "八心")
    tab.wait("document.querySelector('.md-search-result__item mark')")
    tab.press("Enter")
    tab.wait("document.title.startsWith('术语')")
    tab.assert_clean()


def test_colours_comparison_and_calendar_answer_to_clicks(open_kernel: Open) -> None:
    tab = open_kernel("index.html")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    before = tab.evaluate(scheme)
    tab.click("[data-md-component=palette] label:not([hidden])")
    tab.wait(f"{scheme} !== {json.dumps(before)}")
    tab.goto("compare/index.html")
    choose = "[...document.querySelectorAll('select[name=plan]')].slice(0, 2).map((one, at) => one.id = `choice-${at}`)"
    tab.evaluate(choose)
    tab.fill("#choice-0", PLAN)
    tab.fill("#choice-1", "hospital-civilised-window")
    assert tab.text("[data-compare-count]") == "正在对照 2 份方案"
    tab.goto("calendar/index.html")
    tab.fill("select[name=year]", "2027")
    assert "2027" in tab.evaluate("location.search")
    assert tab.evaluate("document.querySelectorAll('[data-when=year]:not([hidden])').length") > 0
    tab.assert_clean()


def test_a_click_on_a_download_saves_the_file(site: Path, open_kernel: Open) -> None:
    tab = open_kernel(address())
    tab.click("[data-download=csv]")
    (saved,) = tab.downloads()
    assert saved.read_bytes() == (site / "plans" / PLAN / "checklist.csv").read_bytes()
    tab.assert_clean()


# The browsers are driven, and say what goes wrong.

LOCK = """<meta http-equiv=Content-Security-Policy content="default-src 'none'">"""
PAGES = {
    "throws.html": "<script>throw new Error('thrown')</script>",
    "logs.html": "<script>console.error('said')</script>",
    "missing.html": "<script src='missing.js'></script>",
    "foreign.html": "<img src='http://elsewhere.example/x.png' alt=''>",
    "locked.html": f"{LOCK}<script>window.ran = 1</script>",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write pages that are not clean, and one with a button under another."""
    folder = tmp_path_factory.mktemp("pages")
    for name, body in PAGES.items():
        head = "<!doctype html><html lang=zh><meta charset=utf-8><title>t</title><link rel=icon href='data:,'>"
        (folder / name).write_text(head + body, encoding="utf-8")
    covered = "<button id=b>x</button><div style='position: fixed; top: 0; left: 0; right: 0; bottom: 0'></div>"
    (folder / "covered.html").write_text(covered, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_not_clean_is_caught(kernel: Kernel, folder: Path, name: str) -> None:
    tab = kernel.page(name, folder.as_uri())
    with pytest.raises(AssertionError):
        tab.assert_clean()
    assert bool(tab.violations) is (name == "locked.html")
    assert bool(tab.foreign) is (name == "foreign.html")
    assert tab.evaluate("window.ran") is None
    tab.close()


def test_a_button_that_is_covered_or_missing_cannot_be_clicked(
    kernel: Kernel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.browser.devtools.SECONDS", 0.2)
    tab = kernel.page("covered.html", folder.as_uri())
    for selector, says in (("#b", "covers"), ("#none", "nothing shown")):
        with pytest.raises(Broken, match=says):
            tab.click(selector)
    tab.close()


@pytest.mark.parametrize(("system", "machine"), [("win32", "AMD64"), ("darwin", "arm64"), ("linux", "aarch64")])
def test_a_computer_that_cannot_run_them_is_told(monkeypatch: pytest.MonkeyPatch, system: str, machine: str) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    with pytest.raises(NotToBeHad, match=f"{system} {machine}"):
        kernels.get_kernel("79", lambda _: None)


def test_another_file_than_the_recorded_one_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kernels, "npm", lambda *_, **__: pack(tmp_path))
    with pytest.raises(NotToBeHad, match="is not the recorded one"):
        kernels.download(Package("kernel@1", "0" * 64), tmp_path)


def pack(folder: Path) -> object:
    """Do as npm does."""
    (folder / "kernel-1.tgz").write_bytes(b"another")
    return type("Done", (), {"returncode": 0, "stderr": ""})


def test_every_kernel_has_a_hash() -> None:
    assert {len(package.hash) for package in KERNELS.values()} == {64}
