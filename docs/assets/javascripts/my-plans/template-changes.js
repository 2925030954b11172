// @ts-check
/**
 * What became of a template since the reader last looked at it: tasks that are new, that say something else, that left.
 * Everything here is pure. Why by id: a task keeps what was noted of it, however it is worded and wherever it stands.
 *
 * `gone` holds the tasks that left, `news` those of them whose leaving was not seen yet; texts hold tokens.
 * @typedef {{fresh: string[], reworded: Texts, gone: Texts, news: string[]}} TemplateChanges
 *
 * @typedef {object} TemplateNews
 * @property {(tasks: {id: string, text: string}[], known: Texts, left: Texts) => TemplateChanges} found
 * @property {(tasks: {id: string, text: string}[], known: Texts, noted: Set<string>) => Texts} seen cells to write
 * @property {(changes: TemplateChanges) => string} words
 * @property {(text: string, slots: Slots) => string} plain
 */
(function () {
  "use strict";

  const { filling } = planSite;

  /**
   * @param {{id: string, text: string}[]} tasks of the template now
   * @param {Texts} known what they said
   * @param {Texts} left tasks whose leaving was seen
   * @returns {TemplateChanges} no changes where nothing is known
   */
  function found(tasks, known, left) {
    const names = Object.keys(known);
    const now = new Set(tasks.map(({ id }) => id));
    const reworded = tasks.filter(({ id, text }) => known[id] && known[id] !== text).map(({ id }) => id);
    const gone = names.filter((id) => !now.has(id)).sort();
    return {
      fresh: names.length ? tasks.filter(({ id }) => !known[id]).map(({ id }) => id) : [],
      reworded: texts(reworded, known),
      gone: texts(gone, known),
      news: gone.filter((id) => !left[id]),
    };
  }

  /**
   * @param {string[]} ids
   * @param {Texts} known
   * @returns {Texts}
   */
  function texts(ids, known) {
    return Object.fromEntries(ids.map((id) => [id, known[id]]));
  }

  /**
   * Give what is to be kept once the reader has seen the changes. The text of a task that left stays while something is
   * noted of it: it is nowhere else.
   * @param {{id: string, text: string}[]} tasks
   * @param {Texts} known
   * @param {Set<string>} noted tasks of which something is noted
   * @returns {Texts} by path
   */
  function seen(tasks, known, noted) {
    const { gone } = found(tasks, known, {});
    /** @type {Texts} */
    const cells = {};
    for (const { id, text } of tasks) Object.assign(cells, { [`known/${id}`]: text, [`left/${id}`]: "" });
    for (const id of Object.keys(gone)) Object.assign(cells, noted.has(id) ? { [`left/${id}`]: "seen" } : { [`known/${id}`]: "" });
    return cells;
  }

  /**
   * @param {TemplateChanges} changes
   * @returns {string} nothing where there are none
   */
  function words({ fresh, reworded, news }) {
    const counts = Object.entries({ 新增: fresh.length, 改了说法: Object.keys(reworded).length, 去掉: news.length });
    return counts.filter(([, count]) => count).map(([what, count]) => `${what} ${count} 项`).join("，");
  }

  /**
   * Write a text of another time; a place that the template has no longer is a blank.
   * @param {string} text
   * @param {Slots} slots
   */
  function plain(text, slots) {
    return text.replace(/⟦([^⟦⟧]*)⟧/g, (token, key) => (slots.has(key) ? filling.plain(token, slots) : "【　】"));
  }

  planSite.templateNews = { found, seen, words, plain };
})();
