"""The build as its user meets it: a new file is a new page, and a build that fails leaves the old site alone."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import copy_project, edit

OLD_PLAN = "toll-station-model-window"
NEW_PLAN = "ferry-pier-service"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what a site is made of."""
    return copy_project(tmp_path)


def build(project: Path) -> subprocess.CompletedProcess[str]:
    """Build the copy into its own `site`."""
    command = [sys.executable, "-m", "macros", "build"]
    return subprocess.run(command, cwd=project, check=False, capture_output=True, encoding="utf-8")


def test_a_new_yaml_file_is_a_new_page_everywhere_and_a_page_by_hand_wins(project: Path) -> None:
    """Add one file and nothing else; write one page by hand."""
    plans = project / "data" / "plans"
    text = (plans / f"{OLD_PLAN}.yaml").read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title: "))
    text = text.replace(f"id: {OLD_PLAN}", f"id: {NEW_PLAN}", 1).replace(title, "title: 渡口码头文明服务方案", 1)
    (plans / f"{NEW_PLAN}.yaml").write_text(text, encoding="utf-8")
    by_hand = "---\ntitle: 手写的一页\n---\n\n# 手写的一页\n\n[全部方案](index.md)\n"
    (project / "docs" / "plans" / f"{OLD_PLAN}.md").write_text(by_hand, encoding="utf-8")

    done = build(project)

    assert done.returncode == 0, done.stdout + done.stderr
    site = project / "site"
    assert "渡口码头文明服务方案" in (site / "plans" / NEW_PLAN / "index.html").read_text(encoding="utf-8")
    for page in ("plans/index.html", "units/toll-station/index.html"):
        html = (site / page).read_text(encoding="utf-8")
        assert f'href="{NEW_PLAN}/index.html"' in html or f'href="../../plans/{NEW_PLAN}/index.html"' in html, page
    assert "渡口码头文明服务方案" in (site / "search" / "index.js").read_text(encoding="utf-8")
    api = json.loads((site / "api" / "v1" / "plans.json").read_text(encoding="utf-8"))
    assert NEW_PLAN in {plan["id"] for plan in api}
    assert (site / "api" / "v1" / "plans" / f"{NEW_PLAN}.json").is_file()
    hand = (site / "plans" / OLD_PLAN / "index.html").read_text(encoding="utf-8")
    assert "手写的一页" in hand
    assert "data-task-id" not in hand
    assert hand.count("md-tabs__item--active") == 1
    assert (site / "sitemap.xml").read_text(encoding="utf-8").count("<loc>") in {0, len(list(site.rglob("*.html"))) - 1}


def test_a_build_takes_over_what_is_the_same_and_nothing_else(project: Path) -> None:
    """Edit the data of one plan and the built page of another; what comes is what would come without the old site."""
    site, other = project / "site", "transport-three-creations"
    assert build(project).returncode == 0
    before = {name: (site / "plans" / name / "plan.docx").stat().st_ino for name in (OLD_PLAN, other)}
    page = site / "plans" / other / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", "，改过</h1>", 1), encoding="utf-8")
    edit(project / "data" / "plans" / f"{OLD_PLAN}.yaml", "\ntitle: ", "\ntitle: 新的")

    assert build(project).returncode == 0

    after = {name: (site / "plans" / name / "plan.docx").stat().st_ino for name in (OLD_PLAN, other)}
    assert [after[name] == before[name] for name in (OLD_PLAN, other)] == [False, True]
    assert "新的" in (site / "plans" / OLD_PLAN / "index.html").read_text(encoding="utf-8")
    fresh = files_of(site)
    shutil.rmtree(site)
    shutil.rmtree(project / ".cache")
    assert build(project).returncode == 0
    assert files_of(site) == fresh


def files_of(site: Path) -> dict[str, bytes]:
    """Give every file of a built folder."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_build_that_fails_says_why_and_leaves_the_old_site_alone(project: Path) -> None:
    """Break one thing after the other; the site stays as it was."""
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("old", encoding="utf-8")
    page = project / "docs" / "guide" / "use.md"
    good = page.read_text(encoding="utf-8")
    stolen = project / "stolen"
    faults = {
        "{{ no_such_macro() }}": "no_such_macro",
        f"{{{{ cycler.__init__.__globals__.os.popen('id > {stolen}').read() }}}}": "unsafe",
        "{{ plan_page('no-such-plan') }}": "no-such-plan",
        "[到哪里](nowhere.md)": "nowhere.md",
        '<img src="//example.invalid/x.png" alt="">': "example.invalid",
        '<a href="fields.html#nowhere">x</a>': "fields.html#nowhere",
        "<script>steal()</script>": "不许运行：steal()",
    }
    for fault, said in faults.items():
        page.write_text(f"{good}\n\n{fault}\n", encoding="utf-8")
        done = build(project)
        assert done.returncode != 0, fault
        assert said in done.stdout + done.stderr, fault
        assert (site / "index.html").read_text(encoding="utf-8") == "old", fault
    assert not stolen.exists()
    assert [mkdocs_alone(project, strict) for strict in ("--strict", "--no-strict")] == [1, 0]


def mkdocs_alone(project: Path, strict: str) -> int:
    """Build without our command: what is wrong with a page stops it, unless a preview is wanted."""
    command = [sys.executable, "-m", "mkdocs", "build", strict, "--site-dir", str(project / "alone")]
    return subprocess.run(command, cwd=project, check=False, capture_output=True).returncode


def test_wrong_data_and_wrong_pages_stop_the_build_with_every_problem(project: Path) -> None:
    """Break two plans and one page; all data problems come at once."""
    edit(project / "data" / "plans" / f"{OLD_PLAN}.yaml", "unit: toll-station", "unit: tol-station")
    edit(project / "data" / "plans" / "transport-three-creations.yaml", "nature: 方案", "nature: 方桉")

    done = build(project)

    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert f"data/plans/{OLD_PLAN}.yaml:5:7: 没有编号是“tol-station”的单位类型" in said
    assert "data/plans/transport-three-creations.yaml:6:9:" in said
    assert "Traceback" not in said


def test_a_page_saved_in_gbk_is_told_and_not_a_traceback(project: Path) -> None:
    """Save a page as old Windows programs do."""
    page = project / "docs" / "guide" / "use.md"
    page.write_bytes(page.read_text(encoding="utf-8").encode("gbk", errors="replace"))

    done = build(project)

    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "docs/guide/use.md:" in said
    assert "GBK" in said
    assert "Traceback" not in said


def test_the_frame_filled_for_a_plan_is_the_page_that_the_theme_makes_of_it(project: Path) -> None:
    """Build once as it is and once with MkDocs making every page, with an address of the site and one for edits."""
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\nsite_url: https://intranet.example/x/\nrepo_url: https://git.example/y/\nedit_uri: edit/\n")
    filled, made = (one_build(project, name) for name in ("filled", "made"))
    assert {name for name in filled if filled[name] != made[name]} == set()
    listed = re.findall(
        r"<loc>https://intranet.example/x/([^<]+)</loc>", (project / "filled" / "sitemap.xml").read_text()
    )
    pages = {path.relative_to(project / "filled").as_posix() for path in (project / "filled").rglob("*.html")}
    assert sorted(listed) == sorted(pages - {"404.html"})


def one_build(project: Path, name: str) -> dict[str, str]:
    """Build with mkdocs alone, and give each plan's page without the blanks of the theme."""
    if name == "made":
        edit(project / "macros" / "building.py", "PlanFile(config, path) if is_plan else ", "")
        edit(project / "macros" / "generated.py", '"", {}', '"", PLAN_PAGE if self.url.startswith(PLANS) else {}')
    command = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--site-dir", str(project / name)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    pages = sorted((project / name / "plans").glob("*/index.html"))
    assert len(pages) == len(list((project / "data" / "plans").glob("*.yaml")))
    return {page.parent.name: "".join(page.read_text(encoding="utf-8").split()) for page in pages}


def test_what_is_kept_of_earlier_builds_changes_no_byte(project: Path) -> None:
    """Build with nothing kept and with all; change a plan, and build with the rest kept and with nothing."""
    cold, warm = tree_of(project), tree_of(project)
    assert (project / ".cache" / "macros").is_dir()
    assert cold == warm
    edit(project / "data" / "plans" / f"{OLD_PLAN}.yaml", "title: 收费站", "title: 高速收费站")
    changed = tree_of(project)
    shutil.rmtree(project / ".cache")
    assert changed == tree_of(project)
    differ = {name for name in cold if cold[name] != changed[name]}
    assert f"plans/{OLD_PLAN}/index.html" in differ
    assert "plans/kindergarten-march-etiquette/index.html" not in differ


def tree_of(project: Path) -> dict[str, bytes]:
    """Build, and give every file but the sitemap, which holds the day."""
    done = build(project)
    assert done.returncode == 0, done.stdout + done.stderr
    site = project / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and not path.name.startswith("sitemap.xml")
    }
