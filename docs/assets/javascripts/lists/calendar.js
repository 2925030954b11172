// @ts-check
/**
 * The calendar of a year: the address says which (`?year=2027`), the select chooses, and every date on the page
 * is reckoned for it. Without a year it is the general calendar, as macros/year.py has laid it out.
 *
 * How a plan's phases are dated, as the page holds it.
 * @typedef {{id: string, phases: Phase[], values: Values}} PlanRules
 *
 * @typedef {object} YearCalendar
 * @property {(search: string) => number | null} readYear
 * @property {(search: string, year: number | null) => string} writeYear
 * @property {(now: number, chosen: number | null) => number[]} yearsToOffer
 * @property {(days: Days, year: number | null) => {left: number, width: number} | null} place
 */
(function () {
  "use strict";

  const GENERAL = 2023; // As in dates.js.
  const [FIRST_YEAR, LAST_YEAR] = [2000, 2099];
  const [YEARS_BACK, YEARS_ON] = [1, 5];

  /* -------------------------------------------------------------- pure parts */

  /** @param {string} search the query of an address */
  function readYear(search) {
    const text = new URLSearchParams(search).get("year") || "";
    const year = /^[0-9]{4}$/.test(text) ? Number(text) : 0;
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
  }

  /**
   * Write a year into a query; what else it holds is kept.
   * @param {string} search
   * @param {number | null} year
   */
  function writeYear(search, year) {
    const query = new URLSearchParams(search);
    query.delete("year");
    if (year) query.append("year", String(year));
    const written = query.toString();
    return written && `?${written}`;
  }

  /**
   * @param {number} now the year it is
   * @param {number | null} chosen
   */
  function yearsToOffer(now, chosen) {
    const years = new Set(chosen ? [chosen] : []);
    for (let year = now - YEARS_BACK; year <= now + YEARS_ON; year++) years.add(year);
    return [...years].sort((one, other) => one - other);
  }

  /**
   * Say where days stand in their year, in per cent of it, as macros/year.py does; null where they begin in another.
   * @param {Days} days
   * @param {number | null} year
   */
  function place({ first, last }, year) {
    const reckoned = year || GENERAL;
    if (planSite.dates.partsOf(first).year !== reckoned) return null;
    const right = planSite.dates.partsOf(last + 1).year === reckoned ? percent(last + 1) : 100;
    return { left: percent(first), width: rounded(right - percent(first)) };
  }

  /** @param {number} number of a day */
  function percent(number) {
    const { year, month, day } = planSite.dates.partsOf(number);
    return rounded((100 * (month - 1 + (day - 1) / planSite.dates.daysIn(year, month))) / 12);
  }

  /** @param {number} value */
  function rounded(value) {
    return Math.round(value * 100) / 100;
  }

  /* ---------------------------------------------------------------- the line */

  /**
   * @param {Element} bar with its name
   * @param {{left: number, width: number} | null} at
   * @param {boolean} proposed
   */
  function moveBar(bar, at, proposed) {
    const [name, box] = [bar.querySelector("text"), bar.querySelector("rect")];
    bar.toggleAttribute("hidden", !at);
    if (!at || !name || !box) return;
    const late = name.getAttribute("text-anchor") === "end";
    name.setAttribute("x", `${late ? at.left + at.width : at.left}%`);
    box.setAttribute("x", `${at.left}%`);
    box.setAttribute("width", `${at.width}%`);
    box.classList.toggle("timeline__bar--proposed", proposed);
  }

  /**
   * Tell whether a phase's days are only proposed: by an example, or by a weekday before there is a year.
   * @param {Phase} phase
   * @param {number | null} year
   */
  function isProposed({ start, end }, year) {
    return [start, end].some((moment) => moment && (moment.field || (moment.weekday && !year)));
  }

  /**
   * @param {PlanRules} plan
   * @param {{[phase: string]: Days}} dated
   * @param {number | null} year
   */
  function drawPlan(plan, dated, year) {
    const line = document.querySelector(`[data-year-plan="${plan.id}"]`);
    if (!line) return;
    for (const phase of plan.phases) {
      const bar = line.querySelector(`[data-year-bar="${phase.id}"]`);
      const days = dated[phase.id];
      if (bar) moveBar(bar, days ? place(days, year) : null, isProposed(phase, year));
    }
    const spoken = plan.phases.filter((phase) => dated[phase.id]).map((phase) => `${phase.name}，${timeOf(plan, phase)}；`);
    line.setAttribute("aria-label", spoken.join(""));
  }

  /**
   * @param {PlanRules} plan
   * @param {Phase} phase
   */
  function timeOf(plan, phase) {
    const time = document.querySelector(`[data-plan="${plan.id}"][data-phase="${phase.id}"] [data-when]:not([hidden])`);
    return time ? time.textContent : "";
  }

  /* ---------------------------------------------------------------- the list */

  /**
   * Date an entry of the list.
   * @param {HTMLElement} entry
   * @param {Days | undefined} days
   * @param {number | null} year
   */
  function dateEntry(entry, days, year) {
    const inYear = days && place(days, year) ? days : null;
    entry.dataset.first = inYear ? String(inYear.first) : "";
    entry.dataset.last = inYear ? String(inYear.last) : "";
    for (const time of /** @type {NodeListOf<HTMLElement>} */ (entry.querySelectorAll("[data-when]"))) {
      const isYears = time.dataset.when === "year";
      time.hidden = isYears !== Boolean(year && days);
      if (isYears) time.textContent = year && days ? planSite.dates.daysText(days, year) : "";
    }
  }

  /** @returns {HTMLElement[]} */
  function entriesOf() {
    return [...document.querySelectorAll("[data-entry]")].map((entry) => /** @type {HTMLElement} */ (entry));
  }

  /** Put every entry into the month in which it begins, in order of days. */
  function sortEntries() {
    const order = (/** @type {HTMLElement} */ entry) => Number(entry.dataset.first);
    const sorted = entriesOf().sort((one, other) => order(one) - order(other));
    for (const entry of sorted) {
      const month = entry.dataset.first ? planSite.dates.partsOf(Number(entry.dataset.first)).month : 0;
      const list = document.querySelector(month ? `[data-month="${month}"] [data-month-entries]` : "#year-undated");
      if (list) list.append(entry);
    }
  }

  /** @param {number} year */
  function tellMonths(year) {
    const entries = entriesOf().filter((entry) => entry.dataset.first);
    for (const month of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-month]"))) {
      const first = planSite.dates.fixed(`${(month.dataset.month || "").padStart(2, "0")}-01`, year).first;
      const before = entries.filter((entry) => Number(entry.dataset.first) < first && Number(entry.dataset.last) >= first);
      showGoingOn(month, before);
    }
    for (const none of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-month-none]"))) {
      const around = none.parentElement;
      none.hidden = !around || around.querySelector("[data-entry], [data-month-going-on]:not([hidden])") !== null;
    }
  }

  /**
   * @param {HTMLElement} month
   * @param {HTMLElement[]} entries that began before it
   */
  function showGoingOn(month, entries) {
    const place = /** @type {HTMLElement | null} */ (month.querySelector("[data-month-going-on]"));
    const list = place && place.querySelector("span");
    if (!place || !list) return;
    place.hidden = !entries.length;
    list.textContent = "";
    entries.forEach((entry, index) => {
      const [link, unit] = [entry.querySelector("a"), entry.querySelector(".chip--unit")];
      if (link) list.append(index ? "、" : "", link.cloneNode(true), unit ? `（${unit.textContent}）` : "");
    });
  }

  /* ------------------------------------------------------------------- notes */

  /**
   * @param {Element} root
   * @param {string[]} notes
   * @param {number | null} year
   */
  function tell(root, notes, year) {
    const place = root.querySelector("[data-year-notes]");
    if (place) place.textContent = "";
    if (place && year) place.append(notes.length ? noteList(notes, year) : allWell(year));
    const told = root.querySelector("[data-year-told]");
    if (told) told.textContent = year ? `按 ${year} 年的日历排列` : "不定年份，按方案写的日期排列";
  }

  /**
   * @param {string[]} notes
   * @param {number} year
   */
  function noteList(notes, year) {
    const box = document.createElement("div");
    box.className = "notice notice--caution";
    const list = document.createElement("ul");
    for (const note of notes) list.appendChild(document.createElement("li")).textContent = note;
    box.append(strong(`${year} 年要留意`), "工作日按星期一至星期五算，没有考虑放假和调休。", list);
    return box;
  }

  /** @param {number} year */
  function allWell(year) {
    const line = document.createElement("p");
    line.className = "notice";
    line.append(strong(`${year} 年`), "各方案的阶段前后相接，没有重叠，也没有空开工作日（星期一至星期五）。");
    return line;
  }

  /** @param {string} words */
  function strong(words) {
    const element = document.createElement("strong");
    element.textContent = words;
    return element;
  }

  /* ------------------------------------------------------- the year, the page */

  /** @returns {HTMLElement | null} */
  function rootOf() {
    return document.querySelector("[data-year-rules]");
  }

  /**
   * @param {HTMLElement} root
   * @param {number | null} year
   */
  function show(root, year) {
    const plans = /** @type {PlanRules[]} */ (JSON.parse(root.dataset.yearRules || "[]"));
    const dated = new Map(plans.map((plan) => [plan.id, planSite.dates.phaseDays(plan.phases, year, plan.values)]));
    for (const entry of entriesOf()) dateEntry(entry, daysOf(entry, dated, year), year);
    for (const plan of plans) drawPlan(plan, dated.get(plan.id) || {}, year);
    sortEntries();
    tellMonths(year || GENERAL);
    const notes = plans.map((plan) => planSite.dates.clashes(plan.phases, dated.get(plan.id) || {}));
    tell(root, /** @type {string[]} */ ([]).concat(...notes), year);
  }

  /**
   * @param {HTMLElement} entry a phase or an observance
   * @param {Map<string, {[phase: string]: Days}>} dated
   * @param {number | null} year
   * @returns {Days | undefined}
   */
  function daysOf(entry, dated, year) {
    if (entry.dataset.day) return planSite.dates.fixed(entry.dataset.day, year || GENERAL);
    return (dated.get(entry.dataset.plan || "") || {})[entry.dataset.phase || ""];
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {number | null} year
   */
  function offerYears(select, year) {
    select.length = 1;
    for (const offered of yearsToOffer(new Date().getFullYear(), year)) select.add(new Option(`${offered} 年`, String(offered)));
    select.value = year ? String(year) : "";
  }

  /** @param {number | null} year */
  function writeAddress(year) {
    const address = new URL(location.href);
    address.search = writeYear(address.search, year);
    try {
      history.pushState(null, "", address.href);
    } catch (error) {
      // Why nothing is said: from file:// older kernels refuse; the page is right, only the address does not show it.
    }
  }

  function followAddress() {
    const root = rootOf();
    const select = root && root.querySelector("select");
    if (!root || !select) return;
    const year = readYear(location.search);
    offerYears(select, year);
    show(root, year);
  }

  function start() {
    const root = rootOf();
    const select = root && root.querySelector("select");
    if (!root || !select) return;
    select.addEventListener("change", () => {
      const year = Number(select.value) || null;
      show(root, year);
      writeAddress(year);
    });
    followAddress();
  }

  planSite.calendar = { readYear, writeYear, yearsToOffer, place };
  planSite.mount(start);
  if (typeof document !== "undefined") window.addEventListener("popstate", followAddress);
})();
