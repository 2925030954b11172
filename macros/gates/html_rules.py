"""What HTML knows: its elements, what each may stand in and hold, its attributes and their values.

Of the HTML standard, as far as our pages and the theme's need it; what is not named here is told as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words("area base br col embed hr img input link meta source track wbr")
MAY_STAY_OPEN = frozenset({"html", "head", "body"})
_INLINE = _words(
    "a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input "
    "ins kbd label link map mark math meta meter noscript object output picture progress q ruby s samp script "
    "select slot small span strong sub sup svg template textarea time u var video wbr"
)
BLOCKS = _words(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr main menu nav ol p pre search section table ul"
)
PARTS: Mapping[str, frozenset[str]] = {
    name: frozenset(parents.split())
    for names, parents in {
        "html": "",
        "head body": "html",
        "title base style": "head html",
        "li": "ul ol menu",
        "dt dd": "dl div",
        "tr": "table thead tbody tfoot",
        "td th": "tr",
        "thead tbody tfoot caption colgroup": "table",
        "col": "colgroup",
        "option": "select datalist optgroup",
        "optgroup": "select",
        "summary": "details",
        "figcaption": "figure",
        "legend": "fieldset",
        "source track": "audio video picture",
        "rp rt": "ruby",
    }.items()
    for name in names.split()
}
"""What stands only in certain elements."""

HOLDS: Mapping[str, frozenset[str]] = {
    name: frozenset([*inside.split(), "script", "template"])
    for names, inside in {
        "ul ol menu": "li",
        "dl": "dt dd div",
        "table": "caption colgroup thead tbody tfoot tr",
        "thead tbody tfoot": "tr",
        "tr": "td th",
        "select": "option optgroup hr button",
        "datalist": "option",
    }.items()
    for name in names.split()
}
"""What holds only certain elements, and no text."""

INLINE_ONLY = _words(
    "p h1 h2 h3 h4 h5 h6 pre span b i em strong small s u code kbd samp var cite mark q sub sup time abbr "
    "label button dfn data output meter progress bdi bdo legend summary"
)
HEADINGS = _words("h1 h2 h3 h4 h5 h6")
TRANSPARENT = _words("a ins del noscript map object video audio canvas")
USED = _words("a button details embed iframe input label select textarea")
"""What a reader uses; none of it may stand in a link or a button."""

KNOWN = _INLINE | BLOCKS | PARTS.keys() | VOID
ATTRIBUTES = _words(
    "abbr accept accept-charset accesskey action allow allowfullscreen alt as async autocapitalize "
    "autocomplete autocorrect autofocus autoplay blocking charset checked cite class color cols colspan "
    "content contenteditable controls coords crossorigin data datetime decoding default defer dir dirname "
    "disabled download draggable enctype enterkeyhint fetchpriority for form formaction formenctype "
    "formmethod formnovalidate formtarget headers height hidden high href hreflang http-equiv id imagesizes "
    "imagesrcset inert inputmode integrity is ismap itemid itemprop itemref itemscope itemtype kind label "
    "lang list loading loop low max maxlength media method min minlength multiple muted name nomodule nonce "
    "novalidate open optimum pattern ping placeholder playsinline popover popovertarget popovertargetaction "
    "poster preload readonly referrerpolicy rel required reversed role rows rowspan sandbox scope selected "
    "shape size sizes slot span spellcheck src srcdoc srclang srcset start step style tabindex target title "
    "translate type usemap value width wrap xmlns"
)
ARIA = _words(
    "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex "
    "colindextext colspan controls current describedby description details disabled errormessage expanded "
    "flowto haspopup hidden invalid keyshortcuts label labelledby level live modal multiline multiselectable "
    "orientation owns placeholder posinset pressed readonly relevant required roledescription rowcount "
    "rowindex rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext"
)
NAMING = _words(
    "for form list headers aria-activedescendant aria-controls aria-describedby aria-details "
    "aria-errormessage aria-flowto aria-labelledby aria-owns"
)
"""Attributes that name the ids of other elements."""

_INTEGER = re.compile(r"-?\d+")
_ADDRESS = re.compile(r"\s*[^ <>\"{}|\\^`]*\s*")
VALUES: Mapping[str, re.Pattern[str]] = {
    "id": re.compile(r"\S+"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*|"),
    "tabindex": _INTEGER,
    "colspan": re.compile(r"[1-9]\d*"),
    "rowspan": re.compile(r"\d+"),
    "width": re.compile(r"\d+"),
    "height": re.compile(r"\d+"),
    "href": _ADDRESS,
    "src": _ADDRESS,
    "role": re.compile(r"[a-z]+(?: [a-z]+)*"),
    "scope": re.compile(r"(?:row|col)(?:group)?"),
    "aria-hidden": re.compile(r"true|false"),
    "aria-expanded": re.compile(r"true|false"),
    "aria-live": re.compile(r"off|polite|assertive"),
}
TICKED = frozenset({"checkbox", "radio", "button", "submit", "reset", "file", "image"})
LABELLED = _words("button input meter output progress select textarea")
