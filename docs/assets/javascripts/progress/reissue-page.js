// @ts-check
/** Opening last year's plan for another year, and last year's and this year's side by side: a section of /progress/. */
(function () {
  "use strict";

  const { entries, filling, inputs, myPlans, reissue } = planSite;
  const { make } = inputs;

  const NEW_MEASURES = "new-measures";
  /** What a plan keeps of its own that is neither filled in nor a state. */
  const OWN = ["content", "picks"];
  /** The plan that is to be opened for another year, or whose years are compared. */
  let chosen = "";

  /** @returns {HTMLElement} */
  function section() {
    return /** @type {HTMLElement} */ (document.querySelector("[data-reissue]"));
  }

  /**
   * @param {string} name
   * @returns {any} a part of the section
   */
  function partOf(name) {
    return document.querySelector(`[data-reissue-${name}]`);
  }

  /* -------------------------------------------------------------------- kept */

  /**
   * Give what the plan is made of: an assembled one holds it itself.
   * @param {string} id
   * @returns {Promise<Content>}
   */
  function contentOf(id) {
    const held = myPlans.value(id, "content");
    if (held) return Promise.resolve(held);
    return planSite.load((section().dataset.contentOf || "").replace("PLAN", myPlans.doc(id).plan));
  }

  /**
   * @param {string} id
   * @returns {Kept}
   */
  function keptOf(id) {
    const known = myPlans.under(id, "known/");
    const plan = myPlans.all().find((one) => one.id === id);
    const [options, title] = [myPlans.under(id, "options/"), myPlans.value(id, "title")];
    /** @type {Kept["own"]} */
    const own = {};
    for (const path of OWN) if (myPlans.value(id, path)) own[path] = myPlans.value(id, path);
    const base = { name: plan ? plan.label : "", plan: myPlans.doc(id).plan, title, given: myPlans.values(id) };
    return { ...base, options, tasks: tasksOf(id), known, own };
  }

  /** @param {string} id */
  function tasksOf(id) {
    const names = new Set(Object.keys(myPlans.under(id, "tasks/")).map((path) => path.split("/")[0]));
    /** @type {{[task: string]: TaskState}} */
    const tasks = Object.create(null);
    for (const name of names) tasks[name] = myPlans.task(id, name);
    return tasks;
  }

  /* -------------------------------------------------------------------- form */

  /** @param {string} id */
  function ask(id) {
    const { name, given } = keptOf(id);
    chosen = id;
    partOf("of").textContent = `按“${name}”建立。`;
    partOf("form").hidden = false;
    partOf("form").elements.namedItem("year").value = String((filling.yearOf(given) || new Date().getFullYear()) + 1);
    partOf("changes").textContent = "";
    say("");
    show();
  }

  function show() {
    section().hidden = false;
    section().scrollIntoView({ block: "start" });
    section().focus({ preventScroll: true });
  }

  /** @param {string} words */
  function say(words) {
    partOf("said").textContent = words;
  }

  /** @param {Event} event */
  async function create(event) {
    event.preventDefault();
    const year = Number(partOf("form").elements.namedItem("year").value);
    const content = await contentOf(chosen).catch(() => null);
    if (!content) return say("方案的数据没有读到，请刷新页面再试。");
    const kept = keptOf(chosen);
    if (year === filling.yearOf(kept.given)) return say("年份和原来的一样，请改成新一年的年份。");
    const id = myPlans.create(reissue.made(kept, content, year));
    entries.flush();
    document.dispatchEvent(new CustomEvent("plan:created", { detail: { id } }));
    await compare(id);
    say(`已建立${year}年的方案，去年的原样留着。${entries.trouble()}`);
  }

  /* --------------------------------------------------------- last year, this */

  /** @param {string} id of a plan that was opened for another year */
  async function compare(id) {
    const content = await contentOf(id).catch(() => null);
    const last = /** @type {LastYear} */ (myPlans.value(id, "last"));
    chosen = id;
    partOf("form").hidden = true;
    partOf("changes").textContent = "";
    show();
    if (!content || !last) return say("方案的数据没有读到，请刷新页面再试。");
    const given = myPlans.values(id);
    const names = [last.year ? `${last.year}年` : "去年", `${(given.fields || {}).year || "今"}年`];
    partOf("of").textContent = `${names[0]}和${names[1]}对照：${last.name}。`;
    partOf("changes").append(
      ...newMeasures(id, last, given, content),
      ...table("任务", "任务", names, reissue.tasks(last, content, given, tasksOf(id))),
      ...table("阶段的日期", "阶段", names, reissue.phases(last, content, given)),
      ...table("填写的内容", "项目", names, reissue.fields(last, content, given)),
    );
    say("");
  }

  /**
   * Show last year's new measures and ask for this year's.
   * @param {string} id
   * @param {LastYear} last
   * @param {Given} given
   * @param {Content} content
   */
  function newMeasures(id, last, given, content) {
    const [then, now] = [last.fields, given.fields || {}].map((fields) => (fields[NEW_MEASURES] || "").trim());
    const isWritten = now !== "" && now !== then;
    const asked = isWritten ? now : now ? "和去年写的一样，要写今年新做的。" : `还没有写。${content.new_measures}`;
    const link = make("a", { href: pageOf(id) }, "去方案里写");
    return [
      make("h3", {}, "今年新举措"),
      make("dl", { class: "reissue__measures" }, ...said("去年", then || "没有写"), ...said("今年", asked, isWritten ? "" : link)),
    ];
  }

  /**
   * @param {string} term
   * @param {...(Node | string)} words
   */
  function said(term, ...words) {
    return [make("dt", {}, term), make("dd", {}, ...words.filter(Boolean))];
  }

  /** @param {string} id */
  function pageOf(id) {
    const { plan } = myPlans.doc(id);
    if (!plan) return `../assemble/index.html?mine=${id}`;
    return `${(section().dataset.planPage || "").replace("PLAN", plan)}#fill`;
  }

  /**
   * @param {string} title
   * @param {string} what the rows are
   * @param {string[]} years
   * @param {Change[]} rows
   */
  function table(title, what, years, rows) {
    if (!rows.length) return [];
    const changed = rows.filter((row) => row.what).length;
    const head = make("tr", {}, ...[what, ...years, "变化"].map((words) => make("th", { scope: "col" }, words)));
    const body = rows.map((row) => {
      const cells = [row.then, row.now, row.what].map((words) => make("td", {}, words || "—"));
      return make("tr", row.what ? { class: "reissue__changed" } : {}, make("th", { scope: "row" }, row.label), ...cells);
    });
    const told = make("caption", {}, changed ? `${rows.length} 项，有变化的 ${changed} 项` : `${rows.length} 项，没有变化`);
    const whole = make("table", {}, told, make("thead", {}, head), make("tbody", {}, ...body));
    return [make("h3", {}, title), make("div", { class: "reissue__frame", tabindex: "0", role: "region", "aria-label": title }, whole)];
  }

  /** Go back to the plan's card, from which it was opened. */
  function close() {
    section().hidden = true;
    const card = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="reissue-${chosen}"]`));
    if (card) card.focus();
  }

  /* ------------------------------------------------------------------- start */

  planSite.mount((page) => {
    if (!page.querySelector("[data-reissue]")) return;
    page.addEventListener("plan:reissue", (event) => ask(/** @type {CustomEvent} */ (event).detail.id));
    page.addEventListener("plan:compare", (event) => compare(/** @type {CustomEvent} */ (event).detail.id));
    partOf("form").addEventListener("submit", create);
    partOf("close").addEventListener("click", close);
  });
})();
