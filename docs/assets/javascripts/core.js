// @ts-check
/**
 * What the site's scripts share. Loaded first; every other script adds its feature to `planSite`.
 *
 * Why one `var`: classic scripts run from file:// and in every browser we serve, and share nothing but globals.
 *
 * Each of the features also gives its pure functions here, for the tests under Node.
 * @typedef {object} PlanSite
 * @property {(start: (page: Document) => void) => void} mount
 * @property {Filters} filters
 * @property {Copying} clipboard
 * @property {Checklist} checklist
 * @property {Dates} dates
 * @property {YearCalendar} calendar
 * @property {Comparing} compare
 */
var planSite = (function () {
  "use strict";

  /**
   * Start a feature on every page, also after Material's instant navigation.
   * @param {(page: Document) => void} start
   */
  function mount(start) {
    if (typeof document === "undefined") return; // Under Node.
    if (typeof document$ !== "undefined") document$.subscribe(start);
    else if (document.readyState !== "loading") start(document);
    else document.addEventListener("DOMContentLoaded", () => start(document));
  }

  /**
   * Show what works only with scripts.
   * @param {Document} page
   */
  function showScripted(page) {
    for (const element of page.querySelectorAll("[data-needs-script]")) element.removeAttribute("hidden");
  }

  mount(showScripted);
  return /** @type {PlanSite} */ ({ mount });
})();
