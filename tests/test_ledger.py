"""What is known of a built folder without reading it, and what the next one takes over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros import kept
from macros.kept import digest
from macros.ledger import NAME, Ledger, last

PAGE = "plans/a/index.html"


@pytest.fixture(autouse=True)
def _own_kept(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path_factory.mktemp("kept") / "new")


def written(site: Path, text: str, key: str = "k") -> Ledger:
    """Write a page and note it."""
    (site / PAGE).parent.mkdir(parents=True, exist_ok=True)
    (site / PAGE).write_text(text, encoding="utf-8")
    ledger = Ledger(site)
    ledger.note(PAGE, key)
    return ledger


def folders(to: Path) -> Ledger:
    (to / PAGE).parent.mkdir(parents=True)
    return Ledger(to)


def test_a_file_is_known_by_its_key_until_it_is_edited(tmp_path: Path) -> None:
    ledger = written(tmp_path, "one")
    assert ledger.key(PAGE) == "k"
    (tmp_path / PAGE).write_text("two", encoding="utf-8")
    assert ledger.key(PAGE) == digest(b"two")


def test_a_file_that_nobody_noted_is_known_by_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"one")
    assert Ledger(tmp_path).key("a.html") == digest(b"one")
    with pytest.raises(FileNotFoundError):
        Ledger(tmp_path).key("b.html")


def test_the_next_build_takes_over_what_it_would_write_again(tmp_path: Path) -> None:
    written(tmp_path / "old", "one").save()
    new = folders(tmp_path / "new")
    assert last(tmp_path / "old").hand_over(PAGE, "k", new)
    assert (tmp_path / "new" / PAGE).samefile(tmp_path / "old" / PAGE)
    assert new.key(PAGE) == "k"


@pytest.mark.parametrize("change", ["another key", "edited", "gone", "elsewhere", "there already", "no ledger"])
def test_nothing_else_is_taken_over(tmp_path: Path, change: str) -> None:
    old, page = tmp_path / "old", tmp_path / "old" / PAGE
    ledger = written(old, "one")
    ledger.save()
    if change == "edited":
        looks = page.stat()
        page.write_text("two", encoding="utf-8")
        os.utime(page, ns=(looks.st_atime_ns, looks.st_mtime_ns + 1_000_000))
    if change == "gone":
        page.unlink()
    if change == "no ledger":
        (kept.FOLDER / NAME).write_text('[["plans/a/index.html", 3]]', encoding="utf-8")
    new = folders(tmp_path / "new")
    if change == "there already":
        (tmp_path / "new" / PAGE).write_text("by hand", encoding="utf-8")
    before = last(tmp_path / "nowhere" if change == "elsewhere" else old)
    assert not before.hand_over(PAGE, "x" if change == "another key" else "k", new)
    if change == "there already":
        assert new.key(PAGE) == digest(b"by hand")
