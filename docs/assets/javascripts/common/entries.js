// @ts-check
/**
 * Entries kept in localStorage under `wmck:1:<kind>:…`, or in memory alone where the browser keeps nothing, or nothing
 * more: `trouble` then says so. An entry is a map of maps; a broken one breaks no other.
 *
 * Why entries are compared as text before they are written: another window may have saved meanwhile. What only one of
 * the two changed is then joined; of what both changed the other's stays, and ours is told as a conflict.
 *
 * `base` is the text last seen in storage.
 * @typedef {{base: string | null, data: any, dirty: boolean}} Keeping
 *
 * A value that two windows changed: in which entry, where in it, and what this window had.
 * @typedef {{key: string, path: string[], mine: any}} Conflict
 *
 * What is told: that entries changed in another window, which were removed there, and what both changed.
 * @typedef {{changed?: boolean, removed?: string[], conflicts?: Conflict[]}} News
 *
 * `kinds` reads what may be anything as an entry of a kind, or gives null; `joins` joins two entries of a kind that has
 * a way of its own.
 * @typedef {object} Entries
 * @property {{[kind: string]: (value: any) => any}} kinds
 * @property {{[kind: string]: (mine: any, theirs: any) => any}} joins
 * @property {(prefix: string) => string[]} keys
 * @property {(key: string) => any} read
 * @property {(key: string, edit: (data: any) => void) => void} change
 * @property {(key: string) => void} remove
 * @property {(key: string) => string | null} stored
 * @property {(key: string, text: string) => boolean} put
 * @property {() => boolean} flush write what was changed; tells whether all of it is written
 * @property {() => void} clear
 * @property {(name: string | null) => void} follow
 * @property {((news: News) => void)[]} listeners
 * @property {() => string} trouble
 * @property {(value: any) => boolean} isMap
 */
(function () {
  "use strict";

  const SITE = "wmck:";
  const ROOT = `${SITE}1:`;
  const WRITTEN_AFTER = 400;

  const BLOCKED = "浏览器不让本站保存内容，现在填的只在本页有效，关闭前请导出备份。";
  const FULL = "浏览器给本站的空间满了，刚填的没有存住，关闭前请导出备份。";
  const BROKEN = "有一份保存的内容读不出来，已另外留存，别的内容不受影响。";

  const storage = ownStorage();
  /** @type {Map<string, Keeping>} */
  const entries = new Map();
  /** @type {Entries["kinds"]} */
  const kinds = {};
  /** @type {Entries["joins"]} */
  const joins = {};
  /** @type {Entries["listeners"]} */
  const listeners = [];
  let timer = 0;
  let isFull = false;
  let isBroken = false;

  /** @returns {Storage | null} null: memory only; `trouble` says so */
  function ownStorage() {
    try {
      localStorage.getItem(SITE);
      return localStorage;
    } catch (error) {
      return null;
    }
  }

  /* -------------------------------------------------------------------- read */

  /** @param {string} key */
  function stored(key) {
    return storage && storage.getItem(ROOT + key);
  }

  /** @returns {string[]} */
  function names() {
    return storage ? Object.keys(storage) : [];
  }

  /** @param {string} prefix */
  function keys(prefix) {
    const known = [...entries].filter(([, { dirty, base }]) => dirty || base).map(([key]) => ROOT + key);
    const found = [...known, ...names()].filter((name) => name.startsWith(ROOT + prefix));
    return [...new Set(found)].map((name) => name.slice(ROOT.length)).sort();
  }

  /** @param {string} key */
  function entryOf(key) {
    const known = entries.get(key);
    if (known) return known;
    const base = stored(key);
    const data = base && revive(key, base);
    if (base && !data) setAside(key, base);
    const entry = { base: data ? base : null, data: data || revive(key, "{}"), dirty: false };
    entries.set(key, entry);
    return entry;
  }

  /** @param {string} key */
  function read(key) {
    return entryOf(key).data;
  }

  /**
   * @param {string} key
   * @param {string} text
   */
  function revive(key, text) {
    try {
      return kinds[key.split(":")[0]](JSON.parse(text));
    } catch (error) {
      return null;
    }
  }

  /**
   * Keep what cannot be read under another name. Why it is removed first: a full storage has room for one of the two.
   * @param {string} key
   * @param {string} text
   */
  function setAside(key, text) {
    let aside = `broken:${key}`;
    while (stored(aside) !== null) aside += "+";
    if (storage) storage.removeItem(ROOT + key);
    if (!put(aside, text)) put(key, text);
    isBroken = true;
  }

  /* ------------------------------------------------------------------- write */

  /**
   * @param {string} key
   * @param {(data: any) => void} edit
   */
  function change(key, edit) {
    const entry = entryOf(key);
    edit(entry.data);
    entry.dirty = true;
    if (!timer) timer = /** @type {any} */ (setTimeout(flush, WRITTEN_AFTER));
  }

  /** What finds no room stays to be written, and what is smaller may find some all the same. */
  function flush() {
    clearTimeout(timer);
    timer = 0;
    const dirty = [...entries].filter(([, entry]) => entry.dirty);
    if (!dirty.length || !storage) return !dirty.length;
    isFull = dirty.map(([key, entry]) => write(key, entry)).includes(false);
    tell({});
    return !isFull;
  }

  /**
   * @param {string} key
   * @param {Keeping} entry
   */
  function write(key, entry) {
    const conflicts = takeOver(key, entry);
    const text = JSON.stringify(entry.data);
    if (!put(key, text)) return false;
    entry.base = text;
    entry.dirty = false;
    if (conflicts) tell({ changed: true, conflicts });
    return true;
  }

  /**
   * Join an entry with what another window has saved meanwhile.
   * @param {string} key
   * @param {Keeping} entry
   * @returns {Conflict[] | null} null: nobody has
   */
  function takeOver(key, entry) {
    const text = stored(key);
    if (text === null || text === entry.base) return null;
    const theirs = revive(key, text);
    if (!theirs) setAside(key, text);
    if (!theirs) return null;
    /** @type {Conflict[]} */
    const conflicts = [];
    const clash = (/** @type {string[]} */ path, /** @type {any} */ mine) => conflicts.push({ key, path, mine });
    const way = joins[key.split(":")[0]];
    const joined = way ? way(entry.data, theirs) : join(JSON.parse(entry.base || "{}"), entry.data, theirs, [], clash);
    entry.data = revive(key, JSON.stringify(joined));
    entry.base = text;
    return conflicts;
  }

  /**
   * @param {any} base what both come from
   * @param {any} mine
   * @param {any} theirs
   * @param {string[]} path
   * @param {(path: string[], mine: any) => void} clash
   * @returns {any}
   */
  function join(base, mine, theirs, path, clash) {
    const [from, my, their] = [base, mine, theirs].map((value) => JSON.stringify(value));
    if (my === their || from === their) return mine;
    if (from === my) return theirs;
    if (isMap(mine) && isMap(theirs)) {
      const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
      const below = isMap(base) ? base : {};
      return Object.fromEntries(
        names.map((name) => [name, join(own(below, name), own(mine, name), own(theirs, name), [...path, name], clash)]),
      );
    }
    clash(path, mine);
    return theirs;
  }

  /**
   * @param {any} map
   * @param {string} name
   */
  function own(map, name) {
    return Object.prototype.hasOwnProperty.call(map, name) ? map[name] : undefined;
  }

  /** @param {any} value */
  function isMap(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /**
   * @param {string} key
   * @param {string} text
   * @returns {boolean} whether it is stored: there may be no room, or no storage
   */
  function put(key, text) {
    try {
      if (storage) storage.setItem(ROOT + key, text);
      return Boolean(storage);
    } catch (error) {
      return false;
    }
  }

  /** @param {string} key */
  function remove(key) {
    entries.delete(key);
    if (storage) storage.removeItem(ROOT + key);
  }

  /** Remove everything of this site, of any version. */
  function clear() {
    entries.clear();
    isBroken = isFull = false;
    for (const name of names()) if (storage && name.startsWith(SITE)) storage.removeItem(name);
  }

  /* -------------------------------------------------------------------- news */

  /** @param {News} news */
  function tell(news) {
    for (const heard of listeners) heard(news);
  }

  /**
   * Follow what another window did; what was changed here meanwhile is joined with it first.
   * @param {string | null} name in storage; null: anything
   */
  function follow(name) {
    if (name && !name.startsWith(ROOT)) return;
    const removed = [...entries].filter(([key, { base }]) => base && stored(key) === null).map(([key]) => key);
    flush();
    for (const [key, { dirty }] of [...entries]) if (!dirty) entries.delete(key);
    tell({ changed: true, removed });
  }

  /** Say what is wrong with keeping, in words for the reader. */
  function trouble() {
    if (!storage) return BLOCKED;
    if (isFull) return FULL;
    return isBroken ? BROKEN : "";
  }

  planSite.entries = { kinds, joins, keys, read, change, remove, stored, put, flush, clear, follow, listeners, trouble, isMap };
  if (typeof document === "undefined") return;
  window.addEventListener("storage", (event) => follow(event.key));
  window.addEventListener("pagehide", flush);
  window.addEventListener("pageshow", (event) => event.persisted && follow(null));
  document.addEventListener("visibilitychange", () => document.hidden && flush());
})();
