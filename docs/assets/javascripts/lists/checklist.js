// @ts-check
/**
 * What is copied from a plan's page: its checklist, as the filter shows it, and its text.
 *
 * What a reader noted of a task, in words.
 * @typedef {{state: string, owner: string, due: string}} Own
 *
 * A task as it stands on the page; `suggested` if it is the editors' as a whole; `own` in a plan of the reader's own.
 * @typedef {{number: string, done: boolean, suggested: boolean, cells: {[name: string]: string}, own?: Own | null}} Row
 *
 * Tasks under a heading; `time` is empty where there is none.
 * @typedef {{name: string, time: string, rows: Row[]}} TaskGroup
 *
 * `all` counts the tasks of the whole checklist, `groups` holds those that are shown; `suggested` if the editors made
 * the whole of it.
 * @typedef {{title: string, all: number, suggested: boolean, groups: TaskGroup[]}} List
 *
 * A heading of level 1 (一、) to 4, or a paragraph: level 0.
 * @typedef {{level: number, text: string}} PaperLine
 *
 * The official text; `blanks` counts what is to be filled in.
 * @typedef {{title: string, blanks: number, lines: PaperLine[]}} Paper
 *
 * @typedef {object} Checklist
 * @property {(value: string) => string} inert
 * @property {(tag: string, cells: string[]) => string} tableRow
 * @property {(text: string) => string} escapeHtml
 * @property {(list: List) => Copied} asText
 * @property {(list: List) => Copied} asMarkdown
 * @property {(list: List) => Copied} asTable
 * @property {(paper: Paper) => Copied} asPaper
 */
(function () {
  "use strict";

  /** The columns after 任务, by the name of the cell; macros/exports/checklist_csv.py has the same. */
  const COLUMNS = { owner: "责任", when: "时间", record: "记录", themes: "主题", source: "出处" };
  const HEADER = ["序号", "部分", "任务", ...Object.values(COLUMNS), "完成"];

  /** What a line of text says of a task. */
  const IN_TEXT = /** @type {const} */ (["owner", "when", "record", "source"]);

  const BY_EDITOR = "[data-by=editor]";
  const EDITORS = "编者建议";
  /** What is added in a plan of the reader's own. */
  const OWN = ["责任人", "期限"];
  const MARK = `〔${EDITORS}〕`;

  /** What stands beside the words of the official text. */
  const BESIDE = ".headerlink, .citation, [data-copy-skip]";

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
    const groups = list.groups.map((group) => [
      "",
      `◆ ${headingOf(group)}`,
      ...group.rows.map((row) => `${boxText(row)} ${sentence(row)}`),
    ]);
    return { text: [titleOf(list), ...flat(groups)].join("\n") };
  }

  /**
   * @param {List} list
   * @returns {Copied}
   */
  function asMarkdown(list) {
    const groups = list.groups.map((group) => [
      "",
      `## ${escapeMarkdown(headingOf(group))}`,
      "",
      ...group.rows.map((row) => `- [${row.done ? "x" : " "}] ${escapeMarkdown(sentence(row))}`),
    ]);
    return { text: [`# ${escapeMarkdown(titleOf(list))}`, ...flat(groups)].join("\n") };
  }

  /** @param {Row} row */
  function boxText({ done, own }) {
    if (own && own.state.startsWith("不适用")) return "－";
    return done ? "☑" : "□";
  }

  /**
   * Why the editors' suggestions are not marked in the cells: cells are sorted, filtered and filled on, and these are
   * the same as those of the CSV file.
   * @param {List} list
   * @returns {Copied}
   */
  function asTable(list) {
    const rows = flat(list.groups.map((group) => group.rows.map((row) => cellsOf(row, group))));
    const body = rows.map((row) => tableRow("td", row)).join("");
    const isOwn = list.groups.some((group) => group.rows.some((row) => row.own));
    const header = isOwn ? [...HEADER.slice(0, -1), ...OWN, ...HEADER.slice(-1)] : HEADER;
    return {
      text: [header, ...rows].map((row) => row.join("\t")).join("\n"),
      html: `<table border="1"><thead>${tableRow("th", header)}</thead><tbody>${body}</tbody></table>`,
    };
  }

  /** @param {List} list */
  function titleOf({ title, all, suggested, groups }) {
    const shown = flat(groups.map((group) => group.rows)).length;
    const extent = shown === all ? `共 ${all} 项` : `共 ${all} 项，这里是其中 ${shown} 项`;
    return `《${title}》检查清单（${extent}）${suggested ? MARK : ""}`;
  }

  /** @param {TaskGroup} group */
  function headingOf({ name, time }) {
    return time ? `${name}（${time}）` : name;
  }

  /**
   * Say a task in one line; one of the editors' is marked once.
   * @param {Row} row
   */
  function sentence({ number, suggested, cells, own }) {
    const { owner = "", due = "", state = "" } = own || {};
    const noted = [owner && `责任人：${owner}`, due && `期限：${due}`, state !== "已完成" && state].filter(Boolean);
    const facts = [...IN_TEXT.filter((name) => cells[name]).map((name) => `${COLUMNS[name]}：${cells[name]}`), ...noted];
    return `${number}. ${cells.text}${facts.length ? `（${facts.join("；")}）` : ""}${suggested ? MARK : ""}`;
  }

  /**
   * @param {Row} row
   * @param {TaskGroup} group
   */
  function cellsOf({ number, done, suggested, cells, own }, { name }) {
    const source = (cells.source || "") + (suggested ? EDITORS : "");
    const facts = Object.keys(COLUMNS).map((column) => (column === "source" ? source : cells[column] || ""));
    const noted = own ? [own.owner, own.due, done ? "✓" : own.state] : [done ? "✓" : ""];
    return [number, name, cells.text, ...facts, ...noted].map(inert);
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
    const suggested = part.matches(BY_EDITOR);
    return {
      title: part.getAttribute("data-title") || "",
      all: part.querySelectorAll("[data-task-id]").length,
      suggested,
      groups: [...part.querySelectorAll("[data-filter-group]:not([hidden])")].map((group) => ({
        name: plainText(group.querySelector("h3"), "small"),
        time: plainText(group.querySelector("h3 small")),
        rows: [...group.querySelectorAll("[data-task-id]:not([hidden])")].map((task) => readRow(task, !suggested)),
      })),
    };
  }

  /**
   * @param {Element} task
   * @param {boolean} marking whether to tell the editors' tasks from the others
   * @returns {Row}
   */
  function readRow(task, marking) {
    const tick = task.querySelector("input");
    const cells = [.../** @type {NodeListOf<HTMLElement>} */ (task.querySelectorAll("[data-cell]"))];
    return {
      number: task.getAttribute("data-number") || "",
      done: tick !== null && tick.checked,
      suggested: marking && task.matches(BY_EDITOR),
      cells: Object.fromEntries(cells.map((cell) => [cell.dataset.cell, plainText(cell)])),
      own: readOwn(task),
    };
  }

  /**
   * @param {Element} task
   * @returns {Own | null} null without a plan of the reader's own (task-rows.js)
   */
  function readOwn(task) {
    const state = task.getAttribute("data-own-state");
    const [owner, due] = ["owner", "when"].map((name) => {
      const cell = task.querySelector(`[data-cell=${name}]`);
      return (cell && cell.getAttribute("data-own")) || "";
    });
    return state === null ? null : { state, owner, due };
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
   * @param {Paper} paper
   * @returns {Copied}
   */
  function asPaper({ title, lines }) {
    const html = lines.map(({ level, text }) => {
      const tag = level ? `h${level + 1}` : "p";
      return `<${tag}>${escapeHtml(text)}</${tag}>`;
    });
    return {
      text: [title, ...lines.map((line) => line.text)].join("\n"),
      html: [`<h1>${escapeHtml(title)}</h1>`, ...html].join(""),
    };
  }

  /**
   * @param {Element} heading above the text
   * @returns {Paper} down to the next heading of its level
   */
  function readPaper(heading) {
    /** @type {Paper} */
    const paper = { title: plainText(document.querySelector("[data-paper=title]")), blanks: 0, lines: [] };
    let next = heading.nextElementSibling;
    for (; next && next.tagName !== heading.tagName; next = next.nextElementSibling) {
      const level = next.matches("h3, h4, h5, h6") ? Number(next.tagName.charAt(1)) - 2 : 0;
      if (!level && !next.matches("[data-paper=line]")) continue;
      paper.lines.push({ level, text: plainText(next, BESIDE) });
      paper.blanks += next.querySelectorAll(".blank").length;
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
    const said = `已复制正文，含 ${paper.blanks} 个要填的空；“${EDITORS}”的标记没有复制`;
    return paper.lines.length ? { ...asPaper(paper), said } : { text: "", said: "" };
  }

  planSite.checklist = { inert, tableRow, escapeHtml, asText, asMarkdown, asTable, asPaper };
  planSite.mount((page) => {
    planSite.clipboard.serve(page, "[data-checklist]", copyList);
    planSite.clipboard.serve(page, "h2", copyPaper);
  });
})();
