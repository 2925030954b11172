// Random histories of people who write, hand copies to each other and merge; for test_my_plans.py.
"use strict";

let seed = 0;
const random = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor((seed / 2147483648) * n); };
const pick = (all) => all[random(all.length)];
const copyOf = (doc) => cells.read(JSON.parse(JSON.stringify(doc)));
const PATHS = ["fields/a", "tasks/x/state", "tasks/x/note", "tasks/y/state", "tasks/y/evidence/e", "__proto__", "valueOf"];
const { cells } = open(new Storage());
// Several people write, hand copies to each other and merge, in any order; `all` are all writings there ever were, each
// with those it was written over: what a copy must hold follows from them alone.
function history(from) {
    seed = from;
    const copies = Array.from({ length: 2 + random(4) }, () => ({ doc: cells.empty(), knows: new Set() }));
    const all = new Map();
    for (let step = 0; step < 4 + random(40); step++) {
        const at = random(copies.length), copy = copies[at];
        if (random(3)) {
            const path = pick(PATHS), before = (copy.doc.cells[path] || []).map((one) => one.mark);
            const who = { writer: `w${at}`, by: `科室${at}`, at: `2026-0${1 + random(9)}-01T00:00` };
            cells.write(copy.doc, path, pick(["", "done", "na", "甲", "乙"]), who);
            for (const one of copy.doc.cells[path] || []) {
                if (before.includes(one.mark)) continue;
                all.set(one.mark, { path, text: JSON.stringify(one), over: new Set(copy.knows) });
                copy.knows.add(one.mark);
            }
        } else {
            const other = pick(copies);
            copy.doc = cells.merge(copy.doc, copyOf(other.doc));
            other.knows.forEach((mark) => copy.knows.add(mark));
        }
    }
    return { copies, all };
}
const textOf = (doc) => JSON.stringify(cells.merge(doc, cells.empty()));
// What must stand in a copy that knows of some writings: those that none of the others at their place was written over.
function standing(knows, all) {
    return [...knows].filter((mark) => {
        const { path } = all.get(mark);
        const isOver = (other) => all.get(other).path === path && all.get(other).over.has(mark);
        return ![...knows].some(isOver);
    }).sort();
}
const marks = (doc) => Object.values(doc.cells).reduce((found, one) => found.concat(one.map(({ mark }) => mark)), []).sort();
