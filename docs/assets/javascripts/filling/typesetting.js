// @ts-check
/**
 * What of an official paper's layout depends on what was filled in: macros/typesetting.py in the browser, to the letter.
 *
 * @typedef {object} Typesetting
 * @property {(title: string, plain: (text: string) => string) => string} titleLines
 * @property {(number: string, lead: string, line: string) => {lead: Item[], rest: string}} runIn
 * @property {(signer: string, date: string) => {date_right: string, signer_right: string}} signature
 */
(function () {
  "use strict";

  const TITLE_WIDTH = 40;
  const WAYS = ["", "y", "u", "uy", "ye", "ue", "uye", "su", "sue", "suye"];
  /** @type {{[mark: string]: [string, string]}} */
  const MARKS = { s: ["关于印发", "《"], u: ["⟦unit-name⟧", ""], y: ["⟦year⟧年", ""], e: ["》", "的通知"] };
  const LINE_WIDTH = 56;
  const CHARACTER = 315;
  const [DATE_RIGHT, SIGNER_RIGHT] = [16, 8];

  /**
   * @param {string} title
   * @param {(text: string) => string} plain
   */
  function titleLines(title, plain) {
    const ways = WAYS.map((way) => broken(title, way));
    const fits = (/** @type {string} */ way) => plain(way).split("\n").every((line) => width(line) <= TITLE_WIDTH);
    return ways.find(fits) || ways[ways.length - 1];
  }

  /**
   * Part a line into the heading that runs into it and the rest.
   * @param {string} number
   * @param {string} lead
   * @param {string} line
   */
  function runIn(number, lead, line) {
    const head = `${number}${lead}。`;
    if (!lead || !line.startsWith(head)) return { lead: [], rest: line };
    return { lead: [{ is: `lead${level(number)}`, text: head }], rest: line.slice(head.length) };
  }

  /** @param {string} number */
  function level(number) {
    if (number.endsWith("、")) return 1;
    if (number.endsWith(".")) return 3;
    return number[1] < "\x80" ? 4 : 2;
  }

  /**
   * @param {string} signer
   * @param {string} date
   */
  function signature(signer, date) {
    const longer = Math.min(width(signer), LINE_WIDTH) - Math.min(width(date), LINE_WIDTH);
    const right = Math.max(DATE_RIGHT, SIGNER_RIGHT + longer);
    return { date_right: twips(right), signer_right: twips(right - longer) };
  }

  /** @param {number} quarters of a character */
  function twips(quarters) {
    return String(Math.floor((quarters * CHARACTER) / 4));
  }

  /**
   * @param {string} title
   * @param {string} way
   */
  function broken(title, way) {
    const marks = way.split("").map((mark) => MARKS[mark]);
    return marks.reduce((text, [before, after]) => text.replace(before + after, () => `${before}\n${after}`), title);
  }

  /**
   * Measure a text in half characters.
   * @param {string} text
   */
  function width(text) {
    return Array.from(text).reduce((sum, char) => sum + (char < "\x80" ? 1 : 2), 0);
  }

  planSite.typesetting = { titleLines, runIn, signature };
})();
