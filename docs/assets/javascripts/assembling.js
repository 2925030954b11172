// @ts-check
/**
 * A plan put together of parts of others. Everything here is pure.
 *
 * What a reader picked, in order: a `section` (of any level), a `task`, an `award`, a `list` (a term with members) or a
 * `core` task; the last three are of no plan. `without` are tasks of a section that are left out.
 * @typedef {{plan: string, kind: string, id: string, without?: string[]}} Picked
 *
 * What the reader says of the new plan; `updated` is today.
 * @typedef {{id: string, title: string, unit: string, nature: string, updated: string}} AboutPlan
 *
 * Something that stands there twice, or nearly: each with the index of its pick; `task` where it comes with a section.
 * `keep` is the index of the one proposed.
 * @typedef {{at: number, label: string, from: string, task: string}} Double
 * @typedef {{why: string, items: Double[], keep: number}} Doubles
 *
 * @typedef {{[plan: string]: PlanParts}} AllParts
 *
 * @typedef {object} Assembling
 * @property {(picks: Picked[], parts: AllParts, words: Words, about: AboutPlan, clean?: boolean) => PlanParts} plan
 * @property {(picks: Picked[], parts: AllParts, words: Words) => {[task: string]: {plan: string, task: string}}} origins
 * @property {(plan: PlanParts, about: AboutPlan) => string[]} faults
 * @property {(picks: Picked[], parts: AllParts, words: Words) => Doubles[]} doubles
 * @property {(picks: Picked[], group: Doubles, keep: number) => Picked[]} keeping
 * @property {(picks: Picked[], parts: AllParts, words: Words) => Picked[]} settled
 * @property {(pick: Picked, parts: AllParts, words: Words) => string} labelOf
 * @property {(pick: Picked, parts: AllParts) => PlanTask[]} tasksOf
 * @property {(plan: PlanParts) => {section: PlanSection, above: PlanSection[]}[]} sectionsOf
 * @property {(text: string) => string} tidyTitle
 * @property {(text: string) => string} slug
 * @property {(one: string, other: string) => number} likeness
 */
(function () {
  "use strict";

  const { planContent } = planSite;

  const LONGEST = 60;
  const EDITOR = "editor";
  const NEW_MEASURES = "new-measures";
  const ASK = "今年准备做哪些去年没有做过的事？每件写清做什么、谁来做、什么时候完成，至少写一条。";
  /** Sections that are made where what was picked belongs to none. */
  const MADE = /** @type {{[name: string]: PlanSection}} */ ({
    tasks: { id: "main-tasks", kind: "措施", heading: "主要任务", origin: EDITOR },
    awards: { id: "awards-picked", kind: "评选奖项", heading: "评选表彰", origin: EDITOR },
    lists: { id: "lists-picked", kind: "具体要求", heading: "工作要求", origin: EDITOR },
    phases: { id: "schedule-picked", kind: "方法步骤", heading: "时间安排", origin: EDITOR },
  });
  /** Parts of a plan that a section of a kind brings with it, shown there or not. */
  const BROUGHT = /** @type {{[kind: string]: Shown}} */ ({ 背景与依据: "basis", 公开监督: "channels", 考核评估: "assessment" });
  /** Kinds of section of which a plan has one. */
  const SINGLE = ["背景与依据", "指导思想", "目标", "主题口号", "责任分工"];
  const ALIKE = 0.75;

  /** @typedef {"basis" | "goals" | "organisation" | "channels" | "assessment" | "rewards"} Shown */

  /**
   * @template T
   * @param {T[][]} lists
   * @returns {T[]}
   */
  function flat(lists) {
    return lists.reduce((all, list) => all.concat(list), /** @type {T[]} */ ([]));
  }

  /* ------------------------------------------------------------- what is there */

  /**
   * Every section of a plan, in reading order, with those above it.
   * @type {Assembling["sectionsOf"]}
   */
  function sectionsOf({ sections }) {
    /**
     * @param {PlanSection} section
     * @param {PlanSection[]} above
     * @returns {{section: PlanSection, above: PlanSection[]}[]}
     */
    function below(section, above) {
      return [{ section, above }, ...flat((section.sections || []).map((one) => below(one, [...above, section])))];
    }
    return flat(sections.map((section) => below(section, [])));
  }

  /**
   * @param {Picked} pick
   * @param {AllParts} parts
   */
  function sectionOf({ plan, kind, id }, parts) {
    return kind === "section" && parts[plan] ? sectionsOf(parts[plan]).find(({ section }) => section.id === id) : undefined;
  }

  /**
   * The tasks that a pick brings: those of a section and all below, or the one.
   * @type {Assembling["tasksOf"]}
   */
  function tasksOf(pick, parts) {
    const plan = parts[pick.plan];
    if (!plan) return [];
    if (pick.kind === "task") return plan.tasks.filter(({ id }) => id === pick.id);
    const found = sectionOf(pick, parts);
    if (!found) return [];
    const ids = idsBelow(found.section);
    return plan.tasks.filter(({ id, section }) => ids.includes(section) && !(pick.without || []).includes(id));
  }

  /**
   * @param {PlanSection} section
   * @returns {string[]}
   */
  function idsBelow(section) {
    return [section.id, ...flat((section.sections || []).map(idsBelow))];
  }

  /**
   * @param {Picked} pick
   * @param {AllParts} parts
   * @param {Words} words
   */
  function isKnown(pick, parts, words) {
    if (pick.kind === "award") return pick.id in words.awards;
    if (pick.kind === "list") return pick.id in words.terms;
    if (pick.kind === "core") return pick.id in words.core;
    return pick.kind === "section" ? Boolean(sectionOf(pick, parts)) : tasksOf(pick, parts).length > 0;
  }

  /** @type {Assembling["labelOf"]} */
  function labelOf(pick, parts, words) {
    const found = sectionOf(pick, parts);
    if (found) return found.section.heading;
    if (!isKnown(pick, parts, words)) return "";
    if (pick.kind === "award") return words.awards[pick.id].name;
    if (pick.kind === "list") return words.terms[pick.id].name;
    return pick.kind === "core" ? words.core[pick.id].text : tasksOf(pick, parts)[0].text;
  }

  /**
   * Whether a pick comes with another one: a section of a section, a task of a section.
   * @param {Picked} pick
   * @param {Picked} other
   * @param {AllParts} parts
   */
  function comesWith(pick, other, parts) {
    if (pick === other || other.kind !== "section" || pick.plan !== other.plan) return false;
    if (pick.kind === "task") return tasksOf(other, parts).some(({ id }) => id === pick.id);
    const found = sectionOf(pick, parts);
    return Boolean(found && found.above.some(({ id }) => id === other.id));
  }

  /**
   * What is picked and there, each once.
   * @param {Picked[]} picks
   * @param {AllParts} parts
   * @param {Words} words
   */
  function resolved(picks, parts, words) {
    const keys = picks.map(({ plan, kind, id }) => `${plan}/${kind}/${id}`);
    const known = picks.filter((pick, at) => keys.indexOf(keys[at]) === at && isKnown(pick, parts, words));
    const isWithin = (/** @type {Picked} */ pick, /** @type {Picked[]} */ others) => others.some((other) => comesWith(pick, other, parts));
    const left = known.filter((pick) => pick.kind !== "section" || !isWithin(pick, known));
    return left.filter((pick) => !isWithin(pick, left));
  }

  /* --------------------------------------------------------------------- names */

  /** @param {string} text */
  function tagOf(text) {
    let value = 2166136261;
    for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) || 0), 16777619) >>> 0;
    return value.toString(36).slice(-4).padStart(4, "0");
  }

  /**
   * Give names that no two have. Those that are to stay as picks come and go hang on the plan they are of and on nothing
   * else; clean ones are as short as can be.
   * @param {boolean} clean
   * @param {string[]} taken
   * @returns {(plan: string, id: string) => string}
   */
  function namer(clean, taken) {
    const [used, known] = [new Set(taken), new Map()];
    return (plan, id) => {
      const key = `${plan}/${id}`;
      if (known.has(key)) return known.get(key);
      const wanted = clean ? id : `${cut(id, LONGEST - 5)}-${tagOf(plan)}`;
      let name = wanted;
      for (let at = 2; used.has(name); at++) name = `${cut(wanted, LONGEST - 4)}-${at}`;
      used.add(name);
      known.set(key, name);
      return name;
    };
  }

  /**
   * @param {string} id
   * @param {number} length
   */
  function cut(id, length) {
    return id.slice(0, length).replace(/-+$/, "");
  }

  /* -------------------------------------------------------------------- phases */

  /**
   * @param {PlanMoment | undefined} moment
   * @returns {string} MM-DD of a fixed start
   */
  function fixed(moment) {
    if (!moment) return "";
    return moment.date || (moment.month ? `${String(moment.month).padStart(2, "0")}-01` : "");
  }

  /**
   * The phases of a plan that are wanted, and those they wait for.
   * @param {PlanParts} plan
   * @param {Set<string>} wanted
   */
  function phasesWanted({ phases }, wanted) {
    const all = new Set(wanted);
    for (const phase of [...(phases || [])].reverse()) {
      if (!all.has(phase.id)) continue;
      for (const end of [phase.start, phase.end]) if (end && end.after) all.add(end.after);
    }
    return (phases || []).filter(({ id }) => all.has(id));
  }

  /**
   * Unite phases of one name, in the order of the year. `told` are the plans whose phases are told in the text.
   * @param {{plan: string, phases: PartPhase[]}[]} lists
   * @param {string[]} told
   * @param {(name: string, id: string) => string} name
   */
  function unitedPhases(lists, told, name) {
    /** @type {Map<string, {plan: string, phase: PartPhase, body: BodyBlock[], key: string}>} */
    const byName = new Map();
    /** @type {Map<string, string>} */
    const ids = new Map();
    const order = [...lists].sort((one, other) => Number(told.includes(other.plan)) - Number(told.includes(one.plan)));
    for (const { plan, phases } of order) {
      for (const phase of phases) {
        const known = byName.get(phase.name);
        const body = told.includes(plan) ? phase.body || [] : [];
        if (known) known.body.push(...body.filter(({ text }) => !known.body.some((block) => block.text === text)));
        else byName.set(phase.name, { plan, phase, body: [...body], key: "" });
      }
    }
    for (const { plan, phases } of lists) {
      for (const phase of phases) {
        const first = byName.get(phase.name);
        if (first) ids.set(`${plan}/${phase.id}`, name(phase.name, first.phase.id));
      }
    }
    return { ids, phases: inOrder(lists, [...byName.values()], ids) };
  }

  /**
   * @param {{plan: string, phases: PartPhase[]}[]} lists
   * @param {{plan: string, phase: PartPhase, body: BodyBlock[], key: string}[]} all
   * @param {Map<string, string>} ids
   * @returns {PartPhase[]}
   */
  function inOrder(lists, all, ids) {
    /** @type {Map<string, string>} */
    const keys = new Map();
    for (const { plan, phases } of lists) {
      let last = "";
      for (const phase of phases) {
        const one = all.find((other) => other.plan === plan && other.phase === phase);
        if (!one) continue;
        const after = phase.start && phase.start.after ? keys.get(ids.get(`${plan}/${phase.start.after}`) || "") || "" : "";
        one.key = fixed(phase.start) || (after > last ? after : last);
        last = one.key;
        keys.set(ids.get(`${plan}/${phase.id}`) || "", one.key);
      }
    }
    const sorted = all.map((one, at) => ({ ...one, at })).sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)) || one.at - other.at);
    return sorted.map(({ plan, phase, body }, at) => {
      const before = new Set(sorted.slice(0, at).map((one) => ids.get(`${one.plan}/${one.phase.id}`)));
      return phaseCopy(plan, phase, body, ids, before);
    });
  }

  /**
   * @param {string} plan
   * @param {PartPhase} phase
   * @param {BodyBlock[]} body
   * @param {Map<string, string>} ids
   * @param {Set<string | undefined>} before
   * @returns {PartPhase}
   */
  function phaseCopy(plan, phase, body, ids, before) {
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

  /* ---------------------------------------------------------------------- plan */

  /** @type {Assembling["plan"]} */
  function plan(picks, parts, words, about, clean = false) {
    const chosen = resolved(picks, parts, words);
    const name = Object.fromEntries(["phases", "tasks", "goals", "channels", "assessment"].map((list) => [list, namer(clean, [])]));
    const lists = phaseLists(chosen, parts);
    const told = chosen.filter((pick) => showsPhases(pick, parts)).map((pick) => pick.plan);
    // Why by its name alone: which of several phases of that name comes first changes as picks are moved.
    const phases = unitedPhases(lists, told, (phase, id) => name.phases(phase, clean ? id : "phase"));
    const sectionName = namer(clean, [NEW_MEASURES, ...Object.keys(MADE).map((one) => MADE[one].id), ...phases.phases.map(({ id }) => `phase-${id}`)]);
    /** @type {Map<string, string>} */
    const owners = new Map();
    const sections = sectionsFrom(chosen, parts, words, sectionName, owners);
    if (phases.phases.length && !owners.has("phases")) sections.push({ ...MADE.phases, body: [{ text: "按以下阶段推进：" }, { show: "phases" }] });
    const tasks = tasksFrom(chosen, parts, words, { section: sectionName, task: name.tasks, phases: phases.ids });
    /** @param {Shown} part */
    const shownList = (part) => {
      const owner = parts[owners.get(part) || ""];
      const list = /** @type {any[]} */ ((owner && owner[part]) || []);
      return name[part] ? list.map((item) => ({ ...item, id: name[part](owner.id, item.id) })) : list;
    };
    /** @type {PlanParts} */
    const made = {
      id: about.id,
      title: about.title,
      paper_title: `【单位全称】【年份】年${about.title}`,
      unit: about.unit,
      nature: about.nature,
      summary: "",
      updated: about.updated,
      sources: [],
      state: "whole",
      basis: shownList("basis"),
      sections,
      goals: shownList("goals"),
      organisation: shownList("organisation"),
      phases: phases.phases,
      tasks,
      channels: shownList("channels"),
      awards: owners.has("awards") ? awardsFrom(chosen, parts, owners.get("awards") || "") : [],
      assessment: shownList("assessment"),
      rewards: shownList("rewards"),
      new_measures: ASK,
    };
    return settledFacts(made, chosen, parts, words);
  }

  /**
   * @param {Picked} pick
   * @param {AllParts} parts
   */
  function showsPhases(pick, parts) {
    const found = sectionOf(pick, parts);
    return Boolean(found && blocksIn(found.section).some(({ show }) => show === "phases"));
  }

  /**
   * @param {PlanSection} section
   * @returns {BodyBlock[]}
   */
  function blocksIn(section) {
    return [...(section.body || []), ...flat((section.sections || []).map(blocksIn))];
  }

  /**
   * The phases that come with what is chosen, plan by plan.
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   */
  function phaseLists(chosen, parts) {
    const plans = [...new Set(chosen.map((pick) => pick.plan))].filter((id) => parts[id]);
    return plans.map((id) => {
      const mine = chosen.filter((pick) => pick.plan === id);
      const wanted = new Set(flat(mine.map((pick) => tasksOf(pick, parts).map(({ when }) => when.phase || ""))));
      const all = mine.some((pick) => showsPhases(pick, parts));
      for (const phase of parts[id].phases || []) if (all) wanted.add(phase.id);
      return { plan: id, phases: phasesWanted(parts[id], wanted) };
    });
  }

  /**
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {Words} words
   * @param {(plan: string, id: string) => string} name
   * @param {Map<string, string>} owners which plan each part that is shown in place comes from
   * @returns {PlanSection[]}
   */
  function sectionsFrom(chosen, parts, words, name, owners) {
    /** @type {{[made: string]: PlanSection}} */
    const made = {};
    const phasesIn = { heading: "" };
    const awarding = chosen.some((pick) => {
      const found = sectionOf(pick, parts);
      return found && blocksIn(found.section).some(({ show }) => show === "awards");
    });
    /** @type {PlanSection[]} */
    const sections = [];
    /** @param {string} kind */
    const madeFor = (kind) => {
      if (!made[kind]) sections.push((made[kind] = { ...MADE[kind], body: [] }));
      return made[kind];
    };
    for (const pick of chosen) {
      const found = sectionOf(pick, parts);
      if (found) sections.push(sectionCopy(pick.plan, found, parts, words, name, owners, phasesIn));
      else if (pick.kind === "award" && !awarding) {
        madeFor("awards").body = [{ show: "awards" }];
        owners.set("awards", "");
      } else if (pick.kind === "list") addItem(madeFor("lists"), listLine(words.terms[pick.id]));
      else if (pick.kind === "task" || pick.kind === "core") addItem(madeFor("tasks"), sentence(labelOf(pick, parts, words)));
    }
    bring(chosen, parts, owners);
    return sections;
  }

  /**
   * @param {PlanSection} section
   * @param {string} text
   */
  function addItem(section, text) {
    const [block] = section.body || [];
    if (block && block.items) block.items.push(text);
    else section.body = [{ items: [text] }];
  }

  /** @param {string} text */
  function sentence(text) {
    return /[。！？；：…”）]$/.test(text) ? text : `${text}。`;
  }

  /** @param {{name: string, members?: string[]}} term */
  function listLine({ name, members }) {
    const all = (members || []).map((one) => one.replace(/[。；;]+$/, ""));
    return all.length ? `${name}：${all.join(all.some((one) => /[、，；]/.test(one)) ? "；" : "、")}。` : `${name}。`;
  }

  /**
   * Copy a section with all below it; what it shows of its plan is shown once in the new one, and stands as text after.
   * @param {string} plan
   * @param {{section: PlanSection, above: PlanSection[]}} found
   * @param {AllParts} parts
   * @param {Words} words
   * @param {(plan: string, id: string) => string} name
   * @param {Map<string, string>} owners
   * @param {{heading: string}} phasesIn
   * @returns {PlanSection}
   */
  function sectionCopy(plan, { section, above }, parts, words, name, owners, phasesIn) {
    /**
     * @param {PlanSection} one
     * @returns {PlanSection}
     */
    function copy(one) {
      const { body, sections, ...rest } = one;
      const blocks = (body || []).map((block) => bodyCopy(block, one));
      const below = (sections || []).map(copy);
      return { ...rest, id: name(plan, one.id), ...(blocks.length ? { body: blocks } : {}), ...(below.length ? { sections: below } : {}) };
    }
    /**
     * @param {BodyBlock} block
     * @param {PlanSection} within
     * @returns {BodyBlock}
     */
    function bodyCopy(block, within) {
      const { show, ...rest } = block;
      if (!show) return block;
      if (!owners.has(show)) {
        owners.set(show, plan);
        if (show === "phases") phasesIn.heading = within.heading;
        return block;
      }
      if (show === "phases") return { text: `各阶段的安排见“${phasesIn.heading}”。`, origin: EDITOR };
      return { ...rest, items: planContent.shown(show, parts[plan], words).map(({ lead, text }) => (lead ? `${lead}。${text}` : text)) };
    }
    const [kind, origin, source] = /** @type {const} */ (["kind", "origin", "source"]).map((key) =>
      [section, ...[...above].reverse()].map((one) => one[key]).find(Boolean),
    );
    const own = copy(section);
    return /** @type {PlanSection} */ ({ ...own, kind: kind || "措施", ...(origin ? { origin } : {}), ...(source ? { source } : {}) });
  }

  /**
   * Take over what belongs to a section that does not show it.
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {Map<string, string>} owners
   */
  function bring(chosen, parts, owners) {
    for (const pick of chosen) {
      const found = sectionOf(pick, parts);
      const kinds = found ? [found.section.kind, ...sectionsBelow(found.section).map(({ kind }) => kind)] : [];
      for (const kind of kinds) {
        const part = BROUGHT[kind || ""];
        const list = part && parts[pick.plan][part];
        if (list && list.length && !owners.has(part)) owners.set(part, pick.plan);
      }
    }
  }

  /**
   * @param {PlanSection} section
   * @returns {PlanSection[]}
   */
  function sectionsBelow(section) {
    return flat((section.sections || []).map((one) => [one, ...sectionsBelow(one)]));
  }

  /**
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {string} owner
   */
  function awardsFrom(chosen, parts, owner) {
    const shown = (parts[owner] && parts[owner].awards) || [];
    const picked = chosen.filter(({ kind }) => kind === "award").map(({ id }) => id);
    return [...new Set([...shown, ...picked])];
  }

  /**
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {Words} words
   * @param {{section: (plan: string, id: string) => string, task: (plan: string, id: string) => string, phases: Map<string, string>}} names
   * @returns {PlanTask[]}
   */
  function tasksFrom(chosen, parts, words, names) {
    return flat(
      chosen.map((pick) => {
        if (pick.kind === "core") return [coreTask(words.core[pick.id], names.task("", pick.id))];
        return tasksOf(pick, parts).map((task) => {
          const phase = task.when.phase && names.phases.get(`${pick.plan}/${task.when.phase}`);
          return {
            ...task,
            id: names.task(pick.plan, task.id),
            section: pick.kind === "section" ? names.section(pick.plan, task.section) : MADE.tasks.id,
            when: { ...task.when, ...(phase ? { phase } : {}) },
          };
        });
      }),
    );
  }

  /**
   * Tell which task of which plan each task is.
   * @type {Assembling["origins"]}
   */
  function origins(picks, parts, words) {
    const name = namer(false, []);
    const tasks = flat(resolved(picks, parts, words).map((pick) => tasksOf(pick, parts).map(({ id }) => ({ plan: pick.plan, task: id }))));
    return Object.fromEntries(tasks.map((one) => [name(one.plan, one.task), one]));
  }

  /**
   * @param {CoreTask} core
   * @param {string} id
   * @returns {PlanTask}
   */
  function coreTask({ text, owner, when, keep, themes }, id) {
    const said = { origin: EDITOR };
    return { id, text, ...said, section: MADE.tasks.id, owner: { role: owner, ...said }, when: { by: when, ...said }, record: { keep, ...said }, themes };
  }

  /* --------------------------------------------------- what follows from the rest */

  /**
   * Write what follows from all else: blanks, sources, terms, and where everything comes from.
   * @param {PlanParts} made
   * @param {Picked[]} chosen
   * @param {AllParts} parts
   * @param {Words} words
   * @returns {PlanParts}
   */
  function settledFacts(made, chosen, parts, words) {
    const plans = [...new Set(chosen.map((pick) => pick.plan))].map((id) => parts[id]).filter(Boolean);
    const texts = textsIn(made);
    const blanks = blanksOf(made, texts, plans, words);
    const cited = citedIn([made, blanks]);
    const sources = cited.length ? cited : plans.length ? plans[0].sources : [];
    const names = chosen.filter(({ kind }) => kind === "list").map(({ id }) => id);
    const all = texts.join("\n");
    for (const id of flat(plans.map(({ terms }) => terms || []))) if (words.terms[id] && all.includes(words.terms[id].name)) names.push(id);
    const cautions = plans.filter(({ caution }) => caution).map(({ title, caution }) => `《${title}》：${caution}`);
    return withoutEmpty({
      ...made,
      summary: summaryOf(made, plans),
      sources,
      ...(cautions.length ? { caution: cautions.join("") } : {}),
      adapted: adaptedOf(chosen, plans, parts, words),
      terms: [...new Set(names)],
      blanks,
    });
  }

  /**
   * @param {PlanParts} made
   * @returns {PlanParts}
   */
  function withoutEmpty(made) {
    return /** @type {any} */ (Object.fromEntries(Object.entries(made).filter(([key, value]) => key === "tasks" || key === "sections" || !Array.isArray(value) || value.length)));
  }

  /**
   * @param {any} value
   * @returns {string[]} every text in it
   */
  function textsIn(value) {
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return flat(value.map(textsIn));
    return value && typeof value === "object" ? flat(Object.keys(value).map((key) => textsIn(value[key]))) : [];
  }

  /**
   * @param {any} value
   * @returns {string[]} the sources cited in it, each once, in order
   */
  function citedIn(value) {
    /** @type {string[]} */
    const found = [];
    /** @param {any} one */
    function look(one) {
      if (!one || typeof one !== "object") return;
      if (one.source && typeof one.source === "object") found.push(one.source.id);
      Object.keys(one).forEach((key) => look(one[key]));
    }
    look(value);
    return [...new Set(found)].sort();
  }

  /**
   * @param {PlanParts} made
   * @param {string[]} texts
   * @param {PlanParts[]} plans
   * @param {Words} words
   * @returns {PlanBlank[]}
   */
  function blanksOf({ phases }, texts, plans, words) {
    const labels = new Set(flat(texts.map((text) => (text.match(/【[^【】]*】/g) || []).map((blank) => blank.slice(1, -1)))));
    const dated = new Set(flat((phases || []).map(({ start, end }) => [start, end].map((moment) => (moment && moment.field) || ""))));
    const used = words.fields.filter(({ id, label }) => labels.has(label) || dated.has(id));
    return flat(
      used.map(({ id }) => {
        const known = flat(plans.map(({ blanks }) => (blanks || []).filter(({ field }) => field === id)));
        if (known.length) return [known[0]];
        return words.paper_fields.includes(id) && !dated.has(id) ? [] : [{ field: id, reason: "编者增设" }];
      }),
    );
  }

  /**
   * @param {PlanParts} made
   * @param {PlanParts[]} plans
   */
  function summaryOf({ sections, tasks }, plans) {
    return `自己组合的方案，共 ${sections.length} 节、${tasks.length} 项任务${plans.length ? `，取自本站 ${plans.length} 份方案` : ""}。`;
  }

  /**
   * Say plan by plan what was taken.
   * @param {Picked[]} chosen
   * @param {PlanParts[]} plans
   * @param {AllParts} parts
   * @param {Words} words
   */
  function adaptedOf(chosen, plans, parts, words) {
    const said = plans.map(({ id, title }) => {
      const mine = chosen.filter((pick) => pick.plan === id);
      const heads = mine.filter(({ kind }) => kind === "section").map((pick) => `“${labelOf(pick, parts, words)}”`);
      const tasks = mine.filter(({ kind }) => kind === "task").length;
      return `取自《${title}》：${[...heads, ...(tasks ? [`${tasks} 项任务`] : [])].join("、")}。`;
    });
    const core = chosen.filter(({ kind }) => kind === "core").length;
    return core ? [...said, `取自“共同要做的事”：${core} 项任务。`] : said;
  }

  /* -------------------------------------------------------------------- faults */

  /** @type {Assembling["faults"]} */
  function faults({ tasks, sources }, { id, title, unit, nature }) {
    const said = [];
    if (!title) said.push("还没有写标题。");
    if (!unit) said.push("还没有选单位类型。");
    if (!nature) said.push("还没有选公文种类。");
    if (!tasks.length) said.push("还没有任务，请至少挑一项任务，或者挑一节带任务的。");
    else if (!sources.length) said.push("还看不出来源，请至少从一份方案里挑一项。");
    if (id !== slug(id) || !id) said.push("编号要以小写英文字母开头，只用小写字母、数字和单个连字符，不超过 60 个字符。");
    return said;
  }

  const INVISIBLE =
    /[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\u{110bd}\u{110cd}\u{13430}-\u{1345f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{10ffff}]/gu;
  /** Signs that no title may hold, and what stands for them. */
  const SIGNS = /** @type {{[sign: string]: string}} */ ({ "<": "〈", ">": "〉", "{": "〔", "}": "〕", "【": "〔", "】": "〕" });

  /** @type {Assembling["tidyTitle"]} */
  function tidyTitle(text) {
    const plain = text
      .normalize("NFC")
      .replace(/[\u2e80-\u2ef3\u2f00-\u2fd5]/g, (char) => (char.normalize("NFKC") === char ? "" : char.normalize("NFKC")))
      .replace(/\s+/g, " ")
      .replace(INVISIBLE, "")
      .replace(/[<>{}【】]/g, (char) => SIGNS[char]);
    return [...plain.trim()].slice(0, LONGEST).join("").trim().normalize("NFC");
  }

  /** @type {Assembling["slug"]} */
  function slug(text) {
    const name = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[-0-9]+|-+$/g, "");
    return cut(name, LONGEST);
  }

  /* ------------------------------------------------------------------- doubles */

  /** @param {string} text */
  function pairsOf(text) {
    const plain = text.replace(/【[^】]*】/g, "").replace(/[^0-9A-Za-z\u3400-\u9fff]/g, "");
    const found = new Set();
    for (let at = 0; at < plain.length - 1; at++) found.add(plain.slice(at, at + 2));
    return found.size ? found : new Set([plain]);
  }

  /**
   * @param {Set<string>} one
   * @param {Set<string>} other
   */
  function shared(one, other) {
    let both = 0;
    for (const pair of one) if (other.has(pair)) both += 1;
    return (2 * both) / (one.size + other.size);
  }

  /** @type {Assembling["likeness"]} */
  function likeness(one, other) {
    return shared(pairsOf(one), pairsOf(other));
  }

  /** @type {Assembling["doubles"]} */
  function doubles(picks, parts, words) {
    return [...within(picks, parts, words), ...alikeSections(picks, parts, words), ...alikeTasks(picks, parts, words)];
  }

  /**
   * @param {Picked} pick
   * @param {AllParts} parts
   */
  function fromOf({ plan }, parts) {
    return parts[plan] ? `《${parts[plan].title}》` : "";
  }

  /**
   * What was picked alone and comes with a section as well.
   * @param {Picked[]} picks
   * @param {AllParts} parts
   * @param {Words} words
   * @returns {Doubles[]}
   */
  function within(picks, parts, words) {
    return flat(
      picks.map((pick, at) => {
        const other = picks.findIndex((one) => comesWith(pick, one, parts));
        if (other < 0) return [];
        const said = [other, at].map((index) => doubleOf(picks[index], index, parts, words));
        return [{ why: "单独挑的，已经包含在挑的一节里", items: said, keep: 0 }];
      }),
    );
  }

  /**
   * @param {Picked} pick
   * @param {number} at
   * @param {AllParts} parts
   * @param {Words} words
   * @returns {Double}
   */
  function doubleOf(pick, at, parts, words) {
    return { at, label: labelOf(pick, parts, words), from: fromOf(pick, parts), task: "" };
  }

  /**
   * Sections of which a plan has one, or with one heading.
   * @param {Picked[]} picks
   * @param {AllParts} parts
   * @param {Words} words
   * @returns {Doubles[]}
   */
  function alikeSections(picks, parts, words) {
    const chosen = resolved(picks, parts, words);
    /** @type {Map<string, number[]>} */
    const groups = new Map();
    picks.forEach((pick, at) => {
      const found = sectionOf(pick, parts);
      if (!found || !chosen.includes(pick)) return;
      const kind = found.section.kind || "";
      const key = SINGLE.includes(kind) ? kind : found.section.heading;
      groups.set(key, [...(groups.get(key) || []), at]);
    });
    return [...groups].filter(([, ats]) => ats.length > 1).map(([key, ats]) => {
      return { why: `都是“${key}”`, items: ats.map((at) => doubleOf(picks[at], at, parts, words)), keep: 0 };
    });
  }

  /**
   * Tasks with the same text, or nearly.
   * @param {Picked[]} picks
   * @param {AllParts} parts
   * @param {Words} words
   * @returns {Doubles[]}
   */
  function alikeTasks(picks, parts, words) {
    const chosen = resolved(picks, parts, words);
    /** @type {(Double & {pairs: Set<string>, worth: number})[]} */
    const tasks = [];
    picks.forEach((pick, at) => {
      if (!chosen.includes(pick)) return;
      const core = pick.kind === "core" ? [coreTask(words.core[pick.id], pick.id)] : tasksOf(pick, parts);
      for (const task of core) {
        const inside = pick.kind === "section" ? task.id : "";
        tasks.push({ at, label: task.text, from: fromOf(pick, parts), task: inside, pairs: pairsOf(task.text), worth: worthOf(task) });
      }
    });
    /** @type {(typeof tasks)[]} */
    const groups = [];
    for (const task of tasks) {
      // Why never two of one plan: its source tells them apart.
      const group = groups.find((some) => some.every(({ from }) => from !== task.from) && shared(some[0].pairs, task.pairs) >= ALIKE);
      if (group) group.push(task);
      else groups.push([task]);
    }
    return groups.filter((group) => group.length > 1).map((group) => {
      const best = Math.max(...group.map(({ worth }) => worth));
      const items = group.map(({ at, label, from, task }) => ({ at, label, from, task }));
      const same = new Set(group.map(({ label }) => label)).size === 1;
      return { why: same ? "任务相同" : "任务差不多", items, keep: group.findIndex(({ worth }) => worth === best) };
    });
  }

  /** @param {PlanTask} task how much it says */
  function worthOf({ origin, threshold, when, record }) {
    return (origin === EDITOR ? 0 : 4) + (threshold ? 2 : 0) + (when.phase || when.date ? 1 : 0) + (record.origin === EDITOR ? 0 : 1);
  }

  /** @type {Assembling["keeping"]} */
  function keeping(picks, { items }, keep) {
    const others = items.filter((_, at) => at !== keep);
    return flat(
      picks.map((pick, at) => {
        const mine = others.filter((one) => one.at === at);
        if (mine.some(({ task }) => !task)) return [];
        return mine.length ? [{ ...pick, without: [...(pick.without || []), ...mine.map(({ task }) => task)] }] : [pick];
      }),
    );
  }

  /** @type {Assembling["settled"]} */
  function settled(picks, parts, words) {
    let left = picks;
    // Why one at a time: a pick that is dropped moves those after it.
    for (let most = 1000; most; most--) {
      const [first] = doubles(left, parts, words);
      if (!first) break;
      left = keeping(left, first, first.keep);
    }
    return left;
  }

  planSite.assembling = { plan, origins, faults, doubles, keeping, settled, labelOf, tasksOf, sectionsOf, tidyTitle, slug, likeness };
})();
