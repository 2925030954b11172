// @ts-check
/**
 * How far a plan of the reader's is: its tasks with their states, counts of them, what is late and what comes next,
 * scores, and the words for what stands in a cell. Everything here is pure; days are ISO texts.
 *
 * What of a reader's plan is counted; `under` gives the cells below a prefix.
 * @typedef {{values: Given, task: (id: string) => TaskState, under: (prefix: string) => {[rest: string]: any}}} Mine
 *
 * A task as far as it is: `due` as the reader set it, or as the template has it for the year; `late` if it has passed.
 * @typedef {{id: string, number: string, text: string, role: string, department: string, part: string, phase: string,
 *   themes: string[], due: string, state: string, reason: string, note: string, done: string, evidence: string[],
 *   late: boolean}} TaskRow
 *
 * Tasks counted: `due` are those that are to be done, all but the not applicable ones.
 * @typedef {{name: string, all: number, due: number, done: number, doing: number, open: number, na: number, late: number}} Tally
 *
 * A phase with its days; `tally` of the tasks of that phase.
 * @typedef {{name: string, first: number, last: number, tally: Tally}} Stage
 *
 * @typedef {{number: string, item: string, content: string, full: string, self: string, assessed: string, note: string}} Score
 * @typedef {{full: string, self: string, assessed: string, difference: string}} Sums
 * @typedef {{name: string, tallies: Tally[]}} Grouping
 *
 * @typedef {object} Progress
 * @property {{[state: string]: string}} STATES
 * @property {(title: string, known: {[task: string]: any}, values: Given) => Content} bare
 * @property {(content: Content, mine: Mine, today: string) => TaskRow[]} rows
 * @property {(content: Content, mine: Mine) => TaskRow[]} gone
 * @property {(name: string, rows: TaskRow[]) => Tally} tally
 * @property {(rows: TaskRow[], names: (row: TaskRow) => string[]) => Tally[]} by
 * @property {(content: Content, rows: TaskRow[]) => Grouping[]} groupings
 * @property {(rows: TaskRow[]) => TaskRow[]} late
 * @property {(rows: TaskRow[], today: string, days: number) => TaskRow[]} next
 * @property {(content: Content, mine: Mine, rows: TaskRow[]) => Stage[]} stages
 * @property {(content: Content, mine: Mine) => Score[]} scores
 * @property {(scores: Score[]) => Sums} sums
 * @property {(text: string) => string} scoreFault
 * @property {(tally: Tally) => string} share
 * @property {(from: string, to: string) => number} daysBetween
 * @property {(day: string) => string} dayWords
 * @property {(at: string) => string} moment
 * @property {(path: string, content: Content, slots: Slots) => string} placeOf
 * @property {(path: string, value: any) => string} valueOf
 * @property {(doc: MyPlan) => number} brings
 */
(function () {
  "use strict";

  const { dates, filling, myPlans } = planSite;
  const { STATES } = myPlans;

  /** What every paper has, whatever its template. */
  const PAPER_FIELDS = [["unit-name", "单位全称", "text"], ["issue-date", "成文日期", "date"], ["addressee", "主送单位", "text"]].map(
    ([id, label, type]) => ({ id, label, type, group: "", hint: "" }),
  );
  const DAY = 86400000;
  const HUNDREDTH = 100;

  /* ------------------------------------------------------------------- tasks */

  /**
   * Make what a template says out of what is known of its tasks, where the site does not have it any more.
   * @param {string} title
   * @param {{[task: string]: any}} known
   * @param {Given} values
   * @returns {Content}
   */
  function bare(title, known, values) {
    const about = { lead: "", support: "", roles: [], when: "", time: "", phase: "", date: "", keep: [], themes: "", threshold: "", note: "" };
    const text = (/** @type {string} */ id) => placed(known[id], new Map(), values);
    const tasks = Object.keys(known).map((id, at) => ({ ...about, id, number: String(at + 1), group: "", part: "", text: text(id) }));
    const name = filling.clean(title) || "方案";
    const texts = { id: "", title: name, paper_title: name, unit: "", nature: "", updated: "", version: "", new_measures: "" };
    return { ...texts, fields: PAPER_FIELDS, roles: [], phases: [], blocks: [], groups: [], tasks, assessment: [], assessment_note: "" };
  }

  /**
   * Put values into a text that the template may not have any more, nor its places.
   * @param {any} text
   * @param {Slots} slots
   * @param {Given} values
   */
  function placed(text, slots, { fields = {}, roles = {} }) {
    const given = (/** @type {string} */ key) => fields[key] || roles[key.replace("role:", "")] || "……";
    const known = String(text).replace(/⟦([^⟦⟧]*)⟧/g, (token, key) => (slots.has(key) ? token : filling.clean(given(key))));
    return filling.plain(known, slots);
  }

  /**
   * @param {Content} content
   * @param {Mine} mine
   * @param {string} today
   * @returns {TaskRow[]}
   */
  function rows(content, mine, today) {
    const { tasks, slots } = filling.fill(content, mine.values, {});
    return tasks.map((item) => {
      const task = mine.task(item.id);
      const due = task.due || item.due[0].iso || "";
      const words = { text: filling.plain(item.text, slots), department: task.owner || filling.plain(item.lead, slots) };
      const about = { number: item.number, part: item.part, phase: item.phase, role: roleOf(content, item.lead) };
      const themes = item.themes ? item.themes.split("、") : [];
      return { id: item.id, ...words, ...about, themes, ...stateOf(task), due, late: isLate(task.state, due, today) };
    });
  }

  /** @param {TaskState} task */
  function stateOf({ state, reason, note, done, evidence }) {
    return { state: state in STATES ? state : "", reason, note, done, evidence: Object.values(evidence) };
  }

  /**
   * @param {Content} content
   * @param {string} lead
   */
  function roleOf(content, lead) {
    const named = content.roles.find(({ id }) => lead === `⟦role:${id}⟧`);
    return named ? named.name : "";
  }

  /**
   * @param {string} state
   * @param {string} due
   * @param {string} today
   */
  function isLate(state, due, today) {
    return Boolean(due) && due < today && !isOver(state);
  }

  /** @param {string} state */
  function isOver(state) {
    return state === "done" || state === "na";
  }

  /**
   * Give the tasks that the reader wrote something at and that the template does not have any more.
   * @param {Content} content
   * @param {Mine} mine
   * @returns {TaskRow[]}
   */
  function gone(content, mine) {
    const there = new Set(content.tasks.map(({ id }) => id));
    const written = Object.keys(mine.under("tasks/")).map((rest) => rest.split("/")[0]);
    const ids = [...new Set(written)].filter((id) => !there.has(id));
    const [known, slots] = [mine.under("known/"), filling.slots(content, mine.values)];
    return ids.map((id, at) => {
      const task = mine.task(id);
      const words = { text: placed(known[id] || id, slots, mine.values), department: task.owner };
      const about = { number: String(at + 1), part: "", phase: "", role: "", themes: [], due: task.due, late: false };
      return { id, ...words, ...about, ...stateOf(task) };
    });
  }

  /* ------------------------------------------------------------------ counts */

  /**
   * @param {string} name
   * @param {TaskRow[]} some
   * @returns {Tally}
   */
  function tally(name, some) {
    const of = (/** @type {string} */ state) => some.filter((row) => row.state === state).length;
    const [done, doing, open, na] = ["done", "doing", "", "na"].map(of);
    return { name, all: some.length, due: some.length - na, done, doing, open, na, late: late(some).length };
  }

  /**
   * Count tasks by names that each has; in the order in which the names come.
   * @param {TaskRow[]} all
   * @param {(row: TaskRow) => string[]} names
   */
  function by(all, names) {
    /** @type {Map<string, TaskRow[]>} */
    const groups = new Map();
    for (const row of all) {
      for (const name of names(row)) groups.set(name, [...(groups.get(name) || []), row]);
    }
    return [...groups].map(([name, some]) => tally(name, some));
  }

  /**
   * Count by all that is shown; departments by role too only where they are not the same.
   * @param {Content} content
   * @param {TaskRow[]} all
   * @returns {Grouping[]}
   */
  function groupings(content, all) {
    const phases = new Set(content.phases.map(({ id }) => id));
    const isPhased = content.groups.some(({ id }) => phases.has(id));
    const some = [
      { name: isPhased ? "按阶段" : "按部分", tallies: by(all, ({ part }) => [part || "其他"]) },
      { name: "按责任部门", tallies: by(all, ({ department }) => [department || "没有写"]) },
      { name: "按牵头角色", tallies: by(all, ({ role }) => [role || "没有写"]) },
      { name: "按主题", tallies: by(all, ({ themes }) => (themes.length ? themes : ["其他"])) },
    ];
    const isSame = all.every(({ role, department }) => role === department);
    return some.filter(({ name, tallies }) => tallies.length && !(isSame && name === "按牵头角色"));
  }

  /** @param {TaskRow[]} all */
  function late(all) {
    return all.filter((row) => row.late).sort(byDue);
  }

  /**
   * @param {TaskRow} one
   * @param {TaskRow} other
   */
  function byDue(one, other) {
    return Number(one.due > other.due) - Number(one.due < other.due);
  }

  /**
   * Give what is due from today on, in so many days.
   * @param {TaskRow[]} all
   * @param {string} today
   * @param {number} days
   */
  function next(all, today, days) {
    return all.filter(({ state, due }) => due >= today && !isOver(state) && daysBetween(today, due) <= days).sort(byDue);
  }

  /**
   * @param {Content} content
   * @param {Mine} mine
   * @param {TaskRow[]} all
   * @returns {Stage[]}
   */
  function stages(content, mine, all) {
    const days = filling.dated(content, mine.values);
    const known = content.phases.filter(({ id }) => days[id]);
    return known.map(({ id, name }) => ({ name, ...days[id], tally: tally(name, all.filter(({ phase }) => phase === id)) }));
  }

  /**
   * Say how much is done of what is to be done.
   * @param {Tally} counted
   */
  function share({ done, due }) {
    return due ? `${Math.round((done / due) * HUNDREDTH)}%` : "—";
  }

  /* ------------------------------------------------------------------ scores */

  /**
   * @param {Content} content
   * @param {Mine} mine
   * @returns {Score[]}
   */
  function scores(content, mine) {
    const [given, slots] = [mine.under("score/"), filling.slots(content, mine.values)];
    return content.assessment.map((one) => {
      const at = (/** @type {string} */ name) => String(given[`${one.number}/${name}`] || "");
      const marks = { full: at("full"), self: at("self"), assessed: at("assessed"), note: at("note") };
      return { number: one.number, item: filling.plain(one.item, slots), content: filling.plain(one.content, slots), ...marks };
    });
  }

  /** @param {string} text */
  function scoreFault(text) {
    return !text || isNumber(text) ? "" : "这里只写数字。";
  }

  /** @param {string} text */
  function isNumber(text) {
    return /^-?[0-9]+(\.[0-9]+)?$/.test(text);
  }

  /**
   * Add up; the difference is of the items that have both marks. Why in hundredths: 0.1 + 0.2 is not 0.3.
   * @param {Score[]} all
   * @returns {Sums} empty where nothing was given
   */
  function sums(all) {
    const both = all.filter(({ self, assessed }) => isNumber(self) && isNumber(assessed));
    const [full, self, assessed] = ["full", "self", "assessed"].map((name) => sum(all.map((one) => /** @type {any} */ (one)[name])));
    return { full, self, assessed, difference: sum([...both.map((one) => one.assessed), ...both.map((one) => negative(one.self))]) };
  }

  /** @param {string} text */
  function negative(text) {
    return text[0] === "-" ? text.slice(1) : `-${text}`;
  }

  /** @param {string[]} texts */
  function sum(texts) {
    const numbers = texts.filter(isNumber).map((text) => Math.round(Number(text) * HUNDREDTH));
    return numbers.length ? String(numbers.reduce((all, one) => all + one, 0) / HUNDREDTH) : "";
  }

  /* -------------------------------------------------------------------- days */

  /**
   * @param {string} from
   * @param {string} to
   */
  function daysBetween(from, to) {
    return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
  }

  /** @param {string} day */
  function dayWords(day) {
    return filling.fieldText("date", day);
  }

  /**
   * Say a moment by the reader's own clock.
   * @param {string} at ISO
   */
  function moment(at) {
    const date = new Date(at);
    if (isNaN(date.getTime())) return "";
    const [hour, minute] = [date.getHours(), date.getMinutes()].map((number) => String(number).padStart(2, "0"));
    return `${dayWords(dates.today(date))} ${hour}:${minute}`;
  }

  /* ----------------------------------------------------------- cells in words */

  /** @type {{[name: string]: string}} */
  const PARTS = { state: "状态", reason: "不适用的原因", owner: "责任人", due: "时限", note: "备注", done: "完成日期", evidence: "佐证材料" };
  /** @type {{[name: string]: string}} */
  const MARKS = { full: "分值", self: "自评分", assessed: "考核分", note: "说明" };
  /** @type {{[name: string]: string}} */
  const ALONE = { name: "方案的名字", title: "示例的标题", content: "方案的内容", picks: "选进来的内容", last: "去年的方案" };

  /**
   * Say where a cell is, in words.
   * @param {string} path
   * @param {Content} content
   * @param {Slots} slots
   */
  function placeOf(path, content, slots) {
    const [kind, key, part] = path.split("/");
    const words = (/** @type {string | undefined} */ text) => (text ? filling.plain(text, slots) : key);
    const nameIn = (/** @type {{id: string}[]} */ all) => /** @type {any} */ (all.find(({ id }) => id === key)) || {};
    /** @type {{[kind: string]: () => string}} */
    const places = {
      tasks: () => `任务“${words(nameIn(content.tasks).text)}” · ${PARTS[part] || part}`,
      known: () => `任务“${words(nameIn(content.tasks).text)}” · 示例里的文字`,
      fields: () => `单位情况 · ${nameIn(content.fields).label || key}`,
      roles: () => `角色 · ${nameIn(content.roles).name || key}`,
      phases: () => `阶段“${words(nameIn(content.phases).name)}” · 起止日期`,
      score: () => `考评第 ${key} 项 · ${MARKS[part] || part}`,
      waived: () => `放行的“${path.slice("waived/".length)}”`,
      options: () => `文件的样式 · ${key}`,
    };
    return places[kind] ? places[kind]() : ALONE[path] || path;
  }

  /**
   * Say what stands in a cell, in words.
   * @param {string} path
   * @param {any} value
   * @returns {string}
   */
  function valueOf(path, value) {
    if (/^tasks\/[^/]*\/state$/.test(path)) return STATES[value] || String(value);
    if (value === "") return "（空）";
    if (typeof value === "string") return /\/(due|done)$/.test(path) ? dayWords(value) : value;
    if (path.startsWith("phases/")) return [value.first, value.last].map((day) => dayWords(String(day || "")) || "没有写").join(" 至 ");
    if (path === "content") return `${value.title || ""}，${(value.tasks || []).length} 项任务`;
    return Array.isArray(value) ? `${value.length} 项` : JSON.stringify(value);
  }

  /**
   * Count the tasks that a plan has a state for.
   * @param {MyPlan} doc
   */
  function brings(doc) {
    return Object.keys(planSite.cells.under(doc, "tasks/")).filter((rest) => rest.endsWith("/state")).length;
  }

  planSite.progress = {
    ...{ STATES, bare, rows, gone, tally, by, groupings, late, next, stages, scores, sums, scoreFault, share },
    ...{ daysBetween, dayWords, moment, placeOf, valueOf, brings },
  };
})();
