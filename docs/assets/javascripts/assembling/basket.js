// @ts-check
/**
 * What a reader picked for a plan of his own, on this computer: the entry `basket`. On pages with something to pick a
 * button makes a smaller one at each section, task, award and list; before that they are not there.
 *
 * @typedef {object} Basket
 * @property {() => Picked[]} picks
 * @property {(picks: Picked[]) => void} put
 * @property {(pick: Picked) => boolean} has
 * @property {(pick: any) => boolean} isPick
 * @property {(pick: Picked) => void} toggle
 * @property {(button: HTMLElement) => void} turn begins or ends picking
 */
(function () {
  "use strict";

  const { entries } = planSite;

  const KEY = "basket";
  const KINDS = ["section", "task", "award", "list", "core"];
  const NAME = /^[a-z0-9-]*$/;
  const TASK_LINK = /plans\/([a-z0-9-]+)\/index\.html#task-([a-z0-9-]+)$/;

  /* -------------------------------------------------------------------- kept */

  entries.kinds.basket = (value) => {
    const { picks = {} } = entries.isMap(value) ? value : { picks: null };
    return entries.isMap(picks) && Object.values(picks).every(entries.isMap) ? { picks: Object.assign(Object.create(null), picks) } : null;
  };

  /** @param {Picked} pick */
  function keyOf({ plan, kind, id }) {
    return `${plan}/${kind}/${id}`;
  }

  /** @returns {{[key: string]: {at: number, without?: string}}} */
  function kept() {
    return entries.read(KEY).picks;
  }

  function picks() {
    const all = kept();
    const sorted = Object.keys(all).sort((one, other) => all[one].at - all[other].at || (one < other ? -1 : 1));
    return sorted.map((key) => read(key, String(all[key].without || ""))).filter(isPick);
  }

  /**
   * @param {string} key
   * @param {string} without
   * @returns {Picked}
   */
  function read(key, without) {
    const [plan, kind, id] = key.split("/");
    return { plan, kind, id, ...(without ? { without: without.split(" ") } : {}) };
  }

  /** @type {Basket["isPick"]} */
  function isPick(pick) {
    const { plan, kind, id, without = [] } = entries.isMap(pick) ? pick : { plan: null, kind: "", id: "" };
    const names = Array.isArray(without) ? [plan, id, ...without] : [null];
    return KINDS.includes(kind) && id !== "" && names.every((name) => typeof name === "string" && NAME.test(name));
  }

  /** @param {Picked[]} all instead of what is there, in this order */
  function put(all) {
    entries.change(KEY, (data) => {
      data.picks = Object.create(null);
      all.forEach((pick, at) => (data.picks[keyOf(pick)] = { at, without: (pick.without || []).join(" ") }));
    });
  }

  /** @param {Picked} pick */
  function has(pick) {
    return keyOf(pick) in kept();
  }

  /** @param {Picked} pick put in as the last, or taken out */
  function toggle(pick) {
    const last = Math.max(-1, ...Object.keys(kept()).map((key) => kept()[key].at));
    entries.change(KEY, ({ picks: all }) => {
      if (keyOf(pick) in all) delete all[keyOf(pick)];
      else all[keyOf(pick)] = { at: last + 1, without: (pick.without || []).join(" ") };
    });
  }

  /* ----------------------------------------------------------- what can be picked */

  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @typedef {{pick: Picked, at: Element, words: string}} Offer */

  /**
   * @param {Document} page
   * @returns {Offer[]}
   */
  function offersOn(page) {
    const plan = (page.querySelector("[data-plan-id]") || page.body).getAttribute("data-plan-id") || "";
    const found = /** @type {Offer[]} */ ([]);
    for (const task of page.querySelectorAll("[data-checklist] [data-task-id]")) {
      const list = task.closest("[data-checklist=core]");
      const of = list ? "" : task.getAttribute("data-plan") || plan;
      if (list || of) add(found, task, { plan: of, kind: list ? "core" : "task", id: task.getAttribute("data-task-id") || "" }, task.querySelector("[data-cell=text]"));
    }
    for (const heading of page.querySelectorAll("h3[id^=s-], h4[id^=s-], h5[id^=s-]")) {
      const id = heading.id.slice(2);
      if (plan && !/^(phase-|new-measures$)/.test(id)) add(found, heading, { plan, kind: "section", id }, heading);
    }
    for (const link of page.querySelectorAll(".unit-tasks li > a")) {
      const [, of, id] = TASK_LINK.exec(/** @type {HTMLAnchorElement} */ (link).href) || [];
      if (id) add(found, /** @type {Element} */ (link.parentElement), { plan: of, kind: "task", id }, link);
    }
    for (const award of page.querySelectorAll("tr[id^=award-] > th")) {
      add(found, award, { plan: "", kind: "award", id: /** @type {Element} */ (award.parentElement).id.slice(6) }, award);
    }
    for (const entry of page.querySelectorAll(".entry")) {
      const name = entry.querySelector("[id^=term-]");
      const members = entry.querySelector(".term__members");
      if (name && members) add(found, members, { plan: "", kind: "list", id: name.id.slice(5) }, name);
    }
    return found;
  }

  /**
   * @param {Offer[]} found
   * @param {Element} at where its button stands: in it, or after a heading or list
   * @param {Picked} pick
   * @param {Element | null} named
   */
  function add(found, at, pick, named) {
    const words = named && named.firstChild ? (named.firstChild.nodeType === 3 && named.matches("th, h3") ? named.firstChild : named).textContent || "" : "";
    found.push({ at, pick, words: words.replace("¶", "").trim() });
  }

  /* ----------------------------------------------------------------- buttons */

  /**
   * @param {string} tag
   * @param {{[name: string]: string}} attributes
   * @param {...(Node | string)} children
   */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  }

  /** @param {Offer} offer */
  function buttonFor({ pick, at, words }) {
    const button = make("button", { type: "button", class: "button button--quiet pick__button", "data-pick": keyOf(pick), "data-words": words });
    const line = make("div", { class: "pick", "data-copy-skip": "", "data-search": "off" }, button);
    if (at.matches("li, th")) at.append(line);
    else at.insertAdjacentElement("afterend", line);
  }

  /** Say on every button what it does now. */
  function showButtons() {
    for (const button of document.querySelectorAll("[data-pick]")) {
      const [key, words] = ["data-pick", "data-words"].map((name) => button.getAttribute(name) || "");
      const does = has(read(key, "")) ? "移出组合" : "加入我的组合";
      button.textContent = does;
      button.setAttribute("aria-label", `${does}：${words}`);
      button.classList.toggle("pick--in", does === "移出组合");
    }
  }

  /* --------------------------------------------------------------------- bar */

  /** @type {HTMLElement | null} */
  let bar = null;

  /** @param {string} [said] what was just done */
  function tell(said) {
    if (!bar) return;
    const count = picks().length;
    /** @type {HTMLElement} */ (bar.querySelector("[role=status]")).textContent = `${said || ""}组合里有 ${count} 项。${entries.trouble()}`;
    bar.classList.toggle("pick-bar--empty", !count);
  }

  /** @param {HTMLElement} toggle that picking began with */
  function makeBar(toggle) {
    const link = make("a", { class: "button button--primary", href: new URL("../../assemble/index.html", src).href }, "去组合");
    const end = make("button", { type: "button", class: "button" }, "结束挑选");
    end.addEventListener("click", () => turn(toggle));
    return make("div", { class: "pick-bar md-typeset", role: "region", "aria-label": "我的组合", "data-search": "off" }, make("p", { role: "status" }), link, end);
  }

  /** @type {Basket["turn"]} */
  function turn(toggle) {
    const on = !bar;
    for (const one of document.querySelectorAll("[data-pick-toggle]")) one.setAttribute("aria-pressed", String(on));
    for (const line of document.querySelectorAll(".pick")) line.remove();
    if (bar) bar.remove();
    bar = on ? makeBar(toggle) : null;
    if (!bar) return toggle.focus();
    document.body.append(bar);
    offersOn(document).forEach(buttonFor);
    showButtons();
    tell("每项旁边有“加入我的组合”。");
  }

  /** @param {Event} event */
  function press(event) {
    const button = event.target instanceof Element && event.target.closest("[data-pick]");
    if (!button) return;
    const pick = read(button.getAttribute("data-pick") || "", "");
    toggle(pick);
    showButtons();
    tell(has(pick) ? "已加入。" : "已移出。");
  }

  /** @param {News} news */
  function heard({ changed }) {
    if (!bar || !changed) return;
    showButtons();
    tell();
  }

  planSite.basket = { picks, put, has, isPick, toggle, turn };
  planSite.mount((page) => {
    bar = null;
    page.getElementsByTagName("article")[0].addEventListener("click", press);
    entries.listeners.push(heard);
  });
})();
