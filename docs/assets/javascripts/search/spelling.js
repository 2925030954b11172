// @ts-check
/**
 * Other ways to write a word, of the characters that stand side by side in the texts.
 *
 * @typedef {object} Spelling
 * @property {(visit: (see: (one: number, other: number) => void) => void) => {chars: string, has: Corpus["has"]}} makePairs
 * @property {(sounds: {[syllable: string]: string}) => Ear} makeEar
 * @property {RegExp} MARKS
 * @property {(steps: string[], corpus: Corpus) => string[]} spell
 * @property {(word: string, corpus: Corpus) => string[]} spellWithMarks
 * @property {(typed: string, corpus: Corpus, near: boolean, partly: boolean) => string[]} spellLetters
 * @property {(letters: string, corpus: Corpus) => string[]} spellInitials
 * @property {(word: string, corpus: Corpus) => string[]} spellWithSlip
 * @property {(word: string, corpus: Corpus) => string[]} cutWord
 */
(function () {
  "use strict";

  /** Ways to write a word that are kept while they are being spelt. */
  const SPELT = 64;

  /** Characters between which a mark may stand that the reader left out. */
  const MARKS = /[^\p{L}\p{N}\n]/u;

  /**
   * Note which characters are neighbours.
   * @param {(see: (one: number, other: number) => void) => void} visit shows every pair of neighbours
   */
  function makePairs(visit) {
    const ids = new Uint16Array(0x10000);
    let chars = "";
    const meet = (/** @type {number} */ code) => {
      if (!ids[code] && code !== 10) ids[code] = (chars += String.fromCharCode(code)).length;
    };
    visit((one, other) => (meet(one), meet(other)));
    const width = chars.length + 1;
    const seen = new Uint8Array(width * width);
    visit((one, other) => void (seen[ids[one] * width + ids[other]] = 1));
    return {
      chars,
      has: (/** @type {number} */ one, /** @type {number} */ other) =>
        ids[one] > 0 && ids[other] > 0 && seen[ids[one] * width + ids[other]] > 0,
    };
  }

  /**
   * Give a syllable without what many do not hear: zh and z, ng and n, l and n, ü and u.
   * @param {string} syllable
   */
  function blurred(syllable) {
    return syllable.replace(/^([zcs])h/, "$1").replace(/ng$/, "n").replace(/^l/, "n").replace("v", "u");
  }

  /**
   * @param {{[syllable: string]: string}} sounds
   * @returns {Ear}
   */
  function makeEar(sounds) {
    /** @type {{[syllable: string]: string}} */
    const near = {};
    /** @type {Map<string, string[]>} */
    const readings = new Map();
    for (const [syllable, chars] of Object.entries(sounds)) {
      near[blurred(syllable)] = (near[blurred(syllable)] || "") + chars;
      for (const char of chars) readings.set(char, [...(readings.get(char) || []), syllable]);
    }
    const read = (/** @type {string} */ letters, /** @type {boolean} */ nearly) =>
      (nearly ? near[blurred(letters)] : sounds[letters]) || "";
    return {
      read,
      like: (char, nearly) => char + (readings.get(char) || []).map((syllable) => read(syllable, nearly)).join(""),
      begin: (letters) =>
        Object.keys(sounds)
          .filter((syllable) => syllable.startsWith(letters))
          .map((syllable) => sounds[syllable])
          .join(""),
    };
  }

  /**
   * Write each of the characters behind each of the beginnings, where the two occur side by side.
   * @param {string[]} heads
   * @param {string} chars
   * @param {Corpus} corpus
   */
  function extend(heads, chars, corpus) {
    /** @type {string[]} */
    const longer = [];
    for (const head of heads) {
      const last = head.charCodeAt(head.length - 1);
      for (const char of chars) if (!head || corpus.has(last, char.charCodeAt(0))) longer.push(head + char);
    }
    return longer;
  }

  /**
   * Keep the beginnings that occur; while they are few, it is quicker to go on with all.
   * @param {string[]} heads
   * @param {Corpus} corpus
   */
  function thin(heads, corpus) {
    const different = [...new Set(heads)];
    return different.length <= SPELT ? different : different.filter(corpus.occurs).slice(0, 4 * SPELT);
  }

  /**
   * Spell words of which each character is one of some.
   * @param {string[]} steps
   * @param {Corpus} corpus
   */
  function spell(steps, corpus) {
    return steps.reduce((heads, chars) => thin(extend(heads, chars, corpus), corpus), [""]);
  }

  /**
   * Spell a word with the marks that stand between its characters: 医院文明窗口 → 医院"文明窗口.
   * @param {string} word
   * @param {Corpus} corpus
   */
  function spellWithMarks(word, corpus) {
    const chars = [...word].filter((char) => !MARKS.test(char));
    return chars.length > 1 ? findAlong(chars, corpus.texts(), corpus) : [];
  }

  /**
   * Give what stands in texts, character by character one of some, with at most three marks between them.
   * @param {string[]} steps
   * @param {string[]} texts
   * @param {Corpus} corpus
   */
  function findAlong(steps, texts, corpus) {
    /** @type {Set<string>} */
    const found = new Set();
    for (const text of texts) {
      for (let start = 0; start < text.length; start++) {
        const end = steps[0].includes(text[start]) ? endOf(steps, text, start, corpus) : 0;
        if (end) found.add(text.slice(start, end));
      }
    }
    return [...found];
  }

  /**
   * @param {string[]} steps
   * @param {string} text
   * @param {number} start
   * @param {Corpus} corpus
   * @returns {number} behind the last step; 0 if the text does not go so
   */
  function endOf(steps, text, start, corpus) {
    let at = start + 1;
    for (const chars of steps.slice(1)) {
      for (let gap = 0; gap < 3 && !chars.includes(text[at]) && corpus.marks.includes(text[at]); gap++) at++;
      if (at >= text.length || !chars.includes(text[at++])) return 0;
    }
    return at;
  }

  /**
   * Spell what letters say, by syllables; other characters stand for themselves.
   * @param {string} typed
   * @param {Corpus} corpus
   * @param {boolean} near whether sounds that are taken for one another count as the same
   * @param {boolean} partly whether the last syllable may be a beginning
   */
  function spellLetters(typed, corpus, near, partly) {
    /** @type {string[][]} */
    const heads = [[""], ...[...typed].map(() => [])];
    for (let at = 0; at < typed.length; at++) {
      const here = thin(heads[at], corpus);
      const longest = /[a-z]/.test(typed[at]) ? 6 : 0;
      heads[at + 1].push(...extend(here, typed[at], corpus));
      for (let end = at + 1; here.length && end <= Math.min(at + longest, typed.length); end++) {
        const letters = typed.slice(at, end);
        const begun = partly && end === typed.length ? corpus.ear.begin(letters) : "";
        heads[end].push(...extend(here, corpus.ear.read(letters, near) + begun, corpus));
      }
    }
    return thin(heads[typed.length], corpus);
  }

  /**
   * Give the parts of titles and headings whose characters begin as the letters say: wmck → 文明窗口.
   * @param {string} letters
   * @param {Corpus} corpus
   */
  function spellInitials(letters, corpus) {
    if (!/^[a-z]{3,12}$/.test(letters)) return [];
    return findAlong([...letters].map((letter) => letter + corpus.ear.begin(letter)), corpus.names(), corpus);
  }

  /**
   * Spell a word with one character wrong, missing, too many, or two of them exchanged; but for its two ends.
   * @param {string} word
   * @param {Corpus} corpus
   */
  function spellWithSlip(word, corpus) {
    /** @type {string[]} */
    const forms = [];
    const add = (/** @type {string} */ text) => void forms.push(text);
    for (let at = 0; at < word.length && word.length > 2; at++) {
      const [before, after] = [word.slice(0, at), word.slice(at + 1)];
      const between = (/** @type {string} */ left, /** @type {string} */ right) =>
        [...corpus.chars].filter(
          (char) => corpus.has(left.charCodeAt(left.length - 1), char.charCodeAt(0)) && corpus.has(char.charCodeAt(0), right.charCodeAt(0)),
        );
      if (before && after) for (const char of between(before, after)) add(before + char + after);
      if (before) for (const char of between(before, word.slice(at))) add(before + char + word.slice(at));
      if (after) add(before + after[0] + word[at] + after.slice(1));
      if (before && after) add(before + after);
    }
    return forms;
  }

  /**
   * Cut a word into the fewest parts that occur: 医院窗口服务 → 医院, 窗口服务.
   * @param {string} word
   * @param {Corpus} corpus
   * @returns {string[]} nothing if it cannot be cut
   */
  function cutWord(word, corpus) {
    for (let end = word.length; end > 1; end--) {
      const [part, rest] = [word.slice(0, end), word.slice(end)];
      if (!corpus.occurs(part)) continue;
      const others = rest.length > 1 ? cutWord(rest, corpus) : [];
      if (!rest || others.length) return [part, ...others];
    }
    return [];
  }

  siteSearch.spelling = { makePairs, makeEar, MARKS, spell, spellWithMarks, spellLetters, spellInitials, spellWithSlip, cutWord };
})();
