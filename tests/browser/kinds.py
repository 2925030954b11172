"""The kinds of pages that the site has, for the tests that look at each."""

KINDS = (
    "index.html",
    "404.html",
    "plans/index.html",
    "plans/transport-three-creations/index.html",
    "plans/kindergarten-march-etiquette/index.html",
    "units/hospital/index.html",
    "themes/index.html",
    "themes/leadership/index.html",
    "glossary/index.html",
    "core/index.html",
    "guide/use.html",
    "guide/edit.html",
    "guide/fields.html",
    "guide/sources.html",
    "check/index.html",
    "progress/index.html",
    "assemble/index.html",
    "compare/index.html",
    "compare/index.html?plans=hospital-civilised-window,kindergarten-march-etiquette",
    "calendar/index.html",
    "calendar/index.html?year=2027",
)
"""One page of every kind, and a plan with phases in days beside one with phases in months."""

PLAN = "plans/transport-three-creations/index.html"
