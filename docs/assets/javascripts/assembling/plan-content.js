// @ts-check
/**
 * What a plan puts into its page and files: macros/document.py and macros/office/content.py in the browser, for plans
 * that a reader assembles. tests/test_assembling.py holds both to the same answers. Everything here is pure.
 *
 * A plan as its file in data/plans says it; what stands there by default is left out.
 * @typedef {{id: string, heading: string}} Citation
 * @typedef {{origin?: string, source?: Citation}} Sourced
 * @typedef {Sourced & {text?: string, items?: string[], show?: string}} BodyBlock
 * @typedef {Sourced & {id: string, heading: string, kind?: string, body?: BodyBlock[], sections?: PlanSection[]}} PlanSection
 * @typedef {{metric: string, operator: string, value?: string, scope?: string, origin?: string}} Limit
 * @typedef {{phase?: string, every?: string, date?: string, by?: string, origin?: string, phase_origin?: string}} TaskWhen
 * @typedef {Sourced & {id: string, text: string, section: string, owner: {role: string, support?: string[], origin?: string,
 *   support_origin?: string}, when: TaskWhen, record: {keep: string[], origin?: string}, themes: string[],
 *   threshold?: Limit, note?: string}} PlanTask
 * @typedef {{month?: number, date?: string, weekday?: string, field?: string, after?: string, days?: number}} PlanMoment
 * @typedef {Sourced & {id: string, name: string, start?: PlanMoment, end?: PlanMoment, lasts?: number, body?: BodyBlock[]}} PartPhase
 * @typedef {Sourced & {id: string, dimension: string, text: string, thresholds?: Limit[], horizon?: string}} PlanGoal
 * @typedef {Sourced & {role: string, holder?: string, duty: string}} PlanMember
 * @typedef {Sourced & {id: string, kind: string, text: string, place?: string, value?: string}} PlanChannel
 * @typedef {Sourced & {id: string, item: string, content: string, methods: {ways: string[], origin?: string}, feeds?: string}} PlanItem
 * @typedef {Sourced & {kind: string, trigger: string, measure: string}} PlanReward
 * @typedef {{field: string, reason: string, example?: string, source?: Citation}} PlanBlank
 * @typedef {{id: string, title: string, paper_title?: string, unit: string, nature: string, summary: string, updated: string,
 *   sources: string[], state: string, stops_at?: string, caution?: string, adapted?: string[], terms?: string[],
 *   basis?: (Sourced & {title: string, issuer?: string, note?: string})[], blanks?: PlanBlank[], sections: PlanSection[],
 *   goals?: PlanGoal[], organisation?: PlanMember[], phases?: PartPhase[], tasks: PlanTask[], channels?: PlanChannel[],
 *   awards?: string[], assessment?: PlanItem[], rewards?: PlanReward[], new_measures: string}} PlanParts
 *
 * The shared lists, as macros/office/words.py gives them.
 * @typedef {Sourced & {id: string, name: string, theme?: string, candidates: string, scope: string, criteria?: string[]}} Award
 * @typedef {{id: string, text: string, owner: string, when: string, keep: string[], themes: string[]}} CoreTask
 * @typedef {{fields: Field[], paper_fields: string[], roles: Role[], units: {[id: string]: string}, natures: string[],
 *   themes: {[id: string]: string}, awards: {[id: string]: Award}, terms: {[id: string]: {id: string, name: string, members?: string[]}},
 *   core: {[id: string]: CoreTask}, reasons: {[reason: string]: string}}} Words
 *
 * @typedef {object} PlanContent
 * @property {(plan: PlanParts, words: Words, version: string) => Content} of
 * @property {(index: number) => string} chinese
 * @property {(show: string, plan: PlanParts, words: Words) => {lead: string, role: string, text: string}[]} shown
 */
(function () {
  "use strict";

  const BLANK = /【([^【】]*)】/g;
  const DIGITS = "〇一二三四五六七八九";
  const OWN = { id: "new-measures", heading: "今年新举措" };
  const NO_ASSESSMENT = "来源没有列出考核项，这里按任务的分组列出，供自评使用。";
  const UNSAID = "原文未写明";

  /* ----------------------------------------------------------------- numbers */

  /** @param {number} number 1 to 99 */
  function chinese(number) {
    const [tens, ones] = [Math.floor(number / 10), number % 10];
    if (!tens) return DIGITS[ones];
    return `${tens === 1 ? "" : DIGITS[tens]}十${ones ? DIGITS[ones] : ""}`;
  }

  /**
   * @param {number} level
   * @param {number} index
   */
  function numberOf(level, index) {
    if (level === 1) return `${chinese(index)}、`;
    if (level === 2) return `（${chinese(index)}）`;
    return level === 3 ? `${index}.` : `（${index}）`;
  }

  /** @returns {() => number} one more at each call */
  function counter() {
    let at = 0;
    return () => (at += 1);
  }

  /**
   * @param {string} text
   * @param {string} ends characters to take off its end
   */
  function stripped(text, ends) {
    let end = text.length;
    while (end && ends.includes(text[end - 1])) end -= 1;
    return text.slice(0, end);
  }

  /**
   * @template T
   * @param {T[][]} lists
   * @returns {T[]}
   */
  function flat(lists) {
    return lists.reduce((all, list) => all.concat(list), /** @type {T[]} */ ([]));
  }

  /* ------------------------------------------------------------------- words */

  /** @param {Limit} limit */
  function limitText({ metric, operator, value }) {
    return `${metric}${operator}${value || ""}`;
  }

  /** @param {string} date MM-DD */
  function monthDay(date) {
    return `${Number(date.slice(0, 2))}月${Number(date.slice(3))}日`;
  }

  /**
   * @param {PlanMoment} moment
   * @param {PlanParts} plan
   * @param {Words} words
   */
  function momentText(moment, plan, words) {
    if (moment.month) return `${moment.month}月`;
    const field = words.fields.find(({ id }) => id === moment.field);
    if (field) return `【${field.label}】${field.type === "month" ? "月" : ""}`;
    const before = (plan.phases || []).find(({ id }) => id === moment.after);
    if (before) return `${before.name}开始后第${moment.days}天`;
    const date = monthDay(moment.date || "");
    return moment.weekday ? `离${date}最近的${moment.weekday}` : date;
  }

  /**
   * @param {PartPhase} phase
   * @param {PlanParts} plan
   * @param {Words} words
   */
  function phaseTime(phase, plan, words) {
    if (!phase.start) return "";
    const start = momentText(phase.start, plan, words);
    if (phase.lasts) return `${start}起，共${phase.lasts}天`;
    const end = phase.end ? momentText(phase.end, plan, words) : "";
    return !end || end === start ? start : `${start}—${end}`;
  }

  /* ------------------------------------------------- the parts shown in place */

  /**
   * What a section shows of the plan, line by line.
   * @type {{[show: string]: (plan: PlanParts, words: Words) => {lead?: string, role?: string, text: string}[]}}
   */
  const SHOWN = {
    basis: ({ basis }) => (basis || []).map(({ title, issuer }) => ({ text: issuer ? `${title}（${issuer}）` : title })),
    goals: ({ goals }) => (goals || []).map(({ dimension, text }) => ({ lead: dimension, text })),
    organisation: ({ organisation }, { roles }) =>
      (organisation || []).map(({ role, holder, duty }) => {
        const name = (roles.find(({ id }) => id === role) || { name: "" }).name;
        return { lead: holder ? `${name}：${holder}` : name, role, text: duty };
      }),
    channels: ({ channels }) => (channels || []).map((channel) => ({ lead: channel.kind, text: channelText(channel) })),
    awards: ({ awards }, words) => (awards || []).map((id) => awardLine(words.awards[id])),
    assessment: ({ assessment }) =>
      (assessment || []).map(({ item, content, methods, feeds }) => {
        return { lead: item, text: `${stripped(content, "。")}（${methods.ways.join("、")}）。${feeds || ""}` };
      }),
    rewards: ({ rewards }) =>
      (rewards || []).map(({ kind, trigger, measure }) => ({ lead: kind, text: `${stripped(trigger, "，的")}的，${measure}` })),
  };

  /** @param {PlanChannel} channel */
  function channelText({ kind, text, place, value }) {
    const more = place ? [`${kind === "检查巡视" ? "范围：" : "设在"}${place}`] : [];
    if (value) more.push(value);
    return more.length ? `${stripped(text, "。")}（${more.join("，")}）。` : text;
  }

  /** @param {Award} award */
  function awardLine({ name, theme, candidates, scope, criteria }) {
    const to = scope === UNSAID ? "" : `评选对象：${scope}。`;
    const by = criteria && criteria.length ? `评选条件：${criteria.join("；")}。` : "";
    return { lead: theme ? `${name}（主题：${theme}）` : name, text: `评选范围：${candidates}。${to}${by}` };
  }

  /** @type {PlanContent["shown"]} */
  function shown(show, plan, words) {
    return SHOWN[show](plan, words).map((line) => ({ lead: "", role: "", ...line }));
  }

  /* ---------------------------------------------------------------- document */

  /**
   * Lay a plan out as an official paper, 今年新举措 last.
   * @param {PlanParts} plan
   * @param {Words} words
   * @param {(text: string) => string} tokens
   * @returns {Block[]}
   */
  function blocksOf(plan, words, tokens) {
    const names = new Map(words.roles.map(({ id, name }) => [id, name]));

    /**
     * @param {PlanSection} section
     * @param {number} level
     * @param {number} index
     * @returns {Block[]}
     */
    function sectionBlocks(section, level, index) {
      const next = counter();
      const body = bodyBlocks(section.body || [], level, next);
      const below = (section.sections || []).map((one) => sectionBlocks(one, level + 1, next()));
      return [heading(level, index, tokens(section.heading), section.id), ...body, ...flat(below)];
    }

    /**
     * @param {BodyBlock[]} body
     * @param {number} level
     * @param {() => number} next
     * @returns {Block[]}
     */
    function bodyBlocks(body, level, next) {
      return flat(
        body.map((block) => {
          if (block.text !== undefined) return [line("", "", "", block.text)];
          if (block.show === "phases") return flat((plan.phases || []).map((phase) => phaseBlocks(phase, level + 1, next())));
          const lines = block.show ? shown(block.show, plan, words) : (block.items || []).map((text) => ({ lead: "", role: "", text }));
          return lines.map(({ lead, role, text }) => line(numberOf(level + 1, next()), lead, role, text));
        }),
      );
    }

    /**
     * @param {PartPhase} phase
     * @param {number} level
     * @param {number} index
     * @returns {Block[]}
     */
    function phaseBlocks(phase, level, index) {
      const head = heading(level, index, `⟦phase:${phase.id}⟧`, `phase-${phase.id}`);
      return [head, ...bodyBlocks(phase.body || [], level, counter())];
    }

    /**
     * @param {number} level
     * @param {number} index
     * @param {string} text
     * @param {string} anchor
     * @returns {Block}
     */
    function heading(level, index, text, anchor) {
      return { is: `h${level}`, number: numberOf(level, index), lead: "", text, anchor };
    }

    /**
     * @param {string} number
     * @param {string} lead
     * @param {string} role the one whose name begins the lead
     * @param {string} text
     * @returns {Block}
     */
    function line(number, lead, role, text) {
      const said = role ? `⟦role:${role}⟧${tokens(lead.slice((names.get(role) || "").length))}` : tokens(lead);
      return { is: "p", number, lead: said, text: tokens(text) };
    }

    const last = plan.sections.length + 1;
    const own = { ...line("", "", "", ""), text: `⟦${OWN.id}⟧`, own: true };
    const sections = plan.sections.map((section, at) => sectionBlocks(section, 1, at + 1));
    return [...flat(sections), heading(1, last, OWN.heading, OWN.id), own];
  }

  /* ------------------------------------------------------------------- tasks */

  /** @typedef {{id: string, name: string, time: string, tasks: PlanTask[]}} Group */

  /**
   * Group tasks by phase where most have one, else by top section.
   * @param {PlanParts} plan
   * @param {Words} words
   * @returns {Group[]}
   */
  function groupsOf(plan, words) {
    const dated = plan.tasks.filter(({ when }) => when.phase).length;
    const groups = dated * 2 > plan.tasks.length ? byPhase(plan, words) : bySection(plan);
    return groups.filter(({ tasks }) => tasks.length);
  }

  /**
   * @param {PlanParts} plan
   * @param {Words} words
   */
  function byPhase(plan, words) {
    const groups = (plan.phases || []).map((phase) => {
      const tasks = plan.tasks.filter(({ when }) => when.phase === phase.id);
      return { id: phase.id, name: phase.name, time: phaseTime(phase, plan, words), tasks };
    });
    const rest = plan.tasks.filter(({ when }) => !when.phase);
    return [...groups, { id: "all-year", name: "全过程", time: "不分阶段", tasks: rest }];
  }

  /** @param {PlanParts} plan */
  function bySection({ sections, tasks }) {
    return sections.map((section) => {
      const ids = idsBelow(section);
      return { id: section.id, name: section.heading, time: "", tasks: tasks.filter((task) => ids.includes(task.section)) };
    });
  }

  /**
   * @param {PlanSection} section
   * @returns {string[]} its id and those of all below
   */
  function idsBelow(section) {
    return [section.id, ...flat((section.sections || []).map(idsBelow))];
  }

  /**
   * @param {PlanTask} task
   * @param {(text: string) => string} tokens
   */
  function whenText({ when }, tokens) {
    const parts = when.phase ? [`⟦phase:${when.phase}⟧`] : [];
    if (when.date) parts.push(monthDay(when.date));
    for (const words of [when.every, when.by]) if (words) parts.push(tokens(words));
    return parts.join("，");
  }

  /**
   * @param {PlanTask} task
   * @param {Group} group
   * @param {number} number
   * @param {Words} words
   * @param {(text: string) => string} tokens
   * @returns {Task}
   */
  function taskOf(task, group, number, words, tokens) {
    const { owner, threshold } = task;
    const [when, phase, support] = [whenText(task, tokens), task.when.phase || "", owner.support || []];
    const namedTwice = phase === group.id && group.time;
    return {
      id: task.id,
      number: String(number),
      group: group.id,
      part: group.name,
      text: tokens(task.text),
      lead: `⟦role:${owner.role}⟧`,
      support: support.map((role) => `⟦role:${role}⟧`).join("、"),
      roles: [...new Set([owner.role, ...support])],
      when,
      time: namedTwice ? when.replace(`⟦phase:${phase}⟧`, `⟦time:${phase}⟧`) : when,
      phase,
      date: task.when.date || "",
      keep: task.record.keep,
      themes: task.themes.map((theme) => words.themes[theme]).join("、"),
      threshold: threshold ? tokens(limitText(threshold)) : "",
      note: tokens(task.note || ""),
    };
  }

  /**
   * @param {PlanParts} plan
   * @param {Group[]} groups
   * @param {(text: string) => string} tokens
   * @returns {AssessmentItem[]}
   */
  function assessmentOf({ assessment }, groups, tokens) {
    const own = (assessment || []).map(({ item, content, feeds, methods }) => {
      return { item, content: tokens(content + (feeds || "")), ways: methods.ways.join("、") };
    });
    const rows = own.length
      ? own
      : groups.map(({ name, tasks }) => {
          return { item: name, content: `${tasks.map(({ text }) => stripped(tokens(text), "。")).join("；")}。`, ways: "查资料" };
        });
    return rows.map((row, at) => ({ number: String(at + 1), ...row }));
  }

  /* ----------------------------------------------------------------- content */

  /**
   * @param {PlanParts} plan
   * @param {Words} words
   * @returns {Field[]}
   */
  function fieldsOf(plan, words) {
    const asked = new Map((plan.blanks || []).map((blank) => [blank.field, blank]));
    return words.fields
      .filter(({ id }) => asked.has(id) || words.paper_fields.includes(id))
      .map((field) => {
        const blank = asked.get(field.id);
        const own = field.group === "本单位实际" || (blank && blank.reason === "原文未给");
        return {
          ...field,
          ...(blank ? { reason: words.reasons[blank.reason] } : {}),
          ...(blank && blank.example ? { example: blank.example } : {}),
          ...(own ? { own: true } : {}),
        };
      });
  }

  /**
   * @param {PlanParts} plan
   * @param {Words} words
   */
  function rolesOf({ tasks, organisation }, { roles }) {
    const used = new Set(flat(tasks.map(({ owner }) => [owner.role, ...(owner.support || [])])));
    for (const { role } of organisation || []) used.add(role);
    return roles.filter(({ id }) => used.has(id));
  }

  /**
   * @param {PartPhase} phase
   * @param {PlanParts} plan
   * @param {Words} words
   * @param {(text: string) => string} tokens
   * @returns {PlanPhase}
   */
  function phaseOf(phase, plan, words, tokens) {
    const { id, name, start, end, lasts } = phase;
    const facts = { id, name, ...(start ? { start } : {}), ...(end ? { end } : {}), ...(lasts ? { lasts } : {}) };
    return /** @type {any} */ ({ ...facts, time: tokens(phaseTime(phase, plan, words)) });
  }

  /**
   * @param {Group[]} groups
   * @param {PlanParts} plan
   * @param {(text: string) => string} tokens
   */
  function groupTimes(groups, { phases }, tokens) {
    const ids = (phases || []).map(({ id }) => id);
    return groups.map(({ id, name, time }) => ({ id, name, time: ids.includes(id) ? `⟦time:${id}⟧` : tokens(time) }));
  }

  /** @type {PlanContent["of"]} */
  function of(plan, words, version) {
    const ids = new Map(words.fields.map(({ id, label }) => [label, id]));
    const tokens = (/** @type {string} */ text) => text.replace(BLANK, (_, label) => `⟦${ids.get(label)}⟧`);
    const groups = groupsOf(plan, words);
    const numbered = flat(groups.map((group) => group.tasks.map((task) => ({ group, task }))));
    return {
      id: plan.id,
      title: plan.title,
      paper_title: tokens(plan.paper_title || plan.title),
      unit: words.units[plan.unit],
      nature: plan.nature,
      updated: plan.updated,
      new_measures: plan.new_measures,
      fields: fieldsOf(plan, words),
      roles: rolesOf(plan, words),
      phases: (plan.phases || []).map((phase) => phaseOf(phase, plan, words, tokens)),
      blocks: blocksOf(plan, words, tokens),
      groups: groupTimes(groups, plan, tokens),
      tasks: numbered.map(({ group, task }, at) => taskOf(task, group, at + 1, words, tokens)),
      assessment: assessmentOf(plan, groups, tokens),
      assessment_note: plan.assessment && plan.assessment.length ? "" : NO_ASSESSMENT,
      version,
    };
  }

  planSite.planContent = { of, chinese, shown };
})();
