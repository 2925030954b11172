// @ts-check
/**
 * Which pages have the words, and how well each answers.
 *
 * @typedef {object} Ranking
 * @property {{[kind: string]: number}} KINDS
 * @property {(pages: SearchPage[], ask: SearchAsk) => Hit[]} findPages
 * @property {(page: SearchPage, ask: SearchAsk) => {found: SectionFound[], scores: number[], best: number, score: number}} scorePage
 */
(function () {
  "use strict";

  const { sum } = siteSearch.lists;
  const { lineLength, placesOf } = siteSearch.pages;

  /** Weights: a word in the page's title, in a section's heading, in its text, beside it. */
  const TITLE = 10;
  const HEADING = 4;
  const BODY = 3;
  const ASIDE = 1;

  /** From about this many characters on, one occurrence in a text says little about it. */
  const LONG = 400;

  /** What a hit counts on a page of a kind, if not in its title: a clerk looks for plans, not for lists of them. */
  const KINDS = /** @type {{[kind: string]: number}} */ ({ 方案: 1, 术语: 1, 清单: 0.7, 单位: 0.7, 指南: 0.4, "": 0.3 });

  /**
   * @param {SearchPage} page
   * @param {SearchAsk} ask
   */
  function matchesPage(page, ask) {
    let present = 0;
    for (const word of ask.words) if (word.forms.some((form) => page.folded.includes(form.text))) present++;
    return present >= ask.least;
  }

  /**
   * @param {SearchPage} page
   * @param {SearchWord[]} words
   * @returns {SectionFound[]} in reading order
   */
  function findSections(page, words) {
    /** @type {Map<number, SectionFound>} */
    const found = new Map();
    words.forEach((word, number) => {
      for (const form of word.forms) countForm(page, form, number, words.length, found);
    });
    return [...found.values()].sort((one, other) => one.section - other.section);
  }

  /**
   * @param {SearchPage} page
   * @param {SearchForm} form
   * @param {number} number of its word
   * @param {number} words
   * @param {Map<number, SectionFound>} found
   */
  function countForm(page, form, number, words, found) {
    let line = 0;
    for (const place of placesOf(page.folded, form.text)) {
      while (line + 1 < page.starts.length && page.starts[line + 1] <= place) line++;
      const one = foundIn(found, Math.floor(line / 3), words);
      const share = 1 + form.text.length / lineLength(page, line);
      if (line % 3 === 0) one.heading[number] = Math.max(one.heading[number], share);
      else (line % 3 === 1 ? one.body : one.aside)[number]++;
    }
  }

  /**
   * @param {Map<number, SectionFound>} found
   * @param {number} section
   * @param {number} words
   */
  function foundIn(found, section, words) {
    const none = () => Array(words).fill(0);
    const one = found.get(section) || { section, heading: none(), body: none(), aside: none() };
    found.set(section, one);
    return one;
  }

  /**
   * Weigh each word in a section: the share of the heading it covers; how often the text has it, for its length.
   * @param {SectionFound} found
   * @param {SearchPage} page
   */
  function weigh(found, page) {
    const often = (/** @type {number} */ times, /** @type {number} */ line) =>
      times / (times + 1 + lineLength(page, 3 * found.section + line) / LONG);
    return found.heading.map(
      (heading, number) =>
        heading * (found.section ? HEADING : TITLE) + BODY * often(found.body[number], 1) + ASIDE * often(found.aside[number], 2),
    );
  }

  /**
   * Score a section by its words, and by those of the page's title, which stands over all of them.
   *
   * Why squared: a section with all the words must beat one that has a single word in its heading.
   * @param {number[]} weights
   * @param {number[]} title
   */
  function sectionScore(weights, title) {
    const all = weights.map((weight, number) => Math.max(weight, title[number] / 2));
    const present = all.filter((weight) => weight > 0).length / all.length;
    return sum(all) * present * present;
  }

  /**
   * Weigh all of a page: the score of each section, and its own.
   * @param {SearchPage} page
   * @param {SearchAsk} ask
   */
  function scorePage(page, ask) {
    const found = findSections(page, ask.words);
    const title = found[0].section ? ask.words.map(() => 0) : found[0].heading.map((share) => share * TITLE);
    const weights = found.map((one) => weigh(one, page));
    const scores = weights.map((each) => sectionScore(each, title));
    const best = Math.max(...scores);
    const all = best + sum(ask.words.map((_, number) => Math.max(...weights.map((each) => each[number]))));
    return { found, scores, best, score: all * likeness(page, ask) * pageWeight(page, title) };
  }

  /**
   * Weigh how like the query a page is: the very text, the same but for case and the like, the words anywhere, others.
   * @param {SearchPage} page
   * @param {SearchAsk} ask
   */
  function likeness(page, ask) {
    if (page.text.includes(ask.typed)) return 4;
    if (page.folded.includes(ask.whole)) return 2;
    const worths = ask.words.map(({ forms }) => forms.find((form) => page.folded.includes(form.text)));
    return worths.reduce((product, form) => product * (form ? form.worth : 1), 1);
  }

  /**
   * Why the title's share: who types a page's name wants that page, whatever its kind.
   * @param {SearchPage} page
   * @param {number[]} title
   */
  function pageWeight(page, title) {
    const covered = sum(title.map((weight) => (weight ? weight / TITLE - 1 : 0)));
    return Math.max(page.kind in KINDS ? KINDS[page.kind] : 1, Math.min(1, covered));
  }

  /**
   * @param {SearchPage[]} pages
   * @param {SearchAsk} ask
   * @returns {Hit[]}
   */
  function findPages(pages, ask) {
    const found = pages.filter((page) => matchesPage(page, ask));
    return found.map((page) => ({ page, ask, score: scorePage(page, ask).score }));
  }

  siteSearch.ranking = { KINDS, findPages, scorePage };
})();
