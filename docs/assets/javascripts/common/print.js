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

  /**
   * Why not the link's own attribute: Chromium 79 to 108 then read the sheet anew, and print before they have.
   * @param {HTMLLinkElement[]} links
   * @param {string} media
   */
  function turn(links, media) {
    for (const { sheet } of links) if (sheet) sheet.media.mediaText = media;
  }

  function putAway() {
    turn(sheets(), OFF);
  }

  /** @param {string} [name] of the sheet to print on */
  function printOn(name) {
    putAway();
    if (name) turn(sheets(name), "print");
    window.print();
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
