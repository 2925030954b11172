"""What the theme writes that is no valid HTML, put right in the finished page.

Why not by templates of our own: these stand in the middle of long ones, of which a copy would have to be kept up.
When the theme changes, macros/markup.py tells whether this still fits.
"""

from __future__ import annotations

_MENDED = (
    (' type="checkbox" id="__drawer" autocomplete="off"', ' type="checkbox" id="__drawer"'),
    (' type="checkbox" id="__search" autocomplete="off"', ' type="checkbox" id="__search"'),
    (' tabindex=""', ""),
)


def mended(html: str) -> str:
    """Give a page of the theme as valid HTML."""
    for wrong, right in _MENDED:
        html = html.replace(wrong, right)
    return html
