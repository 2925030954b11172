"""What the pages may load and run: their Content Security Policy, for a tag in every page and for a server's header.

Inline scripts are listed by hash, and the hashes come from the installed theme's own templates.
Why never from the finished pages: that would allow whatever script found its way into one of them.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

TEMPLATES = (
    "partials/javascripts/base.html",
    "partials/javascripts/palette.html",
    "partials/javascripts/content.html",
)
"""The theme's templates whose inline scripts our settings need; a script of any other is refused."""

_BASE = "{{ config.extra.scope | d(base_url) }}"
_BASES = (".", "..", "../..", "../../..", "/")
"""What the theme writes there: the way up from a page to the home page; in 404.html, from anywhere, `/`."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class ThemeChanged(Exception):
    """Say that a template of the theme is no longer what the policy was made for."""


def policy() -> str:
    """Give the policy as the pages have it.

    Why `'self'` is enough from file:// too: see tests/browser/test_policy.py, which tries it.
    """
    scripts = " ".join(f"'sha256-{_hash(script)}'" for script in sorted(inline_scripts()))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def header() -> str:
    """Give the policy as a server sends it: with what a page cannot say of itself."""
    return f"{policy()}; frame-ancestors 'self'"


@cache
def inline_scripts() -> frozenset[str]:
    """Give the text of every inline script that may run."""
    return frozenset(script for name in TEMPLATES for script in _scripts_of(name))


def _scripts_of(name: str) -> list[str]:
    template = (files("material") / "templates" / name).read_text(encoding="utf-8")
    scripts = _SCRIPT.findall(template)
    written = [script.replace(_BASE, base) for script in scripts for base in (_BASES if _BASE in script else ("",))]
    if not scripts or any("{{" in script or "{%" in script for script in written):
        raise ThemeChanged(f"material/templates/{name}：内联脚本与 macros/policy.py 所知的不同，请重新核对")
    return written


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
