// @ts-check
/**
 * The phases of several plans as those of one: phases of one name are one, in the order of the year. Everything is pure.
 *
 * New ids of phases by `plan/phase`.
 * @typedef {Map<string, string>} PhaseIds
 *
 * @typedef {object} UnitingPhases
 * @property {(chosen: Picked[], parts: AllParts, name: (name: string, id: string) => string) => {ids: PhaseIds, phases: PartPhase[]}} united
 */
(function () {
  "use strict";

  const { pickedParts } = planSite;
  const { EDITOR } = pickedParts;

  /**
   * The phases that come from a plan.
   * @typedef {{plan: string, phases: PartPhase[]}} PhaseList
   *
   * A phase as the first plan with its name has it, with the text of all; phases stand in the order of `key`.
   * @typedef {{plan: string, phase: PartPhase, body: BodyBlock[], key: string}} UnitedPhase
   */

  /**
   * Unite the phases that come with what is chosen.
   * @type {UnitingPhases["united"]}
   */
  function united(chosen, parts, name) {
    const lists = phaseLists(chosen, parts);
    const told = chosen.filter((pick) => pickedParts.shows(pick, "phases", parts)).map(({ plan }) => plan);
    const byName = unitedByName(lists, told);
    const ids = idsOf(lists, byName, name);
    return { ids, phases: inOrder(lists, [...byName.values()], ids) };
  }

  /* ------------------------------------------------------------ which there are */

  /**
   * The phases that come with what is chosen, plan by plan.
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @returns {PhaseList[]}
   */
  function phaseLists(chosen, parts) {
    return pickedParts.plansOf(chosen, parts).map((plan) => {
      const mine = chosen.filter((pick) => pick.plan === plan.id);
      const wanted = new Set(mine.flatMap((pick) => pickedParts.tasksOf(pick, parts).map(({ when }) => when.phase || "")));
      const all = mine.some((pick) => pickedParts.shows(pick, "phases", parts));
      for (const phase of plan.phases || []) if (all) wanted.add(phase.id);
      return { plan: plan.id, phases: phasesWanted(plan, wanted) };
    });
  }

  /**
   * The phases of a plan that are wanted, and those they wait for.
   * @param {PlanParts} plan
   * @param {Set<string>} wanted
   */
  function phasesWanted({ phases = [] }, wanted) {
    const all = new Set(wanted);
    // Why from the last: a phase waits for earlier ones only.
    for (const phase of [...phases].reverse()) {
      if (!all.has(phase.id)) continue;
      for (const end of [phase.start, phase.end]) if (end && end.after) all.add(end.after);
    }
    return phases.filter(({ id }) => all.has(id));
  }

  /* ------------------------------------------------------------------- uniting */

  /**
   * @param {PhaseList[]} lists
   * @param {string[]} told plans whose phases are told in the text
   */
  function unitedByName(lists, told) {
    /** @type {Map<string, UnitedPhase>} */
    const byName = new Map();
    const order = [...lists].sort((one, other) => Number(told.includes(other.plan)) - Number(told.includes(one.plan)));
    for (const { plan, phases } of order) {
      for (const phase of phases) {
        const known = byName.get(phase.name);
        const body = told.includes(plan) ? phase.body || [] : [];
        if (known) known.body.push(...body.filter(({ text }) => !known.body.some((block) => block.text === text)));
        else byName.set(phase.name, { plan, phase, body: [...body], key: "" });
      }
    }
    return byName;
  }

  /**
   * @param {PhaseList[]} lists
   * @param {Map<string, UnitedPhase>} byName
   * @param {(name: string, id: string) => string} name
   */
  function idsOf(lists, byName, name) {
    /** @type {PhaseIds} */
    const ids = new Map();
    for (const { plan, phases } of lists) {
      for (const phase of phases) {
        const first = byName.get(phase.name);
        if (first) ids.set(`${plan}/${phase.id}`, name(phase.name, first.phase.id));
      }
    }
    return ids;
  }

  /* --------------------------------------------------------------------- order */

  /**
   * @param {PhaseList[]} lists
   * @param {UnitedPhase[]} all
   * @param {PhaseIds} ids
   * @returns {PartPhase[]}
   */
  function inOrder(lists, all, ids) {
    setKeys(lists, all, ids);
    const sorted = [...all].sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
    return sorted.map((one, at) => {
      const before = new Set(sorted.slice(0, at).map(({ plan, phase }) => ids.get(`${plan}/${phase.id}`)));
      return phaseCopy(one, ids, before);
    });
  }

  /**
   * Set by what phases are ordered: the day they begin on, or that of the one before or waited for.
   * @param {PhaseList[]} lists
   * @param {UnitedPhase[]} all
   * @param {PhaseIds} ids
   */
  function setKeys(lists, all, ids) {
    /** @type {Map<string, string>} */
    const keys = new Map();
    for (const { plan } of lists) {
      let last = "";
      for (const one of all.filter((other) => other.plan === plan)) {
        const { id, start } = one.phase;
        const after = (start && start.after && keys.get(ids.get(`${plan}/${start.after}`) || "")) || "";
        one.key = fixed(start) || (after > last ? after : last);
        last = one.key;
        keys.set(ids.get(`${plan}/${id}`) || "", one.key);
      }
    }
  }

  /**
   * @param {PlanMoment | undefined} moment
   * @returns {string} MM-DD of a fixed start
   */
  function fixed(moment) {
    if (!moment) return "";
    return moment.date || (moment.month ? `${String(moment.month).padStart(2, "0")}-01` : "");
  }

  /**
   * @param {UnitedPhase} united
   * @param {PhaseIds} ids
   * @param {Set<string | undefined>} before what it may wait for
   * @returns {PartPhase}
   */
  function phaseCopy({ plan, phase, body }, ids, before) {
    const { start, end, lasts, ...rest } = phase;
    const [first, last] = [start, end].map((moment) => {
      if (!moment || !moment.after) return moment;
      const after = ids.get(`${plan}/${moment.after}`) || "";
      return before.has(after) ? { ...moment, after } : undefined;
    });
    return {
      ...rest,
      id: ids.get(`${plan}/${phase.id}`) || phase.id,
      ...(first ? { start: first } : {}),
      ...(first && last ? { end: last } : {}),
      ...(first && lasts ? { lasts } : {}),
      body: body.length ? body : [{ text: "完成任务分解表里本阶段的任务。", origin: EDITOR }],
    };
  }

  planSite.unitingPhases = { united };
})();
