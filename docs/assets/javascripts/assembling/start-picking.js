// @ts-check
/** The button that begins picking parts for a plan of one's own; what it needs is loaded when it is first pressed. */
(function () {
  "use strict";

  const NOT_READ = "没有读到，请刷新页面";

  /** @param {HTMLElement} toggle */
  function press(toggle) {
    planSite.bring([toggle.dataset.pickToggle || ""]).then(
      () => planSite.basket.turn(toggle),
      () => (toggle.textContent = NOT_READ),
    );
  }

  planSite.mount((page) => {
    for (const toggle of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-pick-toggle]"))) {
      toggle.addEventListener("click", () => press(toggle));
    }
  });
})();
