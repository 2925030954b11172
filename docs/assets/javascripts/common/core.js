// @ts-check
/**
 * What the site's scripts share. Loaded first; every other script adds its feature to `planSite`.
 *
 * Why one `var`: classic scripts run from file:// and in every browser we serve, and share nothing but globals.
 *
 * Each of the features also gives its pure functions here, for the tests under Node.
 * @typedef {object} PlanSite
 * @property {(start: (page: Document) => void) => void} mount
 * @property {(data: any) => void} take
 * @property {(url: string) => Promise<any>} load
 * @property {(urls?: string[]) => Promise<void>} bring
 * @property {Filters} filters
 * @property {Copying} clipboard
 * @property {Checklist} checklist
 * @property {Dates} dates
 * @property {YearCalendar} calendar
 * @property {Comparing} compare
 * @property {Typesetting} typesetting
 * @property {Filling} filling
 * @property {Forms} forms
 * @property {Downloads} downloads
 * @property {Entries} entries
 * @property {Store} store
 * @property {Cells} cells
 * @property {MyPlans} myPlans
 * @property {SavedFile} savedFile
 * @property {Reissue} reissue
 * @property {Places} places
 * @property {Inputs} inputs
 * @property {PhaseRows} phaseRows
 * @property {FillForm} fillForm
 * @property {Panel} panel
 * @property {Progress} progress
 * @property {Reports} report
 * @property {Charts} charts
 * @property {Settling} settling
 * @property {SavedFiles} savedFiles
 * @property {PlanCards} planCards
 * @property {PlanView} planView
 * @property {Merging} merging
 * @property {ShareLink} shareLink
 * @property {TemplateNews} templateNews
 * @property {TaskFacts} taskFacts
 * @property {TaskRows} taskRows
 * @property {TaskCounts} taskCounts
 * @property {ChangesList} changesList
 * @property {TaskStates} taskStates
 * @property {ProperNames} properNames
 * @property {Proofreading} proofreading
 * @property {Leftovers} leftovers
 * @property {FindingsList} findings
 * @property {PlanContent} planContent
 * @property {PickedParts} pickedParts
 * @property {NewNames} newNames
 * @property {UnitingPhases} unitingPhases
 * @property {UnitingSections} unitingSections
 * @property {DerivedFacts} derivedFacts
 * @property {Assembling} assembling
 * @property {FindingDoubles} doubles
 * @property {PlanYaml} planYaml
 * @property {Basket} basket
 * @property {Assembled} assembled
 * @property {Desk} desk
 * @property {AboutForm} aboutForm
 * @property {OwnPlan} ownPlan
 * @property {OwnPlans} ownPlans
 * @property {AssembleOffers} assembleOffers
 * @property {PickedList} pickedList
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
   * Show what works only with scripts; its room was kept (see site.css).
   * @param {Document} page
   */
  function showScripted(page) {
    for (const element of page.querySelectorAll("[data-needs-script]")) {
      element.removeAttribute("hidden");
      element.removeAttribute("data-needs-script");
    }
  }

  /**
   * Have the ticks forgotten by a browser that comes back to this page. Why when it is left: that is when they are
   * remembered, and HTML does not allow the attribute on checkboxes.
   */
  function forgetTicks() {
    for (const box of document.querySelectorAll("input[type=checkbox]")) box.setAttribute("autocomplete", "off");
  }

  /* ------------------------------------------------------------------- data */

  /** @type {Map<string, Promise<any>>} */
  const loaded = new Map();
  /** @type {Map<string | null, any>} */
  const taken = new Map();

  /**
   * Take what a script of data gives: it is a file with `planSite.take(…)` and nothing else.
   * @param {any} data
   */
  function take(data) {
    const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
    taken.set(script && script.getAttribute("src"), data);
  }

  /**
   * Get data from a script of the site, once. Why scripts: nothing else can be read from file://.
   * @param {string} url
   * @returns {Promise<any>} fails where the file is missing or broken
   */
  function load(url) {
    const known = loaded.get(url);
    if (known) return known;
    const promise = added(url).then(() => {
      if (!taken.has(url)) throw new Error(`no data in ${url}`);
      return taken.get(url);
    });
    loaded.set(url, promise);
    promise.catch(() => loaded.delete(url));
    return promise;
  }

  /** @type {Map<string, Promise<any>>} */
  const running = new Map();

  /**
   * Run scripts that a page needs only later, once, in their order; those that it names if none are given.
   * @param {string[]} [urls]
   * @returns {Promise<void>} fails where one is missing; it can then be asked for again
   */
  async function bring(urls) {
    const named = [...document.querySelectorAll("template[data-script]")].map((one) => one.getAttribute("data-script") || "");
    await Promise.all((urls || named).map(run));
  }

  /** @param {string} url */
  function run(url) {
    const promise = running.get(url) || added(url);
    running.set(url, promise);
    promise.catch(() => running.delete(url));
    return promise;
  }

  /** @param {string} url */
  function added(url) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.async = false;
      script.src = url;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`cannot load ${url}`));
      document.head.append(script);
    });
  }

  mount(showScripted);
  if (typeof addEventListener !== "undefined") addEventListener("pagehide", forgetTicks);
  return /** @type {PlanSite} */ ({ mount, take, load, bring });
})();
