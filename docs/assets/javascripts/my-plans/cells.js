// @ts-check
/**
 * Values that several people write, each into a copy of their own; copies are merged in any order, and nothing is lost.
 *
 * How: each writing has a mark, `<writer>:<n>`, the n-th of one window; `seen` tells for each writer up to which n a copy
 * knows. A writing that a copy knows of but does not hold was written over there; one that it does not know of is news.
 * Two that were written without knowing of each other both stay, until somebody decides by writing over them. (In the
 * literature: a multi-value register with a version vector; Shapiro et al., RR-7506, 2011.)
 *
 * `at` is when, ISO; `by` is who, in the reader's words. Why the times decide nothing: clocks of computers are wrong.
 * @typedef {{value: any, by: string, at: string, mark: string}} Writing
 * @typedef {{seen: {[writer: string]: number}, cells: {[path: string]: Writing[]}}} CellsDoc
 * @typedef {{path: string, writings: Writing[]}} Clash
 *
 * @typedef {object} Cells
 * @property {() => CellsDoc} empty
 * @property {(doc: CellsDoc, path: string, value: any, who: {writer: string, by: string, at: string}) => void} write
 * @property {(doc: CellsDoc, path: string) => any} value
 * @property {(doc: CellsDoc, prefix: string) => {[rest: string]: any}} under
 * @property {(one: CellsDoc, other: CellsDoc) => CellsDoc} merge
 * @property {(doc: CellsDoc) => Clash[]} clashes
 * @property {(doc: CellsDoc, seen: {[writer: string]: number}) => string[]} since
 * @property {(value: any) => CellsDoc | null} read
 */
(function () {
  "use strict";

  /** @returns {CellsDoc} */
  function empty() {
    return { seen: Object.create(null), cells: Object.create(null) };
  }

  /**
   * Write over all that stands at a path.
   * @param {CellsDoc} doc
   * @param {string} path
   * @param {any} value "" for nothing
   * @param {{writer: string, by: string, at: string}} who
   */
  function write(doc, path, value, { writer, by, at }) {
    const there = doc.cells[path] || [];
    if (there.length < 2 && same(there.length ? there[0].value : "", value)) return;
    const number = (doc.seen[writer] || 0) + 1;
    doc.seen[writer] = number;
    doc.cells[path] = [{ value, by, at, mark: `${writer}:${number}` }];
  }

  /**
   * @param {any} one
   * @param {any} other
   */
  function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  /**
   * @param {CellsDoc} doc
   * @param {string} path
   * @returns {any} of several the one that was written last; "" where there is none
   */
  function value(doc, path) {
    const [last] = [...(doc.cells[path] || [])].sort(lastFirst);
    return last ? last.value : "";
  }

  /**
   * @param {Writing} one
   * @param {Writing} other
   */
  function lastFirst(one, other) {
    return -order(one.at, other.at) || order(one.mark, other.mark);
  }

  /**
   * @param {string} one
   * @param {string} other
   */
  function order(one, other) {
    return Number(one > other) - Number(one < other);
  }

  /**
   * Give the values that are not empty below a path, by the rest of their path.
   * @param {CellsDoc} doc
   * @param {string} prefix
   */
  function under(doc, prefix) {
    /** @type {{[rest: string]: any}} */
    const found = Object.create(null);
    for (const path of Object.keys(doc.cells)) {
      const given = path.startsWith(prefix) ? value(doc, path) : "";
      if (given !== "") found[path.slice(prefix.length)] = given;
    }
    return found;
  }

  /* ------------------------------------------------------------------- merge */

  /**
   * @param {CellsDoc} one
   * @param {CellsDoc} other
   * @returns {CellsDoc} the same whichever comes first; in order, so that it is also the same as text
   */
  function merge(one, other) {
    const merged = empty();
    for (const writer of names(one.seen, other.seen)) {
      merged.seen[writer] = Math.max(one.seen[writer] || 0, other.seen[writer] || 0);
    }
    for (const path of names(one.cells, other.cells)) {
      const [mine, theirs] = [one, other].map((doc) => doc.cells[path] || []);
      const kept = [...mine.filter((writing) => stands(writing, theirs, other)), ...theirs.filter((writing) => stands(writing, mine, one))];
      merged.cells[path] = distinct(kept);
    }
    return merged;
  }

  /**
   * @param {object} one
   * @param {object} other
   */
  function names(one, other) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  }

  /**
   * Whether a writing stands beside what another copy holds: that copy has it too, or never saw it.
   * @param {Writing} writing
   * @param {Writing[]} others
   * @param {CellsDoc} doc
   */
  function stands({ mark }, others, doc) {
    return others.some((other) => other.mark === mark) || isNews(mark, doc.seen);
  }

  /** @param {Writing[]} writings */
  function distinct(writings) {
    const byText = new Map(writings.map((writing) => [JSON.stringify([writing.mark, writing.at, writing.by, writing.value]), writing]));
    return [...byText.keys()].sort().map((text) => /** @type {Writing} */ (byText.get(text)));
  }

  /**
   * @param {CellsDoc} doc
   * @returns {Clash[]} where different values stand beside each other
   */
  function clashes(doc) {
    const several = Object.keys(doc.cells).filter((path) => new Set(doc.cells[path].map((one) => JSON.stringify(one.value))).size > 1);
    return several.sort().map((path) => ({ path, writings: [...doc.cells[path]].sort(lastFirst) }));
  }

  /**
   * @param {CellsDoc} doc
   * @param {{[writer: string]: number}} seen what a copy knew of
   * @returns {string[]} the paths at which there is something that it did not know of
   */
  function since({ cells }, seen) {
    return Object.keys(cells).filter((path) => cells[path].some(({ mark }) => isNews(mark, seen)));
  }

  /**
   * @param {string} mark
   * @param {{[writer: string]: number}} seen
   */
  function isNews(mark, seen) {
    const at = mark.lastIndexOf(":");
    return Number(mark.slice(at + 1)) > (seen[mark.slice(0, at)] || 0);
  }

  /* -------------------------------------------------------------------- read */

  /**
   * Read what may be anything. Why without prototypes: a foreign file may hold `__proto__`.
   * @param {any} given
   * @returns {CellsDoc | null} null: no such thing
   */
  function read(given) {
    const { isMap } = planSite.entries;
    if (!isMap(given) || !isMap(given.seen) || !isMap(given.cells)) return null;
    const isWhole =
      Object.values(given.seen).every((number) => Number.isInteger(number) && number > 0) &&
      Object.values(given.cells).every((writings) => Array.isArray(writings) && writings.length && writings.every(isWriting));
    const [seen, cells] = [given.seen, given.cells].map((map) => Object.assign(Object.create(null), map));
    return isWhole ? { seen, cells } : null;
  }

  /** @param {any} given */
  function isWriting(given) {
    if (!planSite.entries.isMap(given) || given.value === undefined) return false;
    return typeof given.by === "string" && typeof given.at === "string" && /^[a-z0-9]+:[1-9][0-9]*$/.test(given.mark);
  }

  planSite.cells = { empty, write, value, under, merge, clashes, since, read };
})();
