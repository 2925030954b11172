// @ts-check
/**
 * What is copied from a plan's page: its checklist, as the filter shows it, and its text.
 *
 * A task as it stands on the page: what its cells say, and the same with the editors' suggestions marked.
 * @typedef {{done: boolean, cells: {[name: string]: string}, marked: {[name: string]: string}}} Row
 *
 * `all` counts the tasks of the whole checklist, `groups` holds those that are shown.
 * @typedef {{title: string, all: number, groups: {name: string, rows: Row[]}[]}} List
 *
 * A heading of level 1 (一、) to 4, or a paragraph: level 0.
 * @typedef {{level: number, text: string}} PaperLine
 *
 * @typedef {object} Checklist
 * @property {(value: string) => string} inert
 * @property {(list: List) => Copied} asText
 * @property {(list: List) => Copied} asMarkdown
 * @property {(list: List) => Copied} asTable
 * @property {(lines: PaperLine[]) => Copied} asPaper
 */
(function () {
  "use strict";

  /** The columns after 任务, by the name of the cell; macros/exports/checklist_csv.py has the same. */
  const COLUMNS = { owner: "责任", when: "时间", record: "记录", themes: "主题", source: "出处" };
  const HEADER = ["序号", "任务", ...Object.values(COLUMNS), "完成"];

  /** What a line of text says of a task. */
  const IN_TEXT = /** @type {const} */ (["owner", "when", "record", "source"]);

  const BY_EDITOR = "[data-by=editor]";
  const MARK = "（编者建议）";

  /* ------------------------------------------------------ a list, as a format */

  /**
   * Keep a table program from taking a text for a formula, as macros/exports/cells.py does; here also for the
   * HTML table, since programs run what is pasted from that as well.
   * @param {string} value
   */
  function inert(value) {
    const active = /^[=+\-@＝＋－＠\t\r]/.test(value);
    return active && !/^[+-]?[0-9]+(\.[0-9]+)?$/.test(value) ? `'${value}` : value;
  }

  /**
   * @param {List} list
   * @returns {Copied}
   */
  function asText(list) {
    let number = 0;
    const groups = list.groups.map(({ name, rows }) => [
      "",
      `◆ ${name}`,
      ...rows.map((row) => `${row.done ? "☑" : "□"} ${++number}. ${sentence(row)}`),
    ]);
    return { text: [titleOf(list), ...flat(groups)].join("\n") };
  }

  /**
   * @param {List} list
   * @returns {Copied}
   */
  function asMarkdown(list) {
    const groups = list.groups.map(({ name, rows }) => [
      "",
      `## ${escapeMarkdown(name)}`,
      "",
      ...rows.map((row) => `- [${row.done ? "x" : " "}] ${escapeMarkdown(sentence(row))}`),
    ]);
    return { text: [`# ${escapeMarkdown(titleOf(list))}`, ...flat(groups)].join("\n") };
  }

  /**
   * Why the editors' suggestions are not marked in the cells: cells are sorted, filtered and filled on, and these are
   * the same as those of the CSV file.
   * @param {List} list
   * @returns {Copied}
   */
  function asTable(list) {
    const rows = flat(list.groups.map((group) => group.rows)).map(cellsOf);
    const body = rows.map((row) => tableRow("td", row)).join("");
    return {
      text: [HEADER, ...rows].map((row) => row.join("\t")).join("\n"),
      html: `<table border="1"><thead>${tableRow("th", HEADER)}</thead><tbody>${body}</tbody></table>`,
    };
  }

  /** @param {List} list */
  function titleOf({ title, all, groups }) {
    const shown = flat(groups.map((group) => group.rows)).length;
    return `《${title}》检查清单（${shown === all ? `共 ${all} 项` : `共 ${all} 项，这里是其中 ${shown} 项`}）`;
  }

  /**
   * Say a task in one line; what the editors suggest is marked.
   * @param {Row} row
   */
  function sentence({ marked }) {
    const facts = IN_TEXT.filter((name) => marked[name]).map((name) => `${COLUMNS[name]}：${marked[name]}`);
    return facts.length ? `${marked.text}（${facts.join("；")}）` : marked.text;
  }

  /**
   * @param {Row} row
   * @param {number} index
   */
  function cellsOf({ done, cells }, index) {
    const facts = Object.keys(COLUMNS).map((name) => cells[name] || "");
    return [String(index + 1), cells.text, ...facts, done ? "✓" : ""].map(inert);
  }

  /**
   * @param {string} tag
   * @param {string[]} cells
   */
  function tableRow(tag, cells) {
    return `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  }

  /** @param {string} text */
  function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  }

  /**
   * Why entities for & < >: some Markdown programs know no backslash before them.
   * @param {string} text
   */
  function escapeMarkdown(text) {
    return text.replace(/[\\`*_{}[\]#|~$!]/g, "\\$&").replace(/[&<>]/g, escapeHtml);
  }

  /**
   * @template T
   * @param {T[][]} lists
   * @returns {T[]}
   */
  function flat(lists) {
    return lists.reduce((all, list) => all.concat(list), /** @type {T[]} */ ([]));
  }

  /* ---------------------------------------------------- a list, from the page */

  /**
   * @param {Element} part the checklist
   * @returns {List} what of it is shown
   */
  function readList(part) {
    return {
      title: part.getAttribute("data-title") || "",
      all: part.querySelectorAll("[data-task-id]").length,
      groups: [...part.querySelectorAll("[data-filter-group]:not([hidden])")].map((group) => ({
        name: nameOf(group),
        rows: [...group.querySelectorAll("[data-task-id]:not([hidden])")].map(readRow),
      })),
    };
  }

  /** @param {Element} group */
  function nameOf(group) {
    const heading = group.querySelector("h3");
    const time = heading && heading.querySelector("small");
    const name = plainText(heading, "small");
    return time ? `${name}（${plainText(time)}）` : name;
  }

  /**
   * @param {Element} task
   * @returns {Row}
   */
  function readRow(task) {
    const tick = task.querySelector("input");
    const cells = [.../** @type {NodeListOf<HTMLElement>} */ (task.querySelectorAll("[data-cell]"))];
    /** @param {(cell: Element) => string} read */
    const all = (read) => Object.fromEntries(cells.map((cell) => [cell.dataset.cell, read(cell)]));
    return { done: tick !== null && tick.checked, cells: all((cell) => plainText(cell)), marked: all(markedText) };
  }

  /**
   * Mark what the editors suggest, as the page does: a part of a cell, or all of it.
   * @param {Element} cell
   */
  function markedText(cell) {
    const copy = /** @type {Element} */ (cell.cloneNode(true));
    for (const part of copy.querySelectorAll(BY_EDITOR)) part.append(MARK);
    return plainText(copy) + (cell.matches(BY_EDITOR) ? MARK : "");
  }

  /**
   * @param {Element | null} element
   * @param {string} [but] what of it to leave out
   */
  function plainText(element, but) {
    if (!element) return "";
    const copy = /** @type {Element} */ (element.cloneNode(true));
    if (but) copy.querySelectorAll(but).forEach((one) => one.remove());
    return (copy.textContent || "").replace(/\s+/g, " ").trim();
  }

  /* ------------------------------------------------------- the plan's text */

  /**
   * Why headings and paragraphs only: the program they are pasted into has its own styles for both.
   * @param {PaperLine[]} paper
   * @returns {Copied}
   */
  function asPaper(paper) {
    const html = paper.map(({ level, text }) => {
      const tag = level ? `h${level + 1}` : "p";
      return `<${tag}>${escapeHtml(text)}</${tag}>`;
    });
    return { text: paper.map((line) => line.text).join("\n"), html: html.join("") };
  }

  /**
   * @param {Element} heading above the text
   * @returns {PaperLine[]} down to the next heading of its level
   */
  function readPaper(heading) {
    const paper = [];
    let next = heading.nextElementSibling;
    for (; next && next.tagName !== heading.tagName; next = next.nextElementSibling) {
      const level = next.matches("h3, h4, h5, h6") ? Number(next.tagName.charAt(1)) - 2 : 0;
      if (!level && !next.matches("[data-paper=line]")) continue;
      paper.push({ level, text: plainText(next, ".headerlink, .citation, [data-copy-skip]") });
    }
    return paper;
  }

  /* ------------------------------------------------------------------- start */

  /** @type {{[format: string]: (list: List) => Copied}} */
  const FORMATS = { text: asText, markdown: asMarkdown, table: asTable };

  /** @type {Copier} */
  function copyList(part, format) {
    const list = readList(part);
    const count = flat(list.groups.map((group) => group.rows)).length;
    return count ? { ...FORMATS[format](list), said: `已复制 ${count} 项` } : { text: "", said: "" };
  }

  /** @type {Copier} */
  function copyPaper(heading) {
    const paper = readPaper(heading);
    return paper.length ? { ...asPaper(paper), said: "已复制正文" } : { text: "", said: "" };
  }

  planSite.checklist = { inert, asText, asMarkdown, asTable, asPaper };
  planSite.mount((page) => {
    planSite.clipboard.serve(page, "[data-checklist]", copyList);
    planSite.clipboard.serve(page, "h2", copyPaper);
  });
})();
