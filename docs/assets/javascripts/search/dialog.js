// @ts-check
/**
 * Search in Material's own dialog: what stands in the page.
 *
 * Loaded before Material's bundle, it takes the place of the worker that Material searches with, makes the box listen to
 * all ways of typing, offers a choice of kind and unit, and says what was looked for. What searches is `engine.js` with
 * what stands beside it, joined as `search-engine.js` and loaded when the box is entered.
 */
(function () {
  "use strict";

  /**
   * @typedef {(message: SearchMessage) => void} Engine
   */

  /** Messages as `engine.js` has them. */
  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const WARM = 4;
  const FAILED = 5;
  const CHOOSE = 6;
  const OPENED = 7;

  const BOX = "[data-md-component=search-query]";
  const LIST = ".md-search-result__list";
  const NOT_READ = "搜索数据没有读到，请检查网络后再试";

  function startPage() {
    const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;
    const Real = self.Worker;
    self.Worker = new Proxy(Real, {
      construct(target, args) {
        if (String(args[0]) !== materialWorker()) return Reflect.construct(target, args);
        const worker = standIn(own, Real);
        worker.addEventListener("message", (event) => hear(event, worker));
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
   * Give what Material needs of a worker. Until something is asked it answers by itself: most visits do not search.
   * @param {string} own this file's address
   * @param {typeof Worker} Real
   * @returns {Worker}
   */
  function standIn(own, Real) {
    const target = new EventTarget();
    const say = (/** @type {SearchMessage} */ message) => void target.dispatchEvent(new MessageEvent("message", { data: message }));
    const start = location.protocol === "file:" ? startHere : startWorker;
    /** @type {SearchMessage[]} */
    let waiting = [];
    /** @type {Engine | undefined} */
    let engine;
    /** @param {SearchMessage} message */
    function postMessage(message) {
      if (message.type === SETUP) return void setTimeout(() => say({ type: READY }));
      if (engine) return engine(message);
      if (message.type === QUERY && !message.data) {
        return void setTimeout(() => say({ type: RESULT, data: { items: [], told: "" } }));
      }
      if (waiting.push(message) > 1) return;
      start(new URL("search-engine.js", own).href, Real, say, (started) => {
        engine = started;
        if (engine) waiting.forEach(engine);
        else say({ type: FAILED });
        waiting = [];
      });
    }
    return /** @type {Worker} */ (Object.assign(target, { postMessage, terminate() {} }));
  }

  /**
   * @param {string} address
   * @param {typeof Worker} Real
   * @param {Engine} say
   * @param {(engine: Engine | undefined) => void} done
   */
  function startWorker(address, Real, say, done) {
    const worker = new Real(address);
    worker.addEventListener("message", (event) => say(event.data));
    // Why ended: it may not have loaded at all. The next query starts another.
    worker.addEventListener("error", () => {
      worker.terminate();
      done(undefined);
    });
    done((message) => worker.postMessage(message));
  }

  /**
   * Run the engine in the page. Why: from file:// browsers refuse to start a worker.
   * @param {string} address
   * @param {typeof Worker} _
   * @param {Engine} say
   * @param {(engine: Engine | undefined) => void} done
   */
  function startHere(address, _, say, done) {
    const folder = new URL("../../search/", address).href;
    addScript(address, () => {
      if (typeof siteSearch === "undefined" || !siteSearch.engine) return done(undefined);
      const receive = siteSearch.engine.makeEngine((files, then) => {
        let left = files.length;
        for (const file of files) addScript(folder + file, () => --left || then());
      }, say);
      done((message) => void setTimeout(() => receive(message)));
    });
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

  /**
   * Hear what the engine says beside its results.
   * @param {MessageEvent<SearchMessage>} event
   * @param {Worker} worker
   */
  function hear({ data: { type, data } }, worker) {
    const meta = document.querySelector(".md-search-result__meta");
    if (!meta) return;
    if (type === FAILED) meta.textContent = NOT_READ;
    if (type === OPENED) offerChoice(data, worker);
    if (type === RESULT) place(".search-told", "p", meta).textContent = data.told;
    meta.setAttribute("role", "status");
  }

  /**
   * Give the element of a class behind another, made if need be.
   * @param {string} selector
   * @param {string} tag
   * @param {Element} before
   */
  function place(selector, tag, before) {
    const known = document.querySelector(selector);
    if (known) return known;
    const made = document.createElement(tag);
    made.className = selector.slice(1);
    made.setAttribute("role", "status");
    before.after(made);
    return made;
  }

  /**
   * Let the reader choose a kind and a unit.
   * @param {{kinds: string[], units: {[id: string]: string}}} offered
   * @param {Worker} worker
   */
  function offerChoice({ kinds, units }, worker) {
    const output = document.querySelector(".md-search__output");
    if (!output || document.querySelector(".search-choice")) return;
    const choice = document.createElement("div");
    choice.className = "search-choice";
    choice.setAttribute("role", "group");
    choice.setAttribute("aria-label", "缩小范围");
    const kind = choiceOf("种类", "全部种类", kinds.map((name) => [name, name]));
    const unit = choiceOf("单位类型", "全部单位", Object.entries(units));
    choice.append(kind, unit);
    choice.addEventListener("change", () => worker.postMessage({ type: CHOOSE, data: { kind: kind.value, unit: unit.value } }));
    output.prepend(choice);
    document.addEventListener("keydown", (event) => keepKeys(event, choice), true);
  }

  /**
   * @param {string} name
   * @param {string} all
   * @param {[string, string][]} entries
   */
  function choiceOf(name, all, entries) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", name);
    for (const [value, text] of [["", all], ...entries]) select.add(new Option(text, value));
    return select;
  }

  /**
   * Keep Material from taking the keys meant for the choice: it closes the dialog at Tab, and takes letters to the box.
   * @param {KeyboardEvent} event
   * @param {HTMLElement} choice
   */
  function keepKeys(event, choice) {
    const from = document.activeElement;
    const stops = [document.querySelector(BOX), ...choice.children, document.querySelector(`${LIST} a`)];
    const at = from ? stops.indexOf(from) : -1;
    const next = event.key === "Tab" && at >= 0 ? stops[at + (event.shiftKey ? -1 : 1)] : null;
    const own = from !== null && choice.contains(from);
    if (own && event.key === "Escape") return void (/** @type {HTMLElement} */ (from).blur());
    // Why Shift: Material takes any key but its own to the box, and Shift comes before Tab.
    if (!own && !next && event.key !== "Shift") return;
    event.stopPropagation();
    if (event.key !== "Tab") return;
    if (next) event.preventDefault();
    if (next instanceof HTMLElement) next.focus();
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
    /** @type {SearchMessage | undefined} */
    let last;
    worker.postMessage = (/** @type {SearchMessage} */ message) => {
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

  startPage();
})();
