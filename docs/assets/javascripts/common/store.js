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
 * Where what is filled in for a plan is kept; `own` holds what is the plan's alone, and `isOwn` says that a value is.
 * @typedef {object} Holder
 * @property {() => Given} values
 * @property {() => {waived: Texts, options: {[key: string]: any}}} own
 * @property {(section: string, key: string, value: any, isOwn: boolean) => void} set
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
 * @property {(id: string, plan: string) => Holder} holder
 * @property {(conflict: Conflict) => void} insist
 * @property {(id: string) => any} pack
 * @property {(packed: any) => string} restore
 * @property {(packed: any) => boolean} isPacked
 * @property {() => string} newId
 * @property {<T extends {label: string}>(all: T[]) => T[]} numbered
 */
(function () {
  "use strict";

  const { entries } = planSite;
  const { isMap } = entries;

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

  /** Give every profile by name. */
  function profiles() {
    return numbered(ids().map((id) => ({ id, label: labelOf(profile(id)) })));
  }

  /**
   * Sort by name; those of one name are numbered.
   * @template {{label: string}} T
   * @param {T[]} all
   */
  function numbered(all) {
    const sorted = [...all].sort((one, other) => one.label.localeCompare(other.label, "zh"));
    return sorted.map((one, at) => {
      const before = sorted.slice(0, at).filter(({ label }) => label === one.label).length;
      return { ...one, label: before ? `${one.label}（${before + 1}）` : one.label };
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
    choose(restore(from ? { ...pack(from), name: `${labelOf(profile(from))} 副本` } : { plans: {} }));
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
   * @param {string} id of a profile
   * @param {string} plan
   * @returns {Holder}
   */
  function holder(id, plan) {
    return {
      values: () => values(id, plan),
      own: () => fill(id, plan),
      set: (section, key, value, isOwn) => set(id, isOwn ? plan : "", section, key, value),
    };
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

  /**
   * Give a profile with all its plans.
   * @param {string} id
   */
  function pack(id) {
    const prefix = `fill:${id}:`;
    const plans = entries.keys(prefix).map((key) => [key.slice(prefix.length), entries.read(key)]);
    return { ...profile(id), plans: Object.fromEntries(plans) };
  }

  /**
   * Take a profile with all its plans in as a new one, never over one that is here.
   * @param {any} packed
   * @returns {string} its id
   */
  function restore(packed) {
    const id = newId();
    const { plans, ...own } = JSON.parse(JSON.stringify(packed));
    entries.change(`profile:${id}`, (data) => Object.assign(data, entries.kinds.profile(own)));
    for (const plan of Object.keys(plans)) {
      entries.change(`fill:${id}:${plan}`, (data) => Object.assign(data, entries.kinds.fill(plans[plan])));
    }
    return id;
  }

  /** @param {any} packed */
  function isPacked(packed) {
    if (!entries.kinds.profile(packed) || !isMap(packed.plans)) return false;
    return Object.values(packed.plans).every(entries.kinds.fill);
  }

  planSite.store = {
    ...{ profiles, active, isUsed, choose, create, remove, rename, clear },
    ...{ profile, fill, values, set, holder, insist, pack, restore, isPacked, newId, numbered },
  };
})();
