// @ts-check
/** The leftover check of any text: pasted, or of a plan filled in on this computer. Nothing of it is kept. */
(function () {
  "use strict";

  const { entries, findings, inputs, leftovers, myPlans, store } = planSite;

  /** Stands for a profile where a choice names a plan of the reader's own. */
  const MINE = "mine";
  const NOT_READ = "方案的数据没有读到，请刷新页面再试。";

  /** What was found last, to be copied. */
  let results = "";
  /** What was filled in, while the text is still that of a filled plan. */
  /** @type {Texts} */
  let given = {};

  /**
   * @param {string} name
   * @returns {any} an input of the form
   */
  function input(name) {
    return document.querySelector(`[data-check] [name="${name}"]`);
  }

  /** @param {string} name */
  function partOf(name) {
    return /** @type {HTMLElement} */ (document.querySelector(`[data-check-${name}]`));
  }

  /** @param {string} words */
  function tell(words) {
    partOf("said").textContent = words;
  }

  /* ------------------------------------------------------------------- check */

  async function run() {
    const text = input("text").value.replace(/\r\n?/g, "\n");
    if (!text.trim()) {
      clear();
      return tell("请先把文字粘贴到上面。");
    }
    const names = await leftovers.need().catch(() => null);
    const example = await content(input("plan")).catch(() => null);
    const lines = text.split("\n");
    const own = [input("unit").value, input("place").value].map((one) => one.trim()).filter(Boolean);
    const place = names && !leftovers.placesOf(own, names).length ? leftovers.guessPlace(lines, names) : "";
    const places = leftovers.placesOf(place ? [place] : own, names);
    const year = Number(input("year").value) || leftovers.guessYear(lines) || new Date().getFullYear();
    const template = example ? leftovers.templateOf(example) : "";
    const found = leftovers.check(lines, { year, years: [], own, places, allowed: [], given, template, names });
    show(lines, found);
    const notes = [
      names ? "" : "名称表没有读到，别处的地名和范文里的名称没有核对；请刷新页面再试。",
      place ? `所在地没有写，或者不认识，按文中说得最多的“${place}”判断。` : "",
      input("year").value ? "" : `没有写年份，按${year}年判断。`,
      example ? `有 ${percent(text, template)}% 和《${example.title}》的示例一样。` : "",
    ];
    tell(findings.told(found) + notes.join(""));
  }

  /**
   * @param {string} text
   * @param {string} template
   */
  function percent(text, template) {
    return Math.round(leftovers.likeness(text, new Set(leftovers.runsOf(template))).share * 100);
  }

  /**
   * @param {string[]} lines
   * @param {Finding[]} found
   */
  function show(lines, found) {
    findings.show(partOf("found"), lines, found, ({ line }) => {
      const button = inputs.make("button", { type: "button", class: "button" }, `看第 ${line + 1} 行`);
      button.addEventListener("click", () => leadTo(line));
      return [button];
    });
    const rows = lines.map((text, line) => inputs.make("li", { id: `line-${line + 1}` }, text));
    /** @type {Map<number, Finding[]>} */
    const byLine = new Map();
    for (const one of found) byLine.set(one.line, [...(byLine.get(one.line) || []), one]);
    for (const [line, some] of byLine) {
      rows[line].textContent = "";
      rows[line].append(...findings.marked(lines[line], some));
    }
    partOf("lines").textContent = "";
    partOf("lines").append(...rows);
    partOf("results").hidden = false;
    results = found.map(({ line, found: words, say, fix }) => `第 ${line + 1} 行“${words}”：${say}。${fix}`).join("\n");
  }

  /** @param {number} line */
  function leadTo(line) {
    const row = /** @type {HTMLElement} */ (partOf("lines").children[line]);
    row.tabIndex = -1;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  }

  function clear() {
    for (const name of ["found", "lines"]) partOf(name).textContent = "";
    partOf("results").hidden = true;
    results = "";
    tell("");
  }

  /* ------------------------------------------------------------ filled plans */

  /**
   * @param {HTMLSelectElement} select whose choice names a plan
   * @returns {Promise<Content | null>}
   */
  async function content(select) {
    const option = select.selectedOptions[0];
    return option && option.dataset.content ? planSite.load(option.dataset.content) : null;
  }

  /** Offer the plans that were filled in on this computer. */
  function offerFilled() {
    const plans = /** @type {HTMLOptionElement[]} */ ([...input("plan").options]);
    const offer = (/** @type {string} */ words, /** @type {string} */ value, /** @type {string | undefined} */ from) => {
      const option = new Option(words, value);
      if (from) option.dataset.content = from;
      input("filled").add(option);
    };
    for (const { id, label, plan } of myPlans.all()) {
      const known = plans.find(({ value }) => value === plan && plan);
      if (known || myPlans.value(id, "content")) offer(`我的方案：${label}`, `${MINE}:${id}`, known && known.dataset.content);
    }
    for (const { id, label } of store.profiles()) {
      const prefix = `fill:${id}:`;
      for (const plan of entries.keys(prefix).map((key) => key.slice(prefix.length))) {
        const known = plans.find(({ value }) => value === plan);
        if (known) offer(`${label}：${known.text}`, `${id}:${plan}`, known.dataset.content);
      }
    }
    input("filled").closest("label").hidden = input("filled").length < 2;
  }

  /**
   * @param {Content} filled
   * @param {Given} values
   * @returns {string} nothing where it cannot be filled in: the content of an assembled plan may come in a file
   */
  function textOf(filled, values) {
    try {
      return leftovers.linesOf(filled, values).map(({ text }) => text).join("\n");
    } catch (error) {
      return "";
    }
  }

  /** Take the text and the names of a filled plan. */
  async function take() {
    const [of, id] = input("filled").value.split(":");
    const isMine = of === MINE;
    const own = isMine ? myPlans.value(id, "content") : null;
    const filled = own || (await content(input("filled")).catch(() => null));
    if (!filled) return input("filled").value && tell(NOT_READ);
    const values = isMine ? myPlans.values(id) : store.values(of, id);
    const text = textOf(filled, values);
    if (!text) return tell(NOT_READ);
    input("text").value = text;
    input("plan").value = isMine ? myPlans.doc(id).plan : id;
    given = values.fields || {};
    prefill(given);
    return run();
  }

  /** @param {Texts} fields */
  function prefill(fields) {
    input("unit").value = fields["unit-name"] || "";
    input("place").value = fields.city || fields.province || "";
    input("year").value = fields.year || "";
  }

  /* ------------------------------------------------------------------- start */

  planSite.mount((page) => {
    const form = /** @type {HTMLFormElement | null} */ (page.querySelector("[data-check]"));
    if (!form) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    form.addEventListener("reset", () => {
      given = {};
      clear();
    });
    input("text").addEventListener("input", () => (given = {}));
    input("filled").addEventListener("change", take);
    offerFilled();
    if (store.isUsed()) prefill(store.profile(store.active()).fields);
    planSite.clipboard.serve(page, "[data-check-results]", () => ({ text: results, said: "已复制找到的全部内容" }));
  });
})();
