"""What a page written by hand may call, and what it gets: HTML that is kept back until Markdown has read the rest.

Why kept back: it is finished, Markdown would read through it for nothing, and could take it for markup of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


class Misplaced(ValueError):
    """A call stands where nothing can be put."""


class Calls:
    """The calls of one page after the other."""

    def __init__(self, macros: Mapping[str, Callable[..., str]]) -> None:
        """Offer macros by their names, and nothing else."""
        self._kept: dict[str, str] = {}
        self.environment = _Environment({name: self._keeping(macro) for name, macro in macros.items()})
        """Where a page is evaluated."""

    def _keeping(self, macro: Callable[..., str]) -> Callable[..., str]:
        """Make a macro leave a mark on the page in the place of what it gives."""

        def call(*arguments: str) -> str:
            mark = f'<div data-made="{len(self._kept)}"></div>'
            self._kept[mark] = macro(*arguments)
            return f"\n\n{mark}\n\n"

        return call

    def fill(self, html: str) -> str:
        """Put what was kept in the place of its marks; raise Misplaced if one has not come through Markdown."""
        for mark, content in self._kept.items():
            if mark not in html:
                raise Misplaced("调用模板的 {{ … }} 要单独成段，不能写在代码、表格或标题里")
            html = html.replace(mark, content)
        self._kept.clear()
        return html


class _Environment(SandboxedEnvironment):
    """Why: a page that is evaluated in a plain environment can run any command at build time."""

    def __init__(self, macros: dict[str, Any]) -> None:
        super().__init__(undefined=StrictUndefined)
        self.globals.clear()
        self.globals.update(macros)
        self._callable = {id(macro) for macro in macros.values()}

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401
        """Let through what is undefined too: calling it says its name."""
        return isinstance(obj, StrictUndefined) or id(obj) in self._callable
