// @ts-check
/**
 * How many tasks of the reader's open plan are in which state, and the choice to see only those of one.
 *
 * @typedef {object} TaskCounts
 * @property {(list: Element) => void} show
 * @property {(list: Element) => void} offer the choice while a plan is open, and take it away when none is
 * @property {(list: Element) => void} follow have what is shown follow what is chosen, also the tasks that came or left
 */
(function () {
  "use strict";

  const { inputs, taskFacts, taskRows } = planSite;
  const { make } = inputs;

  /** What the filter offers, by the words in `data-state`. */
  /** @type {{[word: string]: string}} */
  const WANTED = { open: "未完成", doing: "进行中", done: "已完成", na: "不适用", late: "逾期" };

  /** @type {TaskCounts["show"]} */
  function show(list) {
    if (!taskFacts.plan()) return;
    const tasks = taskRows.all(list).filter((task) => !task.closest("[data-gone]")).map(taskRows.idOf);
    const of = (/** @type {string} */ state) => tasks.filter((task) => taskFacts.of(task).state === state).length;
    const [done, off, late] = [of("done"), of("na"), tasks.filter(taskFacts.isLate).length];
    const words = `已完成 ${done} / ${tasks.length - off}${off ? `（不适用 ${off} 项不计）` : ""}，进行中 ${of("doing")}，逾期 ${late}`;
    taskRows.say(list.querySelector("[data-tasks-count]"), words);
    const bar = /** @type {HTMLProgressElement} */ (list.querySelector("progress"));
    [bar.max, bar.value] = [Math.max(1, tasks.length - off), done];
    countChoices(list);
  }

  /**
   * @param {Element} list
   * @returns {HTMLSelectElement | null}
   */
  function filter(list) {
    return list.querySelector("[data-filters] select[name=state]");
  }

  /** @param {Element} list */
  function countChoices(list) {
    const select = filter(list);
    if (!select) return;
    const words = taskRows.all(list).map((task) => (task.dataset.state || "").split(" "));
    for (const option of [...select.options].slice(1)) {
      option.text = `${WANTED[option.value]}（${words.filter((all) => all.includes(option.value)).length}）`;
    }
  }

  /** @type {TaskCounts["offer"]} */
  function offer(list) {
    const [form, there] = [list.querySelector("[data-filters]"), filter(list)];
    if (!form || Boolean(there) === Boolean(taskFacts.plan())) return;
    if (there) return /** @type {Element} */ (there.closest("label")).remove();
    const options = Object.entries({ "": "全部", ...WANTED }).map(([value, words]) => make("option", { value }, words));
    const select = /** @type {HTMLSelectElement} */ (make("select", { name: "state" }, ...options));
    const asked = new URLSearchParams(location.search).get("state") || "";
    if (asked in WANTED) select.value = asked;
    form.insertBefore(make("label", { class: "filters__field" }, "状态", select), form.querySelector("[data-filter-count]"));
  }

  /** @type {TaskCounts["follow"]} */
  function follow(list) {
    const form = list.querySelector("[data-filters]");
    if (form) form.dispatchEvent(new Event("change"));
  }

  planSite.taskCounts = { show, offer, follow };
})();
