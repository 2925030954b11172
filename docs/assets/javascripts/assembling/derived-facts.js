// @ts-check
/**
 * What follows from all else in a plan that is put together: its summary, sources, terms and blanks, and where everything
 * comes from. Everything here is pure.
 *
 * @typedef {object} DerivedFacts
 * @property {(made: PlanParts, chosen: Picked[], parts: AllParts, words: Words) => PlanParts} complete
 */
(function () {
  "use strict";

  const { pickedParts } = planSite;

  const BLANK = /【[^【】]*】/g;
  /** Lists that are there even when they are empty. */
  const ALWAYS = ["tasks", "sections"];

  /** @type {DerivedFacts["complete"]} */
  function complete(made, chosen, parts, words) {
    const plans = pickedParts.plansOf(chosen, parts);
    const texts = textsIn(made);
    const blanks = blanksOf(made, texts, plans, words);
    const cautions = plans.filter(({ caution }) => caution).map(({ title, caution }) => `《${title}》：${caution}`);
    return withoutEmpty({
      ...made,
      summary: summaryOf(made, plans),
      sources: sourcesOf([made, blanks], plans),
      ...(cautions.length ? { caution: cautions.join("") } : {}),
      adapted: adaptedOf(chosen, plans, parts, words),
      terms: termsOf(chosen, texts, plans, words),
      blanks,
    });
  }

  /**
   * @param {PlanParts} made
   * @returns {PlanParts}
   */
  function withoutEmpty(made) {
    const kept = Object.entries(made).filter(([key, value]) => ALWAYS.includes(key) || !Array.isArray(value) || value.length);
    return /** @type {any} */ (Object.fromEntries(kept));
  }

  /**
   * @param {any} value
   * @returns {string[]} every text in it
   */
  function textsIn(value) {
    if (typeof value === "string") return [value];
    return value && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
  }

  /* -------------------------------------------------------- sources and terms */

  /**
   * The sources cited; those of the first plan if none is.
   * @param {any} value
   * @param {PlanParts[]} plans
   */
  function sourcesOf(value, plans) {
    const cited = [...new Set(citedIn(value))].sort();
    return cited.length || !plans.length ? cited : plans[0].sources;
  }

  /**
   * @param {any} value
   * @returns {string[]} the sources cited in it
   */
  function citedIn(value) {
    if (!value || typeof value !== "object") return [];
    const own = value.source && typeof value.source === "object" ? [value.source.id] : [];
    return [...own, ...Object.values(value).flatMap(citedIn)];
  }

  /**
   * The lists picked, and the terms of the plans that occur in the text.
   * @param {Picked[]} chosen
   * @param {string[]} texts
   * @param {PlanParts[]} plans
   * @param {Words} words
   */
  function termsOf(chosen, texts, plans, words) {
    const picked = chosen.filter(({ kind }) => kind === "list").map(({ id }) => id);
    const all = texts.join("\n");
    const used = plans.flatMap(({ terms }) => terms || []).filter((id) => words.terms[id] && all.includes(words.terms[id].name));
    return [...new Set([...picked, ...used])];
  }

  /* -------------------------------------------------------------------- blanks */

  /**
   * @param {PlanParts} made
   * @param {string[]} texts
   * @param {PlanParts[]} plans
   * @param {Words} words
   * @returns {PlanBlank[]}
   */
  function blanksOf({ phases }, texts, plans, words) {
    const labels = new Set(texts.flatMap((text) => (text.match(BLANK) || []).map((blank) => blank.slice(1, -1))));
    const dated = new Set((phases || []).flatMap(({ start, end }) => [start, end].map((moment) => (moment && moment.field) || "")));
    const used = words.fields.filter(({ id, label }) => labels.has(label) || dated.has(id));
    return used.flatMap(({ id }) => {
      const known = plans.flatMap(({ blanks }) => (blanks || []).filter(({ field }) => field === id));
      if (known.length) return [known[0]];
      return words.paper_fields.includes(id) && !dated.has(id) ? [] : [{ field: id, reason: "编者增设" }];
    });
  }

  /* ------------------------------------------------------------ what is said of it */

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
      const heads = mine.filter(({ kind }) => kind === "section").map((pick) => `“${pickedParts.labelOf(pick, parts, words)}”`);
      const tasks = mine.filter(({ kind }) => kind === "task").length;
      return `取自《${title}》：${[...heads, ...(tasks ? [`${tasks} 项任务`] : [])].join("、")}。`;
    });
    const core = chosen.filter(({ kind }) => kind === "core").length;
    return core ? [...said, `取自“共同要做的事”：${core} 项任务。`] : said;
  }

  planSite.derivedFacts = { complete };
})();
