"""The preview of somebody who edits: after an edit, what belongs to plans is made once it is asked for, and not before.

Why: of 500 plans a build writes 5,500 files and reads them through for the search, which takes seconds; who edits one
plan looks at that one. So an edit takes the time of the pages written by hand, however many plans there are.

This module alone stays loaded from one build to the next (see `hooks.py`): it knows what the last build left to do.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from http import HTTPStatus
from posixpath import normpath
from typing import Any

SERVED = "CIVIL_PREVIEW"
"""The variable that is set while a preview is served."""

Application = Callable[[Mapping[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A program behind a web server (PEP 3333)."""

Make = Callable[[Collection[str]], None]
"""Makes what belongs to some plans."""

FAILED = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>没有生成</title>
<p>这一页没有生成，原因见运行 serve 的窗口。改好保存以后，请刷新。"""


def is_served() -> bool:
    """Tell whether this build is made for a preview."""
    return bool(os.environ.get(SERVED))


def _nothing(*_: object) -> None:
    pass


class Preview:
    """What is still to be made of the last build. Requests come in threads of their own, and wait for a build's end."""

    def __init__(self) -> None:
        """Leave nothing for later: whether anybody can ask is known once the server says so."""
        self.on_request = False
        self._state = threading.Condition()
        self._building, self._builds = False, 0
        self._plans: set[str] = set()
        self._make: Make = _nothing
        self._make_search: Callable[..., Any] = _nothing

    def begin(self) -> None:
        """Say that a build has begun: the folder will be emptied. What is being made for a request is waited for."""
        with self._state:
            self._building, self._builds = True, self._builds + 1

    def end(self, plans: Iterable[str] = (), make: Make = _nothing, make_search: Callable[..., Any] = _nothing) -> None:
        """Take what a build leaves to do: plans, and what makes some of them; what makes the search index."""
        with self._state:
            self._plans, self._make = set(plans), make
            self._make_search = make_search
            self._building = False
            self._state.notify_all()

    def make(self, path: str) -> None:
        """Make what an address needs, as seen from the top of the site, if that has not been done."""
        folder, _, rest = normpath(path).partition("/")
        with self._state:
            self._state.wait_for(lambda: not self._building)
            if folder == "search" and self._make_search is not _nothing:
                self._make_plans(self._plans.copy())
                self._make_search()
                self._make_search = _nothing
            elif folder == "plans":
                self._make_plans({rest.partition("/")[0]} & self._plans)

    def _make_plans(self, plans: set[str]) -> None:
        if plans:
            self._make(plans)
            self._plans -= plans

    def before(self, application: Application, top: str, tell: Callable[[str], None]) -> Application:
        """Give an application that makes what is asked for and hands over; what fails is told in the window and here.

        `top` is the address at which the site begins, with a slash at both ends.
        """
        self.on_request = True

        def answer(environ: Mapping[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "replace")
            while True:
                builds, told = self._builds, _Told()
                try:
                    self.make(path[len(top) :] if path.startswith(top) else "")
                except Exception as error:  # noqa: BLE001 - whatever a template or macro may raise
                    tell(f"{path}: {type(error).__name__}: {error}")
                    start(_FAULT, [("Content-Type", "text/html; charset=utf-8")])
                    return [FAILED.encode()]
                content = application(environ, told)
                # Why again: it waits for the end of a build that began meanwhile, and finds an empty folder.
                if not (told.is_missing and builds != self._builds):
                    start(*told.said)
                    return content

        return answer


class _Told:
    """Hears how an answer starts."""

    said: tuple[Any, ...] = ()

    def __call__(self, *said: object) -> None:
        self.said = said

    @property
    def is_missing(self) -> bool:
        return str(self.said[0]).startswith(str(HTTPStatus.NOT_FOUND.value))


_FAULT = f"{HTTPStatus.INTERNAL_SERVER_ERROR.value} {HTTPStatus.INTERNAL_SERVER_ERROR.phrase}"

PREVIEW = Preview()
