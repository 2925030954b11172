// @ts-check
/**
 * Two or three plans side by side. The address says which (`?plans=a,b,c`), the selects choose, the table shows:
 * the three are one. What can be shown of a plan is a script of data beside its page, an entry for each row.
 *
 * @typedef {object} Comparing
 * @property {(search: string, known: string[]) => string[]} readPlans
 * @property {(search: string, plans: string[]) => string} writePlans
 */
(function () {
  "use strict";

  const MOST = 3;
  const LACKS = "没有";

  /* -------------------------------------------------------------- pure parts */

  /**
   * @param {string} search the query of an address
   * @param {string[]} known the plans there are
   */
  function readPlans(search, known) {
    const wanted = (new URLSearchParams(search).get("plans") || "").split(",");
    return wanted.filter((plan, index) => known.includes(plan) && wanted.indexOf(plan) === index).slice(0, MOST);
  }

  /**
   * Write plans into a query; what else it holds is kept.
   * @param {string} search
   * @param {string[]} plans
   */
  function writePlans(search, plans) {
    const query = new URLSearchParams(search);
    query.delete("plans");
    const rest = query.toString();
    const parts = [...(rest ? [rest] : []), ...(plans.length ? [`plans=${plans.join(",")}`] : [])];
    return parts.length ? `?${parts.join("&")}` : "";
  }

  /** @param {number} count */
  function countText(count) {
    if (!count) return "请选两份或三份方案";
    return count === 1 ? "再选一份，就可以对照" : `正在对照 ${count} 份方案`;
  }

  /* --------------------------------------------------- the form, the address */

  /** @returns {HTMLFormElement | null} */
  function formOf() {
    return document.querySelector("form[data-compare]");
  }

  /**
   * @param {HTMLFormElement} form
   * @returns {HTMLSelectElement[]}
   */
  function selectsOf(form) {
    return [...form.querySelectorAll("select")];
  }

  /** @param {HTMLFormElement} form */
  function readForm(form) {
    return selectsOf(form)
      .map((select) => select.value)
      .filter(Boolean);
  }

  /**
   * Choose plans; no plan can be chosen twice.
   * @param {HTMLFormElement} form
   * @param {string[]} plans
   */
  function writeForm(form, plans) {
    selectsOf(form).forEach((select, index) => {
      select.value = plans[index] || "";
      for (const option of select.options) option.disabled = option.value !== select.value && plans.includes(option.value);
    });
    /** @type {NodeListOf<HTMLButtonElement>} */
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = !plans.length;
  }

  /** @param {string[]} plans */
  function writeAddress(plans) {
    const address = new URL(location.href);
    address.search = writePlans(address.search, plans);
    if (address.href === location.href) return;
    try {
      history.pushState(null, "", address.href);
    } catch (error) {
      // Why nothing is said: from file:// older kernels refuse; the table works, only the address does not show it.
    }
  }

  /* --------------------------------------------------------------- the table */

  /**
   * @param {string} html what macros/templates/pages/plan_facts.html.j2 makes of a plan
   */
  function factsOf(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    /** @type {Map<string, Element>} */
    const facts = new Map();
    for (const fact of template.content.children) facts.set(fact.getAttribute("data-key") || "", fact);
    return facts;
  }

  /**
   * @param {HTMLElement} area
   * @param {Map<string, Element>[]} columns
   */
  function fill(area, columns) {
    const table = /** @type {HTMLTableElement} */ (area.querySelector("table"));
    fillHead(table.rows[0], columns);
    for (const body of table.tBodies) {
      const rows = [...body.rows];
      for (const row of rows) if (row.dataset.key) fillRow(row, row.dataset.key, columns);
      rows[0].cells[0].colSpan = columns.length + 1;
      body.hidden = rows.slice(1).every((row) => row.hidden);
    }
    area.hidden = !columns.length;
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {Map<string, Element>[]} columns
   */
  function fillHead(row, columns) {
    empty(row);
    for (const facts of columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      put(cell, facts.get("title"));
      row.append(cell);
    }
  }

  /**
   * Show a row's entry of each plan, or that the plan lacks it; a row that all lack is not shown.
   * @param {HTMLTableRowElement} row
   * @param {string} key
   * @param {Map<string, Element>[]} columns
   */
  function fillRow(row, key, columns) {
    empty(row);
    for (const facts of columns) put(row.insertCell(), facts.get(key));
    row.hidden = columns.every((facts) => !facts.has(key));
  }

  /** @param {HTMLTableRowElement} row */
  function empty(row) {
    while (row.cells.length > 1) row.deleteCell(1);
  }

  /**
   * @param {HTMLElement} cell
   * @param {Element | undefined} fact
   */
  function put(cell, fact) {
    if (fact) cell.append(...document.importNode(fact, true).childNodes);
    else cell.textContent = LACKS;
    cell.classList.toggle("matrix__gap", !fact);
  }

  /* -------------------------------------------------------------------- copy */

  /** @type {Copier} */
  function copyTable(area) {
    const shown = /** @type {HTMLTableRowElement[]} */ ([...area.querySelectorAll("tr")]).filter(isShown);
    const rows = shown.map((row) => [...row.cells].map(cellText));
    const table = document.createElement("table");
    table.border = "1";
    for (const cells of rows) {
      const row = table.insertRow();
      for (const text of cells) row.insertCell().textContent = text;
    }
    const text = rows.map((cells) => cells.join("\t")).join("\n");
    return { text, html: table.outerHTML, said: `已复制 ${rows.length} 行` };
  }

  /** @param {HTMLTableRowElement} row */
  function isShown(row) {
    return !row.closest("[hidden]");
  }

  /** @param {HTMLTableCellElement} cell */
  function cellText(cell) {
    const items = [...cell.querySelectorAll("li")];
    const texts = (items.length ? items : [cell]).map((item) => (item.textContent || "").replace(/\s+/g, " ").trim());
    return planSite.checklist.inert(texts.join("；"));
  }

  /* ------------------------------------------------------------------- start */

  /**
   * @param {HTMLFormElement} form
   * @param {string[]} plans
   */
  function show(form, plans) {
    writeForm(form, plans);
    tell(form, countText(plans.length));
    const area = document.getElementById(form.dataset.compare || "");
    const addresses = plans.map((plan) => `${form.dataset.compareFrom}${plan}/facts.js`);
    const asked = Promise.all(addresses.map((address) => planSite.load(address)));
    last = asked;
    asked.then(
      (found) => area && last === asked && fill(area, found.map(factsOf)),
      () => last === asked && tell(form, "有一份方案的内容没有读出来，请重新打开本页"),
    );
  }

  /** @type {Promise<any> | null} What was asked for last; what comes after it is no longer wanted. */
  let last = null;

  /**
   * @param {HTMLFormElement} form
   * @param {string} words
   */
  function tell(form, words) {
    const place = form.querySelector("[data-compare-count]");
    if (place) place.textContent = words;
  }

  /**
   * Offer in every select what the first one offers. Why here: thrice the titles of all plans would weigh much.
   * @param {HTMLFormElement} form
   */
  function offer(form) {
    const [first, ...others] = selectsOf(form);
    for (const select of others) if (select.length < first.length) select.innerHTML = first.innerHTML;
  }

  function followAddress() {
    const form = formOf();
    if (!form) return;
    offer(form);
    const known = [...selectsOf(form)[0].options].map((option) => option.value).filter(Boolean);
    show(form, readPlans(location.search, known));
  }

  /**
   * @param {HTMLFormElement} form
   * @param {string[]} plans
   */
  function choose(form, plans) {
    show(form, plans);
    writeAddress(plans);
  }

  /** @param {Document} page */
  function start(page) {
    const form = formOf();
    if (!form) return;
    form.addEventListener("change", () => choose(form, readForm(form)));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      choose(form, []);
      selectsOf(form)[0].focus();
    });
    planSite.clipboard.serve(page, "[id=side-by-side]", copyTable);
    followAddress();
  }

  planSite.compare = { readPlans, writePlans };
  planSite.mount(start);
  if (typeof document !== "undefined") window.addEventListener("popstate", followAddress);
})();
