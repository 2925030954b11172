"""How well search answers, over queries drawn anew when the texts change: the short form of `run.py bench search`."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bench.search_queries import Score, literal_queries, other_queries, score
from tests.browser.opening import Opener
from tests.browser.searching import ask_engine, visible_texts

EACH = 8  # Of every length, and of every mistake.


LITERAL = ("literal", "traditional", "full width")
MEANT = ("pinyin", "pinyin blurred", "half pinyin", "one wrong", "one missing", "one too many")


@pytest.fixture(scope="module")
def scores(browser: Browser, site: Path, http_site: str) -> dict[str, Score]:
    """Ask the engine, at work as it is on a page, and score its answers."""
    texts = visible_texts(browser, site)
    queries = [*literal_queries(texts, EACH), *other_queries(texts, EACH)]
    with Opener(browser, http_site) as opener:
        found = ask_engine(opener("index.html").page, [query.text for query in queries])
    return score(queries, found)


@pytest.mark.parametrize("kind", LITERAL)
def test_what_is_typed_is_found_everywhere_and_first(scores: dict[str, Score], kind: str) -> None:
    assert scores[kind].recall == 1
    assert min(scores[kind].precision, scores[kind].rank) >= 0.97


@pytest.mark.parametrize("kind", MEANT)
def test_what_is_meant_is_found(scores: dict[str, Score], kind: str) -> None:
    assert scores[kind].recall >= 0.95
    assert scores[kind].nothing == 0
