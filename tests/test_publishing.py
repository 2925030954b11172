"""What readers are served is one release, whole, whatever happens to a publication."""

from __future__ import annotations

import errno
import getpass
import gzip
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import Mock

import pytest

from macros.publishing import Done, Refused, publish, rollback
from macros.publishing.naming import name_by_content
from macros.publishing.store import Store
from macros.publishing.switch import in_order
from tests.publishing_faults import (
    broken_pages,
    can_mount,
    run,
    served,
    small_disk,
    start,
    write_site,
)

WAYS = ("link", "copy")
KILLS = 12


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sites(tmp_path: Path) -> dict[str, Path]:
    """Write three sites of different words and the same shape."""
    return {word: write_site(tmp_path / word, word) for word in ("one", "two", "six")}


def put(target: Path, site: Path, way: str = "link") -> Done:
    return publish(target, lambda _: site, copy=way == "copy")


def words(target: Path) -> set[str]:
    pages = (target / "current").rglob("*.html")
    return {re.findall("<title>(.*?)</title>", page.read_text(encoding="utf-8"))[0] for page in pages}


def test_a_release_takes_the_place_of_another_and_gives_it_back(
    tmp_path: Path, sites: dict[str, Path], way: str
) -> None:
    target = tmp_path / "target"
    first = put(target, sites["one"], way)
    before = served(target)
    second = put(target, sites["two"], way)
    assert words(target) == {"two"}
    assert second.before == first.release
    assert (second.added, second.removed) == (7, 7)  # What is named by its content; pages and plain names stay.
    assert rollback(target).release == first.release
    assert served(target) == before
    assert rollback(target, str(second.release.number)).release == second.release
    assert words(target) == {"two"}
    with pytest.raises(Refused, match="没有版本 7"):
        rollback(target, "7")


def test_the_same_site_again_is_no_new_release(tmp_path: Path, sites: dict[str, Path], way: str) -> None:
    target = tmp_path / "target"
    first = put(target, sites["one"], way).release
    assert put(target, sites["one"], way).release == first
    page = next((target / "current").rglob("p3/index.html"))
    page.write_text("changed by hand", encoding="utf-8")
    repaired = put(target, sites["one"], way).release
    assert repaired.number == first.number + 1
    assert words(target) == {"one"}


def test_five_releases_are_kept_and_the_pool_holds_their_assets_only(tmp_path: Path) -> None:
    target = tmp_path / "target"
    for number in range(8):
        put(target, write_site(tmp_path / "site", f"word{number}"))
    assert [path.name[:6] for path in sorted((target / "releases").iterdir())] == [f"{n:06}" for n in range(4, 9)]
    scripts = list((target / "pool" / "assets" / "javascripts").glob("site.*.js"))
    assert {path.read_text(encoding="utf-8")[12:17] for path in scripts} == {f"word{n}" for n in range(3, 8)}


def test_a_page_opened_before_the_switch_finds_its_files_after_it(
    tmp_path: Path, sites: dict[str, Path], way: str
) -> None:
    target = tmp_path / "target"
    put(target, sites["one"], way)
    asked = re.findall(r'(?:src|href)="(.*?)"', (target / "current" / "index.html").read_text(encoding="utf-8"))
    put(target, sites["two"], way)
    place = target / ("pool" if way == "link" else "current")
    assert len(asked) == 2
    assert all("one" in (place / name).read_text(encoding="utf-8") for name in asked)


def test_pages_styles_and_search_refer_to_files_named_by_their_content(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", "word")
    name_by_content(site)
    asked = re.findall(r'(?:src|href)="(.*?)"', (site / "p1" / "index.html").read_text(encoding="utf-8"))
    asked += re.findall(r'data-content="(.*?)"', (site / "p1" / "index.html").read_text(encoding="utf-8"))
    assert len(asked) == 3
    assert all(re.search(r"\.[0-9a-f]{8}\.", name) for name in asked)
    style = (site / "p1" / asked[0]).read_text(encoding="utf-8")
    image = re.findall(r"url\((.*?)\)", style)[0]
    assert (site / "assets" / "stylesheets" / image).is_file()
    assert "a.svg" not in image
    scripts = site / "assets" / "javascripts"
    engine, folder = re.findall("'(.*?)'", next(scripts.glob("search.*.js")).read_text(encoding="utf-8"))
    assert re.fullmatch(r"search-engine\.[0-9a-f]{8}\.js", engine)
    assert folder in (scripts / engine).read_text(encoding="utf-8")
    assert (scripts / folder / "index.js").is_file()
    assert (site / "search" / "search_index.json").is_file()  # The theme asks for it by this name.


def test_everything_worth_it_is_packed_and_unpacks_to_the_same(tmp_path: Path, sites: dict[str, Path]) -> None:
    target = tmp_path / "target"
    put(target, sites["one"])
    packed = sorted((target / "current").rglob("*.gz"))
    assert {"index.html.gz", "site.css.gz"} <= {path.name for path in packed}
    assert all(gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes() for path in packed)
    assert all(path.read_bytes()[4:8] == b"\0\0\0\0" for path in packed)  # No time of day inside.
    assert all(path.stat().st_mtime == path.with_suffix("").stat().st_mtime for path in packed)


def test_a_changed_file_of_the_same_size_has_another_date_and_an_unchanged_one_keeps_its_own(
    tmp_path: Path, sites: dict[str, Path]
) -> None:
    target = tmp_path / "target"
    (sites["two"] / "same.csv").write_text("same", encoding="utf-8")
    (sites["one"] / "same.csv").write_text("same", encoding="utf-8")
    first = put(target, sites["one"]).release.site
    second = put(target, sites["two"]).release.site
    pages = [(site / "index.html").stat() for site in (first, second)]
    assert pages[0].st_size == pages[1].st_size
    assert int(pages[0].st_mtime) != int(pages[1].st_mtime)
    assert (first / "same.csv").stat().st_mtime == (second / "same.csv").stat().st_mtime


def test_files_can_be_read_by_the_server_whatever_the_umask(tmp_path: Path, sites: dict[str, Path]) -> None:
    before = os.umask(0o077)
    try:
        release = put(tmp_path / "target", sites["one"]).release
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in release.site.rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {path.stat().st_mode & 0o777 for path in release.folder.rglob("*") if path.is_dir()} == {0o755}


def test_sha256sum_reads_the_manifest(tmp_path: Path, sites: dict[str, Path]) -> None:
    release = put(tmp_path / "target", sites["one"]).release
    command = ["sha256sum", "--check", "--strict", "--quiet", "../manifest.sha256"]
    done = subprocess.run(command, cwd=release.site, check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("harm", ["changed", "missing", "added", "manifest", "both"])
def test_a_release_that_was_tampered_with_is_not_served(
    tmp_path: Path, sites: dict[str, Path], way: str, harm: str
) -> None:
    target = tmp_path / "target"
    old = put(target, sites["one"], way).release
    put(target, sites["two"], way)
    page, listed = old.site / "p1" / "index.html", old.folder / "manifest.sha256"
    if harm in {"changed", "both"}:
        page.write_text("<title>bad</title>", encoding="utf-8")
    if harm == "missing":
        page.unlink()
    if harm == "added":
        (old.site / "bad.html").write_text("bad", encoding="utf-8")
    if harm in {"manifest", "both"}:
        text = listed.read_text(encoding="utf-8")
        listed.write_text(text.replace(text[:6], "abcdef", 1), encoding="utf-8")
    before = served(target)
    with pytest.raises(Refused, match="与它的清单不符") as said:
        rollback(target)
    assert served(target) == before
    assert ("p1/index.html" if harm in {"changed", "missing"} else "") in str(said.value)


def test_the_second_of_two_at_once_says_who_is_at_it(tmp_path: Path, sites: dict[str, Path]) -> None:
    target = tmp_path / "target"
    said: list[str] = []

    def while_held(_: Path) -> Path:
        said.append(run(target, sites["two"], "link"))
        return sites["one"]

    publish(target, while_held)
    assert re.search(rf"另一次发布还没有做完（.+进程 {os.getpid()}，.+ 开始），请等它做完再运行", said[0])
    assert words(target) == {"one"}
    assert run(target, sites["two"], "link") == ""


def test_the_lock_of_a_killed_publication_holds_nobody_up(tmp_path: Path, sites: dict[str, Path]) -> None:
    target = tmp_path / "target"
    with start(target, sites["one"], "link") as process:
        lock = target / "publish.lock"
        wait_for(lambda: lock.exists() and lock.read_text(encoding="utf-8") != "")
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert run(target, sites["two"], "link") == ""
    assert words(target) == {"two"}
    assert [path.name for path in (target / "releases").iterdir() if path.suffix == ".tmp"] == []


def wait_for(there: object, seconds: float = 20) -> None:
    assert callable(there)
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.001)


def test_kill_at_any_moment_leaves_every_page_whole(tmp_path: Path, sites: dict[str, Path], way: str) -> None:
    """Kill publications at random moments; by link the site is one release, by copy every page is."""
    target, chance = tmp_path / "target", random.Random(7)  # noqa: S311 - any moments will do
    put(target, sites["one"], way)
    whole = {"one": served(target)}
    began = time.monotonic()
    assert run(target, sites["two"], way) == ""
    length = time.monotonic() - began
    whole["two"] = served(target)
    for number in range(KILLS):
        site = sites[("one", "two")[number % 2]]
        with start(target, site, way) as process:
            time.sleep(chance.uniform(length / 3, length))
            process.kill()
            process.communicate()
        assert broken_pages(target) == []
        assert served(target) in whole.values() if way == "link" else words(target) <= set(whole)
    assert run(target, sites["six"], way) == ""
    assert words(target) == {"six"}
    assert broken_pages(target) == []


def test_a_switch_by_copy_that_was_interrupted_is_finished_by_the_next_run(
    tmp_path: Path, sites: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target"
    put(target, sites["one"], "copy")
    put(target, sites["two"], "copy")
    newest = served(target)
    rollback(target)
    for page in killed_between(target, sites["two"], monkeypatch):
        assert page == []
    assert words(target) == {"one", "two"}
    with pytest.raises(Refused, match="没有版本 99"):
        rollback(target, "99")  # Whatever comes next finishes first what was begun.
    assert served(target) == newest


def killed_between(target: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Stop a switch dead after each of its first moves, looking at the pages each time."""

    class Dead(BaseException):
        pass

    real, moved = Path.replace, 0

    def move(self: Path, place: Path) -> Path:
        nonlocal moved
        if "current.next" in str(self):
            moved += 1
            if moved > allowed:
                raise Dead
        return real(self, place)

    for allowed in (3, 9, 18):
        moved = 0
        monkeypatch.setattr(Path, "replace", move)
        with pytest.raises(Dead):
            put(target, site, "copy")
        monkeypatch.undo()
        yield broken_pages(target)
        site = write_site(site.parent / f"more{allowed}", "two")


def test_the_order_of_a_switch_by_copy_is_assets_then_pages_then_the_home_page() -> None:
    names = ["index.html", "a/index.html", "a.csv", "assets/x.0123abcd.js", "index.html.gz"]
    assert list(in_order(names)) == ["assets/x.0123abcd.js", "a.csv", "a/index.html", "index.html", "index.html.gz"]


def test_a_file_that_cannot_be_replaced_is_waited_for_and_then_all_goes_back(
    tmp_path: Path, sites: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file that someone is reading is locked."""
    target = tmp_path / "target"
    put(target, sites["one"], "copy")
    before, real, tries = served(target), Path.replace, 0

    def locked(self: Path, place: Path) -> Path:
        nonlocal tries
        if Path(place).parts[-2:] == ("p3", "index.html"):
            tries += 1
            raise PermissionError(13, "in use", str(place))
        return real(self, place)

    monkeypatch.setattr("macros.publishing.switch._PAUSE", 0)
    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(Refused, match="没有换成，现在还是原来的版本"):
        put(target, sites["two"], "copy")
    monkeypatch.undo()
    assert tries == 20
    assert served(target) == before
    assert put(target, sites["two"], "copy").before is not None


def test_a_full_disk_changes_nothing(tmp_path: Path, sites: dict[str, Path], way: str) -> None:
    big = write_site(tmp_path / "big", "big", pages=60)
    with room_for_one(tmp_path / "disk") as disk:
        target = disk / "target"
        assert run(target, sites["one"], way) == ""
        before = served(target)
        said = run(target, big, way, *LIMIT)
        assert "磁盘满了，请腾出空间再运行一次" in said or "文件超过了允许的大小" in said
        assert "Traceback" not in said
        assert served(target) == before
        assert not list((target / "releases").glob("*.tmp"))


LIMIT = () if can_mount() else ("prlimit", "--fsize=4096")


def room_for_one(folder: Path) -> AbstractContextManager[Path]:
    return small_disk(folder, "500k") if can_mount() else nullcontext(folder)


def test_a_target_that_cannot_be_written_is_one_sentence(tmp_path: Path, sites: dict[str, Path]) -> None:
    if not can_mount():
        (tmp_path / "target").mkdir(mode=0o555)
        assert "没有写的权限" in run(tmp_path / "target", sites["one"], "link")
        return
    with small_disk(tmp_path / "disk", "4m") as disk:
        assert run(disk / "target", sites["one"], "link") == ""
        before = served(disk / "target")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        said = run(disk / "target", sites["two"], "link")
        assert "那个磁盘是只读的" in said
        assert "Traceback" not in said
        assert served(disk / "target") == before


def test_a_folder_called_current_that_is_not_ours_is_left_alone(tmp_path: Path, sites: dict[str, Path]) -> None:
    precious = tmp_path / "target" / "current" / "precious.txt"
    precious.parent.mkdir(parents=True)
    precious.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="current 不是由发布建立的"):
        put(tmp_path / "target", sites["one"])
    assert precious.read_text(encoding="utf-8") == "mine"


def test_a_link_called_current_that_is_not_ours_is_left_alone_with_all_beside_it(
    tmp_path: Path, sites: dict[str, Path]
) -> None:
    """Keep to what other programs lay out in the same words: `current` and `releases`."""
    target = tmp_path / "target"
    (target / "releases" / "2019.old").mkdir(parents=True)
    (target / "mine").mkdir()
    (target / "current").symlink_to("mine")
    with pytest.raises(Refused, match="不是由发布建立的"):
        put(target, sites["one"])
    assert (target / "current").readlink() == Path("mine")
    assert (target / "releases" / "2019.old").is_dir()


def test_old_releases_that_cannot_be_removed_are_told_and_the_new_one_is_served(
    tmp_path: Path, sites: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target"
    put(target, sites["one"])
    monkeypatch.setattr(Store, "prune", Mock(side_effect=PermissionError(errno.EACCES, "no", "old")))
    done = put(target, sites["two"])
    assert "没有写的权限" in done.left
    assert words(target) == {"two"}


def test_going_back_leads_to_what_was_served_and_not_to_what_was_given_up(
    tmp_path: Path, sites: dict[str, Path], way: str
) -> None:
    target = tmp_path / "target"
    first = put(target, sites["one"], way).release
    put(target, sites["two"], way)
    rollback(target)
    put(target, sites["six"], way)
    assert rollback(target).release == first
    assert words(target) == {"one"}


def test_a_user_without_a_name_can_publish(
    tmp_path: Path, sites: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", Mock(side_effect=KeyError("getpwuid(): uid not found: 1234")))
    put(tmp_path / "target", sites["one"])
    assert words(tmp_path / "target") == {"one"}


def test_the_settings_of_iis_stay_in_the_folder_that_is_served(tmp_path: Path, sites: dict[str, Path]) -> None:
    target = tmp_path / "target"
    first = put(target, sites["one"], "copy").release
    settings = target / "current" / "web.config"
    settings.write_text("<configuration/>", encoding="utf-8")
    assert put(target, sites["one"], "copy").release == first
    put(target, sites["two"], "copy")
    assert settings.read_text(encoding="utf-8") == "<configuration/>"


def test_what_a_killed_build_still_writes_does_not_get_into_the_next_release(
    tmp_path: Path, sites: dict[str, Path]
) -> None:
    target = tmp_path / "target"
    scratches: list[Path] = []

    def killed(scratch: Path) -> Path:
        scratches.append(scratch)
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            publish(target, killed)
    write_site(scratches[0], "late")
    put(target, sites["one"])
    assert scratches[0] != scratches[1]
    assert words(target) == {"one"}
    assert [path.name[:7] for path in (target / "releases").iterdir()] == ["000001-"]


def test_links_in_a_site_are_not_published(tmp_path: Path, sites: dict[str, Path]) -> None:
    (sites["one"] / "secret.html").symlink_to("/etc/passwd")
    with pytest.raises(Refused, match=r"secret\.html"):
        put(tmp_path / "target", sites["one"])


def test_a_site_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, sites: dict[str, Path]) -> None:
    target = tmp_path / "target"
    put(target, sites["one"])
    before = sorted(target.rglob("*"))

    def fails(scratch: Path) -> Path:
        write_site(scratch, "half")
        raise Refused("网页有问题")

    with pytest.raises(Refused, match="网页有问题"):
        publish(target, fails)
    assert sorted(target.rglob("*")) == before
