// @ts-check
/**
 * The reader's own plans on this computer, `plan:<id>`: what was filled in, how far each task is, and what the template
 * said when it was last looked at. `open:<template>` names the one that is open, `writer` who writes here.
 *
 * Why a plan holds what was filled in and does not follow a profile: last year's plan must not change with the unit.
 * Why all of it in cells (cells.js): plans are merged, and two windows may write one at once.
 *
 * Paths of the cells: `name`, `title` (of the template), `fields/<field>`, `roles/<role>`, `phases/<phase>`,
 * `waived/<finding>`, `options/<key>`; `tasks/<task>/<state|reason|owner|due|note|done>`, `tasks/<task>/evidence/<any id>`;
 * `known/<task>` (its text in the template when last looked at), `left/<task>` ("seen": it left the template);
 * `score/<number>/<full|self|assessed|note>`; `last` (LastYear); of an assembled plan `content` and `picks`.
 *
 * `line` is the same in all copies of a plan; `plan` is its template, empty for an assembled one; `made` is when, ISO;
 * `exported` is when this computer last wrote it into a file, and what that file knows of; at first, what it came with.
 * @typedef {CellsDoc & {line: string, plan: string, made: string, exported?: {at: string, seen: CellsDoc["seen"]}}} MyPlan
 *
 * `state` is "" (未开始), "doing", "done" or "na"; `due` and `done` are days, ISO.
 * @typedef {{state: string, reason: string, owner: string, due: string, note: string, done: string, evidence: Texts}} TaskState
 *
 * `changes` counts what the reader wrote since the last export, or since the plan is here.
 * @typedef {{id: string, label: string, plan: string, title: string, year: string, made: string, exported: string, changes: number}} MyPlanFacts
 *
 * What a plan is made of: values by section (fields, roles …), texts of the template's tasks, and other cells.
 * @typedef {{plan: string, title: string, values: {[section: string]: {[key: string]: any}}, known: Texts, cells?: {[path: string]: any}}} NewPlan
 *
 * @typedef {object} MyPlans
 * @property {{[state: string]: string}} STATES
 * @property {() => MyPlanFacts[]} all
 * @property {(plan: string) => string} open
 * @property {(plan: string, id: string) => void} use
 * @property {(given: NewPlan) => string} create
 * @property {(doc: MyPlan) => string} add
 * @property {(id: string) => MyPlan} doc
 * @property {(id: string) => boolean} has
 * @property {(id: string) => void} remove
 * @property {(id: string, path: string) => any} value
 * @property {(id: string, path: string, value: any) => void} set
 * @property {(id: string, prefix: string) => {[rest: string]: any}} under
 * @property {(id: string) => Given} values
 * @property {(id: string) => Holder} holder
 * @property {(id: string, task: string) => TaskState} task
 * @property {(id: string) => Clash[]} clashes
 * @property {(id: string) => number} changes
 * @property {(id: string, at: string) => void} markExported
 * @property {() => string} writer
 * @property {(name: string) => void} setWriter
 * @property {() => string} forget all that the site keeps on this computer, if the reader means it; says what, or nothing
 * @property {(value: any) => MyPlan | null} read
 */
(function () {
  "use strict";

  const { cells, entries, store } = planSite;

  /** The kinds of values that are filled in, as store.js has them. */
  const SECTIONS = ["fields", "roles", "phases", "waived", "options"];
  const OPEN = "open:";
  /** @type {{[state: string]: string}} what the states of a task are called */
  const STATES = { "": "未开始", doing: "进行中", done: "已完成", na: "不适用" };
  /**
   * This window's names in the marks of what it writes, by plan. Why not kept, and not one for all plans: two windows, or
   * two copies of a plan in one, must not make equal marks; merging would take the one writing for the other.
   * @type {Map<string, string>}
   */
  const writers = new Map();
  /** What is open, and who writes, where nothing can be stored. @type {Map<string, string>} */
  const remembered = new Map();

  /* ------------------------------------------------------------------ shapes */

  entries.kinds.plan = (value) => read(value) || (isEmpty(value) ? blank() : null);
  entries.joins.plan = (mine, theirs) => Object.assign({}, theirs, mine, cells.merge(mine, theirs));

  /** @param {any} value */
  function isEmpty(value) {
    return entries.isMap(value) && !Object.keys(value).length;
  }

  /** @returns {MyPlan} */
  function blank() {
    return { line: store.newId(), plan: "", made: "", ...cells.empty() };
  }

  /**
   * Read what may be anything; what is not known to us stays in it.
   * @param {any} value
   * @returns {MyPlan | null} null: no plan
   */
  function read(value) {
    const inside = cells.read(value);
    const isNamed = inside && ["line", "plan", "made"].every((name) => typeof value[name] === "string") && value.line;
    return inside && isNamed ? Object.assign(Object.create(null), value, inside) : null;
  }

  /* ------------------------------------------------------------------- plans */

  /** @returns {string[]} */
  function ids() {
    return entries.keys("plan:").map((key) => key.slice("plan:".length));
  }

  /** @param {string} id */
  function has(id) {
    return ids().includes(id);
  }

  /**
   * @param {string} id
   * @returns {MyPlan}
   */
  function doc(id) {
    return entries.read(`plan:${id}`);
  }

  /** Give all plans, those of one name numbered, by name. Why asked again: one that cannot be read is set aside meanwhile. */
  function all() {
    const found = ids().map(facts);
    return store.numbered(found.filter(({ id }) => has(id)));
  }

  /**
   * @param {string} id
   * @returns {MyPlanFacts}
   */
  function facts(id) {
    const { plan, made, exported } = doc(id);
    const [title, year] = [text(id, "title"), text(id, "fields/year")];
    return { id, label: labelOf(id), plan, title, year, made, exported: exported ? exported.at : "", changes: changes(id) };
  }

  /**
   * Count what the reader wrote since the last export; what a tick writes beside the state is no change of its own.
   * @param {string} id
   */
  function changes(id) {
    const { exported, ...inside } = doc(id);
    const paths = cells.since(inside, (exported && exported.seen) || {});
    return paths.filter((path) => !/^(known|left)\/|^tasks\/[^/]*\/done$/.test(path)).length;
  }

  /** @param {string} id */
  function labelOf(id) {
    const unit = text(id, "fields/unit-name") || "未填单位";
    const year = text(id, "fields/year");
    return text(id, "name") || `${unit}${year ? ` ${year}年` : ""} · ${text(id, "title") || "我的方案"}`;
  }

  /**
   * Make a plan; it is the open one of its template.
   * @param {NewPlan} given
   * @returns {string} its id
   */
  function create({ plan, title, values, known, cells: more }) {
    const id = add({ ...blank(), plan, made: now() });
    set(id, "title", title);
    for (const section of SECTIONS) write(id, `${section}/`, values[section] || {});
    write(id, "known/", known);
    write(id, "", more || {});
    markKnown(id, "");
    return id;
  }

  /**
   * @param {string} id
   * @param {string} prefix
   * @param {{[rest: string]: any}} values
   */
  function write(id, prefix, values) {
    for (const key of Object.keys(values)) set(id, prefix + key, values[key]);
  }

  /**
   * Take a plan in as a new one, never over one that is here.
   * @param {MyPlan} given
   * @returns {string} its id
   */
  function add(given) {
    const id = store.newId();
    entries.change(`plan:${id}`, (data) => Object.assign(data, read(JSON.parse(JSON.stringify(given)))));
    markKnown(id, "");
    use(given.plan || id, id);
    return id;
  }

  /** @param {string} id */
  function remove(id) {
    const { plan } = doc(id);
    if (open(plan || id) === id) use(plan || id, "");
    entries.remove(`plan:${id}`);
  }

  /**
   * @param {string} plan a template
   * @returns {string} the open plan of it, empty if none is
   */
  function open(plan) {
    const id = recall(OPEN + plan);
    return has(id) && (doc(id).plan || id) === plan ? id : "";
  }

  /**
   * @param {string} plan
   * @param {string} id empty: none
   */
  function use(plan, id) {
    remember(OPEN + plan, id);
  }

  /**
   * @param {string} key
   * @param {string} text
   */
  function remember(key, text) {
    remembered.set(key, text);
    // Why only then forgotten here: what finds no room must not be overruled by what was kept before.
    if (entries.put(key, text)) remembered.delete(key);
  }

  /** @param {string} key */
  function recall(key) {
    const here = remembered.get(key);
    return here === undefined ? entries.stored(key) || "" : here;
  }

  /* ------------------------------------------------------------------ values */

  /**
   * @param {string} id
   * @param {string} path
   */
  function value(id, path) {
    return cells.value(doc(id), path);
  }

  /**
   * @param {string} id
   * @param {string} path
   * @returns {string}
   */
  function text(id, path) {
    return textOf(value(id, path));
  }

  /** @param {any} given */
  function textOf(given) {
    return typeof given === "string" ? given : "";
  }

  /**
   * @param {string} id
   * @param {string} prefix
   */
  function under(id, prefix) {
    return cells.under(doc(id), prefix);
  }

  /**
   * @param {string} id
   * @param {string} path
   * @param {any} given nothing for "taken back"
   */
  function set(id, path, given) {
    const mark = writers.get(id) || store.newId();
    writers.set(id, mark);
    const value = given === undefined || given === null || given === false ? "" : given;
    entries.change(`plan:${id}`, (data) => cells.write(data, path, value, { writer: mark, by: writer(), at: now() }));
  }

  function now() {
    return new Date().toISOString();
  }

  /**
   * @param {string} id
   * @returns {Given}
   */
  function values(id) {
    const [fields, roles] = ["fields/", "roles/"].map((prefix) => texts(under(id, prefix)));
    const last = value(id, "last");
    const isLast = entries.isMap(last) && entries.isMap(last.fields);
    return { fields, roles, phases: under(id, "phases/"), ...(isLast ? { last: texts(last.fields) } : {}) };
  }

  /**
   * @param {{[key: string]: any}} given
   * @returns {Texts}
   */
  function texts(given) {
    const found = Object.create(null);
    for (const key of Object.keys(given)) found[key] = textOf(given[key]);
    return found;
  }

  /**
   * @param {string} id
   * @returns {Holder}
   */
  function holder(id) {
    return {
      values: () => values(id),
      own: () => ({ waived: texts(under(id, "waived/")), options: under(id, "options/") }),
      set: (section, key, value) => set(id, `${section}/${key}`, value),
    };
  }

  /**
   * @param {string} id
   * @param {string} task
   * @returns {TaskState}
   */
  function task(id, task) {
    const at = (/** @type {string} */ name) => text(id, `tasks/${task}/${name}`);
    const facts = { state: at("state"), reason: at("reason"), owner: at("owner"), due: at("due"), note: at("note"), done: at("done") };
    return { ...facts, evidence: texts(under(id, `tasks/${task}/evidence/`)) };
  }

  /** @param {string} id */
  function clashes(id) {
    return cells.clashes(doc(id));
  }

  /**
   * @param {string} id
   * @param {string} at when, ISO
   */
  function markExported(id, at) {
    markKnown(id, at);
  }

  /**
   * @param {string} id
   * @param {string} at when a file of it was written, ISO; empty: none was
   */
  function markKnown(id, at) {
    entries.change(`plan:${id}`, (data) => (data.exported = { at, seen: { ...data.seen } }));
  }

  /* ------------------------------------------------------------------ writer */

  function writer() {
    return recall("writer");
  }

  /** @param {string} name of a department or a person, as the reader likes */
  function setWriter(name) {
    remember("writer", name.trim());
  }

  /* ------------------------------------------------------------------ forget */

  /** @type {MyPlans["forget"]} */
  function forget() {
    const counts = `${all().length} 份我的方案、${store.profiles().length} 份单位资料`;
    const question = `清除这台电脑上本站存的全部内容：${counts}？清除以后找不回来，可以先在“我的方案”一页“全部导出”。`;
    if (!window.confirm(question)) return "";
    setWriter("");
    store.clear();
    return `已清除 ${counts}。`;
  }

  planSite.myPlans = {
    ...{ STATES, all, open, use, create, add, doc, has, remove, value, set, under, values, holder, task, clashes, changes },
    ...{ markExported, writer, setWriter, forget, read },
  };
})();
