// @ts-check
/**
 * What the parts of the search share: shapes, and `siteSearch`, to which each adds what it does.
 *
 * Over http they run in a worker, from file:// in the page, under Node for the tests; `dialog.js` starts them when the
 * search box is entered. `macros/search_index.py` writes what is searched, and says in which files.
 *
 * The file that is read first; a page's name is its address, title, kind and unit. `groups`: how many pages each has.
 * @typedef {{version: number, alike: string[], simpler: string, synonyms: [string[], string[]][],
 *   units: {[id: string]: string}, pages: [string, string, string, string][], groups: number[]}} SearchHead
 *
 * A page ready to be searched; a place in `folded` is the same place in `text`, which has three lines for the page
 * and for each of its sections: heading, text, asides. `starts`: where its lines start.
 * @typedef {{url: string, title: string, kind: string, unit: string, anchors: string[], text: string,
 *   folded: string, starts: number[]}} SearchPage
 *
 * A way in which a word may be written, and what it counts beside the word as typed.
 * @typedef {{text: string, worth: number}} SearchForm
 *
 * A word of the query as typed, and the ways in which it is looked for.
 * @typedef {{shown: string, forms: SearchForm[]}} SearchWord
 *
 * What is looked for: pages with at least `least` of the words; `typed` is the query as it is, `whole` the same folded.
 * `open`: the next way of asking is as good, and is tried as well.
 * @typedef {{words: SearchWord[], least: number, typed: string, whole: string, told: string, open?: boolean}} SearchAsk
 *
 * What each word weighs in a section's heading, and how often it stands in its text and asides.
 * @typedef {{section: number, heading: number[], body: number[], aside: number[]}} SectionFound
 *
 * A page that was found, what for, and how well it answers.
 * @typedef {{page: SearchPage, ask: SearchAsk, score: number}} Hit
 *
 * What Material's dialog shows; it puts `title` and `text` into the page as HTML.
 * @typedef {{location: string, title: string, text: string, score: number, terms: {[word: string]: boolean}}} ResultItem
 *
 * Characters that sound like one; those read as letters say, and as they begin.
 * @typedef {{like(char: string, near: boolean): string, read(letters: string, near: boolean): string,
 *   begin(letters: string): string}} Ear
 *
 * What words there are: whether two characters stand side by side anywhere, whether and on how many pages a text occurs
 * (where there is much text: may occur, in how many groups), whether it truly does in what was read; how things sound;
 * the texts there are, and the titles and headings in them.
 * @typedef {{has(one: number, other: number): boolean, chars: string, marks: string, occurs(text: string): boolean,
 *   holds(text: string): boolean, often(text: string): number, ear: Ear, texts(): string[], names(): string[]}} Corpus
 *
 * @typedef {{type: number, data?: any}} SearchMessage
 * @typedef {(files: string[], done: () => void) => void} LoadFiles
 *
 * @typedef {object} SiteSearch
 * @property {SearchLists} lists
 * @property {Folding} folding
 * @property {QueryReading} query
 * @property {SearchPages} pages
 * @property {Ranking} ranking
 * @property {Showing} showing
 * @property {Spelling} spelling
 * @property {Widening} widening
 * @property {SearchLibrary} library
 * @property {SearchEngine} engine
 *
 * @typedef {{sum(numbers: number[]): number, flat<T>(lists: T[][]): T[]}} SearchLists
 */
var siteSearch = /** @type {SiteSearch} */ ({});

(function () {
  "use strict";

  /** @param {number[]} numbers */
  function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
  }

  /**
   * @template T
   * @param {T[][]} lists
   * @returns {T[]}
   */
  function flat(lists) {
    return /** @type {T[]} */ ([]).concat(...lists);
  }

  siteSearch.lists = { sum, flat };
})();
