"""Look at a running host from outside, as a browser would, and say what it does not send as it should.

Why the standard library only: it is run on any computer of the intranet, with nothing installed but Python.
"""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from http.client import HTTPException
from posixpath import splitext
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.response import addinfourl

_PAGES = 40
"""As many pages as are read in search of a file of each type."""

_SECONDS = 20
_WORTH_PACKING = 860

_TYPES = {
    ".html": ("text/html",),
    ".css": ("text/css",),
    ".js": ("application/javascript", "text/javascript"),
    ".json": ("application/json",),
    ".svg": ("image/svg+xml",),
    ".png": ("image/png",),
    ".csv": ("text/csv",),
    ".ics": ("text/calendar",),
    ".md": ("text/markdown",),
    ".xml": ("text/xml", "application/xml"),
    ".webmanifest": ("application/manifest+json",),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
}
_TEXT = (".html", ".css", ".js", ".json", ".csv", ".ics", ".md")
_PACKED = (".html", ".css", ".js", ".json")

_ADDRESS = re.compile(r'\s(?:href|src|data-[\w-]+)="([^"]+)"')
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"', re.IGNORECASE)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_NAMED = re.compile(r"\.[0-9a-f]{8}\.")
_PRIVATE = ("releases/", "publish.lock", "manifest.sha256", ".git/config", "web.config", "../publish.lock")


@dataclass(frozen=True)
class Answer:
    """What a host answers."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """Give a header, or nothing."""
        return self.headers.get(name.lower(), "")

    @property
    def text(self) -> str:
        """Read the body."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: is it well, what is it, what is wrong and what to do."""

    well: bool
    what: str
    wrong: str = ""
    grave: bool = True

    def __str__(self) -> str:
        """Write it on a line."""
        mark = "✓" if self.well else "✗" if self.grave else "!"
        return f"{mark} {self.what}" + ("" if self.well else f"：{self.wrong}")


class Unreachable(Exception):
    """Say why nothing answers."""


def check(home: str) -> Iterator[Finding]:
    """Look at everything, beginning at the address of the home page."""
    home = home if home.endswith(("/", ".html")) else f"{home}/"
    page = ask(home)
    yield Finding(
        page.status == HTTPStatus.OK, f"首页 {home}", f"回答 {page.status}；请检查网站的文件夹和默认页 index.html"
    )
    if page.status != HTTPStatus.OK:
        return
    samples = _samples(home)
    yield from _loads(home, page)
    yield from (finding for kind in sorted(samples) for finding in _type(kind, samples[kind]))
    yield from (finding for kind in _PACKED if kind in samples for finding in _compression(kind, samples[kind]))
    yield from _headers(page)
    yield from _missing(home, page)
    yield from _listing(home)
    yield from _caching(samples)
    yield from _secrets(home, page)


def ask(address: str, **headers: str) -> Answer:
    """Ask a host for something; `Accept_Encoding="gzip"` is a header."""
    named = {name.replace("_", "-"): headers[name] for name in headers}
    try:
        request = urllib.request.Request(address, headers=named)  # noqa: S310 - the person names it
        with _opener().open(request, timeout=_SECONDS) as answer:
            return _answer(address, answer)
    except urllib.error.HTTPError as error:
        with error:
            return _answer(address, error)
    except (OSError, ValueError, HTTPException) as error:
        raise Unreachable(f"连不上 {address}：{getattr(error, 'reason', error)}") from error


def _opener() -> urllib.request.OpenerDirector:
    """Go straight to the host: a proxy is for what lies outside."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _answer(address: str, answer: addinfourl) -> Answer:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(address, answer.status or 0, headers, answer.read())


def _samples(home: str) -> dict[str, str]:
    """Find one file of each type, large ones rather than small: look through pages and what they name."""
    found: dict[str, str] = {}
    pages, seen = [home, urljoin(home, "plans/index.html")], 0
    known = set(pages)
    while pages and seen < _PAGES and len(found) < len(_TYPES):
        page, seen = pages.pop(0), seen + 1
        for address in _addresses(ask(page)):
            kind = splitext(urlsplit(address).path)[1]
            if kind in _TYPES:
                found.setdefault(kind, address)
            if kind == ".html" and address not in known:
                known.add(address)
                pages.append(address)
    return {".html": urljoin(home, "plans/index.html"), **found, ".json": urljoin(home, "api/v1/plans.json")}


def _addresses(page: Answer) -> list[str]:
    """List what a page names on its own host."""
    named = (urldefrag(urljoin(page.address, unescape(one)))[0].split("?")[0] for one in _ADDRESS.findall(page.text))
    host = urlsplit(page.address).netloc
    return [one for one in dict.fromkeys(named) if urlsplit(one).netloc == host]


def _loads(home: str, page: Answer) -> Iterator[Finding]:
    needed = [one for one in _addresses(page) if splitext(urlsplit(one).path)[1] in {".css", ".js", ".svg"}]
    lost = [one for one in needed if ask(one).status != HTTPStatus.OK]
    yield Finding(
        not lost, f"首页要用的 {len(needed)} 个文件", f"取不到 {'、'.join(lost)}；请检查是不是整个复制了 {home}"
    )


def _type(kind: str, address: str) -> Iterator[Finding]:
    answer = ask(address)
    sent = answer.header("Content-Type")
    right = answer.status == HTTPStatus.OK and sent.partition(";")[0].strip().lower() in _TYPES[kind]
    yield Finding(
        right, f"类型 {kind}", f"回答 {answer.status}，类型“{sent}”，应当是 {_TYPES[kind][0]}；请添加这个类型"
    )
    if right and kind in _TEXT:
        well = "charset=utf-8" in sent.replace(" ", "").lower()
        yield Finding(well, f"编码 {kind}", f"类型“{sent}”没有写编码，中文可能是乱码；nginx 请写 charset utf-8")


def _compression(kind: str, address: str) -> Iterator[Finding]:
    plain = ask(address, Accept_Encoding="identity")
    packed = ask(address, Accept_Encoding="gzip")
    if len(plain.body) < _WORTH_PACKING:
        return
    is_packed = packed.header("Content-Encoding") == "gzip"
    well = is_packed and _unpacked(packed.body) == plain.body
    yield Finding(
        well, f"压缩 {kind}", "解开后内容不一样" if is_packed else "没有压缩；nginx 请打开 gzip_static", grave=is_packed
    )
    varies = "accept-encoding" in plain.header("Vary").lower() and "accept-encoding" in packed.header("Vary").lower()
    if is_packed:
        yield Finding(
            varies, f"压缩 {kind} 的 Vary", "没有写 Accept-Encoding，中间的缓存会发错；nginx 请写 gzip_vary on"
        )


def _unpacked(body: bytes) -> bytes:
    try:
        return gzip.decompress(body)
    except (OSError, EOFError, zlib.error):
        return b""


def _headers(page: Answer) -> Iterator[Finding]:
    sent, meant = page.header("Content-Security-Policy"), _POLICY.search(page.text)
    policy = unescape(meant[1]) if meant else ""
    yield Finding(
        bool(sent), "头 Content-Security-Policy", "没有发送；网页里有一份也管用，但服务器应当再发一份", grave=False
    )
    if sent and policy:
        wrong = "与网页里的不同，脚本可能不运行；请换成 hosting/ 里现在的文件"
        yield Finding(sent.startswith(policy), "头 Content-Security-Policy 与网页一致", wrong)
    for name, value in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "")):
        yield Finding(
            value in page.header(name) and bool(page.header(name)), f"头 {name}", f"没有发送 {value}".rstrip()
        )
    framed = "frame-ancestors" in sent or bool(page.header("X-Frame-Options"))
    yield Finding(framed, "头 X-Frame-Options", "没有发送，别的网站可以把这里嵌进去")


def _missing(home: str, page: Answer) -> Iterator[Finding]:
    lost = ask(urljoin(home, "no-such-page-4c1f.html"))
    yield Finding(
        lost.status == HTTPStatus.NOT_FOUND,
        "没有的网页",
        f"应当回答 404，却回答 {lost.status}；不要把所有地址都转到首页",
    )
    name = _TITLE.search(page.text)
    ours = bool(name) and (name[1] if name else "").rpartition(" - ")[2].strip() in lost.text
    yield Finding(ours, "没有的网页上的提示", "不是本站的 404 页；请设为 /404.html", grave=False)
    wanted = lost.header("X-Content-Type-Options") == "nosniff"
    yield Finding(wanted, "出错的网页也带安全的头", "没有带；nginx 的 add_header 要写 always", grave=False)


def _listing(home: str) -> Iterator[Finding]:
    for folder in ("assets/", "api/v1/", "assets/javascripts/"):
        answer = ask(urljoin(home, folder))
        well = answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
        yield Finding(well, f"不列目录 {folder}", f"回答 {answer.status}；请关掉目录浏览（autoindex、directoryBrowse）")


def _caching(samples: Mapping[str, str]) -> Iterator[Finding]:
    page = ask(samples[".html"])
    asks = any(word in page.header("Cache-Control") for word in ("no-cache", "max-age=0", "must-revalidate"))
    yield Finding(asks, "网页每次核对新旧", f"Cache-Control 是“{page.header('Cache-Control')}”，应当是 no-cache")
    known = {"If_None_Match": page.header("ETag"), "If_Modified_Since": page.header("Last-Modified")}
    again = ask(samples[".html"], **{name: value for name, value in known.items() if value})
    yield Finding(
        again.status == HTTPStatus.NOT_MODIFIED,
        "没有变的网页不重发",
        f"带着上次的 ETag 再问，回答 {again.status}",
        grave=False,
    )
    named = next((one for one in samples.values() if _NAMED.search(one)), None)
    if named:
        kept = ask(named).header("Cache-Control")
        yield Finding("immutable" in kept or "max-age=3" in kept, "带校验值的文件长期缓存", f"是“{kept}”", grave=False)
        lost = ask(_NAMED.sub(".00000000.", named))
        forgotten = lost.status == HTTPStatus.NOT_FOUND and "max-age" not in lost.header("Cache-Control")
        yield Finding(forgotten, "找不到的文件不缓存", f"回答 {lost.status}，“{lost.header('Cache-Control')}”")


def _secrets(home: str, page: Answer) -> Iterator[Finding]:
    shown = [name for name in _PRIVATE if ask(urljoin(home, name)).status == HTTPStatus.OK]
    yield Finding(
        not shown, "发布用的文件不外露", f"能打开 {'、'.join(shown)}；网站的文件夹应当是 current，不是它的上一级"
    )
    server = page.header("Server")
    yield Finding(not re.search(r"\d", server), "不说服务器版本", f"Server: {server}", grave=False)
    secure = page.address.startswith("https:")
    yield Finding(secure, "HTTPS", "没有用；新的 Chrome、Edge 下载时会警告，见 docs/guide/host.md", grave=False)
