// @ts-check
/**
 * What became of a plan's template since the reader last looked at it, shown in the checklist: what is new, what was
 * worded otherwise, what left.
 *
 * @typedef {object} ChangesList
 * @property {(list: Element) => boolean} show if that is not shown already; tells whether it was not
 * @property {() => void} forget what is shown
 * @property {() => void} acknowledge take the changes for seen
 */
(function () {
  "use strict";

  const { filling, inputs, myPlans, panel, taskFacts, taskRows, templateNews } = planSite;
  const { make } = inputs;

  const GONE = "示例里已经没有的任务";
  const NOTHING = JSON.stringify([[], {}, {}, []]);

  let shown = NOTHING;

  /** @returns {TemplateChanges} */
  function changes() {
    const now = panel.current();
    const mine = taskFacts.plan();
    const known = mine && now ? myPlans.under(mine, "known/") : {};
    return templateNews.found(now ? now.content.tasks : [], known, mine ? myPlans.under(mine, "left/") : {});
  }

  /** @type {ChangesList["show"]} */
  function show(list) {
    const [found, now] = [changes(), panel.current()];
    const slots = now ? filling.slots(now.content, now.values) : new Map();
    const [was, gone] = [found.reworded, found.gone].map((texts) => plainly(texts, slots));
    const signature = JSON.stringify([found.fresh, was, gone, found.news]);
    if (signature === shown) return false;
    shown = signature;
    for (const mark of list.querySelectorAll("[data-gone], .task__new, .task__was")) mark.remove();
    for (const id of found.fresh) besideText(list, id, make("span", { class: "task__new chip" }, "新增"));
    for (const id of Object.keys(was)) besideText(list, id, make("p", { class: "task__was" }, `原来是：${was[id]}`));
    const items = Object.keys(gone).map((id, at) => goneItem(id, at + 1, gone[id]));
    if (items.length) /** @type {Element} */ (list.querySelector(".sheet")).append(goneGroup(items));
    const words = templateNews.words(found);
    const news = /** @type {HTMLElement} */ (list.querySelector("[data-tasks-news]"));
    news.hidden = !words;
    taskRows.say(news.querySelector("span"), words && `这份方案的示例改过：${words}。您记的都还在。`);
    return true;
  }

  /**
   * @param {Texts} texts
   * @param {Slots} slots
   * @returns {Texts}
   */
  function plainly(texts, slots) {
    return Object.fromEntries(Object.keys(texts).map((id) => [id, templateNews.plain(texts[id], slots)]));
  }

  /**
   * @param {Element} list
   * @param {string} task
   * @param {Element} mark
   */
  function besideText(list, task, mark) {
    const element = taskRows.one(list, task);
    const marks = element ? element.querySelectorAll(":scope > label, :scope > .by-editor") : [];
    if (marks.length) marks[marks.length - 1].after(mark);
  }

  /** @param {Element[]} items */
  function goneGroup(items) {
    const heading = make("h3", { class: "task-group__name", id: "tasks-gone" }, GONE);
    const attributes = { class: "task-group", "data-filter-group": "", "data-gone": "", "aria-labelledby": "tasks-gone" };
    return make("section", attributes, heading, make("ul", { class: "tasks" }, ...items));
  }

  /**
   * @param {string} id
   * @param {number} at
   * @param {string} text
   */
  function goneItem(id, at, text) {
    const words = [make("span", {}, `旧${at}.`), make("span", { "data-cell": "text" }, text)];
    const label = make("label", {}, make("input", { type: "checkbox", autocomplete: "off" }), ...words);
    // The cells of the printed table, in which an owner and a day may stand.
    const cells = make("dl", {}, ...["owner", "when", "record"].map((name) => make("dd", { "data-cell": name })));
    return make("li", { class: "task", "data-task-id": id, "data-number": `旧${at}`, "data-filter-item": "" }, label, cells);
  }

  function forget() {
    shown = "";
  }

  function acknowledge() {
    const [now, mine] = [panel.current(), taskFacts.plan()];
    if (!now || !mine) return;
    const noted = new Set(taskFacts.noted());
    const cells = templateNews.seen(now.content.tasks, myPlans.under(mine, "known/"), noted);
    for (const path of Object.keys(cells)) myPlans.set(mine, path, cells[path]);
  }

  planSite.changesList = { show, forget, acknowledge };
})();
