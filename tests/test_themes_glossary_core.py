"""What stands across plans: a page a theme, the glossary with its marks in the text, what every unit does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from macros import checklist, urls
from macros.book import load
from macros.checklist import plan_checklist, theme_checklist, themes_of
from macros.core import core_checklist, recurrences, spread
from macros.document import Heading, Paragraph, document
from macros.exports import api
from macros.glossary import AWARDS, KINDS, awards, shelves
from macros.marking import FirstUses
from macros.model import Book, CoreItem, Plan, Task, Term, Theme
from macros.render import Renderer
from tests.book_of_tests import ALPHA, BETA, DataFolder
from tests.html_tree import Element, parse

BOOK = load(Path(__file__).parent.parent)
PLANS = tuple(BOOK.plans.values())
USED = themes_of(PLANS, BOOK)
TERM_LINK = "term-link"

every_theme = pytest.mark.parametrize("theme", USED, ids=lambda theme: theme.id)
every_term = pytest.mark.parametrize("term", BOOK.glossary.values(), ids=lambda term: term.id)
every_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
every_item = pytest.mark.parametrize("item", BOOK.core.values(), ids=lambda item: item.id)


@pytest.fixture(scope="session")
def page(site: Path) -> Callable[[str], Element]:
    """Read what pages of the site hold, each once."""
    return cache(lambda name: parse((site / name).read_text(encoding="utf-8")).one("article"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Read the tiny book."""
    return DataFolder.in_(tmp_path_factory.mktemp("book")).book()


def joined(text: str) -> str:
    return " ".join(text.split())


def instances(theme: Theme) -> list[tuple[Plan, Task]]:
    return [(plan, task) for plan in PLANS for task in plan.tasks if theme.id in task.themes]


def section_named(article: Element, label: str) -> Element:
    return article.one("section", aria_labelledby=label)


# Themes.


def test_every_theme_is_used_by_a_task() -> None:
    assert set(BOOK.themes) == {theme.id for theme in USED}


def test_a_theme_with_too_many_tasks_shows_whole_plans_and_leads_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = max(USED, key=lambda theme: len(instances(theme)))
    monkeypatch.setattr(checklist, "MOST_TASKS", 20)
    article = parse(str(Renderer(BOOK).macros()["theme_page"](urls.theme_url(theme.id), theme.id)))
    shown = [task.attributes["data-task-id"] for task in article.all("li", class_="task")]
    assert 0 < len(shown) <= 20
    links = {link.attributes["href"]: link for link in article.one("ul", class_="theme-others").all("a")}
    told = instances(theme)
    assert [task.id for _, task in told][: len(shown)] == shown
    for plan in {plan.id for plan, _ in told[len(shown) :]}:
        assert f"../../plans/{plan}/index.html?theme={theme.id}#checklist" in links
    assert len(links) == len({plan.id for plan, _ in told[len(shown) :]})


def test_frequent_themes_come_first() -> None:
    assert [theme.frequent for theme in USED] == sorted((theme.frequent for theme in USED), reverse=True)


@every_theme
def test_a_theme_has_a_page_with_exactly_its_tasks(page: Callable[[str], Element], theme: Theme) -> None:
    shown = list(page(urls.theme_url(theme.id)).all("li", class_="task"))
    assert [(row.attributes["data-plan"], row.attributes["data-task-id"]) for row in shown] == [
        (plan.id, task.id) for plan, task in instances(theme)
    ]
    for row, (plan, task) in zip(shown, instances(theme), strict=True):
        assert row.attributes["id"] == f"task-{plan.id}--{task.id}"
        assert row.attributes["data-unit"] == plan.unit
        assert row.attributes["data-role"].split() == [task.owner.role, *task.owner.support]
        assert row.one("span", data_cell="text").text() == joined(task.text)


@every_theme
def test_a_task_on_a_theme_page_leads_to_its_plan(page: Callable[[str], Element], theme: Theme) -> None:
    here = urls.theme_url(theme.id)
    for row, (plan, task) in zip(page(here).all("li", class_="task"), instances(theme), strict=True):
        cell = row.one("dd", data_cell="source")
        assert cell.text().startswith(f"《{plan.title}》")
        assert cell.one("a").attributes["href"] == urls.relative(f"{urls.plan_url(plan.id)}#task-{task.id}", here)


@every_theme
def test_a_theme_page_is_grouped_and_filtered_by_what_its_tasks_have(
    page: Callable[[str], Element], theme: Theme
) -> None:
    article = page(urls.theme_url(theme.id))
    found = instances(theme)
    plans = list(dict.fromkeys(plan.id for plan, _ in found))
    assert [group.one("h3").one("a").text() for group in article.all("section", class_="task-group")] == [
        BOOK.plans[plan].title for plan in plans
    ]
    offered = {
        choice.attributes["name"]: [option.attributes["value"] for option in choice.all("option")][1:]
        for choice in article.one("form", data_filters="checklist-body").all("select")
    }
    assert set(offered) == {"unit", "plan", "role"}
    assert offered["unit"] == list(dict.fromkeys(plan.unit for plan, _ in found))
    assert offered["plan"] == plans
    assert set(offered["role"]) == {role for _, task in found for role in (task.owner.role, *task.owner.support)}


@every_theme
def test_the_index_counts_the_tasks_plans_and_units_of_a_theme(page: Callable[[str], Element], theme: Theme) -> None:
    here = "themes/index.html"
    cards = {card.one("a").attributes["href"]: card for card in page(here).all("li", class_="theme-card")}
    found = instances(theme)
    card = cards[urls.relative(urls.theme_url(theme.id), here)]
    plans, units = {plan.id for plan, _ in found}, {plan.unit for plan, _ in found}
    assert theme.name in card.text()
    assert theme.summary in card.text()
    assert f"{len(found)} 项任务，{len(plans)} 份方案，{len(units)} 类单位" in card.text()
    assert len(cards) == len(USED)


def test_a_theme_that_no_task_has_has_no_page(small: Book) -> None:
    plans = {plan.id: plan for plan in small.plans.values() if plan.id == BETA}
    assert [theme.id for theme in themes_of(plans.values(), small)] == ["learning"]


def test_both_kinds_of_checklist_say_the_same_of_a_task(small: Book) -> None:
    own = {row.id: row for group in plan_checklist(small.plans[ALPHA], small).groups for row in group.rows}
    for group in theme_checklist(small.themes["learning"], small.plans.values(), small).groups:
        for row in group.rows:
            if group.id == ALPHA:
                mine = own[row.id]
                assert (row.text, row.owner, row.when, row.record) == (mine.text, mine.owner, mine.when, mine.record)
                assert row.anchor != mine.anchor


# The glossary.


@every_term
def test_a_term_stands_whole_in_the_glossary(page: Callable[[str], Element], term: Term) -> None:
    entry = section_named(page("glossary/index.html"), f"term-{term.id}")
    assert entry.attributes["data-kind"] == KINDS[term.kind]
    assert entry.one("h3").text().startswith(joined(term.name))
    assert [item.text() for item in entry.all("li")] == [joined(member) for member in term.members]
    for words in (
        term.text,
        term.open,
        *term.aliases,
        *(place.heading for place in (term.source, *term.also) if place),
    ):
        assert joined(words or "") in entry.text()


@every_term
def test_a_term_leads_to_the_plans_that_use_it_and_to_its_parent(page: Callable[[str], Element], term: Term) -> None:
    here = "glossary/index.html"
    entry = section_named(page(here), f"term-{term.id}")
    links = [link.attributes["href"] for link in entry.all("a")]
    plans = [plan.id for plan in PLANS if term.id in plan.terms]
    assert entry.attributes["data-plan"].split() == plans
    assert {urls.relative(urls.plan_url(plan), here) for plan in plans} <= set(links)
    if term.parent:
        assert f"#term-{term.parent}" in links
    for other in BOOK.glossary.values():
        assert (f"#term-{other.id}" in links) == (other.parent == term.id or other.id == term.parent)


def test_every_member_of_every_list_is_on_the_site(page: Callable[[str], Element]) -> None:
    text = page("glossary/index.html").text()
    members = [member for term in BOOK.glossary.values() for member in term.members]
    assert len(members) > 100
    assert [member for member in members if joined(member) not in text] == []


def test_every_term_is_used_by_a_plan_or_by_another_term() -> None:
    used = {term for plan in PLANS for term in plan.terms}
    used.update(term.parent for term in BOOK.glossary.values() if term.parent)
    used.update(award.campaign for award in BOOK.awards.values() if award.campaign)
    assert [term for term in BOOK.glossary if term not in used] == []


def test_every_kind_of_term_has_its_shelf_and_nothing_is_lost() -> None:
    found = shelves(BOOK)
    assert {shelf.name for shelf in found} == {term.kind for term in BOOK.glossary.values()}
    assert Counter(entry.term.id for shelf in found for entry in shelf.entries) == Counter(list(BOOK.glossary))
    assert len({*KINDS.values(), AWARDS[1]}) == len(KINDS) + 1


def test_awards_stand_in_a_table_of_their_own(page: Callable[[str], Element]) -> None:
    article = page("glossary/index.html")
    assert [row.attributes["id"] for row in article.one("table").all("tr") if "id" in row.attributes] == [
        f"award-{award}" for award in BOOK.awards
    ]
    for entry in awards(BOOK):
        award, row = entry.award, article.one("tr", id=f"award-{entry.award.id}")
        words = [award.name, award.theme or "", award.candidates, award.scope, award.open or "", *award.criteria]
        words += [BOOK.glossary[award.campaign].name] if award.campaign else []
        words += [plan.title for plan in entry.plans]
        assert [one for one in words if joined(one) not in row.text()] == []
        assert row.attributes["data-plan"].split() == [plan.id for plan in entry.plans]


def test_the_glossary_offers_every_plan_that_has_an_entry_in_it(page: Callable[[str], Element]) -> None:
    choice = page("glossary/index.html").one("select", name="plan")
    offered = [option.attributes["value"] for option in choice.all("option")][1:]
    assert offered == [plan.id for plan in PLANS if plan.terms or plan.awards]


@every_plan
def test_the_terms_of_a_plan_page_lead_to_the_glossary(page: Callable[[str], Element], plan: Plan) -> None:
    here = urls.plan_url(plan.id)
    for name in plan.terms:
        link = page(here).one("div", id=f"term-{name}").one("dt").one("a")
        assert link.attributes["href"] == urls.relative(urls.glossary_url(name), here)


# Terms marked in the text.


def term(id_: str, name: str, *aliases: str) -> Term:
    return Term(id=id_, name=name, kind="术语", aliases=aliases, origin="editor")


def marks(uses: FirstUses, text: str) -> list[tuple[str, str]]:
    pieces = list(uses.cut(text))
    assert "".join(words for words, _ in pieces) == text
    return [(words, id_) for words, id_ in pieces if id_]


def test_a_term_is_marked_where_it_is_used_first_and_only_there() -> None:
    uses = FirstUses([term("a", "四个公开")])
    assert marks(uses, "先做四个公开，再查四个公开。") == [("四个公开", "a")]
    assert marks(uses, "四个公开") == []


def test_the_longest_name_is_meant() -> None:
    uses = FirstUses([term("short", "四个一"), term("long", "四个一流")])
    assert marks(uses, "争创四个一流，开展四个一活动") == [("四个一流", "long"), ("四个一", "short")]


def test_a_name_inside_a_longer_one_that_came_up_before_is_left_alone() -> None:
    uses = FirstUses([term("short", "四个一"), term("long", "四个一流")])
    assert marks(uses, "四个一流") == [("四个一流", "long")]
    assert marks(uses, "四个一流") == []
    assert marks(uses, "四个一") == [("四个一", "short")]


def test_an_alias_counts_as_a_use() -> None:
    uses = FirstUses([term("a", "公开", "亮牌")])
    assert marks(uses, "亮牌以后再公开") == [("亮牌", "a")]


@pytest.mark.parametrize("name", ["（一）.*", "a+b", "[x]", "“八心”", "八心 原则"])
def test_no_name_is_taken_for_a_pattern(name: str) -> None:
    assert marks(FirstUses([term("a", name)]), f"前{name}后") == [(name, "a")]


def test_without_terms_nothing_is_marked() -> None:
    assert marks(FirstUses([]), "四个公开") == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("做好四个公开。", '做好<a class="term-link" href="T">四个公开</a>。'),
        ("【单位全称】四个公开", 'B<a class="term-link" href="T">四个公开</a>'),
        ("四个【单位全称】公开", "四个B公开"),
        ("四个公开与窗口", '<a class="term-link" href="T">四个公开</a>与窗口'),
    ],
)
def test_blanks_and_terms_stand_side_by_side(small: Book, text: str, html: str) -> None:
    plan = small.plans[BETA]
    section = plan.sections[0].model_copy(
        update={"body": (plan.sections[0].body[0].model_copy(update={"text": text}),)}
    )
    changed = plan.model_copy(update={"sections": (section,), "terms": ("four-opens",)})
    book = Book(**{**vars(small), "plans": {**small.plans, BETA: changed}})
    page = str(Renderer(book).macros()["plan_page"](urls.plan_url(BETA), BETA))
    line = re.search(r'<p class="paper-line" data-paper="line">(.*?)</p>', page)
    assert line
    shown = re.sub(r'<span class="blank".*?</span>', "B", line[1])
    assert shown.replace("../../glossary/index.html#term-four-opens", "T").replace("&#46;", ".") == html


def paper(article: Element) -> Iterator[Element]:
    for item in article.all():
        if item.attributes.get("id", "").startswith("s-") or item.attributes.get("data-paper") == "line":
            yield item


@every_plan
def test_marks_stand_in_the_text_once_a_term_and_change_no_word(page: Callable[[str], Element], plan: Plan) -> None:
    here = urls.plan_url(plan.id)
    marked: list[str] = []
    for part, element in zip(document(plan, BOOK), paper(page(here)), strict=True):
        links = list(element.all("a", class_=TERM_LINK))
        assert not (links and isinstance(part, Heading))
        marked += [link.attributes["href"] for link in links]
        if isinstance(part, Paragraph):
            shown = element.text(lambda one: one.has_class("by-editor"))
            assert shown == joined(f"{part.number}{part.lead}{'。' if part.lead else ''}{part.text}")
    assert len(marked) == len(set(marked))
    assert set(marked) <= {urls.relative(urls.glossary_url(name), here) for name in plan.terms}
    assert marked == [link.attributes["href"] for link in page(here).all("a", class_=TERM_LINK)]


@every_plan
def test_a_term_whose_name_stands_in_the_text_is_marked(page: Callable[[str], Element], plan: Plan) -> None:
    here = urls.plan_url(plan.id)
    marked = {link.attributes["href"] for link in page(here).all("a", class_=TERM_LINK)}
    lines = [f"{part.lead}\n{part.text}" for part in document(plan, BOOK) if isinstance(part, Paragraph)]
    others = sorted((name for one in plan.terms for name in names(one)), key=len, reverse=True)
    for one in plan.terms:
        free = "\n".join(lines)
        for name in others:
            if name not in names(one):
                free = free.replace(name, "\n")
        if any(name in free for name in names(one)):
            assert urls.relative(urls.glossary_url(one), here) in marked, one


def names(id_: str) -> tuple[str, ...]:
    found = BOOK.glossary[id_]
    return (found.name, *found.aliases)


# What every unit does.


def test_there_are_as_many_items_as_a_reader_takes_in() -> None:
    assert 12 <= len(BOOK.core) <= 20


@every_item
def test_an_item_recurs_in_the_sources_of_several_kinds_of_unit(item: CoreItem) -> None:
    found = next(one for one in recurrences(BOOK) if one.item is item)
    said = {
        plan.id: plan.unit
        for plan in PLANS
        for task in plan.tasks
        if f"{plan.id}/{task.id}" in item.tasks and task.origin == "source"
    }
    assert {plan.id for plan in found.by_source} == set(said)
    assert found.units == Counter(said.values())
    assert len(said) >= 2
    assert len(found.units) >= 2
    listed = [f"{plan.id}/{task.id}" for plan, tasks in found.instances for task in tasks]
    assert sorted(listed) == sorted(item.tasks)


@every_item
def test_the_page_shows_an_item_with_its_counts_and_instances(page: Callable[[str], Element], item: CoreItem) -> None:
    here = "core/index.html"
    article = page(here)
    found = next(one for one in recurrences(BOOK) if one.item is item)
    row = article.one("li", id=f"task-{item.id}")
    assert row.one("span", data_cell="text").text() == joined(item.text)
    assert row.one("dd", data_cell="owner").text() == BOOK.roles[item.owner].name
    assert row.one("dd", data_cell="source").text().startswith(spread(found))
    assert row.one("dd", data_cell="source").one("a").attributes["href"].endswith(f"#core-{item.id}")
    links = {link.attributes["href"] for link in article.all("a")}
    for plan, tasks in found.instances:
        for task in tasks:
            assert urls.relative(f"{urls.plan_url(plan.id)}#task-{task.id}", here) in links


def test_what_only_editors_say_is_not_counted(small: Book) -> None:
    (found,) = recurrences(small)
    assert [plan.id for plan in found.by_source] == [ALPHA, BETA]
    assert found.by_editors == ()
    only = found.item.model_copy(update={"tasks": (f"{ALPHA}/measure-waiting", f"{BETA}/meeting")})
    (found,) = recurrences(Book(**{**vars(small), "core": {only.id: only}}))
    assert [plan.id for plan in found.by_source] == [BETA]
    assert [plan.id for plan in found.by_editors] == [ALPHA]
    assert spread(found) == "1 份方案、1 类单位"


def test_the_starting_checklist_has_a_line_for_every_item() -> None:
    rows = [row for group in core_checklist(recurrences(BOOK), BOOK).groups for row in group.rows]
    assert [row.id for row in rows] == list(BOOK.core)
    assert {said.origin for row in rows for said in (*row.owner, *row.when, row.record)} == {"editor"}


def test_the_api_gives_the_common_core() -> None:
    assert f"{api.BASE}/core.json" in dict(api.files(BOOK))


def test_a_file_that_cannot_be_read_is_told_once_and_not_again_by_what_refers_to_it(tmp_path: Path) -> None:
    folder = DataFolder.in_(tmp_path)
    folder.edit(BETA, "nature: 计划", "nature: 计画")
    assert [line for line in folder.said() if "core.yaml" in line] == []
    assert len(folder.said()) == 1


# Finding it.


def test_search_knows_what_kind_the_pages_are(site: Path) -> None:
    for name, kind in (
        ("themes/training/index.html", "清单"),
        ("core/index.html", "清单"),
        ("glossary/index.html", "术语"),
    ):
        assert f'data-search-kind="{kind}"' in (site / name).read_text(encoding="utf-8")


def test_search_leads_to_a_term_itself(site: Path) -> None:
    index = (site / "search" / "index.js").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w-])term-([a-z0-9-]+)", index))
    assert set(BOOK.glossary) <= named


def test_the_navigation_leads_to_every_theme(site: Path) -> None:
    """Look on a page of that part: elsewhere the navigation is pruned."""
    page = (site / "themes" / "index.html").read_text(encoding="utf-8")
    shown = re.findall(r'href="([\w-]+)/index\.html" class="md-nav__link"', page)
    assert [name for name in shown if name in BOOK.themes] == [theme.id for theme in USED]
