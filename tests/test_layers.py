"""Who may import whom: the table below is the architecture, and the code is read to see that it keeps to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

MACROS = Path(__file__).parent.parent / "macros"

# A part is a module or a package of `macros`; each stands above all that it may import.
LAYERS = {
    # What there is.
    "model": "",
    "source": "",
    "json_schema": "",
    "check": "json_schema source",
    "rules": "model",
    "parallel": "",
    "kept": "parallel",
    "ledger": "kept",
    "book": "check kept model parallel rules source",
    # How it is put into words and order.
    "urls": "",
    "wording": "model",
    "document": "model wording",
    "dates": "model wording",
    "timeline": "dates model wording",
    "year": "dates model",
    "typesetting": "",
    "filling": "dates model typesetting wording",
    "marking": "model",
    "glossary": "model",
    "reference": "json_schema model rules",
    "schema": "json_schema model",
    "scaffold": "model reference rules",
    # What is made of it.
    "office": "checklist document filling model urls wording",
    "exports": "checklist document json_schema model reference urls wording",
    "checklist": "model wording",
    "compare": "checklist document model",
    "core": "checklist model urls wording",
    "pages": "checklist compare core document exports glossary model office reference timeline wording year",
    "render": "exports kept marking model pages urls wording",
    "frame": "kept render",
    "making": "book checklist exports filling frame kept ledger model office pages parallel render urls",
    # What knows only finished files.
    "contents": "",
    "mending": "",
    "theme_styles": "",
    "minify": "",
    "policy": "",
    "page_text": "",
    "sounds": "",
    "search_index": "kept ledger page_text parallel sounds",
    "gates": "exports json_schema kept ledger parallel policy search_index",
    "publishing": "",
    "host_check": "",
    "offline": "",
    "preview": "",
    # What begins.
    "calls": "",
    "__init__": "book render",
    "generated": "contents making",
    "building": (
        "__init__ book calls exports frame gates generated kept ledger making mending minify model office policy "
        "preview render search_index source theme_styles urls"
    ),
    "hooks": "building kept preview",
    "__main__": "__init__ book gates host_check ledger offline publishing scaffold schema",
}

RAW = ("|safe", "| safe", "Markup", "autoescape", "tojson", "|e}", "forceescape")
"""Words by which a template could print a value as it is, or escape it twice."""


def part_of(path: Path) -> str:
    return path.relative_to(MACROS).parts[0].removesuffix(".py")


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(MACROS.rglob("*.py")):
        yield part_of(path), path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Give each import: its line, its module, and the name taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name, "") for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from ((node.lineno, node.module or "", name.name) for name in node.names)


def our_part(module: str, name: str) -> str | None:
    """Give the part that an import names, or None if it is not ours."""
    first, _, rest = module.partition(".")
    if first != "macros":
        return None
    if rest:
        return rest.split(".")[0]
    return name if (MACROS / name).is_dir() or (MACROS / f"{name}.py").is_file() else "__init__"


def test_the_table_names_every_part_and_no_other() -> None:
    assert {part for part, _, _ in modules()} == set(LAYERS)


@pytest.mark.parametrize("part", LAYERS)
def test_a_part_imports_only_what_stands_below_it(part: str) -> None:
    allowed = {part, *LAYERS[part].split()}
    wrong = [
        f"{path.relative_to(MACROS)}:{line} imports {target}"
        for own, path, tree in modules()
        if own == part
        for line, module, name in imported(tree)
        if (target := our_part(module, name)) is not None and target not in allowed
    ]
    assert wrong == []


def test_no_part_of_the_table_stands_above_itself() -> None:
    placed: set[str] = set()
    waiting = {part: set(below.split()) for part, below in LAYERS.items()}
    while ready := {part for part, below in waiting.items() if below <= placed}:
        placed |= ready
        waiting = {part: below for part, below in waiting.items() if part not in ready}
    assert waiting == {}


@pytest.mark.parametrize(
    ("package", "only"),
    [
        ("mkdocs", {"building.py", "generated.py", "hooks.py"}),
        ("markupsafe", {"render.py"}),
        ("jinja2", {"building.py", "calls.py", "frame.py", "render.py"}),
    ],
)
def test_few_files_know_a_package(package: str, only: set[str]) -> None:
    knows = {
        path.relative_to(MACROS).as_posix()
        for _, path, tree in modules()
        for _, module, _ in imported(tree)
        if module.split(".")[0] == package
    }
    assert knows == only


def test_only_render_makes_markup() -> None:
    makes = {
        path.relative_to(MACROS).as_posix()
        for _, path, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "Markup")
        or (isinstance(node, ast.Attribute) and node.attr in {"Markup", "__html__"})
    }
    assert makes == {"render.py"}


def test_no_template_prints_a_value_as_it_is() -> None:
    found = [
        f"{path.relative_to(MACROS)}: {word}"
        for path in sorted((MACROS / "templates").rglob("*.j2"))
        for word in RAW
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_the_commands_start_without_what_they_do_not_need() -> None:
    heavy = {
        (path.name, module)
        for part, path, tree in modules()
        if part in {"__init__", "__main__"}
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for _, module, name in imported(ast.Module([node], []))
        if our_part(module, name) not in {None, "__init__"}
    }
    assert heavy == set()
