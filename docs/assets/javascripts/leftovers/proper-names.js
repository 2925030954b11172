// @ts-check
/**
 * Names in a text: of places, of units, and of our sources. Everything here is pure.
 *
 * What macros/office/check_data.py writes; names of sources are hashes, each character of `places` is its neighbour.
 * @typedef {{salt: number, longest: number, names: number[], places: string, examples: [string, string][]}} CheckData
 *
 * What a name may be of. A `bound` one may be part of ordinary words and must stand apart, an `inner` one counts only
 * after the place it lies in, a `short` one where something there follows; a short name that is a `word` never counts.
 * @typedef {{places: number[], kind: "full" | "bound" | "inner" | "short" | "word"}} Name
 *
 * A place is its number, `above` that of the place it lies in; `starts` gives the names that begin with two characters.
 * @typedef {{above: number[], names: Map<string, Name>, starts: Map<string, string[]>}} Gazetteer
 *
 * @typedef {{from: number, to: number, places: number[]}} Mention
 *
 * @typedef {object} ProperNames
 * @property {(data: CheckData) => Gazetteer} read
 * @property {(text: string, known: Gazetteer, loose?: boolean) => Mention[]} mentions
 * @property {(found: number[], own: number[], known: Gazetteer) => boolean} related
 * @property {(places: number[], known: Gazetteer) => number[]} innermost
 * @property {(text: string, own: string[]) => [number, number][]} strangers
 * @property {(text: string, data: CheckData) => [number, number][]} hashed
 */
(function () {
  "use strict";

  /** What makes the short name of a place the name of something there. */
  const HERE = new RegExp(
    "^(?:[省市县区州盟旗镇局委厅站馆港]|分公司|支公司|公司|集团|移动|电信|联通|铁塔|邮政|供电|电力|烟草|银行|医院|卫生院|幼儿园|小学|" +
      "中学|学校|大学|学院|师范|收费|营业厅|高速|公路|交通|运管|人民|卫健|卫生|疾控|妇幼|中医|中心|文明|创建|海关|税务|公安|" +
      "消防|法院|检察|政务|政府|火车站|机场|客运|日报|辖区|境内|地区|职工|党委)",
  );
  /** What may stand around a name that is part of ordinary words. */
  const BEFORE = /[^\u3400-\u9fff]|[在由与及到向从对为经按据赴于往驻]/;
  const AFTER = /[域级场内外间民]/;

  /* ---------------------------------------------------------------- the list */

  /**
   * @param {CheckData} data
   * @returns {Gazetteer}
   */
  function read({ places }) {
    /** @type {Gazetteer} */
    const known = { above: [], names: new Map(), starts: new Map() };
    const text = places.replace(/[\u3400-\u9fff]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) ^ 1));
    for (const line of text.split("\n")) {
      const [[name, ...direct], ...cities] = line.split(";").map((group) => group.split(","));
      const province = add(known, name, -1);
      for (const county of direct) add(known, county, province);
      for (const [city, ...counties] of cities) {
        const place = add(known, city, province);
        for (const county of counties) add(known, county, place);
      }
    }
    for (const names of known.starts.values()) names.sort((one, other) => other.length - one.length);
    return known;
  }

  /**
   * @param {Gazetteer} known
   * @param {string} entry with a mark where the short name ends
   * @param {number} above
   */
  function add(known, entry, above) {
    const [, short, mark, rest] = /** @type {string[]} */ (/^(.*)(['!])(.*)$/.exec(entry));
    const place = known.above.push(above) - 1;
    const word = mark === "!";
    if (rest) put(known, short, place, word ? "word" : "short");
    if (rest) put(known, short + rest, place, word ? "bound" : "full");
    else put(known, short, place, word ? "inner" : "bound");
    return place;
  }

  /**
   * @param {Gazetteer} known
   * @param {string} text
   * @param {number} place
   * @param {Name["kind"]} kind
   */
  function put({ names, starts }, text, place, kind) {
    const name = names.get(text);
    if (name) {
      name.places.push(place);
      return;
    }
    names.set(text, { places: [place], kind });
    const start = text.slice(0, 2);
    starts.set(start, [...(starts.get(start) || []), text]);
  }

  /* --------------------------------------------------------------- in a text */

  /**
   * Find places from left to right, the longest name first; a short name counts where something there follows.
   * @param {string} text
   * @param {Gazetteer} known
   * @param {boolean} [loose] take every name, as in the name of a unit
   */
  function mentions(text, known, loose = false) {
    /** @type {Mention[]} */
    const found = [];
    for (let from = 0; from < text.length - 1; ) {
      const name = nameAt(text, from, known, loose, found[found.length - 1]);
      if (name && name.counts) found.push(name);
      from = name ? name.to : from + 1;
    }
    return found;
  }

  /**
   * Why a short name that does not count is stepped over: 上海南站 is not in 海南.
   * @param {string} text
   * @param {number} from
   * @param {Gazetteer} known
   * @param {boolean} loose
   * @param {Mention | undefined} last
   * @returns {Mention & {counts: boolean} | null}
   */
  function nameAt(text, from, known, loose, last) {
    for (const name of known.starts.get(text.substr(from, 2)) || []) {
      if (!text.startsWith(name, from)) continue;
      const { places, kind } = /** @type {Name} */ (known.names.get(name));
      const to = from + name.length;
      const here = kind === "short" ? HERE.exec(text.substr(to, 3)) : null;
      if (here) return { from, to: to + here[0].length, places, counts: true };
      if (kind === "short") return { from, to, places, counts: loose };
      const inside = last && last.to === from && within(places, last.places, known);
      const counts = loose ? kind !== "word" || name === text : kind === "full" || (kind === "bound" && apart(text, from, to));
      if (counts || (inside && kind !== "word")) return { from, to, places, counts: true };
    }
    return null;
  }

  /**
   * @param {string} text
   * @param {number} from
   * @param {number} to
   */
  function apart(text, from, to) {
    return (!from || BEFORE.test(text.charAt(from - 1))) && !AFTER.test(text.charAt(to));
  }

  /* ---------------------------------------------------------------- in places */

  /**
   * Whether one of the places lies in one of the others, or is one of them.
   * @param {number[]} places
   * @param {number[]} others
   * @param {Gazetteer} known
   */
  function within(places, others, known) {
    return places.some((place) => {
      for (let at = place; at >= 0; at = known.above[at]) if (others.includes(at)) return true;
      return false;
    });
  }

  /**
   * @param {number[]} found
   * @param {number[]} own
   * @param {Gazetteer} known
   */
  function related(found, own, known) {
    return within(found, own, known) || within(own, found, known);
  }

  /**
   * Leave out the places in which another of them lies: a county's own place is not all of its province.
   * @param {number[]} places
   * @param {Gazetteer} known
   */
  function innermost(places, known) {
    return places.filter((place) => !places.some((other) => other !== place && within([other], [place], known)));
  }

  /* -------------------------------------------------------------------- units */

  const UNIT = "幼儿园|收费站|营业厅|分公司|公司|医院|卫生院|学校|中学|小学|中心|局(?![部面势限])|委(?![员托派任])";
  /** What ends before a name. */
  const JOINT = "由在与和及到向从对为经按据照以的";
  const NAMED = new RegExp(`(?:^|[^\u3400-\u9fff]|[${JOINT}])((?:(?![${JOINT}])[\u3400-\u9fff]){2,9}?)(${UNIT})`, "g");
  /** Kinds of which each has a name of its own; offices are called by what they do. */
  const KIND = /(?:幼儿园|收费站|营业厅|公司|医院|卫生院|学校|中学|小学)$/;
  /** What makes a unit of no name: 各医院, 公办幼儿园, 加强医院…. */
  const NAMELESS = new RegExp(
    "[各全本我该每所其他这那某等的了在是有无被并就要可应须不个第上下内外同级分总子省市县区国军病或者至送]|移动|电信|联通|通信|交通|" +
      "运输|公路|高速|卫生|教育|人民|文明|满意|示范|先进|优秀|公办|民办|普惠|公立|私立|乡镇|社区|中心|综合|专科|中医|妇幼|保健|附属|" +
      "基层|窗口|收费|服务|规范|加强|提高|通过|体现|实现|改善|检查|建设|创建|打造|打扫|适合|负责|牵头|编制|走进|进入|来到|参观|努力|管理",
  );
  /** A place that the list does not have, or a town. */
  const SOMEWHERE = new RegExp(
    "^(?![^省市县区镇乡]*(?:[各全本我该每所其城乡村街社辖地族直新老旧园景矿林国原]|开发|高新|示范|自治|责任))" +
      "[\\u3400-\\u9fff]{2,3}(?:市(?![场政民容])|县(?!级)|区(?!域)|[镇乡]).",
  );

  /**
   * Find units with a name that are none of the reader's own: of the same kind, or of some place.
   * @param {string} text
   * @param {string[]} own names of the reader's own unit first
   * @returns {[number, number][]} from, to
   */
  function strangers(text, own) {
    const kind = KIND.exec(own[0] || "");
    /** @type {[number, number][]} */
    const found = [];
    NAMED.lastIndex = 0;
    for (let match = NAMED.exec(text); match; match = NAMED.exec(text)) {
      const [whole, head, unit] = match;
      const named = SOMEWHERE.test(head) || (kind && unit === kind[0] && !NAMELESS.test(head));
      const name = head + unit;
      const from = match.index + whole.length - name.length;
      if (named && !own.some((one) => one.includes(name) || name.endsWith(one))) found.push([from, from + name.length]);
    }
    return found;
  }

  /* ----------------------------------------------------- names of our sources */

  /**
   * @param {string} text
   * @param {CheckData} data
   * @returns {[number, number][]} from, to; the longest of those that begin at one place
   */
  function hashed(text, { salt, longest, names }) {
    const known = new Set(names);
    /** @type {[number, number][]} */
    const found = [];
    for (let from = 0; from < text.length; ) {
      let end = 0;
      for (let at = from, value = salt; at < Math.min(text.length, from + longest); at++) {
        value = Math.imul(value ^ text.charCodeAt(at), 16777619);
        if (known.has(value)) end = at + 1;
      }
      if (end) found.push([from, end]);
      from = end || from + 1;
    }
    return found;
  }

  planSite.properNames = { read, mentions, related, innermost, strangers, hashed };
})();
