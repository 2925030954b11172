"""The built pages hold everything that the data holds, once, marked, and at a weight that an old network carries."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from macros import urls
from macros.book import load
from macros.checklist import task_groups
from macros.document import Heading, Paragraph, document
from macros.exports import FORMATS, checklist_csv
from macros.exports.cells import inert
from macros.model import Block, Plan, Sourced, Unit
from macros.model.walk import walk
from macros.office import FILES
from macros.pages import Likeness
from macros.wording import REASONS, Said, citation_text, role_names, role_parts, threshold_text, when_parts, when_text
from tests.html_tree import Element, parse

BOOK = load(Path(__file__).parent.parent)
PLANS = tuple(BOOK.plans.values())
UNITS = tuple(BOOK.units.values())
MARK = "编者建议"

FRAME, TASK = (44_000, 8_000), (2_900, 450)
"""What a plan page may weigh, in bytes and zipped: so much for the theme's frame, so much more for each task."""

every_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
every_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)


@pytest.fixture(scope="session")
def page(site: Path) -> Callable[[str], Element]:
    """Read pages of the site, each once."""
    return cache(lambda name: parse((site / name).read_text(encoding="utf-8")))


@pytest.fixture
def article(page: Callable[[str], Element], plan: Plan) -> Element:
    """Read what the page of a plan holds."""
    return page(urls.plan_url(plan.id)).one("article")


def joined(text: str) -> str:
    return " ".join(text.split())


def is_note(element: Element) -> bool:
    """Tell whether an element is beside the words: the sign of a link, the mark of an editor's item."""
    return element.has_class("headerlink") or element.has_class("by-editor")


def part_named(article: Element, anchor: str) -> Element:
    """Give what stands below a heading of the second level."""
    found = Element("", {})
    inside = False
    for item in article.inside:
        if isinstance(item, Element) and item.tag == "h2":
            inside = item.attributes.get("id") == anchor
        elif inside:
            found.inside.append(item)
    assert found.inside, f"no part called {anchor}"
    return found


def items(part: Element, before: str) -> list[Element]:
    """Give the items of the list that follows a heading of the third level."""
    parents = [part, *part.all()]
    for parent in parents:
        inside = [item for item in parent.inside if isinstance(item, Element)]
        for at, item in enumerate(inside):
            if item.attributes.get("id") == before:
                found = next(one for one in inside[at:] if one.tag in {"ul", "div"})
                return list(found.all("li")) or list(found.all("tr"))[1:]
    pytest.fail(f"no heading {before}")


def is_marked(element: Element) -> bool:
    return any(mark.text() == MARK for mark in element.all(class_="by-editor"))


def paper(article: Element) -> Iterator[Element]:
    """Give the headings and lines of the official text, in order."""
    for item in part_named(article, "text").all():
        if item.attributes.get("id", "").startswith("s-") or item.attributes.get("data-paper") == "line":
            yield item


# Every page.


def test_every_page_has_a_language_a_title_and_one_first_heading(site: Path, page: Callable[[str], Element]) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    assert len(names) >= len(PLANS) + len(UNITS) + 3
    for name in names:
        root = page(name)
        assert root.one("html").attributes["lang"] == "zh", name
        assert root.one("head").one("title").text(), name
        headings = [heading.text(is_note) for heading in root.all("h1")]
        assert len(headings) == 1, name
        assert headings[0], name


def test_titles_tell_pages_apart(site: Path, page: Callable[[str], Element]) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html"]
    titles = Counter(page(name).one("head").one("title").text() for name in names)
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_blank_of_the_site_shows_its_label(site: Path, page: Callable[[str], Element]) -> None:
    seen = 0
    for path in site.rglob("*.html"):
        for blank in page(path.relative_to(site).as_posix()).all(class_="blank"):
            field = blank.attributes.get("data-field")
            if field is not None:
                assert blank.text() == f"【{BOOK.fields[field].label}】"
                seen += 1
    assert seen > 100


def test_no_value_is_printed_as_python_writes_it(site: Path, page: Callable[[str], Element]) -> None:
    slips = re.compile(
        r"\bNone\b|\bTrue\b|\bFalse\b|Undefined|object at 0x|\(\)|\{\{|\}\}|&#\d+;|&amp;|wzxhzdk|klzzwxh"
    )
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        for body in page(name).all("article"):
            assert slips.findall(body.text(lambda element: element.tag in {"code", "pre"})) == [], name


def test_no_heading_of_a_generated_page_has_an_anchor_that_moves(page: Callable[[str], Element]) -> None:
    for name in [*map(urls.plan_url, BOOK.plans), *map(urls.unit_url, BOOK.units)]:
        for level in ("h1", "h2", "h3", "h4", "h5", "h6"):
            for heading in page(name).one("article").all(level):
                assert not re.fullmatch(r"_\d*|", heading.attributes.get("id", "")), (name, heading.text())


# The page of a plan.


@every_plan
def test_every_plan_has_its_page_with_its_title(page: Callable[[str], Element], article: Element, plan: Plan) -> None:
    assert article.one("h1").text(is_note) == plan.title
    assert plan.title in page(urls.plan_url(plan.id)).one("head").one("title").text()
    head = article.one("div", data_plan_id=plan.id)
    for words in (plan.summary, plan.nature, BOOK.units[plan.unit].name, plan.updated, plan.caution or ""):
        assert joined(words) in head.text()


@every_plan
def test_the_official_text_stands_on_the_page_line_by_line(article: Element, plan: Plan) -> None:
    parts = document(plan, BOOK)
    shown = list(paper(article))
    assert len(shown) == len(parts)
    for part, element in zip(parts, shown, strict=True):
        lead = f"{part.lead}。" if isinstance(part, Paragraph) and part.lead else ""
        assert element.text(is_note) == joined(f"{part.number}{lead}{part.text}")
        if isinstance(part, Heading):
            assert element.tag == f"h{part.level + 2}"
            assert element.attributes["id"] == f"s-{part.anchor}"


@every_plan
def test_every_section_goal_and_phase_is_in_the_text(article: Element, plan: Plan) -> None:
    text = part_named(article, "text").text(is_note)
    anchors = {element.attributes["id"] for element in paper(article) if "id" in element.attributes}
    for way, item in walk(plan).objects:
        if way[:1] == ("sections",) and isinstance(item, Sourced) and not isinstance(item, Block):
            assert f"s-{item.id}" in anchors  # type: ignore[attr-defined]
            assert joined(item.heading) in text  # type: ignore[attr-defined]
        if isinstance(item, Block):
            assert all(joined(words) in text for words in (item.text or "", *item.items))
    assert all(joined(goal.text) in text and goal.dimension in text for goal in plan.goals)
    assert all(f"s-phase-{phase.id}" in anchors for phase in plan.phases)


@every_plan
def test_what_the_editors_added_to_the_text_is_marked(article: Element, plan: Plan) -> None:
    for part, element in zip(document(plan, BOOK), paper(article), strict=True):
        if isinstance(part, Paragraph):
            assert is_marked(element) == (part.origin == "editor"), part.text


@every_plan
def test_under_each_heading_stands_where_it_comes_from(article: Element, plan: Plan) -> None:
    below = list(part_named(article, "text").inside)
    elements = [item for item in below if isinstance(item, Element)]
    after = {item.attributes.get("id"): elements[at + 1] for at, item in enumerate(elements[:-1])}
    for part in document(plan, BOOK):
        if isinstance(part, Heading):
            follows = after[f"s-{part.anchor}"]
            assert follows.has_class("citation") == bool(part.source or part.origin == "editor"), part.text
            assert is_marked(follows) == (part.origin == "editor"), part.text
            if part.source:
                assert citation_text(part.source.id, part.source.heading) in follows.text()


@every_plan
def test_every_task_stands_once_with_its_facts(article: Element, plan: Plan) -> None:
    shown = {element.attributes["data-task-id"]: element for element in article.all(class_="task")}
    counted = Counter(element.attributes.get("data-task-id") for element in article.all()) - Counter({None: 10**6})
    assert counted == Counter(task.id for task in plan.tasks)
    for task in plan.tasks:
        element = shown[task.id]
        cells = {cell.attributes["data-cell"]: cell for cell in element.all() if "data-cell" in cell.attributes}
        texts = {name: cell.text() for name, cell in cells.items()}
        assert texts["text"] == joined(task.text)
        assert texts["owner"] == role_names(task, BOOK)
        assert texts["when"] == joined(when_text(task.when, plan, BOOK))
        assert texts["record"] == "、".join(task.record.keep)
        assert texts["themes"] == "、".join(BOOK.themes[theme].name for theme in task.themes)
        assert texts.get("source", "") == (citation_text(task.source.id, task.source.heading) if task.source else "")
        assert texts.get("threshold", "") == (threshold_text(task.threshold) if task.threshold else "")
        assert (task.note or "") in element.text()


@every_plan
def test_every_part_of_a_task_that_the_editors_added_is_marked(article: Element, plan: Plan) -> None:
    for task in plan.tasks:
        element = article.one("li", data_task_id=task.id)
        cells = {cell.attributes["data-cell"]: cell for cell in element.all() if "data-cell" in cell.attributes}
        whole = task.origin == "editor"
        assert is_marked(element) == whole
        assert (element.attributes.get("data-by") == "editor") == whole
        facts = {
            "owner": role_parts(task, BOOK),
            "when": when_parts(task.when, plan, BOOK),
            "record": [Said("、".join(task.record.keep), task.record.origin)],
            "threshold": [Said(threshold_text(limit), limit.origin) for limit in [task.threshold] if limit],
        }
        for name, parts in facts.items():
            marked = said_by_editors(cells[name]) if name in cells else []
            assert marked == ([] if whole else editors(parts)), (task.id, name)


def said_by_editors(cell: Element) -> list[str]:
    return [span.text() for span in cell.all("i")]


def editors(parts: Iterable[Said]) -> list[str]:
    return [joined(part.text) for part in parts if part.origin == "editor"]


@every_plan
def test_every_task_has_a_labelled_box_and_the_data_it_is_filtered_by(article: Element, plan: Plan) -> None:
    groups = {task.id: group.id for group in task_groups(plan, BOOK) for task in group.tasks}
    assert set(groups) == {task.id for task in plan.tasks}
    for task in plan.tasks:
        element = article.one("li", data_task_id=task.id)
        assert element.one("label").one("input").attributes["type"] == "checkbox"
        assert element.one("label").text() == joined(f"{element.attributes['data-number']}.{task.text}")
        assert set(element.attributes["data-role"].split()) == {task.owner.role, *task.owner.support}
        assert element.attributes["data-theme"].split() == list(task.themes)
        assert element.attributes["data-phase"] == groups[task.id]


@every_plan
def test_tasks_are_numbered_in_the_order_of_the_page_as_in_the_table(article: Element, plan: Plan) -> None:
    _, *rows = csv.reader(io.StringIO(checklist_csv.make(plan, BOOK).decode("utf-8-sig"), newline=""))
    shown = [
        [task.attributes["data-number"], group.one("h3").text(lambda one: one.tag == "small"), task]
        for group in article.all("section", class_="task-group")
        for task in group.all("li", class_="task")
    ]
    assert [number for number, _, _ in shown] == [str(number) for number in range(1, len(plan.tasks) + 1)]
    assert [row[:3] for row in rows] == [
        [number, part, inert(task.one("span", data_cell="text").text())] for number, part, task in shown
    ]


@every_plan
def test_a_choice_of_a_filter_counts_what_it_shows(article: Element, plan: Plan) -> None:
    tasks = list(article.all("li", class_="task"))
    assert len(tasks) == len(plan.tasks)
    names = {name: {one.id: one.name for one in getattr(BOOK, f"{name}s").values()} for name in ("role", "theme")}
    names["phase"] = {group.id: group.name for group in task_groups(plan, BOOK)}
    for select in article.one("form", data_filters="checklist-body").all("select"):
        for option in list(select.all("option"))[1:]:
            name, value = select.attributes["name"], option.attributes["value"]
            count = sum(value in task.attributes[f"data-{name}"].split() for task in tasks)
            assert option.text() == f"{names[name][value]}（{count}）"


@every_plan
def test_a_filter_is_called_what_its_choices_are(article: Element, plan: Plan) -> None:
    labels = [label.text(lambda one: one.tag == "select") for label in article.all("label", class_="filters__field")]
    groups = {group.id for group in task_groups(plan, BOOK)}
    by_phase = groups <= {"all-year", *(phase.id for phase in plan.phases)}
    assert labels == ["责任", "阶段" if by_phase else "部分", "主题"]


@every_plan
def test_what_marks_mean_is_said_once_above_the_list(article: Element, plan: Plan) -> None:
    assert plan.tasks
    legends = [one.text() for one in part_named(article, "checklist").all("p", class_="legend")]
    assert legends == ["标编者建议的整条是本站补的；带虚线和“编”字的部分是本站补的，原文没有写。"]


@every_plan
def test_the_filters_offer_what_the_tasks_have(article: Element, plan: Plan) -> None:
    offered = {
        choice.attributes["name"]: [option.attributes["value"] for option in choice.all("option")][1:]
        for choice in article.one("form", data_filters="checklist-body").all("select")
    }
    assert set(offered["theme"]) == {theme for task in plan.tasks for theme in task.themes}
    assert set(offered["role"]) == {role for task in plan.tasks for role in (task.owner.role, *task.owner.support)}
    assert offered["phase"] == [group.id for group in task_groups(plan, BOOK)]


@every_plan
def test_every_blank_of_the_plan_is_listed_and_explained(article: Element, plan: Plan) -> None:
    rows = [row.text() for row in part_named(article, "blanks").all("tr")][1:]
    fields = [*(blank.field for blank in plan.blanks), "new-measures"]
    assert len(rows) == len(fields)
    for row, name in zip(rows, fields, strict=True):
        assert row.startswith(f"【{BOOK.fields[name].label}】{BOOK.fields[name].hint}")
    for row, blank in zip(rows, plan.blanks, strict=False):
        assert REASONS[blank.reason] in row
        assert joined(blank.example or "") in row
    in_text = {element.attributes.get("data-field") for element in article.all(class_="blank")} - {None}
    assert in_text <= set(fields)


@every_plan
def test_supervision_and_rewards_are_on_the_page(article: Element, plan: Plan) -> None:
    goals = [goal for goal in plan.goals if goal.thresholds]
    if not (plan.channels or plan.assessment or plan.rewards or plan.awards or goals):
        assert not list(article.all("h2", id="supervision"))
        return
    part = part_named(article, "supervision")
    for name, entries in (("channels", plan.channels), ("assessment", plan.assessment), ("rewards", plan.rewards)):
        shown = items(part, name) if entries else []
        assert len(shown) == len(entries)
        for entry, element in zip(entries, shown, strict=True):
            texts = [joined(text) for key, text in walk(entry).texts if _is_words(key)]
            assert all(text in element.text() for text in texts), texts
            assert is_marked(element) or entry.origin == "source"
    for goal in goals:
        assert all(joined(threshold_text(limit)) in part.text() for limit in goal.thresholds)


def _is_words(way: tuple[str | int, ...]) -> bool:
    return way[-1] in {"text", "place", "value", "item", "content", "feeds", "trigger", "measure", "kind"}


@every_plan
def test_awards_and_terms_are_on_the_page_whole(article: Element, plan: Plan) -> None:
    if plan.awards:
        shown = items(part_named(article, "supervision"), "awards")
        for award, element in zip((BOOK.awards[name] for name in plan.awards), shown, strict=True):
            assert all(
                words in element.text() for words in (award.name, award.scope, award.candidates, award.open or "")
            )
    for name in plan.terms:
        term, element = BOOK.glossary[name], article.one("div", id=f"term-{name}")
        words = [term.name, term.kind, term.text or "", term.open or "", *term.members]
        assert all(joined(one) in element.text() for one in words), name
        assert [item.text() for item in element.all("li")] == list(term.members)
        assert is_marked(element) == (term.origin == "editor")


@every_plan
def test_where_it_comes_from_what_is_missing_and_what_was_changed_is_said(article: Element, plan: Plan) -> None:
    part = part_named(article, "provenance")
    text = part.text()
    for source in (BOOK.sources[name] for name in plan.sources):
        assert f"{source.id}《{source.title}》：{source.nature}" in text
        assert source.year_note in text
    if plan.missing:
        assert [item.text() for item in items(part, "missing")] == [
            joined(one.what + citation_text(one.source.id, one.source.heading)) for one in plan.missing
        ]
    if plan.adapted:
        assert [item.text() for item in items(part, "adapted")] == [joined(line) for line in plan.adapted]
    for basis in plan.basis:
        assert all(joined(words) in text for words in (basis.title, basis.issuer or "", basis.note or ""))


@every_plan
def test_a_plan_that_was_cut_off_says_where(article: Element, plan: Plan) -> None:
    shown = article.one("div", class_="paper-end").text()
    assert ("原文到此为止" in shown) == (plan.state == "partial")
    assert joined(plan.stops_at or "") in shown
    assert joined(plan.new_measures) in shown


@every_plan
def test_every_phase_is_on_the_time_line(article: Element, plan: Plan) -> None:
    if plan.phases:
        shown = list(part_named(article, "timeline").one("ol").all("li"))
        assert [item.one("a").text() for item in shown] == [phase.name for phase in plan.phases]
        assert [item.one("a").attributes["href"] for item in shown] == [f"#s-phase-{phase.id}" for phase in plan.phases]
    else:
        assert not list(article.all("h2", id="timeline"))


@every_plan
def test_related_plans_are_others_and_linked(article: Element, plan: Plan) -> None:
    links = [link.attributes["href"] for link in part_named(article, "related").all("a", class_="plan-card__title")]
    assert 1 <= len(links) <= 4
    assert set(links) <= {
        urls.relative(urls.plan_url(other), urls.plan_url(plan.id)) for other in set(BOOK.plans) - {plan.id}
    }


@every_plan
def test_downloads_are_there(site: Path, article: Element, plan: Plan) -> None:
    links = [link for link in article.all("a") if "data-download" in link.attributes]
    offered = {link.attributes["data-download"]: link for link in links if "data-file" not in link.attributes}
    assert set(offered) == {format_.key for format_ in FORMATS}
    files = {link.attributes["data-file"]: link for link in links if "data-file" in link.attributes}
    assert set(files) == {key for key, file in FILES.items() if file.unfilled}
    for key, link in files.items():
        assert (site / "plans" / plan.id / link.attributes["href"]).is_file()
        assert link.attributes["data-download"] == FILES[key].kind
    for format_ in FORMATS:
        link = offered[format_.key]
        file = site / "plans" / plan.id / unquote(link.attributes["href"])
        assert file.resolve() == (site / format_.url(plan.id)).resolve()
        assert file.read_bytes() == format_.make(plan, BOOK)
        assert link.attributes["download"] == f"{plan.title}-{format_.suffix}"


@every_plan
def test_a_plan_page_is_light_enough(site: Path, plan: Plan) -> None:
    raw = (site / urls.plan_url(plan.id)).read_bytes()
    most, most_zipped = (frame + task * len(plan.tasks) for frame, task in zip(FRAME, TASK, strict=True))
    assert len(raw) <= most
    assert len(gzip.compress(raw, 9)) <= most_zipped


# The pages of units, the lists, the links.


@every_unit
def test_a_unit_page_shows_its_plans_roles_tasks_and_terms(page: Callable[[str], Element], unit: Unit) -> None:
    body = page(urls.unit_url(unit.id)).one("article")
    plans = BOOK.of_unit(unit.id)
    assert body.one("h1").text(is_note) == unit.name
    assert unit.summary in body.text()
    assert {card.text() for card in body.all("a", class_="plan-card__title")} == {plan.title for plan in plans}
    roles = {BOOK.roles[task.owner.role] for plan in plans for task in plan.tasks}
    rows = [row.text() for row in part_named(body, "roles").all("tr")][1:]
    assert len(rows) == len(roles)
    assert all(any(row.startswith(f"{role.name}{role.duty}") for row in rows) for role in roles)
    linked = {link.attributes["href"].partition("#task-")[2] for link in part_named(body, "tasks").all("a")}
    assert linked - {""} == {task.id for plan in plans for task in plan.tasks}
    for term in (BOOK.glossary[name] for plan in plans for name in plan.terms):
        assert term.name in part_named(body, "terms").text()


def test_the_list_holds_every_plan_and_what_it_is_filtered_by(page: Callable[[str], Element]) -> None:
    cards = list(page("plans/index.html").one("article").all("li", class_="plan-card"))
    assert [card.one("a").text() for card in cards] == [plan.title for plan in PLANS]
    for plan, card in zip(PLANS, cards, strict=True):
        assert card.attributes["data-unit"] == plan.unit
        assert card.attributes["data-nature"] == plan.nature
        assert card.attributes["data-state"] == plan.state
        assert set(card.attributes["data-theme"].split()) == {theme for task in plan.tasks for theme in task.themes}
        assert plan.summary in card.text()


def test_every_unit_is_offered_on_the_first_page(page: Callable[[str], Element]) -> None:
    cards = list(page("index.html").one("article").all("a", class_="unit-card"))
    assert [card.attributes["href"] for card in cards] == [urls.unit_url(unit.id) for unit in UNITS]
    assert all(unit.summary in card.text() for unit, card in zip(UNITS, cards, strict=True))


def test_every_source_is_listed_with_what_it_became(page: Callable[[str], Element]) -> None:
    body = page("guide/sources.html").one("article")
    for source in BOOK.sources.values():
        row = body.one("section", id=f"source-{source.id}")
        became = BOOK.plans[source.plan].title if source.plan in BOOK.plans else "尚未整理"
        words = [source.id, source.title, source.nature, source.year_note, source.stops_at or "", became, *source.notes]
        assert all(joined(one) in row.text() for one in words), source.id


def test_of_all_plans_the_navigation_of_a_plan_page_shows_this_one_below_the_list(
    page: Callable[[str], Element],
) -> None:
    for plan in PLANS:
        root = page(urls.plan_url(plan.id))
        (navigation,) = root.all("nav", class_="md-nav--primary")
        links = [link for link in navigation.all("a") if link.attributes.get("href", "").startswith(("../", "index"))]
        assert [link.attributes["href"] for link in links if "md-nav__link--active" in link.attributes["class"]] == [
            "index.html"
        ]
        others = {urls.relative(urls.plan_url(other.id), urls.plan_url(plan.id)) for other in PLANS if other != plan}
        assert not others & {link.attributes["href"] for link in links}
        assert "../index.html" in {link.attributes["href"] for link in links}
        (tab,) = root.all("li", class_="md-tabs__item--active")
        assert tab.text() == "方案"


def test_a_plan_page_has_its_own_title_and_contents_list_and_no_other(page: Callable[[str], Element]) -> None:
    for plan in PLANS:
        root = page(urls.plan_url(plan.id))
        assert root.one("head").one("title").text() == f"{plan.title} - 文明窗口创建方案库"
        topic = root.one(data_md_component="header-topic")
        assert topic.text() == plan.title
        headings = [
            (f"#{heading.attributes['id']}", heading.text(_is_link))
            for heading in root.one("article").all()
            if heading.tag in {"h2", "h3"} and any(heading.all("a", class_="headerlink"))
        ]
        (listed,) = root.all("div", data_md_type="toc")
        assert [(link.attributes["href"], link.text()) for link in listed.all("a")] == headings


def _is_link(element: Element) -> bool:
    return element.has_class("headerlink")


def test_no_link_leaves_the_site_or_leads_nowhere(site: Path, page: Callable[[str], Element]) -> None:
    looked = 0
    for path in site.rglob("*.html"):
        if path.name == "404.html":
            continue
        for link in page(path.relative_to(site).as_posix()).all("a"):
            parts = urlsplit(link.attributes.get("href", ""))
            assert not parts.netloc, link.attributes
            if parts.path:
                assert (path.parent / unquote(parts.path)).is_file(), (path.name, parts.path)
                looked += 1
    assert looked > 500


def test_plans_that_are_alike_lead_to_those_that_follow_them() -> None:
    plan, *_ = PLANS
    alike = [plan.model_copy(update={"id": f"alike-{number:02}"}) for number in range(20)]
    likeness = Likeness(replace(BOOK, plans={one.id: one for one in alike}))
    names = [one.id for one in alike] * 2
    for at, one in enumerate(alike):
        assert [other.id for other in likeness.nearest(one)] == names[at + 1 : at + 5]


def test_plans_more_alike_come_first_whatever_the_order() -> None:
    themes = {plan.id: {theme for task in plan.tasks for theme in task.themes} for plan in PLANS}

    def likeness(plan: Plan, other: Plan) -> tuple[bool, float]:
        mine, theirs = themes[plan.id], themes[other.id]
        return other.unit == plan.unit, len(mine & theirs) / len(mine | theirs)

    for plan in PLANS:
        best = sorted((likeness(plan, other) for other in PLANS if other != plan), reverse=True)
        assert [likeness(plan, other) for other in Likeness(BOOK).nearest(plan)] == best[:4]
