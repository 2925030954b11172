// @ts-check
/**
 * Bars of what is done, and the line of a year, as SVG. What a bar shows stands beside it in words as well; a line has
 * its table.
 *
 * @typedef {object} Charts
 * @property {(tally: Tally) => SVGElement} bar
 * @property {(stages: Stage[], today: string) => SVGElement} line
 */
(function () {
  "use strict";

  const { dates, filling } = planSite;

  const SPACE = "http://www.w3.org/2000/svg";
  const [BAR, TOP, ROW] = [12, 26, 46];

  /**
   * @param {string} tag
   * @param {{[name: string]: string | number}} attributes
   * @param {...(Node | string)} children
   */
  function draw(tag, attributes, ...children) {
    const element = document.createElementNS(SPACE, tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, String(attributes[name]));
    element.append(...children);
    return element;
  }

  /** @param {number} share of one */
  function percent(share) {
    return `${Math.round(share * 10000) / 100}%`;
  }

  /**
   * Draw done in full, under way hatched, the rest empty. Why hatched: it is told apart without colours.
   * @param {Tally} tally
   */
  function bar({ due, done, doing }) {
    const [full, more] = due ? [done / due, doing / due] : [0, 0];
    const part = (/** @type {string} */ kind, /** @type {number} */ from, /** @type {number} */ width) =>
      draw("rect", { class: `bar__${kind}`, x: percent(from), y: 0, width: percent(width), height: BAR });
    const parts = [part("whole", 0, 1), ...(done ? [part("done", 0, full)] : []), ...(doing ? [part("doing", full, more)] : [])];
    const frame = draw("rect", { class: "bar__frame", x: 0, y: 0, width: "100%", height: BAR });
    return draw("svg", { class: "bar", width: "100%", height: BAR, "aria-hidden": "true", focusable: "false" }, ...parts, frame);
  }

  /* -------------------------------------------------------------------- line */

  /**
   * Draw the phases on their months, each with what is done of it, and today.
   * @param {Stage[]} stages at least one
   * @param {string} today
   */
  function line(stages, today) {
    const months = monthsOf(Math.min(...stages.map(({ first }) => first)), Math.max(...stages.map(({ last }) => last)));
    const [from, end] = [months[0].day, months[months.length - 1].end];
    const at = (/** @type {number} */ day) => (day - from) / (end - from);
    const height = TOP + stages.length * ROW;
    const now = filling.isoDay(today) || 0;
    const isIn = now >= from && now < end;
    return draw(
      "svg",
      { width: "100%", height, "aria-hidden": "true", focusable: "false" },
      ...tickLines(months, at, height),
      ...stages.map((stage, row) => stageBar(stage, at, TOP + row * ROW)),
      ...(isIn ? [todayLine(at(now + 0.5), height)] : []),
    );
  }

  /**
   * @param {number} first
   * @param {number} last
   * @returns {{day: number, end: number, label: string}[]}
   */
  function monthsOf(first, last) {
    const found = [];
    let day = first - dates.partsOf(first).day + 1;
    while (day <= last) {
      const { year, month } = dates.partsOf(day);
      const end = day + dates.daysIn(year, month);
      found.push({ day, end, label: `${month}月` });
      day = end;
    }
    return found;
  }

  /**
   * @param {{day: number, label: string}[]} months
   * @param {(day: number) => number} at
   * @param {number} height
   */
  function tickLines(months, at, height) {
    return months.map(({ day, label }) => {
      const x = percent(at(day));
      const tick = draw("line", { class: "timeline__tick", x1: x, x2: x, y1: 0, y2: height });
      return draw("g", {}, tick, draw("text", { class: "timeline__month", x, y: 14, dx: 3 }, label));
    });
  }

  /**
   * @param {Stage} stage
   * @param {(day: number) => number} at
   * @param {number} top
   */
  function stageBar({ name, first, last, tally }, at, top) {
    const [left, right] = [at(first), at(last + 1)];
    const isLate = left > 0.5;
    const done = tally.due ? tally.done / tally.due : 0;
    const shape = (/** @type {string} */ kind, /** @type {number} */ width) =>
      draw("rect", { class: kind, x: percent(left), y: top + 22, width: percent(width), height: 13 });
    const words = `${name} ${tally.due ? `${tally.done} / ${tally.due}` : ""}`;
    const label = { class: "timeline__name", x: percent(isLate ? right : left), y: top + 15, "text-anchor": isLate ? "end" : "start" };
    return draw("g", {}, draw("text", label, words), shape("bar__whole", right - left), shape("bar__done", (right - left) * done), shape("bar__frame", right - left));
  }

  /**
   * @param {number} share
   * @param {number} height
   */
  function todayLine(share, height) {
    const x = percent(share);
    const words = { class: "line__words", x, y: 24, dx: share > 0.9 ? -4 : 4, "text-anchor": share > 0.9 ? "end" : "start" };
    return draw("g", {}, draw("line", { class: "line__today", x1: x, x2: x, y1: 14, y2: height }), draw("text", words, "今天"));
  }

  planSite.charts = { bar, line };
})();
