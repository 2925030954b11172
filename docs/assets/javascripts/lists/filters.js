// @ts-check
/**
 * Filters: what a reader chooses in a `form[data-filters]`, what the address says, and what is shown are one.
 *
 * The form's selects, checkboxes and radio buttons filter the `[data-filter-item]` below the element it names; a control
 * called `role` looks at the words of an item's `data-role`. An empty value filters nothing and is not written.
 *
 * What is wanted, by the name of the control; no value: everything.
 * @typedef {{[name: string]: string[]}} Wanted
 *
 * @typedef {object} Filters
 * @property {(search: string, names: string[]) => Wanted} readQuery
 * @property {(search: string, wanted: Wanted) => string} writeQuery
 * @property {(wordsOf: (name: string) => string, wanted: Wanted) => boolean} fits
 * @property {(shown: number, all: number, unit: string) => string} countText
 */
(function () {
  "use strict";

  const FORM = "form[data-filters]";
  const ITEM = "[data-filter-item]";
  const GROUP = "[data-filter-group]";
  const CHOICE = "select[name] option, input[name][type=checkbox], input[name][type=radio]";

  /* -------------------------------------------------------------- pure parts */

  /**
   * @param {string} search the query of an address
   * @param {string[]} names
   * @returns {Wanted}
   */
  function readQuery(search, names) {
    const query = new URLSearchParams(search);
    return Object.fromEntries(names.map((name) => [name, query.getAll(name).filter(Boolean)]));
  }

  /**
   * Write what is wanted into a query; what else it holds is kept.
   * @param {string} search
   * @param {Wanted} wanted
   */
  function writeQuery(search, wanted) {
    const query = new URLSearchParams(search);
    for (const name of Object.keys(wanted)) {
      query.delete(name);
      for (const value of wanted[name]) query.append(name, value);
    }
    const written = query.toString();
    return written && `?${written}`;
  }

  /**
   * Tell whether an item has one of the values of every control in which something is chosen.
   * @param {(name: string) => string} wordsOf the item's values, with blanks between them
   * @param {Wanted} wanted
   */
  function fits(wordsOf, wanted) {
    return Object.keys(wanted).every((name) => {
      const words = wordsOf(name).split(/\s+/);
      return !wanted[name].length || wanted[name].some((value) => words.includes(value));
    });
  }

  /**
   * @param {number} shown
   * @param {number} all
   * @param {string} unit measure word and noun: 项任务
   */
  function countText(shown, all, unit) {
    return shown === all ? `共 ${all} ${unit}` : `显示 ${shown} ${unit.charAt(0)}，共 ${all} ${unit}`;
  }

  /* --------------------------------------------------- the form, the address */

  /** @typedef {HTMLOptionElement | HTMLInputElement} Choice */

  /** @param {HTMLFormElement} form */
  function choicesOf(form) {
    /** @type {NodeListOf<Choice>} */
    const choices = form.querySelectorAll(CHOICE);
    return [...choices];
  }

  /** @param {Choice} choice */
  function nameOf(choice) {
    const holder = choice instanceof HTMLInputElement ? choice : choice.closest("select");
    return holder ? holder.name : "";
  }

  /** @param {Choice} choice */
  function isChosen(choice) {
    return choice instanceof HTMLInputElement ? choice.checked : choice.selected;
  }

  /**
   * @param {HTMLFormElement} form
   * @returns {Wanted}
   */
  function readForm(form) {
    /** @type {Wanted} */
    const wanted = {};
    for (const choice of choicesOf(form)) {
      const values = wanted[nameOf(choice)] || (wanted[nameOf(choice)] = []);
      if (isChosen(choice) && choice.value) values.push(choice.value);
    }
    return wanted;
  }

  /**
   * Choose what is wanted; values that the form does not offer are ignored.
   * @param {HTMLFormElement} form
   * @param {Wanted} wanted
   */
  function writeForm(form, wanted) {
    for (const choice of choicesOf(form)) {
      const values = wanted[nameOf(choice)] || [];
      const on = choice.value ? values.includes(choice.value) : !values.length;
      if (choice instanceof HTMLInputElement) choice.checked = on;
      else choice.selected = on;
    }
  }

  /** @param {HTMLFormElement} form */
  function readAddress(form) {
    writeForm(form, readQuery(location.search, Object.keys(readForm(form))));
  }

  /**
   * Keep the choice in the address, with the place of what is filtered, so that it can be sent on.
   * @param {HTMLFormElement} form
   */
  function writeAddress(form) {
    const address = new URL(location.href);
    address.search = writeQuery(address.search, readForm(form));
    const heading = headingOf(form);
    if (isFiltering(form) && heading) address.hash = heading.id;
    else if (hiddenTarget(address.hash)) address.hash = "";
    if (address.href === location.href) return;
    try {
      history.replaceState(history.state, "", address.href);
    } catch (error) {
      // Why nothing is said: from file:// older kernels refuse; the filter works, only the address does not show it.
    }
  }

  /**
   * @param {HTMLFormElement} form
   * @returns {Element | undefined} the heading of the part of the page that the form is in
   */
  function headingOf(form) {
    const before = [...document.querySelectorAll("article h2[id]")].filter(
      (heading) => heading.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return before.pop();
  }

  /** @param {HTMLFormElement} form */
  function isFiltering(form) {
    const wanted = readForm(form);
    return Object.keys(wanted).some((name) => wanted[name].length > 0);
  }

  /* -------------------------------------------------------------------- show */

  /** @param {HTMLFormElement} form */
  function areaOf(form) {
    return document.getElementById(form.dataset.filters || "");
  }

  /**
   * Show what fits and say how much it is.
   * @param {HTMLFormElement} form
   */
  function show(form) {
    const area = areaOf(form);
    if (!area) return;
    const wanted = readForm(form);
    const items = [.../** @type {NodeListOf<HTMLElement>} */ (area.querySelectorAll(ITEM))];
    for (const item of items) item.hidden = !fits((name) => item.getAttribute(`data-${name}`) || "", wanted);
    /** @type {NodeListOf<HTMLElement>} */
    const groups = area.querySelectorAll(GROUP);
    for (const group of groups) group.hidden = !group.querySelector(`${ITEM}:not([hidden])`);
    tell(form, area, items.filter((item) => !item.hidden).length, items.length);
    offerReset(form, isFiltering(form));
  }

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement} area
   * @param {number} shown
   * @param {number} all
   */
  function tell(form, area, shown, all) {
    const count = /** @type {HTMLElement | null} */ (form.querySelector("[data-filter-count]"));
    const words = count ? countText(shown, all, count.dataset.filterUnit || "项") : "";
    // Why: a screen reader says again what is written again.
    if (count && count.textContent !== words) count.textContent = words;
    const empty = /** @type {HTMLElement | null} */ (area.querySelector("[data-filter-empty]"));
    if (empty) empty.hidden = shown > 0;
    const told = /** @type {HTMLElement | null} */ (area.querySelector("[data-filter-told]"));
    if (!told || !count) return;
    told.hidden = !isFiltering(form);
    told.textContent = `${chosenText(form)}。${count.textContent}`;
  }

  /**
   * Say what is chosen, for paper: part of a list must not be taken for the whole.
   * @param {HTMLFormElement} form
   */
  function chosenText(form) {
    const selects = [...form.querySelectorAll("select")].filter((select) => select.value);
    return selects.map((select) => `${labelOf(select)}：${wordsOf(select.selectedOptions[0])}`).join("；");
  }

  /** @param {HTMLOptionElement} choice its name, with the number of items behind it */
  function wordsOf(choice) {
    return choice.text.replace(/（\d+）$/, "");
  }

  /** @param {HTMLSelectElement} select */
  function labelOf(select) {
    const label = select.closest("label");
    return label && label.firstChild ? (label.firstChild.textContent || "").trim() : "";
  }

  /**
   * Why the focus moves: a button that is hidden under the focus leaves a keyboard user at the top of the page.
   * @param {HTMLFormElement} form
   * @param {boolean} filtering
   */
  function offerReset(form, filtering) {
    const button = /** @type {HTMLElement | null} */ (form.querySelector("[data-filter-reset]"));
    if (!button) return;
    const first = /** @type {HTMLElement | null} */ (form.querySelector("select, input"));
    if (!filtering && first && document.activeElement === button) first.focus();
    button.hidden = !filtering;
  }

  /** @param {HTMLFormElement} form */
  function changed(form) {
    show(form);
    writeAddress(form);
  }

  /** @param {HTMLFormElement} form */
  function clear(form) {
    writeForm(form, {});
    changed(form);
  }

  /* ------------------------------------------------- links to hidden places */

  /**
   * @param {string} hash
   * @returns {Element | null} its target, if a filter hides that
   */
  function hiddenTarget(hash) {
    const target = document.getElementById(hash.slice(1));
    return target && target.closest(`${ITEM}[hidden], ${GROUP}[hidden]`) ? target : null;
  }

  /**
   * Clear the filter that hides the target of a link.
   * @param {string} hash
   * @returns {Element | null} the target, now shown, if it was hidden
   */
  function reveal(hash) {
    const target = hiddenTarget(hash);
    if (target) for (const form of allForms()) if (contains(areaOf(form), target)) clear(form);
    return target;
  }

  /**
   * @param {HTMLElement | null} area
   * @param {Element} target
   */
  function contains(area, target) {
    return area !== null && area.contains(target);
  }

  function revealAndScroll() {
    const target = reveal(location.hash);
    if (target) target.scrollIntoView();
  }

  /**
   * Why not only at `hashchange`: a second click on the same link changes no hash.
   * @param {MouseEvent} event
   */
  function clicked(event) {
    const link = event.target instanceof Element && event.target.closest("a");
    if (link && link.hash && link.pathname === location.pathname && link.host === location.host) reveal(link.hash);
  }

  /* ------------------------------------------------------------------- start */

  /** @returns {HTMLFormElement[]} */
  function allForms() {
    return [...document.querySelectorAll(FORM)].map((form) => /** @type {HTMLFormElement} */ (form));
  }

  function followAddress() {
    for (const form of allForms()) {
      readAddress(form);
      show(form);
    }
  }

  /** @param {HTMLFormElement} form */
  function listen(form) {
    form.addEventListener("change", () => changed(form));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      clear(form);
    });
  }

  /** Bring into view what an address filters that names no place. */
  function showFiltered() {
    const form = location.hash ? undefined : allForms().find(isFiltering);
    const heading = form && headingOf(form);
    if (heading) heading.scrollIntoView();
  }

  function start() {
    allForms().forEach(listen);
    followAddress();
    showFiltered();
    revealAndScroll();
  }

  planSite.filters = { readQuery, writeQuery, fits, countText };
  planSite.mount(start);
  if (typeof document !== "undefined") {
    document.addEventListener("click", clicked, true);
    window.addEventListener("popstate", followAddress);
    window.addEventListener("hashchange", revealAndScroll);
  }
})();
