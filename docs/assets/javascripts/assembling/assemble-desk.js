// @ts-check
/**
 * What the scripts of the page share on which a plan is put together: its places, what was read of the site, and what is
 * picked, in the basket or in the plan of the reader's own that is open.
 *
 * `mine` is the plan that is open; empty: the basket is. `views` are shown again when picks change, in their order.
 * @typedef {object} Desk
 * @property {string} mine
 * @property {Words} words
 * @property {AllParts} parts
 * @property {((all: Picked[]) => void)[]} views
 * @property {() => void} show
 * @property {(name: string) => HTMLElement} partOf
 * @property {(said: string) => void} tell
 * @property {(words: string, does: string, label: string, act: () => void) => HTMLElement} button
 * @property {() => Picked[]} picks
 * @property {(pick: Picked) => boolean} isIn
 * @property {(plan: string) => HTMLElement | null} placeOf
 * @property {(ids: string[]) => Promise<void>} need
 */
(function () {
  "use strict";

  const { basket, entries, inputs, myPlans, pickedParts } = planSite;

  /** @param {string} name */
  function partOf(name) {
    return /** @type {HTMLElement} */ (document.querySelector(`[data-assemble-${name}]`));
  }

  /** @param {string} said */
  function tell(said) {
    partOf("said").textContent = said + entries.trouble();
  }

  /** @type {Desk["button"]} */
  function button(words, does, label, act) {
    const made = inputs.make("button", { type: "button", class: "button button--quiet", "data-does": does, "aria-label": `${words}：${label}` }, words);
    made.addEventListener("click", act);
    return made;
  }

  /* ------------------------------------------------------------------- picks */

  /** @returns {Picked[]} */
  function picks() {
    if (!desk.mine) return basket.picks();
    const kept = myPlans.value(desk.mine, "picks");
    return Array.isArray(kept) ? kept.filter(basket.isPick) : [];
  }

  /** @param {Picked} pick */
  function isIn(pick) {
    return picks().some((one) => pickedParts.keyOf(one) === pickedParts.keyOf(pick));
  }

  function show() {
    const all = picks();
    for (const view of desk.views) view(all);
  }

  /* ------------------------------------------------------------------- plans */

  /**
   * @param {string} plan
   * @returns {HTMLElement | null} its place in the list
   */
  function placeOf(plan) {
    return partOf("plans").querySelector(`[data-plan="${plan}"]`);
  }

  /**
   * Get the parts of plans; one that cannot be had is left out.
   * @param {string[]} ids
   */
  async function need(ids) {
    const missing = [...new Set(ids)].filter((id) => id && !desk.parts[id] && placeOf(id));
    const found = await Promise.all(missing.map((id) => planSite.load(/** @type {HTMLElement} */ (placeOf(id)).dataset.parts || "").catch(() => null)));
    missing.forEach((id, at) => found[at] && (desk.parts[id] = found[at]));
  }

  /** @type {Desk} */
  const desk = { mine: "", words: /** @type {any} */ (null), parts: Object.create(null), views: [], show, partOf, tell, button, picks, isIn, placeOf, need };
  planSite.desk = desk;
})();
