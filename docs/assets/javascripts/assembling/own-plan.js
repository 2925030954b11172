// @ts-check
/**
 * The plan of the reader's own that is made of what was picked: making it, opening it, keeping it in step with the picks.
 *
 * @typedef {object} OwnPlan
 * @property {() => Promise<void>} create
 * @property {(id: string) => boolean} isWhole
 * @property {() => Promise<boolean>} isBrought
 * @property {(id: string) => void} open
 * @property {(all: Picked[], said: string) => void} put
 * @property {(all: Picked[]) => void} keep
 * @property {(all: Picked[], facts: AboutPlan) => Content} contentOf
 */
(function () {
  "use strict";

  const { aboutForm, assembled, assembling, basket, desk, entries, filling, myPlans, planContent, store } = planSite;

  /** @type {OwnPlan["contentOf"]} */
  function contentOf(all, facts) {
    const plan = assembling.plan(all, desk.parts, desk.words, { ...facts, id: aboutForm.OWN });
    return planContent.of(plan, desk.words, `组合 ${facts.updated}`);
  }

  /* ------------------------------------------------------------------- making */

  async function create() {
    if (!aboutForm.isReady(false) || !(await isBrought())) return;
    const id = createOf(desk.picks());
    const isKept = entries.flush();
    // Why not always: a plan that found no room is lost with the page, and then the picks must still be there.
    if (isKept) basket.put([]);
    nameAddress(id);
    open(id);
    desk.tell(`做好了${isKept ? "，已存在这台电脑上" : ""}。下面可以填空、检查、下载。`);
    const fillIn = document.getElementById("fill");
    if (fillIn) fillIn.scrollIntoView();
    desk.partOf("said").focus({ preventScroll: true });
  }

  /**
   * Get the scripts for a plan that is there.
   * @type {OwnPlan["isBrought"]}
   */
  function isBrought() {
    return planSite.bring().then(
      () => true,
      () => {
        desk.tell("网页的脚本没有读全，请刷新页面再试。");
        return false;
      },
    );
  }

  /**
   * @param {Picked[]} all
   * @returns {string} the id of the plan made of them, with what the unit filled in before
   */
  function createOf(all) {
    const content = contentOf(all, aboutForm.about());
    const { fields, roles } = store.isUsed() ? store.profile(store.active()) : { fields: {}, roles: {} };
    const values = { fields: only(fields, content.fields), roles: only(roles, content.roles) };
    const known = Object.fromEntries(content.tasks.map(({ id, text }) => [id, text]));
    return myPlans.create({ plan: "", title: content.title, values, known, cells: { content, picks: all } });
  }

  /**
   * @param {Texts} given
   * @param {{id: string}[]} asked
   */
  function only(given, asked) {
    return Object.fromEntries(asked.filter(({ id }) => given[id]).map(({ id }) => [id, given[id]]));
  }

  /** @param {string} id */
  function nameAddress(id) {
    try {
      history.replaceState(history.state, "", `${location.pathname}?mine=${id}`);
    } catch (error) {
      // Why nothing is said: from file:// older kernels refuse; the plan is listed on this page and kept all the same.
    }
  }

  /* ------------------------------------------------------------------ opening */

  /**
   * Whether a plan can be shown. Why tried: plans come in files as well.
   * @type {OwnPlan["isWhole"]}
   */
  function isWhole(id) {
    const content = myPlans.value(id, "content");
    try {
      filling.fill(content, myPlans.values(id), {});
      return assembled.paper({ ...content, id }).length > 0 && [content.title, content.nature, content.unit].every((text) => typeof text === "string");
    } catch (error) {
      return false;
    }
  }

  /** @type {OwnPlan["open"]} */
  function open(id) {
    desk.mine = id;
    myPlans.use(id, id);
    const { title, unit, nature } = myPlans.value(id, "content");
    const { units } = desk.words;
    aboutForm.take({ title, unit: Object.keys(units).find((one) => units[one] === unit) || "", nature });
    makeRoom();
    showPlan();
    desk.show();
  }

  /** Close what the plan was put together with, and show the place where it stands now. */
  function makeRoom() {
    /** @type {HTMLDetailsElement} */ (desk.partOf("box")).open = false;
    /** @type {HTMLElement} */ (document.querySelector("[data-assemble-do=make]")).hidden = true;
    const section = document.querySelector("[data-assembled]");
    // Why: what is printed has to stand in the article itself, as on a plan's page.
    if (section) section.replaceWith(...section.childNodes);
  }

  function showPlan() {
    const content = { ...myPlans.value(desk.mine, "content"), id: desk.mine };
    const heading = document.getElementById("assemble");
    if (heading && heading.firstChild) heading.firstChild.textContent = content.title;
    assembled.show(content, originsOf());
    planSite.panel.show(content);
    document.dispatchEvent(new CustomEvent("plan:shown"));
  }

  /** @returns {Origins} */
  function originsOf() {
    const found = Object.entries(assembling.origins(desk.picks(), desk.parts, desk.words));
    return Object.fromEntries(
      found.map(([id, { plan, task }]) => {
        const url = (/** @type {HTMLElement} */ (desk.placeOf(plan)).dataset.parts || "").replace(/[^/]*$/, `index.html#task-${task}`);
        return [id, { plan, task, title: desk.parts[plan].title, url }];
      }),
    );
  }

  /* ------------------------------------------------------------------ keeping */

  /**
   * Put other picks in the place of those there are, in the plan that is open or in the basket.
   * @type {OwnPlan["put"]}
   */
  function put(all, said) {
    if (desk.mine) keep(all);
    else basket.put(all);
    desk.show();
    desk.tell(said);
  }

  /** @param {Picked[]} all the picks of the plan that is open, changed */
  function keep(all) {
    const { taskFacts, templateNews } = planSite; // Brought with the plan that is open.
    const { mine } = desk;
    myPlans.set(mine, "picks", all);
    const facts = aboutForm.about();
    if (!facts.title) return;
    const content = contentOf(all, facts);
    myPlans.set(mine, "title", content.title);
    myPlans.set(mine, "content", content);
    // Why as seen: what the reader took out himself is no news to him.
    const cells = templateNews.seen(content.tasks, myPlans.under(mine, "known/"), new Set(taskFacts.noted()));
    for (const path of Object.keys(cells)) myPlans.set(mine, path, cells[path]);
    showPlan();
  }

  planSite.ownPlan = { create, isWhole, isBrought, open, put, keep, contentOf };
})();
