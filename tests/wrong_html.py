"""Faults of HTML, each in a page that has no other: what our gate says of them, and a validator does too."""

from __future__ import annotations

BEFORE = '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>页</title></head><body>\n'
AFTER = "\n</body></html>\n"


def page(body: str) -> str:
    """Write a page around a body, which begins on line 3."""
    return f"{BEFORE}{body}{AFTER}"


WRONG = (
    ("<div><p>一</p>", "3:1", "<div> 没有结束"),
    ("<p>一</p></div>", "3:9", "</div> 没有开头"),
    ("<p>一\n<b>二</p></b>", "4:1", "<b> 没有结束，就遇到了 </p>"),
    ("<section><h2>一</h3></section>", "3:10", "<h2> 没有结束"),
    ("<p>一<div>二</div></p>", "3:5", "<div> 不能放在 <p> 里"),
    ("<p>一<ul><li>二</li></ul></p>", "3:5", "<ul> 不能放在 <p> 里"),
    ("<p><b><i>一<p>二</p></i></b></p>", "3:11", "<p> 不能放在 <i> 里"),
    ("<h2><div>一</div></h2>", "3:5", "<div> 不能放在 <h2> 里"),
    ("<span><a href='#'><div>一</div></a></span>", "3:19", "<div> 不能放在 <span> 里"),
    ("<button type=button><p>一</p></button>", "3:21", "<p> 不能放在 <button> 里"),
    ("<dl><dt><h3>一</h3></dt><dd>二</dd></dl>", "3:9", "<h3> 不能放在 <dt> 里"),
    ("<ul><p>一</p></ul>", "3:5", "<ul> 里不能直接放 <p>"),
    ("<ul>\n<ul><li>一</li></ul></ul>", "4:1", "<ul> 里不能直接放 <ul>"),
    ("<div><li>一</li></div>", "3:6", "<li> 不能放在 <div> 里"),
    ("<section><dt>一</dt></section>", "3:10", "<dt> 不能放在 <section> 里"),
    ("<table><tbody><div>一</div></tbody></table>", "3:15", "<tbody> 里不能直接放 <div>"),
    ("<table><tbody><td>一</td></tbody></table>", "3:15", "<td> 不能放在 <tbody> 里"),
    ("<p><td>一</td></p>", "3:4", "<td> 不能放在 <p> 里"),
    ("<select aria-label=一><p>二</p></select>", "3:22", "<select> 里不能直接放 <p>"),
    ("<p><summary>一</summary></p>", "3:4", "<summary> 不能放在 <p> 里"),
    ("<a href='#'>一<a href='#'>二</a></a>", "3:14", "<a> 不能放在 <a> 里"),
    ("<a href='#'><button type=button>一</button></a>", "3:13", "<button> 不能放在 <a> 里"),
    ("<button type=button><input aria-label=一></button>", "3:21", "<input> 不能放在 <button> 里"),
    ("<a href='#'><span tabindex=0>一</span></a>", "3:13", "<span> 不能放在 <a> 里"),
    ("<label>一<label>二</label></label>", "3:9", "<label> 不能放在 <label> 里"),
    ("<form><form></form></form>", "3:7", "<form> 不能放在 <form> 里"),
    ("<p class=a id=x class=b>一</p>", "3:1", "<p> 的 class 写了两次"),
    ("<p class='a'id='x'>一</p>", "3:1", "<p> 的属性写得不对"),
    ('<p title="一"二">三</p>', "3:1", "“<”后面不是完整的标签"),
    ("<p titel=一>二</p>", "3:1", "<p> 没有 titel 这个属性"),
    ("<p aria-lable=一>二</p>", "3:1", "<p> 没有 aria-lable 这个属性"),
    ("<img src='x.png'>", "3:1", "<img> 没有说明 alt"),
    ("<img src='x y.png' alt=''>", "3:1", "<img> 的 src 不能是 “x y.png”"),
    ("<a href='a|b'>一</a>", "3:1", "<a> 的 href 不能是 “a|b”"),
    ("<label for=no>一</label>", "3:1", "for 指向不存在的 “no”"),
    ("<label for=x>一</label><p id=x>二</p>", "3:1", "for 指向的 “x” 不是能填、能选的"),
    ("<input aria-label=一 type=checkbox autocomplete=off>", "3:1", "<input type=checkbox> 不能有 autocomplete"),
    ("<p tabindex=''>一</p>", "3:1", "<p> 的 tabindex 不能是 “”"),
    ("<p id='a b'>一</p>", "3:1", "<p> 的 id 不能是 “a b”"),
    ("<table><tbody><tr><td colspan=0>一</td></tr></tbody></table>", "3:19", "<td> 的 colspan 不能是 “0”"),
    ("<dvi>一</dvi>", "3:1", "没有 <dvi> 这种元素"),
    ("<center>一</center>", "3:1", "没有 <center> 这种元素"),
    ("<div/>", "3:1", "<div/> 不会自己结束"),
    ("<p>一<br></br></p>", "3:9", "<br> 不用写结束"),
    ("<p>一</p id=x>", "3:5", "</p> 不能有属性"),
    ("<p>一 < 二</p>", "3:6", "“<”后面不是完整的标签"),
    ("<p>一 &copy 二</p>", "3:6", "“&copy”不是字符的名称"),
    ("<details><p>一</p></details>", "3:1", "<details> 没有 <summary>"),
    ("<p>一</p><!--> 二 -->", "3:9", "注释里不能有 <!-- 和 --!>"),
    ("<p>一</p>\n<!-- 二 <!-- 三 -->", "4:1", "注释里不能有 <!-- 和 --!>"),
)
"""The body, the place, and how what is said begins."""

STRICTER = (
    ("<p>一\n<p>二</p>", "3:1", "<p> 没有结束"),
    ("<ul><li>一</ul>", "3:5", "<li> 没有结束"),
    ("<section aria-labelledby='x no'><h2 id=x>一</h2></section>", "3:1", "aria-labelledby 指向不存在的 “no”"),
    ("<button type=button aria-controls=no>一</button>", "3:1", "aria-controls 指向不存在的 “no”"),
    ("<p align=center>一</p>", "3:1", "<p> 没有 align 这个属性"),
    ("<p>一</p><!-- 二 --!> 三 -->", "3:9", "注释里不能有 <!-- 和 --!>"),
    ("<p>一 &nosuch; 二</p>", "3:6", "“&nosuch;”不是字符的名称"),
)
"""What the validator lets pass and we do not: nobody can see whether it was meant."""

RIGHT = (
    "<p>一 &amp; 二 & 三 &#12345; &nbsp; a&b=c</p>",
    "<p>一 > 二</p><!-- <div> < & --><p>三</p>",
    "<!----><!-- 一 -- 二 -> 三 > 四 --><!-- 五 --->",
    '<script type=\'application/json\'>{"a": "<div> & <p>"}</script>',
    "<svg viewBox='0 0 1 1' role=img aria-label=图><title>图</title><g><path d='M0 0'/></g></svg>",
    "<a href='#'><div><p>一</p></div></a>",
    "<noscript><p>一</p></noscript>",
    "<dl><div><dt>一</dt><dd><p>二</p></dd></div></dl>",
    "<label>一<input type=checkbox></label><label for=y>二</label><input id=y>",
    "<details><summary><h3>一</h3></summary><ul><li><p>二</p></li></ul></details>",
    "<table><thead><tr><th scope=col>二</th></tr></thead><tbody><tr><td>三</td></tr></tbody></table>",
    "<form autocomplete=off><select aria-label=一><option>二</option></select><input aria-label=三 type=text></form>",
    "<p data-x='<b>' title='一>二' hidden>三<br>四<input aria-label=五 disabled></p>",
    "<textarea aria-label=一><p> & </textarea><button type=button aria-expanded=false>二</button>",
    "<p><a href='一/二.html?a=b&amp;c=d#三'>四</a> <i lang=en>x</i></p>",
)
