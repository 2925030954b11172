// @ts-check
/**
 * Printing: the page as it is, or a part of it on a sheet of its own: the checklist to be filled in by hand, the text.
 *
 * Why `media` of further style sheets: named pages lost table rows and `link.disabled` failed in browsers we serve.
 */
(function () {
  "use strict";

  const OFF = "not all";

  /**
   * @param {string} [name] of one; else all
   * @returns {HTMLLinkElement[]} the style sheets of parts of a page
   */
  function sheets(name) {
    /** @type {NodeListOf<HTMLLinkElement>} */
    const links = document.querySelectorAll("link[data-print-sheet]");
    return [...links].filter((link) => !name || link.dataset.printSheet === name);
  }

  function putAway() {
    for (const sheet of sheets()) sheet.media = OFF;
  }

  /**
   * Why two frames later: Chromium 79 and 108 print with the style sheets of the last frame drawn.
   * @param {string} [name] of the sheet to print on
   */
  function printOn(name) {
    putAway();
    if (name) for (const sheet of sheets(name)) sheet.media = "print";
    requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
  }

  /** @param {Document} page */
  function start(page) {
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = page.querySelectorAll("[data-print]");
    for (const button of buttons) {
      const name = button.dataset.print === "page" ? undefined : button.dataset.print;
      button.hidden = name !== undefined && !sheets(name).length;
      button.addEventListener("click", () => printOn(name));
    }
  }

  planSite.mount(start);
  if (typeof document !== "undefined") window.addEventListener("afterprint", putAway);
})();
