// @ts-check
/**
 * The sections of a plan that is put together: those that were picked, and some for what belongs to none. Everything here
 * is pure.
 *
 * What is united: `owners` says which plan each part that is shown in place comes from; "" is none.
 * @typedef {{sections: PlanSection[], owners: Map<string, string>}} UnitedSections
 *
 * @typedef {object} UnitingSections
 * @property {(chosen: Picked[], parts: AllParts, words: Words, name: Namer, hasPhases: boolean) => UnitedSections} united
 * @property {{[made: string]: PlanSection}} MADE
 */
(function () {
  "use strict";

  const { pickedParts, planContent } = planSite;
  const { EDITOR, labelOf, sectionOf, shows, within } = pickedParts;

  /** Sections that are made where what was picked belongs to none. */
  const MADE = /** @type {{[name: string]: PlanSection}} */ ({
    tasks: { id: "main-tasks", kind: "措施", heading: "主要任务", origin: EDITOR },
    awards: { id: "awards-picked", kind: "评选奖项", heading: "评选表彰", origin: EDITOR },
    lists: { id: "lists-picked", kind: "具体要求", heading: "工作要求", origin: EDITOR },
    phases: { id: "schedule-picked", kind: "方法步骤", heading: "时间安排", origin: EDITOR },
  });
  /** Parts of a plan that a section of a kind brings with it, shown there or not. */
  const BROUGHT = /** @type {{[kind: string]: "basis" | "channels" | "assessment"}} */ ({ 背景与依据: "basis", 公开监督: "channels", 考核评估: "assessment" });
  const INHERITED = /** @type {const} */ (["kind", "origin", "source"]);

  /**
   * `phasesIn` is the heading of the section that shows the phases.
   * @typedef {UnitedSections & {parts: AllParts, words: Words, name: Namer, isAwarding: boolean, phasesIn: string}} Uniting
   */

  /** @type {UnitingSections["united"]} */
  function united(chosen, parts, words, name, hasPhases) {
    const isAwarding = chosen.some((pick) => shows(pick, "awards", parts));
    /** @type {Uniting} */
    const uniting = { sections: [], owners: new Map(), parts, words, name, isAwarding, phasesIn: "" };
    for (const pick of chosen) add(uniting, pick);
    bring(uniting, chosen);
    const { sections, owners } = uniting;
    if (hasPhases && !owners.has("phases")) sections.push({ ...MADE.phases, body: [{ text: "按以下阶段推进：" }, { show: "phases" }] });
    return { sections, owners };
  }

  /**
   * @param {Uniting} uniting
   * @param {Picked} pick
   */
  function add(uniting, pick) {
    const { parts, words, sections } = uniting;
    const found = sectionOf(pick, parts);
    if (found) sections.push(sectionCopy(uniting, pick.plan, found));
    else if (pick.kind === "award") addAwards(uniting);
    else if (pick.kind === "list") addItem(madeIn(uniting, "lists"), listLine(words.terms[pick.id]));
    else addItem(madeIn(uniting, "tasks"), sentence(labelOf(pick, parts, words)));
  }

  /**
   * Take over what belongs to a section that does not show it.
   * @param {Uniting} uniting
   * @param {Picked[]} chosen
   */
  function bring({ parts, owners }, chosen) {
    for (const pick of chosen) {
      const found = sectionOf(pick, parts);
      for (const { kind } of found ? within(found.section) : []) {
        const part = BROUGHT[kind || ""];
        const list = part && parts[pick.plan][part];
        if (list && list.length && !owners.has(part)) owners.set(part, pick.plan);
      }
    }
  }

  /* ------------------------------------------------------------ made of no section */

  /**
   * @param {Uniting} uniting
   * @param {string} made
   */
  function madeIn({ sections }, made) {
    const known = sections.find(({ id }) => id === MADE[made].id);
    if (known) return known;
    const section = { ...MADE[made], body: [] };
    sections.push(section);
    return section;
  }

  /** @param {Uniting} uniting */
  function addAwards(uniting) {
    if (uniting.isAwarding) return;
    madeIn(uniting, "awards").body = [{ show: "awards" }];
    uniting.owners.set("awards", "");
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

  /* -------------------------------------------------------------------- copies */

  /**
   * Copy a section with all below it, as one of the first level.
   * @param {Uniting} uniting
   * @param {string} plan
   * @param {FoundSection} found
   * @returns {PlanSection}
   */
  function sectionCopy(uniting, plan, { section, above }) {
    const upwards = [section, ...[...above].reverse()];
    const [kind, origin, source] = INHERITED.map((key) => upwards.map((one) => one[key]).find(Boolean));
    const own = copyOf(uniting, plan, section);
    return /** @type {PlanSection} */ ({ ...own, kind: kind || "措施", ...(origin ? { origin } : {}), ...(source ? { source } : {}) });
  }

  /**
   * @param {Uniting} uniting
   * @param {string} plan
   * @param {PlanSection} section
   * @returns {PlanSection}
   */
  function copyOf(uniting, plan, section) {
    const { body, sections, ...rest } = section;
    const blocks = (body || []).map((block) => blockCopy(uniting, plan, block, section));
    const below = (sections || []).map((one) => copyOf(uniting, plan, one));
    return { ...rest, id: uniting.name(plan, section.id), ...(blocks.length ? { body: blocks } : {}), ...(below.length ? { sections: below } : {}) };
  }

  /**
   * Copy a block; what it shows of its plan is shown once in the new one, and stands as text after.
   * @param {Uniting} uniting
   * @param {string} plan
   * @param {BodyBlock} block
   * @param {PlanSection} section it stands in
   * @returns {BodyBlock}
   */
  function blockCopy(uniting, plan, block, section) {
    const { owners, parts, words } = uniting;
    const { show, ...rest } = block;
    if (!show) return block;
    if (!owners.has(show)) {
      owners.set(show, plan);
      if (show === "phases") uniting.phasesIn = section.heading;
      return block;
    }
    if (show === "phases") return { text: `各阶段的安排见“${uniting.phasesIn}”。`, origin: EDITOR };
    return { ...rest, items: planContent.shown(show, parts[plan], words).map(({ lead, text }) => (lead ? `${lead}。${text}` : text)) };
  }

  planSite.unitingSections = { united, MADE };
})();
