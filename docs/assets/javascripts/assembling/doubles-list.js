// @ts-check
/** What stands twice among what was picked, as a list in which the reader says which of it stays. */
(function () {
  "use strict";

  const { desk, doubles, inputs, ownPlan } = planSite;
  const { make } = inputs;

  /** @param {Picked[]} all */
  function show(all) {
    const place = desk.partOf("doubles");
    const groups = doubles.find(all, desk.parts, desk.words);
    place.textContent = "";
    if (!groups.length) return;
    const settle = desk.button("全部按建议处理", "settle", "重复的", () => settleAll(all));
    const items = groups.map((group) => groupItem(all, group));
    place.append(make("p", {}, make("strong", {}, `有 ${groups.length} 处重复。`), " ", settle), make("ol", { class: "assemble__doubles" }, ...items));
  }

  /** @param {Picked[]} all */
  function settleAll(all) {
    ownPlan.put(doubles.settled(all, desk.parts, desk.words), "重复的已按建议处理。");
    desk.partOf("said").focus();
  }

  /**
   * @param {Picked[]} all
   * @param {Doubles} group
   */
  function groupItem(all, group) {
    const items = group.items.map((item, at) => doubleItem(all, group, item, at));
    return make("li", {}, make("p", {}, group.why, "，留哪一条？"), make("ul", {}, ...items));
  }

  /**
   * @param {Picked[]} all
   * @param {Doubles} group
   * @param {Double} item
   * @param {number} at
   */
  function doubleItem(all, group, item, at) {
    const keep = desk.button("留这条", "keep", item.label + item.from, () => keepOnly(all, group, item, at));
    return make("li", {}, item.label, make("small", {}, `${item.from}${at === group.keep ? "，建议留这条" : ""}`), " ", keep);
  }

  /**
   * @param {Picked[]} all
   * @param {Doubles} group
   * @param {Double} item
   * @param {number} at
   */
  function keepOnly(all, group, item, at) {
    ownPlan.put(doubles.keeping(all, group, at), `留下了“${item.label}”${item.from}。`);
    const next = /** @type {HTMLElement | null} */ (desk.partOf("doubles").querySelector("[data-does=keep]"));
    (next || desk.partOf("said")).focus();
  }

  desk.views.push(show);
})();
