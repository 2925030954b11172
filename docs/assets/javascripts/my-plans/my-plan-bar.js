// @ts-check
/**
 * The reader's own plan on a plan's page: choosing, making, naming, exporting and deleting one; the link that carries
 * what was filled in. What was filled in is shown by panel.js, how far the tasks are by task-states.js.
 */
(function () {
  "use strict";

  const { clipboard, downloads, entries, inputs, myPlans, panel, savedFile, shareLink, store, taskFacts, taskStates } = planSite;
  const { make } = inputs;

  const SETTLED = 400;
  /** Changes after which an export is advised: where there never was one, and after the last. */
  const [UNSAVED, UNSAVED_AGAIN] = [10, 20];
  /** Characters of a link that programs for mail and chat let through. */
  const LONGEST = 8000;
  const NOT_READ = "方案的数据没有读到，请刷新页面再试。";
  const NOT_MADE = `${NOT_READ}没有建立。`;

  /** @type {{[action: string]: () => void}} */
  const ACTIONS = { ask: () => ask(Boolean(form().hidden)), cancel: () => ask(false), export: exportFile, link: copyLink, remove };

  let plan = "";
  /** The open plan, as it is shown. */
  let shown = "";
  /** The open plan, as the reader was told last, and the last that was open. */
  let [told, last] = ["", ""];
  let settling = 0;
  let isMaking = false;
  /** @type {Element} */
  let root;

  /** @param {string} name */
  function partOf(name) {
    return /** @type {HTMLElement} */ (root.querySelector(`[data-my-${name}]`));
  }

  function form() {
    return /** @type {HTMLFormElement} */ (partOf("new"));
  }

  /** @param {string} name */
  function fieldOf(name) {
    return /** @type {HTMLInputElement} */ (form().elements.namedItem(name));
  }

  /** @param {string} name */
  function inputOf(name) {
    return /** @type {HTMLInputElement} */ (partOf(name));
  }

  /** @param {string} words */
  function say(words) {
    partOf("said").textContent = words;
  }

  function choice() {
    return /** @type {HTMLSelectElement} */ (partOf("choice"));
  }

  /* -------------------------------------------------------------------- show */

  function show() {
    shown = myPlans.open(plan);
    const some = all().length > 0;
    showChoice();
    const [ask, more] = [root.querySelector("[data-my-do=ask]"), partOf("more")];
    if (ask) ask.textContent = some ? "再建一份" : "建立我的方案";
    partOf("hint").hidden = some;
    partOf("progress").hidden = !some;
    more.hidden = !shown;
    for (const [input, words] of shown ? [[inputOf("name"), myPlans.value(shown, "name")], [inputOf("writer"), myPlans.writer()]] : []) {
      if (input !== document.activeElement) input.value = words;
    }
    showInPanel();
    showNotes();
  }

  function showChoice() {
    const [select, known] = [choice(), all()];
    /** @type {HTMLElement} */ (select.closest("label")).hidden = !known.length;
    const signature = JSON.stringify(known);
    // Why not at every change: a list that is open would close.
    if (select.dataset.shown !== signature) {
      select.length = 1;
      for (const { id, label: words } of known) select.add(new Option(words, id));
      select.dataset.shown = signature;
    }
    select.value = shown;
  }

  function label() {
    const known = all().find(({ id }) => id === shown);
    return known ? known.label : "";
  }

  /** @returns {{id: string, label: string}[]} those of this template, which then need not be named by its title */
  function all() {
    const ours = myPlans.all().filter((one) => one.plan === plan);
    return ours.map(({ id, label: words, title }) => ({ id, label: words.replace(` · ${title}`, "") }));
  }

  /** Say in the fill-in panel where it keeps what is filled in. */
  function showInPanel() {
    const [mine, profile] = [document.querySelector("[data-fill-mine]"), document.querySelector("[data-fill-profile]")];
    const saving = document.querySelector("[data-fill-do=export]");
    const words = shown ? `这里填的归到我的方案“${label()}”，和单位资料分开存。` : "";
    if (mine && mine.textContent !== words) mine.textContent = words;
    if (mine instanceof HTMLElement) mine.hidden = !shown;
    for (const part of [profile, saving]) if (part instanceof HTMLElement) part.hidden = Boolean(shown);
  }

  function showNotes() {
    const all = shown ? myPlans.clashes(shown) : [];
    // What the template said is no reader's.
    const count = all.filter(({ path }) => !/^(known|left)\/|^title$/.test(path)).length;
    const address = `../../progress/index.html${shown && `?mine=${shown}`}`;
    partOf("progress").setAttribute("href", address);
    /** @type {Element} */ (partOf("clashes").querySelector("a")).setAttribute("href", `${address}#conflicts`);
    note("clashes", count ? `有 ${count} 处几个人填得不一样，请定一个。` : "");
    note("remind", shown ? entries.trouble() || reminder(myPlans.changes(shown)) : "");
  }

  /**
   * @param {string} name
   * @param {string} words
   */
  function note(name, words) {
    const [part, place] = [partOf(name), partOf(name).querySelector("span")];
    part.hidden = !words;
    if (place && place.textContent !== words) place.textContent = words;
  }

  /** @param {number} count */
  function reminder(count) {
    const { exported } = myPlans.doc(shown);
    if (!exported || !exported.at) return count < UNSAVED ? "" : `已经记了 ${count} 处，都只在这台电脑上。导出一份留个底吧。`;
    return count < UNSAVED_AGAIN ? "" : `上次导出以后又改了 ${count} 处，再导出一份吧。`;
  }

  function followed() {
    told = shown;
    last = shown || last;
  }

  /** Show another plan, or none, everywhere on the page. */
  function reopen() {
    show();
    followed();
    panel.reload();
    if (shown) panel.ready().then(panel.reload, () => undefined);
    taskStates.show();
  }

  /* -------------------------------------------------------------------- make */

  /** @param {boolean} wanted whether the form that makes a plan is shown */
  function ask(wanted) {
    const button = /** @type {HTMLElement} */ (root.querySelector("[data-my-do=ask]"));
    form().hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    fault("");
    if (!wanted) return button.focus();
    const { fields = {} } = valuesNow();
    fieldOf("unit").value = fields["unit-name"] || "";
    fieldOf("year").value = shown ? "" : fields.year || "";
    fieldOf("name").value = "";
    fieldOf("writer").value = myPlans.writer();
    (["unit", "year"].map(fieldOf).find(({ value }) => !value) || fieldOf("name")).focus();
  }

  /** @returns {Given} */
  function valuesNow() {
    return shown ? myPlans.values(shown) : store.values(store.active(), plan);
  }

  /** @param {string} words or nothing */
  function fault(words) {
    partOf("fault").textContent = words;
    fieldOf("year").setAttribute("aria-invalid", words ? "true" : "false");
  }

  /** @param {Event} event */
  function submitted(event) {
    event.preventDefault();
    const year = inputs.tidy("year", fieldOf("year").value);
    const wrong = inputs.fault({ name: "year", label: "", type: "year", group: "" }, year);
    fault(wrong);
    if (wrong) return fieldOf("year").focus();
    const [unit, name, writer] = ["unit", "name", "writer"].map((field) => fieldOf(field).value.trim());
    whenReady(() => {
      const now = /** @type {Current} */ (panel.current());
      myPlans.setWriter(writer);
      const fields = { ...keptFields(now), "unit-name": unit, year };
      const values = { ...now.values, phases: shown ? {} : now.values.phases, waived: shown ? {} : now.waived, options: now.options };
      create(now.content, { ...values, fields }, { ...ticks(), ...(name ? { name } : {}) });
      ask(false);
      done("已建立");
    });
  }

  /**
   * Make a plan once the template is read; who presses again meanwhile makes no second one.
   * @param {(current: Current) => void} made
   */
  function whenReady(made) {
    if (isMaking) return;
    isMaking = true;
    panel
      .ready()
      .then(made, () => say(NOT_MADE))
      .then(() => (isMaking = false));
  }

  /**
   * Give what a new plan takes over: what was filled in; of an open plan not what is of its year.
   * @param {Current} current
   * @returns {Texts}
   */
  function keptFields({ content, values }) {
    const asked = content.fields.filter(({ id, group }) => !shown || (group !== "日期" && id !== "new-measures"));
    const given = values.fields || {};
    return Object.fromEntries(asked.filter(({ id }) => given[id]).map(({ id }) => [id, given[id]]));
  }

  /** @returns {Texts} cells of the tasks ticked on the page; those of an open plan stay with it */
  function ticks() {
    const tasks = shown ? [] : taskStates.ticked();
    const cells = tasks.map((task) => [[`tasks/${task}/state`, "done"], [`tasks/${task}/done`, taskFacts.today()]]);
    return Object.fromEntries(cells.reduce((all, some) => all.concat(some), []));
  }

  /**
   * @param {Content} content
   * @param {{[section: string]: any}} values
   * @param {Texts} cells
   */
  function create(content, values, cells) {
    const known = Object.fromEntries(content.tasks.map(({ id, text }) => [id, text]));
    myPlans.create({ plan, title: content.title, values, known, cells });
    reopen();
  }

  /** @param {string} what happened */
  function done(what) {
    say(`${what}“${label()}”。往后填的、勾的、记的都存在这一份里。`);
    choice().focus();
  }

  /* ----------------------------------------------------------- name, file, delete */

  function exportFile() {
    const at = new Date().toISOString();
    const bytes = new TextEncoder().encode(savedFile.written({ plans: [shown] }, at));
    const name = `${downloads.fileName(`我的方案-${label()}-${taskFacts.today()}`)}.json`;
    downloads.save({ name, bytes, type: "application/json" });
    myPlans.markExported(shown, at);
    say(bytes.length > savedFile.LARGEST ? "已导出，但超过 2 MB，导不回来，请删短再导出。" : "已导出，请在浏览器的下载里找。");
    choice().focus({ preventScroll: true });
    showNotes();
  }

  function remove() {
    const name = label();
    myPlans.remove(shown);
    reopen();
    say(`已删除“${name}”。现在看的是示例。`);
    const next = choice().options.length > 1 ? choice() : root.querySelector("[data-my-do=ask]");
    if (next instanceof HTMLElement) next.focus();
  }

  /** @param {Event} event */
  function pressed({ target }) {
    const button = target instanceof Element && target.closest("[data-my-do]");
    const question = button && button.getAttribute("data-ask");
    if (!button || (question && !window.confirm(question))) return;
    ACTIONS[button.getAttribute("data-my-do") || ""]();
  }

  /* -------------------------------------------------------------------- link */

  function copyLink() {
    const now = panel.current();
    if (!now) return say(NOT_READ);
    const text = shareLink.written(location.href, now.content, now.values, now.options);
    const isCopied = clipboard.copy({ text });
    const long = text.length > LONGEST ? `链接有 ${text.length} 个字，邮件和聊天软件可能会截断，请改用“导出这份方案”发文件。` : "";
    say(`${isCopied ? "已复制链接，里面含有填写的内容。" : "浏览器不让网页直接复制。"}${long}`);
    showAddress(isCopied ? "" : text);
  }

  /** @param {string} address to be copied by hand, or nothing */
  function showAddress(address) {
    const input = /** @type {HTMLInputElement} */ (partOf("address").querySelector("input"));
    partOf("address").hidden = !address;
    input.value = address;
    if (address) input.focus();
    if (address) input.select();
  }

  /** Take what a link carries out of the address at once, and ask what to do with it. Nothing is kept before that. */
  function receive() {
    const { hash } = location;
    if (!shareLink.isOne(hash)) return;
    forget();
    try {
      offer(shareLink.opened(hash));
    } catch (error) {
      tell(/** @type {Error} */ (error).message, closing("知道了"));
    }
  }

  function forget() {
    try {
      history.replaceState(history.state, "", location.pathname + location.search);
    } catch (error) {
      // From file:// older kernels refuse.
      location.replace("#");
    }
  }

  /** @param {Carried} carried */
  function offer(carried) {
    const count = shareLink.count(carried);
    if (!count) return tell("链接里没有填写的内容。", closing("知道了"));
    const { "unit-name": unit, year } = carried.fields;
    const whose = [unit, year && `${year}年`].filter(Boolean).join("，");
    const use = make("button", { type: "button", class: "button button--primary" }, "用它建立我的方案");
    use.addEventListener("click", () => take(carried));
    tell(`这个链接带来了填好的内容${whose && `：${whose}`}，共 ${count} 处。现在还没有存到这台电脑上。`, use, closing("不要"));
  }

  /**
   * @param {string} words
   * @param {...HTMLElement} buttons
   */
  function tell(words, ...buttons) {
    const row = make("div", { class: "plan-bar__row" }, ...buttons);
    partOf("link").textContent = "";
    partOf("link").append(make("div", { class: "notice" }, make("p", {}, words), row));
  }

  /** @param {string} words */
  function closing(words) {
    const button = make("button", { type: "button", class: "button" }, words);
    button.addEventListener("click", () => {
      partOf("link").textContent = "";
      /** @type {HTMLElement} */ (root.querySelector("[data-my-do=ask]")).focus();
    });
    return button;
  }

  /** @param {Carried} carried only what the template asks for is taken */
  function take({ fields, roles, phases, options }) {
    whenReady(({ content }) => {
      const values = { fields: only(fields, content.fields), roles: only(roles, content.roles), phases: only(phases, content.phases), options };
      create(content, values, {});
      partOf("link").textContent = "";
      done("已用链接里的内容建立");
    });
  }

  /**
   * @param {{[key: string]: any}} values
   * @param {{id: string}[]} asked
   */
  function only(values, asked) {
    return Object.fromEntries(asked.filter(({ id }) => values[id]).map(({ id }) => [id, values[id]]));
  }

  /* -------------------------------------------------------------------- news */

  /** @param {News} news */
  function heard({ changed, removed }) {
    if (!changed) return settle();
    const [before, known] = [told, last];
    show();
    followed();
    if (removed && removed.includes(`plan:${known}`)) say("这份方案在另一个窗口里删掉了，现在看的是示例。");
    else if (before !== shown) say(shown ? `另一个窗口里打开了“${label()}”，这里也换成了这一份。` : "另一个窗口里换成了只看示例，这里也换了。");
  }

  /** Follow what is filled in and noted, once it rests. */
  function settle() {
    window.clearTimeout(settling);
    settling = window.setTimeout(show, SETTLED);
  }

  function filled() {
    if (myPlans.open(plan) === shown) return settle();
    show();
    taskStates.show();
  }

  /** @param {Document} page */
  function start(page) {
    const found = page.querySelector("[data-my-plan]");
    if (!found) return;
    root = found;
    plan = found.getAttribute("data-my-plan") || "";
    root.addEventListener("click", pressed);
    form().addEventListener("submit", submitted);
    choice().addEventListener("change", () => {
      myPlans.use(plan, choice().value);
      reopen();
      say(shown ? `现在用的是“${label()}”。` : "现在看的是示例，填的归到单位资料，勾选不保存。");
    });
    partOf("name").addEventListener("change", () => {
      myPlans.set(shown, "name", inputOf("name").value.trim());
      show();
    });
    partOf("writer").addEventListener("change", () => myPlans.setWriter(inputOf("writer").value));
    entries.listeners.push(heard);
    page.addEventListener("plan:filled", filled);
    page.addEventListener("plan:noted", settle);
    page.addEventListener("plan:wanted", () => ask(true));
    window.addEventListener("hashchange", receive);
    receive();
    show();
    followed();
  }

  planSite.mount(start);
})();
