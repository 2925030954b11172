"""What the theme writes that is no valid HTML, or that nobody can use who sees or points badly, put right.

Why not by templates of our own: these stand in the middle of long ones, of which a copy would have to be kept up.
When the theme changes, macros/gates/markup.py tells whether this still fits.
"""

from __future__ import annotations

import re

_MENDED = (
    (' type="checkbox" id="__drawer" autocomplete="off"', ' type="checkbox" id="__drawer"'),
    (' type="checkbox" id="__search" autocomplete="off"', ' type="checkbox" id="__search"'),
    (' tabindex=""', ""),
    # The contents list has the same links, and a page has many.
    (' title="本节的链接">', ' title="本节的链接" aria-hidden="true" tabindex="-1">'),
    ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">', '<svg aria-hidden="true" viewBox="0 0 24 24">'),
)

_LABEL = re.compile(r'(<label class="md-nav__link[^<>]*) tabindex="0"')
"""Its box takes the keyboard instead (see site.css): a label has neither name nor role."""


def mended(html: str) -> str:
    """Give a page of the theme as valid HTML."""
    for wrong, right in _MENDED:
        html = html.replace(wrong, right)
    return _LABEL.sub(r"\1", html)
