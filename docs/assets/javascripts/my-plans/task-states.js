// @ts-check
/**
 * The checklist of a plan while one of the reader's own is open: what happens when something is ticked, chosen, typed or
 * pressed (task-facts.js keeps it, task-rows.js shows it). Without an open plan the checklist is as the template made it.
 *
 * @typedef {object} TaskStates
 * @property {() => void} show all anew
 * @property {() => string[]} ticked ids of the tasks that are ticked on the page
 */
(function () {
  "use strict";

  const { changesList, entries, filling, inputs, myPlans, panel, store, taskCounts, taskFacts, taskRows } = planSite;
  const { make } = inputs;
  const { boxOf, idOf } = taskRows;

  /** Why not at once: each writing is kept apart (cells.js), and one a key would be too many. */
  const WRITTEN_AFTER = 800;
  const SETTLED = 250;

  /** @type {Element} */
  let list;
  /** What is typed and not written yet. @type {{task: string, name: string, control: HTMLInputElement} | null} */
  let typed = null;
  let [timer, settling] = [0, 0];

  /** @param {string} name */
  function partOf(name) {
    return /** @type {HTMLElement} */ (list.querySelector(`[data-tasks-${name}]`));
  }

  /** Show the open plan, or none. */
  function show() {
    write();
    const [before, mine] = [taskFacts.plan(), myPlans.open(list.getAttribute("data-checklist") || "")];
    taskFacts.open(mine);
    if (!mine && !before) return;
    if (before !== mine) partOf("said").textContent = "";
    changesList.show(list);
    partOf("own").hidden = !mine;
    taskRows.all(list).forEach(mine ? taskRows.paint : taskRows.strip);
    taskCounts.offer(list);
    taskCounts.show(list);
    taskCounts.follow(list);
  }

  /** @param {string} task of which something was noted */
  function noted(task) {
    const element = taskRows.one(list, task);
    if (element) taskRows.paint(element);
    taskCounts.show(list);
    document.dispatchEvent(new CustomEvent("plan:noted"));
  }

  /* ------------------------------------------------------------ what is done */

  /** @param {Event} event */
  function changed({ target }) {
    const control = /** @type {HTMLInputElement} */ (target);
    const task = idOf(control);
    if (!task) return;
    if (!taskFacts.plan()) return offer();
    if (control.type === "checkbox") setState(task, control.checked ? "done" : "");
    if (control.matches(".task__state")) setState(task, control.value);
    if (!control.dataset.ownField) return;
    keep(control);
    write();
  }

  /**
   * @param {string} task
   * @param {string} state
   */
  function setState(task, state) {
    taskFacts.setState(task, state);
    noted(task);
  }

  /** @param {Event} event */
  function typing({ target }) {
    if (target instanceof HTMLElement && target.dataset.ownField) keep(/** @type {HTMLInputElement} */ (target));
  }

  /** @param {HTMLInputElement} control of text, typed in */
  function keep(control) {
    if (typed && typed.control !== control) write();
    typed = { task: idOf(control), name: control.dataset.ownField || "", control };
    window.clearTimeout(timer);
    timer = window.setTimeout(write, WRITTEN_AFTER);
  }

  /** Write what was typed. */
  function write() {
    window.clearTimeout(timer);
    const last = typed;
    typed = null;
    if (!last || !myPlans.has(taskFacts.plan())) return;
    taskFacts.set(last.task, last.name, filling.clean(last.control.value));
    noted(last.task);
  }

  /** @param {Event} event */
  function pressed({ target }) {
    const button = target instanceof Element && target.closest("[data-own-do]");
    if (!button) return;
    const task = idOf(button);
    if (button.getAttribute("data-own-do") === "add") return add(task, button);
    const field = proofField(button);
    setProof(task, button.getAttribute("data-own-proof") || "", "");
    // Why: the button that had the focus is gone.
    if (field) field.focus();
  }

  /** @param {Element} inside */
  function proofField(inside) {
    const box = inside.closest(".task__proofs");
    return /** @type {HTMLInputElement | null} */ (box && box.querySelector("input"));
  }

  /**
   * @param {string} task
   * @param {Element} inside
   */
  function add(task, inside) {
    const field = proofField(inside);
    const text = field ? filling.clean(field.value) : "";
    if (!field) return;
    field.value = "";
    field.focus();
    // Why the time first: they then stand in the order in which they were added.
    if (text) setProof(task, `${Date.now().toString(36)}${store.newId()}`, text);
  }

  /**
   * @param {string} task
   * @param {string} id
   * @param {string} text or nothing
   */
  function setProof(task, id, text) {
    taskFacts.setProof(task, id, text);
    noted(task);
  }

  /** @param {Event} event Enter, where a record is named */
  function entered(event) {
    const { key, isComposing, target } = /** @type {KeyboardEvent} */ (event);
    if (key !== "Enter" || isComposing || !(target instanceof HTMLElement) || target.dataset.ownEvidence === undefined) return;
    event.preventDefault();
    add(idOf(target), target);
  }

  /** @param {Event} event */
  function toggled({ target }) {
    const log = /** @type {HTMLDetailsElement} */ (target);
    if (!log.matches(".task__log") || !log.open || !taskFacts.plan()) return;
    taskRows.openLog(log);
  }

  /** Offer a plan of the reader's own to who ticks without one. */
  function offer() {
    const place = partOf("said");
    const count = ticked().length;
    if (place.textContent && count) return;
    place.textContent = "";
    if (!count) return;
    const button = make("button", { type: "button", class: "button" }, "建立我的方案，勾选就会留下");
    button.addEventListener("click", () => document.dispatchEvent(new CustomEvent("plan:wanted")));
    place.append(make("span", {}, "现在勾的只在这一页，关掉就没有了。"), button);
  }

  function ticked() {
    return taskRows.all(list).filter((task) => boxOf(task).checked).map(idOf);
  }

  /** Take the template's changes for seen. */
  function acknowledge() {
    changesList.acknowledge();
    show();
    partOf("count").focus();
  }

  /* ------------------------------------------------------------------- start */

  /** Days move as the plan is filled in. */
  function settle() {
    window.clearTimeout(settling);
    settling = window.setTimeout(reckon, SETTLED);
  }

  function reckon() {
    const now = panel.current();
    if (!taskFacts.plan() || !now) return;
    const isNews = taskFacts.setPlanned(filling.dueDays(now.content, now.values));
    if (!changesList.show(list) && !isNews) return;
    taskRows.all(list).forEach(taskRows.paint);
    taskCounts.show(list);
    taskCounts.follow(list);
  }

  /** @param {Document} page */
  function start(page) {
    const found = page.querySelector("[data-checklist]");
    if (!found || !found.querySelector("[data-tasks-own]")) return;
    list = found;
    list.addEventListener("change", changed);
    list.addEventListener("input", typing);
    list.addEventListener("click", pressed);
    list.addEventListener("keydown", entered);
    list.addEventListener("toggle", toggled, true);
    partOf("seen").addEventListener("click", acknowledge);
    entries.listeners.push(({ changed: news }) => news && show());
    page.addEventListener("plan:filled", settle);
    page.addEventListener("plan:shown", () => {
      changesList.forget();
      show();
    });
    window.addEventListener("pagehide", writeNow);
    page.addEventListener("visibilitychange", () => page.hidden && writeNow());
    show();
  }

  function writeNow() {
    if (!typed) return;
    write();
    entries.flush();
  }

  planSite.taskStates = { show, ticked };
  planSite.mount(start);
})();
