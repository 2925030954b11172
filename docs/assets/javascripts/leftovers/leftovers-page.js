// @ts-check
/** The leftover check on a plan's page: what is found in the filled plan, waived or taken back, and how much is copied. */
(function () {
  "use strict";

  const { inputs, myPlans, panel, store } = planSite;

  const SETTLED = 600;
  const NEW_MEASURES = "new-measures";
  const PAPER = "[data-paper=title], h3[id^=s-], h4[id^=s-], h5[id^=s-], h6[id^=s-], [data-paper=line]";
  /** What stands beside the words of a paragraph. */
  const BESIDE = ".headerlink, [data-copy-skip]";
  const NOT_READ = "没有读到，请刷新页面再试。";
  const NO_PLACE = "看不出本单位在哪里，别处的地名没有核对；请填上单位全称或所在城市。";
  const NO_NAMES = "名称表没有读到，别处的地名和范文里的名称没有核对；请刷新页面再试。";

  let timer = 0;

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  function partOf(name) {
    return /** @type {HTMLElement} */ (document.querySelector(`[data-leftovers-${name}]`));
  }

  /** Check what is filled in, and show what is found. */
  async function run() {
    const now = await panel.ready().then(() => planSite.bring()).then(panel.current, () => null);
    if (!partOf("found")) return;
    if (!now) return tell(NOT_READ);
    const { findings, leftovers } = planSite;
    const { content, values, waived } = now;
    const names = await leftovers.need().catch(() => null);
    const lines = leftovers.linesOf(content, values);
    const texts = lines.map(({ text }) => text);
    const about = leftovers.aboutOf(content, values, names);
    const all = leftovers.check(texts, about);
    const left = all.filter(({ key }) => !waived[key]);
    keepStill(() => {
      findings.show(partOf("found"), texts, left.map((one) => ({ ...one, fix: fixOf(one, content) })), (one) => doings(one, lines[one.line], content));
      showWaived(all.filter(({ key }) => waived[key]), waived);
      showLikeness(content, values);
      tell(findings.told(left) + (names ? "" : NO_NAMES) + (names && !about.places.length ? NO_PLACE : ""));
    });
  }

  /**
   * Change the section and keep what the reader points at, or what has the focus, where it is. Why: the check comes by
   * itself after typing, and its list would push a button below away from under the hand; the browser itself keeps only
   * what is at the window's top.
   * @param {() => void} change
   */
  function keepStill(change) {
    const held = [...document.querySelectorAll(":hover")].pop() || document.activeElement;
    const before = held ? held.getBoundingClientRect().top : 0;
    change();
    if (held && held.isConnected) window.scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
  }

  /** @param {string} words */
  function tell(words) {
    if (partOf("said").textContent !== words) partOf("said").textContent = words;
  }

  /* ------------------------------------------------------------ what to do */

  /**
   * @param {Finding} one
   * @param {Content} content
   */
  function blankOf({ found }, content) {
    return content.fields.find(({ label }) => found === `【${label}】`);
  }

  /**
   * @param {Finding} one
   * @param {Content} content
   */
  function fixOf(one, content) {
    const blank = blankOf(one, content);
    return blank && blank.id === NEW_MEASURES ? "要自己写，写好以前一直是草稿。" : one.fix;
  }

  /**
   * @param {Finding} one
   * @param {Line} line
   * @param {Content} content
   */
  function doings(one, line, content) {
    const blank = blankOf(one, content);
    const lead = blank ? button("去填", () => panel.lead(blank.id)) : button("看原处", () => leadTo(line, one));
    return [lead, ...(one.draft && !(blank && blank.id === NEW_MEASURES) ? [waiving(one)] : [])];
  }

  /**
   * @param {string} words
   * @param {() => void} press
   */
  function button(words, press) {
    const made = inputs.make("button", { type: "button", class: "button" }, words);
    made.addEventListener("click", press);
    return made;
  }

  /** @param {Finding} one */
  function waiving({ key, found }) {
    const reason = /** @type {HTMLInputElement} */ (inputs.make("input", { type: "text", required: "", autocomplete: "off" }));
    const label = inputs.make("label", {}, `“${found}”为什么可以留着`, reason);
    const form = inputs.make("form", {}, label, inputs.make("button", { class: "button" }, "放行"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      waive(key, reason.value.trim());
    });
    return inputs.make("details", { class: "more" }, inputs.make("summary", {}, "放行"), form);
  }

  /**
   * @param {string} key
   * @param {string} reason none: no longer
   */
  function waive(key, reason) {
    panel.waive(key, reason);
    document.dispatchEvent(new CustomEvent("plan:filled"));
    run().then(() => partOf("said").focus());
  }

  /**
   * @param {Finding[]} found
   * @param {Texts} reasons
   */
  function showWaived(found, reasons) {
    const keys = new Map(found.map((one) => [one.key, one.found]));
    const items = [...keys].map(([key, words]) => inputs.make("li", {}, `“${words}”：${reasons[key]}`, button("收回", () => waive(key, ""))));
    const place = partOf("waived");
    place.textContent = "";
    place.hidden = !items.length;
    place.append(inputs.make("summary", {}, `已放行 ${items.length} 处`), inputs.make("ul", {}, ...items));
  }

  /* -------------------------------------------------------------- the place */

  /**
   * Show where in the page something was found, selected.
   * @param {Line} line
   * @param {Finding} one
   */
  function leadTo({ text, place }, one) {
    const [kind, id] = place.split(":");
    if (kind === "issue-date") return panel.lead(kind);
    const papers = [...document.querySelectorAll(PAPER)];
    const element = kind === "task" ? document.querySelector(`[data-task-id="${id}"]`) : papers.find((paper) => wordsOf(paper).text.includes(text));
    const target = /** @type {HTMLElement | null} */ (element || document.getElementById("supervision") || document.getElementById("checklist"));
    if (!target) return;
    target.tabIndex = -1;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
    select(target, text, one);
  }

  /** @param {Element} element */
  function wordsOf(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    /** @type {Node[]} */
    const nodes = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      if (!(node.parentElement && node.parentElement.closest(BESIDE))) nodes.push(node);
    }
    return { nodes, text: nodes.map((node) => node.textContent).join("") };
  }

  /**
   * @param {Element} element
   * @param {string} line
   * @param {Finding} one
   */
  function select(element, line, { from, to, found }) {
    const { nodes, text } = wordsOf(element);
    const start = text.includes(line) ? text.indexOf(line) + from : text.indexOf(found);
    const selection = getSelection();
    if (start < 0 || !selection) return;
    const [first, last] = [at(nodes, start), at(nodes, start + to - from)];
    if (first && last) selection.setBaseAndExtent(first[0], first[1], last[0], last[1]);
  }

  /**
   * @param {Node[]} nodes
   * @param {number} offset
   * @returns {[Node, number] | null}
   */
  function at(nodes, offset) {
    for (const node of nodes) {
      const { length } = node.textContent || "";
      if (offset <= length) return [node, offset];
      offset -= length;
    }
    return null;
  }

  /* -------------------------------------------------------------- likeness */

  /**
   * @param {Content} content
   * @param {Given} values
   */
  function showLikeness(content, values) {
    const { leftovers } = planSite;
    const [whole, ...parts] = leftovers.similarity(content, values).map(({ name, share, size }) => ({ name, size, percent: Math.round(share * 100) }));
    const place = partOf("likeness");
    place.textContent = "";
    place.append(inputs.make("p", {}, inputs.make("strong", {}, `全文还有 ${whole.percent}% 和示例一样。`)));
    const unwritten = leftovers.ownFields(content, values).map(({ id, label }) => button(label, () => panel.lead(id)));
    if (unwritten.length) place.append(inputs.make("p", {}, "下面这些示例里没有，要写本单位实际："), inputs.make("p", { class: "finding__do" }, ...unwritten));
    const rows = parts.filter(({ size }) => size).map(({ name, percent }) => inputs.make("li", {}, `${name}：${percent}%`));
    place.append(inputs.make("details", { class: "more" }, inputs.make("summary", {}, "各部分和示例一样的比例"), inputs.make("ul", {}, ...rows)));
  }

  /* ------------------------------------------------------------------- start */

  /** Check anew once the reader stops typing, and is not at work in the list, which would be made anew under him. */
  function settle() {
    window.clearTimeout(timer);
    const now = panel.current();
    const isFilled = store.isUsed() || (now !== null && myPlans.open(now.content.id));
    if (isFilled) timer = window.setTimeout(() => (partOf("found").contains(document.activeElement) ? settle() : run()), SETTLED);
  }

  planSite.mount((page) => {
    if (!page.querySelector("[data-leftovers]")) return;
    partOf("run").addEventListener("click", run);
    page.addEventListener("plan:filled", settle);
  });
})();
