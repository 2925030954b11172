// @ts-check
/**
 * All pages that can be found, read group by group.
 *
 * `open`: which groups were read; `split`: whether there are several. `widen` asks in other ways.
 * @typedef {object} Library
 * @property {SearchHead} head
 * @property {SearchPage[]} pages
 * @property {boolean[]} open
 * @property {boolean} split
 * @property {(group: number) => void} openGroup
 * @property {(group: number) => SearchPage[]} pagesOf
 * @property {(ask: SearchAsk) => number[]} groupsFor
 * @property {() => void} readFilter
 * @property {(ask: SearchAsk, found: boolean) => IterableIterator<SearchAsk>} widen
 *
 * @typedef {object} SearchLibrary
 * @property {() => {[part: string]: any}} parts
 * @property {(name: string) => any} take
 * @property {(head: SearchHead) => Library} makeLibrary
 */
(function () {
  "use strict";

  const { flat, sum } = siteSearch.lists;
  const { makeFoldTable, fold } = siteSearch.folding;
  const { makePage, lineFolded } = siteSearch.pages;
  const { makePairs, makeEar, MARKS } = siteSearch.spelling;
  const { widen } = siteSearch.widening;

  /** What search files leave for us, by the name of the part. @returns {{[part: string]: any}} */
  function parts() {
    const holder = /** @type {{__siteSearch?: {[part: string]: any}}} */ (/** @type {unknown} */ (self));
    return (holder.__siteSearch = holder.__siteSearch || {});
  }

  /**
   * Take a part that was loaded; it is not needed twice.
   * @param {string} name
   */
  function take(name) {
    const part = parts()[name];
    delete parts()[name];
    return part;
  }

  /**
   * Hold all pages: at first only their titles, then the text of one group after the other.
   * @param {SearchHead} head
   * @returns {Library}
   */
  function makeLibrary(head) {
    if (head.version !== 2) throw new Error(`search/index.js: version ${head.version}`);
    makeFoldTable(head.alike, head.simpler);
    const pages = head.pages.map((name) => makePage(name));
    const open = head.groups.map(() => false);
    const starts = head.groups.map((_, at) => sum(head.groups.slice(0, at)));
    const split = head.groups.length > 1;
    /** @type {[number[], string][]} */
    let filter = [];
    /** @type {Corpus | undefined} */
    let corpus;

    /** @param {number} group */
    function openGroup(group) {
      const bodies = take(`text${group}`);
      if (!bodies || open[group]) return;
      bodies.forEach((/** @type {[string, string]} */ body, /** @type {number} */ at) => {
        pages[starts[group] + at] = makePage(head.pages[starts[group] + at], body);
      });
      open[group] = true;
    }

    /** @param {number} group */
    function pagesOf(group) {
      return pages.slice(starts[group], starts[group] + head.groups[group]);
    }

    /**
     * @param {string} text
     * @returns {boolean[]} for each group whether it may have the text
     */
    function groupsWith(text) {
      const may = head.groups.map(() => true);
      for (let at = 0; split && at + 1 < text.length; at++) {
        const numbers = numbersOf(text.substr(at, 2));
        // Why halves of characters are passed over: the filter has none.
        if (/[\ud800-\udfff]/.test(text.substr(at, 2))) continue;
        if (!numbers || numbers.length) may.forEach((_, group) => (may[group] = may[group] && !!numbers && numbers.includes(group)));
      }
      return may;
    }

    /** @param {string} pair */
    function numbersOf(pair) {
      for (const [numbers, pairs] of filter) {
        for (let at = pairs.indexOf(pair); at >= 0; at = pairs.indexOf(pair, at + 1)) if (at % 2 === 0) return numbers;
      }
      return undefined;
    }

    /** @param {SearchAsk} ask */
    function groupsFor(ask) {
      const words = ask.words.map((word) => word.forms.map((form) => groupsWith(form.text)));
      return open.map((_, group) => group).filter((group) => {
        const present = words.filter((forms) => forms.some((may) => may[group])).length;
        return present >= ask.least;
      });
    }

    /** @returns {Corpus} */
    function makeCorpus() {
      const pairs = makePairs((see) => {
        for (const [, text] of filter) for (let at = 0; at < text.length; at += 2) see(text.charCodeAt(at), text.charCodeAt(at + 1));
        for (const { folded } of split ? [] : pages) {
          for (let at = 1; at < folded.length; at++) see(folded.charCodeAt(at - 1), folded.charCodeAt(at));
        }
      });
      const all = split ? "" : pages.map((page) => page.folded).join("\n");
      return {
        ...pairs,
        marks: [...pairs.chars].filter((char) => MARKS.test(char)).join(""),
        ear: makeEar(take("sounds") || {}),
        occurs: (text) => (split ? groupsWith(text).includes(true) : all.includes(text)),
        holds: (text) =>
          groupsWith(text).some((may, group) => may && (!open[group] || pagesOf(group).some((page) => page.folded.includes(text)))),
        often: (text) =>
          (split ? groupsWith(text) : pages.map((page) => page.folded.includes(text))).filter(Boolean).length,
        // Why titles alone where there is much text: reading on for something that may be wrong would take seconds.
        texts: () => pages.map((page) => (split ? lineFolded(page, 0) : page.folded)),
        names: () => flat(pages.map((page) => page.starts.filter((_, line) => (split ? !line : line % 3 === 0)).map((_, at) => lineFolded(page, 3 * at)))),
      };
    }

    const synonyms = /** @type {[string[], string[]][]} */ (head.synonyms.map((pair) => pair.map((names) => names.map(fold))));
    return {
      head,
      pages,
      open,
      split,
      openGroup,
      pagesOf,
      groupsFor,
      readFilter: () => void (filter = take("filter") || filter),
      widen: (/** @type {SearchAsk} */ ask, /** @type {boolean} */ found) => widen(ask, synonyms, (corpus = corpus || makeCorpus()), found),
    };
  }

  siteSearch.library = { parts, take, makeLibrary };
})();
