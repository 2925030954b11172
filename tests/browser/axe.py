"""Run axe-core in a page."""

from typing import Any

from playwright.sync_api import Page

# Why not page.evaluate: a page's Content Security Policy forbids what that does; the debugger may.
RUN = "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"


def violations(source: str, page: Page) -> list[str]:
    """Return what axe-core finds wrong in a page, one line for each element."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": source})
    answer = session.send("Runtime.evaluate", {"expression": RUN, "awaitPromise": True, "returnByValue": True})
    session.detach()
    assert "exceptionDetails" not in answer, answer
    found: list[dict[str, Any]] = answer["result"]["value"]
    return [f"{rule['id']}: {rule['help']}: {node['html']}" for rule in found for node in rule["nodes"]]
