"""What was filled in stays: in two windows at once, when storage is blocked, full or broken, and in files."""

import json

from tests.browser.windows import told

PROFILE = {"name": "", "fields": {"unit-name": "甲局"}, "roles": {"window-head": "办公室"}}


def test_a_profile_fills_every_plan_and_a_plan_keeps_its_own() -> None:
    values = told("""
        const storage = new Storage(), a = open(storage);
        a.set(a.id, "", "fields", "unit-name", "甲局");
        a.set(a.id, "", "roles", "window-head", "办公室");
        a.set(a.id, "one", "fields", "new-measures", "一件");
        a.set(a.id, "one", "phases", "kickoff", { first: "2026-05-06", last: "2026-05-20" });
        a.set(a.id, "one", "waived", "x:1", "就是这样写");
        a.entries.flush();
        const b = open(storage);
        return [b.values(b.id, "one"), b.values(b.id, "two"), b.fill(b.id, "one").waived, Object.keys(storage).length];
    """)
    assert values == [
        {
            "fields": {"unit-name": "甲局", "new-measures": "一件"},
            "roles": {"window-head": "办公室"},
            "phases": {"kickoff": {"first": "2026-05-06", "last": "2026-05-20"}},
        },
        {"fields": {"unit-name": "甲局"}, "roles": {"window-head": "办公室"}, "phases": {}},
        {"x:1": "就是这样写"},
        3,
    ]


def test_an_emptied_value_is_gone() -> None:
    assert (
        told("""
        const storage = new Storage(), a = open(storage);
        a.set(a.id, "", "fields", "city", "清河市");
        a.entries.flush();
        a.set(a.id, "", "fields", "city", "");
        a.entries.flush();
        return open(storage).values(a.id, PLAN).fields;
    """)
        == {}
    )


def test_profiles_are_made_copied_named_and_removed_with_their_plans() -> None:
    steps = told("""
        const storage = new Storage(), a = open(storage), first = a.id;
        a.set(first, "", "fields", "unit-name", "甲局");
        a.set(first, PLAN, "fields", "issue-date", "2026-03-01");
        a.create(first);
        const copy = a.active();
        a.create();
        a.set(a.active(), "", "fields", "unit-name", "甲局");
        const labels = a.profiles().map(({ label }) => label);
        const copied = a.values(copy, PLAN).fields;
        a.rename(copy, "乙局");
        a.choose(copy);
        a.entries.flush();
        const kept = open(storage).active() === copy;
        a.remove(copy);
        const left = a.profiles().map(({ label }) => label);
        const rest = Object.keys(storage).filter((name) => name.includes(copy));
        return { labels, copied, kept, left, rest };
    """)
    assert steps == {
        "labels": ["甲局", "甲局（2）", "甲局 副本"],
        "copied": {"unit-name": "甲局", "issue-date": "2026-03-01"},
        "kept": True,
        "left": ["甲局", "甲局（2）"],
        "rest": [],
    }


def test_what_two_windows_change_in_different_places_is_joined() -> None:
    result = told("""
        const storage = new Storage(), a = open(storage);
        a.set(a.id, "", "fields", "city", "甲市");
        a.entries.flush();
        const b = open(storage);
        a.set(a.id, "", "fields", "year", "2026");
        b.set(b.id, "", "fields", "city", "乙市");
        b.set(b.id, "", "roles", "window-head", "大厅");
        b.entries.flush();
        a.entries.flush();
        const conflicts = a.news.filter((one) => one.conflicts && one.conflicts.length);
        return [open(storage).values(a.id, PLAN), a.values(a.id, PLAN), conflicts];
    """)
    joined = {"fields": {"city": "乙市", "year": "2026"}, "roles": {"window-head": "大厅"}, "phases": {}}
    assert result == [joined, joined, []]


def test_what_both_windows_change_is_told_and_can_be_put_back() -> None:
    result = told("""
        const storage = new Storage(), a = open(storage);
        a.set(a.id, "", "fields", "city", "甲市");
        a.entries.flush();
        const b = open(storage);
        a.set(a.id, "", "fields", "city", "这边");
        b.set(b.id, "", "fields", "city", "那边");
        b.entries.flush();
        a.entries.flush();
        const theirs = open(storage).values(a.id, PLAN).fields.city;
        const [{ conflicts }] = a.news.filter((one) => one.conflicts);
        conflicts.forEach(a.insist);
        a.entries.flush();
        return [theirs, conflicts, open(storage).values(a.id, PLAN).fields.city];
    """)
    assert result[0] == "那边"
    assert [(one["path"], one["mine"]) for one in result[1]] == [(["fields", "city"], "这边")]
    assert result[2] == "这边"


def test_nothing_is_lost_in_random_histories_of_two_windows() -> None:
    result = told("""
        let seed = 7, conflicted = 0;
        const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
        const faults = [];
        for (let round = 0; round < 1000; round++) {
            const storage = new Storage(), first = open(storage);
            first.set(first.id, "", "fields", "k0", "start");
            first.entries.flush();
            const windows = [first, open(storage)], given = ["start"], seen = [];
            for (let step = 0; step < 14; step++) {
                const one = windows[random(2)], key = `k${random(3)}`, plan = random(2) ? PLAN : "";
                const values = (plan ? one.fill(one.id, plan) : one.profile(one.id)).fields;
                const act = random(6);
                if (act === 4) one.entries.flush();
                if (act === 5) one.entries.follow(null);
                if (act > 3) continue;
                seen.push(values[key]);
                if (act) given.push(`${round}-${step}`);
                one.set(one.id, plan, "fields", key, act ? `${round}-${step}` : "");
            }
            for (const one of [...windows, ...windows]) one.entries.follow(null);
            const [mine, theirs] = windows.map((one) => JSON.stringify([one.profile(one.id), one.fill(one.id, PLAN)]));
            if (mine !== theirs) faults.push(`${round}: ${mine} ${theirs}`);
            const news = windows.map((one) => one.news).flat();
            const conflicts = news.map((one) => (one.conflicts || []).map(({ mine }) => mine)).flat();
            conflicted += conflicts.length;
            const told = new Set([...seen, ...conflicts]);
            faults.push(...given.filter((value) => !told.has(value) && !mine.includes(`"${value}"`)));
        }
        return { faults, conflicted };
    """)
    assert result["faults"] == []
    assert result["conflicted"] > 300, "the histories must clash, or they show nothing"


def test_a_window_sees_that_its_profile_was_removed_elsewhere() -> None:
    result = told("""
        const storage = new Storage(), a = open(storage);
        a.set(a.id, "", "fields", "city", "甲市");
        a.entries.flush();
        const b = open(storage);
        b.values(b.id, PLAN);
        a.remove(a.id);
        b.entries.follow(`wmck:1:profile:${b.id}`);
        return [b.news[0].removed, b.active() === b.id];
    """)
    assert result[0][0].startswith("profile:")
    assert result[1] is False


BROKEN = ["{", "[]", "null", '{"fields":[]}', '{"fields":{"city":5}}', '{"name":1}', '{"fields":null}']


def test_what_cannot_be_read_is_set_aside_and_told_and_the_others_stay() -> None:
    answers = told(f"""
        return {json.dumps(BROKEN)}.map((text) => {{
            const storage = new Storage();
            storage.setItem("wmck:1:profile:bad", text);
            storage.setItem("wmck:1:profile:good", {json.dumps(json.dumps(PROFILE))});
            storage.setItem("wmck:1:broken:profile:bad", "older");
            const a = open(storage);
            const values = [a.values("bad", PLAN).fields, a.values("good", PLAN).fields];
            a.set("bad", "", "fields", "city", "乙市");
            a.entries.flush();
            const aside = ["bad", "bad+"].map((name) => storage.getItem(`wmck:1:broken:profile:${{name}}`));
            const told = a.entries.trouble().includes("已另外留存");
            return [values, aside, open(storage).values("bad", PLAN).fields, told];
        }});
    """)
    first = [{}, PROFILE["fields"]]
    assert answers == [[first, ["older", text], {"city": "乙市"}, True] for text in BROKEN]


def test_an_entry_broken_by_another_window_is_set_aside_before_ours_is_written() -> None:
    assert told("""
        const storage = new Storage(), a = open(storage);
        a.set(a.id, "", "fields", "city", "甲市");
        a.entries.flush();
        storage.setItem(`wmck:1:profile:${a.id}`, "{broken");
        a.set(a.id, "", "fields", "year", "2026");
        a.entries.flush();
        return [storage.getItem(`wmck:1:broken:profile:${a.id}`), open(storage).values(a.id, PLAN).fields];
    """) == ["{broken", {"city": "甲市", "year": "2026"}]


def test_blocked_storage_is_told_and_everything_works_in_memory() -> None:
    result = told("""
        const a = open(blocked);
        a.set(a.id, "", "fields", "city", "甲市");
        a.entries.flush();
        const text = a.savedFile.written({ profiles: [a.id] }, "2026-01-01T00:00:00Z");
        a.create(a.id);
        const count = open(new Storage()).savedFile.take(text).profiles.length;
        return [a.entries.trouble(), a.values(a.active(), PLAN).fields, a.profiles().length, count];
    """)
    assert "导出备份" in result[0]
    assert result[1:] == [{"city": "甲市"}, 2, 1]


def test_a_full_storage_is_told_nothing_typed_is_lost_and_it_is_kept_once_there_is_room() -> None:
    result = told("""
        const storage = new Storage(300), a = open(storage), long = "长".repeat(400);
        a.set(a.id, "", "fields", "city", "甲市");
        a.entries.flush();
        a.set(a.id, PLAN, "fields", "new-measures", long);
        a.entries.flush();
        a.choose(a.id);
        const full = [a.entries.trouble(), a.values(a.id, PLAN).fields["new-measures"] === long];
        const others = open(storage).values(a.id, PLAN).fields;
        storage.room = Infinity;
        a.entries.flush();
        return [...full, others, a.entries.trouble(), open(storage).values(a.id, PLAN).fields["new-measures"] === long];
    """)
    assert "满了" in result[0]
    assert result[1:] == [True, {"city": "甲市"}, "", True]


def test_three_hundred_lines_and_twenty_thousand_characters_come_back_whole() -> None:
    assert told("""
        const storage = new Storage(), a = open(storage);
        const long = "行".repeat(20000);
        const values = [long, Array.from({ length: 300 }, (_, at) => `${at}=“<b>&\\u2028${at}”`).join("\\n")];
        values.forEach((value, at) => a.set(a.id, PLAN, "fields", `field-${at}`, value));
        a.entries.flush();
        const b = open(new Storage());
        const [id] = b.savedFile.take(open(storage).savedFile.written({ profiles: [a.id] }, "")).profiles;
        return values.map((value, at) => b.values(id, PLAN).fields[`field-${at}`] === value);
    """) == [True, True]


HOSTILE = '{"__proto__":"x","constructor":"y","toString":"z"}'


def test_names_that_objects_have_are_names_like_others() -> None:
    result = told(f"""
        const storage = new Storage(), hostile = {json.dumps(HOSTILE)};
        storage.setItem("wmck:1:profile:p", `{{"__proto__":{{"evil":1}},"fields":${{hostile}},"roles":${{hostile}}}}`);
        const a = open(storage);
        const {{ fields }} = a.values("p", PLAN);
        a.set("p", "", "fields", "__proto__", "changed");
        a.entries.flush();
        const b = open(new Storage());
        const [id] = b.savedFile.take(open(storage).savedFile.written({{ profiles: ["p"] }}, "")).profiles;
        const clean = [{{}}.evil, a.profile("p").evil, fields.valueOf].every((one) => one === undefined);
        return [Object.keys(fields).sort(), fields.__proto__, clean, b.values(id, PLAN).fields.__proto__];
    """)
    assert result == [["__proto__", "constructor", "toString"], "x", True, "changed"]


def envelope(**changes: object) -> str:
    packed = {**PROFILE, "plans": {"transport": {"fields": {"issue-date": "2026-03-01"}}}}
    return json.dumps({"app": "wmck", "kind": "profiles", "version": 1, "profiles": [packed], **changes})


REFUSED = {
    "not JSON": ("{oops", "不是本站导出的"),
    "empty": ("", "不是本站导出的"),
    "foreign": (envelope(app="other"), "不是本站导出的"),
    "a list": ("[1]", "不是本站导出的"),
    "newer": (envelope(version=3), "更新的版本"),
    "no version": (envelope(version="x"), "不是本站导出的"),
    "another kind": (envelope(kind="plan"), "不完整"),
    "no profiles": (envelope(profiles=[]), "什么也没有"),
    "a broken profile": (envelope(profiles=[{"fields": {"city": 5}, "plans": {}}]), "不完整"),
    "a broken plan": (envelope(profiles=[{**PROFILE, "plans": {"x": {"phases": {"a": "5"}}}}]), "不完整"),
    "no plans": (envelope(profiles=[PROFILE]), "不完整"),
    "too long": (envelope(more="LONG"), "超过 2 MB"),
}


def test_a_file_that_is_not_ours_is_refused_with_its_reason_and_changes_nothing() -> None:
    answers = told(f"""
        return {json.dumps([text for text, _ in REFUSED.values()])}.map((text) => {{
            const storage = new Storage(), a = open(storage);
            a.set(a.id, "", "fields", "city", "甲市");
            a.entries.flush();
            const before = JSON.stringify(storage);
            let said = "";
            try {{
                a.savedFile.take(text.replace("LONG", "x".repeat(2 * 1024 * 1024)));
            }} catch (error) {{
                said = error.message;
            }}
            a.entries.flush();
            return [said, before === JSON.stringify(storage)];
        }});
    """)
    for name, (said, same), (_, words) in zip(REFUSED, answers, REFUSED.values(), strict=True):
        assert words in said, name
        assert same, name


def test_a_file_comes_in_beside_what_is_there() -> None:
    result = told(f"""
        const storage = new Storage(), a = open(storage);
        a.set(a.id, "", "fields", "unit-name", "甲局");
        const {{ profiles }} = a.savedFile.take({json.dumps(envelope(later="unknown"))});
        a.entries.flush();
        const b = open(storage);
        return [profiles.length, b.profiles().map(({{ label }}) => label), b.values(profiles[0], "transport").fields];
    """)
    assert result == [1, ["甲局", "甲局（2）"], {"unit-name": "甲局", "issue-date": "2026-03-01"}]


def test_what_a_later_version_adds_to_an_entry_stays_in_it() -> None:
    fields = {"issue-date": "2026-03-01"}
    assert told("""
        const storage = new Storage();
        storage.setItem("wmck:1:fill:p:transport", '{"tasks":{"a":"done"}}');
        storage.setItem("wmck:1:profile:p", "{}");
        const a = open(storage);
        a.set("p", PLAN, "fields", "issue-date", "2026-03-01");
        a.entries.flush();
        return JSON.parse(storage.getItem("wmck:1:fill:p:transport"));
    """) == {"tasks": {"a": "done"}, "fields": fields, "phases": {}, "waived": {}, "options": {}}


def test_clearing_leaves_nothing_of_this_site_and_everything_of_others() -> None:
    assert told("""
        const storage = new Storage(), a = open(storage);
        storage.setItem("other", "1");
        storage.setItem("wmck:0:old", "1");
        a.set(a.id, PLAN, "fields", "city", "甲市");
        a.entries.flush();
        a.clear();
        a.entries.flush();
        return [Object.keys(storage), a.profiles(), a.values(a.active(), PLAN).fields];
    """) == [["other"], [], {}]
