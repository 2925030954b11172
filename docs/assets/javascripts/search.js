// @ts-check
/**
 * Search in Material's own dialog: every page that has the words, wherever in it they stand.
 *
 * One file, three places. In a page (loaded before Material's bundle) it takes the place of Material's search worker;
 * over http that worker is this same file, from file:// it runs in the page. Under Node it only gives its functions
 * to the tests. `macros/search_index.py` writes what is searched.
 */
(function () {
  "use strict";

  /**
   * A page as the index file has it. `text`: title, own text, then heading and text of each section, one a line.
   * @typedef {{url: string, anchors: string[], text: string, kind?: string, unit?: string}} PageEntry
   *
   * @typedef {{version: number, pages: PageEntry[]}} IndexFile
   *
   * A page ready to be searched; a place in `folded` is the same place in `text`.
   * @typedef {PageEntry & {folded: string}} Page
   *
   * A word of the query, as typed and folded.
   * @typedef {{shown: string, folded: string}} Word
   *
   * How often each word stands in a section's heading and text; section 0 is the page itself.
   * @typedef {{section: number, heading: number[], body: number[]}} Found
   *
   * From `start` to before `end` a word was found.
   * @typedef {{start: number, end: number, word: number}} Hit
   *
   * What Material's dialog shows; it puts `title` and `text` into the page as HTML.
   * @typedef {{location: string, title: string, text: string, score: number, terms: {[word: string]: boolean}}} Item
   *
   * @typedef {{type: number, data?: any}} Message
   */

  /* ------------------------------------------------------------------ folding */

  /** Marks that readers and keyboards take for one another; the first stands for all. */
  const ALIKE = [
    "\"“”„‟「」『』〝〞",
    "'‘’‚‛′`´",
    "-‐‑‒–—―−",
    "~～〜",
    ",，、",
    ".。｡",
    "·•・‧∙",
    "(（〔【〖[［",
    ")）〕】〗]］",
    "<《〈«‹",
    ">》〉»›",
    "…⋯",
  ];

  /** Characters that take no room and are never typed on purpose. */
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

  /** @type {Uint16Array | undefined} */
  let foldTable;

  /** @returns {Uint16Array} for each UTF-16 unit the one that stands for it */
  function makeFoldTable() {
    const table = new Uint16Array(0x10000);
    for (let code = 0; code < table.length; code++) table[code] = foldCode(code);
    for (const marks of ALIKE) {
      for (const mark of marks) table[mark.charCodeAt(0)] = marks.charCodeAt(0);
    }
    return table;
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
   * Make text comparable, unit for unit: case, width and look-alike marks.
   * @param {string} text
   */
  function fold(text) {
    if (!foldTable) foldTable = makeFoldTable();
    const codes = new Uint16Array(text.length);
    for (let place = 0; place < text.length; place++) codes[place] = foldTable[text.charCodeAt(place)];
    return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(codes);
  }

  /* -------------------------------------------------------------------- query */

  /**
   * Split a query at blanks; quotes, also Chinese ones, keep a phrase together.
   * @param {string} query
   * @returns {Word[]}
   */
  function parseQuery(query) {
    const typed = query.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
    const folded = fold(typed);
    const words = new Map();
    for (const [start, end] of wordPlaces(folded)) {
      const word = { shown: typed.slice(start, end), folded: folded.slice(start, end) };
      if (!words.has(word.folded)) words.set(word.folded, word);
    }
    return [...words.values()];
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

  /** Weights: a word in the page's title, in a section's heading, in the text. */
  const TITLE = 10;
  const HEADING = 4;
  const BODY = 3;

  /** From about this many characters on, one occurrence in a text says little about it. */
  const LONG = 400;

  /**
   * @param {IndexFile} file
   * @returns {Page[]}
   */
  function readIndex(file) {
    if (file.version !== 1) throw new Error(`search/index.js: version ${file.version}`);
    return file.pages.map((page) => Object.assign({ folded: fold(page.text) }, page));
  }

  /**
   * Find the pages that have every word, best first, each as the group of items Material shows for it.
   * @param {Page[]} pages
   * @param {string} query
   * @returns {Item[][]}
   */
  function search(pages, query) {
    const words = parseQuery(query);
    if (!words.length) return [];
    return pages
      .filter((page) => words.every((word) => page.folded.includes(word.folded)))
      .map((page) => showPage(page, words))
      .sort(([one], [other]) => other.score - one.score);
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
   * @param {number[]} starts of its lines
   * @param {Word[]} words
   * @returns {Found[]} in reading order
   */
  function findSections(page, starts, words) {
    /** @type {Map<number, Found>} */
    const found = new Map();
    words.forEach((word, number) => {
      let line = 0;
      for (const place of placesOf(page.folded, word.folded)) {
        while (line + 1 < starts.length && starts[line + 1] <= place) line++;
        const one = foundIn(found, line >> 1, words.length);
        (line % 2 ? one.body : one.heading)[number]++;
      }
    });
    return [...found.values()].sort((one, other) => one.section - other.section);
  }

  /**
   * @param {Map<number, Found>} found
   * @param {number} section
   * @param {number} words
   */
  function foundIn(found, section, words) {
    const one = found.get(section) || { section, heading: Array(words).fill(0), body: Array(words).fill(0) };
    found.set(section, one);
    return one;
  }

  /**
   * Weigh each word in a section: the share of the heading it covers; how often the text has it, for its length.
   * @param {Found} found
   * @param {string[]} lines
   * @param {Word[]} words
   */
  function weigh(found, lines, words) {
    const body = lines[2 * found.section + 1].length;
    return words.map((word, number) => {
      const often = found.body[number] / (found.body[number] + 1 + body / LONG);
      return headingWeight(found, number, lines, word) + BODY * often;
    });
  }

  /**
   * @param {Found} found
   * @param {number} number
   * @param {string[]} lines
   * @param {Word} word
   */
  function headingWeight(found, number, lines, word) {
    if (!found.heading[number]) return 0;
    return (found.section ? HEADING : TITLE) * (1 + word.folded.length / lines[2 * found.section].length);
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

  /* ------------------------------------------------------------------ showing */

  /** Characters of a snippet: before the first hit, and in all. */
  const BEFORE = 24;
  const SNIPPET = 120;

  /** What a hit counts on a page without a kind: those explain the site, and a clerk looks for plans. */
  const GUIDE_WEIGHT = 0.2;

  /** Hits that are tried as a snippet's first. */
  const TRIED = 50;

  /**
   * Make a page's items, best first.
   *
   * Why the page's own score for the best one: Material's Enter key takes the highest number shown.
   * @param {Page} page
   * @param {Word[]} words
   * @returns {Item[]}
   */
  function showPage(page, words) {
    const lines = page.text.split("\n");
    const found = findSections(page, lineStarts(lines), words);
    const title = words.map((word, number) => (found[0].section ? 0 : headingWeight(found[0], number, lines, word)));
    const weights = found.map((one) => weigh(one, lines, words));
    const scores = weights.map((each) => sectionScore(each, title));
    const best = Math.max(...scores);
    const all = best + sum(words.map((_, number) => Math.max(...weights.map((each) => each[number]))));
    const pageWeight = page.kind ? 1 : GUIDE_WEIGHT;
    const items = found.map((one, at) => showSection(page, lines, words, one, (pageWeight * all * scores[at]) / best));
    return withPage(items, page, lines).sort((one, other) => other.score - one.score);
  }

  /** @param {string[]} lines */
  function lineStarts(lines) {
    let next = 0;
    return lines.map((line) => (next += line.length + 1) - line.length - 1);
  }

  /**
   * Why: Material wants the page itself in each group, found or not.
   * @param {Item[]} items
   * @param {Page} page
   * @param {string[]} lines
   */
  function withPage(items, page, lines) {
    if (items[0].location === page.url) return items;
    return [...items, { location: page.url, title: escapeHtml(lines[0]), text: "", score: 0, terms: {} }];
  }

  /**
   * @param {Page} page
   * @param {string[]} lines
   * @param {Word[]} words
   * @param {Found} found
   * @param {number} score
   * @returns {Item}
   */
  function showSection(page, lines, words, found, score) {
    const { section, heading, body } = found;
    const title = fold(lines[0]);
    return {
      location: section ? `${page.url}#${page.anchors[section - 1]}` : page.url,
      title: markHits(lines[2 * section], words),
      text: snippet(lines[2 * section + 1], words),
      score,
      terms: Object.fromEntries(
        words.map((word, at) => [word.shown, heading[at] + body[at] > 0 || title.includes(word.folded)]),
      ),
    };
  }

  /**
   * Cut the part of a text that has the most words close together, or its beginning.
   * @param {string} text
   * @param {Word[]} words
   */
  function snippet(text, words) {
    const hits = hitsIn(text, words);
    const first = hits.length ? bestHit(hits) : { start: 0, end: 0 };
    const start = wholeCharacter(text, first.start > BEFORE ? first.start - BEFORE : 0);
    const end = wholeCharacter(text, Math.max(start + SNIPPET, first.end));
    return (start ? "…" : "") + mark(text, hits, start, end) + (end < text.length ? "…" : "");
  }

  /**
   * @param {string} text
   * @param {Word[]} words
   */
  function markHits(text, words) {
    return mark(text, hitsIn(text, words), 0, text.length);
  }

  /**
   * @param {string} text
   * @param {Word[]} words
   * @returns {Hit[]} in reading order
   */
  function hitsIn(text, words) {
    const folded = fold(text);
    /** @type {Hit[]} */
    const hits = [];
    words.forEach(({ folded: word }, number) => {
      for (const start of placesOf(folded, word)) hits.push({ start, end: start + word.length, word: number });
    });
    return hits.sort((one, other) => one.start - other.start);
  }

  /** @param {Hit[]} hits */
  function bestHit(hits) {
    let [best, most] = [hits[0], 0];
    hits.slice(0, TRIED).forEach((hit, at) => {
      const near = hits.slice(at, at + TRIED).filter((other) => other.end <= hit.start + SNIPPET - BEFORE);
      const words = new Set(near.map((other) => other.word)).size;
      if (words > most) [best, most] = [hit, words];
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
   * @param {Hit[]} hits
   * @param {number} from
   * @param {number} to
   */
  function mark(text, hits, from, to) {
    let [out, at] = ["", from];
    for (const [start, end] of joined(hits)) {
      const [left, right] = [Math.max(start, at), Math.min(end, to)];
      if (left >= right) continue;
      out += `${escapeHtml(text.slice(at, left))}<mark>${escapeHtml(text.slice(left, right))}</mark>`;
      at = right;
    }
    return out + escapeHtml(text.slice(at, to));
  }

  /**
   * @param {Hit[]} hits in reading order
   * @returns {[number, number][]}
   */
  function joined(hits) {
    /** @type {[number, number][]} */
    const spans = [];
    for (const { start, end } of hits) {
      const last = spans[spans.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else spans.push([start, end]);
    }
    return spans;
  }

  /** @param {string} text */
  function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  }

  /* ----------------------------------------------------------------- messages */

  /** Material's messages, and two of our own: get the text ready; it could not be had. */
  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const WARM = 4;
  const FAILED = 5;

  /**
   * Answer Material's messages.
   *
   * Why ready before the text is there: most visits do not search, so the text is loaded when the box is entered.
   * @param {(done: (file: IndexFile | undefined) => void) => void} load
   * @param {(message: Message) => void} post
   * @returns {(message: Message) => void}
   */
  function makeEngine(load, post) {
    /** @type {Page[] | undefined} */
    let pages;
    let asked = "";
    let loading = false;
    let due = false;

    /** @param {IndexFile | undefined} file */
    function loaded(file) {
      loading = false;
      if (!file) return post({ type: FAILED });
      pages = readIndex(file);
      if (asked) later();
    }

    function warm() {
      if (pages || loading) return;
      loading = true;
      load(loaded);
    }

    /** Why later: of the queries that came in meanwhile only the last one is worth an answer. */
    function later() {
      if (due) return;
      due = true;
      setTimeout(() => {
        due = false;
        if (!asked || pages) post({ type: RESULT, data: { items: search(pages || [], asked) } });
      });
    }

    return function receive({ type, data }) {
      if (type === SETUP) post({ type: READY });
      if (type === WARM) warm();
      if (type !== QUERY) return;
      asked = String(data).trim();
      if (asked) warm();
      if (!asked || pages) later();
    };
  }

  /** @typedef {{__searchIndex?: IndexFile}} WithIndex */

  /**
   * Why it is removed: the pages made of it are kept, the file is not needed twice.
   * @returns {IndexFile | undefined}
   */
  function takeIndex() {
    const holder = /** @type {WithIndex} */ (/** @type {unknown} */ (self));
    const file = holder.__searchIndex;
    delete holder.__searchIndex;
    return file;
  }

  /** @param {string} own this file's address */
  function indexAddress(own) {
    return new URL("../../search/index.js", own).href;
  }

  /* ---------------------------------------------------------------- as worker */

  function startWorker() {
    const scope = /** @type {{importScripts(url: string): void, postMessage(message: Message): void}} */ (
      /** @type {unknown} */ (self)
    );
    const receive = makeEngine(
      (done) => {
        try {
          scope.importScripts(indexAddress(self.location.href));
        } catch (error) {
          console.error(error);
        }
        done(takeIndex());
      },
      (message) => scope.postMessage(message),
    );
    self.addEventListener("message", (event) => receive(event.data));
  }

  /* ------------------------------------------------------------------ in page */

  const BOX = "[data-md-component=search-query]";
  const NOT_READ = "搜索数据没有读到，请检查网络后再试";

  /** Why no worker from file://: browsers refuse to start one there. */
  function startPage() {
    const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;
    const start = location.protocol === "file:" ? standIn : realWorker(self.Worker);
    self.Worker = new Proxy(self.Worker, {
      construct(target, args) {
        if (String(args[0]) !== materialWorker()) return Reflect.construct(target, args);
        const worker = start(own);
        worker.addEventListener("message", tellFailure);
        listenToBox(worker);
        return worker;
      },
    });
  }

  /** @returns {string | undefined} the address from which Material's bundle starts its search */
  function materialWorker() {
    const config = document.getElementById("__config");
    return config ? JSON.parse(config.textContent || "{}").search : undefined;
  }

  /**
   * @param {typeof Worker} real
   * @returns {(own: string) => Worker}
   */
  function realWorker(real) {
    return (own) => new real(own);
  }

  /**
   * Give what Material needs of a worker, at work in the page itself.
   * @param {string} own
   * @returns {Worker}
   */
  function standIn(own) {
    const target = new EventTarget();
    const receive = makeEngine(
      (done) => addScript(indexAddress(own), () => done(takeIndex())),
      (message) => target.dispatchEvent(new MessageEvent("message", { data: message })),
    );
    const postMessage = (/** @type {Message} */ message) => void setTimeout(() => receive(message));
    return /** @type {Worker} */ (Object.assign(target, { postMessage, terminate() {} }));
  }

  /**
   * @param {string} address
   * @param {() => void} done also when it failed
   */
  function addScript(address, done) {
    const script = document.createElement("script");
    script.src = address;
    script.onload = script.onerror = () => {
      script.remove();
      done();
    };
    document.head.appendChild(script);
  }

  /** @param {MessageEvent<Message>} event */
  function tellFailure(event) {
    const place = document.querySelector(".md-search-result__meta");
    if (event.data.type === FAILED && place) place.textContent = NOT_READ;
  }

  /**
   * Make the box search whenever, and only when, it has text that is meant.
   *
   * Why: Material searches on `keyup` alone. Text that is pasted, dropped or chosen with the mouse in an input method
   * comes without one; while an input method is composing, `keyup` comes with text that is not yet meant.
   * @param {Worker} worker
   */
  function listenToBox(worker) {
    const queries = holdQueries(worker);
    listen("focusin", () => worker.postMessage({ type: WARM }));
    listen("input", nudge);
    listen("compositionstart", queries.hold);
    listen("compositionend", queries.release);
    document.addEventListener("reset", nudgeAfterReset, true);
  }

  /**
   * Keep queries back for a while; of those that came in meanwhile, the last is sent.
   * @param {Worker} worker
   */
  function holdQueries(worker) {
    const send = worker.postMessage.bind(worker);
    let holding = false;
    /** @type {Message | undefined} */
    let last;
    worker.postMessage = (/** @type {Message} */ message) => {
      if (holding && message.type === QUERY) last = message;
      else send(message);
    };
    return {
      hold() {
        holding = true;
      },
      release() {
        holding = false;
        if (last) send(last);
        last = undefined;
      },
    };
  }

  /**
   * @param {string} type
   * @param {(box: HTMLInputElement) => void} heard
   */
  function listen(type, heard) {
    const hear = (/** @type {Event} */ event) => {
      if (event.target instanceof HTMLInputElement && event.target.matches(BOX)) heard(event.target);
    };
    document.addEventListener(type, hear, true);
  }

  /** @param {EventTarget} box */
  function nudge(box) {
    box.dispatchEvent(new Event("keyup"));
  }

  /**
   * Why: a tap on the cross is quicker than Material looks, and its results would stay. Why later: the event comes
   * before the box is empty.
   * @param {Event} event
   */
  function nudgeAfterReset(event) {
    const box = event.target instanceof HTMLFormElement && event.target.querySelector(BOX);
    if (box) setTimeout(() => nudge(box));
  }

  /* -------------------------------------------------------------------- start */

  if (typeof document !== "undefined") startPage();
  else if ("importScripts" in self) startWorker();
  else Object.assign(self, { siteSearch: { fold, parseQuery, readIndex, search, snippet, makeEngine } });
})();
