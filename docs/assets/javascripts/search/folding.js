// @ts-check
/**
 * Making texts comparable.
 *
 * @typedef {{makeFoldTable(alike: string[], simpler: string): void, fold(text: string): string}} Folding
 */
(function () {
  "use strict";

  /** For each UTF-16 unit the one that stands for it. */
  let foldTable = new Uint16Array(0);

  /**
   * @param {string[]} alike marks taken for one another; the first stands for all
   * @param {string} simpler characters, each followed by the one that stands for it
   */
  function makeFoldTable(alike, simpler) {
    foldTable = new Uint16Array(0x10000);
    for (let code = 0; code < foldTable.length; code++) foldTable[code] = foldCode(code);
    for (let at = 0; at < simpler.length; at += 2) foldTable[simpler.charCodeAt(at)] = simpler.charCodeAt(at + 1);
    for (const marks of alike) {
      for (const mark of marks) foldTable[mark.charCodeAt(0)] = marks.charCodeAt(0);
    }
  }

  /**
   * Why a result of another length is left out: places in folded text must stay those of the shown text.
   * @param {number} code
   */
  function foldCode(code) {
    const char = String.fromCharCode(code);
    if (code >= 0xd800 && code <= 0xdfff) return code;
    if (/[^\S\n]/.test(char)) return 0x20;
    const plain = char.normalize("NFKC");
    const lower = (plain.length === 1 ? plain : char).toLowerCase();
    return lower.length === 1 ? lower.charCodeAt(0) : code;
  }

  /**
   * Make text comparable, unit for unit: case, width, look-alike marks, traditional characters.
   * @param {string} text
   */
  function fold(text) {
    const codes = new Uint16Array(text.length);
    for (let place = 0; place < text.length; place++) codes[place] = foldTable[text.charCodeAt(place)];
    return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(codes);
  }

  siteSearch.folding = { makeFoldTable, fold };
})();
