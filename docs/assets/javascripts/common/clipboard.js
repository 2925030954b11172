// @ts-check
/**
 * Copying where `navigator.clipboard` does not exist: plain http and file://.
 *
 * `html` is what table and text programs paste, `text` what everything else does.
 * @typedef {{text: string, html?: string}} Copied
 *
 * What a copy button gives for a format, and what is said when it is done.
 * @typedef {(part: Element, format: string, button: HTMLElement) => Copied & {said: string}} Copier
 *
 * @typedef {object} Copying
 * @property {(copied: Copied) => boolean} copy
 * @property {(page: Document, selector: string, copier: Copier) => void} serve
 * @property {(toolbar: Element, words: string) => void} say
 */
(function () {
  "use strict";

  const SAID_FOR = 8000;
  const NOTHING = "没有可复制的内容";
  const FAILED = "请按 Ctrl+C 复制";
  const HELP = "浏览器不让网页直接复制。下面的文字已经选中，请按 Ctrl+C 复制。";

  /**
   * Put text, and the same as HTML, on the clipboard; focus and selection stay where they are.
   * @param {Copied} copied
   * @returns {boolean} whether it worked
   */
  function copy({ text, html }) {
    let given = false;
    /** @param {ClipboardEvent} event */
    function give(event) {
      if (!event.clipboardData) return;
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
      event.preventDefault();
      event.stopImmediatePropagation();
      given = true;
    }
    document.addEventListener("copy", give, true);
    try {
      return document.execCommand("copy") && given;
    } catch (error) {
      return false;
    } finally {
      document.removeEventListener("copy", give, true);
    }
  }

  /**
   * Make the copy buttons work whose part matches a selector, or hide them where the browser cannot copy.
   * @param {Document} page
   * @param {string} selector
   * @param {Copier} copier
   */
  function serve(page, selector, copier) {
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = page.querySelectorAll("[data-copy][data-copy-part]");
    for (const button of buttons) {
      const part = page.getElementById(button.dataset.copyPart || "");
      if (!part || !part.matches(selector)) continue;
      button.hidden = !document.queryCommandSupported("copy");
      button.addEventListener("click", () => copyPart(button, copier(part, button.dataset.copy || "", button)));
    }
  }

  /**
   * @param {HTMLElement} button
   * @param {Copied & {said: string}} copied
   */
  function copyPart(button, copied) {
    const toolbar = button.closest(".toolbar, [data-files]") || button;
    removeFallback(toolbar);
    if (!copied.text) return say(toolbar, NOTHING);
    if (copy(copied)) return say(toolbar, copied.said);
    say(toolbar, FAILED);
    showFallback(toolbar, copied.text, button);
  }

  /* ------------------------------------------------------------------ say it */

  /** @type {WeakMap<Element, number>} */
  const timers = new WeakMap();

  /**
   * Say something in the toolbar for a while.
   * @param {Element} toolbar
   * @param {string} words
   */
  function say(toolbar, words) {
    const place = toolbar.querySelector("[data-said]");
    if (!place) return;
    window.clearTimeout(timers.get(place));
    place.textContent = words;
    timers.set(place, window.setTimeout(() => (place.textContent = ""), SAID_FOR));
  }

  /* ---------------------------------------------------------------- fallback */

  /** @param {Element} toolbar */
  function fallbackOf(toolbar) {
    const next = toolbar.nextElementSibling;
    return next && next.matches(".copy-fallback") ? next : null;
  }

  /** @param {Element} toolbar */
  function removeFallback(toolbar) {
    const fallback = fallbackOf(toolbar);
    if (fallback) fallback.remove();
  }

  /**
   * Give the text selected, for the reader to copy by hand.
   * @param {Element} toolbar
   * @param {string} text
   * @param {HTMLElement} button where the reader comes from and goes back to
   */
  function showFallback(toolbar, text, button) {
    const box = document.createElement("div");
    box.className = "copy-fallback";
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.rows = 6;
    area.style.width = "100%";
    area.value = text;
    const label = document.createElement("label");
    label.append(HELP, area);
    box.append(label, closer(box, button));
    toolbar.insertAdjacentElement("afterend", box);
    area.select();
    area.focus();
  }

  /**
   * @param {HTMLElement} box
   * @param {HTMLElement} button
   */
  function closer(box, button) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button";
    close.textContent = "收起";
    close.addEventListener("click", () => {
      box.remove();
      button.focus();
    });
    return close;
  }

  planSite.clipboard = { copy, serve, say };
})();
