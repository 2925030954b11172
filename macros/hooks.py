"""What MkDocs calls at each step of a build. What is done then stands in `building.py`.

Why apart: MkDocs keeps to the functions that it finds here, and ours are loaded again if they were edited while
serving.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from macros import preview  # noqa: E402 - now that it can be found

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def on_startup(command: str, **_: object) -> None:
    """Remember that this is a preview: MkDocs then adds a script of its own, which the policy would stop.

    Why in the environment: it holds however often this module is loaded.
    """
    os.environ[preview.SERVED] = command if command == "serve" else ""


@event_priority(100)
def on_config(config: MkDocsConfig) -> object:
    """Begin, before all others: nothing is built of wrong data."""
    gc.disable()  # Why: what is read and made is kept to the end; looking through it again and again frees nothing.
    preview.PREVIEW.begin()
    _start_anew()
    return _building().on_config(config)


def _building() -> ModuleType:
    from macros import building  # noqa: PLC0415 - it may have been loaded again

    return building


def _start_anew() -> None:
    """Forget what the last build of this process read: while serving, an edit must count at the next.

    Our modules are loaded again only if one of them was edited: it takes half a second.
    """
    if "macros.building" not in sys.modules:
        return
    from macros import kept  # noqa: PLC0415 - it may have been loaded again

    before = kept.code()
    kept.code.cache_clear()
    if kept.code() == before:
        _building().forget_book()
    else:
        for name in [name for name in sys.modules if name.split(".")[0] == "macros" and name != "macros.preview"]:
            del sys.modules[name]


def _as_in_building(event: str) -> Callable[..., Any]:
    def step(*given: object, **named: object) -> object:
        return getattr(_building(), event)(*given, **named)

    return step


on_pre_build = _as_in_building("on_pre_build")
on_files = _as_in_building("on_files")
on_nav = _as_in_building("on_nav")
on_page_content = _as_in_building("on_page_content")
on_env = _as_in_building("on_env")
on_page_context = _as_in_building("on_page_context")
on_post_page = _as_in_building("on_post_page")
on_post_template = _as_in_building("on_post_template")
on_post_build = event_priority(-100)(_as_in_building("on_post_build"))
on_serve = _as_in_building("on_serve")
