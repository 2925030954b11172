"""Text that tries to be more than text, put into every place of the data that takes free text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from macros.model import Blank, Book, pieces, text

RUN = "window.__ran=1"

_TAGS = """
<script>@</script>
<script src=//x.example/x.js></script>
<ScRiPt >@</sCrIpT>
</script><script>@</script>
<scr<script>ipt>@</scr</script>ipt>
<img src=x onerror=@>
<img src=x onerror="@">
<img/src=x/onerror=@>
<img src=x:x onerror=@ //
<IMG SRC=javascript:@>
<svg onload=@>
<svg/onload=@>
<svg><script>@</script></svg>
<svg><animate onbegin=@ attributeName=x dur=1s>
<svg><set onbegin=@ attributeName=x>
<svg><foreignObject><img src=x onerror=@></foreignObject></svg>
<svg><use href="data:image/svg+xml,x#y"/></svg>
<math><mtext><img src=x onerror=@></mtext></math>
<math href="javascript:@">x</math>
<math><mglyph><style><img src=x onerror=@>
<body onload=@>
<iframe src=javascript:@></iframe>
<iframe srcdoc="<img src=x onerror=@>"></iframe>
<object data=javascript:@></object>
<embed src=javascript:@>
<a href=javascript:@>点我</a>
<a href="java&#9;script:@">点我</a>
<details open ontoggle=@>
<input autofocus onfocus=@>
<select autofocus onfocus=@>
<video><source onerror=@></video>
<audio src=x onerror=@>
<marquee onstart=@>
<form><button formaction=javascript:@>点我
<link rel=stylesheet href=//x.example/x.css>
<base href=//x.example/>
<meta http-equiv=refresh content="0;url=javascript:@">
<style>*{background:url(//x.example/x)}</style>
<noscript><p title="</noscript><img src=x onerror=@>">
<template><img src=x onerror=@></template>
<p style="animation:x" onanimationstart=@>
<table background=//x.example/x>
<textarea></textarea><img src=x onerror=@>
<title></title><img src=x onerror=@>
</p></div></li></td></h1><img src=x onerror=@>
</article></main></body><script>@</script>
<!--><img src=x onerror=@>-->
<!-- --><script>@</script><!-- -->
<![CDATA[<img src=x onerror=@>]]>
<?php @ ?>
<?xml version="1.0"?><x onload=@>
<!DOCTYPE html><script>@</script>
<>
<
>
<a
< img src=x onerror=@>
<unknown-element onclick=@>
"""

_ATTRIBUTES = """
" onmouseover=@ x="
' onmouseover=@ x='
"><img src=x onerror=@>
'><img src=x onerror=@>
" autofocus onfocus=@ tabindex=0 x="
` onmouseover=@ x=`
\\" onmouseover=@ x=\\"
&quot; onmouseover=@ x=&quot;
"/><svg onload=@>
x" data-task-id="forged
javascript:@
javascript&colon;@
JaVaScRiPt:@
data:text/html,<script>@</script>
vbscript:@
//x.example/
"""

_ENTITIES = """
&lt;img src=x onerror=@&gt;
&amp;lt;img src=x onerror=@&amp;gt;
&#60;img src=x onerror=@&#62;
&#x3c;img src=x onerror=@&#x3e;
&#38;lt;script&#38;gt;
&amp;amp;amp;
&nbsp;&copy;&notanentity;&
&#0;&#1;&#xD800;&#1114112;
&lt
&#96;&#123;&#123;
"""

_MARKDOWN = """
[点我](javascript:@)
[点我](<javascript:@>)
[点我]( java&#x73;cript:@ "x")
![图](x" onerror="@)
![图](javascript:@)
[点我][1]
[1]: javascript:@ "x"
[^1] 和 [^1]: 脚注 <b>x</b>
<javascript:@>
<http://x.example/?"onmouseover=@>
<a@b.example>
http://x.example/"onmouseover=@
*斜* **粗** ***粗斜***
_斜_ __粗__ _a_b_
`代码` ``代`码``
~~删~~ ==标== ++加++ ^上^ ~下~
# 标题
###### 标题 ######
标题 {: #forged onclick=@ }
{: onclick="@" }
x{: onclick=@ }
{#forged .x onclick=@}
===
---
***
- 一条
* 一条
+ 一条
1. 一条
1) 一条
> 引用
>> 引用
| 甲 | 乙 |
|---|---|
甲 | 乙
!!! note "<img src=x onerror=@>"
??? note "x"
: 定义
*[甲]: 缩写
```html <img src=x onerror=@>
~~~ { .x onclick=@ }
[TOC]
[[wiki]]
--8<-- "/etc/passwd"
::: macros.render
:smile: :material-alert:
$x$ $$x$$ \\(x\\) \\[x\\]
[ ] 勾 [x] 勾
<div markdown="1">*x*</div>
<div markdown=1 onclick=@>
*[<img src=x onerror=@>*
\\
\\\\
\\*不斜\\* \\<b\\>
a\\
&
"
'
-
--
a--b -a- a- -a
=1+1
@某人 #话题
甲  乙 　 丙
wzxhzdk:0 klzzwxh:0000 zzwxh
"""

_JINJA = """
{{ 7*7 }}
{{ cycler.__init__.__globals__.os.popen('id').read() }}
{{ ''.__class__.__mro__[1].__subclasses__() }}
{{ plan_page("alpha-window") }}
{{ config }}{{ self }}
{% for x in range(9) %}x{% endfor %}
{% include "../../etc/passwd" %}
{% raw %}{{ x }}{% endraw %}
{# 注释 #}
{#- -#} {%- -%} {{- -}}
{{
}}
{%
%}
#}
${@} #{@} <%= @ %>
__import__('os').system('id')
%s %d %(x)s {0} {x!r}
"""

_ODD = (
    "＜img src=x onerror=@＞",
    "﹤script﹥@﹤/script﹥",
    "ʺ onmouseover=@ x=ʺ",
    "\U0001f600 \U00020000",
    "甲\n# 乙\n\n<img src=x onerror=@>",
    "甲\n\n    代码\n- 一条",
)

_UNSEEN = (
    "甲\u202e<gro.elpmaxe>\u202c乙",
    "\u2066[x](javascript:@)\u2069",
    "java\u200bscript:@ <im\u200bg src=x>",
    "<\u00adimg src=x onerror=@>",
    "甲\u0085乙",
    "甲\u2028乙\u2029丁",
    "甲\u00a0乙",
    "甲\u2003乙",
    "\ufeff# 标题",
    "e\u0301",
    "甲\r乙",
    "\ufffd",
    "\ufdd0",
    "\ue000",
)


def _payloads(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line.replace("@", RUN) for line in lines if line)


SEEN = _payloads((*(_TAGS + _ATTRIBUTES + _ENTITIES + _MARKDOWN + _JINJA).splitlines(), *_ODD))
"""What the loader lets through."""

UNSEEN = _payloads(_UNSEEN)
"""What it refuses, and what must do no harm all the same."""

PAYLOADS = (*SEEN, *UNSEEN)

MARKER = re.compile(r"标(\d{4})记")


class Place(NamedTuple):
    """A place of the model that takes free text: what it refuses.

    `is_name` marks a name that is looked for in other texts; no two names may be the same.
    """

    is_title: bool
    longest: int
    is_name: bool = False


def place_of(field: FieldInfo) -> Place | None:
    """Say what a key takes, or None if it takes no free text."""
    metas = metas_of(field)
    checks = {meta.func for meta in metas if isinstance(meta, AfterValidator)}
    if text._check_line not in checks:
        return None
    longest = min([limit for meta in metas for limit in _limits(meta)], default=10_000)
    return Place(text._check_title in checks, longest)


def metas_of(field: FieldInfo) -> list[Any]:
    """Give everything that a key asks of its value, whether there is one or many."""
    return [*_metas(field.annotation), *field.metadata]


def _metas(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metas(inner)


def _limits(meta: Any) -> Iterator[int]:  # noqa: ANN401
    yield from (inner.max_length for inner in getattr(meta, "metadata", [meta]) if hasattr(inner, "max_length"))


@cache
def places_of(model: type[BaseModel]) -> Mapping[str, Place]:
    """Give the keys of a model that take free text."""
    found = {name: place_of(field) for name, field in model.model_fields.items()}
    return {
        name: place._replace(is_name=(model.__name__, name) in _NAMES)
        for name, place in found.items()
        if place is not None
    }


def rewrite(value: Any, change: Callable[[str, Place], str], place: Place | None = None) -> Any:  # noqa: ANN401
    """Make the data anew with every free text changed; each object is checked again."""
    if isinstance(value, BaseModel):
        own = places_of(type(value))
        return type(value)(
            **{name: rewrite(getattr(value, name), change, own.get(name)) for name in type(value).model_fields}
        )
    if isinstance(value, tuple):
        return tuple(rewrite(item, change, place) for item in value)
    return change(value, place) if isinstance(value, str) and place is not None else value


def rewrite_book(book: Book, change: Callable[[str, Place], str]) -> Book:
    """Change every free text of a book."""
    shelves = {field.name: getattr(book, field.name) for field in fields(book)}
    return Book(**{name: _shelf(shelf, change) for name, shelf in shelves.items()})


def _shelf(shelf: Any, change: Callable[[str, Place], str]) -> Any:  # noqa: ANN401
    if isinstance(shelf, tuple):
        return rewrite(shelf, change)
    return {name: rewrite(item, change) for name, item in shelf.items()}


@dataclass(frozen=True)
class Marked:
    """A book with a mark in every place that takes text, and what each of these places takes."""

    book: Book
    places: tuple[Place, ...]

    def words(self, payloads: tuple[str, ...], turn: int) -> list[str]:
        """Choose a payload for every place; after as many turns as payloads every place had every one."""
        chosen = [payloads[(at + turn) % len(payloads)] for at in range(len(self.places))]
        return [
            f"{fitted(payload, place._replace(longest=min(place.longest, 50) - 5))}号{at:04}"
            if place.is_name
            else fitted(payload, place)
            for at, (payload, place) in enumerate(zip(chosen, self.places, strict=True))
        ]

    def filled(self, words: list[str]) -> Book:
        """Put words in the place of the marks."""
        return rewrite_book(self.book, lambda value, _: fill(value, words))


def marked(book: Book) -> Marked:
    """Put a mark in every place that takes text, around the blanks of the texts."""
    places: list[Place] = []
    labels: dict[str, str] = {}

    def mark(place: Place) -> str:
        places.append(place)
        return f"标{len(places) - 1:04}记"

    def label(name: str) -> str:
        if name not in labels:
            labels[name] = mark(_LABEL)
        return labels[name]

    def change(value: str, place: Place) -> str:
        if place == _LABEL:
            return label(value)
        return "".join(f"【{label(one.label)}】" if isinstance(one, Blank) else mark(place) for one in pieces(value))

    return Marked(rewrite_book(book, change), tuple(places))


_NAMES = {("FormField", "label"), ("Term", "name"), ("Term", "aliases")}
_LABEL = Place(is_title=True, longest=20, is_name=True)
"""The label of a field, which stands in texts as 【…】."""


def fitted(payload: str, place: Place) -> str:
    """Take from a payload what its place refuses, so that the rest gets in."""
    words = " ".join(payload.split())
    words = re.sub("[<>{}]", "", words) if place.is_title else words
    return words[: place.longest].strip() or "x"


def fill(value: str, words: list[str]) -> str:
    """Put words in the place of marks."""
    return MARKER.sub(lambda found: words[int(found[1])], value)
