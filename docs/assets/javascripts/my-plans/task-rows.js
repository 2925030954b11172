// @ts-check
/**
 * A task on the page as the reader's open plan has it: its tick, and a row of its own for state, reason, owner, day,
 * note and records.
 *
 * @typedef {object} TaskRows
 * @property {(list: Element) => HTMLElement[]} all those that left the template as well
 * @property {(list: Element, task: string) => HTMLElement | undefined} one
 * @property {(element: Element) => string} idOf the task that an element is in, or is
 * @property {(task: Element) => HTMLInputElement} boxOf
 * @property {(task: HTMLElement) => void} paint as it is
 * @property {(task: HTMLElement) => void} strip as the template made it
 * @property {(log: HTMLElement) => void} openLog
 * @property {(element: Element | null, words: string) => void} say words in an element, unless they stand there
 */
(function () {
  "use strict";

  const { filling, inputs, myPlans, taskFacts } = planSite;
  const { make } = inputs;
  const { STATES } = myPlans;

  const NO_REASON = "还没有写理由";

  /** @type {HTMLElement | null} */
  let pattern = null;

  /* -------------------------------------------------------------------- tasks */

  /** @type {TaskRows["all"]} */
  function all(list) {
    return [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-task-id]"))];
  }

  /** @type {TaskRows["one"]} */
  function one(list, task) {
    return all(list).find((element) => idOf(element) === task);
  }

  /** @param {Element} element in a task, or a task */
  function idOf(element) {
    const task = element.closest("[data-task-id]");
    return (task && task.getAttribute("data-task-id")) || "";
  }

  /** @param {Element} task */
  function boxOf(task) {
    return /** @type {HTMLInputElement} */ (task.querySelector("label > input[type=checkbox]"));
  }

  /**
   * Show a task as it is.
   * @param {HTMLElement} task
   */
  function paint(task) {
    const [id, row] = [idOf(task), rowOf(task)];
    const { state, reason, owner } = taskFacts.of(id);
    boxOf(task).checked = state === "done";
    stateOf(row).value = state in STATES ? state : "";
    task.dataset.state = [taskFacts.isOpen(id) ? "open" : "", state, taskFacts.isLate(id) ? "late" : ""].join(" ").trim();
    row.classList.toggle("task__own--late", taskFacts.isLate(id));
    say(row.querySelector(".task__brief"), briefOf(id));
    showReason(row, state === "na", reason);
    tell(task, state === "na" ? `${STATES.na}：${reason || NO_REASON}` : (state && STATES[state]) || "", owner, taskFacts.of(id).due);
    const log = row.querySelector("details");
    if (log && log.open) paintLog(log, id);
  }

  /**
   * Note on a task what is copied and printed of it.
   * @param {HTMLElement} task
   * @param {string} state
   * @param {string} owner
   * @param {string} due
   */
  function tell(task, state, owner, due) {
    task.dataset.ownState = state;
    mark(task.querySelector("[data-cell=owner]"), owner);
    mark(task.querySelector("[data-cell=when]"), due && filling.fieldText("date", due));
  }

  /**
   * @param {Element | null} cell
   * @param {string} words
   */
  function mark(cell, words) {
    if (!cell) return;
    if (words) cell.setAttribute("data-own", words);
    else cell.removeAttribute("data-own");
  }

  /** @param {HTMLElement} task is again as the template made it */
  function strip(task) {
    const row = task.querySelector(".task__own");
    if (row) row.remove();
    boxOf(task).checked = false;
    delete task.dataset.state;
    delete task.dataset.ownState;
    for (const cell of task.querySelectorAll("[data-own]")) cell.removeAttribute("data-own");
  }

  /** @param {string} task */
  function briefOf(task) {
    const { owner, due, evidence, note } = taskFacts.of(task);
    const until = due || (taskFacts.isLate(task) ? taskFacts.due(task) : "");
    const count = Object.keys(evidence).length;
    return [
      taskFacts.isLate(task) ? "逾期" : "",
      owner,
      until && `${filling.fieldText("date", until)}前`,
      count ? `佐证 ${count} 条` : "",
      note ? "有备注" : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }

  /** @type {TaskRows["say"]} */
  function say(element, words) {
    if (element && element.textContent !== words) element.textContent = words;
  }

  /* ------------------------------------------------------------------ the row */

  /** @param {Element} row */
  function stateOf(row) {
    return /** @type {HTMLSelectElement} */ (row.querySelector("select"));
  }

  /**
   * @param {HTMLElement} task
   * @returns {HTMLElement}
   */
  function rowOf(task) {
    const there = /** @type {HTMLElement | null} */ (task.querySelector(".task__own"));
    if (there) return there;
    pattern = pattern || makeRow();
    const row = /** @type {HTMLElement} */ (pattern.cloneNode(true));
    stateOf(row).setAttribute("aria-label", `第 ${task.dataset.number} 项的状态`);
    task.append(row);
    return row;
  }

  function makeRow() {
    const options = Object.keys(STATES).map((value) => make("option", { value }, STATES[value]));
    const state = make("select", { class: "task__state", autocomplete: "off" }, ...options);
    const brief = make("span", { class: "task__brief" });
    const log = make("details", { class: "task__log" }, make("summary", {}, "记录", brief));
    return make("div", { class: "task__own", "data-search": "off" }, state, log);
  }

  /**
   * @param {Element} row
   * @param {boolean} wanted
   * @param {string} reason
   */
  function showReason(row, wanted, reason) {
    const there = row.querySelector(".task__reason");
    if (!wanted && there) there.remove();
    if (!wanted) return;
    const label = there || row.insertBefore(makeReason(), row.querySelector("details"));
    const input = /** @type {HTMLInputElement} */ (label.querySelector("input"));
    if (input !== document.activeElement) input.value = reason;
    say(label.querySelector("small"), reason ? "" : NO_REASON);
  }

  function makeReason() {
    const input = make("input", { type: "text", "data-own-field": "reason", autocomplete: "off" });
    return make("label", { class: "task__reason" }, "不适用的理由", input, make("small", {}));
  }

  /* -------------------------------------------------------------- its records */

  /** Why only now: eighty times all of the fields are slow to make. @type {TaskRows["openLog"]} */
  function openLog(log) {
    if (!log.querySelector(".task__fields")) log.append(makeLog());
    paintLog(log, idOf(log));
  }

  function makeLog() {
    const text = { type: "text", autocomplete: "off" };
    const due = make("small", { class: "task__due" });
    const fields = [
      make("label", {}, "责任人", make("input", { ...text, "data-own-field": "owner" })),
      make("label", {}, "期限", make("input", { type: "date", min: "1900-01-01", max: "2099-12-31", "data-own-field": "due" }), due),
      make("label", { class: "task__wide" }, "备注", make("textarea", { rows: "2", "data-own-field": "note" })),
    ];
    const add = make("label", {}, "佐证", make("input", { ...text, "data-own-evidence": "" }));
    const button = make("button", { type: "button", class: "button", "data-own-do": "add" }, "添加");
    const hint = make("small", {}, "例如：通知（办〔2026〕3号）、签到表、照片放在哪里。");
    const proofs = make("div", { class: "task__wide task__proofs" }, make("div", { class: "task__add" }, add, button), hint, make("ul", {}));
    return make("div", { class: "task__fields" }, ...fields, proofs);
  }

  /**
   * @param {HTMLElement} log
   * @param {string} task
   */
  function paintLog(log, task) {
    const known = /** @type {any} */ (taskFacts.of(task));
    for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (log.querySelectorAll("[data-own-field]"))) {
      const value = known[control.dataset.ownField || ""];
      if (control !== document.activeElement && control.value !== value) control.value = value;
    }
    const planned = taskFacts.planned(task);
    say(log.querySelector(".task__due"), planned && `按方案是${filling.fieldText("date", planned)}`);
    const proofs = /** @type {Element} */ (log.querySelector("ul"));
    const signature = JSON.stringify(known.evidence);
    if (proofs.getAttribute("data-shown") === signature) return;
    proofs.setAttribute("data-shown", signature);
    proofs.textContent = "";
    for (const id of Object.keys(known.evidence).sort()) proofs.append(proofItem(id, known.evidence[id]));
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  function proofItem(id, text) {
    const away = { type: "button", class: "button button--quiet", "data-own-do": "drop", "data-own-proof": id, "aria-label": `删去佐证：${text}` };
    return make("li", {}, make("span", {}, text), make("button", away, "删去"));
  }

  planSite.taskRows = { all, one, idOf, boxOf, paint, strip, openLog, say };
})();
