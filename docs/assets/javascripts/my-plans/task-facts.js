// @ts-check
/**
 * What is noted of the tasks of the reader's plan that is open, and by which days they are due.
 *
 * @typedef {object} TaskFacts
 * @property {(id: string) => void} open a plan, or none
 * @property {() => string} plan the open one
 * @property {(task: string) => TaskState} of
 * @property {() => string[]} noted ids of the tasks of which something is noted
 * @property {(task: string, name: string, value: string) => void} set
 * @property {(task: string, state: string) => void} setState
 * @property {(task: string, id: string, text: string) => void} setProof a text, or nothing
 * @property {(found: {[task: string]: string}) => boolean} setPlanned the days of the plan itself; tells whether they are others
 * @property {(task: string) => string} planned its day by the plan itself
 * @property {(task: string) => string} due the reader's own day, or the plan's
 * @property {(task: string) => boolean} isOpen
 * @property {(task: string) => boolean} isLate
 * @property {() => string} today ISO
 */
(function () {
  "use strict";

  const { dates, myPlans } = planSite;

  /** The open plan. */
  let mine = "";
  /** @type {Map<string, TaskState>} */
  let facts = new Map();
  /** @type {{[task: string]: string}} days by which tasks are due by the plan itself */
  let days = {};

  /** @returns {TaskState} */
  function nothing() {
    return { state: "", reason: "", owner: "", due: "", note: "", done: "", evidence: Object.create(null) };
  }

  /**
   * Read all in one go. Why not task by task: each would look through all cells of the plan.
   * @param {string} id
   */
  function factsOf(id) {
    /** @type {Map<string, any>} */
    const found = new Map();
    const cells = myPlans.under(id, "tasks/");
    for (const path of Object.keys(cells)) {
      const [task, key, entry] = path.split("/");
      if (!found.has(task)) found.set(task, nothing());
      if (entry) found.get(task).evidence[entry] = String(cells[path]);
      else found.get(task)[key] = String(cells[path]);
    }
    return found;
  }

  /** @param {string} id */
  function open(id) {
    mine = id;
    facts = mine ? factsOf(mine) : new Map();
  }

  /** @param {string} task */
  function of(task) {
    return facts.get(task) || nothing();
  }

  function noted() {
    return [...facts.keys()].filter(isNoted);
  }

  /** @param {string} task */
  function isNoted(task) {
    const { evidence, ...texts } = of(task);
    return Object.values(texts).some(Boolean) || Object.keys(evidence).length > 0;
  }

  function today() {
    return dates.today(new Date());
  }

  /** @param {string} task */
  function due(task) {
    return of(task).due || days[task] || "";
  }

  /** @param {string} task */
  function isLate(task) {
    const day = due(task);
    return day !== "" && day < today() && isOpen(task);
  }

  /** @param {string} task */
  function isOpen(task) {
    return !["done", "na"].includes(of(task).state);
  }

  /** @type {TaskFacts["setPlanned"]} */
  function setPlanned(found) {
    const isNews = JSON.stringify(found) !== JSON.stringify(days);
    days = found;
    return isNews;
  }

  /**
   * @param {string} task
   * @param {string} name
   * @param {string} value
   */
  function set(task, name, value) {
    if (!facts.has(task)) facts.set(task, nothing());
    /** @type {any} */ (facts.get(task))[name] = value;
    myPlans.set(mine, `tasks/${task}/${name}`, value);
  }

  /**
   * @param {string} task
   * @param {string} state
   */
  function setState(task, state) {
    set(task, "done", state === "done" ? today() : "");
    set(task, "state", state);
  }

  /**
   * @param {string} task
   * @param {string} id
   * @param {string} text
   */
  function setProof(task, id, text) {
    myPlans.set(mine, `tasks/${task}/evidence/${id}`, text);
    facts = factsOf(mine);
  }

  const [plan, planned] = [() => mine, (/** @type {string} */ task) => days[task] || ""];
  planSite.taskFacts = { open, plan, of, noted, set, setState, setProof, setPlanned, planned, due, isOpen, isLate, today };
})();
