// @ts-check
/**
 * A plan put together of parts of others. Everything here is pure.
 *
 * What the reader says of the new plan; `updated` is today.
 * @typedef {{id: string, title: string, unit: string, nature: string, updated: string}} AboutPlan
 *
 * @typedef {object} Assembling
 * @property {(picks: Picked[], parts: AllParts, words: Words, about: AboutPlan, clean?: boolean) => PlanParts} plan
 * @property {(picks: Picked[], parts: AllParts, words: Words) => {[task: string]: {plan: string, task: string}}} origins
 * @property {(plan: PlanParts, about: AboutPlan) => string[]} faults
 */
(function () {
  "use strict";

  const { derivedFacts, newNames, pickedParts, unitingPhases, unitingSections } = planSite;
  const { MADE } = unitingSections;

  const NEW_MEASURES = "new-measures";
  const ASK = "今年准备做哪些去年没有做过的事？每件写清做什么、谁来做、什么时候完成，至少写一条。";
  /** Parts shown in place whose items have ids. */
  const NAMED = ["goals", "channels", "assessment"];

  /** @typedef {"basis" | "goals" | "organisation" | "channels" | "assessment" | "rewards"} Shown */

  /** @type {Assembling["plan"]} */
  function plan(picks, parts, words, about, clean = false) {
    const chosen = pickedParts.resolved(picks, parts, words);
    const phases = phasesFrom(chosen, parts, clean);
    const taken = [NEW_MEASURES, ...Object.values(MADE).map(({ id }) => id), ...phases.phases.map(({ id }) => `phase-${id}`)];
    const section = newNames.namer(clean, taken);
    const { sections, owners } = unitingSections.united(chosen, parts, words, section, phases.phases.length > 0);
    const tasks = tasksFrom(chosen, parts, words, { section, task: newNames.namer(clean, []), phases: phases.ids });
    const awards = awardsFrom(chosen, parts, owners);
    const made = whole(about, sections, phases.phases, tasks, awards, (part) => shownFrom(part, parts, owners, clean));
    return derivedFacts.complete(made, chosen, parts, words);
  }

  /**
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {boolean} clean
   */
  function phasesFrom(chosen, parts, clean) {
    const name = newNames.namer(clean, []);
    // Why by its name alone: which of several phases of that name comes first changes as picks are moved.
    return unitingPhases.united(chosen, parts, (phase, id) => name(phase, clean ? id : "phase"));
  }

  /**
   * @param {AboutPlan} about
   * @param {PlanSection[]} sections
   * @param {PartPhase[]} phases
   * @param {PlanTask[]} tasks
   * @param {string[]} awards
   * @param {(part: Shown) => any[]} shown
   * @returns {PlanParts} all but what follows from it
   */
  function whole({ id, title, unit, nature, updated }, sections, phases, tasks, awards, shown) {
    return {
      id,
      title,
      paper_title: `【单位全称】【年份】年${title}`,
      unit,
      nature,
      summary: "",
      updated,
      sources: [],
      state: "whole",
      basis: shown("basis"),
      sections,
      goals: shown("goals"),
      organisation: shown("organisation"),
      phases,
      tasks,
      channels: shown("channels"),
      awards,
      assessment: shown("assessment"),
      rewards: shown("rewards"),
      new_measures: ASK,
    };
  }

  /**
   * @param {Shown} part
   * @param {AllParts} parts
   * @param {Map<string, string>} owners
   * @param {boolean} clean
   */
  function shownFrom(part, parts, owners, clean) {
    const owner = parts[owners.get(part) || ""];
    const list = /** @type {any[]} */ ((owner && owner[part]) || []);
    const name = newNames.namer(clean, []);
    return NAMED.includes(part) ? list.map((item) => ({ ...item, id: name(owner.id, item.id) })) : list;
  }

  /**
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {Map<string, string>} owners
   */
  function awardsFrom(chosen, parts, owners) {
    if (!owners.has("awards")) return [];
    const owner = parts[owners.get("awards") || ""];
    const picked = chosen.filter(({ kind }) => kind === "award").map(({ id }) => id);
    return [...new Set([...((owner && owner.awards) || []), ...picked])];
  }

  /* --------------------------------------------------------------------- tasks */

  /**
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {Words} words
   * @param {{section: Namer, task: Namer, phases: PhaseIds}} names
   * @returns {PlanTask[]}
   */
  function tasksFrom(chosen, parts, words, names) {
    return chosen.flatMap((pick) => pickedParts.tasksBrought(pick, parts, words).map((task) => taskCopy(pick, task, names)));
  }

  /**
   * @param {Picked} pick
   * @param {PlanTask} task
   * @param {{section: Namer, task: Namer, phases: PhaseIds}} names
   * @returns {PlanTask}
   */
  function taskCopy({ plan, kind }, task, names) {
    const phase = task.when.phase && names.phases.get(`${plan}/${task.when.phase}`);
    return {
      ...task,
      id: names.task(plan, task.id),
      section: kind === "section" ? names.section(plan, task.section) : MADE.tasks.id,
      when: { ...task.when, ...(phase ? { phase } : {}) },
    };
  }

  /**
   * Tell which task of which plan each task is.
   * @type {Assembling["origins"]}
   */
  function origins(picks, parts, words) {
    const name = newNames.namer(false, []);
    const chosen = pickedParts.resolved(picks, parts, words);
    const tasks = chosen.flatMap((pick) => pickedParts.tasksOf(pick, parts).map(({ id }) => ({ plan: pick.plan, task: id })));
    return Object.fromEntries(tasks.map((one) => [name(one.plan, one.task), one]));
  }

  /* -------------------------------------------------------------------- faults */

  /** @type {Assembling["faults"]} */
  function faults({ tasks }, { id, title, unit, nature }) {
    const said = [];
    if (!title) said.push("还没有写标题。");
    if (!unit) said.push("还没有选单位类型。");
    if (!nature) said.push("还没有选公文种类。");
    if (!tasks.length) said.push("还没有任务，请至少挑一项任务，或者挑一节带任务的。");
    if (id !== newNames.slug(id) || !id) said.push("编号要以小写英文字母开头，只用小写字母、数字和单个连字符，不超过 60 个字符。");
    return said;
  }

  planSite.assembling = { plan, origins, faults };
})();
