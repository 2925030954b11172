"""The Content Security Policy knows the theme's scripts and no others."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from macros import policy

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture(autouse=True)
def _forget() -> None:
    policy.inline_scripts.cache_clear()


@pytest.fixture
def theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a theme of our own in the place of the installed one."""
    folder = tmp_path / "templates"
    for name in policy.TEMPLATES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{{% if x %}}\n  <script>run('{name}')</script>\n{{% endif %}}", encoding="utf-8")
    monkeypatch.setattr(policy, "files", lambda _: tmp_path)
    return folder


def hashes(text: str) -> set[str]:
    return set(re.findall(r"'sha256-([^']+)'", text))


def hash_of(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


def test_nothing_is_allowed_but_what_is_listed() -> None:
    directives = dict(one.split(" ", 1) for one in policy.policy().split("; "))
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy.header()
    assert "*" not in policy.header()
    assert "http" not in policy.header()
    assert re.sub(r" 'sha256-[^']+'", "", directives["script-src"]) == "'self'"
    assert {name: value for name, value in directives.items() if "data:" in value} == {"img-src": "'self' data:"}


def test_a_servers_header_adds_what_a_page_cannot_say_and_fits_into_quotes() -> None:
    assert policy.header() == f"{policy.policy()}; frame-ancestors 'self'"
    assert re.fullmatch(r"[\w '/+=:;.-]+", policy.header())
    assert len(policy.header()) < 2000


def test_every_hash_is_of_a_script_in_the_themes_templates(theme: Path) -> None:
    assert hashes(policy.policy()) == {hash_of(f"run('{name}')") for name in policy.TEMPLATES}
    (theme / policy.TEMPLATES[0]).write_text("<script>other()</script>", encoding="utf-8")
    policy.inline_scripts.cache_clear()
    assert hash_of("other()") in hashes(policy.policy())


@pytest.mark.parametrize(
    "text", ["<p>no script</p>", "<script>run('{{ page.title }}')</script>", "<script>{% x %}</script>"]
)
def test_a_theme_that_has_changed_stops_the_build(theme: Path, text: str) -> None:
    (theme / policy.TEMPLATES[1]).write_text(text, encoding="utf-8")
    with pytest.raises(policy.ThemeChanged, match=policy.TEMPLATES[1]):
        policy.policy()


def test_every_script_of_the_list_is_used_and_a_page_uses_no_other(site: Path) -> None:
    used = {script for page in site.rglob("*.html") for script in SCRIPT.findall(page.read_text(encoding="utf-8"))}
    assert used <= policy.inline_scripts()
    assert {script for script in policy.inline_scripts() if "../../.." not in script} - used <= unused_tabs()


def unused_tabs() -> set[str]:
    """Give the script that opens remembered tabs: our pages have none yet."""
    return {script for script in policy.inline_scripts() if "__tabs" in script}
