// @ts-check
/**
 * What the reader says of the plan that is put together: its title, unit, kind and, for the editors, its id; what is
 * proposed there, and what is still missing.
 *
 * `OWN` is the id of a plan that needs none.
 * @typedef {object} AboutForm
 * @property {() => AboutPlan} about
 * @property {() => string} today
 * @property {(facts: {[name: string]: string}) => void} take
 * @property {(name: string) => void} wrote
 * @property {(asFile: boolean) => boolean} isReady
 * @property {() => void} showFaultsAgain
 * @property {string} OWN
 */
(function () {
  "use strict";

  const { assembling, dates, desk, newNames } = planSite;

  const OWN = "own";
  const FIELDS = ["title", "unit", "nature", "id"];

  /** Whether what is missing was last asked for the file of the editors. */
  let asFile = false;
  /** What was written by the reader; the rest is proposed. @type {Set<string>} */
  const written = new Set();

  /**
   * @param {string} name
   * @returns {any} an input
   */
  function input(name) {
    return desk.partOf(name === "id" ? "file" : "about").querySelector(`[name="${name}"]`);
  }

  function today() {
    return dates.today(new Date());
  }

  /** @type {AboutForm["about"]} */
  function about() {
    const [title, unit, nature, id] = FIELDS.map((name) => input(name).value);
    return { title: newNames.tidyTitle(title), unit, nature, id: id.trim(), updated: today() };
  }

  /**
   * Show what is known of a plan, as if the reader had written it, and forget what was written before.
   * @type {AboutForm["take"]}
   */
  function take(facts) {
    written.clear();
    for (const [name, value] of Object.entries(facts)) {
      input(name).value = value;
      written.add(name);
    }
  }

  /** @param {string} name of what the reader has written now */
  function wrote(name) {
    written.add(name);
  }

  /**
   * Propose what the reader has not written.
   * @param {Picked[]} all
   */
  function propose(all) {
    const [first] = all.map(({ plan }) => desk.parts[plan]).filter(Boolean);
    const proposed = { unit: first ? first.unit : "", nature: first && first.nature !== "工作汇报" ? first.nature : "方案", id: `own-plan-${today().slice(0, 4)}` };
    for (const [name, value] of Object.entries(proposed)) if (!written.has(name)) input(name).value = value;
  }

  /* -------------------------------------------------------------- what is missing */

  /** @returns {string[]} what is still missing */
  function faults() {
    const facts = { ...about(), ...(asFile ? {} : { id: OWN, unit: about().unit || "x" }) };
    const plan = assembling.plan(desk.picks(), desk.parts, desk.words, facts);
    const said = assembling.faults(plan, facts);
    return asFile ? [...said, ...unsourced(plan), ...takenBy(facts)] : said;
  }

  /**
   * @param {PlanParts} plan
   * @returns {string[]} what keeps it from being a plan of the site, all of which say where they come from
   */
  function unsourced({ tasks, sources = [] }) {
    return tasks.length && !sources.length ? ["还看不出来源，请至少从一份方案里挑一项。"] : [];
  }

  /**
   * @param {AboutPlan} facts
   * @returns {string[]} what of it a plan of the site has already
   */
  function takenBy({ id, title }) {
    const said = [];
    const plans = desk.partOf("plans");
    const ids = [...plans.children].map((item) => item.getAttribute("data-plan"));
    const titles = [...plans.querySelectorAll("li[data-plan] > details > summary")].map((one) => (one.firstChild || one).textContent);
    if (ids.includes(id)) said.push(`编号“${id}”已经有了，请换一个。`);
    if (titles.includes(title)) said.push("标题和本站的一份方案一样，请换一个。");
    return said;
  }

  /**
   * Tell whether all is there; what is not is said.
   * @type {AboutForm["isReady"]}
   */
  function isReady(wantedAsFile) {
    asFile = wantedAsFile;
    const said = faults();
    desk.partOf("faults").textContent = said.join("");
    const first = said.length && FIELDS.find((name) => !about()[/** @type {"title"} */ (name)]);
    if (first) input(first).focus();
    return !said.length;
  }

  /** Say anew what is missing, if something was. */
  function showFaultsAgain() {
    const place = desk.partOf("faults");
    if (place.textContent) place.textContent = faults().join("");
  }

  desk.views.push(propose);
  planSite.aboutForm = { about, today, take, wrote, isReady, showFaultsAgain, OWN };
})();
