// @ts-check
/**
 * The text and the checklist of an assembled plan, as the templates of a plan's page write them (document.html.j2,
 * checklist.html.j2), so that all that works on that page works on it.
 *
 * @typedef {{[task: string]: {plan: string, task: string, title: string, url: string}}} Origins
 *
 * @typedef {object} Assembled
 * @property {(content: Content, origins: Origins) => void} show
 * @property {(content: Content) => HTMLElement[]} paper
 */
(function () {
  "use strict";

  const { filling, inputs } = planSite;
  const { make } = inputs;

  /* -------------------------------------------------------------------- text */

  /**
   * @param {string} text with tokens
   * @param {Slots} slots
   * @returns {(Node | string)[]}
   */
  function rich(text, slots) {
    return filling.pieces(text, slots).map((piece) => (piece.blank ? make("span", { class: "blank", "data-field": piece.key }, piece.text) : piece.text));
  }

  /**
   * @param {Block} block
   * @param {Slots} slots
   */
  function blockOf({ is, number, lead, text, anchor, own }, slots) {
    if (is !== "p") return make(`h${Number(is[1]) + 2}`, { id: `s-${anchor}` }, number, ...rich(text, slots));
    const element = make("p", { class: `paper-line${number ? " paper-line--item" : ""}${own ? " paper-line--own" : ""}`, "data-paper": "line" });
    if (number) element.append(make("span", { class: "paper-line__number" }, number));
    if (lead) element.append(make("strong", { class: "paper-line__lead" }, ...rich(lead, slots), "。"));
    element.append(...rich(text, slots));
    return element;
  }

  /** @type {Assembled["paper"]} */
  function paper(content) {
    const slots = filling.slots(content, {});
    return content.blocks.map((block) => blockOf(block, slots));
  }

  /** @param {Content} content */
  function showPaper(content) {
    const title = /** @type {Element} */ (document.querySelector("[data-paper=title]"));
    const end = /** @type {Element} */ (document.querySelector("[data-assembled-end]"));
    while (title.nextElementSibling && title.nextElementSibling !== end) title.nextElementSibling.remove();
    title.textContent = "";
    title.append(...rich(content.paper_title, filling.slots(content, {})));
    title.after(...paper(content));
  }

  /* --------------------------------------------------------------- checklist */

  /**
   * @param {Task} task
   * @param {Slots} slots
   * @param {Origins} origins
   */
  function taskOf(task, slots, origins) {
    const { id, number, text, lead, support, when, keep, threshold, themes, note } = task;
    const label = make("label", {}, make("input", { type: "checkbox" }), make("span", {}, `${number}.`), cell("span", "text", rich(text, slots)));
    const facts = make("dl", {}, ...fact("责任", "owner", rich(support ? `${lead}（${support}配合）` : lead, slots)));
    facts.append(...fact("时间", "when", rich(when, slots)), ...fact("记录", "record", [keep.join("、")]));
    if (origins[id]) facts.append(...fact("出处", "source", [make("a", { href: origins[id].url }, `《${origins[id].title}》`)]));
    if (threshold) facts.append(...fact("指标", "threshold", rich(threshold, slots)));
    if (themes) facts.append(...fact("主题", "themes", [themes]));
    const words = { "data-role": task.roles.join(" "), "data-phase": task.group, "data-theme": themes.split("、").join(" ") };
    const attributes = { class: "task", id: `task-${id}`, "data-task-id": id, "data-number": number, "data-filter-item": "", ...words };
    return make("li", attributes, label, facts, ...(note ? [make("p", { class: "task__note" }, ...rich(note, slots))] : []));
  }

  /**
   * @param {string} tag
   * @param {string} name
   * @param {(Node | string)[]} inside
   */
  function cell(tag, name, inside) {
    return make(tag, { "data-cell": name }, ...inside);
  }

  /**
   * @param {string} label
   * @param {string} name
   * @param {(Node | string)[]} inside
   */
  function fact(label, name, inside) {
    return [make("dt", {}, label), cell("dd", name, inside)];
  }

  /**
   * @param {Content} content
   * @param {Origins} origins
   */
  function showTasks(content, origins) {
    const slots = filling.slots(content, {});
    const sheet = /** @type {Element} */ (document.querySelector("#checklist-body .sheet"));
    for (const group of sheet.querySelectorAll(".task-group")) group.remove();
    for (const { id, name, time } of content.groups) {
      const heading = make("h3", { id: `tasks-${id}`, class: "task-group__name" }, name);
      if (time) heading.append(make("small", {}, ...rich(time, slots)));
      const tasks = content.tasks.filter(({ group }) => group === id).map((task) => taskOf(task, slots, origins));
      sheet.append(make("section", { class: "task-group", "data-filter-group": "", "aria-labelledby": `tasks-${id}` }, heading, make("ul", { class: "tasks" }, ...tasks)));
    }
    const list = /** @type {HTMLElement} */ (sheet.closest("[data-checklist]"));
    list.dataset.title = content.title;
    list.dataset.checklist = content.id;
    offerFilters(list, content);
  }

  /**
   * @param {Element} list
   * @param {Content} content
   */
  function offerFilters(list, { tasks, roles, groups }) {
    const themes = [...new Set(tasks.reduce((all, task) => all.concat(task.themes.split("、")), /** @type {string[]} */ ([])))].filter(Boolean);
    offer(list, "role", roles.map(({ id, name }) => [id, name, tasks.filter((task) => task.roles.includes(id)).length]));
    offer(list, "phase", groups.map(({ id, name }) => [id, name, tasks.filter((task) => task.group === id).length]));
    offer(list, "theme", themes.map((name) => [name, name, tasks.filter((task) => task.themes.split("、").includes(name)).length]));
    const form = list.querySelector("form");
    if (form) form.dispatchEvent(new Event("change"));
  }

  /**
   * @param {Element} list
   * @param {string} name
   * @param {[string, string, number][]} choices
   */
  function offer(list, name, choices) {
    const select = /** @type {HTMLSelectElement} */ (list.querySelector(`select[name=${name}]`));
    const chosen = select.value;
    select.length = 1;
    for (const [value, words, count] of choices) if (count) select.add(new Option(`${words}（${count}）`, value));
    select.value = choices.some(([value]) => value === chosen) ? chosen : "";
  }

  /** @type {Assembled["show"]} */
  function show(content, origins) {
    showPaper(content);
    showTasks(content, origins);
  }

  planSite.assembled = { show, paper };
})();
