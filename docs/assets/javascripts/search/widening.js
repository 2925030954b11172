// @ts-check
/**
 * What is asked when nothing is found as typed: what was meant, the nearest first.
 *
 * @typedef {{widen(ask: SearchAsk, synonyms: [string[], string[]][], corpus: Corpus, found: boolean): IterableIterator<SearchAsk>}} Widening
 */
(function () {
  "use strict";

  const { flat } = siteSearch.lists;
  const { spell, spellWithMarks, spellLetters, spellInitials, spellWithSlip, cutWord } = siteSearch.spelling;

  /** Ways to write a word that are asked for. */
  const FORMS = 40;

  /** Characters that mean something alone. */
  const HAN = /[\u3400-\u9fff]/;

  /** What a spelling is worth: with other marks or of the same sound, of a near sound or with a slip, without an end. */
  const SAME = 1;
  const NEAR = 0.3;
  const ENDLESS = 0.05;

  /**
   * Look for a word in other ways: other marks, letters as sounds, same sounds, a slip.
   * @param {SearchWord} word
   * @param {Corpus} corpus
   * @param {boolean} [always] also if it stands somewhere as it is: letters may be in the guide and mean a word
   * @returns {SearchWord}
   */
  function widenWord(word, corpus, always) {
    const text = word.forms[0].text;
    if (!always && corpus.holds(text)) return word;
    for (const way of /[a-z]/.test(text) ? letterWays(text, corpus) : [() => otherForms(text, corpus)]) {
      const forms = occurring(way(), corpus).filter((form) => form.text !== text);
      if (forms.length) return { shown: word.shown, forms };
    }
    return word;
  }

  /**
   * Why all of them at once: what has the same sound need not be what was meant.
   * @param {string} text
   * @param {Corpus} corpus
   */
  function otherForms(text, corpus) {
    const sounds = (/** @type {boolean} */ near) => spell([...text].map((char) => corpus.ear.like(char, near)), corpus);
    const same = valued(SAME, [...spellWithMarks(text, corpus), ...sounds(false)]);
    if (text.length < 3) return same.length ? same : valued(NEAR, sounds(true));
    const near = valued(NEAR, [...sounds(true), ...spellWithSlip(text, corpus)]);
    return [...same, ...near, ...valued(ENDLESS, [text.slice(0, -1), text.slice(1)])];
  }

  /**
   * @param {number} worth
   * @param {string[]} texts
   * @returns {SearchForm[]}
   */
  function valued(worth, texts) {
    return texts.map((text) => ({ text, worth }));
  }

  /**
   * @param {string} text
   * @param {Corpus} corpus
   */
  function letterWays(text, corpus) {
    return [
      () => valued(SAME, spellLetters(text, corpus, false, false)),
      () => valued(SAME, spellLetters(text, corpus, true, false)),
      () => valued(SAME, spellLetters(text, corpus, false, true)),
      () => valued(SAME, spellInitials(text, corpus)),
    ];
  }

  /**
   * Keep the spellings that occur, the best and most frequent first.
   * @param {SearchForm[]} forms
   * @param {Corpus} corpus
   */
  function occurring(forms, corpus) {
    const seen = new Set();
    const best = forms.filter(({ text }) => !seen.has(text) && seen.add(text));
    const often = best.map((form) => ({ form, times: corpus.often(form.text) })).filter(({ times }) => times);
    often.sort((one, other) => other.form.worth - one.form.worth || other.times - one.times);
    return often.slice(0, FORMS).map(({ form }) => form);
  }

  /**
   * Say a word as the site says it, if readers have another word for it: 创城 → 创建文明城市.
   * @param {SearchWord} word
   * @param {[string[], string[]][]} synonyms folded
   * @param {Corpus} corpus
   * @param {boolean} alone whether only a word that is nothing else counts
   * @returns {SearchWord[]}
   */
  function translate(word, synonyms, corpus, alone) {
    const text = word.forms[0].text;
    for (const [said, means] of synonyms) {
      const name = said.find((one) => (alone ? text === one : text.includes(one)));
      if (name === undefined) continue;
      const [before, after] = [text.slice(0, text.indexOf(name)), text.slice(text.indexOf(name) + name.length)];
      const forms = valued(SAME, means.map((one) => before + one + after));
      if (forms.some((form) => corpus.occurs(form.text))) return [{ shown: word.shown, forms }];
      const own = { shown: name, forms: valued(SAME, means) };
      return [...literal([before]), own, ...literal([after])];
    }
    return [word];
  }

  /**
   * @param {string[]} texts
   * @returns {SearchWord[]}
   */
  function literal(texts) {
    return texts.filter(Boolean).map((text) => ({ shown: text, forms: valued(SAME, [text]) }));
  }

  /**
   * Ask in other ways, the nearest first.
   * @param {SearchAsk} typed
   * @param {[string[], string[]][]} synonyms folded
   * @param {Corpus} corpus
   * @param {boolean} found whether something was found as typed; then only what the words mean is worth asking
   * @returns {IterableIterator<SearchAsk>}
   */
  function* widen(typed, synonyms, corpus, found) {
    const ask = { ...typed, told: found ? "也找了" : "没有一字不差的，找了" };
    const said = flat(ask.words.map((word) => translate(word, synonyms, corpus, found)));
    if (said.some((word) => !ask.words.includes(word))) yield retold(ask, said);
    const joined = { shown: ask.whole, forms: [{ text: ask.whole.replace(/[\s"']/g, ""), worth: 1 }] };
    const heard = /[a-z]/.test(ask.whole) ? widenWord(joined, corpus, true) : joined;
    if (heard !== joined) yield retold(ask, [heard]);
    if (found) return;
    const words = ask.words.map((word) => widenWord(word, corpus));
    const parts = flat(words.map((word, at) => (word.forms[0].worth > ENDLESS ? partsOf(word, corpus) : partsOf(ask.words[at], corpus))));
    if (parts.length > words.length) yield { ...retold(ask, parts), open: true };
    if (words.some((word, at) => word !== ask.words[at])) yield retold(ask, words);
    const told = "没有同时写着这些字的，下面的只写着其中一部分";
    if (parts.length > 1) yield { ...ask, words: parts, least: 1, told };
    const pairs = literal([...new Set(flat(ask.words.map((word) => pairsOf(word.forms[0].text))))]);
    if (pairs.length > 1) yield { ...ask, words: pairs, least: Math.ceil(pairs.length / 2), told };
    const single = literal([...new Set(ask.whole)].filter((char) => HAN.test(char)));
    if (single.length) yield { ...ask, words: single, least: Math.ceil(single.length / 2), told };
  }

  /**
   * @param {SearchWord} word
   * @param {Corpus} corpus
   */
  function partsOf(word, corpus) {
    const text = word.forms[0].text;
    const parts = word.forms.length > 1 || corpus.holds(text) ? [] : cutWord(text, corpus);
    return parts.length ? literal(parts) : [word];
  }

  /** @param {string} text */
  function pairsOf(text) {
    return text.length < 2 ? [text] : [...text].slice(1).map((_, at) => text.substr(at, 2));
  }

  /**
   * Ask with other words, and tell which; `ask.told` begins the sentence.
   * @param {SearchAsk} ask
   * @param {SearchWord[]} words
   * @returns {SearchAsk}
   */
  function retold(ask, words) {
    const changed = flat(words.filter((word) => !ask.words.includes(word)).map((word) => word.forms)).map(({ text }) => text);
    const names = changed.slice(0, 4).join("、") + (changed.length > 4 ? "等" : "");
    return { ...ask, words, least: words.length, told: `${ask.told}：${names}` };
  }

  siteSearch.widening = { widen };
})();
