// @ts-check
/**
 * The fill-in panel of a plan's page: asks for what the plan leaves blank, keeps it, and writes it into the page.
 *
 * What is filled in now; `waived` are findings of the leftover check that may stay, with reasons.
 * @typedef {{content: Content, values: Given, options: {[key: string]: any}, waived: Texts}} Current
 *
 * @typedef {object} Panel
 * @property {() => Current | null} current null until the plan's content is there
 * @property {() => Promise<Current>} ready fails where it cannot be had
 * @property {(content: Content) => void} show
 * @property {(options: {[key: string]: any}) => void} setOptions
 * @property {(finding: string, reason: string) => void} waive without a reason it is taken back
 * @property {(key: string) => void} lead
 * @property {() => void} reload
 * @property {(words: string, more?: HTMLElement) => void} say
 */
(function () {
  "use strict";

  const { entries, fillForm, filling, inputs, myPlans, phaseRows, places, store } = planSite;

  const DATES = "日期";
  const NEW_MEASURES = "new-measures";
  /** Asked for, but most papers do without it. */
  const OPTIONAL = "addressee";
  const NOT_READ = "方案的数据没有读到，请刷新页面再试。";

  /** @typedef {{content: Content, places: PagePlaces, asks: Map<string, Ask>}} Open */
  /** @type {Open | null} */
  let open = null;
  /** @type {Promise<Current> | null} */
  let opening = null;

  /** @param {string} name of a part of the panel */
  function partOf(name) {
    return /** @type {HTMLElement} */ (document.querySelector(`[data-fill-${name}]`));
  }

  /* ---------------------------------------------------------------- what there is */

  /** @returns {Current | null} */
  function current() {
    if (!open) return null;
    const { values, own } = holder(open.content);
    const { options, waived } = own();
    return { content: open.content, values: values(), options, waived };
  }

  /**
   * Where what is filled in is kept: in the reader's own plan that is open, else in the profile in use.
   * @param {Content} content
   */
  function holder({ id }) {
    const mine = myPlans.open(id);
    return mine ? myPlans.holder(mine) : store.holder(store.active(), id);
  }

  function ready() {
    if (opening) return opening;
    const root = /** @type {HTMLElement} */ (document.querySelector("[data-fill]"));
    opening = planSite.load(root.dataset.content || "").then(take);
    opening.catch(() => {
      opening = null;
      say(NOT_READ);
    });
    return opening;
  }

  /**
   * Take the content of a plan that the page has made itself, also in the place of another.
   * @param {Content} content
   */
  function show(content) {
    partOf("form").textContent = "";
    opening = Promise.resolve(take(content));
    if (/** @type {HTMLDetailsElement} */ (partOf("box")).open) build();
  }

  /** @param {() => void} act not done where the content cannot be had: that is said */
  function whenReady(act) {
    ready().then(act, () => undefined);
  }

  /**
   * @param {Content} content
   * @returns {Current}
   */
  function take(content) {
    const fields = content.fields.map((field) => ({ ...field, name: field.id }));
    const roles = content.roles.map(({ id, name }) => ({ name: `role:${id}`, label: name, type: "text", group: "科室" }));
    const asks = /** @type {Ask[]} */ ([...fields, ...roles]).map((ask) => /** @type {[string, Ask]} */ ([ask.name, ask]));
    open = { content, places: places.find(document, content), asks: new Map(asks) };
    const own = open.asks.get(NEW_MEASURES);
    if (own) own.hint = `必须填。${content.new_measures}${own.hint}`;
    write();
    return /** @type {Current} */ (current());
  }

  /** Write what is filled in into the page. */
  function write() {
    const now = current();
    if (!open || !now) return;
    places.write(open.places, filling.slots(now.content, now.values));
    count(now.values);
    if (isBuilt() && now.content.phases.length) phaseRows.show(partOf("form"), now.content, now.values);
    if (!(partOf("said").textContent || "").includes(entries.trouble())) say("");
    document.dispatchEvent(new CustomEvent("plan:filled"));
  }

  /** Show all that is kept, after it changed elsewhere. */
  function reload() {
    const now = current();
    if (!open || !now) return;
    for (const control of controls()) {
      const ask = open.asks.get(control.name);
      if (!ask) continue;
      inputs.put(control, valueOf(now.values, ask.name));
      inputs.tell(control, faultOf(ask, now.values));
    }
    write();
  }

  /**
   * @param {Given} values
   * @param {string} name
   */
  function valueOf({ fields, roles }, name) {
    return (name.startsWith("role:") ? (roles || {})[name.slice(5)] : (fields || {})[name]) || "";
  }

  /**
   * Say what is wrong with what was filled in; new measures are not last year's.
   * @param {Ask} ask
   * @param {Given} values
   */
  function faultOf(ask, values) {
    const [value, last] = [valueOf(values, ask.name), ask.name === NEW_MEASURES && values.last ? values.last[NEW_MEASURES] : ""];
    if (last && !value.trim()) return `去年写的是“${last}”，今年要写新做的。`;
    return last && last.trim() === value.trim() ? "和去年写的一样，今年要写新做的。" : inputs.fault(ask, value);
  }

  /** @param {{[key: string]: any}} options those that change */
  function setOptions(options) {
    for (const key of Object.keys(options)) setOwn("options", key, options[key]);
  }

  /**
   * @param {string} finding
   * @param {string} reason
   */
  function waive(finding, reason) {
    setOwn("waived", finding, reason);
  }

  /**
   * @param {string} section of what is the plan's own
   * @param {string} key
   * @param {any} value
   */
  function setOwn(section, key, value) {
    if (open) holder(open.content).set(section, key, value, true);
  }

  /* ---------------------------------------------------------------- the form */

  /** @returns {Control[]} */
  function controls() {
    return [.../** @type {NodeListOf<Control>} */ (partOf("form").querySelectorAll("[name]"))];
  }

  function isBuilt() {
    return partOf("form").firstElementChild !== null;
  }

  function build() {
    if (!open || isBuilt()) return;
    partOf("form").append(...fillForm.parts([...open.asks.values()], open.content));
    reload();
  }

  /**
   * Count what is filled in, in all and by part.
   * @param {Given} values
   */
  function count(values) {
    const asks = open ? [...open.asks.values()].filter(({ name }) => name !== OPTIONAL && !name.startsWith("role:")) : [];
    const told = (/** @type {Ask[]} */ some) =>
      some.length ? `已填 ${some.filter(({ name }) => valueOf(values, name).trim()).length} / ${some.length}` : "";
    partOf("count").textContent = told(asks);
    for (const place of partOf("form").querySelectorAll("[data-fill-of]")) {
      const groups = (place.getAttribute("data-fill-of") || "").split(",");
      place.textContent = told(asks.filter(({ group }) => groups.includes(group)));
    }
  }

  /* -------------------------------------------------------------- what is typed */

  /** @param {Event} event */
  function hear(event) {
    const control = /** @type {Control} */ (event.target);
    const [kind, key, end] = control.name.split(":");
    const now = current();
    if (!open || !now || /** @type {InputEvent} */ (event).isComposing) return;
    const ask = open.asks.get(kind);
    if (kind === "phase") setOwn("phases", key, phaseRows.move(now.content, now.values, key, end, control.value));
    else if (ask && (ask.group === DATES || kind === NEW_MEASURES)) setOwn("fields", kind, control.value);
    else holder(now.content).set(key ? "roles" : "fields", key || kind, control.value, false);
    write();
  }

  /** @param {Event} event when an input is left */
  function judge(event) {
    const control = /** @type {Control} */ (event.target);
    const ask = open && open.asks.get(control.name);
    const tidy = ask ? inputs.tidy(ask.type, control.value) : control.value;
    if (tidy !== control.value) {
      control.value = tidy;
      hear(event);
    }
    const now = current();
    if (ask && now) inputs.tell(control, control.validity.badInput ? "日期没有写全。" : faultOf(ask, now.values));
    // Why not over a button: leaving the input by a click on it would take it away before it is clicked.
    if (!partOf("said").firstElementChild) say(`${partOf("count").textContent}${entries.trouble() ? "" : "，已存在这台电脑上"}。`);
  }

  /** @param {Event} event */
  function press(event) {
    const button = event.target instanceof Element && event.target.closest("[data-fill-phase]");
    if (!button) return;
    setOwn("phases", button.getAttribute("data-fill-phase") || "", null);
    const input = button.parentElement && button.parentElement.querySelector("input");
    if (input) input.focus();
    reload();
  }

  /* ------------------------------------------------------ from the text and back */

  /** @type {Element | null} */
  let cameFrom = null;
  const back = typeof document === "undefined" ? null : backButton();

  /** @param {Event} event a click, or a key pressed, on a place in the text; words that are being selected are left alone */
  function follow(event) {
    const place = event.target instanceof Element && event.target.closest("[data-slot] [role=link]");
    const slot = place && place.closest("[data-slot]");
    if (!place || !slot || (event instanceof KeyboardEvent ? event.key !== "Enter" : String(getSelection()))) return;
    event.preventDefault();
    cameFrom = slot;
    lead(place.getAttribute("data-field") || slot.getAttribute("data-slot") || "");
  }

  /**
   * Lead to the input for a place.
   * @param {string} key
   */
  function lead(key) {
    const name = key.replace(/^(time|phase):(.*)/, "phase:$2:first");
    whenReady(() => {
      unfold();
      const control = controls().find((one) => one.name === name);
      const part = control && control.closest("details");
      const row = control && control.closest(".fill__row, .fill__phase");
      if (!control || !part || !row) return;
      part.open = true;
      control.focus({ preventScroll: true });
      control.scrollIntoView({ block: "center" });
      if (cameFrom && back) row.append(back);
    });
  }

  function backButton() {
    const button = inputs.make("button", { type: "button", class: "button button--quiet" }, "回到正文");
    button.addEventListener("click", () => {
      button.remove();
      const key = cameFrom && cameFrom.getAttribute("data-slot");
      // Why sought again: a paragraph that was parted is made anew.
      const slot = cameFrom && cameFrom.isConnected ? cameFrom : document.querySelector(`[data-slot="${key}"]`);
      const place = /** @type {HTMLElement | null} */ (slot && slot.querySelector("[role=link]"));
      if (place) place.focus({ preventScroll: true });
      if (slot) slot.scrollIntoView({ block: "center" });
    });
    return button;
  }

  function unfold() {
    build();
    /** @type {HTMLDetailsElement} */ (partOf("box")).open = true;
  }

  /* -------------------------------------------------------------------- news */

  /**
   * Say something below the panel, and what is wrong with keeping.
   * @param {string} words
   * @param {HTMLElement} [more] a button that belongs to it
   */
  function say(words, more) {
    const [place, told] = [partOf("said"), words + entries.trouble()];
    if (place.textContent !== told) place.textContent = told;
    if (more) place.append(more);
  }

  /** @param {News} news */
  function heard({ changed, removed, conflicts }) {
    if (changed) reload();
    if (removed && removed.some((key) => key.startsWith("profile:"))) say("有一份资料在另一个窗口里删掉了。");
    if (conflicts && conflicts.length) tellConflicts(conflicts);
    if (!(partOf("said").textContent || "").includes(entries.trouble())) say("");
  }

  /** @param {Conflict[]} conflicts */
  function tellConflicts(conflicts) {
    const button = inputs.make("button", { type: "button", class: "button button--quiet" }, "改回这里填的");
    button.addEventListener("click", () => {
      conflicts.forEach(store.insist);
      reload();
      say("已改回这里填的。");
    });
    say(`${conflicts.map(labelOf).join("、")}在另一个窗口里也改了，现在用的是那边的。`, button);
  }

  /** @param {Conflict} conflict */
  function labelOf({ path: [section, key] }) {
    const ask = open && open.asks.get(section === "roles" ? `role:${key}` : key);
    const phase = open && open.content.phases.find(({ id }) => section === "phases" && id === key);
    if (phase || ask) return `“${phase ? phase.name : ask && ask.label}”`;
    return section === "name" ? "资料的名称" : "另一个方案的内容";
  }

  /* ------------------------------------------------------------------- start */

  /** @param {Document} page */
  function start(page) {
    const [box, form] = [partOf("box"), partOf("form")];
    if (!box) return;
    box.addEventListener("toggle", () => whenReady(build));
    form.addEventListener("input", hear);
    form.addEventListener("compositionend", hear);
    form.addEventListener("change", judge);
    form.addEventListener("click", press);
    form.addEventListener("submit", (event) => event.preventDefault());
    page.addEventListener("click", follow);
    page.addEventListener("keydown", follow);
    for (const link of page.querySelectorAll('a[href="#fill"]')) link.addEventListener("click", () => whenReady(unfold));
    entries.listeners.push(heard);
    say("");
    const { fill: plan = "", content } = /** @type {HTMLElement} */ (page.querySelector("[data-fill]")).dataset;
    if (content && (store.isUsed() || myPlans.open(plan))) ready();
  }

  planSite.panel = { current, ready, show, setOptions, waive, lead, reload, say };
  planSite.mount(start);
})();
