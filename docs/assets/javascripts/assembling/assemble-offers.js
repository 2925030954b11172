// @ts-check
/**
 * What can be picked on the page itself: the sections and tasks of every plan and what is of no plan, as far as they hold
 * the words sought.
 *
 * @typedef {object} AssembleOffers
 * @property {() => Promise<void>} find
 * @property {(event: Event) => Promise<void>} unfold
 */
(function () {
  "use strict";

  const { desk, inputs, ownPlan, pickedParts } = planSite;
  const { make } = inputs;
  const { keyOf } = pickedParts;

  /** As many plans are looked through for words at once. */
  const MOST = 40;

  /* ----------------------------------------------------------------- buttons */

  /**
   * @param {Picked} pick
   * @param {string} label
   */
  function offer(pick, label) {
    return make("li", {}, make("span", {}, label), " ", pickButton(pick, label));
  }

  /**
   * @param {Picked} pick
   * @param {string} label
   */
  function pickButton(pick, label) {
    const button = make("button", { type: "button", class: "button button--quiet pick__button", "data-key": keyOf(pick) });
    button.addEventListener("click", () => toggle(pick));
    showButton(button, label, desk.isIn(pick));
    button.dataset.label = label;
    return button;
  }

  /** @param {Picked} pick */
  function toggle(pick) {
    const all = desk.picks();
    const without = all.filter((one) => keyOf(one) !== keyOf(pick));
    const label = pickedParts.labelOf(pick, desk.parts, desk.words);
    if (without.length < all.length) ownPlan.put(without, `已移出“${label}”。`);
    else ownPlan.put([...all, pick], `已加入“${label}”。`);
  }

  /**
   * @param {HTMLElement} button
   * @param {string} label
   * @param {boolean} is in the picks
   */
  function showButton(button, label, is) {
    button.textContent = is ? "移出组合" : "加入我的组合";
    button.setAttribute("aria-label", `${button.textContent}：${label}`);
    button.classList.toggle("pick--in", is);
  }

  /** @param {Picked[]} all */
  function showButtons(all) {
    const keys = new Set(all.map(keyOf));
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (desk.partOf("plans").querySelectorAll("[data-key]"))) {
      showButton(button, button.dataset.label || "", keys.has(button.dataset.key || ""));
    }
  }

  /* ------------------------------------------------------------------ offers */

  /**
   * The sections of a plan, each with its tasks, as far as they hold what is sought.
   * @param {string} plan
   * @param {string} sought
   * @returns {HTMLElement[]}
   */
  function offersOf(plan, sought) {
    const parts = desk.parts[plan];
    return pickedParts.sectionsOf(parts).flatMap(({ section, above }) => {
      const tasks = parts.tasks.filter((task) => task.section === section.id && task.text.includes(sought));
      if (sought && !tasks.length && !textOf(section).includes(sought)) return [];
      const item = offer({ plan, kind: "section", id: section.id }, section.heading);
      item.className = `assemble__section assemble__section--${above.length + 1}`;
      if (tasks.length) item.append(taskOffers(plan, tasks, Boolean(sought)));
      return [item];
    });
  }

  /** @param {PlanSection} section */
  function textOf({ heading, body }) {
    const texts = (body || []).map(({ text, items }) => [text || "", ...(items || [])].join("\n"));
    return [heading, ...texts].join("\n");
  }

  /**
   * @param {string} plan
   * @param {PlanTask[]} tasks
   * @param {boolean} open
   */
  function taskOffers(plan, tasks, open) {
    const list = make("ul", {}, ...tasks.map(({ id, text }) => offer({ plan, kind: "task", id }, text)));
    return make("details", { class: "more", ...(open ? { open: "" } : {}) }, make("summary", {}, `${tasks.length} 项任务`), list);
  }

  /**
   * @param {string} kind
   * @param {string} sought
   */
  function offersWithoutPlan(kind, sought) {
    const all = labelsWithoutPlan(kind).filter(({ label }) => label.includes(sought));
    return all.map(({ id, label }) => offer({ plan: "", kind, id }, label));
  }

  /**
   * @param {string} kind
   * @returns {{id: string, label: string}[]}
   */
  function labelsWithoutPlan(kind) {
    const { awards, core, terms } = desk.words;
    if (kind === "award") return Object.values(awards).map(({ id, name }) => ({ id, label: name }));
    if (kind !== "list") return Object.values(core).map(({ id, text }) => ({ id, label: text }));
    return Object.values(terms).flatMap(({ id, name, members }) => (members ? [{ id, label: `${name}：${members.join("、")}` }] : []));
  }

  /* ----------------------------------------------------------- the list of plans */

  /**
   * @param {HTMLElement} item of the list of plans
   * @param {string} sought
   * @returns {number} how much it offers
   */
  function fill(item, sought) {
    const { plan, kind } = item.dataset;
    const offers = plan ? (desk.parts[plan] ? offersOf(plan, sought) : []) : offersWithoutPlan(kind || "", sought);
    empty(item);
    detailsOf(item).append(make("ul", { class: "assemble__offers" }, ...offers));
    return offers.length;
  }

  /** @param {HTMLElement} item of the list of plans */
  function detailsOf(item) {
    return item.getElementsByTagName("details")[0];
  }

  /** @param {HTMLElement} item of the list of plans */
  function empty(item) {
    const list = detailsOf(item).querySelector("ul");
    if (list) list.remove();
  }

  /** @param {Event} event a plan in the list was opened */
  async function unfold(event) {
    const details = /** @type {HTMLDetailsElement} */ (event.target);
    const item = /** @type {HTMLElement} */ (details.parentElement);
    if (!item.matches("[data-assemble-plans] > li") || !details.open || details.querySelector("ul")) return;
    await desk.need([item.dataset.plan || ""]);
    if (!fill(item, "")) desk.tell("这份方案没有读到，请刷新页面再试。");
  }

  /* ----------------------------------------------------------------- finding */

  /** Show the plans that are wanted, and of them what holds the words sought. */
  async function find() {
    const { unit, sought } = asked();
    const wanted = showOnly(unit);
    if (!sought) return showWhole(wanted);
    const searched = [...wanted.filter((item) => !item.dataset.plan), ...wanted.filter((item) => item.dataset.plan).slice(0, MOST)];
    await desk.need(searched.map((item) => item.dataset.plan || ""));
    if (sought === asked().sought) showFound(wanted, searched, sought);
  }

  function asked() {
    const form = desk.partOf("find");
    const [unit, sought] = [form.querySelector("select"), form.querySelector("input")].map((one) => (one ? one.value.trim() : ""));
    return { unit, sought };
  }

  /**
   * @param {string} unit
   * @returns {HTMLElement[]} what is shown
   */
  function showOnly(unit) {
    const all = /** @type {HTMLElement[]} */ ([...desk.partOf("plans").children]);
    for (const item of all) item.hidden = Boolean(unit && item.dataset.unit && item.dataset.unit !== unit);
    return all.filter((item) => !item.hidden);
  }

  /**
   * @param {HTMLElement[]} wanted
   * @param {HTMLElement[]} searched
   * @param {string} sought
   */
  function showFound(wanted, searched, sought) {
    let count = 0;
    for (const item of wanted) {
      const found = searched.includes(item) ? fill(item, sought) : 0;
      item.hidden = !found;
      detailsOf(item).open = found > 0;
      count += found;
    }
    const more = wanted.length > searched.length ? "，只找了一部分方案，请先选单位类型" : "";
    desk.partOf("found").textContent = count ? `找到 ${count} 处${more}` : `没有找到“${sought}”${more}`;
  }

  /** @param {HTMLElement[]} items with all that they hold */
  function showWhole(items) {
    desk.partOf("found").textContent = `${items.filter((item) => item.dataset.plan).length} 份方案`;
    for (const item of items) {
      empty(item);
      if (detailsOf(item).open) fill(item, "");
    }
  }

  desk.views.push(showButtons);
  planSite.assembleOffers = { find, unfold };
})();
