// @ts-check
/**
 * What is typed, split into words.
 *
 * @typedef {{parseQuery(query: string): SearchAsk}} QueryReading
 */
(function () {
  "use strict";

  const { fold } = siteSearch.folding;

  /** Characters that take no room and are never typed on purpose. */
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

  /**
   * Split a query at blanks; quotes, also Chinese ones, keep a phrase together.
   * @param {string} query
   * @returns {SearchAsk}
   */
  function parseQuery(query) {
    const typed = query.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
    const whole = fold(typed);
    /** @type {Map<string, SearchWord>} */
    const words = new Map();
    for (const [start, end] of wordPlaces(whole)) {
      const text = whole.slice(start, end);
      if (!words.has(text)) words.set(text, { shown: typed.slice(start, end), forms: [{ text, worth: 1 }] });
    }
    return { words: [...words.values()], least: words.size, typed, whole, told: "" };
  }

  /**
   * Why the last line: whoever searches for quotes alone means the quotes.
   * @param {string} folded
   * @returns {[number, number][]}
   */
  function wordPlaces(folded) {
    /** @type {[number, number][]} */
    const places = [];
    for (const match of matches(/"\s*([^"]*[^"\s])\s*"?|[^\s"]+/g, folded)) {
      const word = match[1] === undefined ? match[0] : match[1];
      const start = match.index + match[0].indexOf(word);
      places.push([start, start + word.length]);
    }
    return places.length || !folded ? places : [[0, folded.length]];
  }

  /**
   * Why not `matchAll`: Chromium 73 has it, ES2019 has not.
   * @param {RegExp} pattern
   * @param {string} text
   */
  function matches(pattern, text) {
    const found = [];
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) found.push(match);
    return found;
  }

  siteSearch.query = { parseQuery };
})();
