"""What the tests of filling in share: the form, all its answers at once, and what the page should say and says."""

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.opening import Visit

BOX = "[data-fill-box]"
FORM = "[data-fill-form]"
SAID = "[data-fill-said]"

ANSWERS = """fields => Object.fromEntries(fields.map(({id, type, choices, label}) => [id, {
    lines: `${label}的第一行\\n\\n第二行 <b>&\\n第三行`, year: "2026", month: "7", number: "12", date: "2026-03-01",
    choice: (choices || [])[1], text: `${label}A&B‹公司›`,
}[type]]))"""

FILL = f"""async (all) => {{
    const {{content}} = await planSite.panel.ready();
    const answers = ({ANSWERS})(content.fields);
    const {{store}} = planSite, id = store.active();
    for (const field of content.fields)
        store.set(id, field.group === "日期" ? content.id : "", "fields", field.id, all ? answers[field.id] : "");
    for (const role of content.roles) store.set(id, "", "roles", role.id, all ? `本单位${{role.name}}` : "");
    content.phases.forEach((phase, at) => all !== "proposals" && at % 2 === 0 && store.set(id, content.id, "phases",
        phase.id, all ? {{first: `2026-0${{at + 1}}-05`, last: `2026-0${{at + 1}}-20`}} : null));
    planSite.panel.reload();
}}"""

WANTED = """() => {
    const {content, values} = planSite.panel.current();
    const filled = planSite.filling.fill(content, values, {});
    const plain = (text) => planSite.filling.plain(text, filled.slots);
    return {
        title: plain(filled.title),
        blocks: filled.blocks.map(({text}) => plain(text)),
        tasks: filled.tasks.map(({text, lead, support, when, threshold, note}) =>
            [text, support ? `${lead}（${support}配合）` : lead, when, threshold, note].map(plain)),
        groups: content.groups.map(({time}) => plain(time)),
        phases: content.phases.map(({id}) => plain(`⟦time:${id}⟧`) || "原文没有写时间"),
    };
}"""

SHOWN = """() => {
    const text = (element) => {
        if (!element) return "";
        const copy = element.cloneNode(true);
        copy.querySelectorAll(".headerlink, [data-copy-skip]").forEach((one) => one.remove());
        return copy.textContent.trim();
    };
    const all = (selector) => [...document.querySelectorAll(selector)];
    const cells = ["text", "owner", "when", "threshold"].map((cell) => `[data-cell=${cell}]`).concat(".task__note");
    return {
        title: text(document.querySelector("[data-paper=title]")),
        blocks: all("[id^=s-], [data-paper=line]").map(text),
        tasks: all("[data-task-id]").map((task) => cells.map((cell) => text(task.querySelector(cell)))),
        groups: all(".task-group__name").map((name) => text(name.querySelector("small"))),
        phases: all("[data-place^='time:']").map(text),
    };
}"""

BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"

TOO_WIDE = """[...document.querySelectorAll("[data-fill] *, [data-paper]")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML)"""


def open_panel(visit: Visit) -> Page:
    """Open the form and all its parts."""
    page = visit.page
    page.click(f"{BOX} > summary")
    page.locator(f"{FORM} details").first.wait_for()
    page.eval_on_selector_all(f"{FORM} details", "all => all.forEach(one => { one.open = true })")
    return page


def enter(page: Page, name: str, value: str) -> None:
    """Fill in a field and leave it."""
    page.fill(f'{FORM} [name="{name}"]', value)
    page.dispatch_event(f'{FORM} [name="{name}"]', "change")


def paper(page: Page) -> str:
    """Give the text of the paper, a line a block."""
    blocks: list[str] = page.evaluate(SHOWN)["blocks"]
    return "\n".join(blocks)


def kept(page: Page) -> dict[str, Any]:
    """Give what is in storage, by name, without the root of the names."""
    page.evaluate("planSite.entries.flush()")
    entries: dict[str, str] = page.evaluate("({...localStorage})")
    return {name[7:]: text if name.endswith("active") else json.loads(text) for name, text in entries.items()}
