// @ts-check
/** The page of my plans: the list, one plan's progress, its report, files and merging, and forgetting everything. */
(function () {
  "use strict";

  const { charts, clipboard, dates, downloads, entries, filling, forms, inputs, merging, myPlans, planCards, planView } = planSite;
  const { progress, report, savedFile, savedFiles, settling, store } = planSite;
  const { make } = inputs;

  const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  planSite.mount((page) => {
    /** @type {HTMLElement | null} */
    const root = page.querySelector("[data-progress]");
    if (root && charts) start(page, root);
  });

  /** Give the plan that the address names. */
  function asked() {
    return new URL(location.href).searchParams.get("mine") || "";
  }

  /** Give the plan whose conflicts the address asks for: the first that has any. */
  function clashing() {
    const plan = location.hash === "#conflicts" && myPlans.all().find(({ id }) => settling.asked(myPlans.clashes(id)).length);
    return plan ? plan.id : "";
  }

  /**
   * @param {Document} page
   * @param {HTMLElement} root
   */
  function start(page, root) {
    /** What each plan shown is made of. @type {Map<string, Shown>} */
    let shown = new Map();
    let chosen = asked() || clashing();
    let named = "";
    let isStale = false;
    /** What is picked of writings that differ, by plan and path; kept while what is shown is shown anew. */
    const picks = /** @type {Map<string, {marks: Map<string, string>, picked: Map<string, number>}>} */ (new Map());
    /** Counts the showings, so that only the last one begun is finished. */
    let turn = 0;

    /** @param {string} name */
    function part(name) {
      return /** @type {HTMLElement} */ (root.querySelector(`[data-progress-${name}]`));
    }

    /** @param {...string} lines */
    function say(...lines) {
      part("said").textContent = "";
      part("said").append(...lines.map((words) => make("p", {}, words)));
    }

    function today() {
      return dates.today(new Date());
    }

    /* ---------------------------------------------------------------- what is shown */

    /**
     * Give what a template says; made of what the plan knows of it where the site does not have it.
     * @param {MyPlan} doc
     * @param {Given} values
     * @returns {Promise<{content: Content, page: string, isKnown: boolean}>}
     */
    async function templateOf(doc, values) {
      const { plan } = doc;
      const own = planSite.cells.value(doc, "content");
      if (!plan && isWhole(own, values)) return { content: own, page: root.dataset.assemblePage || "", isKnown: true };
      const item = [...root.querySelectorAll("[data-plan]")].find((one) => one.getAttribute("data-plan") === plan);
      const content = item && (await planSite.load(item.getAttribute("data-content") || "").catch(() => null));
      if (item && isWhole(content, values)) return { content, page: item.getAttribute("data-page") || "", isKnown: true };
      const bare = progress.bare(String(planSite.cells.value(doc, "title")), planSite.cells.under(doc, "known/"), values);
      return { content: bare, page: "", isKnown: false };
    }

    /**
     * Whether something can be filled in as a template can. Why tried: the content of an assembled plan comes in files.
     * @param {any} content
     * @param {Given} values
     */
    function isWhole(content, values) {
      try {
        filling.fill(content, values, {});
        return content.assessment.every((/** @type {AssessmentItem} */ { item, content: words }) => typeof item === "string" && typeof words === "string");
      } catch (error) {
        return false;
      }
    }

    /**
     * @param {MyPlanFacts} facts
     * @returns {Promise<Shown>}
     */
    async function shownOf(facts) {
      const { id, plan } = facts;
      const values = myPlans.values(id);
      const about = await templateOf(myPlans.doc(id), values);
      const mine = {
        values,
        task: (/** @type {string} */ task) => myPlans.task(id, task),
        under: (/** @type {string} */ prefix) => myPlans.under(id, prefix),
      };
      return { facts, mine, ...about, page: about.page && !plan ? `${about.page}?mine=${id}` : about.page };
    }

    async function refresh() {
      const now = (turn += 1);
      const all = await Promise.all(myPlans.all().map(shownOf));
      if (now !== turn) return;
      isStale = isTyping();
      if (isStale) return;
      const [active] = [document.activeElement];
      const key = active && root.contains(active) ? active.getAttribute("data-key") : null;
      shown = new Map(all.map((one) => [one.facts.id, one]));
      if (!shown.has(chosen)) chosen = all.length ? all[0].facts.id : "";
      showTrouble();
      showList();
      showChosen();
      merge.refresh();
      part("chosen").hidden = !all.length;
      part("clear").hidden = !all.length && !store.isUsed();
      const again = key && [...root.querySelectorAll("[data-key]")].find((one) => one.getAttribute("data-key") === key);
      if (again) /** @type {HTMLElement} */ (again).focus({ preventScroll: true });
    }

    function showTrouble() {
      const words = entries.trouble();
      part("trouble").hidden = !words;
      if (part("trouble").textContent !== words) part("trouble").textContent = words;
    }

    function showList() {
      const state = (/** @type {string} */ id) => ({ isChosen: id === chosen, isNamed: id === named });
      const cards = [...shown.values()].map((one) => planCards.card(one, today(), state(one.facts.id)));
      part("list").textContent = "";
      part("list").append(...(cards.length ? cards : [planCards.none(root.dataset.plansPage || "")]));
    }

    function showChosen() {
      const one = shown.get(chosen);
      part("view").textContent = "";
      if (!one) return;
      part("title").textContent = `进展：${one.facts.label}`;
      part("view").append(...clashPart(one), ...planView.parts(one, today()));
      showReport();
    }

    function showReport() {
      const paper = /** @type {HTMLElement} */ (root.querySelector("[data-report-paper]"));
      const one = shown.get(chosen);
      paper.textContent = "";
      if (one) paper.append(...planView.paper(reportOf(one)));
    }

    /** @param {Shown} one */
    function reportOf({ content, mine }) {
      return report.of(content, mine, today());
    }

    /* --------------------------------------------------------------------- clashes */

    /** @param {Shown} one */
    function clashPart({ facts, content, mine }) {
      const clashes = settling.asked(myPlans.clashes(facts.id));
      if (!clashes.length) return [];
      const picked = picksOf(facts.id, clashes);
      const about = { content, slots: filling.slots(content, mine.values), key: "clash" };
      const questions = make("div", { class: "clashes" }, ...settling.questions(clashes, about, picked));
      const latest = make("button", { type: "button", class: "button" }, "全部取最近的");
      const keep = make("button", { type: "button", class: "button button--primary" }, "就用选中的");
      latest.addEventListener("click", () => settling.takeLatest(questions, clashes));
      keep.addEventListener("click", () => settle(facts.id, clashes, picked));
      const head = make("h3", { id: "conflicts", tabindex: "-1" }, `写得不一样的（${clashes.length} 处）`);
      const hint = make("p", { class: "quiet" }, "几个人各写各的，两样都留着。选好以后只留选中的；没有选的，数字先按最近写的算。");
      return [make("section", { class: "notice notice--caution" }, head, hint, questions, make("div", { class: "toolbar__group" }, latest, keep))];
    }

    /**
     * Give what was picked before; writings that came since are others, and what was picked of them is forgotten.
     * @param {string} id
     * @param {Clash[]} clashes
     */
    function picksOf(id, clashes) {
      const marks = new Map(clashes.map(({ path, writings }) => [path, JSON.stringify(writings)]));
      const before = picks.get(id) || { marks, picked: new Map() };
      const picked = new Map([...before.picked].filter(([path]) => before.marks.get(path) === marks.get(path)));
      picks.set(id, { marks, picked });
      return picked;
    }

    /**
     * @param {string} id
     * @param {Clash[]} clashes
     * @param {Map<string, number>} picked
     */
    async function settle(id, clashes, picked) {
      for (const { path, writings } of clashes) {
        const index = picked.get(path);
        if (index !== undefined) myPlans.set(id, path, writings[index].value);
      }
      say(picked.size ? `定了 ${picked.size} 处。` : "还没有选。");
      if (!picked.size) return;
      await refresh();
      (document.getElementById("conflicts") || part("title")).focus();
    }

    /* --------------------------------------------------------------------- actions */

    /** @type {{[action: string]: (id: string, event: Event) => void}} */
    const ACTIONS = {
      open: (id) => {
        const at = id || chosen;
        myPlans.use(myPlans.doc(at).plan || at, at);
        entries.flush();
      },
      choose: (id) => choose(id),
      export: (id) => {
        say(savedFiles.save({ plans: [id] }, fileBase(id)));
        refresh();
      },
      reissue: (id) => document.dispatchEvent(new CustomEvent("plan:reissue", { detail: { id } })),
      compare: (id) => document.dispatchEvent(new CustomEvent("plan:compare", { detail: { id } })),
      rename: (id) => setNaming(id, `name-${id}`),
      unname: (id) => setNaming("", `rename-${id}`),
      copy: (id) => copy(id),
      remove: (id) => remove(id),
    };

    /**
     * Show a plan; the address remembers it.
     * @param {string} id
     */
    async function choose(id) {
      chosen = id;
      const address = new URL(location.href);
      address.searchParams.set("mine", id);
      address.hash = "";
      try {
        history.replaceState(history.state, "", address.href);
      } catch (error) {
        // Why: some browsers refuse it for file://; the plan is shown all the same.
      }
      await refresh();
      part("title").focus({ preventScroll: true });
      part("title").scrollIntoView();
    }

    /** @param {string} id */
    function labelOf(id) {
      const known = shown.get(id);
      return known ? known.facts.label : "";
    }

    /** @param {string} id */
    function fileBase(id) {
      const text = (/** @type {string} */ path) => String(myPlans.value(id, path));
      const [unit, year] = [text("fields/unit-name"), text("fields/year")];
      const missing = [unit, year && `${year}年`].filter((words) => words && !labelOf(id).includes(words));
      return ["文明窗口方案", ...missing, labelOf(id)].join("-");
    }

    /**
     * @param {string} id of the plan that is given a name, or nothing
     * @param {string} key of what has the focus then
     */
    function setNaming(id, key) {
      named = id;
      showList();
      const next = [...root.querySelectorAll("[data-key]")].find((one) => one.getAttribute("data-key") === key);
      if (next) /** @type {HTMLElement} */ (next).focus();
      if (next instanceof HTMLInputElement) next.select();
    }

    /** @param {string} id */
    function copy(id) {
      const made = myPlans.add(myPlans.doc(id));
      myPlans.set(made, "name", `${labelOf(id)} 副本`);
      say(`已复制成“${labelOf(id)} 副本”。`);
      refresh();
    }

    /** @param {string} id */
    async function remove(id) {
      if (!window.confirm(`删除“${labelOf(id)}”？删了找不回来，想留一份请先导出。`)) return;
      say(`已删除“${labelOf(id)}”。`);
      myPlans.remove(id);
      await refresh();
      part("said").focus();
    }

    /** @param {Event} event */
    function act(event) {
      const target = /** @type {Element} */ (event.target).closest("[data-do]");
      const action = target && ACTIONS[target.getAttribute("data-do") || ""];
      if (target && action) action(target.getAttribute("data-id") || "", event);
    }

    /** @param {Event} event */
    async function rename(event) {
      const form = /** @type {HTMLElement} */ (event.target);
      const id = form.dataset.naming;
      if (!id) return;
      event.preventDefault();
      const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
      myPlans.set(id, "name", input.value.trim());
      input.defaultValue = input.value;
      named = "";
      await refresh();
      setNaming("", `rename-${id}`);
    }

    /* ----------------------------------------------------------------------- files */

    async function importFiles() {
      const input = /** @type {HTMLInputElement} */ (part("file"));
      const files = await savedFiles.readAll(input.files);
      input.value = "";
      const taken = files.map(take);
      say(...taken.map(({ words }) => words));
      const found = taken.find(({ plans }) => plans.length);
      if (found) chosen = found.plans[0];
      refresh();
    }

    /** @param {ReadFile} file */
    function take({ name, text, fault }) {
      /** @type {string[]} */
      const none = [];
      try {
        if (fault) throw new Error(fault);
        const { profiles, plans } = savedFile.take(text);
        const counts = [plans.length && `${plans.length} 份方案`, profiles.length && `${profiles.length} 份单位资料`].filter(Boolean);
        return { plans, words: `${name}：导入了 ${counts.join("、")}。` };
      } catch (error) {
        return { plans: none, words: `${name}：${/** @type {Error} */ (error).message}没有导入。` };
      }
    }

    function exportAll() {
      const [plans, profiles] = [myPlans.all(), store.isUsed() ? store.profiles() : []];
      if (plans.length + profiles.length === 0) return say("还没有可以导出的内容。");
      say(savedFiles.save({ plans: plans.map(({ id }) => id), profiles: profiles.map(({ id }) => id) }, "文明窗口全部内容"));
      return refresh();
    }

    function forget() {
      const words = myPlans.forget();
      if (!words) return;
      /** @type {HTMLInputElement} */ (part("writer")).value = "";
      say(words);
      refresh();
    }

    /* ---------------------------------------------------------------------- report */

    async function download() {
      const one = shown.get(chosen);
      const form = /** @type {Form | null} */ (await planSite.load(root.dataset.report || "").catch(() => null));
      const place = /** @type {HTMLElement} */ (root.querySelector("[data-progress-report] [data-said]"));
      if (!one || !form) return (place.textContent = "没能读到表样，请刷新页面再试。");
      const written = reportOf(one);
      const preset = myPlans.holder(chosen).own().options.preset || {};
      const bytes = forms.make(form, report.record(written, one.content, one.mine, preset));
      const name = `${downloads.fileName(written.title.replace(/【[^】]*】年?/g, ""))}.docx`;
      downloads.save({ name, bytes, type: DOCX });
      return (place.textContent = `已生成：${name}`);
    }

    function look() {
      const paper = /** @type {HTMLElement} */ (root.querySelector("[data-report-paper]"));
      const isShown = paper.classList.toggle("report-paper--shown");
      part("look").setAttribute("aria-expanded", String(isShown));
      part("look").textContent = isShown ? "收起报告" : "看报告";
    }

    /* ------------------------------------------------------------------------ start */

    /** Whether something was typed that is not kept yet, and that showing all anew would take away. */
    function isTyping() {
      const { activeElement: active } = document;
      if (!(active instanceof HTMLInputElement) || active.type !== "text" || active === part("writer")) return false;
      return root.contains(active) && active.value !== active.defaultValue;
    }

    /** @param {News} news */
    function hear({ changed }) {
      showTrouble();
      if (changed) refresh();
    }

    const merge = merging.start(part("merging"), {
      contentOf: async (doc, values) => (await templateOf(doc, values)).content,
      made: (id, words) => {
        say(words);
        choose(id);
      },
    });

    const writer = /** @type {HTMLInputElement} */ (part("writer"));
    writer.value = myPlans.writer();
    writer.addEventListener("input", () => myPlans.setWriter(writer.value));
    root.addEventListener("click", act);
    root.addEventListener("submit", rename);
    root.addEventListener("change", (event) => {
      if (/** @type {HTMLElement} */ (event.target).dataset.path) showReport();
    });
    root.addEventListener("focusout", () => {
      if (isStale) window.setTimeout(refresh);
    });
    part("import").addEventListener("click", () => part("file").click());
    part("file").addEventListener("change", importFiles);
    part("export").addEventListener("click", exportAll);
    part("forget").addEventListener("click", forget);
    part("docx").addEventListener("click", download);
    part("look").addEventListener("click", look);
    clipboard.serve(page, "[data-report-paper]", () => {
      const one = shown.get(chosen);
      return { text: one ? report.text(reportOf(one)) : "", said: "已复制报告，可以粘贴到 WPS 或 Word" };
    });
    entries.listeners.push(hear);
    page.addEventListener("plan:created", () => refresh());
    // Why: what is being typed when the page is left is not told by the input itself.
    window.addEventListener("pagehide", () => {
      if (isTyping()) /** @type {HTMLElement} */ (document.activeElement).blur();
      entries.flush();
    });
    refresh().then(() => {
      const place = location.hash === "#conflicts" && document.getElementById("conflicts");
      if (place) place.scrollIntoView();
    });
  }
})();
