// @ts-check
/**
 * What a reader picked for a plan, looked up in the plans it is of. Everything here is pure.
 *
 * What a reader picked, in order: a `section` (of any level), a `task`, an `award`, a `list` (a term with members) or a
 * `core` task; the last three are of no plan. `without` are tasks of a section that are left out.
 * @typedef {{plan: string, kind: string, id: string, without?: string[]}} Picked
 *
 * @typedef {{[plan: string]: PlanParts}} AllParts
 *
 * A section, and those above it, the outermost first.
 * @typedef {{section: PlanSection, above: PlanSection[]}} FoundSection
 *
 * @typedef {object} PickedParts
 * @property {(pick: Picked) => string} keyOf
 * @property {(section: PlanSection) => PlanSection[]} within
 * @property {(plan: PlanParts) => FoundSection[]} sectionsOf
 * @property {(pick: Picked, parts: AllParts) => FoundSection | undefined} sectionOf
 * @property {(picks: Picked[], parts: AllParts) => PlanParts[]} plansOf
 * @property {(pick: Picked, parts: AllParts) => PlanTask[]} tasksOf
 * @property {(pick: Picked, parts: AllParts, words: Words) => PlanTask[]} tasksBrought
 * @property {(pick: Picked, part: string, parts: AllParts) => boolean} shows
 * @property {(pick: Picked, parts: AllParts, words: Words) => string} labelOf
 * @property {(pick: Picked, other: Picked, parts: AllParts) => boolean} comesWith
 * @property {(picks: Picked[], parts: AllParts, words: Words) => Picked[]} resolved
 * @property {string} EDITOR
 */
(function () {
  "use strict";

  /** The origin of what no source says. */
  const EDITOR = "editor";

  /** @type {PickedParts["keyOf"]} */
  function keyOf({ plan, kind, id }) {
    return `${plan}/${kind}/${id}`;
  }

  /* ---------------------------------------------------------------- sections */

  /**
   * A section and all below it, in reading order.
   * @type {PickedParts["within"]}
   */
  function within(section) {
    return [section, ...(section.sections || []).flatMap(within)];
  }

  /**
   * Every section of a plan, in reading order, with those above it.
   * @type {PickedParts["sectionsOf"]}
   */
  function sectionsOf({ sections }) {
    return sections.flatMap((section) => withAbove(section, []));
  }

  /**
   * @param {PlanSection} section
   * @param {PlanSection[]} above
   * @returns {FoundSection[]}
   */
  function withAbove(section, above) {
    return [{ section, above }, ...(section.sections || []).flatMap((one) => withAbove(one, [...above, section]))];
  }

  /** @type {PickedParts["sectionOf"]} */
  function sectionOf({ plan, kind, id }, parts) {
    return kind === "section" && parts[plan] ? sectionsOf(parts[plan]).find(({ section }) => section.id === id) : undefined;
  }

  /**
   * Whether a pick is a section that shows a part of its plan in place.
   * @type {PickedParts["shows"]}
   */
  function shows(pick, part, parts) {
    const found = sectionOf(pick, parts);
    return Boolean(found && within(found.section).some(({ body }) => (body || []).some(({ show }) => show === part)));
  }

  /* ------------------------------------------------------------------- tasks */

  /**
   * The tasks that a pick brings: those of a section and all below, or the one.
   * @type {PickedParts["tasksOf"]}
   */
  function tasksOf(pick, parts) {
    const plan = parts[pick.plan];
    if (!plan) return [];
    if (pick.kind === "task") return plan.tasks.filter(({ id }) => id === pick.id);
    const found = sectionOf(pick, parts);
    if (!found) return [];
    const ids = within(found.section).map(({ id }) => id);
    return plan.tasks.filter(({ id, section }) => ids.includes(section) && !(pick.without || []).includes(id));
  }

  /**
   * The tasks that a pick brings, also one that is of no plan.
   * @type {PickedParts["tasksBrought"]}
   */
  function tasksBrought(pick, parts, words) {
    return pick.kind === "core" ? [coreTask(words.core[pick.id])] : tasksOf(pick, parts);
  }

  /**
   * @param {CoreTask} core
   * @returns {PlanTask}
   */
  function coreTask({ id, text, owner, when, keep, themes }) {
    const said = { origin: EDITOR };
    return { id, text, ...said, section: "", owner: { role: owner, ...said }, when: { by: when, ...said }, record: { keep, ...said }, themes };
  }

  /* ------------------------------------------------------------------- picks */

  /**
   * The plans of what is picked, each once.
   * @type {PickedParts["plansOf"]}
   */
  function plansOf(picks, parts) {
    return [...new Set(picks.map(({ plan }) => plan))].map((id) => parts[id]).filter(Boolean);
  }

  /**
   * @param {Picked} pick
   * @param {AllParts} parts
   * @param {Words} words
   */
  function isKnown(pick, parts, words) {
    /** @type {{[kind: string]: object}} */
    const shelves = { award: words.awards, list: words.terms, core: words.core };
    if (shelves[pick.kind]) return Object.prototype.hasOwnProperty.call(shelves[pick.kind], pick.id);
    return pick.kind === "section" ? Boolean(sectionOf(pick, parts)) : tasksOf(pick, parts).length > 0;
  }

  /** @type {PickedParts["labelOf"]} */
  function labelOf(pick, parts, words) {
    const found = sectionOf(pick, parts);
    if (found) return found.section.heading;
    if (!isKnown(pick, parts, words)) return "";
    if (pick.kind === "award") return words.awards[pick.id].name;
    if (pick.kind === "list") return words.terms[pick.id].name;
    return pick.kind === "core" ? words.core[pick.id].text : tasksOf(pick, parts)[0].text;
  }

  /**
   * Whether a pick comes with another one: a section of a section, a task of a section.
   * @type {PickedParts["comesWith"]}
   */
  function comesWith(pick, other, parts) {
    if (pick === other || other.kind !== "section" || pick.plan !== other.plan) return false;
    if (pick.kind === "task") return tasksOf(other, parts).some(({ id }) => id === pick.id);
    const found = sectionOf(pick, parts);
    return Boolean(found && found.above.some(({ id }) => id === other.id));
  }

  /**
   * What is picked and there, each once.
   * @type {PickedParts["resolved"]}
   */
  function resolved(picks, parts, words) {
    const keys = picks.map(keyOf);
    const known = picks.filter((pick, at) => keys.indexOf(keys[at]) === at && isKnown(pick, parts, words));
    const comesWithAny = (/** @type {Picked} */ pick, /** @type {Picked[]} */ others) => others.some((other) => comesWith(pick, other, parts));
    // Why sections first: a task stays that comes only with a section that goes itself.
    const left = known.filter((pick) => pick.kind !== "section" || !comesWithAny(pick, known));
    return left.filter((pick) => !comesWithAny(pick, left));
  }

  planSite.pickedParts = { keyOf, within, sectionsOf, sectionOf, plansOf, tasksOf, tasksBrought, shows, labelOf, comesWith, resolved, EDITOR };
})();
