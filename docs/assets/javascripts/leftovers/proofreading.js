// @ts-check
/**
 * Faults of an official paper that need no names: years gone by, dates, numbers and marks. Everything here is pure.
 *
 * @typedef {"blank" | "example" | "other" | "year" | "date" | "number" | "mark"} Kind
 * @typedef {{kind: Kind, from: number, found: string, say: string, fix: string}} Fault
 *
 * The year of the paper (0: unknown), and others that may stand.
 * @typedef {{year: number, years: number[]}} Times
 *
 * @typedef {{from: number, found: string, level: number, value: number, right: string}} Numbered
 *
 * @typedef {object} Proofreading
 * @property {(kind: Kind, from: number, found: string, say: string, fix: string) => Fault} fault
 * @property {(pattern: RegExp, text: string) => RegExpExecArray[]} hits
 * @property {((text: string, times: Times) => Fault[])[]} ofLine
 * @property {((lines: string[]) => Fault[][])[]} ofLines the faults of each line
 */
(function () {
  "use strict";

  const { dates } = planSite;

  const HAN = "\u3400-\u9fff";
  const CHINESE = "一二三四五六七八九十";

  /** @type {Proofreading["fault"]} */
  function fault(kind, from, found, say, fix) {
    return { kind, from, found, say, fix };
  }

  /** @type {Proofreading["hits"]} */
  function hits(pattern, text) {
    const found = [];
    pattern.lastIndex = 0;
    for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) found.push(hit);
    return found;
  }

  /* ------------------------------------------------------------------- years */

  const YEAR =
    /(?<![0-9A-Za-z.〔/-])(?:19|20)[0-9]{2}(?=年|[—–－~～至-]{1,2}(?:19|20)[0-9]{2}年|[./-][0-9]{1,2}[./-][0-9]{1,2}(?![0-9]))|二[〇○零][〇○零一二三四五六七八九]{2}(?=年)/g;
  /** What makes an old year history. */
  const HISTORY = new RegExp(
    "以来|成立|建成|建[站院园]|始建|创建于|启用|开业|开通|投入使用|获得?|评为|授予|表彰|命名|印发|发布|公布|颁布|施行|修订|出台|历史|曾",
  );

  /** No clause is longer. */
  const CLAUSE = 80;

  /**
   * @param {string} text
   * @param {Times} times
   */
  function oldYears(text, { year, years }) {
    return hits(YEAR, text)
      .filter(({ 0: found, index }) => {
        const old = Number(found.replace(/[^0-9]/g, (sign) => String(CHINESE.indexOf(sign) + 1)));
        return old < year && !years.includes(old) && !isHistory(text, index);
      })
      .map(({ 0: found, index }) => fault("year", index, found, `方案是${year}年的，这里写着${found}年`, "该是今年的就改过来。"));
  }

  /**
   * Whether words stand in a title, or in a clause that tells of the past.
   * @param {string} text
   * @param {number} index
   */
  function isHistory(text, index) {
    const [before, after] = [text.slice(Math.max(0, index - CLAUSE), index), text.slice(index, index + CLAUSE)];
    if (before.lastIndexOf("《") > before.lastIndexOf("》")) return true;
    return HISTORY.test(before.slice(before.search(/[^，。；：]*$/)) + after.slice(0, after.search(/[，。；：]|$/)));
  }

  /* ------------------------------------------------------------------- dates */

  const DATE =
    /(?:([0-9]{4})年)?(?<![0-9.])([0-9]{1,2})月(?:([0-9]{1,2})[日号])?|(?<![0-9])([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?![0-9])/g;
  const RANGE = new RegExp(
    "(?:([0-9]{4})年)?(?<![0-9.-])([0-9]{1,2})(?:日|月(?:([0-9]{1,2})日)?)?(?:（[^（）]*）)?(?:[—–－~～-]{1,2}|至|到)" +
      "(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?(?:([0-9]{1,2})日)?",
    "g",
  );
  const PHASE = /^[（第][一二三四五六七八九十]+[^（]*(?:阶段|[周步])[^（]*（(?:[0-9]{4}年)?([0-9]{1,2})月(?:([0-9]{1,2})日)?[^（）]*）/;

  /**
   * @param {string} text
   * @param {Times} times
   */
  function wrongDates(text, times) {
    const ranges = hits(RANGE, text)
      .filter((hit) => isTurned(hit.map(Number)))
      .map(({ 0: found, index }) => fault("date", index, found, `“${found}”开始晚于结束`, "核对起止日期；跨年的写明“次年”。"));
    for (const hit of hits(DATE, text)) {
      const [year, month, day] = [1, 2, 3].map((at) => Number(hit[at] || hit[at + 3] || 0));
      const say = wrongDay(year, month, day, times);
      if (say) ranges.push(fault("date", hit.index, hit[0], say, "核对日期。"));
    }
    return ranges;
  }

  /**
   * @param {number} year 0: none
   * @param {number} month
   * @param {number} day 0: none
   * @param {Times} times
   */
  function wrongDay(year, month, day, times) {
    if (month < 1 || month > 12) return `没有${month}月`;
    const of = year || times.year || 2024;
    if (day > dates.daysIn(of, month)) return `${month === 2 ? `${of}年` : ""}${month}月没有${day}日`;
    const outside = times.year && year > times.year && !times.years.includes(year);
    return outside ? `${year}年${month}月不在方案的${times.year}年里` : "";
  }

  /** @param {number[]} parts year, month, day of both ends; what is missing is no number */
  function isTurned([, year, month, day, toYear, toMonth, toDay]) {
    if (!toMonth && !toDay) return false;
    if (toYear && toYear !== year) return toYear < year;
    if (!toMonth) return toDay < (day || month);
    return toMonth < month || (toMonth === month && toDay < day);
  }

  /**
   * Phases in brackets behind their headings, one earlier than the one before.
   * @param {string[]} lines
   */
  function phases(lines) {
    let last = 0;
    return lines.map((text) => {
      const hit = PHASE.exec(text);
      if (!hit) return [];
      const [before, start] = [last, Number(hit[1]) * 100 + Number(hit[2] || 0)];
      last = start;
      const early = hit[2] ? start < before : start < before - (before % 100);
      return early ? [fault("date", 0, hit[0], "这一段比上一段开始得早", "核对各阶段的起止时间。")] : [];
    });
  }

  /* ----------------------------------------------------------------- numbers */

  const FORMS = [
    /^([一二三四五六七八九十]{1,3})(?:[、.．,，:：]|[ \u3000]+(?=[\u3400-\u9fff]))/,
    /^(?:[（(]([一二三四五六七八九十]{1,3})[）)]|([㈠-㈩]))[、.．,，:：]?/,
    /^([0-9]{1,2})(?:[.．、,，:：](?![0-9])|[）)])/,
    /^(?:[（(]([0-9]{1,2})[）)]|([⑴-⒇]))[、.．,，:：]?/,
  ];

  /**
   * @param {string} text
   * @returns {Numbered | null}
   */
  function numberOf(text) {
    const from = text.search(/[^ \u3000]|$/);
    for (let level = 0; level < FORMS.length; level++) {
      const hit = FORMS[level].exec(text.slice(from));
      if (!hit) continue;
      const value = hit[1] ? Number(hit[1]) || chinese(hit[1]) : hit[2].charCodeAt(0) - (level === 1 ? 0x321f : 0x2473);
      const sign = level < 2 ? hit[1] || CHINESE.charAt(value - 1) : value;
      const right = [`${sign}、`, `（${sign}）`, `${sign}.`, `（${sign}）`][level];
      return { from, found: hit[0], level, value, right };
    }
    return null;
  }

  /** @param {string} text */
  function lengthOfNumber(text) {
    const number = numberOf(text);
    return number ? number.from + number.found.length : 0;
  }

  /** @param {string} text 一 to 九十九 */
  function chinese(text) {
    const [tens, ones] = text.split("十").map((sign) => CHINESE.indexOf(sign) + 1);
    return ones === undefined ? tens : (text.startsWith("十") ? 1 : tens) * 10 + (text.endsWith("十") ? 0 : ones);
  }

  /**
   * The form of numbers, and whether they run on. A list may begin anew below a heading or after words between.
   * @param {string[]} lines
   */
  function numbers(lines) {
    const all = lines.map(numberOf);
    const levels = [0, 1, 2, 3].map((level) => all.some((one) => one && one.level === level));
    let last = [0, 0, 0, 0];
    let between = true;
    return all.map((number, line) => {
      if (!number) {
        between = between || Boolean(lines[line].trim());
        if (/^[ \u3000]*附件/.test(lines[line])) last = [0, 0, 0, 0];
        return [];
      }
      const faults = [wrongForm(number), wrongTurn(number, last, levels, between)];
      const inList = all[line - 1] && /[。；]$/.test(lines[line - 1]);
      const aboveText = !all[line + 1] && /[。：]$/.test(lines[line + 1] || "");
      if (!number.level || (aboveText && !inList)) faults.push(endsAsSentence(number, lines[line]));
      last = last.map((value, level) => (level < number.level ? value : level === number.level ? number.value : 0));
      between = false;
      return faults.filter(isFault);
    });
  }

  /** @param {Numbered} number */
  function wrongForm({ from, found, right }) {
    const words = found.trim();
    return words === right ? null : fault("number", from, words, `序号“${words}”的写法不对`, `写成“${right}”。`);
  }

  /**
   * @param {Numbered} number
   * @param {number[]} last of each level
   * @param {boolean[]} levels that the text has
   * @param {boolean} between whether words without a number stand before
   */
  function wrongTurn({ from, found, level, value }, last, levels, between) {
    const before = last[level];
    const anew = value === 1 && (!before || (between && level));
    const say = levels[0] && level && !last[0]
      ? `“${found}”前面没有“一、”`
      : level === 3 && levels[2] && !last[2]
        ? `“${found}”前面没有“1.”这一层`
        : value === before + 1 || anew || !last.some(Boolean)
          ? ""
          : value === before
            ? `序号“${found}”重复`
            : `序号从${before ? `第 ${before} ` : "头"}跳到第 ${value}`;
    return say ? fault("number", from, found, say, "核对序号，按一、（一）1.（1）逐层往下排。") : null;
  }

  /**
   * Why not in a list of （一）: its items may be sentences.
   * @param {Numbered} number
   * @param {string} text
   */
  function endsAsSentence({ from, found, level }, text) {
    const heading = level < 2 && /^[^。，；：]{1,20}。$/.test(text.slice(from + found.length));
    return heading ? fault("number", text.length - 1, "。", "标题末尾有句号", "标题末尾不加句号。") : null;
  }

  /**
   * @param {Fault | null | undefined} one
   * @returns {one is Fault}
   */
  function isFault(one) {
    return Boolean(one);
  }

  /* ------------------------------------------------------------------- marks */

  const WIDE = `[${HAN}“”‘’（）《》、，。；：？！]`;
  /** @type {[RegExp, string, string][]} */
  const MARKS = [
    [
      new RegExp(`(?<=[${HAN}”）》]) ?[,;:!?()"]|[,;:!?()"](?=[${HAN}“（《])|(?<=[${HAN}”）》])\\.(?![0-9A-Za-z.])`, "g"),
      "半角标点",
      "汉字旁边用全角标点。",
    ],
    [/[０-９Ａ-Ｚａ-ｚ]+/g, "全角的数字或字母", "数字和字母用半角。"],
    [/[，。；：、]{2,}|[，。；：、][！？]|[！？][，。；：、]/g, "标点重复", "留一个。"],
    [new RegExp(`(?<=${WIDE})[ \u3000\u00a0]+(?=${WIDE})`, "g"), "汉字之间有空格", "删掉空格。"],
  ];
  /** What a space may follow, besides the first characters of a line: 姓　名. */
  const SPACED = /(?:第[一二三四五六七八九十百]+[章节条]|附件)$/;
  const FIRST = 4;
  const OPENING = "（(《〈“【〔[";
  const CLOSING = "）)》〉”】〕]";

  /** @param {string} text */
  function marks(text) {
    const start = lengthOfNumber(text);
    const faults = MARKS.map(([pattern, what, fix]) => {
      const all = hits(pattern, text).filter(({ 0: found, index }) => index >= start && (found.trim() || !maySpace(text, index)));
      const more = all.length > 1 ? `，这一行共 ${all.length} 处` : "";
      return all.length ? fault("mark", all[0].index, all[0][0], what + more, fix) : null;
    });
    return faults.filter(isFault);
  }

  /**
   * @param {string} text
   * @param {number} index
   */
  function maySpace(text, index) {
    return index < FIRST || SPACED.test(text.slice(Math.max(0, index - 2 * FIRST), index));
  }

  /**
   * Signs without their other half; a title may run on in the next line.
   * @param {string[]} lines
   */
  function pairs(lines) {
    const all = lines.map(unpaired);
    return all.map((one, line) => {
      const [next, before] = [all[line + 1], all[line - 1]];
      const runsOn = one && ((next && matches(one.found, next.found)) || (before && matches(before.found, one.found)));
      return one && !runsOn ? [one] : [];
    });
  }

  /**
   * @param {string} open
   * @param {string} close
   */
  function matches(open, close) {
    return open.length === 1 && OPENING.includes(open) && OPENING.indexOf(open) === CLOSING.indexOf(close);
  }

  /** @param {string} text */
  function unpaired(text) {
    /** @type {number[]} */
    const open = [];
    for (let at = lengthOfNumber(text); at < text.length; at++) {
      const sign = text.charAt(at);
      if (OPENING.includes(sign)) open.push(at);
      const closes = CLOSING.indexOf(sign);
      if (closes < 0) continue;
      const before = open.pop();
      if (before === undefined) return alone(at, sign);
      const opens = OPENING.indexOf(text.charAt(before));
      if (opens + closes === 1) return fault("mark", before, text.slice(before, at + 1), "括号一半全角、一半半角", "都用全角括号。");
      if (opens !== closes) return alone(before, text.charAt(before));
    }
    return open.length ? alone(open[0], text.charAt(open[0])) : null;
  }

  /**
   * @param {number} from
   * @param {string} sign
   */
  function alone(from, sign) {
    return fault("mark", from, sign, `“${sign}”没有成对`, "补上另一半，或者删掉。");
  }

  planSite.proofreading = { fault, hits, ofLine: [oldYears, wrongDates, marks], ofLines: [phases, numbers, pairs] };
})();
