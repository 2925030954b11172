// @ts-check
/**
 * What stands twice among what was picked, or nearly, and which of it stays. Everything here is pure.
 *
 * Something that stands there twice, or nearly: each with the index of its pick; `task` where it comes with a section.
 * `keep` is the index of the one proposed.
 * @typedef {{at: number, label: string, from: string, task: string}} Double
 * @typedef {{why: string, items: Double[], keep: number}} Doubles
 *
 * @typedef {object} FindingDoubles
 * @property {(picks: Picked[], parts: AllParts, words: Words) => Doubles[]} find
 * @property {(picks: Picked[], group: Doubles, keep: number) => Picked[]} keeping
 * @property {(picks: Picked[], parts: AllParts, words: Words) => Picked[]} settled
 */
(function () {
  "use strict";

  const { pickedParts } = planSite;
  const { EDITOR } = pickedParts;

  /** Kinds of section of which a plan has one. */
  const SINGLE = ["背景与依据", "指导思想", "目标", "主题口号", "责任分工"];
  /** From which share of common pairs of characters two tasks say nearly the same. */
  const ALIKE = 0.75;
  const MOST_GROUPS = 1000;

  /** @typedef {Double & {pairs: Set<string>, worth: number}} ComparedTask */

  /** @type {FindingDoubles["find"]} */
  function find(picks, parts, words) {
    return [...comingTwice(picks, parts, words), ...alikeSections(picks, parts, words), ...alikeTasks(picks, parts, words)];
  }

  /**
   * @param {Picked} pick
   * @param {AllParts} parts
   */
  function fromOf({ plan }, parts) {
    return parts[plan] ? `《${parts[plan].title}》` : "";
  }

  /**
   * @param {Picked[]} picks
   * @param {number} at
   * @param {AllParts} parts
   * @param {Words} words
   * @returns {Double}
   */
  function doubleAt(picks, at, parts, words) {
    return { at, label: pickedParts.labelOf(picks[at], parts, words), from: fromOf(picks[at], parts), task: "" };
  }

  /* ------------------------------------------------------------------ sections */

  /**
   * What was picked alone and comes with a section as well.
   * @type {FindingDoubles["find"]}
   */
  function comingTwice(picks, parts, words) {
    return picks.flatMap((pick, at) => {
      const other = picks.findIndex((one) => pickedParts.comesWith(pick, one, parts));
      if (other < 0) return [];
      const items = [other, at].map((index) => doubleAt(picks, index, parts, words));
      return [{ why: "单独挑的，已经包含在挑的一节里", items, keep: 0 }];
    });
  }

  /**
   * Sections of which a plan has one, or with one heading.
   * @type {FindingDoubles["find"]}
   */
  function alikeSections(picks, parts, words) {
    const chosen = pickedParts.resolved(picks, parts, words);
    /** @type {Map<string, number[]>} */
    const groups = new Map();
    picks.forEach((pick, at) => {
      const found = pickedParts.sectionOf(pick, parts);
      if (!found || !chosen.includes(pick)) return;
      const { kind = "", heading } = found.section;
      const key = SINGLE.includes(kind) ? kind : heading;
      groups.set(key, [...(groups.get(key) || []), at]);
    });
    const alike = [...groups].filter(([, ats]) => ats.length > 1);
    return alike.map(([key, ats]) => ({ why: `都是“${key}”`, items: ats.map((at) => doubleAt(picks, at, parts, words)), keep: 0 }));
  }

  /* --------------------------------------------------------------------- tasks */

  /**
   * Tasks with the same text, or nearly.
   * @type {FindingDoubles["find"]}
   */
  function alikeTasks(picks, parts, words) {
    /** @type {ComparedTask[][]} */
    const groups = [];
    for (const task of comparedTasks(picks, parts, words)) {
      // Why never two of one plan: its source tells them apart.
      const group = groups.find((some) => some.every(({ from }) => from !== task.from) && shared(some[0].pairs, task.pairs) >= ALIKE);
      if (group) group.push(task);
      else groups.push([task]);
    }
    return groups.filter((group) => group.length > 1).map(doublesOf);
  }

  /**
   * @param {Picked[]} picks
   * @param {AllParts} parts
   * @param {Words} words
   * @returns {ComparedTask[]}
   */
  function comparedTasks(picks, parts, words) {
    const chosen = pickedParts.resolved(picks, parts, words);
    return picks.flatMap((pick, at) => {
      if (!chosen.includes(pick)) return [];
      const from = fromOf(pick, parts);
      return pickedParts.tasksBrought(pick, parts, words).map((task) => {
        const inside = pick.kind === "section" ? task.id : "";
        return { at, label: task.text, from, task: inside, pairs: pairsOf(task.text), worth: worthOf(task) };
      });
    });
  }

  /**
   * @param {ComparedTask[]} group
   * @returns {Doubles}
   */
  function doublesOf(group) {
    const best = Math.max(...group.map(({ worth }) => worth));
    const items = group.map(({ at, label, from, task }) => ({ at, label, from, task }));
    const same = new Set(group.map(({ label }) => label)).size === 1;
    return { why: same ? "任务相同" : "任务差不多", items, keep: group.findIndex(({ worth }) => worth === best) };
  }

  /** @param {PlanTask} task how much it says */
  function worthOf({ origin, threshold, when, record }) {
    return (origin === EDITOR ? 0 : 4) + (threshold ? 2 : 0) + (when.phase || when.date ? 1 : 0) + (record.origin === EDITOR ? 0 : 1);
  }

  /** @param {string} text */
  function pairsOf(text) {
    const plain = text.replace(/【[^】]*】/g, "").replace(/[^0-9A-Za-z\u3400-\u9fff]/g, "");
    /** @type {Set<string>} */
    const found = new Set();
    for (let at = 0; at < plain.length - 1; at++) found.add(plain.slice(at, at + 2));
    return found.size ? found : new Set([plain]);
  }

  /**
   * @param {Set<string>} one
   * @param {Set<string>} other
   */
  function shared(one, other) {
    let both = 0;
    for (const pair of one) if (other.has(pair)) both += 1;
    return (2 * both) / (one.size + other.size);
  }

  /* ------------------------------------------------------------------ settling */

  /** @type {FindingDoubles["keeping"]} */
  function keeping(picks, { items }, keep) {
    const others = items.filter((_, at) => at !== keep);
    return picks.flatMap((pick, at) => {
      const mine = others.filter((one) => one.at === at);
      if (mine.some(({ task }) => !task)) return [];
      return mine.length ? [{ ...pick, without: [...(pick.without || []), ...mine.map(({ task }) => task)] }] : [pick];
    });
  }

  /** @type {FindingDoubles["settled"]} */
  function settled(picks, parts, words) {
    let left = picks;
    // Why one at a time: a pick that is dropped moves those after it.
    for (let most = MOST_GROUPS; most; most--) {
      const [first] = find(left, parts, words);
      if (!first) break;
      left = keeping(left, first, first.keep);
    }
    return left;
  }

  planSite.doubles = { find, keeping, settled };
})();
