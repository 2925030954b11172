// @ts-check
/**
 * Deciding what stands in cells that several people wrote apart, and which plans are copies of one.
 *
 * What takes part: a plan with the name that the reader knows it by.
 * @typedef {{name: string, doc: MyPlan}} Taking
 *
 * @typedef {object} Settling
 * @property {(clashes: Clash[], about: Asking, chosen: Map<string, number>) => HTMLElement[]} questions
 * @property {(box: HTMLElement, clashes: Clash[]) => void} takeLatest
 * @property {(clashes: Clash[]) => Clash[]} asked
 * @property {(taking: Taking[]) => {together: Taking[], others: Taking[]}} sorted
 *
 * What places and values are told by; `key` keeps the names of inputs apart.
 * @typedef {{content: Content, slots: Slots, key: string}} Asking
 */
(function () {
  "use strict";

  const { inputs, progress, savedFile } = planSite;
  const { make } = inputs;

  /**
   * Ask of each cell which of its writings is to stand; `chosen` is kept as the reader chooses.
   * @param {Clash[]} clashes
   * @param {Asking} about
   * @param {Map<string, number>} chosen
   */
  function questions(clashes, about, chosen) {
    return clashes.map((clash, at) => {
      const name = `${about.key}-${at}`;
      const legend = make("legend", {}, progress.placeOf(clash.path, about.content, about.slots));
      const choices = clash.writings.map((one, index) => choice(clash.path, one, { name, value: String(index) }));
      const box = make("fieldset", { class: "clash", "data-clash": clash.path }, legend, ...choices);
      box.addEventListener("change", (event) => chosen.set(clash.path, Number(/** @type {HTMLInputElement} */ (event.target).value)));
      check(box, chosen.get(clash.path));
      return box;
    });
  }

  /**
   * @param {HTMLElement} box
   * @param {number | undefined} index
   */
  function check(box, index) {
    const input = index === undefined ? null : box.querySelectorAll("input")[index];
    if (input) input.checked = true;
  }

  /**
   * @param {string} path
   * @param {Writing} writing
   * @param {{name: string, value: string}} attributes
   */
  function choice(path, { value, by, at }, attributes) {
    const words = progress.valueOf(path, value);
    const who = make("small", {}, `${by || "没有写填写人"}，${progress.moment(at) || "时间不明"}`);
    return make("label", {}, make("input", { type: "radio", ...attributes, "data-key": `${attributes.name}-${attributes.value}` }), make("span", {}, make("b", {}, words), " ", who));
  }

  /**
   * Choose in each question what was written last, by the clocks of those who wrote.
   * @param {HTMLElement} box
   * @param {Clash[]} clashes
   */
  function takeLatest(box, clashes) {
    for (const { path } of clashes) {
      const question = [...box.querySelectorAll("[data-clash]")].find((one) => one.getAttribute("data-clash") === path);
      const first = question && question.querySelector("input");
      if (first) first.checked = true;
      if (first) first.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /**
   * Tell which plans are copies of the first.
   * @param {Taking[]} taking
   */
  function sorted(taking) {
    const isOne = (/** @type {Taking} */ one) => savedFile.belong([taking[0].doc, one.doc]);
    return { together: taking.filter(isOne), others: taking.filter((one) => !isOne(one)) };
  }

  /**
   * Give the clashes that a reader is asked about. Why not what the template said: it is no reader's, and the last holds.
   * @param {Clash[]} clashes
   */
  function asked(clashes) {
    return clashes.filter(({ path }) => path !== "title" && !/^(known|left)\//.test(path));
  }

  planSite.settling = { questions, asked, takeLatest, sorted };
})();
