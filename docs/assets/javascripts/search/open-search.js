// @ts-check
/**
 * Buttons that open the search dialog.
 *
 * Why not a label for Material's hidden checkbox: the keyboard cannot reach it, and it does not put the cursor in the box.
 */
planSite.mount((page) => {
  const box = page.querySelector("[data-md-component=search-query]");
  for (const button of page.querySelectorAll("[data-open-search]")) {
    button.addEventListener("click", () => box instanceof HTMLElement && box.focus());
  }
});
