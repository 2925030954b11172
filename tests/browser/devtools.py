"""Drive a Chromium of any age through its debugging pipe: open pages, click, type, download, read complaints.

Why not Playwright: it asks what Chromium 79 to 92 cannot answer. Why the pipe: no port to lose a race for, and the
browser ends when its tests do. What a page asks for and complains of is in the events, as DevTools would show it.
"""

import json
import os
import select
import time
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from tests.browser.opening import INSIDE

OPEN_PIPE = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null'
SECONDS = 30.0
POLL = 0.02

Event = dict[str, Any]

# Where to click an element: its middle, once it is shown and nothing lies over it. Why `closest`: a label's words.
MIDDLE = """(selector => {
    const found = [...document.querySelectorAll(selector)].find(one => one.getClientRects().length);
    if (!found) return "nothing shown is";
    found.scrollIntoView({block: "center", inline: "center", behavior: "auto"});
    const box = found.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return top && (found.contains(top) || top.contains(found)) ? [x, y] : `${top && top.outerHTML.slice(0, 99)} covers`;
})(%s)"""

# Why the setter of the prototype is not needed: the site's scripts wrap no inputs.
PUT = """(([selector, value]) => {
    const field = document.querySelector(selector);
    field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, {bubbles: true}));
    return field.value === value;
})(%s)"""
HAS_CURSOR = "!document.querySelector(%s).matches('select, [type=date], [type=month], [type=range]')"
KEYS = {
    "Backspace": ("Backspace", 8, ""),
    "Enter": ("Enter", 13, "\r"),
    "Escape": ("Escape", 27, ""),
    "Tab": ("Tab", 9, ""),
    "v": ("KeyV", 86, ""),
}
CONTROL = 2


class Broken(Exception):
    """Say what the browser could not do."""


class Wire:
    """A running browser: commands go in, answers and events come out, each ended by a zero byte."""

    def __init__(self, browser: Path, *switches: str) -> None:
        """Start the browser with a profile of its own."""
        self._folder = TemporaryDirectory(prefix="kernel-", ignore_cleanup_errors=True)
        self._said = Path(self._folder.name, "said")
        command = [str(browser), "--remote-debugging-pipe", f"--user-data-dir={self._folder.name}/profile", *switches]
        with self._said.open("wb") as said:
            self._browser = Popen(["sh", "-c", OPEN_PIPE, "sh", *command], stdin=PIPE, stdout=PIPE, stderr=said)
        self._sent, self._rest = 0, b""
        self._answers: dict[int, dict[str, Any]] = {}
        self.events: dict[str, list[Event]] = {}

    def call(self, method: str, session: str = "", **values: object) -> dict[str, Any]:
        """Send a command and return its result."""
        self._sent += 1
        number = self._sent
        message = {"id": number, "method": method, "params": values, **({"sessionId": session} if session else {})}
        with suppress(BrokenPipeError):  # `_hear` says why.
            self._pipe().write(json.dumps(message).encode() + b"\0")
            self._pipe().flush()
        until = time.monotonic() + 3 * SECONDS
        while number not in self._answers and time.monotonic() < until:
            self.listen(POLL)
        answer = self._answers.pop(number, {"error": {"message": "no answer"}})
        if "error" in answer:
            raise Broken(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _pipe(self) -> Any:  # noqa: ANN401 - IO[bytes] | None
        return self._browser.stdin

    def listen(self, seconds: float) -> None:
        """Take what comes within some time; events are kept by their page."""
        for message in self._hear(seconds):
            if "id" in message:
                self._answers[message["id"]] = message
            else:
                self.events.setdefault(message.get("sessionId", ""), []).append(message)

    def _hear(self, seconds: float) -> Iterator[dict[str, Any]]:
        out = self._browser.stdout
        assert out is not None
        if not select.select([out], [], [], seconds)[0]:
            return
        heard = os.read(out.fileno(), 1 << 20)
        if not heard:
            raise Broken(f"the browser ended: {self._said.read_text('utf-8', 'replace')[-2000:]}")
        *whole, self._rest = (self._rest + heard).split(b"\0")
        yield from map(json.loads, whole)

    def close(self) -> None:
        """End the browser and drop its profile."""
        with suppress(Broken):
            self.call("Browser.close")
        self._browser.kill()
        self._browser.communicate()
        self._folder.cleanup()


@dataclass
class Tab:
    """A page in a profile of its own, and what it did since it was opened."""

    wire: Wire
    session: str
    context: str
    folder: Path
    home: str = ""
    _read: int = 0
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def goto(self, url: str) -> Self:
        """Open an address, relative to the home of the site if it names no scheme, and wait until it is loaded."""
        address = url if "://" in url or url.startswith("about:") else f"{self.home}/{url}"
        seen = self._loads()
        answer = self.call("Page.navigate", url=address)
        if "errorText" in answer:
            raise Broken(f"{address}: {answer['errorText']}")
        until = time.monotonic() + SECONDS
        while "loaderId" in answer and self._loads() == seen:
            self._wait_or_say(until, f"{address} does not finish loading")
        return self

    def _loads(self) -> int:
        return sum(event["method"] == "Page.loadEventFired" for event in self.wire.events.get(self.session, ()))

    def _wait_or_say(self, until: float, message: str) -> None:
        if time.monotonic() > until:
            self.take()
            raise Broken(f"{message}; complaints: {self.complaints}")
        self.wire.listen(POLL)

    def call(self, method: str, **values: object) -> dict[str, Any]:
        """Send a command to this page."""
        return self.wire.call(method, self.session, **values)

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - JSON
        """Evaluate an expression, or the promise it gives."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise Broken(f"{expression[:200]}: {json.dumps(answer['exceptionDetails'])[:1000]}")
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + SECONDS
        while not self.evaluate(f"!!({expression})"):
            self._wait_or_say(until, f"never true: {expression}")

    def text(self, selector: str) -> str:
        """Wait until an element is shown and has text, and return it."""
        shown = f"[...document.querySelectorAll({json.dumps(selector)})].find(one => one.innerText)"
        self.wait(shown)
        return str(self.evaluate(f"{shown}.innerText"))

    def click(self, selector: str) -> None:
        """Press and release the mouse in the middle of the first element that is shown."""
        until = time.monotonic() + SECONDS
        place = before = None
        while not (isinstance(place, list) and place == before):  # Why twice: an element may still be moving.
            before, place = place, self.evaluate(MIDDLE % json.dumps(selector))
            self._wait_or_say(until, f"cannot click: {place} {selector}")
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = "none" if kind == "mouseMoved" else "left"
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button=button, clickCount=1)

    def fill(self, selector: str, text: str) -> None:
        """Replace what is in a field by typing; lists and dates, which have no cursor, are set."""
        self.wait(f"document.querySelector({json.dumps(selector)})")
        if not self.evaluate(HAS_CURSOR % json.dumps(selector)):
            if not self.evaluate(PUT % json.dumps([selector, text])):
                raise Broken(f"{selector} does not take {text!r}")
            return
        self.click(selector)
        self.evaluate("document.activeElement.select()")
        self.press("Backspace")
        self.call("Input.insertText", text=text)

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press a key of KEYS."""
        code, number, text = KEYS[key]
        told = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers}
        self.call("Input.dispatchKeyEvent", type="keyDown", **told, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def paste(self) -> None:
        """Press Ctrl+V."""
        self.press("v", CONTROL)

    def pdf(self) -> bytes:
        """Print the page as its style sheets for paper say."""
        return b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def downloads(self, count: int = 1) -> list[Path]:
        """Wait until so many files are saved, and return all there are, by name."""
        until = time.monotonic() + SECONDS
        while len(found := self._saved()) < count:
            self._wait_or_say(until, f"{len(found)} downloads, not {count}")
        return found

    def _saved(self) -> list[Path]:
        files = sorted(self.folder.iterdir())
        return [] if any(file.suffix == ".crdownload" for file in files) else [f for f in files if f.stat().st_size]

    def take(self) -> None:
        """Read the events so far into `requests` and `complaints`."""
        self.wire.listen(0)
        events = self.wire.events.get(self.session, [])
        for event in events[self._read :]:
            self._note(event["method"], event["params"])
        self._read = len(events)

    def _note(self, method: str, told: Mapping[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method == "Network.loadingFailed" and not told.get("canceled"):
            self.complaints.append(f"not loaded: {told['errorText']} {told.get('blockedReason', '')}")
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.complaints.append(f"{told['entry']['text']} ({told['entry'].get('url', '')})")
        elif method == "Runtime.consoleAPICalled" and told["type"] in {"error", "assert"}:
            self.complaints.append(" ".join(str(one.get("value", one.get("description"))) for one in told["args"]))
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(f"uncaught {json.dumps(told['exceptionDetails'], ensure_ascii=False)[:500]}")

    @property
    def violations(self) -> list[str]:
        """Return what the Content Security Policy forbade."""
        self.take()
        return [one for one in self.complaints if "Content Security Policy" in one]

    @property
    def foreign(self) -> list[str]:
        """Return the requests that left the site."""
        self.take()
        return [url for url in self.requests if not url.startswith((*INSIDE, f"{self.home}/"))]

    def assert_clean(self) -> None:
        """Fail if the page asked another host for anything, or complained."""
        assert not self.foreign, f"asked {self.foreign}"
        assert not self.complaints, f"complained {self.complaints}"

    def close(self) -> None:
        """Close the page and drop its storage."""
        self.wire.call("Target.disposeBrowserContext", browserContextId=self.context)
        self.wire.events.pop(self.session, None)


class Kernel:
    """A browser of some age. Every page has a profile of its own, and its downloads a folder."""

    def __init__(self, name: str, browser: Path, switches: Sequence[str]) -> None:
        """Start the browser; made-up names lead to this computer, all others nowhere."""
        self.name = name
        self._downloads = TemporaryDirectory(prefix="downloads-")
        self.wire = Wire(browser, "--headless", *switches)
        self.version = str(self.wire.call("Browser.getVersion")["product"])
        self._tabs: list[Tab] = []

    def __enter__(self) -> Self:
        """Keep the browser."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.wire.close()
        self._downloads.cleanup()

    def page(self, url: str = "about:blank", home: str = "", width: int = 1280, height: int = 800) -> Tab:
        """Open a page; addresses without a scheme are below `home`."""
        context = self.wire.call("Target.createBrowserContext")["browserContextId"]
        target = self.wire.call(
            "Target.createTarget", url="about:blank", browserContextId=context, width=width, height=height
        )["targetId"]
        session = self.wire.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        folder = Path(self._downloads.name, str(len(self._tabs)))
        folder.mkdir()
        tab = Tab(self.wire, session, context, folder, home)
        self._tabs.append(tab)
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.call(f"{domain}.enable")
        self._save_in(tab)
        return tab.goto(url)

    def _save_in(self, tab: Tab) -> None:
        """Let downloads through; Chromium 79 knows only the page's own command, new ones only the browser's."""
        how = {"behavior": "allow", "downloadPath": str(tab.folder)}
        try:
            self.wire.call("Browser.setDownloadBehavior", browserContextId=tab.context, **how)
        except Broken:
            tab.call("Page.setDownloadBehavior", **how)
