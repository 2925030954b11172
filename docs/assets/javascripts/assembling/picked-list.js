// @ts-check
/**
 * The list of what was picked: moving it up and down, leaving out tasks, taking out what is not wanted.
 *
 * @typedef {object} PickedList
 * @property {() => Promise<void>} takeMore
 * @property {() => void} clear
 */
(function () {
  "use strict";

  const { basket, desk, entries, inputs, ownPlan, pickedParts } = planSite;
  const { make } = inputs;
  const { keyOf } = pickedParts;

  const KINDS = /** @type {{[kind: string]: string}} */ ({ section: "章节", task: "任务", award: "奖项", list: "成组事项", core: "共同要做的事" });

  /** Picks of which the tasks are shown. @type {Set<string>} */
  const opened = new Set();

  /** @param {Picked[]} all */
  function show(all) {
    desk.partOf("picks").textContent = "";
    desk.partOf("picks").append(...all.map(pickedItem));
    desk.partOf("none").hidden = all.length > 0;
    desk.partOf("some").hidden = !all.length;
    const more = desk.mine ? basket.picks().length : 0;
    desk.partOf("more").hidden = !more;
    /** @type {HTMLElement} */ (desk.partOf("more").firstElementChild).textContent = `把新挑的 ${more} 项加进来`;
  }

  /** @param {Picked} pick */
  function labelOf(pick) {
    return pickedParts.labelOf(pick, desk.parts, desk.words);
  }

  /**
   * @param {Picked} pick
   * @param {number} at
   * @param {Picked[]} all
   */
  function pickedItem(pick, at, all) {
    const label = labelOf(pick) || pick.id;
    const from = desk.parts[pick.plan] ? `《${desk.parts[pick.plan].title}》` : "";
    const item = make("li", { "data-key": keyOf(pick) }, make("span", { class: "chip" }, KINDS[pick.kind]), make("span", { class: "assemble__label" }, label), make("small", {}, from));
    item.append(buttons(label, at, all.length));
    if (pick.kind === "section") item.append(...ownTasks(pick, at));
    return item;
  }

  /**
   * @param {string} label
   * @param {number} at
   * @param {number} count
   */
  function buttons(label, at, count) {
    const up = desk.button("上移", "up", label, () => move(at, -1));
    const down = desk.button("下移", "down", label, () => move(at, 1));
    if (!at) up.setAttribute("disabled", "");
    if (at === count - 1) down.setAttribute("disabled", "");
    const out = desk.button("移除", "out", label, () => takeOut(at));
    return make("span", { class: "assemble__do" }, up, down, out);
  }

  /* ------------------------------------------------------- tasks of a section */

  /**
   * The tasks of a section that was picked; each may be left out.
   * @param {Picked} pick
   * @param {number} at
   */
  function ownTasks(pick, at) {
    const tasks = pickedParts.tasksOf({ ...pick, without: [] }, desk.parts);
    if (!tasks.length) return [];
    const without = pick.without || [];
    const kept = tasks.length - without.filter((id) => tasks.some((task) => task.id === id)).length;
    const list = tasks.map((task) => taskBox(task, at, without.includes(task.id)));
    const details = make("details", { class: "more" }, make("summary", {}, `${kept} / ${tasks.length} 项任务`), make("ul", {}, ...list));
    details.toggleAttribute("open", opened.has(keyOf(pick)));
    details.addEventListener("toggle", () => (/** @type {HTMLDetailsElement} */ (details).open ? opened.add(keyOf(pick)) : opened.delete(keyOf(pick))));
    return [details];
  }

  /**
   * @param {PlanTask} task
   * @param {number} at
   * @param {boolean} isOut
   */
  function taskBox({ id, text }, at, isOut) {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", "data-task": id }));
    box.checked = !isOut;
    box.addEventListener("change", () => leaveOut(at, id, !box.checked));
    return make("li", {}, make("label", {}, box, text));
  }

  /**
   * @param {number} at
   * @param {string} task
   * @param {boolean} out
   */
  function leaveOut(at, task, out) {
    const all = desk.picks();
    const without = (all[at].without || []).filter((id) => id !== task);
    all[at] = { ...all[at], without: out ? [...without, task] : without };
    ownPlan.put(all, out ? "这项任务不放进来了。" : "这项任务放回来了。");
    const box = /** @type {HTMLElement | null} */ (itemOf(keyOf(all[at])).querySelector(`[data-task="${task}"]`));
    if (box) box.focus();
  }

  /* -------------------------------------------------------------- what is done */

  /**
   * @param {number} at
   * @param {number} by
   */
  function move(at, by) {
    const all = desk.picks();
    const [pick] = all.splice(at, 1);
    all.splice(at + by, 0, pick);
    ownPlan.put(all, `“${labelOf(pick)}”移到第 ${at + by + 1} 项，共 ${all.length} 项。`);
    focusOn(keyOf(pick), by < 0 ? ["up", "down"] : ["down", "up"]);
  }

  /** @param {number} at */
  function takeOut(at) {
    const all = desk.picks();
    const [pick] = all.splice(at, 1);
    ownPlan.put(all, `已移除“${labelOf(pick)}”。`);
    const next = all[Math.min(at, all.length - 1)];
    if (next) focusOn(keyOf(next), ["out"]);
    else focusHeading();
  }

  function clear() {
    if (!window.confirm("清空挑好的全部内容？")) return;
    ownPlan.put([], "已清空。");
    focusHeading();
  }

  /** Put what was picked on other pages meanwhile into the plan that is open. */
  async function takeMore() {
    const more = basket.picks().filter((pick) => !desk.isIn(pick));
    await desk.need(more.map(({ plan }) => plan));
    ownPlan.put([...desk.picks(), ...more], `加进了 ${more.length} 项。`);
    if (entries.flush()) basket.put([]);
    desk.show();
    desk.partOf("said").focus();
  }

  /* -------------------------------------------------------------------- focus */

  function focusHeading() {
    /** @type {HTMLElement} */ (document.getElementById("picked")).focus();
  }

  /** @param {string} key */
  function itemOf(key) {
    return /** @type {HTMLElement} */ (desk.partOf("picks").querySelector(`[data-key="${key}"]`));
  }

  /**
   * Focus the first button of an item that can be pressed.
   * @param {string} key
   * @param {string[]} does
   */
  function focusOn(key, does) {
    for (const one of does) {
      const button = /** @type {HTMLButtonElement} */ (itemOf(key).querySelector(`[data-does=${one}]`));
      if (!button.disabled) return button.focus();
    }
  }

  desk.views.push(show);
  planSite.pickedList = { takeMore, clear };
})();
