// @ts-check
/**
 * Last year's plan opened for another year: what is carried over, what is asked anew, and what became of it. Pure.
 *
 * Dates move by rule. A day keeps its month and day, the last of a month stays the last; what goes by weekdays (phases
 * dated by a weekday, tasks of every week) keeps its weekday and goes to the nearest; what the plan dates itself is left
 * to the plan, which dates it for the new year (dates.js), so that observances stay where they are.
 * Roles, owners and what was filled in stay; states, evidence, notes, waivers, dates of papers and 今年新举措 do not.
 *
 * What a plan was in its year; `days` are those of its phases, moved or not; texts of tasks hold tokens.
 * @typedef {{name: string, year: string, fields: Texts, roles: Texts, days: {[phase: string]: {first: string, last: string}},
 *   tasks: {[task: string]: {text: string, state: string, reason: string, owner: string, due: string}}}} LastYear
 *
 * A plan as it is kept: what was filled in, what the template said (`known`), and the cells of an assembled one.
 * @typedef {{name: string, plan: string, title: string, given: Given, options: {[key: string]: any},
 *   tasks: {[task: string]: TaskState}, known: Texts, own: {[path: string]: any}}} Kept
 *
 * A thing then and now, in words; `what` says how it changed, empty if it did not.
 * @typedef {{label: string, then: string, now: string, what: string}} Change
 *
 * @typedef {object} Reissue
 * @property {(kept: Kept, content: Content, year: number) => NewPlan} made
 * @property {(last: LastYear, content: Content, given: Given) => Change[]} fields
 * @property {(last: LastYear, content: Content, given: Given) => Change[]} phases
 * @property {(last: LastYear, content: Content, given: Given, tasks: {[task: string]: TaskState}) => Change[]} tasks
 * @property {(day: string, years: number, byWeekday: boolean) => string} moved
 */
(function () {
  "use strict";

  const { dates, filling, myPlans } = planSite;
  const { STATES } = myPlans;

  const YEAR = "year";
  const NEW_MEASURES = "new-measures";
  const NOTHING = { state: "", reason: "", owner: "", due: "" };
  const WEEKLY = "每周";
  const GONE = "示例里已经没有";

  /* ------------------------------------------------------------------- dates */

  /**
   * Move a day by years.
   * @param {string} day ISO
   * @param {number} years
   * @param {boolean} byWeekday whether its weekday is kept rather than its date
   * @returns {string} ISO; empty for what is no day
   */
  function moved(day, years, byWeekday) {
    const number = filling.isoDay(day);
    if (number === null) return "";
    const { year, month, day: of, weekday } = dates.partsOf(number);
    const isLast = of === dates.daysIn(year, month);
    const text = `${String(month).padStart(2, "0")}-${isLast ? "31" : String(of).padStart(2, "0")}`;
    const same = dates.fixed(text, year + years).first;
    const later = (weekday - dates.partsOf(same).weekday + 7) % 7;
    return dates.iso(byWeekday ? same + (later <= 3 ? later : later - 7) : same);
  }

  /**
   * Whether a phase goes by weekdays.
   * @param {PlanPhase} phase
   */
  function isByWeekday({ start, end }) {
    return [start, end].some((moment) => Boolean(moment && moment.weekday));
  }

  /**
   * @param {{first: string, last: string}} days
   * @param {number} years
   * @param {boolean} byWeekday then it stays as long as it was
   */
  function movedStretch({ first, last }, years, byWeekday) {
    const [from, to, start] = [first, last, moved(first, years, byWeekday)].map(filling.isoDay);
    if (from === null || to === null || start === null) return null;
    return { first: dates.iso(start), last: byWeekday ? dates.iso(start + to - from) : moved(last, years, false) };
  }

  /* -------------------------------------------------------------- a new plan */

  /**
   * @param {Kept} kept
   * @param {Content} content of the template as it is now
   * @param {number} year
   * @returns {NewPlan}
   */
  function made(kept, content, year) {
    const years = year - (filling.yearOf(kept.given) || year - 1);
    const last = lastYear(kept, content);
    return {
      plan: kept.plan,
      title: kept.title,
      values: {
        fields: { ...carried(kept.given.fields || {}, content), [YEAR]: String(year) },
        roles: kept.given.roles || {},
        phases: movedPhases(kept, content, years),
        options: kept.options,
      },
      known: kept.known,
      cells: { ...kept.own, last, ...taskCells(kept, content, years) },
    };
  }

  /**
   * Carry over what was filled in, but for what every year has of its own.
   * @param {Texts} fields
   * @param {Content} content
   */
  function carried(fields, content) {
    const anew = content.fields.filter(({ id, type }) => type === "date" || id === NEW_MEASURES).map(({ id }) => id);
    /** @type {Texts} */
    const kept = {};
    for (const id of Object.keys(fields)) if (!anew.includes(id)) kept[id] = fields[id];
    return kept;
  }

  /**
   * @param {Kept} kept
   * @param {Content} content
   * @param {number} years
   */
  function movedPhases({ given }, content, years) {
    /** @type {{[phase: string]: {first: string, last: string}}} */
    const phases = {};
    for (const phase of content.phases) {
      const days = (given.phases || {})[phase.id];
      const stretch = days && movedStretch(days, years, isByWeekday(phase));
      if (stretch) phases[phase.id] = stretch;
    }
    return phases;
  }

  /**
   * @param {Kept} kept
   * @param {Content} content
   * @param {number} years
   */
  function taskCells({ given, tasks }, content, years) {
    const weekly = new Set(content.phases.filter(isByWeekday).map(({ id }) => id));
    const proposed = new Map(filling.fill(content, given, {}).tasks.map((task) => [task.id, task.due[0].iso || ""]));
    /** @type {{[path: string]: string}} */
    const cells = {};
    for (const task of content.tasks) {
      const { owner = "", due = "" } = tasks[task.id] || {};
      if (owner) cells[`tasks/${task.id}/owner`] = owner;
      const byWeekday = weekly.has(task.phase) || task.when.includes(WEEKLY);
      if (due && due !== proposed.get(task.id)) cells[`tasks/${task.id}/due`] = moved(due, years, byWeekday);
    }
    return cells;
  }

  /**
   * @param {Kept} kept
   * @param {Content} content
   * @returns {LastYear}
   */
  function lastYear({ name, given, tasks, known }, content) {
    const { fields = {}, roles = {} } = given;
    /** @type {LastYear["tasks"]} */
    const then = {};
    for (const id of new Set([...Object.keys(known), ...Object.keys(tasks)])) {
      const { state = "", reason = "", owner = "", due = "" } = tasks[id] || {};
      then[id] = { text: known[id] || "", state, reason, owner, due };
    }
    return { name, year: fields[YEAR] || "", fields: { ...fields }, roles: { ...roles }, days: daysOf(content, given), tasks: then };
  }

  /**
   * @param {Content} content
   * @param {Given} given
   */
  function daysOf(content, given) {
    /** @type {LastYear["days"]} */
    const days = {};
    const dated = filling.dated(content, given);
    for (const id of Object.keys(dated)) days[id] = { first: dates.iso(dated[id].first), last: dates.iso(dated[id].last) };
    return days;
  }

  /* ------------------------------------------------------- last year and this */

  /**
   * Compare what was filled in; 今年新举措 comes first.
   * @param {LastYear} last
   * @param {Content} content
   * @param {Given} given
   */
  function fields(last, content, given) {
    const first = (/** @type {Field} */ field) => Number(field.id !== NEW_MEASURES);
    const rows = [...content.fields].sort((one, other) => first(one) - first(other));
    const texts = rows.map(({ id, label }) => change(label, last.fields[id] || "", (given.fields || {})[id] || ""));
    const roles = content.roles.map(({ id, name }) => change(name, last.roles[id] || "", (given.roles || {})[id] || ""));
    return [...texts, ...roles].filter(({ then, now }) => then || now);
  }

  /**
   * @param {string} label
   * @param {string} then
   * @param {string} now
   * @returns {Change}
   */
  function change(label, then, now) {
    const what = then === now ? "" : then ? (now ? "改了" : "还没有写") : "新填";
    return { label, then, now, what };
  }

  /**
   * @param {LastYear} last
   * @param {Content} content
   * @param {Given} given
   */
  function phases(last, content, given) {
    const now = daysOf(content, given);
    const rows = content.phases.map(({ id, name }) => change(name, stretchText(last.days[id]), stretchText(now[id])));
    return rows.filter(({ then, now: words }) => then || words);
  }

  /** @param {{first: string, last: string} | undefined} days */
  function stretchText(days) {
    const [first, last] = days ? [days.first, days.last].map(filling.isoDay) : [null, null];
    return first === null || last === null ? "" : dates.daysText({ first, last }, dates.partsOf(first).year);
  }

  /**
   * Compare the tasks: first those that left the template, came into it or were reworded, then the others.
   * @param {LastYear} last
   * @param {Content} content
   * @param {Given} given
   * @param {{[task: string]: TaskState}} states
   */
  function tasks(last, content, given, states) {
    const slots = filling.slots(content, given);
    const here = new Set(content.tasks.map(({ id }) => id));
    const gone = Object.keys(last.tasks).filter((id) => !here.has(id));
    const rows = gone.map((id) => ({ label: said(last.tasks[id].text, slots), then: stateText(last.tasks[id]), now: "", what: GONE }));
    const found = content.tasks.map(({ id, text }) => {
      const then = last.tasks[id];
      const what = !then ? "新增" : then.text === text ? "" : `措辞改了，原来是：${said(then.text, slots)}`;
      return { label: said(text, slots), then: then ? stateText(then) : "", now: stateText(states[id] || NOTHING), what };
    });
    const changed = (/** @type {Change} */ row) => Number(!row.what);
    return [...rows, ...found].sort((one, other) => changed(one) - changed(other));
  }

  /**
   * Write a text of the template out; a place that there is no more stays as it is.
   * @param {string} text
   * @param {Slots} slots
   */
  function said(text, slots) {
    return text.replace(/⟦([^⟦⟧]*)⟧/g, (token, key) => (slots.has(key) ? filling.plain(token, slots) : "……"));
  }

  /** @param {{state: string, reason: string, owner: string, due: string}} task */
  function stateText({ state, reason, owner, due }) {
    const facts = [STATES[state] || STATES[""], reason, owner && `责任人${owner}`, due && `期限${due}`];
    return facts.filter(Boolean).join("，");
  }

  planSite.reissue = { made, fields, phases, tasks, moved };
})();
