// @ts-check
/**
 * The phases in the fill-in form: for each the days proposed for the year, which can be moved, and what does not fit.
 *
 * @typedef {object} PhaseRows
 * @property {(content: Content) => HTMLElement} build
 * @property {(form: Element, content: Content, values: Given) => void} show
 * @property {(content: Content, values: Given, phase: string, end: string, day: string) => {first: string, last: string} | null} move
 * @property {(content: Content, values: Given) => string[]} faults
 */
(function () {
  "use strict";

  const { dates, filling, inputs } = planSite;
  const ENDS = { first: "起", last: "止" };

  /** @param {Content} content */
  function build(content) {
    const notes = inputs.make("ul", { class: "fill__notes", "aria-live": "polite", "data-fill-clashes": "" });
    return inputs.make("div", { class: "fill__phases" }, ...content.phases.map(row), notes);
  }

  /** @param {PlanPhase} phase */
  function row({ id, name }) {
    const days = Object.entries(ENDS).map(([end, words]) => {
      const attributes = { type: "date", name: `phase:${id}:${end}`, id: `fill-phase-${id}-${end}`, min: "1900-01-01", max: "2099-12-31" };
      return inputs.make("label", {}, words, inputs.make("input", { ...attributes, "aria-describedby": `fill-phase-${id}-hint` }));
    });
    const back = inputs.make("button", { type: "button", class: "button button--quiet", "data-fill-phase": id, hidden: "" }, "恢复建议");
    const hint = inputs.make("p", { class: "fill__hint", id: `fill-phase-${id}-hint` });
    const attributes = { class: "fill__phase", role: "group", "aria-label": name };
    return inputs.make("div", attributes, inputs.make("strong", {}, name), ...days, back, hint);
  }

  /**
   * The days that the plan's rules give in the year filled in, before any is moved.
   * @param {Content} content
   * @param {Given} values
   */
  function proposed(content, { fields }) {
    return filling.dated(content, { fields });
  }

  /**
   * @param {Element} form
   * @param {Content} content
   * @param {Given} values
   */
  function show(form, content, values) {
    const days = proposed(content, values);
    for (const phase of content.phases) {
      const moved = (values.phases || {})[phase.id];
      const isos = moved || isoOf(days[phase.id]);
      for (const end of /** @type {("first" | "last")[]} */ (Object.keys(ENDS))) {
        const input = /** @type {HTMLInputElement} */ (form.querySelector(`[name="phase:${phase.id}:${end}"]`));
        if (input !== document.activeElement) inputs.put(input, isos[end]);
      }
      const [back, hint] = [form.querySelector(`[data-fill-phase="${phase.id}"]`), form.querySelector(`#fill-phase-${phase.id}-hint`)];
      if (back) back.toggleAttribute("hidden", !moved);
      if (hint) hint.textContent = hintOf(phase, filling.yearOf(values), days[phase.id]);
    }
    list(form.querySelector("[data-fill-clashes]"), faults(content, values));
  }

  /** @param {Days | undefined} days */
  function isoOf(days) {
    return days ? { first: dates.iso(days.first), last: dates.iso(days.last) } : { first: "", last: "" };
  }

  /**
   * @param {PlanPhase} phase
   * @param {number | null} year
   * @param {Days | undefined} days
   */
  function hintOf(phase, year, days) {
    if (!phase.start) return "原文没有写时间，可以自己定。";
    if (days && year) return `建议：${dates.daysText(days, year)}`;
    return "填了年份和有关的月份，这里就有建议；也可以直接定。";
  }

  /**
   * @param {Element | null} place
   * @param {string[]} lines
   */
  function list(place, lines) {
    if (!place || place.textContent === lines.join("")) return;
    place.textContent = "";
    place.append(...lines.map((line) => inputs.make("li", {}, line)));
  }

  /**
   * Move an end of a phase; null where it then stands as proposed, or nowhere.
   * @param {Content} content
   * @param {Given} values
   * @param {string} phase
   * @param {string} end
   * @param {string} day ISO or empty
   */
  function move(content, values, phase, end, day) {
    const proposal = isoOf(proposed(content, values)[phase]);
    const moved = { ...((values.phases || {})[phase] || proposal), [end]: day };
    const isProposed = moved.first === proposal.first && moved.last === proposal.last;
    return isProposed || !(moved.first || moved.last) ? null : moved;
  }

  /**
   * Say what does not fit: an end before its start, days out of the year, phases that run into each other.
   * @param {Content} content
   * @param {Given} values
   */
  function faults(content, values) {
    const [year, days] = [filling.yearOf(values), filling.dated(content, values)];
    /** @type {string[]} */
    const said = [];
    for (const { id, name } of content.phases) {
      const moved = (values.phases || {})[id];
      if (moved && !(moved.first && moved.last)) said.push(`“${name}”的起止日期还差一个，没有写进正文。`);
      else if (moved && moved.last < moved.first) said.push(`“${name}”的止日早于起日，没有写进正文。`);
      else if (year && days[id] && outside(days[id], year)) said.push(`“${name}”不全在 ${year} 年。`);
    }
    return [...said, ...dates.clashes(content.phases, days).map((words) => `${words}。`)];
  }

  /**
   * @param {Days} days
   * @param {number} year
   */
  function outside({ first, last }, year) {
    return [first, last].some((day) => dates.partsOf(day).year !== year);
  }

  planSite.phaseRows = { build, show, move, faults };
})();
