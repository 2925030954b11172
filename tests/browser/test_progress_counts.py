"""How far a plan is: counts, days, scores, and what a report says of them; the pure scripts, in Node."""

import json
from typing import Any

from macros.book import load
from macros.office import content
from tests.browser.getting import run_node
from tests.browser.scripts import FOLDER
from tests.conftest import ROOT

BOOK = load(ROOT)
CONTENT = content(BOOK.plans["transport-three-creations"], BOOK)
TASKS = [task["id"] for task in CONTENT["tasks"]]
LOADED = (
    *("common/core", "lists/checklist", "common/dates", "common/entries", "common/store"),
    *("my-plans/cells", "my-plans/my-plans", "my-plans/saved-file", "filling/typesetting", "filling/filling"),
    *("progress/progress", "progress/report"),
)

SETUP = """
const vm = require("vm"), fs = require("fs");
const context = vm.createContext({ crypto: require("crypto").webcrypto, setTimeout, clearTimeout });
for (const name of NAMES) vm.runInContext(fs.readFileSync(`${FOLDER}/${name}.js`, "utf8"), context);
const { cells, filling, myPlans, progress, report } = vm.runInContext("planSite", context);
const [a, b, c, d] = TASKS;
const fields = { year: "2026", "unit-name": "甲局", "kickoff-month": "3" };
const known = Object.fromEntries(content.tasks.map((task) => [task.id, task.text]));
const values = { fields, roles: { "campaign-office": "创建办" }, phases: {} };
const made = (cells = {}) => myPlans.create({ plan: content.id, title: content.title, values, known, cells });
const mineOf = (id) => ({
    values: myPlans.values(id), task: (task) => myPlans.task(id, task), under: (prefix) => myPlans.under(id, prefix),
});
"""


def told(code: str) -> Any:  # noqa: ANN401 - JSON
    given = {"NAMES": LOADED, "FOLDER": str(FOLDER), "TASKS": TASKS, "content": CONTENT}
    names = "".join(f"const {name} = {json.dumps(value)};" for name, value in given.items())
    done = run_node("-e", f"{names}{SETUP}console.log(JSON.stringify((() => {{{code}}})()));")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_tasks_are_counted_by_state_and_what_does_not_apply_is_not_to_be_done() -> None:
    tally, share = told("""
        const states = { [a]: "done", [b]: "doing", [c]: "na" };
        const paths = Object.fromEntries(Object.keys(states).map((id) => [`tasks/${id}/state`, states[id]]));
        const tally = progress.tally("", progress.rows(content, mineOf(made(paths)), "2026-01-01"));
        return [tally, progress.share({ ...tally, done: 14 })];
    """)
    every = len(TASKS)
    counts = {"done": 1, "doing": 1, "open": every - 3, "na": 1, "late": 0}
    assert tally == {"name": "", "all": every, "due": every - 1, **counts}
    assert share == f"{round(1400 / (every - 1))}%"


def test_a_task_is_late_from_the_day_after_its_own_day_until_it_is_done() -> None:
    assert told("""
        const on = (state, today) => {
            const id = made({ [`tasks/${a}/due`]: "2026-02-01", [`tasks/${a}/state`]: state });
            return progress.rows(content, mineOf(id), today)[0].late;
        };
        return [on("", "2026-02-01"), on("", "2026-02-02"), on("doing", "2027-01-01"), on("done", "2027-01-01"),
            on("na", "2027-01-01")];
    """) == [False, True, True, False, False]


def test_the_day_that_the_reader_set_goes_before_the_last_day_of_the_phase() -> None:
    assert told("""
        const due = (cells) => progress.rows(content, mineOf(made(cells)), "2026-01-01")[0].due;
        return [due({}), due({ [`tasks/${a}/due`]: "2026-03-10" })];
    """) == ["2026-03-31", "2026-03-10"]


def test_what_comes_next_is_in_order_and_ends_after_the_days_asked_for() -> None:
    assert told("""
        const days = { [a]: "2026-06-30", [b]: "2026-06-01", [c]: "2026-07-01", [d]: "2026-05-31" };
        const id = made(Object.fromEntries(TASKS.map((task) => [`tasks/${task}/due`, days[task] || "2027-01-01"])));
        const rows = progress.rows(content, mineOf(id), "2026-06-01");
        return [progress.next(rows, "2026-06-01", 30).map((row) => row.due), progress.late(rows).map((row) => row.due)];
    """) == [["2026-06-01", "2026-06-30", "2026-07-01"], ["2026-05-31"]]


def test_departments_are_the_owners_written_at_tasks_else_the_units_own_names_of_roles() -> None:
    names, sums = told("""
        const rows = progress.rows(content, mineOf(made({ [`tasks/${a}/owner`]: "人事科" })), "");
        const groups = progress.groupings(content, rows);
        const departments = groups.find(({ name }) => name === "按责任部门").tallies;
        const sum = ({ tallies }) => tallies.reduce((all, one) => all + one.all, 0);
        return [departments.map(({ name }) => name), groups.map(sum)];
    """)
    assert {"人事科", "创建办"} <= set(names)
    assert "创建办公室" not in names
    assert sums[:2] == [len(TASKS), len(TASKS)]


def test_roles_are_shown_beside_departments_only_where_they_differ() -> None:
    assert told("""
        const shown = (roles) => {
            const id = myPlans.create({ plan: content.id, title: "", values: { fields, roles }, known });
            return progress.groupings(content, progress.rows(content, mineOf(id), "")).map(({ name }) => name);
        };
        return [shown({}), shown({ "campaign-office": "创建办" })];
    """) == [["按阶段", "按责任部门", "按主题"], ["按阶段", "按责任部门", "按牵头角色", "按主题"]]


def test_tasks_that_left_the_template_are_counted_apart_and_keep_their_words() -> None:
    gone, all_ = told("""
        const words = "⟦unit-name⟧开⟦gone-field⟧会。";
        const id = made({ "tasks/old/state": "done", "known/old": words, "known/untouched": "没写过。" });
        return [progress.gone(content, mineOf(id)), progress.rows(content, mineOf(id), "").length];
    """)
    assert [(row["text"], row["state"]) for row in gone] == [("甲局开……会。", "done")]
    assert all_ == len(TASKS)


def test_a_plan_whose_template_left_the_site_is_counted_by_what_it_knows() -> None:
    assert told("""
        const bare = progress.bare("旧方案", { a: "⟦unit-name⟧开会。", b: "检查⟦role:x⟧。" }, values);
        const id = made({ "tasks/a/state": "done" });
        const rows = progress.rows(bare, mineOf(id), "2026-01-01");
        const title = report.of(bare, mineOf(id), "2026-01-01").title;
        return [rows.map(({ text, state }) => [text, state]), title];
    """) == [[["甲局开会。", "done"], ["检查……。", ""]], "《旧方案》进展情况"]


def test_scores_are_added_exactly_and_the_difference_is_of_what_has_both() -> None:
    assert told("""
        const about = { number: "1", item: "", content: "", full: "10", note: "" };
        const score = (self, assessed) => ({ ...about, self, assessed });
        return progress.sums([score("0.1", "0.3"), score("0.2", ""), score("好", "1")]);
    """) == {"full": "30", "self": "0.3", "assessed": "1.3", "difference": "0.2"}


def test_cells_are_told_in_words() -> None:
    assert told("""
        const slots = filling.slots(content, values);
        const others = ["fields/year", "roles/campaign-office", "phases/kickoff", "score/2/self", "name"];
        const paths = [`tasks/${a}/state`, ...others];
        const phase = { first: "2026-03-01", last: "" };
        return [paths.map((path) => progress.placeOf(path, content, slots)),
            [progress.valueOf(paths[0], "na"), progress.valueOf(paths[0], ""), progress.valueOf("fields/year", ""),
                progress.valueOf(`tasks/${a}/due`, "2026-03-01"), progress.valueOf("phases/kickoff", phase)]];
    """) == [
        [
            f"任务“{CONTENT['tasks'][0]['text']}” · 状态",
            "单位情况 · 年份",
            "角色 · 创建办公室",
            "阶段“动员部署阶段” · 起止日期",
            "考评第 2 项 · 自评分",
            "方案的名字",
        ],
        ["不适用", "未开始", "（空）", "2026年3月1日", "2026年3月1日 至 没有写"],
    ]


def test_the_report_says_numbers_and_what_was_written_and_nothing_else() -> None:
    lines = told("""
        const cells = { [`tasks/${a}/state`]: "done", [`tasks/${a}/evidence/x`]: "签到表", [`tasks/${b}/state`]: "na",
            [`tasks/${c}/due`]: "2026-04-01" };
        return report.text(report.of(content, mineOf(made(cells)), "2026-04-11")).split("\\n");
    """)
    every = len(TASKS)
    assert lines[0] == "《甲局2026年文明单位、文明行业、文明窗口创建方案》进展情况"
    late = sum("\t2026年" in line for line in lines)
    counts = f"已完成 1 项，进行中 0 项，未开始 {every - 2} 项，不适用 1 项；逾期 {late} 项"
    assert lines[2] == f"共 {every} 项任务：{counts}。应做 {every - 1} 项，完成率 {round(100 / (every - 1))}%。"
    [row] = [line for line in lines if line.endswith("10\t未开始")]
    assert CONTENT["tasks"][2]["text"] in row
    assert any(line.endswith("没有写原因") for line in lines)
    assert any(line.endswith("签到表") for line in lines)
    assert [line for line in lines if "考评" in line] == []
    assert lines[-2:] == ["甲局", "2026年4月11日"]


def test_what_was_typed_cannot_become_a_formula_or_a_place() -> None:
    text, item = told("""
        const id = made({ [`tasks/${a}/state`]: "na", [`tasks/${a}/reason`]: "=1+1 ⟦unit-name⟧" });
        const given = report.of(content, mineOf(id), "2026-01-01");
        const record = report.record(given, content, mineOf(id), {});
        const table = record.lines.find((line) => line.is === "table" && line.rows[0].cells[3].text === "原因");
        return [report.text(given), table.rows[1].cells[3].text];
    """)
    assert "\t'=1+1" in text
    assert item == "=1+1 unit-name"
