"""Pages of plans that nobody wrote: sentences of the real ones in other order, with names and figures of their own.

Why pages and not plans: what search holds at a size shows without building that many plans.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from macros.page_text import PageText, read_page

_SENTENCE = re.compile(r"[^。；]+[。；]?")
_NAMES = "东西南北中新安平河江湖海山林石金银铜铁锦华光明亮清秀丰盛康泰和顺祥瑞宁静远达通运昌隆兴旺"
_PARTS = 9
_SENTENCES = 9
_TASKS = 36


def write_pages(site: Path, pages: int) -> None:
    """Add pages of plans to a finished site until it has as many of them."""
    real = [page for path in sorted(site.glob("plans/*/index.html")) if (page := read_page(site, path))]
    sentences = [one for page in real for part in page.sections for one in _SENTENCE.findall(part.text) if len(one) > 8]
    headings = sorted({part.heading for page in real for part in page.sections if 2 < len(part.heading) < 20})
    for number in range(len(real), pages):
        folder = site / "plans" / f"synthetic-{number:05}"
        folder.mkdir()
        text = _page(random.Random(number), number, real, headings, sentences)  # noqa: S311 - must repeat
        (folder / "index.html").write_text(text, "utf-8")


def _page(
    dice: random.Random, number: int, real: Sequence[PageText], headings: Sequence[str], sentences: Sequence[str]
) -> str:
    plan = dice.choice(real)
    place = "".join(dice.choices(_NAMES, k=3))
    year = dice.randint(2015, 2026)
    title = f"{place}{plan.title}（{year}年第{number}号）"
    parts = "".join(
        f'<h3 id="s-{at}">{escape(dice.choice(headings))}</h3><p>{_text(dice, place, sentences)}</p>'
        for at in range(_PARTS)
    )
    tasks = "".join(
        f'<li id="task-{at}"><label>{at + 1}.{escape(dice.choice(sentences))}</label><dl data-search="off">'
        f"<dt>责任</dt><dd>{place}创建办公室</dd>"
        f"<dt>时间</dt><dd>{dice.randint(1, 12)}月{dice.randint(1, 28)}日</dd></dl></li>"
        for at in range(_TASKS)
    )
    return (
        f'<html><head><title>{title}</title></head><body><article><h1 id="plan">{escape(title)}</h1>'
        f'<div data-search-kind="方案" data-search-unit="{plan.unit}"></div>{parts}<h2 id="checklist">检查清单</h2>'
        f"<ul>{tasks}</ul></article></body></html>"
    )


def _text(dice: random.Random, place: str, sentences: Sequence[str]) -> str:
    chosen = [escape(dice.choice(sentences)) for _ in range(_SENTENCES)]
    chosen.insert(
        dice.randrange(_SENTENCES), f"{place}窗口办理时限{dice.randint(2, 90)}分钟，满意率达到{dice.randint(80, 99)}%。"
    )
    return "".join(chosen)
