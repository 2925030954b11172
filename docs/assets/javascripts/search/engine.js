// @ts-check
/**
 * What searches: every page that has the words, wherever in it they stand; and if none has, those that were meant.
 *
 * Over http this is a worker, from file:// it runs in the page; `search.js` starts it when the search box is entered.
 * Under Node it only gives its functions to the tests. `macros/search_index.py` writes what is searched, and says in
 * which files.
 */
(function () {
  "use strict";

  /**
   * The file that is read first; a page's name is its address, title, kind and unit. `groups`: how many pages each has.
   * @typedef {{version: number, alike: string[], simpler: string, synonyms: [string[], string[]][],
   *   units: {[id: string]: string}, pages: [string, string, string, string][], groups: number[]}} Head
   *
   * A page ready to be searched; a place in `folded` is the same place in `text`, which has three lines for the page
   * and for each of its sections: heading, text, asides. `starts`: where its lines start.
   * @typedef {{url: string, title: string, kind: string, unit: string, anchors: string[], text: string,
   *   folded: string, starts: number[]}} Page
   *
   * A way in which a word may be written, and what it counts beside the word as typed.
   * @typedef {{text: string, worth: number}} Form
   *
   * A word of the query as typed, and the ways in which it is looked for.
   * @typedef {{shown: string, forms: Form[]}} Word
   *
   * What is looked for: pages with at least `least` of the words; `typed` is the query as it is,
   * `whole` the same folded. `open`: the next
   * way of asking is as good, and is tried as well.
   * @typedef {{words: Word[], least: number, typed: string, whole: string, told: string, open?: boolean}} Ask
   *
   * What each word weighs in a section's heading, and how often it stands in its text and asides.
   * @typedef {{section: number, heading: number[], body: number[], aside: number[]}} Found
   *
   * A page that was found, what for, and how well it answers.
   * @typedef {{page: Page, ask: Ask, score: number}} Hit
   *
   * What was found, and what the reader is told of it.
   * @typedef {{hits: Hit[], told: string}} Answer
   *
   * From `start` to before `end` a word was found.
   * @typedef {{start: number, end: number, word: number}} Span
   *
   * What Material's dialog shows; it puts `title` and `text` into the page as HTML.
   * @typedef {{location: string, title: string, text: string, score: number, terms: {[word: string]: boolean}}} Item
   *
   * @typedef {{kind: string, unit: string}} Choice
   * @typedef {{type: number, data?: any}} Message
   * @typedef {(files: string[], done: () => void) => void} Load
   */

  /* ------------------------------------------------------------------ folding */

  /** Characters that take no room and are never typed on purpose. */
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

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

  /* -------------------------------------------------------------------- query */

  /**
   * Split a query at blanks; quotes, also Chinese ones, keep a phrase together.
   * @param {string} query
   * @returns {Ask}
   */
  function parseQuery(query) {
    const typed = query.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
    const whole = fold(typed);
    /** @type {Map<string, Word>} */
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

  /* ------------------------------------------------------------ match and rank */

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
   * @param {Page} page
   * @param {Ask} ask
   */
  function matchesPage(page, ask) {
    let present = 0;
    for (const word of ask.words) if (word.forms.some((form) => page.folded.includes(form.text))) present++;
    return present >= ask.least;
  }

  /**
   * @param {Page} page
   * @param {number} line
   */
  function lineLength(page, line) {
    const next = line + 1 < page.starts.length ? page.starts[line + 1] : page.text.length + 1;
    return next - page.starts[line] - 1;
  }

  /**
   * @param {Page} page
   * @param {number} line
   */
  function lineText(page, line) {
    return page.text.substr(page.starts[line], lineLength(page, line));
  }

  /**
   * @param {Page} page
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

  /**
   * @param {Page} page
   * @param {Word[]} words
   * @returns {Found[]} in reading order
   */
  function findSections(page, words) {
    /** @type {Map<number, Found>} */
    const found = new Map();
    words.forEach((word, number) => {
      for (const form of word.forms) countForm(page, form, number, words.length, found);
    });
    return [...found.values()].sort((one, other) => one.section - other.section);
  }

  /**
   * @param {Page} page
   * @param {Form} form
   * @param {number} number of its word
   * @param {number} words
   * @param {Map<number, Found>} found
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
   * @param {Map<number, Found>} found
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
   * @param {Found} found
   * @param {Page} page
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

  /** @param {number[]} numbers */
  function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
  }

  /**
   * Weigh all of a page: the score of each section, and its own.
   * @param {Page} page
   * @param {Ask} ask
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
   * @param {Page} page
   * @param {Ask} ask
   */
  function likeness(page, ask) {
    if (page.text.includes(ask.typed)) return 4;
    if (page.folded.includes(ask.whole)) return 2;
    const worths = ask.words.map(({ forms }) => forms.find((form) => page.folded.includes(form.text)));
    return worths.reduce((product, form) => product * (form ? form.worth : 1), 1);
  }

  /**
   * Why the title's share: who types a page's name wants that page, whatever its kind.
   * @param {Page} page
   * @param {number[]} title
   */
  function pageWeight(page, title) {
    const covered = sum(title.map((weight) => (weight ? weight / TITLE - 1 : 0)));
    return Math.max(page.kind in KINDS ? KINDS[page.kind] : 1, Math.min(1, covered));
  }

  /**
   * @param {Page[]} pages
   * @param {Ask} ask
   * @returns {Hit[]}
   */
  function findPages(pages, ask) {
    const found = pages.filter((page) => matchesPage(page, ask));
    return found.map((page) => ({ page, ask, score: scorePage(page, ask).score }));
  }

  /* ------------------------------------------------------------------ showing */

  /** Characters of a snippet: before the first hit, and in all. */
  const BEFORE = 24;
  const SNIPPET = 120;

  /** Hits that are tried as a snippet's first. */
  const TRIED = 50;

  /** Pages that are shown with their sections; of those after them only the title. */
  const DETAILED = 50;

  /** Entries that are recognised by their address. */
  const ENTRIES = /** @type {{[name: string]: string}} */ ({ task: "任务", term: "术语", award: "奖项" });

  /**
   * Make the items that Material shows, a group for each page, best first.
   * @param {Hit[]} hits
   * @param {{[id: string]: string}} units
   * @returns {Item[][]}
   */
  function showHits(hits, units) {
    hits.sort((one, other) => other.score - one.score);
    return hits.map((hit, at) => (at < DETAILED ? showPage(hit, units) : [pageItem(hit, units)]));
  }

  /**
   * Make a page's items, best first.
   *
   * Why the page's own score for the best one: Material's Enter key takes the highest number shown.
   * @param {Hit} hit
   * @param {{[id: string]: string}} units
   * @returns {Item[]}
   */
  function showPage(hit, units) {
    const { found, scores, best } = scorePage(hit.page, hit.ask);
    const items = found.map((one, at) => showSection(hit, one, units, (hit.score * scores[at]) / best));
    // Why: Material wants the page itself in each group, found or not.
    const page = found[0].section ? [{ ...pageItem(hit, units), score: 0, terms: {} }] : [];
    return [...items, ...page].sort((one, other) => other.score - one.score);
  }

  /**
   * @param {Hit} hit
   * @param {{[id: string]: string}} units
   * @returns {Item}
   */
  function pageItem({ page, ask, score }, units) {
    const label = [page.kind, units[page.unit]].filter((name) => name && name !== page.title).join(" · ");
    return { location: page.url, title: labelled(label, page, 0, ask), text: "", score, terms: {} };
  }

  /**
   * @param {Hit} hit
   * @param {Found} found
   * @param {{[id: string]: string}} units
   * @param {number} score
   * @returns {Item}
   */
  function showSection(hit, found, units, score) {
    const { page, ask } = hit;
    const line = 3 * found.section;
    const text = snippet(page, line, ask);
    const terms = termsOf(ask, [0, line, line + 1, line + 2].map((at) => lineFolded(page, at)).join("\n"));
    if (!found.section) return { ...pageItem(hit, units), text, score, terms };
    const anchor = page.anchors[found.section - 1];
    const label = ENTRIES[anchor.split("-")[0]] || "";
    return { location: `${page.url}#${anchor}`, title: labelled(label, page, line, ask), text, score, terms };
  }

  /**
   * @param {string} label
   * @param {Page} page
   * @param {number} line
   * @param {Ask} ask
   */
  function labelled(label, page, line, ask) {
    const shown = mark(lineText(page, line), spansIn(lineFolded(page, line), ask.words), 0, lineLength(page, line));
    return label ? `<span class="search-label">${escapeHtml(label)}</span>${shown}` : shown;
  }

  /**
   * Tell which words a section has: Material marks these on the page, and names the others as missing.
   * @param {Ask} ask
   * @param {string} folded
   */
  function termsOf(ask, folded) {
    /** @type {{[word: string]: boolean}} */
    const terms = {};
    for (const { shown, forms } of ask.words) {
      const form = forms.find(({ text }) => folded.includes(text));
      if (form) terms[forms[0].text === form.text && forms.length === 1 ? shown : form.text] = true;
      else if (ask.words.length <= 4) terms[shown] = false;
    }
    return terms;
  }

  /**
   * Cut the part of a section's text or asides that has the most words close together, or the text's beginning.
   * @param {Page} page
   * @param {number} line of its heading
   * @param {Ask} ask
   */
  function snippet(page, line, ask) {
    const [text, aside] = [lineText(page, line + 1), lineText(page, line + 2)];
    const spans = spansIn(lineFolded(page, line + 1), ask.words);
    const beside = spans.length ? [] : spansIn(lineFolded(page, line + 2), ask.words);
    return beside.length || !text ? cut(aside, beside) : cut(text, spans);
  }

  /**
   * @param {string} text
   * @param {Span[]} spans
   */
  function cut(text, spans) {
    const first = spans.length ? bestSpan(spans) : { start: 0, end: 0 };
    const start = wholeCharacter(text, first.start > BEFORE ? first.start - BEFORE : 0);
    const end = wholeCharacter(text, Math.max(start + SNIPPET, first.end));
    const shown = spans.filter((span) => span.end > start && span.start < end);
    return (start ? "…" : "") + mark(text, shown, start, end) + (end < text.length ? "…" : "");
  }

  /**
   * @param {string} folded
   * @param {Word[]} words
   * @returns {Span[]} in reading order
   */
  function spansIn(folded, words) {
    /** @type {Span[]} */
    const spans = [];
    words.forEach(({ forms }, word) => {
      for (const form of forms) {
        for (const start of placesOf(folded, form.text)) spans.push({ start, end: start + form.text.length, word });
      }
    });
    return spans.sort((one, other) => one.start - other.start);
  }

  /** @param {Span[]} spans */
  function bestSpan(spans) {
    let [best, most] = [spans[0], 0];
    if (spans.every((span) => span.word === best.word)) return best;
    spans.slice(0, TRIED).forEach((span, at) => {
      const near = spans.slice(at, at + TRIED).filter((other) => other.end <= span.start + SNIPPET - BEFORE);
      const words = new Set(near.map((other) => other.word)).size;
      if (words > most) [best, most] = [span, words];
    });
    return best;
  }

  /**
   * Why: half of a character outside the basic plane shows as a box.
   * @param {string} text
   * @param {number} place
   */
  function wholeCharacter(text, place) {
    const code = place < text.length ? text.charCodeAt(place) : 0;
    return code >= 0xdc00 && code <= 0xdfff ? place - 1 : Math.min(place, text.length);
  }

  /**
   * Give the text between two places as HTML, its hits marked; hits that overlap become one mark.
   * @param {string} text
   * @param {Span[]} spans
   * @param {number} from
   * @param {number} to
   */
  function mark(text, spans, from, to) {
    let [out, at] = ["", from];
    for (const [start, end] of joined(spans)) {
      const [left, right] = [Math.max(start, at), Math.min(end, to)];
      if (left >= right) continue;
      out += `${escapeHtml(text.slice(at, left))}<mark>${escapeHtml(text.slice(left, right))}</mark>`;
      at = right;
    }
    return out + escapeHtml(text.slice(at, to));
  }

  /**
   * @param {Span[]} spans in reading order
   * @returns {[number, number][]}
   */
  function joined(spans) {
    /** @type {[number, number][]} */
    const parts = [];
    for (const { start, end } of spans) {
      const last = parts[parts.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else parts.push([start, end]);
    }
    return parts;
  }

  /** @param {string} text */
  function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  }

  /* ------------------------------------------- when nothing is found as typed */

  /**
   * What words there are: whether two characters stand side by side anywhere, whether and on how many pages a text occurs
   * (where there is much text: may occur, in how many groups), whether it truly does in what was read; how things sound; the texts there are, and the titles and headings in them.
   * @typedef {{has(one: number, other: number): boolean, chars: string,
   *   marks: string, occurs(text: string): boolean, holds(text: string): boolean,
   *   often(text: string): number, ear: Ear, texts(): string[], names(): string[]}} Corpus
   *
   * Characters that sound like one; those read as letters say, and as they begin.
   * @typedef {{like(char: string, near: boolean): string, read(letters: string, near: boolean): string,
   *   begin(letters: string): string}} Ear
   */

  /** Ways to write a word that are kept while they are being spelt, and in the end. */
  const SPELT = 64;
  const FORMS = 40;

  /** Characters that mean something alone. */
  const HAN = /[\u3400-\u9fff]/;

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

  /** What a spelling is worth: with other marks or of the same sound, of a near sound or with a slip, without an end. */
  const SAME = 1;
  const NEAR = 0.3;
  const ENDLESS = 0.05;

  /**
   * Look for a word in other ways: other marks, letters as sounds, same sounds, a slip.
   * @param {Word} word
   * @param {Corpus} corpus
   * @param {boolean} [always] also if it stands somewhere as it is: letters may be in the guide and mean a word
   * @returns {Word}
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
   * @returns {Form[]}
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
   * @param {Form[]} forms
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
   * @param {Word} word
   * @param {[string[], string[]][]} synonyms folded
   * @param {Corpus} corpus
   * @param {boolean} alone whether only a word that is nothing else counts
   * @returns {Word[]}
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
   * @returns {Word[]}
   */
  function literal(texts) {
    return texts.filter(Boolean).map((text) => ({ shown: text, forms: valued(SAME, [text]) }));
  }

  /**
   * Ask in other ways, the nearest first.
   * @param {Ask} typed
   * @param {[string[], string[]][]} synonyms folded
   * @param {Corpus} corpus
   * @param {boolean} found whether something was found as typed; then only what the words mean is worth asking
   * @returns {IterableIterator<Ask>}
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
   * @param {Word} word
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
   * @template T
   * @param {T[][]} lists
   * @returns {T[]}
   */
  function flat(lists) {
    return /** @type {T[]} */ ([]).concat(...lists);
  }

  /**
   * Ask with other words, and tell which; `ask.told` begins the sentence.
   * @param {Ask} ask
   * @param {Word[]} words
   * @returns {Ask}
   */
  function retold(ask, words) {
    const changed = flat(words.filter((word) => !ask.words.includes(word)).map((word) => word.forms)).map(({ text }) => text);
    const names = changed.slice(0, 4).join("、") + (changed.length > 4 ? "等" : "");
    return { ...ask, words, least: words.length, told: `${ask.told}：${names}` };
  }

  /* ------------------------------------------------------------------- engine */

  /**
   * Material's messages, and some of our own: read the text; it could not be had; the reader chooses; what there is to
   * choose from; all that was asked has been answered.
   */
  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const WARM = 4;
  const FAILED = 5;
  const CHOOSE = 6;
  const OPENED = 7;
  const DONE = 8;

  /** Milliseconds of work after which others get their turn; groups of text that are asked for at a time. */
  const TURN = 40;
  const AT_ONCE = 6;

  /** Who finds nothing of these kinds may have meant something else. */
  const GOALS = ["方案", "术语"];

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
   * Make a page of its name, and of its text once that is there.
   * @param {[string, string, string, string]} name
   * @param {[string, string]} [body] its anchors and its text
   * @returns {Page}
   */
  function makePage([url, title, kind, unit], body) {
    const [anchors, text] = body || ["", title];
    let next = 0;
    const starts = text.split("\n").map((line) => (next += line.length + 1) - line.length - 1);
    return { url, title, kind, unit, anchors: anchors.split(" "), text, folded: fold(text), starts };
  }

  /**
   * Hold all pages: at first only their titles, then the text of one group after the other.
   * @param {Head} head
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

    /** @param {Ask} ask */
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
      widen: (/** @type {Ask} */ ask, /** @type {boolean} */ found) => widen(ask, synonyms, (corpus = corpus || makeCorpus()), found),
    };
  }

  /** @typedef {ReturnType<typeof makeLibrary>} Library */

  /**
   * Answer Material's messages.
   *
   * Why ready before the text is there: most visits do not search, so the text is loaded when the box is entered.
   * @param {Load} load
   * @param {(message: Message) => void} post
   * @returns {(message: Message) => void}
   */
  function makeEngine(load, post) {
    /** @type {Library | undefined} */
    let library;
    /** @type {Answer | undefined} */
    let last;
    /** @type {Choice} */
    let choice = { kind: "", unit: "" };
    const had = new Set();
    let asked = "";
    let turn = 0;
    let loading = false;
    let due = false;

    /**
     * Go on once these parts are there, or cannot be had.
     * @param {string[]} names
     * @param {() => void} then
     */
    function want(names, then) {
      const missing = names.filter((name) => !had.has(name));
      const loaded = () => {
        for (const name of missing) if (name in parts()) had.add(name);
        if (missing.some((name) => !had.has(name))) post({ type: FAILED });
        then();
      };
      if (missing.length) load(missing.map((name) => `${name}.js`), loaded);
      else then();
    }

    function warm() {
      if (library || loading) return;
      loading = true;
      want(["index"], () => {
        loading = false;
        const head = take("index");
        if (!head) return;
        library = makeLibrary(head);
        library.openGroup(0);
        const kinds = Object.keys(KINDS).filter((kind) => kind && head.pages.some((/** @type {string[]} */ name) => name[2] === kind));
        post({ type: OPENED, data: { kinds, units: head.units } });
        if (asked) later();
      });
    }

    /** Why later: of the queries that came in meanwhile only the last one is worth an answer. */
    function later() {
      if (due) return;
      due = true;
      setTimeout(() => {
        due = false;
        if (library && asked) answer(library, asked);
        else if (!asked) give([], "");
      });
    }

    /**
     * @param {Library} library
     * @param {string} query
     */
    function answer(library, query) {
      const mine = ++turn;
      const ask = parseQuery(query);
      const current = () => mine === turn;
      collect(library, ask, current, true, (hits) => {
        if (hits.length) give(hits, "");
        if (hits.some((hit) => GOALS.includes(hit.page.kind))) return post({ type: DONE, data: query });
        want(["sounds"], () => {
          if (current()) tryOthers(library, library.widen(ask, hits.length > 0), { hits, told: "" }, current);
        });
      });
    }

    /**
     * Ask in other ways until something is found; it stands behind what was found before.
     * @param {Library} library
     * @param {IterableIterator<Ask>} asks
     * @param {Answer} found
     * @param {() => boolean} current
     */
    function tryOthers(library, asks, found, current) {
      const { value: ask, done } = asks.next();
      if (done || (found.told && ask.least < ask.words.length)) {
        if (found.told || !found.hits.length) give(found.hits, found.told);
        return post({ type: DONE, data: asked });
      }
      collect(library, ask, current, false, (hits) => {
        const known = new Set(found.hits.map((hit) => hit.page));
        const more = hits.filter((hit) => !known.has(hit.page)).map((hit) => ({ ...hit, score: hit.score / 1000 }));
        const all = more.length ? { hits: [...found.hits, ...more], told: found.told || ask.told } : found;
        if (!more.length || ask.open) return tryOthers(library, asks, all, current);
        give(all.hits, all.told);
        post({ type: DONE, data: asked });
      });
    }

    /**
     * Find all pages, group by group; the first ones are shown while the others are still being read.
     * @param {Library} library
     * @param {Ask} ask
     * @param {() => boolean} current
     * @param {boolean} early whether titles alone are worth showing
     * @param {(hits: Hit[]) => void} done
     */
    function collect(library, ask, current, early, done) {
      if (!library.split) return done(findPages(library.pages, ask));
      const unread = flat(library.open.map((open, group) => (open || !early ? [] : library.pagesOf(group))));
      const titles = findPages(unread, ask);
      let shown = titles.length > 0;
      if (shown) give(titles, READING);
      want(["filter"], () => {
        library.readFilter();
        const groups = library.groupsFor(ask);
        /** @type {Hit[]} */
        const hits = [];
        const next = () => {
          if (!current()) return;
          const began = Date.now();
          while (groups.length && library.open[groups[0]] && Date.now() < began + TURN) {
            hits.push(...findPages(library.pagesOf(/** @type {number} */ (groups.shift())), ask));
          }
          if (!groups.length) return done(hits);
          if (hits.length && !shown) {
            shown = true;
            give(hits.slice(), READING);
          }
          if (library.open[groups[0]]) return void setTimeout(next);
          readSome(library, groups, () => setTimeout(next));
        };
        next();
      });
    }

    /**
     * @param {Library} library
     * @param {number[]} groups of which the next are read; those that cannot be had are left out
     * @param {() => void} then
     */
    function readSome(library, groups, then) {
      const some = groups.filter((group) => !library.open[group]).slice(0, AT_ONCE);
      want(some.map((group) => `text${group}`), () => {
        some.forEach(library.openGroup);
        for (const group of some) if (!library.open[group]) groups.splice(groups.indexOf(group), 1);
        then();
      });
    }

    /**
     * @param {Hit[]} hits
     * @param {string} told
     */
    function give(hits, told) {
      last = { hits, told };
      const { kind, unit } = choice;
      const chosen = hits.filter(({ page }) => (!kind || page.kind === kind) && (!unit || page.unit === unit));
      const elsewhere = chosen.length || !hits.length ? told : `别的种类或单位里有 ${hits.length} 页`;
      post({ type: RESULT, data: { items: showHits(chosen, library ? library.head.units : {}), told: elsewhere } });
    }

    return function receive({ type, data }) {
      if (type === SETUP) post({ type: READY });
      if (type === WARM) warm();
      if (type === CHOOSE) {
        choice = data;
        if (last && asked) give(last.hits, last.told);
      }
      if (type !== QUERY) return;
      asked = String(data).trim();
      turn++;
      if (asked) warm();
      if (!asked || library) later();
    };
  }

  const READING = "还在找，后面会再多出一些";

  /* ---------------------------------------------------------------- as worker */

  function startWorker() {
    const scope = /** @type {{importScripts(...urls: string[]): void, postMessage(message: Message): void}} */ (
      /** @type {unknown} */ (self)
    );
    const folder = new URL("../../search/", self.location.href).href;
    const receive = makeEngine(
      (files, done) => {
        try {
          scope.importScripts(...files.map((file) => folder + file));
        } catch (error) {
          console.error(error);
        }
        done();
      },
      (message) => scope.postMessage(message),
    );
    self.addEventListener("message", (event) => receive(event.data));
  }

  if ("importScripts" in self) startWorker();
  else Object.assign(self, { siteSearch: { fold, makeFoldTable, parseQuery, makeEngine, makeLibrary } });
})();
