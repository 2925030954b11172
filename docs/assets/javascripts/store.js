// @ts-check
/**
 * What was filled in, on this computer: the profiles of units, `profile:<id>`, and what is a plan's own for each profile
 * and plan, `fill:<id>:<plan>`; `active` names the profile used last.
 *
 * @typedef {{[key: string]: string}} Texts
 * @typedef {{[phase: string]: {first: string, last: string}}} Moves days of the phases that were moved, ISO or empty
 * @typedef {{name: string, fields: Texts, roles: Texts}} Profile
 * @typedef {{fields: Texts, phases: Moves, waived: Texts, options: {[key: string]: any}}} PlanFill
 *
 * @typedef {object} Store
 * @property {() => {id: string, label: string}[]} profiles
 * @property {() => string} active
 * @property {() => boolean} isUsed
 * @property {(id: string) => void} choose
 * @property {(from?: string) => void} create
 * @property {(id: string) => void} remove
 * @property {(id: string, name: string) => void} rename
 * @property {() => void} clear
 * @property {(id: string) => Profile} profile
 * @property {(id: string, plan: string) => PlanFill} fill
 * @property {(id: string, plan: string) => Given} values
 * @property {(id: string, plan: string, section: string, key: string, value: any) => void} set
 * @property {(conflict: Conflict) => void} insist
 * @property {(ids: string[], saved: string) => string} exported
 * @property {(text: string) => number} imported
 * @property {number} LARGEST
 */
(function () {
  "use strict";

  const { entries } = planSite;
  const { isMap } = entries;

  const LARGEST = 2 * 1024 * 1024;
  const [APP, KIND, VERSION] = ["wmck", "profiles", 1];
  let chosen = "";

  /* ------------------------------------------------------------------ shapes */

  entries.kinds.profile = (value) => shape(value, ["fields", "roles"]);
  entries.kinds.fill = (value) => shape(value, ["fields", "phases", "waived", "options"]);

  /**
   * Read what may be anything; what is not known to us stays in it.
   *
   * Why without prototypes: a field may be called `constructor`, and a foreign file may hold `__proto__`.
   * @param {any} value
   * @param {string[]} sections
   */
  function shape(value, sections) {
    if (!isMap(value) || !["string", "undefined"].includes(typeof value.name)) return null;
    const data = Object.assign(Object.create(null), value);
    for (const section of sections) {
      const given = data[section] === undefined ? {} : data[section];
      if (!isMap(given) || !Object.values(given).every((one) => fits(one, section))) return null;
      data[section] = Object.assign(Object.create(null), given);
    }
    return data;
  }

  /**
   * @param {any} value
   * @param {string} section
   */
  function fits(value, section) {
    if (section === "options") return true;
    if (section !== "phases") return typeof value === "string";
    return isMap(value) && typeof value.first === "string" && typeof value.last === "string";
  }

  /* ---------------------------------------------------------------- profiles */

  /** @returns {string[]} */
  function ids() {
    return entries.keys("profile:").map((key) => key.slice("profile:".length));
  }

  /** Give every profile by name; those of one name are numbered. */
  function profiles() {
    const all = ids().map((id) => ({ id, label: labelOf(profile(id)) }));
    all.sort((one, other) => one.label.localeCompare(other.label, "zh"));
    return all.map(({ id, label }, at) => {
      const before = all.slice(0, at).filter((other) => other.label === label).length;
      return { id, label: before ? `${label}（${before + 1}）` : label };
    });
  }

  /** @param {Profile} profile */
  function labelOf({ name, fields }) {
    return name || fields["unit-name"] || "未命名";
  }

  /** Give the profile in use: the one chosen, or used last, or any, or a new one. */
  function active() {
    const [known, last] = [ids(), entries.stored("active") || ""];
    chosen = chosen || (known.includes(last) ? last : known[0] || newId());
    return chosen;
  }

  function isUsed() {
    return ids().length > 0;
  }

  function newId() {
    return [...crypto.getRandomValues(new Uint32Array(2))].map((number) => number.toString(36)).join("");
  }

  /** @param {string} id */
  function choose(id) {
    chosen = id;
    entries.put("active", id);
  }

  /**
   * Make a profile, perhaps as a copy of another with all its plans, and use it.
   * @param {string} [from]
   */
  function create(from) {
    const id = newId();
    restore(id, from ? { ...pack(from), name: `${labelOf(profile(from))} 副本` } : { plans: {} });
    choose(id);
  }

  /** @param {string} id */
  function remove(id) {
    for (const key of [`profile:${id}`, ...entries.keys(`fill:${id}:`)]) entries.remove(key);
    chosen = "";
  }

  function clear() {
    entries.clear();
    chosen = "";
  }

  // Why: it was removed in another window, or is the new one that nothing was filled into before another was made there.
  entries.listeners.push(({ changed }) => {
    if (changed && !ids().includes(chosen)) chosen = "";
  });

  /* ------------------------------------------------------------------ values */

  /**
   * @param {string} id
   * @returns {Profile}
   */
  function profile(id) {
    return entries.read(`profile:${id}`);
  }

  /**
   * @param {string} id of a profile
   * @param {string} plan
   * @returns {PlanFill}
   */
  function fill(id, plan) {
    return entries.read(`fill:${id}:${plan}`);
  }

  /**
   * Give everything that was filled in for a plan: the profile's, and the plan's own.
   * @param {string} id of a profile
   * @param {string} plan
   */
  function values(id, plan) {
    const [{ fields, roles }, own] = [profile(id), fill(id, plan)];
    return { fields: Object.assign(Object.create(null), fields, own.fields), roles, phases: own.phases };
  }

  /**
   * Set a value; an empty one is dropped. Why the profile is touched too: it must be there for its plans to be found.
   * @param {string} id of a profile
   * @param {string} plan or nothing: the profile's own
   * @param {string} section
   * @param {string} key
   * @param {any} value
   */
  function set(id, plan, section, key, value) {
    if (plan) entries.change(`profile:${id}`, () => undefined);
    edit(plan ? `fill:${id}:${plan}` : `profile:${id}`, [section, key], value);
    if (entries.stored("active") !== id) entries.put("active", id);
  }

  /**
   * Set what this window had where another window's value stood against it.
   * @param {Conflict} conflict
   */
  function insist({ key, path, mine }) {
    edit(key, path, mine);
  }

  /**
   * @param {string} id
   * @param {string} name
   */
  function rename(id, name) {
    edit(`profile:${id}`, ["name"], name);
  }

  /**
   * @param {string} key of an entry
   * @param {string[]} path in it
   * @param {any} value
   */
  function edit(key, path, value) {
    entries.change(key, (data) => {
      const [last, ...others] = [...path].reverse();
      const map = others.reduceRight((within, name) => within[name], data);
      if (value) map[last] = value;
      else delete map[last];
    });
  }

  /* ------------------------------------------------------------------- files */

  /** @param {string} id */
  function pack(id) {
    const prefix = `fill:${id}:`;
    const plans = entries.keys(prefix).map((key) => [key.slice(prefix.length), entries.read(key)]);
    return { ...profile(id), plans: Object.fromEntries(plans) };
  }

  /**
   * @param {string} id
   * @param {any} packed
   */
  function restore(id, packed) {
    const { plans, ...own } = JSON.parse(JSON.stringify(packed));
    entries.change(`profile:${id}`, (data) => Object.assign(data, entries.kinds.profile(own)));
    for (const plan of Object.keys(plans)) {
      entries.change(`fill:${id}:${plan}`, (data) => Object.assign(data, entries.kinds.fill(plans[plan])));
    }
  }

  /**
   * Write profiles with all their plans as a file.
   * @param {string[]} wanted
   * @param {string} saved when, ISO
   */
  function exported(wanted, saved) {
    return JSON.stringify({ app: APP, kind: KIND, version: VERSION, saved, profiles: wanted.map(pack) });
  }

  /**
   * Take the profiles of a file in as new ones, never over one that is here, and use the first.
   * @param {string} text
   * @returns {number} how many
   * @throws {Error} with words for the reader; nothing was taken then
   */
  function imported(text) {
    const all = opened(text).map((packed) => ({ id: newId(), packed }));
    for (const { id, packed } of all) restore(id, packed);
    choose(all[0].id);
    return all.length;
  }

  /**
   * @param {string} text
   * @returns {any[]}
   */
  function opened(text) {
    const file = text.length > LARGEST ? null : readJson(text);
    if (text.length > LARGEST) throw new Error("文件超过 2 MB。");
    if (!isMap(file) || file.app !== APP) throw new Error("这不是本站导出的文件，或者文件坏了。");
    if (!(file.version <= VERSION)) throw new Error("文件是更新的版本导出的，请先更新本站。");
    const all = file.kind === KIND && Array.isArray(file.profiles) ? file.profiles : [];
    if (!all.length || !all.every(isPacked)) throw new Error("文件里没有完整的单位资料。");
    return all;
  }

  /** @param {string} text */
  function readJson(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return null;
    }
  }

  /** @param {any} packed */
  function isPacked(packed) {
    if (!entries.kinds.profile(packed) || !isMap(packed.plans)) return false;
    return Object.values(packed.plans).every(entries.kinds.fill);
  }

  planSite.store = {
    ...{ profiles, active, isUsed, choose, create, remove, rename, clear },
    ...{ profile, fill, values, set, insist, exported, imported, LARGEST },
  };
})();
