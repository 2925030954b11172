// @ts-check
/**
 * The file in which what is kept moves between computers: profiles of units, and the reader's plans.
 *
 * A file is always taken in as something new. Files of other versions: an older one is brought up by MIGRATIONS, a newer
 * one is refused. tests/saved_files/ keeps one of every version; add one, and a migration, with every new version.
 *
 * @typedef {{profiles: any[], plans: MyPlan[]}} Saved
 *
 * @typedef {object} SavedFile
 * @property {(what: {profiles?: string[], plans?: string[]}, saved: string) => string} written
 * @property {(text: string) => Saved} opened
 * @property {(text: string) => {profiles: string[], plans: string[]}} take
 * @property {(plans: MyPlan[]) => MyPlan} merged
 * @property {(plans: MyPlan[]) => boolean} belong
 * @property {number} LARGEST
 */
(function () {
  "use strict";

  const { cells, entries, myPlans, store } = planSite;
  const { isMap } = entries;

  /** As many characters as a file may have. */
  const LARGEST = 2 * 1024 * 1024;
  const [APP, VERSION] = ["wmck", 2];

  /** Brings a file of a version to the next. @type {{[version: number]: (file: any) => any}} */
  const MIGRATIONS = {
    1: ({ kind, profiles, ...more }) => ({ ...more, kind: "saved", version: 2, profiles: kind === "profiles" ? profiles : null, plans: [] }),
  };

  /**
   * @param {{profiles?: string[], plans?: string[]}} what ids
   * @param {string} saved when, ISO
   */
  function written({ profiles = [], plans = [] }, saved) {
    const inside = { profiles: profiles.map(store.pack), plans: plans.map((id) => without(myPlans.doc(id))) };
    return JSON.stringify({ app: APP, kind: "saved", version: VERSION, saved, ...inside });
  }

  /**
   * @param {MyPlan} plan
   * @returns {MyPlan} without what is this computer's own
   */
  function without({ exported, ...plan }) {
    return plan;
  }

  /**
   * @param {string} text
   * @returns {Saved}
   * @throws {Error} with words for the reader
   */
  function opened(text) {
    if (text.length > LARGEST) throw new Error("文件超过 2 MB。");
    const file = brought(readJson(text));
    const [profiles, plans] = [file.profiles, file.plans].map((all) => (Array.isArray(all) ? all : [null]));
    const read = plans.map(myPlans.read);
    if (profiles.length + plans.length === 0) throw new Error("文件里什么也没有。");
    if (!profiles.every(store.isPacked) || !read.every(Boolean)) throw new Error("文件里的内容不完整，可能坏了。");
    return { profiles, plans: /** @type {MyPlan[]} */ (read) };
  }

  /** @param {string} text */
  function readJson(text) {
    try {
      return JSON.parse(text.replace(/^\ufeff/, ""));
    } catch (error) {
      return null;
    }
  }

  /**
   * Bring a file of any version to this one.
   * @param {any} file
   */
  function brought(file) {
    if (!isMap(file) || file.app !== APP || !Number.isInteger(file.version)) throw new Error("这不是本站导出的文件，或者文件坏了。");
    if (file.version > VERSION) throw new Error("文件是更新的版本导出的，请先更新本站。");
    let now = file;
    while (now.version < VERSION) {
      if (!MIGRATIONS[now.version]) throw new Error("这不是本站导出的文件，或者文件坏了。");
      now = MIGRATIONS[now.version](now);
    }
    return now;
  }

  /**
   * Take all of a file in as new.
   * @param {string} text
   * @returns {{profiles: string[], plans: string[]}} ids
   * @throws {Error} with words for the reader; nothing was taken then
   */
  function take(text) {
    const { profiles, plans } = opened(text);
    return { profiles: profiles.map(store.restore), plans: plans.map(myPlans.add) };
  }

  /* ------------------------------------------------------------------- merge */

  /**
   * Whether plans are one plan in several copies: of one template, or of one assembly.
   * @param {MyPlan[]} plans
   */
  function belong(plans) {
    return new Set(plans.map(({ plan, line }) => plan || line)).size < 2;
  }

  /**
   * Merge copies of a plan into one; cells that were written apart hold both (myPlans.clashes).
   * @param {MyPlan[]} plans at least one; they belong together
   * @returns {MyPlan} the same in whatever order they come
   */
  function merged(plans) {
    const inside = plans.reduce((all, one) => cells.merge(all, one), cells.empty());
    const [line] = plans.map((one) => one.line).sort();
    const [made] = plans.map((one) => one.made).sort();
    return { line, plan: plans[0].plan, made, ...inside };
  }

  planSite.savedFile = { written, opened, take, merged, belong, LARGEST };
})();
