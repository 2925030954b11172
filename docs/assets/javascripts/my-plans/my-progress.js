// @ts-check
/** The reader's plans on the first page: each with how many of its tasks are done, and the way to it. */
(function () {
  "use strict";

  const { entries, myPlans } = planSite;

  /**
   * Count the tasks that apply, as the template had them when the reader last looked at it; one that left is none.
   * @param {string} id
   */
  function counted(id) {
    const [known, left, cells] = ["known/", "left/", "tasks/"].map((prefix) => myPlans.under(id, prefix));
    const states = Object.keys(known).filter((task) => !left[task]).map((task) => cells[`${task}/state`]);
    const count = (/** @type {string} */ wanted) => states.filter((state) => state === wanted).length;
    return { done: count("done"), all: states.length - count("na") };
  }

  /** @param {MyPlanFacts} plan */
  function item({ id, label }) {
    const { done, all } = counted(id);
    const [link, bar] = [document.createElement("a"), document.createElement("progress")];
    link.href = `progress/index.html?mine=${id}`;
    link.textContent = label;
    [bar.max, bar.value] = [all || 1, done];
    bar.setAttribute("aria-label", `${label}的进度`);
    const [row, told] = [document.createElement("li"), document.createElement("span")];
    told.textContent = `${done} / ${all} 项`;
    row.append(link, bar, told);
    return row;
  }

  /** @param {HTMLElement} place */
  function show(place) {
    const plans = myPlans.all();
    const list = /** @type {HTMLElement} */ (place.querySelector("ul"));
    list.textContent = "";
    list.append(...plans.map(item));
    place.hidden = !plans.length;
  }

  planSite.mount((page) => {
    const place = /** @type {HTMLElement | null} */ (page.querySelector("[data-my-progress]"));
    if (!place) return;
    show(place);
    entries.listeners.push(({ changed }) => changed && show(place));
  });
})();
