// @ts-check
/**
 * Filling in: macros/filling.py in the browser, to the letter. tests/filling_cases.json and random cases hold both to
 * the same answers. Everything here is pure.
 *
 * @typedef {{id: string, label: string, group: string, type: string, hint: string, suffix?: string,
 *   choices?: string[], example?: string, reason?: string, every?: boolean, own?: boolean}} Field
 * @typedef {{id: string, name: string, level: string}} Role
 * @typedef {Phase & {time: string}} PlanPhase
 * @typedef {{is: string, number: string, lead: string, text: string, anchor?: string, own?: boolean}} Block
 * @typedef {{id: string, number: string, group: string, part: string, text: string, lead: string, support: string,
 *   roles: string[], when: string, time: string, phase: string, date: string, keep: string[], themes: string,
 *   threshold: string, note: string}} Task
 * @typedef {{number: string, item: string, content: string, ways: string}} AssessmentItem
 *
 * What macros/office/content.py makes of a plan; its texts hold tokens `⟦key⟧`.
 * @typedef {{id: string, title: string, paper_title: string, unit: string, nature: string, updated: string,
 *   version: string, new_measures: string, fields: Field[], roles: Role[], phases: PlanPhase[], blocks: Block[],
 *   groups: {id: string, name: string, time: string}[], tasks: Task[], assessment: AssessmentItem[],
 *   assessment_note: string}} Content
 *
 * What a reader gave: fields by id, what a role is called in this unit, the ISO days of phases that were moved; `last`
 * are last year's fields, of a plan that was opened anew.
 * @typedef {{fields?: {[id: string]: string}, roles?: {[id: string]: string},
 *   phases?: {[id: string]: {first: string, last: string}}, last?: {[id: string]: string}}} Given
 *
 * @typedef {{notice?: boolean, department?: string, draft?: string, preset?: {[key: string]: string}}} Options
 *
 * @typedef {{text: string, blank: boolean, filled: boolean}} Slot
 * @typedef {Map<string, Slot>} Slots
 * @typedef {{text: string, key: string, blank: boolean, filled: boolean}} Piece
 *
 * An item of a list: `is` names the pattern that writes it.
 * @typedef {{is: string, [name: string]: any}} Item
 * @typedef {{[name: string]: any, slots: Slots, blocks: Item[], tasks: Item[], records: Item[], events: Item[]}} Filled
 *
 * @typedef {object} Filling
 * @property {(value: string) => string} clean
 * @property {(text: string) => number | null} isoDay
 * @property {(content: Content, values: Given) => Slots} slots
 * @property {(kind: string, given: string) => string} fieldText
 * @property {(text: string, slots: Slots) => Piece[]} pieces
 * @property {(text: string, slots: Slots) => string} plain
 * @property {(values: Given) => number | null} yearOf
 * @property {(content: Content, values: Given) => {[phase: string]: Days}} dated
 * @property {(content: Content, values: Given, options: Options) => Filled} fill
 * @property {(content: Content, values: Given) => {[task: string]: string}} dueDays
 * @property {(day: number) => string} dayText
 */
(function () {
  "use strict";

  const { dates, typesetting } = planSite;

  const TOKEN = /⟦([^⟦⟧]*)⟧/g;
  /** What XML 1.0 cannot hold, and the signs of a token. Why `u`: so that only a lone surrogate is one. */
  const NEVER = /[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff⟦⟧]/gu;
  const EDGES = /^[ \t\n\u3000]+|[ \t\n\u3000]+$/g;
  const BREAKS = /[ \t\n]*[\t\n][ \t\n]*/g;
  const MONTH = /^(?:0?[1-9]|1[0-2])$/;
  const YEAR = /^(?:19|20)[0-9]{2}$/;
  const ISO = /^((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})$/;
  const DAY = 86400000;
  /** Day 0 of the serial dates of workbooks, 1899-12-30, in days since 1970. */
  const EPOCH = -25569;

  /** @param {string} value */
  function clean(value) {
    return value.replace(/\r\n?/g, "\n").replace(NEVER, "").replace(EDGES, "");
  }

  /** @param {string} value */
  function oneLine(value) {
    return clean(value).replace(BREAKS, " ");
  }

  /**
   * Read YYYY-MM-DD strictly; 2026-02-30 is no day.
   * @param {string} text
   * @returns {number | null} days since 1970
   */
  function isoDay(text) {
    const match = ISO.exec(text);
    if (!match) return null;
    const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY;
    return dates.iso(day) === text ? day : null;
  }

  /** @param {number} day */
  function dayText(day) {
    const { year, month, day: of } = dates.partsOf(day);
    return `${year}年${month}月${of}日`;
  }

  /**
   * @param {{[id: string]: any} | undefined} part
   * @param {string} key
   * @returns {any} what is there, never what every object has
   */
  function own(part, key) {
    return part && Object.prototype.hasOwnProperty.call(part, key) ? part[key] : undefined;
  }

  /**
   * @param {{[id: string]: any} | undefined} part
   * @param {string} key
   */
  function given(part, key) {
    const value = own(part, key);
    return typeof value === "string" ? value : "";
  }

  /* ------------------------------------------------------------------- slots */

  /**
   * @param {Content} content
   * @param {Given} values
   */
  function slots(content, values) {
    /** @type {Slots} */
    const found = new Map();
    for (const field of content.fields) {
      const text = fieldText(field.type, given(values.fields, field.id));
      found.set(field.id, text ? slot(text, true) : { text: `【${field.label}】`, blank: true, filled: false });
      linesOf(field, text).forEach((line, index) => found.set(`${field.id}#${index + 1}`, slot(line, true)));
    }
    for (const role of content.roles) {
      const text = oneLine(given(values.roles, role.id));
      found.set(`role:${role.id}`, slot(text || role.name, Boolean(text)));
    }
    setPhases(found, content, values);
    return found;
  }

  /**
   * @param {string} text
   * @param {boolean} filled
   */
  function slot(text, filled) {
    return { text, blank: false, filled };
  }

  /**
   * @param {string} kind the type of a field
   * @param {string} value
   */
  function fieldText(kind, value) {
    if (kind === "lines") return clean(value).split("\n").map(clean).filter(Boolean).join("\n");
    const text = oneLine(value);
    if (kind === "month" && MONTH.test(text)) return String(Number(text));
    const day = kind === "date" ? isoDay(text) : null;
    return day === null ? text : dayText(day);
  }

  /**
   * @param {Field} field
   * @param {string} text
   * @returns {string[]} the lines of an answer of several lines; none of any other
   */
  function linesOf(field, text) {
    const lines = field.type === "lines" ? text.split("\n") : [];
    return lines.length > 1 ? lines : [];
  }

  /**
   * Cut a text at its tokens and put in what stands there.
   * @param {string} text
   * @param {Slots} places
   * @returns {Piece[]}
   */
  function pieces(text, places) {
    /** @type {Piece[]} */
    const found = [];
    for (const [index, part] of text.split(TOKEN).entries()) {
      if (!part) continue;
      const place = index % 2 ? places.get(part) : { text: part, blank: false, filled: false };
      if (!place) throw new Error(`unknown place: ${part}`);
      if (place.text.includes("⟦")) found.push(...pieces(place.text, places));
      else if (place.text) found.push({ ...place, key: index % 2 ? part : "" });
    }
    return found;
  }

  /**
   * @param {string} text
   * @param {Slots} places
   */
  function plain(text, places) {
    return pieces(text, places)
      .map((piece) => piece.text)
      .join("");
  }

  /* ------------------------------------------------------------------ phases */

  /** @param {Given} values */
  function yearOf(values) {
    const text = clean(given(values.fields, "year"));
    return YEAR.test(text) ? Number(text) : null;
  }

  /**
   * Date the phases for the year filled in; moved ones as they were moved. Empty without a year.
   * @param {Content} content
   * @param {Given} values
   * @returns {{[phase: string]: Days}}
   */
  function dated(content, values) {
    const year = yearOf(values);
    if (year === null) return {};
    /** @type {{[id: string]: string}} */
    const fields = {};
    for (const field of content.fields) fields[field.id] = clean(given(values.fields, field.id));
    return Object.assign(dates.phaseDays(content.phases, year, fields), moved(content, values));
  }

  /**
   * @param {Content} content
   * @param {Given} values
   */
  function moved(content, values) {
    /** @type {{[phase: string]: Days}} */
    const found = Object.create(null);
    for (const phase of content.phases) {
      const days = own(values.phases, phase.id);
      const [first, last] = ["first", "last"].map((end) => isoDay(clean(given(days || {}, end))));
      if (first !== null && last !== null && first <= last) found[phase.id] = { first, last };
    }
    return found;
  }

  /**
   * @param {Slots} found
   * @param {Content} content
   * @param {Given} values
   */
  function setPhases(found, content, values) {
    const [year, days, shifted] = [yearOf(values), dated(content, values), moved(content, values)];
    for (const phase of content.phases) {
      const exact = shifted[phase.id] || (needsDays(phase) && days[phase.id]);
      const time = exact ? range(exact, year) : phase.time;
      found.set(`time:${phase.id}`, slot(time, Boolean(exact)));
      found.set(`phase:${phase.id}`, slot(time ? `${phase.name}（⟦time:${phase.id}⟧）` : phase.name, false));
    }
  }

  /**
   * Whether the words of a phase's time are a rule, which a year turns into days.
   * @param {PlanPhase} phase
   */
  function needsDays({ start, end, lasts }) {
    return Boolean(lasts) || [start, end].some((moment) => moment && (moment.weekday || moment.after));
  }

  /**
   * @param {Days} days
   * @param {number | null} year
   */
  function range({ first, last }, year) {
    const [start, end] = [dayWords(first, year), dayWords(last, year)];
    return start === end ? start : `${start}—${end}`;
  }

  /**
   * @param {number} day
   * @param {number | null} year
   */
  function dayWords(day, year) {
    const parts = dates.partsOf(day);
    return parts.year === year ? `${parts.month}月${parts.day}日` : dayText(day);
  }

  /* ------------------------------------------------------------ blocks, tasks */

  /**
   * Make the record of which the forms of the six files are filled; its texts still hold tokens.
   * @param {Content} content
   * @param {Given} values
   * @param {Options} options
   * @returns {Filled}
   */
  function fill(content, values, options) {
    const department = options.department || "";
    const [days, year] = [dated(content, values), yearOf(values)];
    const chosen = content.tasks.filter((task) => !department || task.roles.includes(department));
    const tasks = chosen.map((task) => taskItem(task, days, year));
    const draft = clean(options.draft || "");
    const places = slots(content, values);
    return {
      slots: places,
      title: content.paper_title,
      heading: heading(content.paper_title, places),
      unit: content.unit,
      year: String(year || ""),
      version: content.version,
      stamp: `${content.updated.replace(/-/g, "")}T000000Z`,
      signer: "⟦unit-name⟧",
      date: "⟦issue-date⟧",
      addressee: "⟦addressee⟧",
      ...typesetting.signature(plain("⟦unit-name⟧", places), plain("⟦issue-date⟧", places)),
      draft: draft ? [{ is: "draft", text: draft }] : [],
      notice: options.notice ? [noticeItem(content.paper_title, places)] : [],
      extract: department ? [{ is: "extract", text: `⟦role:${department}⟧` }] : [],
      preset: options.preset || {},
      blocks: allBlocks(content, values),
      tasks,
      records: recordItems(tasks),
      assessment: content.assessment.map((item) => ({ ...item, is: "item" })),
      assessment_note: content.assessment_note,
      events: year === null ? [] : eventItems(content, days, year),
    };
  }

  /**
   * @param {string} title
   * @param {Slots} places
   */
  function heading(title, places) {
    return typesetting.titleLines(title, (text) => plain(text, places));
  }

  /**
   * @param {string} title
   * @param {Slots} places
   */
  function noticeItem(title, places) {
    return { is: "notice", heading: heading(`关于印发《${title}》的通知`, places) };
  }

  /**
   * Give the lines of the text; the last keeps with the signature, which must not stand on a page alone.
   * @param {Content} content
   * @param {Given} values
   */
  function allBlocks(content, values) {
    /** @type {Item[]} */
    const lines = [];
    for (const block of content.blocks) {
      for (const line of blockItems(block, content, values)) {
        lines.push({ ...line, ...typesetting.runIn(block.number, block.lead, line.text), keep: [] });
      }
    }
    if (lines.length) lines[lines.length - 1].keep.push({ is: "keep" });
    return lines;
  }

  /**
   * Write a block in one line, or in several where a place was answered in several lines.
   * @param {Block} block
   * @param {Content} content
   * @param {Given} values
   */
  function blockItems(block, content, values) {
    /** @type {Item[]} */
    const items = [];
    let line = block.number + (block.lead ? `${block.lead}。` : "");
    block.text.split(TOKEN).forEach((part, index) => {
      const count = index % 2 && block.is === "p" ? linesIn(part, content, values) : 0;
      if (!count) {
        line += index % 2 ? `⟦${part}⟧` : part;
        return;
      }
      if (line !== block.number) {
        items.push({ is: "p", text: line });
        line = "";
      }
      for (let number = 1; number <= count; number++) {
        line += `⟦${part}#${number}⟧`;
        if (number === count) break;
        items.push({ is: "p", text: line });
        line = "";
      }
    });
    items.push({ is: block.is, text: line });
    return items;
  }

  /**
   * @param {string} key
   * @param {Content} content
   * @param {Given} values
   */
  function linesIn(key, content, values) {
    const field = content.fields.find((one) => one.id === key);
    return field ? linesOf(field, fieldText("lines", given(values.fields, key))).length : 0;
  }

  /**
   * @param {Task} task
   * @param {{[phase: string]: Days}} days
   * @param {number | null} year
   * @returns {Item}
   */
  function taskItem(task, days, year) {
    const day = dueDay(task, days, year);
    const due = day === null ? { is: "no-day" } : dayItem(day);
    const limit = task.threshold ? [{ is: "limit", text: task.threshold }] : [];
    return { ...task, is: "task", due: [due], limit, record: task.keep.join("、") };
  }

  /**
   * @param {Task} task
   * @param {{[phase: string]: Days}} days
   * @param {number | null} year
   */
  function dueDay(task, days, year) {
    if (task.date) return year === null ? null : dates.fixed(task.date, year).first;
    return days[task.phase] ? days[task.phase].last : null;
  }

  /**
   * Give the day by which each task is due, ISO; those that have one.
   * @param {Content} content
   * @param {Given} values
   */
  function dueDays(content, values) {
    const [days, year] = [dated(content, values), yearOf(values)];
    /** @type {{[task: string]: string}} */
    const found = {};
    for (const task of content.tasks) {
      const day = dueDay(task, days, year);
      if (day !== null) found[task.id] = dates.iso(day);
    }
    return found;
  }

  /** @param {number} day */
  function dayItem(day) {
    return { is: "day", serial: String(day - EPOCH), text: dayText(day), iso: dates.iso(day) };
  }

  /**
   * @param {Item[]} tasks
   * @returns {Item[]}
   */
  function recordItems(tasks) {
    /** @type {Item[]} */
    const items = [];
    for (const task of tasks) {
      for (const keep of task.keep) {
        const facts = { task_number: task.number, task: task.text, lead: task.lead, when: task.when };
        items.push({ is: "record", number: String(items.length + 1), keep, ...facts });
      }
    }
    return items;
  }

  /* ---------------------------------------------------------------- calendar */

  /**
   * Give the phases and the dated tasks as whole days; the whole year where there is nothing else.
   * @param {Content} content
   * @param {{[phase: string]: Days}} days
   * @param {number} year
   */
  function eventItems(content, days, year) {
    const name = `${content.id}-${year}`;
    const phases = content.phases.filter((phase) => days[phase.id]);
    const items = phases.map((phase) => {
      const tasks = content.tasks.filter((task) => task.phase === phase.id);
      return event(`${name}-phase-${phase.id}`, days[phase.id], `${phase.name}：${content.title}`, listed(tasks));
    });
    for (const task of content.tasks.filter((one) => one.date)) {
      const said = `责任：${task.lead}\n留存：${task.keep.join("、")}`;
      items.push(event(`${name}-task-${task.id}`, dates.fixed(task.date, year), task.text, said));
    }
    const whole = { first: dates.fixed("01-01", year).first, last: dates.fixed("12-31", year).first };
    return items.length ? items : [event(`${name}-year`, whole, content.paper_title, listed(content.tasks))];
  }

  /** @param {Task[]} tasks */
  function listed(tasks) {
    return tasks.map((task) => `${task.number}. ${task.text}（${task.lead}）`).join("\n");
  }

  /**
   * @param {string} name
   * @param {Days} days
   * @param {string} summary
   * @param {string} description
   * @returns {Item}
   */
  function event(name, { first, last }, summary, description) {
    const [start, after] = [first, last + 1].map((day) => dates.iso(day).replace(/-/g, ""));
    return { is: "event", uid: `${name}@wmck`, first: start, after, summary, description };
  }

  planSite.filling = { clean, isoDay, slots, fieldText, pieces, plain, yearOf, dated, fill, dueDays, dayText };
})();
