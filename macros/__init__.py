"""What pages may call. mkdocs-macros finds `define_env` here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.render import Renderer

ROOT = Path(__file__).parent.parent


def define_env(env: Any) -> None:  # noqa: ANN401
    """Register the macros; each learns from the page under way where links start."""
    for name, macro in renderer().macros().items():
        env.macro(_on_page(env, macro), name)


@cache
def renderer() -> Renderer:
    """Give what makes the parts and pages of the project's book.

    Why the imports are inside: `python -m macros check` needs none of them.
    """
    from macros.book import load  # noqa: PLC0415
    from macros.render import Renderer  # noqa: PLC0415

    return Renderer(load(ROOT), by_hand())


def by_hand() -> frozenset[str]:
    """Name the plans whose page is written by hand."""
    return frozenset(page.stem for page in (ROOT / "docs" / "plans").glob("*.md"))


def _on_page(env: Any, macro: Any) -> Any:  # noqa: ANN401
    def call(*arguments: str) -> str:
        return str(macro(env.page.url, *arguments))

    return call
