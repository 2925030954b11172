"""The host's kit with a real server: types, headers, compression, caching, and switching under its readers."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros.host_check import _TYPES, Answer, Finding, Unreachable, ask, check
from macros.policy import header
from macros.publishing import publish, rollback
from tests.browser.getting import NotToBeHad
from tests.nginx import get_nginx, serving
from tests.publishing_faults import write_site

ROOT = Path(__file__).parent.parent
HOSTING = ROOT / "hosting"
SAMPLES = ("md", "ics", "csv", "webmanifest", "docx", "xlsx")


@pytest.fixture(scope="session")
def nginx(tell: Callable[[str], None]) -> Path:
    try:
        return get_nginx(tell)
    except NotToBeHad as reason:
        pytest.fail(str(reason), pytrace=False)


@pytest.fixture(scope="module")
def target(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the real site with a file of every type."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(site, folder / "site")
    for ending in SAMPLES:
        (folder / "site" / f"sample.{ending}").write_text("样品" * 1000, encoding="utf-8")
    publish(folder / "target", lambda _: folder / "site")
    return folder / "target"


@pytest.fixture(scope="module")
def home(nginx: Path, target: Path) -> Iterator[str]:
    with serving(nginx, target.parent / "nginx", target) as address:
        yield address


def grave(findings: list[Finding]) -> list[str]:
    return [str(one) for one in findings if one.grave and not one.well]


def test_the_kit_passes_the_check_from_outside(home: str) -> None:
    findings = list(check(home))
    assert grave(findings) == []
    assert [one.what for one in findings if not one.well] == ["HTTPS"]
    assert len(findings) >= 35


def test_the_check_finds_what_a_bare_server_lacks(site: Path) -> None:
    handler = partial(QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        findings = list(check(f"http://127.0.0.1:{server.server_port}"))
        server.shutdown()
    wrong = {one.what for one in findings if not one.well}
    assert {"头 X-Content-Type-Options", "不列目录 assets/", "网页每次核对新旧", "压缩 .html", "编码 .html"} <= wrong


class BrokenHandler(SimpleHTTPRequestHandler):
    """Serve what says that it is packed and is not, and less than it says."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer wrongly."""
        body = b"x" * 2000
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body) + ("short" in self.path)))
        self.end_headers()
        self.wfile.write(gzip.compress(body)[:8] + body[8:])


def test_a_host_that_answers_wrongly_is_told_and_kills_nothing() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BrokenHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}"
        wrong = {one.what: str(one) for one in check(home) if not one.well}
        with pytest.raises(Unreachable):
            ask(f"{home}/short")
        server.shutdown()
    assert "解开后内容不一样" in wrong["压缩 .html"]


@pytest.mark.parametrize("address", ["intranet.example", "http://a b/", "http://[x/"])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(Unreachable, match="连不上"):
        list(check(address))


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files as Python does, without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_command_says_what_it_found_and_that_nobody_answers(home: str) -> None:
    command = [sys.executable, str(ROOT / "run.py"), "check-host"]
    done = subprocess.run([*command, home], check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "可以用" in done.stdout
    lost = subprocess.run([*command, "http://127.0.0.1:9"], check=False, capture_output=True, encoding="utf-8")
    assert lost.returncode == 1
    assert "连不上" in lost.stderr
    assert "Traceback" not in lost.stderr


@pytest.mark.parametrize("ending", SAMPLES)
def test_every_type_is_sent_as_what_it_is(home: str, ending: str) -> None:
    answer = ask(f"{home}sample.{ending}")
    assert (answer.status, answer.text) == (200, "样品" * 1000)
    assert answer.header("Content-Type").partition(";")[0] in _TYPES[f".{ending}"]
    assert ("charset=utf-8" in answer.header("Content-Type")) == (ending not in {"docx", "xlsx"})


def test_packed_files_are_those_that_were_published(home: str, target: Path) -> None:
    answer = ask(f"{home}plans/index.html", Accept_Encoding="gzip")
    assert answer.body == (target / "current" / "plans" / "index.html.gz").read_bytes()
    assert gzip.decompress(answer.body) == ask(f"{home}plans/index.html").body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE"])
def test_nothing_but_reading_is_answered(home: str, method: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=20)
    connection.request(method, "/index.html")
    assert connection.getresponse().status in {403, 405}
    connection.close()


def test_a_changed_page_of_the_same_size_is_sent_anew_and_an_unchanged_one_is_not(nginx: Path, tmp_path: Path) -> None:
    """Publish three times within a second: a date in seconds would not tell the pages apart."""
    target = tmp_path / "target"
    one, two = (write_site(tmp_path / word, word) for word in ("one", "two"))
    for site in (one, two):
        (site / "same.csv").write_text("same", encoding="utf-8")
    publish(target, lambda _: one)
    with serving(nginx, tmp_path / "nginx", target) as home:
        first, same = ask(f"{home}index.html"), ask(f"{home}same.csv")
        assert again(first).status == 304
        publish(target, lambda _: two)
        changed = again(first)
        assert changed.status == 200
        assert "two" in changed.text
        assert again(same).status == 304
        rollback(target)
        assert "one" in again(changed).text


def again(answer: Answer) -> Answer:
    """Ask as a browser that has this answer does."""
    return ask(answer.address, If_None_Match=answer.header("ETag"), If_Modified_Since=answer.header("Last-Modified"))


def test_a_page_opened_before_the_switch_gets_its_scripts_and_styles(nginx: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    publish(target, lambda _: write_site(tmp_path / "one", "one"))
    with serving(nginx, tmp_path / "nginx", target) as home:
        asked = re.findall(r'(?:src|href)="(.*?)"', ask(home).text)
        publish(target, lambda _: write_site(tmp_path / "two", "two"))
        for name in asked:
            for encoding in ("gzip", "identity"):
                answer = ask(home + name, Accept_Encoding=encoding)
                body = gzip.decompress(answer.body) if answer.header("Content-Encoding") else answer.body
                assert answer.status == 200
                assert b"one" in body
                assert "immutable" in answer.header("Cache-Control")


def test_the_commands_publish_the_real_site_refuse_a_broken_one_and_go_back(site: Path, tmp_path: Path) -> None:
    target, broken = tmp_path / "target", tmp_path / "broken"
    shutil.copytree(site, broken)
    page = broken / "guide" / "use.html"
    said = [command("publish", str(target), "--site", str(site))]
    first = (target / "current").readlink()
    good = page.read_text(encoding="utf-8")
    page.write_text(good.replace("</article>", "<a href='lost.html'>x</a></article>"), encoding="utf-8")
    said.append(command("publish", str(target), "--site", str(broken)))
    assert (target / "current").readlink() == first
    page.write_text(good.replace("</article>", "<hr></article>"), encoding="utf-8")
    said += [command("publish", str(target), "--site", str(broken)), command("rollback", str(target))]
    assert (target / "current").readlink() == first
    assert [done.returncode for done in said] == [0, 1, 0, 0]
    assert "这是第一次发布" in said[0].stdout
    assert re.search(r"guide/use\.html:\d+:\d+: 链接指向不存在的文件：lost\.html", said[1].stderr)
    assert "改动 1、去掉 0 个文件" in said[2].stdout
    assert "已换成版本 000001-" in said[3].stdout


def command(*words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "macros", *words]
    return subprocess.run(line, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")


@dataclass
class Reading:
    """What readers met."""

    requests: int = 0
    refused: int = 0
    unknown: int = 0


def test_readers_meet_no_gap_and_no_mixture_while_releases_are_switched(nginx: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    sites = [write_site(tmp_path / f"site{number}", f"word{number}") for number in range(4)]
    publish(target, lambda _: sites[0])
    known = {f"word{number}" for number in range(4)}
    reading, over = Reading(), threading.Event()
    with serving(nginx, tmp_path / "nginx", target) as home:
        readers = [threading.Thread(target=read_on, args=(home, known, reading, over)) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(1, 9):
            publish(target, lambda _, number=number: sites[number % 4])  # type: ignore[misc]
        over.set()
        for reader in readers:
            reader.join()
    assert (reading.refused, reading.unknown) == (0, 0)
    assert reading.requests >= 100


def read_on(home: str, known: set[str], reading: Reading, over: threading.Event) -> None:
    """Read a page and all it asks for, again and again, and see that it is of one release."""
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=20)
    while not over.is_set():
        page = get(connection, "/p3/index.html", reading)
        word = re.findall("<title>(.*?)</title>", page)[0] if page else ""
        reading.unknown += word not in known or page.count(f"<p>{word}</p>") != 100
        for name in re.findall(r'(?:src|href)="\.\.(.*?)"', page):
            reading.unknown += word not in get(connection, name, reading)
    connection.close()


def get(connection: http.client.HTTPConnection, path: str, reading: Reading) -> str:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    reading.requests += 1
    reading.refused += answer.status != 200
    return body


def test_the_kit_sends_the_policy_of_the_pages() -> None:
    for name in ("nginx/plans.conf", "iis/web.config"):
        sent = re.findall(r"\"(default-src .*?)\"", (HOSTING / name).read_text(encoding="utf-8"))
        assert sent == [header()], f"hosting/{name} should hold this policy"


def test_iis_knows_the_same_types_and_headers_as_nginx() -> None:
    root = ET.parse(HOSTING / "iis" / "web.config").getroot()  # noqa: S314 - our own file
    types = {one.get("fileExtension"): (one.get("mimeType") or "").partition(";")[0] for one in root.iter("mimeMap")}
    assert {kind: types[kind] in names for kind, names in _TYPES.items() if kind in types} == dict.fromkeys(types, True)
    assert {f".{ending}" for ending in SAMPLES} <= set(types)
    ours = {one.get("name"): one.get("value") for one in root.iter("customHeaders") for one in one.iter("add")}
    text = (HOSTING / "nginx" / "plans.conf").read_text(encoding="utf-8")
    assert ours == dict(re.findall(r'add_header (\S+) "(.*?)" always;', text))


def test_the_container_takes_files_that_are_there() -> None:
    lines = (HOSTING / "container" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert copied == [".", "hosting/nginx/plans.conf"]
    assert all((ROOT / name).exists() for name in copied)
    compose = (HOSTING / "container" / "compose.yaml").read_text(encoding="utf-8")
    mounted = re.findall(r"- (\.\./\S+?):", compose)
    assert [(HOSTING / "container" / name).is_file() for name in mounted] == [True]


def test_switching_takes_no_time_for_a_reader(nginx: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    publish(target, lambda _: write_site(tmp_path / "one", "one"))
    publish(target, lambda _: write_site(tmp_path / "two", "two"))
    began = time.monotonic()
    rollback(target)
    assert time.monotonic() - began < 5  # A second on a quiet machine.
    with serving(nginx, tmp_path / "nginx", target) as home:
        assert "one" in ask(home).text
