// @ts-check
/**
 * Printing: the page as it is, or its checklist alone on a sheet to be filled in by hand.
 *
 * Why `media` of a second style sheet: named pages lost table rows and `link.disabled` failed in browsers we serve.
 */
(function () {
  "use strict";

  const OFF = "not all";

  /**
   * @param {Document} page
   * @returns {HTMLLinkElement | null} the style sheet of the checklist alone
   */
  function sheetOf(page) {
    return page.querySelector("link[data-print-sheet=checklist]");
  }

  /** @param {string} media */
  function switchSheet(media) {
    const sheet = sheetOf(document);
    if (sheet) sheet.media = media;
  }

  function printChecklist() {
    switchSheet("print");
    window.print();
  }

  /** @param {Document} page */
  function start(page) {
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = page.querySelectorAll("[data-print]");
    for (const button of buttons) {
      const alone = button.dataset.print === "checklist";
      button.hidden = alone && !sheetOf(page);
      button.addEventListener("click", alone ? printChecklist : () => window.print());
    }
  }

  planSite.mount(start);
  if (typeof document !== "undefined") window.addEventListener("afterprint", () => switchSheet(OFF));
})();
