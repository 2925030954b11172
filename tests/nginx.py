"""Debian's nginx with the site file of the host's kit, on a port of its own, for tests and the bench."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.getting import NotToBeHad, apt_install

ROOT = Path(__file__).parent.parent
KIT = ROOT / "hosting" / "nginx" / "plans.conf"
PLACES = (Path("/usr/sbin"), Path("/usr/local/sbin"))
TYPES = Path("/etc/nginx/mime.types")

AROUND = """\
daemon off;
user root;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    include mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include plans.conf;
}}
"""


def get_program(name: str, package: str, tell: Callable[[str], None]) -> Path:
    """Return a program of this system, or install its package."""
    found = _installed(name) or (_installed(name) if apt_install(tell, package) else None)
    if found is None:
        raise NotToBeHad(f"测试需要 {name}；请运行：sudo apt install {package} / The tests need {name}: install it")
    return found


def get_nginx(tell: Callable[[str], None]) -> Path:
    """Return nginx."""
    return get_program("nginx", "nginx", tell)


def get_faketime(tell: Callable[[str], None]) -> Path:
    """Return what lets a program believe that it is another day."""
    return get_program("faketime", "faketime", tell)


def _installed(name: str) -> Path | None:
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, PLACES)])
    found = shutil.which(name, path=path)
    return Path(found) if found else None


def kit(target: Path, port: int) -> str:
    """Give the kit's site file with what a host changes: the port and the two folders."""
    text = KIT.read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("root /srv/plans/current;", f"root {target}/current;"),
        ("root /srv/plans/pool;", f"root {target}/pool;"),
    ):
        assert text.count(old) == 1, f"{KIT.name} should hold {old} once"
        text = text.replace(old, new)
    return text


@contextmanager
def serving(nginx: Path, folder: Path, target: Path) -> Iterator[str]:
    """Serve `target/current` with the kit and give the address; `folder` is for nginx's own files."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    around = AROUND.format(folder=folder)
    user = "" if os.name == "posix" and os.geteuid() != 0 else "user root;"
    (folder / "nginx.conf").write_text(re.sub("user root;", user, around), encoding="utf-8")
    (folder / "plans.conf").write_text(kit(target, port), encoding="utf-8")
    shutil.copy(TYPES, folder / "mime.types")
    command: list[str | Path] = [nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "start.log"]
    with subprocess.Popen(command) as process:
        try:
            wait_for_port(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for_port(port: int, seconds: float = 60) -> None:
    """Wait until something listens."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    message = f"nothing listens on port {port}"
    raise TimeoutError(message)
