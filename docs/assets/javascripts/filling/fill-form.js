// @ts-check
/**
 * The fill-in form as a whole: what is asked, in parts that fold, one after the other.
 *
 * @typedef {object} FillForm
 * @property {(asks: Ask[], content: Content) => HTMLElement[]} parts
 */
(function () {
  "use strict";

  const { inputs, phaseRows } = planSite;
  const { make } = inputs;

  const ROLES = "科室";
  const DATES = "日期";
  /** The parts: the groups of what each asks for. */
  const PARTS = [["单位", "年度"], ["依据"], ["组织", ROLES], [DATES], ["指标"], ["联系"], ["本单位实际"]];
  const ABOUT_ROLES = "方案里的角色，在本单位由哪个科室或岗位担任；空着就用方案里的叫法。";
  const ABOUT_PHASES = "各阶段的日期按年份推算，可以改；改了的写进正文、清单和日程。";

  /**
   * @param {Ask[]} asks
   * @param {Content} content
   */
  function parts(asks, content) {
    const all = PARTS.map((groups) => part(groups, asks, content)).filter((one) => one.querySelector("[name]"));
    all.forEach((one, at) => all[at + 1] && one.append(onward(one, all[at + 1])));
    all[0].open = true;
    return all;
  }

  /**
   * @param {string[]} groups
   * @param {Ask[]} asks
   * @param {Content} content
   */
  function part(groups, asks, content) {
    const [roles, fields] = [true, false].map((wanted) =>
      asks.filter(({ group }) => groups.includes(group) && (group === ROLES) === wanted).map(inputs.row),
    );
    const summary = make("summary", {}, groups.join("和"), make("span", { class: "fill__count", "data-fill-of": groups.join() }));
    const element = make("details", { class: "fill__part" }, summary, make("div", { class: "fill__rows" }, ...fields));
    if (roles.length) element.append(about(ABOUT_ROLES), make("div", { class: "fill__rows" }, ...roles));
    if (groups.includes(DATES) && content.phases.length) element.append(about(ABOUT_PHASES), phaseRows.build(content));
    return /** @type {HTMLDetailsElement} */ (element);
  }

  /** @param {string} words */
  function about(words) {
    return make("p", { class: "fill__about" }, words);
  }

  /**
   * A button that closes a part and opens the next.
   * @param {HTMLDetailsElement} one
   * @param {HTMLDetailsElement} next
   */
  function onward(one, next) {
    const summary = /** @type {HTMLElement} */ (next.querySelector("summary"));
    const button = make("button", { type: "button", class: "button" }, `下一组：${(summary.firstChild || summary).textContent}`);
    button.addEventListener("click", () => {
      one.open = false;
      next.open = true;
      summary.focus();
      summary.scrollIntoView({ block: "center" });
    });
    return button;
  }

  planSite.fillForm = { parts };
})();
