// @ts-check
/**
 * The days of a plan's phases in a given year, and where these run into each other: macros/dates.py, with its rules,
 * for the reader's own year. tests/dates_cases.json holds both to the same answers. Everything here is pure.
 *
 * A point of the year, as in the data: one of month, date (perhaps with a weekday), field, after.
 * @typedef {{month?: number, date?: string, weekday?: string, field?: string, after?: string, days?: number}} Moment
 *
 * @typedef {{id: string, name: string, start?: Moment, end?: Moment, lasts?: number}} Phase
 *
 * A stretch of days, both ends counted; a day is its number since 1970, so that no time zone can move it.
 * @typedef {{first: number, last: number}} Days
 *
 * @typedef {{[name: string]: string}} Values
 *
 * @typedef {object} Dates
 * @property {(phases: Phase[], year: number | null, values: Values) => {[phase: string]: Days}} phaseDays
 * @property {(phases: Phase[], dated: {[phase: string]: Days}) => string[]} clashes
 * @property {(days: Days, year: number) => string} daysText
 * @property {(text: string, year: number) => Days} fixed
 * @property {(day: number) => {year: number, month: number, day: number, weekday: number}} partsOf
 * @property {(year: number, month: number) => number} daysIn
 * @property {(day: number) => string} iso
 * @property {(now: Date) => string} today
 */
(function () {
  "use strict";

  /** The common year in which the general calendar is reckoned. */
  const GENERAL = 2023;
  const LEAP = 2024;
  const MINUTE = 60000;
  const DAY = 1440 * MINUTE;
  const WEEKDAYS = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
  const WEEKEND = 5;

  /* -------------------------------------------------------------------- days */

  /**
   * @param {number} year 1900 or later
   * @param {number} month from 1
   * @param {number} day from 1
   */
  function dayOf(year, month, day) {
    return Date.UTC(year, month - 1, day) / DAY;
  }

  /** @param {number} number of a day */
  function partsOf(number) {
    const date = new Date(number * DAY);
    const weekday = (date.getUTCDay() + 6) % 7;
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday };
  }

  /**
   * @param {number} year
   * @param {number} month
   */
  function daysIn(year, month) {
    return new Date(Date.UTC(year, month, 0)).getUTCDate();
  }

  /** @param {number} number */
  function iso(number) {
    return new Date(number * DAY).toISOString().slice(0, 10);
  }

  /**
   * Give the day that it is by the reader's own clock, ISO.
   * @param {Date} now
   */
  function today(now) {
    return iso(Math.floor((now.getTime() - now.getTimezoneOffset() * MINUTE) / DAY));
  }

  /**
   * @param {number} day
   * @returns {Days}
   */
  function one(day) {
    return { first: day, last: day };
  }

  /**
   * @param {number} month
   * @param {number} year
   * @returns {Days}
   */
  function wholeMonth(month, year) {
    return { first: dayOf(year, month, 1), last: dayOf(year, month, daysIn(year, month)) };
  }

  /**
   * @param {string} text MM-DD
   * @param {number} year
   * @returns {Days}
   */
  function fixed(text, year) {
    const month = Number(text.slice(0, 2));
    return one(dayOf(year, month, Math.min(Number(text.slice(3)), daysIn(year, month))));
  }

  /**
   * @param {Days} days
   * @param {string} weekday
   */
  function nearest(days, weekday) {
    const later = (WEEKDAYS.indexOf(weekday) - partsOf(days.first).weekday + 7) % 7;
    return one(days.first + (later <= 3 ? later : later - 7));
  }

  /**
   * Read what was filled in for a month or a day.
   * @param {string} value
   * @param {number} year
   */
  function given(value, year) {
    if (/^(0?[1-9]|1[0-2])$/.test(value)) return wholeMonth(Number(value), year);
    const day = /^(?:[0-9]{4}-)?([0-9]{2}-[0-9]{2})$/.exec(value);
    return day && isDay(day[1]) ? fixed(day[1], year) : null;
  }

  /** @param {string} text MM-DD */
  function isDay(text) {
    const month = Number(text.slice(0, 2));
    const day = Number(text.slice(3));
    return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(LEAP, month);
  }

  /* ------------------------------------------------------------------ phases */

  /**
   * Date the phases of a plan, by id; a phase without a time, or with an empty field, is left out.
   * @param {Phase[]} phases
   * @param {number | null} year null: the general calendar
   * @param {Values} values
   */
  function phaseDays(phases, year, values) {
    /** @type {Map<string, number>} */
    const starts = new Map();
    /** @type {{[phase: string]: Days}} */
    const dated = Object.create(null); // Why no prototype: a phase may be called `constructor`.
    for (const phase of phases) {
      const start = stretch(phase.start, year, values, starts);
      if (!start) continue;
      starts.set(phase.id, start.first);
      const last = lastOf(phase, start, stretch(phase.end, year, values, starts));
      if (last !== null && last >= start.first) dated[phase.id] = { first: start.first, last };
    }
    return dated;
  }

  /**
   * @param {Phase} phase
   * @param {Days} start
   * @param {Days | null} end
   */
  function lastOf(phase, start, end) {
    if (phase.lasts) return start.first + phase.lasts - 1;
    if (!phase.end) return start.last;
    return end && end.last;
  }

  /**
   * @param {Moment | undefined} moment
   * @param {number | null} year
   * @param {Values} values
   * @param {Map<string, number>} starts
   * @returns {Days | null}
   */
  function stretch(moment, year, values, starts) {
    if (!moment) return null;
    const reckoned = year || GENERAL;
    if (moment.field) return given(valueOf(values, moment.field), reckoned);
    if (moment.after) return later(starts.get(moment.after), moment.days || 0);
    if (moment.month) return wholeMonth(moment.month, reckoned);
    const day = fixed(moment.date || "", reckoned);
    return moment.weekday && year ? nearest(day, moment.weekday) : day;
  }

  /**
   * @param {Values} values
   * @param {string} field
   */
  function valueOf(values, field) {
    return Object.prototype.hasOwnProperty.call(values, field) ? values[field] : "";
  }

  /**
   * @param {number | undefined} start
   * @param {number} days
   */
  function later(start, days) {
    return start === undefined ? null : one(start + days);
  }

  /* ---------------------------------------------------------------- in words */

  /**
   * Say where a phase and the next one overlap, leave working days between them, or change places.
   * @param {Phase[]} phases
   * @param {{[phase: string]: Days}} dated
   */
  function clashes(phases, dated) {
    const known = phases.filter((phase) => dated[phase.id]);
    return known
      .slice(1)
      .map((phase, index) => clash(known[index], dated[known[index].id], phase, dated[phase.id]))
      .filter(Boolean);
  }

  /**
   * @param {Phase} phase
   * @param {Days} before
   * @param {Phase} next
   * @param {Days} after
   */
  function clash(phase, before, next, after) {
    const [first, second] = [quoted(phase.name), quoted(next.name)];
    if (after.first < before.first) return `${second}排到了${first}的前面`;
    if (after.first <= before.last) {
      const last = Math.min(before.last, after.last);
      return `${first}和${second}重叠${last - after.first + 1}天（${range(after.first, last)}）`;
    }
    const free = workingDays(before.last + 1, after.first);
    if (!free.length) return "";
    return `${first}和${second}之间空开${free.length}个工作日（${range(free[0], free[free.length - 1])}）`;
  }

  /**
   * @param {number} first
   * @param {number} end one past the last
   */
  function workingDays(first, end) {
    const days = [];
    for (let day = first; day < end; day++) if (partsOf(day).weekday < WEEKEND) days.push(day);
    return days;
  }

  /**
   * @param {number} first
   * @param {number} last
   */
  function range(first, last) {
    const [start, end] = [monthDay(first), monthDay(last)];
    return start === end ? start : `${start}—${end}`;
  }

  /** @param {number} number */
  function monthDay(number) {
    const { month, day } = partsOf(number);
    return `${month}月${day}日`;
  }

  /** @param {string} name */
  function quoted(name) {
    return `“${name.replace(/“/g, "‘").replace(/”/g, "’")}”`;
  }

  /**
   * Say a stretch of days as the calendar of a year does: whole months as months, other days with their weekday.
   * @param {Days} days
   * @param {number} year
   */
  function daysText(days, year) {
    const say = wholeMonths(days) ? monthText : dayText;
    const [from, to] = [say(days.first, year), say(days.last, year)];
    return from === to ? from : `${from}—${to}`;
  }

  /** @param {Days} days */
  function wholeMonths({ first, last }) {
    return partsOf(first).day === 1 && partsOf(last + 1).day === 1;
  }

  /**
   * @param {number} number
   * @param {number} year
   */
  function monthText(number, year) {
    return `${otherYear(number, year)}${partsOf(number).month}月`;
  }

  /**
   * @param {number} number
   * @param {number} year
   */
  function dayText(number, year) {
    return `${otherYear(number, year)}${monthDay(number)}（${WEEKDAYS[partsOf(number).weekday]}）`;
  }

  /**
   * @param {number} number
   * @param {number} year
   */
  function otherYear(number, year) {
    return partsOf(number).year === year ? "" : `${partsOf(number).year}年`;
  }

  planSite.dates = { phaseDays, clashes, daysText, fixed, partsOf, daysIn, iso, today };
})();
