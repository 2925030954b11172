// @ts-check
/**
 * What the leftover check found, as a list by kind: each with its line and what to do.
 *
 * @typedef {object} FindingsList
 * @property {(place: HTMLElement, lines: string[], found: Finding[], doings: (finding: Finding) => (Node | string)[]) => void} show
 * @property {(found: Finding[]) => string} told
 * @property {(text: string, found: {from: number, to: number}[]) => (Node | string)[]} marked
 */
(function () {
  "use strict";

  const { inputs, leftovers } = planSite;

  /** As many of a kind are shown at first, and as many characters around what is found. */
  const MOST = 30;
  const AROUND = 28;

  /**
   * Put together what is the same: one blank may stand in many lines.
   * @param {Finding[]} found
   */
  function byKey(found) {
    /** @type {Map<string, Finding[]>} */
    const keys = new Map();
    for (const one of found) keys.set(one.key, [...(keys.get(one.key) || []), one]);
    return [...keys.values()];
  }

  /** @param {Finding[]} found */
  function told(found) {
    const kinds = Object.keys(leftovers.KINDS).map((kind) => [leftovers.KINDS[kind], byKey(found.filter((one) => one.kind === kind)).length]);
    const some = kinds.filter(([, count]) => count).map(([name, count]) => `${name} ${count} 处`);
    return some.length ? `找到：${some.join("，")}。` : "没有找到要改的地方。";
  }

  /** @type {FindingsList["show"]} */
  function show(place, lines, found, doings) {
    place.textContent = "";
    for (const kind of Object.keys(leftovers.KINDS)) {
      const groups = byKey(found.filter((one) => one.kind === kind));
      if (!groups.length) continue;
      const items = groups.map((group) => () => item(group, lines, doings));
      const list = inputs.make("ul", { class: "findings" }, ...items.slice(0, MOST).map((make) => make()));
      const head = inputs.make(place.dataset.heading || "h3", { class: "findings__kind" }, leftovers.KINDS[kind], inputs.make("small", {}, `${groups.length} 处`));
      place.append(head, list, ...(items.length > MOST ? [more(list, items.slice(MOST))] : []));
    }
  }

  /**
   * @param {HTMLElement} list
   * @param {(() => HTMLElement)[]} items
   */
  function more(list, items) {
    const button = inputs.make("button", { type: "button", class: "button" }, `再看 ${items.length} 处`);
    button.addEventListener("click", () => {
      const added = items.map((make) => make());
      list.append(...added);
      button.remove();
      /** @type {HTMLElement | null} */
      const first = added[0].querySelector("button");
      if (first) first.focus();
    });
    return button;
  }

  /**
   * @param {Finding[]} group
   * @param {string[]} lines
   * @param {(finding: Finding) => (Node | string)[]} doings
   */
  function item(group, lines, doings) {
    const [one] = group;
    const { line, from, to, say, fix } = one;
    const start = Math.max(0, from - AROUND);
    const words = lines[line].slice(start, to + AROUND);
    const quote = marked(words, [{ from: from - start, to: to - start }]);
    const [before, after] = [start ? "…" : "", to + AROUND < lines[line].length ? "…" : ""];
    const count = group.length > 1 ? `共 ${group.length} 处。` : "";
    return inputs.make(
      "li",
      { class: "finding", "data-kind": one.kind },
      inputs.make("p", { class: "finding__line" }, before, ...quote, after),
      inputs.make("p", { class: "finding__say" }, `${say}。${count}${fix}`),
      inputs.make("div", { class: "finding__do" }, ...doings(one)),
    );
  }

  /** @type {FindingsList["marked"]} */
  function marked(text, found) {
    let last = 0;
    const parts = found.map(({ from, to }) => {
      const before = text.slice(last, from);
      last = to;
      return [before, inputs.make("mark", {}, text.slice(from, to))];
    });
    return [...parts.reduce((all, some) => all.concat(some), []), text.slice(last)];
  }

  planSite.findings = { show, told, marked };
})();
