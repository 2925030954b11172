// @ts-check
/**
 * The report on a plan of the reader's: facts and numbers, no words of praise. One list of lines, from which come the
 * text, the page that is printed, and the record of macros/office/report.py. Everything here is pure.
 *
 * A line is a heading, a paragraph, a table with its head first, who signs, or the date; `widths` are shares of 100.
 * @typedef {{is: string, text: string, rows?: string[][], widths?: number[], numbers?: number[]}} ReportLine
 *
 * @typedef {{title: string, signer: string, date: string, lines: ReportLine[]}} ProgressReport
 *
 * @typedef {object} Reports
 * @property {(content: Content, mine: Mine, today: string) => ProgressReport} of
 * @property {(report: ProgressReport) => string} text
 * @property {(report: ProgressReport, content: Content, mine: Mine, preset: {[key: string]: string}) => Filled} record
 */
(function () {
  "use strict";

  const { filling, progress, typesetting } = planSite;

  const NUMERALS = "一二三四五六七八九十";
  /** Twips of the standard page between its margins, and the whole of a table in fiftieths of a per cent. */
  const [PAGE, WHOLE] = [8845, 5000];
  /** What is added to a plan's title, and the characters of a line of it. */
  const [ADDED, LONGEST] = ["进展情况", 20];
  const COUNTED = ["任务", "已完成", "进行中", "未开始", "不适用", "逾期"];

  /**
   * @param {Content} content
   * @param {Mine} mine
   * @param {string} today
   * @returns {ProgressReport}
   */
  function of(content, mine, today) {
    const all = progress.rows(content, mine, today);
    const slots = filling.slots(content, mine.values);
    const named = slots.get("unit-name");
    /** @type {[string, ReportLine[]][]} */
    const chapters = [
      ["总体情况", [paragraph(overall(progress.tally("", all)))]],
      ...counted(content, mine, all),
      ["逾期的任务", lateLines(progress.late(all), today)],
      ["不适用的任务", naLines(all.filter(({ state }) => state === "na"))],
      ["佐证材料", evidenceLines(all)],
      ["示例里已经没有的任务", goneLines(progress.gone(content, mine))],
      ["考评", scoreLines(progress.scores(content, mine))],
    ];
    const told = chapters.filter(([, lines]) => lines.length);
    const body = told.map(([name, lines], at) => [{ is: "h1", text: `${NUMERALS[at]}、${name}` }, ...lines]);
    const signer = named && named.filled ? named.text : "";
    return {
      title: `《${filling.plain(content.paper_title, slots)}》${ADDED}`,
      signer,
      date: progress.dayWords(today),
      lines: /** @type {ReportLine[]} */ ([]).concat(...body, ends(signer, today)),
    };
  }

  /** @param {string} text */
  function paragraph(text) {
    return { is: "p", text };
  }

  /**
   * @param {string[][]} rows the head first
   * @param {number[]} widths
   * @param {number[]} numbers columns that hold numbers and stand in the middle
   */
  function table(rows, widths, numbers) {
    return { is: "table", text: "", rows, widths, numbers };
  }

  /**
   * @param {string} signer
   * @param {string} today
   */
  function ends(signer, today) {
    const space = { is: "space", text: "" };
    return [space, space, ...(signer ? [{ is: "sign", text: signer }] : []), { is: "date", text: progress.dayWords(today) }];
  }

  /* ---------------------------------------------------------------- chapters */

  /** @param {Tally} counts */
  function overall({ all, due, done, doing, open, na, late }) {
    const share = progress.share(/** @type {any} */ ({ done, due }));
    const states = `已完成 ${done} 项，进行中 ${doing} 项，未开始 ${open} 项，不适用 ${na} 项`;
    return `共 ${all} 项任务：${states}；逾期 ${late} 项。应做 ${due} 项，完成率 ${share}。`;
  }

  /**
   * @param {Content} content
   * @param {Mine} mine
   * @param {TaskRow[]} all
   * @returns {[string, ReportLine[]][]}
   */
  function counted(content, mine, all) {
    const shown = progress.groupings(content, all).filter(({ name }) => name !== "按主题" && name !== "按牵头角色");
    const days = stageDays(progress.stages(content, mine, all));
    return shown.map(({ name, tallies }) => {
      const isDated = tallies.some((one) => days.has(one.name));
      const rows = tallies.map((one) => [one.name, ...(isDated ? [days.get(one.name) || ""] : []), ...numbersOf(one)]);
      const head = [name.slice(1), ...(isDated ? ["时间"] : []), ...COUNTED];
      const widths = isDated ? [22, 24, 9, 9, 9, 9, 9, 9] : [40, 10, 10, 10, 10, 10, 10];
      return [name, [table([head, ...rows], widths, widths.map((_, at) => at).slice(1))]];
    });
  }

  /** @param {Stage[]} stages */
  function stageDays(stages) {
    return new Map(stages.map(({ name, first, last }) => [name, first === last ? shortDay(first) : `${shortDay(first)}—${shortDay(last)}`]));
  }

  /** @param {number} day */
  function shortDay(day) {
    const { month, day: date } = planSite.dates.partsOf(day);
    return `${month}月${date}日`;
  }

  /** @param {Tally} counts */
  function numbersOf({ all, done, doing, open, na, late }) {
    return [all, done, doing, open, na, late].map(String);
  }

  /**
   * @param {TaskRow[]} late
   * @param {string} today
   */
  function lateLines(late, today) {
    if (!late.length) return [paragraph("没有逾期的任务。")];
    const rows = late.map((row) => {
      const days = String(progress.daysBetween(row.due, today));
      return [row.number, row.text, row.department, progress.dayWords(row.due), days, progress.STATES[row.state]];
    });
    return [table([["序号", "任务", "责任部门", "时限", "逾期天数", "状态"], ...rows], [8, 32, 17, 20, 12, 11], [0, 3, 4, 5])];
  }

  /** @param {TaskRow[]} some */
  function naLines(some) {
    if (!some.length) return [];
    const rows = some.map(({ number, text, department, reason }) => [number, text, department, reason || "没有写原因"]);
    return [table([["序号", "任务", "责任部门", "原因"], ...rows], [8, 42, 20, 30], [0])];
  }

  /** @param {TaskRow[]} all */
  function evidenceLines(all) {
    const some = all.filter(({ evidence }) => evidence.length);
    const rows = some.map(({ number, text, department, evidence }) => [number, text, department, evidence.join("\n")]);
    return rows.length ? [table([["序号", "任务", "责任部门", "佐证材料"], ...rows], [8, 36, 18, 38], [0])] : [];
  }

  /** @param {TaskRow[]} some */
  function goneLines(some) {
    const rows = some.map(({ text, state, evidence }) => [text, progress.STATES[state], evidence.join("\n")]);
    return rows.length ? [table([["任务", "状态", "佐证材料"], ...rows], [52, 12, 36], [1])] : [];
  }

  /** @param {Score[]} all */
  function scoreLines(all) {
    if (!all.some(({ self, assessed }) => self || assessed)) return [];
    const rows = all.map((one) => [one.number, one.item, one.full, one.self, one.assessed, one.note]);
    const { full, self, assessed, difference } = progress.sums(all);
    const end = ["", "合计", full, self, assessed, difference ? `考核分减自评分：${difference}` : ""];
    return [table([["序号", "考核项目", "分值", "自评分", "考核分", "说明"], ...rows, end], [8, 30, 10, 10, 10, 32], [0, 2, 3, 4])];
  }

  /* -------------------------------------------------------------------- forms */

  /** @param {ProgressReport} report */
  function text({ title, lines }) {
    const written = lines.map(({ text: words, rows }) => (rows ? rows.map(rowText).join("\n") : words));
    return [title, ...written].join("\n");
  }

  /** @param {string[]} cells */
  function rowText(cells) {
    return cells.map((cell) => planSite.checklist.inert(cell).replace(/[\t\n]+/g, "；")).join("\t");
  }

  /**
   * @param {ProgressReport} report
   * @param {Content} content
   * @param {Mine} mine
   * @param {{[key: string]: string}} preset
   * @returns {Filled} for the form of the report
   */
  function record({ title, signer, date, lines }, content, mine, preset) {
    const slots = filling.slots(content, mine.values);
    const heading = headingOf(content.paper_title, (words) => filling.plain(words, slots));
    const right = typesetting.signature(signer, date);
    const empty = { draft: [], blocks: [], tasks: [], records: [], events: [] };
    const items = lines.map((line) => itemOf(line, right));
    return { ...empty, slots, preset, title, heading, signer, version: content.version, lines: items };
  }

  /**
   * Break the heading where the plan's own title breaks, and before what is added if that does not fit.
   * @param {string} title
   * @param {(text: string) => string} plain
   */
  function headingOf(title, plain) {
    const named = `《${typesetting.titleLines(title, plain)}》`;
    const lines = plain(named).split("\n");
    return `${named}${lines[lines.length - 1].length + ADDED.length > LONGEST ? "\n" : ""}${ADDED}`;
  }

  /**
   * @param {ReportLine} line
   * @param {{date_right: string, signer_right: string}} right
   * @returns {Item}
   */
  function itemOf({ is, text: words, rows, widths, numbers }, right) {
    const side = is === "sign" ? right.signer_right : right.date_right;
    return rows && widths ? tableItem(rows, widths, numbers || []) : { is, text: filling.clean(words), right: side };
  }

  /**
   * @param {string[][]} rows
   * @param {number[]} widths
   * @param {number[]} numbers
   * @returns {Item}
   */
  function tableItem(rows, widths, numbers) {
    const columns = widths.map((one) => ({ is: "column", width: String(Math.floor((PAGE * one) / 100)) }));
    const items = rows.map((cells, at) => {
      const kind = (/** @type {number} */ column) => (at ? (numbers.includes(column) ? "number" : "cell") : "title-cell");
      const share = (/** @type {number} */ column) => String((WHOLE * widths[column]) / 100);
      return { is: at ? "row" : "head", cells: cells.map((cell, column) => ({ is: kind(column), text: filling.clean(cell), share: share(column) })) };
    });
    return { is: "table", columns, rows: items };
  }

  planSite.report = { of, text, record };
})();
