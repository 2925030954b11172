// @ts-check
/**
 * One plan of the reader's on the page of my plans: counts as bars, the year, what is late and what comes next, scores.
 *
 * @typedef {object} PlanView
 * @property {(shown: Shown, today: string) => HTMLElement[]} parts
 * @property {(report: ProgressReport) => HTMLElement[]} paper
 */
(function () {
  "use strict";

  const { charts, inputs, myPlans, progress } = planSite;
  const { make } = inputs;

  const AHEAD = 30;

  /**
   * @param {Shown} shown
   * @param {string} today
   */
  function parts(shown, today) {
    const { content, mine, page } = shown;
    const rows = progress.rows(content, mine, today);
    const [late, next] = [progress.late(rows), progress.next(rows, today, AHEAD)];
    const left = (/** @type {TaskRow} */ { due }) => progress.daysBetween(today, due);
    return [
      figures(progress.tally("", rows)),
      ...section(`逾期（${late.length} 项）`, dueList(late, page, "逾期天数", (row) => String(-left(row)), "没有逾期的任务。")),
      ...section(`${AHEAD} 天内到期（${next.length} 项）`, dueList(next, page, "还有几天", (row) => String(left(row) || "今天"), `${AHEAD} 天内没有要到期的任务。`)),
      make("div", { class: "groupings" }, ...progress.groupings(content, rows).map(grouping)),
      ...section("时间安排", ...year(content, mine, rows, today)),
      ...naPart(rows.filter(({ state }) => state === "na"), page),
      ...gonePart(progress.gone(content, mine)),
      ...scorePart(shown),
    ];
  }

  /**
   * @param {string} name
   * @param {...HTMLElement} children
   */
  function section(name, ...children) {
    return [make("h3", {}, name), ...children];
  }

  /** @param {Tally} tally */
  function figures(tally) {
    const shown = [
      ["应做", tally.due],
      ["已完成", tally.done],
      ["进行中", tally.doing],
      ["未开始", tally.open],
      ["逾期", tally.late],
      ["不适用", tally.na],
      ["完成率", progress.share(tally)],
    ];
    const pairs = shown.map(([name, figure]) => make("div", {}, make("dt", {}, String(name)), make("dd", {}, String(figure))));
    return make("dl", { class: "figures" }, ...pairs);
  }

  /** @param {Grouping} grouped */
  function grouping({ name, tallies }) {
    const lines = tallies.map((one) => {
      const more = [one.doing && `进行中 ${one.doing}`, one.na && `不适用 ${one.na}`, one.late && `逾期 ${one.late}`].filter(Boolean);
      const words = make("span", { class: "tally__count" }, [`${one.done} / ${one.due}`, ...more].join("，"));
      return make("li", { class: "tally" }, make("span", { class: "tally__name" }, one.name), words, charts.bar(one));
    });
    return make("section", {}, make("h3", {}, name), make("ul", { class: "tallies" }, ...lines));
  }

  /* ------------------------------------------------------------------ tables */

  /**
   * A table whose rows are cards on small screens.
   * @param {string} name
   * @param {string[]} head
   * @param {(Node | string)[][]} rows
   */
  function table(name, head, rows) {
    const cell = (/** @type {Node | string} */ inside, /** @type {number} */ at) => make("td", { "data-label": head[at] }, inside);
    const heads = make("tr", {}, ...head.map((words) => make("th", { scope: "col" }, words)));
    const body = rows.map((row) => make("tr", {}, ...row.map(cell)));
    const inside = make("table", { class: "plain", "data-stack": "", "aria-label": name }, make("thead", {}, heads), make("tbody", {}, ...body));
    return make("div", { class: "table-scroll" }, inside);
  }

  /**
   * @param {TaskRow} row
   * @param {string} page
   */
  function taskLink({ id, text }, page) {
    return page ? make("a", { href: `${page.split("#")[0]}#task-${id}`, "data-do": "open" }, text) : text;
  }

  /**
   * @param {TaskRow[]} rows
   * @param {string} page
   * @param {string} counted
   * @param {(row: TaskRow) => string} count
   * @param {string} none
   */
  function dueList(rows, page, counted, count, none) {
    if (!rows.length) return make("p", { class: "quiet" }, none);
    const cells = rows.map((row) => [row.number, taskLink(row, page), row.department, progress.dayWords(row.due), count(row), progress.STATES[row.state]]);
    return table(counted, ["序号", "任务", "责任部门", "时限", counted, "状态"], cells);
  }

  /**
   * @param {TaskRow[]} rows
   * @param {string} page
   */
  function naPart(rows, page) {
    if (!rows.length) return [];
    const why = (/** @type {TaskRow} */ { reason }) => reason || make("b", { class: "late" }, "没有写原因");
    const cells = rows.map((row) => [row.number, taskLink(row, page), row.department, why(row)]);
    return section(`不适用（${rows.length} 项）`, table("不适用的任务", ["序号", "任务", "责任部门", "原因"], cells));
  }

  /** @param {TaskRow[]} rows */
  function gonePart(rows) {
    if (!rows.length) return [];
    const cells = rows.map((row) => [row.text, progress.STATES[row.state], [row.note, ...row.evidence].filter(Boolean).join("；")]);
    const said = make("p", { class: "quiet" }, "示例改过，这些任务不再列出；您记下的还在，不计入上面的数字。");
    return section(`示例里已经没有（${rows.length} 项）`, said, table("示例里已经没有的任务", ["任务", "状态", "备注和佐证"], cells));
  }

  /* -------------------------------------------------------------------- year */

  /**
   * @param {Content} content
   * @param {Mine} mine
   * @param {TaskRow[]} rows
   * @param {string} today
   */
  function year(content, mine, rows, today) {
    const stages = progress.stages(content, mine, rows);
    const hasYear = planSite.filling.yearOf(mine.values) !== null;
    if (!stages.length) return [make("p", { class: "quiet" }, hasYear ? "各阶段没有写时间，排不出日子。" : "没有填年份，排不出日子；在方案里填好年份再来看。")];
    const day = (/** @type {number} */ number) => planSite.filling.dayText(number);
    const cells = stages.map(({ name, first, last, tally }) => [name, day(first), day(last), `${tally.done} / ${tally.due}`]);
    const figure = make("figure", { class: "timeline" }, charts.line(stages, today));
    const dated = new Set(stages.map(({ name }) => name));
    const others = content.phases.map(({ name }) => name).filter((name) => !dated.has(name));
    const left = others.length ? [make("p", { class: "quiet" }, `还排不出日子的阶段：${others.join("、")}。在方案里填好月份，或者写上起止日期。`)] : [];
    return [figure, ...left, table("各阶段的时间和完成情况", ["阶段", "开始", "结束", "已完成"], cells)];
  }

  /* ------------------------------------------------------------------ scores */

  const HEAD = ["序号", "考核项目", "考核内容", "分值", "自评分", "考核分", "说明"];
  const LONG = 60;

  /** @param {Shown} shown */
  function scorePart({ facts, content, mine }) {
    if (!content.assessment.length) return [];
    const scores = progress.scores(content, mine);
    const rows = scores.map((one) => [one.number, one.item, detail(one.content), ...marks(facts.id, one)]);
    const hint = content.assessment_note || "分值按本单位的考核办法填，来源没有给分值。";
    const sums = make("p", { "data-score-sums": "", role: "status" });
    const part = make("div", { "data-scores": facts.id }, make("p", { class: "quiet" }, hint), table("考评", HEAD, rows), sums);
    tellSums(sums, scores);
    part.addEventListener("change", (event) => keepMark(facts.id, /** @type {HTMLInputElement} */ (event.target)));
    part.addEventListener("change", () => tellSums(sums, progress.scores(content, { ...mine, under: (prefix) => myPlans.under(facts.id, prefix) })));
    return section("考评", part);
  }

  /** @param {string} text */
  function detail(text) {
    if (text.length <= LONG) return text;
    return make("details", { class: "more" }, make("summary", {}, `${text.slice(0, LONG / 2)}…`), make("span", {}, text));
  }

  /**
   * @param {string} id
   * @param {Score} score
   */
  function marks(id, score) {
    const part = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ value) => {
      const path = `score/${score.number}/${name}`;
      const about = { type: "text", autocomplete: "off", value, "data-path": path, "data-key": `${path}-${id}`, "aria-label": `第 ${score.number} 项${label}` };
      const input = make("input", name === "note" ? about : { ...about, class: "mark", inputmode: "decimal" });
      const fault = make("span", { class: "fill__fault", id: `fault-${score.number}-${name}` });
      input.setAttribute("aria-describedby", fault.id);
      tellFault(/** @type {HTMLInputElement} */ (input), fault);
      return make("div", {}, input, fault);
    };
    return [part("full", "分值", score.full), part("self", "自评分", score.self), part("assessed", "考核分", score.assessed), part("note", "说明", score.note)];
  }

  /**
   * @param {string} id
   * @param {HTMLInputElement} input
   */
  function keepMark(id, input) {
    const path = input.dataset.path || "";
    const value = path.endsWith("/note") ? input.value.trim() : inputs.tidy("number", input.value);
    input.value = input.defaultValue = value;
    myPlans.set(id, path, value);
    tellFault(input, /** @type {HTMLElement} */ (input.nextElementSibling));
  }

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} place
   */
  function tellFault(input, place) {
    const words = (input.dataset.path || "").endsWith("/note") ? "" : progress.scoreFault(input.value);
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (place.textContent !== words) place.textContent = words;
  }

  /**
   * @param {HTMLElement} place
   * @param {Score[]} scores
   */
  function tellSums(place, scores) {
    const { full, self, assessed, difference } = progress.sums(scores);
    const shown = [full && `分值 ${full}`, self && `自评 ${self}`, assessed && `考核 ${assessed}`].filter(Boolean);
    const gap = difference && `；考核分减自评分 ${difference}（只算两样都有的项）`;
    place.textContent = shown.length ? `合计：${shown.join("，")}${gap}。` : "还没有打分。";
  }

  /* ------------------------------------------------------------------- paper */

  /** @param {ProgressReport} report */
  function paper({ title, lines }) {
    return [make("h4", { class: "paper-title" }, title), ...lines.map(paperLine)];
  }

  /** @param {ReportLine} line */
  function paperLine({ is, text, rows }) {
    if (!rows) return make(is === "h1" ? "h5" : "p", { class: `report-paper__${is}` }, text);
    const [head, ...body] = rows;
    const cells = (/** @type {string} */ tag, /** @type {string[]} */ row) => make("tr", {}, ...row.map((cell) => make(tag, {}, cell)));
    return make("table", { class: "plain" }, make("thead", {}, cells("th", head)), make("tbody", {}, ...body.map((row) => cells("td", row))));
  }

  planSite.planView = { parts, paper };
})();
