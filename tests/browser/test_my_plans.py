"""The reader's own plans: what is kept, copies merged whatever happened to them, and files of every version."""

import json
from pathlib import Path

import pytest

from tests.browser.windows import told

FILES = sorted((Path(__file__).parents[1] / "saved_files").glob("version-*.json"))
HISTORIES = 1200

MADE = """
const GIVEN = {
    plan: "transport", title: "交通局方案", known: { a: "开会。", b: "检查。" },
    values: { fields: { "unit-name": "甲局", year: "2026" }, roles: { head: "办公室" } },
};
"""

RANDOM = (Path(__file__).parent / "histories.js").read_text(encoding="utf-8")


def test_whatever_is_written_and_merged_nothing_is_lost_and_nothing_comes_back() -> None:
    assert (
        told(f"""{RANDOM}
        const wrong = [];
        for (let from = 1; from <= {HISTORIES}; from++) {{
            const {{ copies, all }} = history(from);
            for (const {{ doc, knows }} of copies) {{
                if (JSON.stringify(marks(doc)) !== JSON.stringify(standing(knows, all))) wrong.push(from);
                const held = [].concat(...Object.values(doc.cells));
                if (!held.every((one) => all.get(one.mark).text === JSON.stringify(one))) wrong.push(from);
            }}
        }}
        return wrong.slice(0, 5);
    """)
        == []
    )


def test_copies_merge_to_the_same_in_every_order_and_again() -> None:
    assert (
        told(f"""{RANDOM}
        const wrong = [];
        for (let from = 1; from <= {HISTORIES}; from++) {{
            const docs = history(from).copies.map(({{ doc }}) => doc);
            const forward = docs.reduce(cells.merge, cells.empty());
            const backward = [...docs].reverse().reduce((all, one) => cells.merge(one, all), cells.empty());
            const [first, ...others] = docs;
            const grouped = cells.merge(first, others.reduce(cells.merge, cells.empty()));
            const again = docs.reduce(cells.merge, forward);
            const texts = new Set([forward, backward, grouped, again, copyOf(forward)].map(textOf));
            if (texts.size !== 1) wrong.push(from);
        }}
        return wrong.slice(0, 5);
    """)
        == []
    )


def test_the_histories_hold_conflicts_and_a_writing_over_settles_them() -> None:
    found, settled, said = told(f"""{RANDOM}
        let found = 0, settled = 0, said = 0;
        for (let from = 1; from <= {HISTORIES}; from++) {{
            const docs = history(from).copies.map(({{ doc }}) => doc);
            const all = docs.reduce(cells.merge, cells.empty());
            const clashes = cells.clashes(all);
            found += clashes.length;
            for (const {{ path, writings }} of clashes) {{
                if (writings.every((one) => one.by && one.at)) said++;
                cells.write(all, path, writings[1].value, {{ writer: "judge", by: "", at: "2026-12-01" }});
            }}
            const after = docs.reduce(cells.merge, all);
            settled += clashes.length - cells.clashes(after).length;
        }}
        return [found, settled, said];
    """)
    assert found > HISTORIES / 2
    assert settled == said == found


def test_a_plan_keeps_what_it_was_made_with_and_what_is_written_into_it() -> None:
    facts, values, task, opened = told(f"""{MADE}
        const storage = new Storage(), a = open(storage);
        const id = a.myPlans.create(GIVEN);
        a.myPlans.setWriter("办公室 ");
        a.myPlans.set(id, "tasks/a/state", "done");
        a.myPlans.set(id, "tasks/a/evidence/e1", "签到表");
        a.entries.flush();
        const b = open(storage).myPlans;
        return [b.all(), b.values(id), b.task(id, "a"), b.open("transport") === id];
    """)
    assert facts[0]["label"] == "甲局 2026年 · 交通局方案"
    assert values == {"fields": {"unit-name": "甲局", "year": "2026"}, "roles": {"head": "办公室"}, "phases": {}}
    assert (task["state"], task["due"], task["evidence"]) == ("done", "", {"e1": "签到表"})
    assert opened


def test_a_profile_that_changes_later_changes_no_plan() -> None:
    assert (
        told(f"""{MADE}
        const a = open(new Storage()), id = a.myPlans.create(GIVEN);
        a.set(a.id, "", "fields", "unit-name", "乙局");
        return a.myPlans.values(id).fields["unit-name"];
    """)
        == "甲局"
    )


def test_two_windows_write_one_plan_and_nothing_is_overwritten() -> None:
    left, right, clash = told(f"""{MADE}
        const storage = new Storage(), a = open(storage), id = a.myPlans.create(GIVEN);
        a.entries.flush();
        const b = open(storage);
        b.myPlans.all();
        a.myPlans.set(id, "tasks/a/state", "done");
        b.myPlans.set(id, "tasks/b/state", "doing");
        a.myPlans.set(id, "tasks/b/note", "一");
        b.myPlans.set(id, "tasks/b/note", "二");
        a.entries.flush();
        b.entries.flush();
        a.entries.follow(null);
        const states = ({{ myPlans }}) => ["a", "b"].map((task) => myPlans.task(id, task).state);
        const clashes = a.myPlans.clashes(id);
        const values = (writings) => writings.map((one) => one.value).sort();
        return [states(a), states(b), clashes.map(({{ path, writings }}) => [path, values(writings)])];
    """)
    assert left == right == ["done", "doing"]
    assert clash == [["tasks/b/note", ["一", "二"]]]


def test_three_departments_hand_in_their_copies_and_each_conflict_says_who_and_when() -> None:
    states, clashes, texts = told(f"""{MADE}
        const office = open(new Storage()), id = office.myPlans.create(GIVEN);
        const sent = office.savedFile.written({{ plans: [id] }}, "");
        const done = [["窗口", "a", "done"], ["宣传科", "b", "done"], ["人事科", "a", "na"]];
        const back = done.map(([name, task, state]) => {{
            const their = open(new Storage());
            const [mine] = their.savedFile.take(sent).plans;
            their.myPlans.setWriter(name);
            their.myPlans.set(mine, `tasks/${{task}}/state`, state);
            return their.savedFile.written({{ plans: [mine] }}, "");
        }});
        const {{ savedFile, myPlans }} = office;
        const docs = back.map((text) => savedFile.opened(text).plans[0]);
        const orders = [docs, [...docs].reverse(), [docs[1], docs[0], docs[2], docs[0]]];
        const texts = orders.map((all) => JSON.stringify(savedFile.merged(all)));
        const merged = myPlans.add(savedFile.merged(docs));
        const facts = (one) => [one.by, one.value, Boolean(one.at)];
        const clashes = myPlans.clashes(merged).map(({{ path, writings }}) => [path, writings.map(facts).sort()]);
        return [myPlans.task(merged, "b").state, clashes, new Set(texts).size];
    """)
    assert states == "done"
    assert clashes == [["tasks/a/state", [["人事科", "na", True], ["窗口", "done", True]]]]
    assert texts == 1


def test_plans_of_two_templates_do_not_belong_together() -> None:
    assert told(f"""{MADE}
        const {{ myPlans, savedFile }} = open(new Storage());
        const make = (plan) => myPlans.doc(myPlans.create({{ ...GIVEN, plan }}));
        const [one, two, other] = ["transport", "transport", "hospital"].map(make);
        return [savedFile.belong([one, two]), savedFile.belong([one, other])];
    """) == [True, False]


def test_a_plan_that_is_read_in_twice_is_there_twice_and_the_first_is_untouched() -> None:
    assert told(f"""{MADE}
        const storage = new Storage(), a = open(storage), id = a.myPlans.create(GIVEN);
        const text = a.savedFile.written({{ plans: [id] }}, "");
        a.myPlans.set(id, "fields/unit-name", "改过的局");
        a.savedFile.take(text);
        a.entries.flush();
        return open(storage).myPlans.all().map(({{ label }}) => label);
    """) == ["改过的局 2026年 · 交通局方案", "甲局 2026年 · 交通局方案"]


def test_two_copies_written_in_one_window_merge_without_loss() -> None:
    assert told(f"""{MADE}
        const {{ myPlans, savedFile }} = open(new Storage()), one = myPlans.create(GIVEN);
        const two = myPlans.add(myPlans.doc(one));
        myPlans.set(one, "tasks/a/state", "done");
        myPlans.set(two, "tasks/b/state", "doing");
        const merged = myPlans.add(savedFile.merged([one, two].map(myPlans.doc)));
        return ["a", "b"].map((task) => myPlans.task(merged, task).state);
    """) == ["done", "doing"]


def test_a_broken_plan_is_set_aside_and_the_others_stay() -> None:
    labels, aside, said = told(f"""{MADE}
        const storage = new Storage(), a = open(storage);
        a.myPlans.create(GIVEN);
        a.entries.flush();
        storage.setItem("wmck:1:plan:bad", '{{"line":"x"}}');
        const b = open(storage);
        const first = b.myPlans.all().length;
        const aside = first === 1 && storage.getItem("wmck:1:broken:plan:bad") !== null;
        return [b.myPlans.all().map(({{ label }}) => label), aside, b.entries.trouble()];
    """)
    assert labels == ["甲局 2026年 · 交通局方案"]
    assert aside
    assert "另外留存" in said


def test_where_nothing_can_be_stored_plans_work_in_memory() -> None:
    assert told(f"""{MADE}
        const a = open(blocked), id = a.myPlans.create(GIVEN);
        a.myPlans.setWriter("窗口");
        a.myPlans.set(id, "tasks/a/state", "done");
        a.entries.flush();
        const {{ all, open: opened, writer, task }} = a.myPlans;
        return [all().length, opened("transport") === id, writer(), task(id, "a").state];
    """) == [1, True, "窗口", "done"]


def test_what_was_written_since_the_last_export_is_counted() -> None:
    assert told(f"""{MADE}
        const {{ myPlans }} = open(new Storage()), id = myPlans.create(GIVEN);
        const counts = [myPlans.all()[0].changes];
        myPlans.markExported(id, "2026-11-22T00:00:00Z");
        counts.push(myPlans.all()[0].changes);
        myPlans.set(id, "tasks/a/state", "done");
        myPlans.set(id, "tasks/a/state", "done");
        return [...counts, myPlans.all()[0].changes];
    """) == [0, 0, 1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_every_version_is_read_and_written_again_without_loss(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    again, twice = told(f"""
        const {{ savedFile }} = open(new Storage());
        const write = (text) => {{
            const a = open(new Storage());
            const {{ profiles, plans }} = a.savedFile.take(text);
            return a.savedFile.written({{ profiles, plans }}, "then");
        }};
        const again = write({json.dumps(text)});
        return [again, write(again)];
    """)
    before, after = json.loads(text), json.loads(again)
    assert after["version"] == len(FILES)
    assert after["profiles"] == before["profiles"]
    assert after["plans"] == before.get("plans", [])
    assert twice == again


def test_random_files_of_the_first_version_lose_nothing_on_the_way_up() -> None:
    assert (
        told(f"""
        let seed = 7;
        const random = (n) => {{
            seed = (seed * 1103515245 + 12345) % 2147483648;
            return Math.floor((seed / 2147483648) * n);
        }};
        const some = (most, make) => Array.from({{ length: random(most) }}, (_, at) => make(at));
        const word = () => ["甲局", "", "=1+1", "__proto__", "a\\nb", "<b>", "长".repeat(random(50))][random(7)];
        const texts = () => Object.fromEntries(some(5, () => [word() || "k", word()]));
        const phases = () => Object.fromEntries(some(3, (at) => [`p${{at}}`, {{ first: word(), last: word() }}]));
        const fill = () => ({{ fields: texts(), phases: phases(), waived: texts(), options: {{ notice: true }} }});
        const plans = () => Object.fromEntries(some(4, (at) => [`plan-${{at}}`, fill()]));
        const profile = () => ({{ name: word(), fields: texts(), roles: texts(), plans: plans() }});
        const wrong = [];
        for (let from = 0; from < {HISTORIES}; from++) {{
            const profiles = [profile(), ...some(3, profile)];
            const a = open(new Storage());
            const file = JSON.stringify({{ app: "wmck", kind: "profiles", version: 1, saved: "", profiles }});
            const taken = a.savedFile.take(file);
            const back = JSON.parse(a.savedFile.written(taken, "")).profiles;
            const inOrder = (one) => (a.entries.isMap(one) ? Object.fromEntries(Object.entries(one).sort()) : one);
            const sorted = (value) => JSON.stringify(value, (_, one) => inOrder(one));
            if (sorted(back) !== sorted(profiles)) wrong.push([file, back]);
        }}
        return wrong.slice(0, 1);
    """)
        == []
    )


REFUSED = {
    "a plan without its line": '{"plan":"a","made":"","seen":{},"cells":{}}',
    "a writing without a mark": '{"line":"l","plan":"a","made":"","seen":{},"cells":{"a":[{"value":1,"by":"b"}]}}',
    "a cell without writings": '{"line":"l","plan":"a","made":"","seen":{},"cells":{"a":[]}}',
    "a broken version vector": '{"line":"l","plan":"a","made":"","seen":{"w":"1"},"cells":{}}',
    "no plan at all": "null",
}


@pytest.mark.parametrize("plan", REFUSED.values(), ids=REFUSED.keys())
def test_a_file_with_a_broken_plan_is_refused_as_a_whole(plan: str) -> None:
    said, count = told(f"""
        const a = open(new Storage());
        const file = '{{"app":"wmck","kind":"saved","version":2,"profiles":[],"plans":[{plan}]}}';
        let said = "";
        try {{ a.savedFile.take(file); }} catch (error) {{ said = error.message; }}
        return [said, a.myPlans.all().length];
    """)
    assert "不完整" in said
    assert count == 0


def test_what_finds_no_room_keeps_nothing_else_from_being_written() -> None:
    small, large = told("""
        const storage = new Storage(2000), a = open(storage);
        a.entries.change("fill:x:large", (data) => (data.fields.long = "长".repeat(5000)));
        a.entries.change("profile:x", (data) => (data.name = "甲局"));
        const isKept = a.entries.flush();
        return [[isKept, a.entries.stored("profile:x"), a.entries.trouble()], a.entries.stored("fill:x:large")];
    """)
    assert small[0] is False
    assert "甲局" in small[1]
    assert "空间满了" in small[2]
    assert large is None


def test_a_plan_that_is_made_is_open_although_that_finds_no_room() -> None:
    """What was kept before of what is open must not overrule it."""
    assert told(f"""{MADE}
        const storage = new Storage(), a = open(storage);
        a.myPlans.use("transport", "");
        a.entries.flush();
        storage.room = Object.keys(storage).reduce((sum, key) => sum + key.length + storage[key].length, 0);
        const id = a.myPlans.create(GIVEN);
        return a.myPlans.open("transport") === id;
    """)
