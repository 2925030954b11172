"""What is kept of earlier builds saves time and changes nothing."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import cast
from unittest.mock import Mock

import pytest

from macros import book, kept, parallel
from macros.book import inspect, load
from macros.frame import Frame
from macros.making import KINDS, Making, Stuff
from macros.model import VOCABULARIES
from macros.render import Renderer
from macros.rules import RULES, Draft
from macros.source import DataError
from macros.urls import plan_url, unit_url
from tests.book_of_tests import ALPHA, BETA, DataFolder


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    load.cache_clear()
    yield
    load.cache_clear()


@pytest.fixture
def house(tmp_path: Path) -> DataFolder:
    """Write the tiny book."""
    return DataFolder.in_(tmp_path)


def loaded(house: DataFolder) -> book.Book:
    load.cache_clear()
    return load(house.root)


def test_a_book_is_the_same_when_nothing_all_or_some_of_it_is_kept(house: DataFolder) -> None:
    wanted = inspect(house.root).book
    assert loaded(house) == wanted
    assert loaded(house) == wanted
    path = house.path(ALPHA)
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: 新", 1), encoding="utf-8")
    assert loaded(house) == inspect(house.root).book != wanted


def test_parts_of_plans_with_the_same_keys_share_the_set_of_them(house: DataFolder) -> None:
    plan = loaded(house).plans[ALPHA]
    places = [task.source for task in plan.tasks if task.source]
    assert len(places) > len({id(place.__pydantic_fields_set__) for place in places}) == 1
    when = plan.tasks[0].when
    key = next(name for name in type(when).model_fields if name not in when.model_fields_set)
    assert key in when.model_copy(update={key: None}).model_fields_set
    assert key not in when.model_fields_set
    wanted = inspect(house.root).book
    assert wanted
    assert plan.model_dump_json(exclude_unset=True) == wanted.plans[ALPHA].model_dump_json(exclude_unset=True)


def test_what_is_kept_is_not_read_again(house: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(house)
    monkeypatch.setattr(book, "read", None)
    assert loaded(house).plans
    house.path(ALPHA).write_text("id: x\n", encoding="utf-8")
    with pytest.raises(TypeError):
        loaded(house)


def test_every_problem_is_told_although_the_rest_is_kept(house: DataFolder) -> None:
    loaded(house)
    for wrong in ("unit: nowhere", "unit: first-unit\nunit: first-unit"):
        path = house.path(ALPHA)
        good = path.read_text(encoding="utf-8")
        path.write_text(good.replace("unit: first-unit", wrong, 1), encoding="utf-8")
        with pytest.raises(DataError) as told:
            loaded(house)
        assert tuple(told.value.problems) == inspect(house.root).problems
        path.write_text(good, encoding="utf-8")
    assert loaded(house)


def test_a_plan_that_others_need_is_missed_although_they_are_kept(house: DataFolder) -> None:
    loaded(house)
    house.path(ALPHA).unlink()
    with pytest.raises(DataError) as told:
        loaded(house)
    assert tuple(told.value.problems) == inspect(house.root).problems


def test_a_change_of_a_vocabulary_has_every_plan_looked_at_again(house: DataFolder) -> None:
    loaded(house)
    path = house.path("units")
    path.write_text(path.read_text(encoding="utf-8").replace("id: first-unit", "id: other-unit", 1), encoding="utf-8")
    with pytest.raises(DataError):
        loaded(house)


def test_rules_that_need_one_plan_find_in_it_alone_what_they_find_in_all() -> None:
    whole = load(kept.MACROS.parent)
    plans = {f"data/plans/{plan.id}.yaml": broken for plan in whole.plans.values() for broken in [_broken(plan)]}
    vocabularies = {
        name: tuple(shelf.values()) if hasattr(shelf := getattr(whole, name), "values") else shelf
        for name in VOCABULARIES
    }
    draft = Draft(vocabularies, {name: f"data/{name}.yaml" for name in VOCABULARIES}, plans)
    names = frozenset(whole.plans)
    found = 0
    for rule in RULES:
        if rule.alone:
            for file, plan in plans.items():
                alone = replace(draft, plans={file: plan}, unread=names)
                told = [finding for finding in rule.check(draft) if finding.file == file]
                assert [finding for finding in rule.check(alone) if finding.file == file] == told
                found += len(told)
    assert found > len(plans)


def _broken(plan: book.Plan) -> book.Plan:
    """Break what several rules look at."""
    first, *others = plan.tasks
    wrong = first.model_copy(update={"section": "nowhere", "themes": ("none",), "text": "【没有这个空】及时办"})
    return plan.model_copy(update={"tasks": (wrong, *others), "id": f"{plan.id}-x", "blanks": plan.blanks[:-1]})


def test_two_rows_of_parts_have_two_digests() -> None:
    rows = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc"), (b"1:a", "b"), ("a", "b")]
    assert len({kept.digest(*row) for row in rows}) == len(rows)


@pytest.mark.parametrize("left", [b"", b'{"id":'])
def test_what_was_read_is_read_again_if_what_was_kept_of_it_is_damaged(house: DataFolder, left: bytes) -> None:
    wanted = loaded(house)
    book._LAST.clear()
    for path in kept.FOLDER.rglob("*"):
        if path.is_file():
            path.write_bytes(left)
    assert loaded(house) == wanted


def test_an_entry_that_cannot_be_touched_is_taken_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.keep("pages", "key", b"made")
    os.utime(kept.place("pages", "key"), (1, 1))
    monkeypatch.setattr(os, "utime", Mock(side_effect=PermissionError))
    assert kept.put("pages", "key", tmp_path / "page")
    assert (tmp_path / "page").read_bytes() == b"made"


def test_where_nothing_can_be_written_nothing_is_kept(house: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    (house.root / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(kept, "FOLDER", house.root / "file" / "kept")
    assert loaded(house) == inspect(house.root).book


@pytest.mark.parametrize("cores", [1, 3])
def test_work_that_is_spread_gives_its_results_in_order(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: cores)
    monkeypatch.setattr(parallel, "can_spread", lambda: cores > 1)
    assert list(parallel.spread(_squares, range(200))) == [number * number for number in range(200)]


def _is_soon(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while not what() and time.monotonic() < end:
        time.sleep(0.01)
    return what()


def test_work_ahead_is_done_as_long_as_it_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "can_spread", lambda: True)
    ahead = parallel.Ahead((tmp_path / str(number)).touch() for number in count())
    assert _is_soon(lambda: len([*tmp_path.iterdir()]) > 10)
    ahead.end()
    done = len([*tmp_path.iterdir()])
    time.sleep(0.1)
    assert len([*tmp_path.iterdir()]) == done


def test_where_no_core_is_free_nothing_is_done_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "can_spread", lambda: False)
    parallel.Ahead((tmp_path / str(number)).touch() for number in count()).end()
    assert not [*tmp_path.iterdir()]


def test_files_that_are_made_ahead_are_not_made_again(house: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "can_spread", lambda: True)
    whole, site = house.book(), house.root / "site"
    making = Making(whole, Renderer(whole))
    ahead = making.begin_files()
    assert _is_soon(lambda: len([*kept.FOLDER.glob("files/*/*")]) == len(KINDS) * len(whole.plans))
    ahead.end()
    monkeypatch.setattr(Making, "_fresh_stuff", None)
    making.write_plans(cast("Frame", _Bare()), whole.plans, site)
    for plan in whole.plans.values():
        for kind in KINDS:
            made = kind.make(Stuff(plan, whole, Renderer(whole)))
            assert (site / kind.url(plan.id)).read_bytes() == made, kind.name


def _squares(numbers: range) -> list[int]:
    return [number * number for number in numbers]


def test_what_is_made_of_one_plan_is_what_is_made_of_it_among_all(house: DataFolder) -> None:
    whole = house.book()
    making, site = Making(whole, Renderer(whole)), house.root / "site"
    making.make_overviews()
    macros = Renderer(whole).macros()
    for _ in ("made", "kept"):
        making.write_plans(cast("Frame", _Bare()), whole.plans, site)
        for plan in whole.plans.values():
            page = f"{plan.title} {plan_url(plan.id)} {macros['plan_page'](plan_url(plan.id), plan.id)}"
            assert (site / plan_url(plan.id)).read_text(encoding="utf-8") == page
            for kind in KINDS:
                made = kind.make(Stuff(plan, whole, Renderer(whole)))
                assert (site / kind.url(plan.id)).read_bytes() == made, kind.name
        shutil.rmtree(site)
    for unit in whole.units:
        assert making.overview("unit", unit) == str(macros["unit_page"](unit_url(unit), unit))


class _Bare:
    """A frame of nothing."""

    key = ""

    def filled(self, *said: str) -> str:
        return " ".join(said)


def test_what_was_made_by_hand_stays(house: DataFolder) -> None:
    whole, site = house.book(), house.root / "site"
    page, file = plan_url(ALPHA), KINDS[0].url(ALPHA)
    for name in (page, file):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("mine", encoding="utf-8")
    Making(whole, Renderer(whole), frozenset([BETA])).write_plans(cast("Frame", _Bare()), whole.plans, site)
    assert {(site / name).read_text(encoding="utf-8") for name in (page, file)} == {"mine"}
    assert not (site / plan_url(BETA)).exists()
    assert (site / KINDS[0].url(BETA)).exists()


def test_a_page_is_made_again_when_what_it_is_made_of_changes(house: DataFolder) -> None:
    whole = house.book()
    key = Making(whole, Renderer(whole)).page_key
    others = dict(whole.plans)
    changed = replace(whole, plans=others | {ALPHA: others[ALPHA].model_copy(update={"title": "新的标题"})})
    unit = next(iter(whole.units.values()))
    renamed = replace(whole, units=dict(whole.units) | {unit.id: unit.model_copy(update={"name": "新的名称"})})
    for book_ in (changed, renamed):
        assert Making(book_, Renderer(book_)).page_key("plan", ALPHA) != key("plan", ALPHA)
    assert Making(changed, Renderer(changed)).page_key("plan", BETA) != key(
        "plan", BETA
    )  # It offers the other as related.
    assert Making(whole, Renderer(whole), frozenset([BETA])).page_key("plan", ALPHA) != key("plan", ALPHA)


def test_what_no_build_asks_for_is_thrown_away(house: DataFolder) -> None:
    loaded(house)
    now = time.time()
    files = [path for path in kept.FOLDER.rglob("*") if path.is_file()]
    os.utime(files[0], (now - 15 * kept.DAY, now - 15 * kept.DAY))
    kept.forget()
    assert not files[0].exists()
    assert all(path.exists() for path in files[1:])
    os.utime(files[1], (now - 15 * kept.DAY, now - 15 * kept.DAY))
    kept.forget()
    assert files[1].exists(), "it has been looked at today"
    kept.forget(now + 2 * kept.DAY)
    assert not files[1].exists()
