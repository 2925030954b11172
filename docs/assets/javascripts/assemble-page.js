// @ts-check
/** The page on which a plan is put together: what there is, what was picked, and the plan that is made of it. */
(function () {
  "use strict";

  const { assembled, assembling, basket, dates, downloads, entries, filling, inputs, myPlans, planContent, planYaml, savedFile, store } = planSite;
  const { make } = inputs;

  const OWN = "own";
  const SETTLED = 300;
  /** As many plans are looked through for words at once. */
  const MOST = 40;
  const FIELDS = ["title", "unit", "nature", "id"];

  /** Whether what is missing was last asked for the file of the editors. */
  let asFile = false;

  /** @type {Words} */
  let words;
  /** @type {AllParts} */
  const parts = Object.create(null);
  /** The plan that is open, of those of the reader's own; empty: the basket is. */
  let mine = "";
  /** Whether the title and the rest were written by the reader. @type {Set<string>} */
  const written = new Set();

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  function partOf(name) {
    return /** @type {HTMLElement} */ (document.querySelector(`[data-assemble-${name}]`));
  }

  /** @param {string} said */
  function tell(said) {
    partOf("said").textContent = said + entries.trouble();
  }

  /**
   * @param {string} name
   * @returns {any} an input
   */
  function input(name) {
    return partOf(name === "id" ? "file" : "about").querySelector(`[name="${name}"]`);
  }

  /* ------------------------------------------------------------------- picks */

  /** @returns {Picked[]} */
  function picks() {
    if (!mine) return basket.picks();
    const kept = myPlans.value(mine, "picks");
    return Array.isArray(kept) ? kept.filter(basket.isPick) : [];
  }

  /**
   * @param {Picked[]} all
   * @param {string} said
   */
  function put(all, said) {
    if (mine) keep(all);
    else basket.put(all);
    show();
    tell(said);
  }

  /** Put what was picked on other pages meanwhile into the plan that is open. */
  async function takeMore() {
    const more = basket.picks().filter((pick) => !isIn(pick));
    await need(more.map(({ plan }) => plan));
    basket.put([]);
    put([...picks(), ...more], `加进了 ${more.length} 项。`);
    partOf("said").focus();
  }

  /** @param {Picked} pick */
  function keyOf({ plan, kind, id }) {
    return `${plan}/${kind}/${id}`;
  }

  /** @param {Picked} pick */
  function isIn(pick) {
    return picks().some((one) => keyOf(one) === keyOf(pick));
  }

  /** @param {Picked} pick */
  function toggle(pick) {
    const all = picks();
    const without = all.filter((one) => keyOf(one) !== keyOf(pick));
    const label = assembling.labelOf(pick, parts, words);
    if (without.length < all.length) put(without, `已移出“${label}”。`);
    else put([...all, pick], `已加入“${label}”。`);
  }

  /* -------------------------------------------------------------------- data */

  /**
   * @param {string} plan
   * @returns {HTMLElement | null} its place in the list
   */
  function placeOf(plan) {
    return partOf("plans").querySelector(`[data-plan="${plan}"]`);
  }

  /**
   * Get the parts of plans; one that cannot be had is left out.
   * @param {string[]} ids
   */
  async function need(ids) {
    const missing = [...new Set(ids)].filter((id) => id && !parts[id] && placeOf(id));
    const found = await Promise.all(missing.map((id) => planSite.load(/** @type {HTMLElement} */ (placeOf(id)).dataset.parts || "").catch(() => null)));
    missing.forEach((id, at) => found[at] && (parts[id] = found[at]));
  }

  /* ---------------------------------------------------------- what can be picked */

  /**
   * @param {Picked} pick
   * @param {string} label
   */
  function pickButton(pick, label) {
    const button = make("button", { type: "button", class: "button button--quiet pick__button", "data-key": keyOf(pick) });
    button.addEventListener("click", () => toggle(pick));
    showButton(button, label, isIn(pick));
    button.dataset.label = label;
    return button;
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

  function showButtons() {
    const keys = new Set(picks().map(keyOf));
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (partOf("plans").querySelectorAll("[data-key]"))) {
      showButton(button, button.dataset.label || "", keys.has(button.dataset.key || ""));
    }
  }

  /**
   * @param {Picked} pick
   * @param {string} label
   */
  function offer(pick, label) {
    return make("li", {}, make("span", {}, label), " ", pickButton(pick, label));
  }

  /**
   * The sections of a plan, each with its tasks, as far as they hold what is sought.
   * @param {string} plan
   * @param {string} sought
   * @returns {HTMLElement[]}
   */
  function offersOf(plan, sought) {
    const all = assembling.sectionsOf(parts[plan]);
    return all.reduce((found, { section, above }) => {
      const tasks = parts[plan].tasks.filter((task) => task.section === section.id && task.text.includes(sought));
      if (sought && !tasks.length && !textOf(section).includes(sought)) return found;
      const item = offer({ plan, kind: "section", id: section.id }, section.heading);
      item.className = `assemble__section assemble__section--${above.length + 1}`;
      if (tasks.length) item.append(tasksOf(plan, tasks, Boolean(sought)));
      return [...found, item];
    }, /** @type {HTMLElement[]} */ ([]));
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
  function tasksOf(plan, tasks, open) {
    const list = make("ul", {}, ...tasks.map(({ id, text }) => offer({ plan, kind: "task", id }, text)));
    return make("details", { class: "more", ...(open ? { open: "" } : {}) }, make("summary", {}, `${tasks.length} 项任务`), list);
  }

  /**
   * What is of no plan.
   * @param {string} kind
   * @param {string} sought
   */
  function offersWithout(kind, sought) {
    /** @type {{id: string, label: string}[]} */
    let all = Object.values(words.core).map(({ id, text }) => ({ id, label: text }));
    if (kind === "award") all = Object.values(words.awards).map(({ id, name }) => ({ id, label: name }));
    if (kind === "list") all = Object.values(words.terms).filter(({ members }) => members).map(({ id, name, members }) => ({ id, label: `${name}：${(members || []).join("、")}` }));
    return all.filter(({ label }) => label.includes(sought)).map(({ id, label }) => offer({ plan: "", kind, id }, label));
  }

  /**
   * @param {HTMLElement} item of the list of plans
   * @param {string} sought
   * @returns {number} how much it offers
   */
  function fill(item, sought) {
    const [details] = item.getElementsByTagName("details");
    const { plan, kind } = item.dataset;
    const offers = plan ? (parts[plan] ? offersOf(plan, sought) : []) : offersWithout(kind || "", sought);
    const old = details.querySelector("ul");
    if (old) old.remove();
    details.append(make("ul", { class: "assemble__offers" }, ...offers));
    return offers.length;
  }

  /** @param {Event} event a plan in the list was opened */
  async function unfold(event) {
    const details = /** @type {HTMLDetailsElement} */ (event.target);
    const item = /** @type {HTMLElement} */ (details.parentElement);
    if (!item.matches("[data-assemble-plans] > li") || !details.open || details.querySelector("ul")) return;
    await need([item.dataset.plan || ""]);
    if (!fill(item, "")) tell("这份方案没有读到，请刷新页面再试。");
  }

  /** @type {HTMLInputElement | HTMLSelectElement} */
  let lastFound;

  /** Show the plans that are wanted, and of them what holds the words sought. */
  async function find() {
    const form = partOf("find");
    const [unit, sought] = [form.querySelector("select"), form.querySelector("input")].map((one) => (one ? one.value.trim() : ""));
    const all = /** @type {HTMLElement[]} */ ([...partOf("plans").children]);
    const wanted = all.filter((item) => !unit || !item.dataset.unit || item.dataset.unit === unit);
    for (const item of all) item.hidden = !wanted.includes(item);
    if (!sought) return forget(wanted);
    const searched = wanted.filter((item) => !item.dataset.plan).concat(wanted.filter((item) => item.dataset.plan).slice(0, MOST));
    await need(searched.map((item) => item.dataset.plan || ""));
    if (sought !== (lastFound || { value: "" }).value.trim()) return;
    let count = 0;
    for (const item of wanted) {
      const found = searched.includes(item) ? fill(item, sought) : 0;
      item.hidden = !found;
      item.getElementsByTagName("details")[0].open = found > 0;
      count += found;
    }
    const more = wanted.length > searched.length ? "，只找了一部分方案，请先选单位类型" : "";
    partOf("found").textContent = count ? `找到 ${count} 处${more}` : `没有找到“${sought}”${more}`;
  }

  /** @param {HTMLElement[]} items */
  function forget(items) {
    partOf("found").textContent = `${items.filter((item) => item.dataset.plan).length} 份方案`;
    for (const item of items) {
      const [details] = item.getElementsByTagName("details");
      if (details.dataset.sought) details.open = false;
      const list = details.querySelector("ul");
      if (list) list.remove();
      if (details.open) fill(item, "");
    }
  }

  /* ---------------------------------------------------------- what was picked */

  const KINDS = /** @type {{[kind: string]: string}} */ ({ section: "章节", task: "任务", award: "奖项", list: "成组事项", core: "共同要做的事" });

  /**
   * @param {string} words
   * @param {string} does
   * @param {string} label
   * @param {() => void} act
   */
  function doing(words, does, label, act) {
    const button = make("button", { type: "button", class: "button button--quiet", "data-does": does, "aria-label": `${words}：${label}` }, words);
    button.addEventListener("click", act);
    return button;
  }

  /**
   * @param {Picked} pick
   * @param {number} at
   * @param {Picked[]} all
   */
  function pickedItem(pick, at, all) {
    const label = assembling.labelOf(pick, parts, words) || pick.id;
    const from = parts[pick.plan] ? `《${parts[pick.plan].title}》` : "";
    const up = doing("上移", "up", label, () => move(at, -1));
    const down = doing("下移", "down", label, () => move(at, 1));
    if (!at) up.setAttribute("disabled", "");
    if (at === all.length - 1) down.setAttribute("disabled", "");
    const out = doing("移除", "out", label, () => takeOut(at));
    const item = make("li", { "data-key": keyOf(pick) }, make("span", { class: "chip" }, KINDS[pick.kind]), make("span", { class: "assemble__label" }, label), make("small", {}, from));
    item.append(make("span", { class: "assemble__do" }, up, down, out));
    if (pick.kind === "section") item.append(...ownTasks(pick, at));
    return item;
  }

  /**
   * The tasks of a section that was picked; each may be left out.
   * @param {Picked} pick
   * @param {number} at
   */
  function ownTasks(pick, at) {
    const tasks = assembling.tasksOf({ ...pick, without: [] }, parts);
    const without = pick.without || [];
    if (!tasks.length) return [];
    const list = tasks.map(({ id, text }) => {
      const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", "data-task": id }));
      box.checked = !without.includes(id);
      box.addEventListener("change", () => leaveOut(at, id, !box.checked));
      return make("li", {}, make("label", {}, box, text));
    });
    const summary = make("summary", {}, `${tasks.length - without.filter((id) => tasks.some((task) => task.id === id)).length} / ${tasks.length} 项任务`);
    const details = make("details", { class: "more" }, summary, make("ul", {}, ...list));
    details.toggleAttribute("open", opened.has(keyOf(pick)));
    details.addEventListener("toggle", () => (/** @type {HTMLDetailsElement} */ (details).open ? opened.add(keyOf(pick)) : opened.delete(keyOf(pick))));
    return [details];
  }

  /** Picks of which the tasks are shown. @type {Set<string>} */
  const opened = new Set();

  /**
   * @param {number} at
   * @param {number} by
   */
  function move(at, by) {
    const all = picks();
    const [pick] = all.splice(at, 1);
    all.splice(at + by, 0, pick);
    put(all, `“${assembling.labelOf(pick, parts, words)}”移到第 ${at + by + 1} 项，共 ${all.length} 项。`);
    focusOn(keyOf(pick), by < 0 ? ["up", "down"] : ["down", "up"]);
  }

  /** @param {number} at */
  function takeOut(at) {
    const all = picks();
    const [pick] = all.splice(at, 1);
    put(all, `已移除“${assembling.labelOf(pick, parts, words)}”。`);
    const next = all[Math.min(at, all.length - 1)];
    if (next) focusOn(keyOf(next), ["out"]);
    else /** @type {HTMLElement} */ (document.getElementById("picked")).focus();
  }

  /**
   * @param {number} at
   * @param {string} task
   * @param {boolean} out
   */
  function leaveOut(at, task, out) {
    const all = picks();
    const without = (all[at].without || []).filter((id) => id !== task);
    all[at] = { ...all[at], without: out ? [...without, task] : without };
    put(all, out ? "这项任务不放进来了。" : "这项任务放回来了。");
    const box = /** @type {HTMLElement | null} */ (itemOf(keyOf(all[at])).querySelector(`[data-task="${task}"]`));
    if (box) box.focus();
  }

  /** @param {string} key */
  function itemOf(key) {
    return /** @type {HTMLElement} */ (partOf("picks").querySelector(`[data-key="${key}"]`));
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

  /* ----------------------------------------------------------------- doubles */

  /** @param {Picked[]} all */
  function showDoubles(all) {
    const place = partOf("doubles");
    const groups = assembling.doubles(all, parts, words);
    place.textContent = "";
    if (!groups.length) return;
    const settle = doing("全部按建议处理", "settle", "重复的", () => {
      put(assembling.settled(all, parts, words), "重复的已按建议处理。");
      partOf("said").focus();
    });
    const items = groups.map((group) => make("li", {}, make("p", {}, group.why, "，留哪一条？"), make("ul", {}, ...group.items.map((item, at) => doubleItem(all, group, item, at)))));
    place.append(make("p", {}, make("strong", {}, `有 ${groups.length} 处重复。`), " ", settle), make("ol", { class: "assemble__doubles" }, ...items));
  }

  /**
   * @param {Picked[]} all
   * @param {Doubles} group
   * @param {Double} item
   * @param {number} at
   */
  function doubleItem(all, group, item, at) {
    const keep = doing("留这条", "keep", item.label + item.from, () => {
      put(assembling.keeping(all, group, at), `留下了“${item.label}”${item.from}。`);
      const next = /** @type {HTMLElement | null} */ (partOf("doubles").querySelector("[data-does=keep]"));
      (next || partOf("said")).focus();
    });
    return make("li", {}, item.label, make("small", {}, `${item.from}${at === group.keep ? "，建议留这条" : ""}`), " ", keep);
  }

  /* -------------------------------------------------------------------- plan */

  function today() {
    const now = new Date();
    return dates.iso(Math.floor((now.getTime() - now.getTimezoneOffset() * 60000) / 86400000));
  }

  /** @returns {AboutPlan} */
  function about() {
    const [title, unit, nature, id] = FIELDS.map((name) => input(name).value);
    return { title: assembling.tidyTitle(title), unit, nature, id: id.trim(), updated: today() };
  }

  /**
   * Propose what the reader has not written.
   * @param {Picked[]} all
   */
  function propose(all) {
    const [first] = all.map(({ plan }) => parts[plan]).filter(Boolean);
    const proposed = { unit: first ? first.unit : "", nature: first && first.nature !== "工作汇报" ? first.nature : "方案", id: `own-plan-${today().slice(0, 4)}` };
    for (const [name, value] of Object.entries(proposed)) if (!written.has(name)) input(name).value = value;
  }

  /**
   * @param {Picked[]} all
   * @param {AboutPlan} facts
   * @returns {Content}
   */
  function contentOf(all, facts) {
    const plan = assembling.plan(all, parts, words, { ...facts, id: OWN });
    return planContent.of(plan, words, `组合 ${facts.updated}`);
  }

  /** @returns {string[]} what is still missing */
  function faults() {
    const facts = { ...about(), ...(asFile ? {} : { id: OWN, unit: about().unit || "x" }) };
    const said = assembling.faults(assembling.plan(picks(), parts, words, facts), facts);
    const known = [...partOf("plans").children].map((item) => item.getAttribute("data-plan"));
    const titles = [...partOf("plans").querySelectorAll("li[data-plan] > details > summary")].map((one) => (one.firstChild || one).textContent);
    if (asFile && known.includes(facts.id)) said.push(`编号“${facts.id}”已经有了，请换一个。`);
    if (asFile && titles.includes(facts.title)) said.push("标题和本站的一份方案一样，请换一个。");
    return said;
  }

  /**
   * @param {boolean} wanted as a file
   * @returns {boolean} whether all is there; what is not is said
   */
  function isReady(wanted) {
    asFile = wanted;
    const said = faults();
    partOf("faults").textContent = said.join("");
    const first = said.length && FIELDS.find((name) => !about()[/** @type {"title"} */ (name)]);
    if (first) input(first).focus();
    return !said.length;
  }

  async function create() {
    if (!isReady(false) || !(await isBrought())) return;
    const all = picks();
    const content = contentOf(all, about());
    const { fields, roles } = store.isUsed() ? store.profile(store.active()) : { fields: {}, roles: {} };
    const known = Object.fromEntries(content.tasks.map(({ id, text }) => [id, text]));
    const values = { fields: only(fields, content.fields), roles: only(roles, content.roles) };
    const id = myPlans.create({ plan: "", title: content.title, values, known, cells: { content, picks: all } });
    basket.put([]);
    entries.flush();
    nameAddress(id);
    open(id);
    tell("做好了，已存在这台电脑上。下面可以填空、检查、下载。");
    const fillIn = document.getElementById("fill");
    if (fillIn) fillIn.scrollIntoView();
    partOf("said").focus({ preventScroll: true });
  }

  /** Get the scripts for a plan that is there. */
  function isBrought() {
    return planSite.bring().then(
      () => true,
      () => {
        tell("网页的脚本没有读全，请刷新页面再试。");
        return false;
      },
    );
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

  /** @param {Picked[]} all the picks of the plan that is open, changed */
  function keep(all) {
    myPlans.set(mine, "picks", all);
    const facts = about();
    if (!facts.title) return;
    const content = contentOf(all, facts);
    myPlans.set(mine, "title", content.title);
    myPlans.set(mine, "content", content);
    for (const { id, text } of content.tasks) myPlans.set(mine, `known/${id}`, text);
    showPlan();
  }

  function saveYaml() {
    if (!isReady(true)) return;
    const facts = about();
    const text = planYaml.write(assembling.plan(picks(), parts, words, facts, true));
    downloads.save({ name: `${facts.id}.yaml`, bytes: new TextEncoder().encode(text), type: "application/yaml" });
    tell(`已导出 ${facts.id}.yaml。`);
  }

  /* -------------------------------------------------------- a plan of one's own */

  /**
   * Whether a plan can be shown. Why tried: plans come in files as well.
   * @param {string} id
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

  /** @param {string} id */
  function open(id) {
    mine = id;
    myPlans.use(id, id);
    const content = myPlans.value(id, "content");
    written.clear();
    const unit = Object.keys(words.units).find((one) => words.units[one] === content.unit);
    for (const [name, value] of Object.entries({ title: content.title, unit: unit || "", nature: content.nature })) {
      input(name).value = value;
      written.add(name);
    }
    /** @type {HTMLDetailsElement} */ (partOf("box")).open = false;
    /** @type {HTMLElement} */ (document.querySelector("[data-assemble-do=make]")).hidden = true;
    const section = document.querySelector("[data-assembled]");
    // Why: what is printed has to stand in the article itself, as on a plan's page.
    if (section) section.replaceWith(...section.childNodes);
    showPlan();
    show();
  }

  function showPlan() {
    const content = { ...myPlans.value(mine, "content"), id: mine };
    const heading = document.getElementById("assemble");
    if (heading && heading.firstChild) heading.firstChild.textContent = content.title;
    assembled.show(content, originsOf());
    planSite.panel.show(content);
    document.dispatchEvent(new CustomEvent("plan:shown"));
  }

  function label() {
    const known = myPlans.all().find(({ id }) => id === mine);
    return known ? known.label : "";
  }

  function exportMine() {
    const at = new Date().toISOString();
    const bytes = new TextEncoder().encode(savedFile.written({ plans: [mine] }, at));
    downloads.save({ name: `${downloads.fileName(`文明窗口方案-${label()}-${today()}`)}.json`, bytes, type: "application/json" });
    myPlans.markExported(mine, at);
    tell("已导出，请在浏览器的下载里找。");
  }

  function removeMine() {
    if (!window.confirm(`删除“${label()}”，和里面填的、勾的全部内容？删了找不回来，可以先导出。`)) return;
    myPlans.remove(mine);
    location.assign(location.pathname);
  }

  /** @returns {Origins} */
  function originsOf() {
    const found = Object.entries(assembling.origins(picks(), parts, words));
    return Object.fromEntries(
      found.map(([id, { plan, task }]) => {
        const url = (/** @type {HTMLElement} */ (placeOf(plan)).dataset.parts || "").replace(/[^/]*$/, `index.html#task-${task}`);
        return [id, { plan, task, title: parts[plan].title, url }];
      }),
    );
  }

  function showMine() {
    const all = myPlans.all().filter(({ id }) => myPlans.value(id, "content"));
    const links = all.map(({ id, label }) => make("li", {}, make("a", { href: `?mine=${id}`, ...(id === mine ? { "aria-current": "page" } : {}) }, label)));
    const place = partOf("mine");
    place.hidden = !all.length;
    place.textContent = "";
    place.append(make("p", {}, "我组合的方案："), make("ul", {}, ...links));
    if (mine) {
      const progress = make("a", { href: `../progress/index.html#plan=${mine}` }, "看这份方案的进度");
      place.append(make("p", {}, progress), make("p", {}, make("a", { href: location.pathname }, "另组合一份")));
    }
    partOf("own").hidden = !mine;
    const name = /** @type {HTMLInputElement} */ (partOf("name"));
    if (mine && name !== document.activeElement) name.value = myPlans.value(mine, "name");
  }

  /* ------------------------------------------------------------------- start */

  function show() {
    const all = picks();
    showButtons();
    showDoubles(all);
    partOf("picks").textContent = "";
    partOf("picks").append(...all.map(pickedItem));
    partOf("none").hidden = all.length > 0;
    partOf("some").hidden = !all.length;
    const more = mine ? basket.picks().length : 0;
    partOf("more").hidden = !more;
    /** @type {HTMLElement} */ (partOf("more").firstElementChild).textContent = `把新挑的 ${more} 项加进来`;
    propose(all);
    if (partOf("faults").textContent) isReadyQuietly();
    preview();
    showMine();
  }

  function isReadyQuietly() {
    partOf("faults").textContent = faults().join("");
  }

  function preview() {
    if (!(/** @type {HTMLDetailsElement} */ (partOf("preview")).open)) return;
    const facts = about();
    const content = contentOf(picks(), { ...facts, title: facts.title || "（标题）" });
    const text = partOf("text");
    text.textContent = "";
    for (const line of assembled.paper(content)) {
      text.append(make("p", { class: line.matches("p") ? "" : "assemble__heading" }, line.textContent || ""));
    }
  }

  const DO = /** @type {{[name: string]: () => void}} */ ({
    make: create,
    yaml: saveYaml,
    take: takeMore,
    export: exportMine,
    remove: removeMine,
    clear: () => {
      if (!window.confirm("清空挑好的全部内容？")) return;
      put([], "已清空。");
      /** @type {HTMLElement} */ (document.getElementById("picked")).focus();
    },
  });

  /** @param {Event} event */
  function changed(event) {
    written.add(/** @type {HTMLInputElement} */ (event.target).name);
    if (mine) keep(picks());
    if (partOf("faults").textContent) isReadyQuietly();
    preview();
  }

  function listen() {
    let timer = 0;
    lastFound = /** @type {HTMLInputElement} */ (partOf("find").querySelector("input"));
    partOf("find").addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(find, SETTLED);
    });
    partOf("plans").addEventListener("toggle", unfold, true);
    partOf("preview").addEventListener("toggle", preview);
    for (const name of ["about", "file"]) partOf(name).addEventListener("change", changed);
    partOf("name").addEventListener("change", () => {
      myPlans.set(mine, "name", /** @type {HTMLInputElement} */ (partOf("name")).value.trim());
      showMine();
    });
    for (const form of document.querySelectorAll("[data-assemble] form")) form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of document.querySelectorAll("[data-assemble-do]")) {
      button.addEventListener("click", () => DO[button.getAttribute("data-assemble-do") || ""]());
    }
    entries.listeners.push(({ changed: elsewhere, removed }) => {
      if (mine && removed && removed.includes(`plan:${mine}`)) tell("这份方案在另一个窗口里删掉了。");
      else if (elsewhere) need(picks().map(({ plan }) => plan)).then(show);
    });
  }

  /** @param {Document} page */
  async function start(page) {
    const root = /** @type {HTMLElement | null} */ (page.querySelector("[data-assemble]"));
    if (!root) return;
    const wanted = new URLSearchParams(location.search).get("mine") || "";
    const isThere = wanted && myPlans.has(wanted) && isWhole(wanted);
    if (isThere) mine = wanted;
    const data = await planSite.load(root.dataset.words || "").catch(() => null);
    if (!data) return tell("名称表没有读到，请刷新页面再试。");
    words = data;
    await need(picks().map(({ plan }) => plan));
    listen();
    find();
    if (isThere && !(await isBrought())) return;
    if (isThere) open(wanted);
    else show();
    tell(wanted && !isThere ? "这台电脑上没有这份方案，或者内容不全：可能删掉了，或者存在别的浏览器里。" : "");
  }

  planSite.mount(start);
})();
