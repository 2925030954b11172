"""The preview as its editor meets it: an edit shows on whatever page is asked for, soon, and faults are told."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from macros.preview import Preview
from tests.project import copy_project, edit

PLAN = "toll-station-model-window"
OTHER = "transport-three-creations"
SECONDS = 60


class Served:
    """A copy of the project under `serve`."""

    def __init__(self, root: Path, port: int) -> None:
        """Take the folder of the copy, and where it is served."""
        self.root = root
        self._port = port

    def get(self, path: str) -> str:
        """Ask for a page."""
        with urlopen(f"http://127.0.0.1:{self._port}/{path}", timeout=SECONDS) as answer:
            return str(answer.read().decode("utf-8"))

    def wait_for_fault(self, path: str) -> tuple[int, str]:
        """Ask for a page until it cannot be had; give what is said then."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                self.get(path)
            except HTTPError as error:
                return error.code, error.read().decode("utf-8")
            time.sleep(0.1)
        pytest.fail(f"{path} can still be had")

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a file as an editor would; the text to change must be there."""
        edit(self.root / path, old, new)

    def wait_for(self, path: str, words: str) -> str:
        """Ask for a page until it has some words, as long as a person would wait."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            with suppress(URLError, ConnectionError):
                if words in (page := self.get(path)):
                    return page
            time.sleep(0.1)
        pytest.fail(f"{path} does not show {words}")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the project, as people do."""
    root = copy_project(tmp_path_factory.mktemp("served"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (root / "said").open("wb") as said:
        command = [sys.executable, "-m", "macros", "serve", "--port", str(port)]
        with subprocess.Popen(command, cwd=root, stdout=said, stderr=said) as process:
            try:
                one = Served(root, port)
                one.wait_for("index.html", "</html>")
                yield one
            finally:
                process.terminate()


def test_an_edit_shows_on_every_page_that_has_it_and_in_the_search(served: Served) -> None:
    for turn in ("甲", "乙"):
        served.edit(f"data/plans/{PLAN}.yaml", "\ntitle: ", f"\ntitle: 改过{turn}的")
        page = served.wait_for(f"plans/{PLAN}/index.html", f"改过{turn}的")
        assert "/livereload.js" in page or "livereload(" in page
        for path in ("plans/index.html", "units/toll-station/index.html", f"plans/{PLAN}/content.js"):
            assert f"改过{turn}的" in served.get(path), path
        assert f"改过{turn}的" in served.get("search/index.js")
        assert "data-task-id" in served.get(f"plans/{OTHER}/index.html")
        assert served.get(f"plans/{OTHER}/checklist.csv")


def test_an_edit_of_a_template_and_of_our_python_shows(served: Served) -> None:
    served.edit("macros/templates/pages/plan_page.html.j2", "要填的空", "要写的空")
    served.wait_for(f"plans/{OTHER}/index.html", "要写的空")
    served.edit("macros/wording.py", "原文“", "来源里的“")
    served.wait_for(f"plans/{OTHER}/index.html", "来源里的“")
    served.edit("macros/templates/pages/plan_page.html.j2", "要写的空", "要填的空")
    served.wait_for(f"plans/{OTHER}/index.html", "要填的空")


def test_a_template_that_fails_is_told_on_the_page_and_in_the_window(served: Served) -> None:
    template = "macros/templates/parts/provenance.html.j2"
    good = (served.root / template).read_text(encoding="utf-8")
    served.edit(template, "", "{{ nothing_of_this_name }}")
    code, page = served.wait_for_fault(f"plans/{OTHER}/index.html")
    assert code == 500
    assert "原因见运行 serve 的窗口" in page
    assert "nothing_of_this_name" in (served.root / "said").read_text(encoding="utf-8")
    (served.root / template).write_text(good, encoding="utf-8")
    served.wait_for(f"plans/{OTHER}/index.html", "data-task-id")


def test_a_plan_that_is_added_or_taken_away_is_there_or_not(served: Served) -> None:
    text = (served.root / f"data/plans/{PLAN}.yaml").read_text(encoding="utf-8")
    new = served.root / "data/plans/ferry-pier.yaml"
    new.write_text(text.replace(f"id: {PLAN}", "id: ferry-pier", 1).replace("\ntitle: ", "\ntitle: 渡口", 1), "utf-8")
    served.wait_for("plans/ferry-pier/index.html", "渡口")
    new.unlink()
    assert served.wait_for_fault("plans/ferry-pier/index.html")[0] == 404


# What is left to do, by itself.


class Work:
    """Notes what it is asked to make."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.made: list[object] = []

    def plans(self, plans: Collection[str]) -> None:
        """Make plans."""
        self.made.append(sorted(plans))

    def search(self) -> None:
        """Make the search index."""
        self.made.append("search")


def test_each_plan_is_made_once_and_the_search_after_all_of_them() -> None:
    preview, work = Preview(), Work()
    preview.begin()
    preview.end(("a", "b", "c"), work.plans, work.search)
    for path in ("plans/b/index.html", "plans/b/content.js", "index.html", "plans/index.html", "plans/d/index.html"):
        preview.make(path)
    assert work.made == [["b"]]
    for path in ("search/index.js", "search/sounds.js", "plans/a/", "../plans/c/index.html"):
        preview.make(path)
    assert work.made == [["b"], ["a", "c"], "search"]


def test_a_request_waits_for_the_end_of_a_build() -> None:
    preview, work = Preview(), Work()
    preview.begin()
    waiting = threading.Thread(target=preview.make, args=("plans/a/index.html",))
    waiting.start()
    time.sleep(0.05)
    assert waiting.is_alive()
    preview.end(("a",), work.plans, work.search)
    waiting.join(SECONDS)
    assert work.made == [["a"]]


def test_a_page_that_a_build_took_away_meanwhile_is_asked_for_again() -> None:
    preview, work = Preview(), Work()
    preview.end(("a",), work.plans)
    answers = iter(["404 Not Found", "200 OK"])

    def server(_: object, start: Callable[..., object]) -> list[bytes]:
        status = next(answers)
        if status.startswith("404"):
            preview.begin()
            preview.end(("a",), work.plans)
        start(status, [])
        return [status.encode()]

    said: list[object] = []
    content = preview.before(server, "/", print)({"PATH_INFO": "/plans/a/index.html"}, lambda *all_: said.append(all_))
    assert content == [b"200 OK"]
    assert said == [("200 OK", [])]
    assert work.made == [["a"], ["a"]]
