// @ts-check
/**
 * Answers the messages of Material's search dialog.
 *
 * What was found, and what the reader is told of it.
 * @typedef {{hits: Hit[], told: string}} SearchAnswer
 *
 * @typedef {{makeEngine(load: LoadFiles, post: (message: SearchMessage) => void): (message: SearchMessage) => void}} SearchEngine
 */
(function () {
  "use strict";

  const { flat } = siteSearch.lists;
  const { parseQuery } = siteSearch.query;
  const { KINDS, findPages } = siteSearch.ranking;
  const { showHits } = siteSearch.showing;
  const { parts, take, makeLibrary } = siteSearch.library;

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

  const READING = "还在找，后面会再多出一些";

  /**
   * Answer Material's messages.
   *
   * Why ready before the text is there: most visits do not search, so the text is loaded when the box is entered.
   * @param {LoadFiles} load
   * @param {(message: SearchMessage) => void} post
   * @returns {(message: SearchMessage) => void}
   */
  function makeEngine(load, post) {
    /** @type {Library | undefined} */
    let library;
    /** @type {SearchAnswer | undefined} */
    let last;
    /** @type {{kind: string, unit: string}} */
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
     * @param {IterableIterator<SearchAsk>} asks
     * @param {SearchAnswer} found
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
     * @param {SearchAsk} ask
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

  function startWorker() {
    const scope = /** @type {{importScripts(...urls: string[]): void, postMessage(message: SearchMessage): void}} */ (
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

  siteSearch.engine = { makeEngine };
  if ("importScripts" in self) startWorker();
})();
