// @ts-check
/**
 * The theme's drawer and its search dialog for those who use no mouse: what is opened gets the keyboard, and closes
 * when the keyboard leaves it or at Escape. The theme itself leaves both lying over the page.
 */
(function () {
  "use strict";
  if (typeof document === "undefined") return; // Under Node.

  const DRAWER = ".md-sidebar--primary";
  const BUTTON = ".drawer-button";
  const INSIDE = { drawer: DRAWER, search: ".md-search" };
  const STOPS = `${DRAWER} a[href], ${DRAWER} input`;

  /**
   * @param {string} name
   * @returns {HTMLInputElement | null} the box that is ticked while this is open
   */
  function toggleOf(name) {
    return document.querySelector(`[data-md-toggle=${name}]`);
  }

  /** @param {HTMLInputElement} toggle */
  function close(toggle) {
    if (toggle.checked) toggle.click(); // Why not `checked`: the theme hears clicks.
  }

  /** @param {Event} event */
  function closeWhatIsLeft(event) {
    const at = event.target;
    if (!(at instanceof Element)) return;
    for (const [name, inside] of Object.entries(INSIDE)) {
      const toggle = toggleOf(name);
      if (toggle && at !== toggle && !at.closest(inside)) close(toggle);
    }
  }

  /** @param {Event} event */
  function enterDrawer(event) {
    const toggle = toggleOf("drawer");
    if (!toggle || event.target !== toggle || !toggle.checked) return;
    const stops = [...document.querySelectorAll(STOPS)];
    const first = stops.find((stop) => getComputedStyle(stop).visibility === "visible" && stop.getClientRects().length);
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  function leaveDrawer(event) {
    const toggle = toggleOf("drawer");
    if (event.key !== "Escape" || !toggle || !toggle.checked) return;
    close(toggle);
    const button = document.querySelector(BUTTON);
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {Event} event */
  function openDrawer(event) {
    const toggle = toggleOf("drawer");
    if (toggle && event.target instanceof Element && event.target.matches(BUTTON)) toggle.click();
  }

  document.addEventListener("focusin", closeWhatIsLeft);
  document.addEventListener("click", openDrawer);
  document.addEventListener("change", enterDrawer);
  document.addEventListener("keydown", leaveDrawer);
})();
