// @ts-check
/**
 * A page, and places in its text.
 *
 * @typedef {object} SearchPages
 * @property {(name: [string, string, string, string], body?: [string, string]) => SearchPage} makePage
 * @property {(page: SearchPage, line: number) => number} lineLength
 * @property {(page: SearchPage, line: number) => string} lineText
 * @property {(page: SearchPage, line: number) => string} lineFolded
 * @property {(text: string, word: string) => number[]} placesOf
 */
(function () {
  "use strict";

  const { fold } = siteSearch.folding;

  /**
   * Make a page of its name, and of its text once that is there.
   * @param {[string, string, string, string]} name
   * @param {[string, string]} [body] its anchors and its text
   * @returns {SearchPage}
   */
  function makePage([url, title, kind, unit], body) {
    const [anchors, text] = body || ["", title];
    let next = 0;
    const starts = text.split("\n").map((line) => (next += line.length + 1) - line.length - 1);
    return { url, title, kind, unit, anchors: anchors.split(" "), text, folded: fold(text), starts };
  }

  /**
   * @param {SearchPage} page
   * @param {number} line
   */
  function lineLength(page, line) {
    const next = line + 1 < page.starts.length ? page.starts[line + 1] : page.text.length + 1;
    return next - page.starts[line] - 1;
  }

  /**
   * @param {SearchPage} page
   * @param {number} line
   */
  function lineText(page, line) {
    return page.text.substr(page.starts[line], lineLength(page, line));
  }

  /**
   * @param {SearchPage} page
   * @param {number} line
   */
  function lineFolded(page, line) {
    return page.folded.substr(page.starts[line], lineLength(page, line));
  }

  /**
   * @param {string} text
   * @param {string} word
   */
  function placesOf(text, word) {
    const places = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push(at);
    return places;
  }

  siteSearch.pages = { makePage, lineLength, lineText, lineFolded, placesOf };
})();
