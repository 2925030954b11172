"""What the documents say of commands, files, pages and buttons is so."""

import re
from pathlib import Path

import pytest
import yaml

import run

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = (*READMES, "CHANGELOG.md")
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
MADE = ("site/", "releases/", ".venv")  # By the commands; not in the repository.

CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"\brun\.py (?:([a-z]+(?:-[a-z]+)*)|…)")
PATH = re.compile(r"(?:[\w.-]+/)+[\w.<>-]*|[\w-]+\.(?:py|md|yml|toml)")
LOCATION = re.compile(
    r"pypi(?!nyin)|npmjs|tsinghua|aliyun|tencent|huaweicloud|pythonhosted|ustc\.edu|artifactory|nexus"
    r"|/(?:home|root|tmp|work|Users|mnt)/|[A-Z]:\\",
    re.IGNORECASE,
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*READMES, "docs/guide/edit.md"])
def test_every_command_named_exists(name: str) -> None:
    named = set(COMMAND.findall(read(name))) - {""}
    assert named
    assert named <= set(run.COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_the_commands_people_need_are_named(name: str) -> None:
    assert {"serve", "build", "check", "new", "test"} <= set(COMMAND.findall(read(name))) | set(
        re.findall(r"^\| `([a-z]+)", read(name), re.MULTILINE)
    )


def test_the_readme_explains_every_command() -> None:
    table = read("README.md").partition("| command of `run.py`")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `([a-z-]+)", table, re.MULTILINE) == list(run.COMMANDS)


@pytest.mark.parametrize("name", [*READMES, "docs/guide/edit.md"])
def test_files_named_in_tables_exist(name: str) -> None:
    rows = [line for line in read(name).splitlines() if line.startswith("|")]
    named = {path for row in rows for code in CODE.findall(row) if (path := PATH.fullmatch(code)) is not None}
    wrong = [path[0] for path in named if not path[0].startswith(MADE) and not is_there(path[0])]
    assert named
    assert wrong == []


def is_there(name: str) -> bool:
    """Tell whether a file is there, from the top or among the scripts; of one with a variable name, its folder."""
    real = name.rpartition("/")[0] if "<" in name or name in EXAMPLES else name
    return any((top / real).exists() for top in (ROOT, ROOT / "docs" / "assets" / "javascripts"))


EXAMPLES = ("data/plans/telecom-hall-daily-patrol.yaml",)


@pytest.mark.parametrize("name", ["README.md"])
def test_every_part_of_the_house_is_in_the_readme(name: str) -> None:
    text = read(name).partition("| folder or file | holds |")[2].partition("\n\n")[0]
    parts = [path for path in (ROOT / "macros").iterdir() if path.name != "__pycache__"]
    missing = [path.name for path in parts if f"macros/{path.name}" not in text]
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    links = [link for link in LINK.findall(read(name)) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link.partition("#")[0]).exists()] == []


def test_every_page_of_the_guide_is_in_the_navigation() -> None:
    nav = str(yaml.safe_load(re.sub(r"!!\S+", "", read("mkdocs.yml")))["nav"])
    guide = [page.removeprefix("docs/") for page in PAGES if page.startswith("docs/guide/")]
    assert [page for page in guide if f"'{page}'" not in nav] == []


@pytest.mark.parametrize("name", [*DOCUMENTS, *PAGES])
def test_no_document_names_a_machine_or_a_registry(name: str) -> None:
    assert LOCATION.findall(read(name)) == []


@pytest.mark.parametrize("name", [page for page in PAGES if page.startswith("docs/guide/")])
def test_headings_of_the_guide_have_addresses_that_stay(name: str) -> None:
    headings = re.findall(
        r"^#+ .*$", re.sub(r"^( *)```.*?^\1```$", "", read(name), flags=re.DOTALL | re.MULTILINE), re.MULTILINE
    )
    assert headings
    assert [heading for heading in headings if not re.search(r" \{: #[a-z-]+ \}$", heading)] == []


def test_what_the_guide_calls_a_button_is_called_so() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "macros" / "templates").rglob("*.j2"))
    formats = read("macros/exports/__init__.py")
    buttons = re.findall(r"[“*]((?:复制|打印|下载|清除)[^”*]*)[”*]", read("docs/guide/use.md"))
    assert len(set(buttons)) >= 8
    assert [button for button in buttons if f">{button}<" not in templates and f'"{button}"' not in formats] == []


def test_the_two_changelogs_have_the_same_sections() -> None:
    english = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.MULTILINE)
    chinese = re.findall(r"^## .*\{: #(\S+) \}", read("docs/guide/changelog.md"), re.MULTILINE)
    assert [name.lower().replace(".", "-") for name in english] == [name.removeprefix("v") for name in chinese]
