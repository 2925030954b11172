"""The site as readers get it: published behind nginx, published into a shared folder, unpacked from the zip."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from macros.offline import write_zip
from macros.publishing import publish
from tests.browser.getting import NotToBeHad
from tests.browser.opening import HOST, Opener
from tests.nginx import get_nginx, serving

NAMED = re.compile(r"\.[0-9a-f]{8}\.")
PAGES = ("index.html", "plans/index.html", "plans/transport-three-creations/index.html", "guide/use.html")


@pytest.fixture(scope="module")
def over_nginx(site: Path, tmp_path_factory: pytest.TempPathFactory, tell: Callable[[str], None]) -> Iterator[str]:
    """Publish and serve with the host's kit, its headers included."""
    folder = tmp_path_factory.mktemp("nginx")
    publish(folder / "target", lambda _: site)
    try:
        nginx = get_nginx(tell)
    except NotToBeHad as reason:
        pytest.fail(str(reason), pytrace=False)
    with serving(nginx, folder / "own", folder / "target") as address:
        yield f"http://{HOST}:{urlsplit(address).port}"


@pytest.fixture(scope="module")
def in_a_share(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Publish by copy into a folder with a Chinese name."""
    folder = tmp_path_factory.mktemp("share") / "共享 文件"
    publish(folder, lambda _: site, copy=True)
    return (folder / "current").as_uri()


@pytest.fixture(scope="module")
def from_the_zip(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Unpack the offline zip."""
    folder = tmp_path_factory.mktemp("zip")
    archive = write_zip(site, folder, 1_800_000_000)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "解压")
    return (folder / "解压" / archive.stem).as_uri()


@pytest.fixture(params=["over_nginx", "in_a_share", "from_the_zip"])
def opener(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Opener]:
    with Opener(browser, request.getfixturevalue(request.param)) as opener:
        yield opener


def test_every_kind_of_page_works_and_asks_for_nothing_that_is_not_there(opener: Opener) -> None:
    for page in PAGES:
        visit = opener(page)
        visit.page.wait_for_load_state("networkidle")
        expect(visit.page.locator("h1").first).to_be_visible()
        assert len([url for url in visit.requests if url.partition("?")[0].endswith(".js")]) >= 3
        visit.assert_clean()


def test_search_and_filter_work(opener: Opener) -> None:
    visit = opener("plans/transport-three-creations/index.html")
    assert visit.page.locator("[data-task-id]").count() > 5
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("文明窗口")
    expect(visit.page.locator(".md-search-result__item").first).to_be_visible()
    visit.assert_clean()


def test_what_pages_of_a_published_site_load_is_named_by_its_content(browser: Browser, over_nginx: str) -> None:
    with Opener(browser, over_nginx) as opener:
        visit = opener("plans/index.html")
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("文明窗口")
        expect(visit.page.locator(".md-search-result__item").first).to_be_visible()
        loaded = [url for url in visit.requests if not url.endswith((".html", "search_index.json"))]
        assert len(loaded) > 5
        assert [url for url in loaded if not NAMED.search(url)] == []
