// @ts-check
/**
 * How far each task of a plan's checklist is, in the reader's own plan that is open: state, who, by when, notes, records;
 * and what became of the template since. Without an open plan the checklist is as the template made it.
 *
 * @typedef {object} TaskStates
 * @property {() => void} show all anew
 * @property {() => string[]} ticked ids of the tasks that are ticked on the page
 * @property {() => string} today ISO
 */
(function () {
  "use strict";

  const { dates, entries, filling, inputs, myPlans, panel, store, templateNews } = planSite;
  const { make } = inputs;
  const { STATES } = myPlans;

  /** What the filter offers, by the words in `data-state`. */
  /** @type {{[word: string]: string}} */
  const WANTED = { open: "未完成", doing: "进行中", done: "已完成", na: "不适用", late: "逾期" };
  const NO_REASON = "还没有写理由";
  const GONE = "示例里已经没有的任务";
  /** Why not at once: each writing is kept apart (cells.js), and one a key would be too many. */
  const WRITTEN_AFTER = 800;
  const SETTLED = 250;

  /** The open plan. */
  let mine = "";
  /** @type {Map<string, TaskState>} */
  let facts = new Map();
  /** @type {{[task: string]: string}} days by which tasks are due by the plan itself */
  let dues = {};
  /** @type {Element} */
  let list;
  /** @type {HTMLElement | null} */
  let pattern = null;
  /** What is typed and not written yet. @type {{task: string, name: string, control: HTMLInputElement} | null} */
  let typed = null;
  let [timer, settling] = [0, 0];
  let shownChanges = JSON.stringify([[], {}, {}, []]);

  /* ------------------------------------------------------------------- facts */

  /** @returns {TaskState} */
  function nothing() {
    return { state: "", reason: "", owner: "", due: "", note: "", done: "", evidence: Object.create(null) };
  }

  /**
   * Read all in one go. Why not task by task: each would look through all cells of the plan.
   * @param {string} id
   */
  function factsOf(id) {
    /** @type {Map<string, any>} */
    const found = new Map();
    const cells = myPlans.under(id, "tasks/");
    for (const path of Object.keys(cells)) {
      const [task, key, entry] = path.split("/");
      if (!found.has(task)) found.set(task, nothing());
      if (entry) found.get(task).evidence[entry] = String(cells[path]);
      else found.get(task)[key] = String(cells[path]);
    }
    return found;
  }

  /** @param {string} task */
  function factOf(task) {
    return facts.get(task) || nothing();
  }

  /** @param {string} task */
  function isNoted(task) {
    const { evidence, ...texts } = factOf(task);
    return Object.values(texts).some(Boolean) || Object.keys(evidence).length > 0;
  }

  function today() {
    return dates.today(new Date());
  }

  /**
   * @param {string} task
   * @returns {string} the reader's own day, or the plan's
   */
  function dueOf(task) {
    return factOf(task).due || dues[task] || "";
  }

  /** @param {string} task */
  function isLate(task) {
    const due = dueOf(task);
    return due !== "" && due < today() && isOpen(task);
  }

  /** @param {string} task */
  function isOpen(task) {
    return !["done", "na"].includes(factOf(task).state);
  }

  /**
   * @param {string} task
   * @param {string} name
   * @param {string} value
   */
  function set(task, name, value) {
    if (!facts.has(task)) facts.set(task, nothing());
    /** @type {any} */ (facts.get(task))[name] = value;
    myPlans.set(mine, `tasks/${task}/${name}`, value);
    noted(task);
  }

  /**
   * @param {string} task
   * @param {string} state
   */
  function setState(task, state) {
    set(task, "done", state === "done" ? today() : "");
    set(task, "state", state);
  }

  /** @param {string} task of which something was noted */
  function noted(task) {
    const element = elementOf(task);
    if (element) paint(element);
    count();
    document.dispatchEvent(new CustomEvent("plan:noted"));
  }

  /* ------------------------------------------------------------------- the page */

  /** @returns {HTMLElement[]} those that left the template as well */
  function elements() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-task-id]"))];
  }

  /** @param {string} task */
  function elementOf(task) {
    return elements().find((element) => idOf(element) === task);
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

  /** @param {string} name */
  function partOf(name) {
    return /** @type {HTMLElement} */ (list.querySelector(`[data-tasks-${name}]`));
  }

  /** Show the open plan, or none. */
  function show() {
    write();
    const before = mine;
    mine = myPlans.open(list.getAttribute("data-checklist") || "");
    facts = mine ? factsOf(mine) : new Map();
    if (!mine && !before) return;
    if (before !== mine) partOf("said").textContent = "";
    showChanges();
    partOf("own").hidden = !mine;
    elements().forEach(mine ? paint : strip);
    offerFilter();
    count();
    filterAnew();
  }

  /**
   * Show a task as it is.
   * @param {HTMLElement} task
   */
  function paint(task) {
    const [id, row] = [idOf(task), rowOf(task)];
    const { state, reason, owner } = factOf(id);
    boxOf(task).checked = state === "done";
    stateOf(row).value = state in STATES ? state : "";
    task.dataset.state = [isOpen(id) ? "open" : "", state, isLate(id) ? "late" : ""].join(" ").trim();
    row.classList.toggle("task__own--late", isLate(id));
    put(row.querySelector(".task__brief"), briefOf(id));
    showReason(row, state === "na", reason);
    tell(task, state === "na" ? `${STATES.na}：${reason || NO_REASON}` : (state && STATES[state]) || "", owner, factOf(id).due);
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

  /**
   * @param {Element | null} element
   * @param {string} words
   */
  function put(element, words) {
    if (element && element.textContent !== words) element.textContent = words;
  }

  /** @param {string} task */
  function briefOf(task) {
    const { owner, due, evidence, note } = factOf(task);
    const until = due || (isLate(task) ? dueOf(task) : "");
    const count = Object.keys(evidence).length;
    return [
      isLate(task) ? "逾期" : "",
      owner,
      until && `${filling.fieldText("date", until)}前`,
      count ? `佐证 ${count} 条` : "",
      note ? "有备注" : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }

  /* ----------------------------------------------------------- a task's own row */

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
    put(label.querySelector("small"), reason ? "" : NO_REASON);
  }

  function makeReason() {
    const input = make("input", { type: "text", "data-own-field": "reason", autocomplete: "off" });
    return make("label", { class: "task__reason" }, "不适用的理由", input, make("small", {}));
  }

  /** @param {Event} event the fields are made when they are first shown: eighty times all of them are slow to make */
  function toggled({ target }) {
    const log = /** @type {HTMLDetailsElement} */ (target);
    if (!log.matches(".task__log") || !log.open || !mine) return;
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
    const known = /** @type {any} */ (factOf(task));
    for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (log.querySelectorAll("[data-own-field]"))) {
      const value = known[control.dataset.ownField || ""];
      if (control !== document.activeElement && control.value !== value) control.value = value;
    }
    put(log.querySelector(".task__due"), dues[task] ? `按方案是${filling.fieldText("date", dues[task])}` : "");
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

  /* ------------------------------------------------------------ what is done */

  /** @param {Event} event */
  function changed({ target }) {
    const control = /** @type {HTMLInputElement} */ (target);
    const task = idOf(control);
    if (!task) return;
    if (!mine) return offer();
    if (control.type === "checkbox") setState(task, control.checked ? "done" : "");
    if (control.matches(".task__state")) setState(task, control.value);
    if (!control.dataset.ownField) return;
    keep(control);
    write();
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
    if (last && mine && myPlans.has(mine)) set(last.task, last.name, filling.clean(last.control.value));
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
    myPlans.set(mine, `tasks/${task}/evidence/${id}`, text);
    facts = factsOf(mine);
    noted(task);
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
    return elements().filter((task) => boxOf(task).checked).map(idOf);
  }

  /* ------------------------------------------------------- counts and the filter */

  function count() {
    if (!mine) return;
    const tasks = elements().filter((task) => !task.closest("[data-gone]")).map(idOf);
    const of = (/** @type {string} */ state) => tasks.filter((task) => factOf(task).state === state).length;
    const [done, off, late] = [of("done"), of("na"), tasks.filter(isLate).length];
    const words = `已完成 ${done} / ${tasks.length - off}${off ? `（不适用 ${off} 项不计）` : ""}，进行中 ${of("doing")}，逾期 ${late}`;
    put(partOf("count"), words);
    const bar = /** @type {HTMLProgressElement} */ (list.querySelector("progress"));
    [bar.max, bar.value] = [Math.max(1, tasks.length - off), done];
    countChoices();
  }

  /** @returns {HTMLSelectElement | null} */
  function filter() {
    return list.querySelector("[data-filters] select[name=state]");
  }

  function countChoices() {
    const select = filter();
    if (!select) return;
    const words = elements().map((task) => (task.dataset.state || "").split(" "));
    for (const option of [...select.options].slice(1)) {
      option.text = `${WANTED[option.value]}（${words.filter((all) => all.includes(option.value)).length}）`;
    }
  }

  /** Offer to filter by state while a plan is open. */
  function offerFilter() {
    const [form, there] = [list.querySelector("[data-filters]"), filter()];
    if (!form || Boolean(there) === Boolean(mine)) return;
    if (there) return /** @type {Element} */ (there.closest("label")).remove();
    const options = Object.entries({ "": "全部", ...WANTED }).map(([value, words]) => make("option", { value }, words));
    const select = /** @type {HTMLSelectElement} */ (make("select", { name: "state" }, ...options));
    const asked = new URLSearchParams(location.search).get("state") || "";
    if (asked in WANTED) select.value = asked;
    form.insertBefore(make("label", { class: "filters__field" }, "状态", select), form.querySelector("[data-filter-count]"));
  }

  /** Have what is shown follow what is chosen, also the tasks that came or left. */
  function filterAnew() {
    const form = list.querySelector("[data-filters]");
    if (form) form.dispatchEvent(new Event("change"));
  }

  /* -------------------------------------------------- what became of the template */

  /** @returns {TemplateChanges} */
  function changes() {
    const now = panel.current();
    const known = mine && now ? myPlans.under(mine, "known/") : {};
    return templateNews.found(now ? now.content.tasks : [], known, mine ? myPlans.under(mine, "left/") : {});
  }

  /**
   * Show what became of the template, if that is not shown already.
   * @returns {boolean} whether it was not
   */
  function showChanges() {
    const [found, now] = [changes(), panel.current()];
    const slots = now ? filling.slots(now.content, now.values) : new Map();
    const [was, gone] = [found.reworded, found.gone].map((texts) => plainly(texts, slots));
    const signature = JSON.stringify([found.fresh, was, gone, found.news]);
    if (signature === shownChanges) return false;
    shownChanges = signature;
    for (const mark of list.querySelectorAll("[data-gone], .task__new, .task__was")) mark.remove();
    for (const id of found.fresh) besideText(id, make("span", { class: "task__new chip" }, "新增"));
    for (const id of Object.keys(was)) besideText(id, make("p", { class: "task__was" }, `原来是：${was[id]}`));
    const items = Object.keys(gone).map((id, at) => goneItem(id, at + 1, gone[id]));
    if (items.length) /** @type {Element} */ (list.querySelector(".sheet")).append(goneGroup(items));
    const words = templateNews.words(found);
    partOf("news").hidden = !words;
    put(partOf("news").querySelector("span"), words && `这份方案的示例改过：${words}。您记的都还在。`);
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
   * @param {string} task
   * @param {Element} mark
   */
  function besideText(task, mark) {
    const element = elementOf(task);
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

  /** Take the changes for seen. */
  function acknowledge() {
    const now = panel.current();
    if (!now || !mine) return;
    const noted = new Set([...facts.keys()].filter(isNoted));
    const cells = templateNews.seen(now.content.tasks, myPlans.under(mine, "known/"), noted);
    for (const path of Object.keys(cells)) myPlans.set(mine, path, cells[path]);
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
    if (!mine || !now) return;
    const found = filling.dueDays(now.content, now.values);
    const isNews = JSON.stringify(found) !== JSON.stringify(dues);
    dues = found;
    if (!showChanges() && !isNews) return;
    elements().forEach(paint);
    count();
    filterAnew();
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
      shownChanges = "";
      show();
    });
    window.addEventListener("pagehide", writeNow);
    page.addEventListener("visibilitychange", () => page.hidden && writeNow());
    show();
  }

  /** @param {Event} event Enter, where a record is named */
  function entered(event) {
    const { key, isComposing, target } = /** @type {KeyboardEvent} */ (event);
    if (key !== "Enter" || isComposing || !(target instanceof HTMLElement) || target.dataset.ownEvidence === undefined) return;
    event.preventDefault();
    add(idOf(target), target);
  }

  function writeNow() {
    if (!typed) return;
    write();
    entries.flush();
  }

  planSite.taskStates = { show, ticked, today };
  planSite.mount(start);
})();
