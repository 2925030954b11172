// @ts-check
/**
 * The reader's plans as cards: how far each is, what comes next, when it was last exported, and what can be done with it.
 *
 * A plan as it is shown: `page` is the address of its own page, empty where the site has none; `isKnown` is false for a
 * template that the site does not have any more.
 * @typedef {{facts: MyPlanFacts, content: Content, mine: Mine, page: string, isKnown: boolean}} Shown
 *
 * @typedef {object} PlanCards
 * @property {(shown: Shown, today: string, state: {isChosen: boolean, isNamed: boolean}) => HTMLElement} card
 * @property {(plansPage: string) => HTMLElement} none
 */
(function () {
  "use strict";

  const { charts, inputs, myPlans, progress } = planSite;
  const { make } = inputs;

  /** How far ahead a card looks for what comes next: any day. */
  const EVER = Infinity;

  /**
   * @param {Shown} shown
   * @param {string} today
   * @param {{isChosen: boolean, isNamed: boolean}} state
   */
  function card(shown, today, { isChosen, isNamed }) {
    const { facts, content, mine } = shown;
    const rows = progress.rows(content, mine, today);
    const tally = progress.tally("", rows);
    const gone = progress.gone(content, mine).length;
    const head = isNamed ? naming(facts) : make("h2", { class: "my-plan__name" }, facts.label);
    const attributes = { class: `my-plan${isChosen ? " my-plan--chosen" : ""}`, "data-my-plan": facts.id };
    const parts = [head, about(shown), charts.bar(tally), make("p", { class: "my-plan__count" }, ...counted(tally, gone))];
    return make("article", attributes, ...parts, ...nextLine(rows, today), exportLine(facts), buttons(shown, isChosen));
  }

  /** @param {Shown} shown */
  function about({ facts, page, isKnown }) {
    const words = make("p", { class: "my-plan__about" });
    if (!facts.plan) words.append("自己组合的方案");
    else words.append("示例：", isKnown ? make("a", { href: page, "data-do": "open", "data-id": facts.id }, facts.title || "方案") : `${facts.title}（本站已经没有）`);
    words.append(` · ${facts.year ? `${facts.year}年` : "没有填年份"}`);
    return words;
  }

  /**
   * @param {Tally} tally
   * @param {number} gone
   */
  function counted({ due, done, doing, na, late }, gone) {
    const more = [doing && `进行中 ${doing}`, na && `不适用 ${na}`, gone && `示例里已经没有 ${gone}`].filter(Boolean);
    const words = [make("b", {}, `已完成 ${done} / ${due} 项`), ...more.map((one) => ` · ${one}`)];
    return late ? [...words, " · ", make("b", { class: "late" }, `逾期 ${late}`)] : words;
  }

  /**
   * @param {TaskRow[]} rows
   * @param {string} today
   */
  function nextLine(rows, today) {
    const [first] = progress.next(rows, today, EVER);
    if (!first) return [];
    const days = progress.daysBetween(today, first.due);
    return [make("p", {}, `下一项：${progress.dayWords(first.due)}（${days ? `还有 ${days} 天` : "今天"}），${first.text}`)];
  }

  /** @param {MyPlanFacts} facts */
  function exportLine({ exported, changes }) {
    const since = changes ? `之后改了 ${changes} 处` : "之后没有改过";
    const words = exported ? `上次导出：${progress.moment(exported)}，${since}` : "还没有导出过";
    return make("p", { class: changes ? "my-plan__export my-plan__export--due" : "my-plan__export" }, words);
  }

  /**
   * @param {Shown} shown
   * @param {boolean} isChosen
   */
  function buttons({ facts, page, isKnown }, isChosen) {
    const { id, label } = facts;
    const button = (/** @type {string} */ what, /** @type {string} */ words, kind = "") =>
      make("button", { type: "button", class: `button${kind}`, "data-do": what, "data-id": id, "data-key": `${what}-${id}`, "aria-label": `${words}：${label}` }, words);
    const view = button("choose", "看进展");
    view.setAttribute("aria-pressed", String(isChosen));
    const link = page ? [make("a", { href: page, class: "button button--primary", "data-do": "open", "data-id": id, "data-key": `open-${id}`, "aria-label": `打开：${label}` }, "打开")] : [];
    const rare = [button("rename", "改名", " button--quiet"), button("copy", "复制一份", " button--quiet"), button("remove", "删除", " button--quiet")];
    // Why not for a template that left the site: both are made of what it says.
    const years = isKnown ? [button("reissue", "开展新一年"), ...(myPlans.value(id, "last") ? [button("compare", "对照去年")] : [])] : [];
    return make("div", { class: "toolbar__group" }, ...link, view, button("export", "导出"), ...years, ...rare);
  }

  /** @param {MyPlanFacts} facts */
  function naming({ id, label }) {
    const input = make("input", { type: "text", value: myPlans.value(id, "name") || label, "data-name": id, "data-key": `name-${id}`, maxlength: "80" });
    const save = make("button", { type: "submit", class: "button" }, "保存");
    const stop = make("button", { type: "button", class: "button button--quiet", "data-do": "unname", "data-id": id }, "取消");
    return make("form", { class: "my-plan__naming", "data-naming": id }, make("label", {}, "方案的名字", input), save, stop);
  }

  /** @param {string} plansPage */
  function none(plansPage) {
    const link = make("a", { href: plansPage }, "全部方案");
    return make("p", { class: "notice" }, "这台电脑上还没有您的方案。打开", link, "里的一份，点“建立我的方案”；有导出的文件，在上面点“导入文件”。");
  }

  planSite.planCards = { card, none };
})();
