"""Windows with the scripts that keep things, on storages that can be small, broken or blocked; in Node."""

import json
from typing import Any

from tests.browser.getting import run_node
from tests.browser.scripts import FOLDER

WINDOWS = """
const vm = require("vm");
const fs = require("fs");
class Storage {
    constructor(room = Infinity) { Object.defineProperty(this, "room", { value: room, writable: true }); }
    getItem(name) { return Object.prototype.hasOwnProperty.call(this, name) ? this[name] : null; }
    setItem(name, text) {
        const others = Object.keys(this).filter((key) => key !== name).map((key) => key.length + this[key].length);
        if (others.reduce((sum, size) => sum + size, name.length + text.length) > this.room) throw new Error("quota");
        Object.defineProperty(this, name, { value: text, writable: true, enumerable: true, configurable: true });
    }
    removeItem(name) { delete this[name]; }
}
const read = (name) => new vm.Script(fs.readFileSync(`${FOLDER}/${name}.js`, "utf8"));
const PURE = ["common/core", "common/dates", "filling/typesetting", "filling/filling"];
const PLANS = ["my-plans/cells", "my-plans/my-plans", "my-plans/saved-file", "progress/reissue"];
const SCRIPTS = [...PURE, "common/entries", "common/store", ...PLANS].map(read);
const DENY = "Object.defineProperty(this, 'localStorage', { get() { throw 1; } })";
const blocked = {};
function open(storage) {
    const given = { crypto: require("crypto").webcrypto, setTimeout, clearTimeout };
    const context = vm.createContext(storage === blocked ? given : { ...given, localStorage: storage });
    if (storage === blocked) vm.runInContext(DENY, context);
    for (const script of SCRIPTS) script.runInContext(context);
    const { cells, entries, myPlans, reissue, savedFile, store } = vm.runInContext("planSite", context);
    const news = [];
    entries.listeners.push((one) => news.push(one));
    return { ...store, cells, entries, myPlans, reissue, savedFile, news, id: store.active() };
}
const PLAN = "transport";
"""


def told(code: str) -> Any:  # noqa: ANN401 - JSON
    """Run code that may open windows on storages, and give what it returns."""
    program = f"const FOLDER = {json.dumps(str(FOLDER))};{WINDOWS}console.log(JSON.stringify((() => {{{code}}})()));"
    done = run_node("-e", program)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
