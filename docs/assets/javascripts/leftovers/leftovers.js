// @ts-check
/**
 * The leftover check: what must not stand in a plan that goes out. Everything here is pure, but for loading the names.
 *
 * Words of a line that are wrong: `key` is the same as long as they and the words around them stay; with `draft` a
 * plan goes out as a draft until they are gone or waived.
 * @typedef {Fault & {key: string, line: number, to: number, draft: boolean}} Finding
 *
 * What is known beside the text: its times, the names of the reader's own unit (first) and place, the places these mean,
 * other units that may stand, what was filled in by field, words that are no names, and the names to look up, if they
 * could be had.
 * @typedef {Times & {own: string[], places: number[], allowed: string[], given: Texts, template: string,
 *   names: Names | null}} About
 * @typedef {{data: CheckData, known: Gazetteer}} Names
 *
 * A line of a filled plan; `place` is where it stands: `title`, `text`, `task:<id>`, `assessment`, or a field's id.
 * @typedef {{text: string, place: string}} Line
 *
 * How much of a text is still the example: the share of its runs of five characters, 0 to 1; `size` counts them.
 * @typedef {{share: number, size: number}} Likeness
 *
 * @typedef {object} Leftovers
 * @property {{[kind: string]: string}} KINDS
 * @property {() => Promise<Names>} need
 * @property {(lines: string[], about: About) => Finding[]} check
 * @property {(content: Content, values: Given) => Line[]} linesOf
 * @property {(content: Content, values: Given, names: Names | null) => About} aboutOf
 * @property {(own: string[], names: Names | null) => number[]} placesOf
 * @property {(lines: string[], names: Names) => string} guessPlace
 * @property {(lines: string[]) => number} guessYear
 * @property {(content: Content) => string} templateOf
 * @property {(text: string, example: Set<string>) => Likeness} likeness
 * @property {(text: string) => string[]} runsOf
 * @property {(content: Content, values: Given) => (Likeness & {name: string})[]} similarity
 * @property {(content: Content, values: Given) => Field[]} ownFields
 * @property {(content: Content, values: Given, waived: Texts) => Promise<string[]>} draftReasons
 */
(function () {
  "use strict";

  const { filling, proofreading, properNames } = planSite;
  const { fault, hits } = proofreading;

  /** @type {{[kind: string]: string}} */
  const KINDS = {
    blank: "没填的空",
    example: "示例里的名称和内容",
    other: "别的地方和单位",
    year: "往年的年份",
    date: "日期",
    number: "序号",
    mark: "标点和字符",
  };
  const DRAFT = ["blank", "example", "other"];
  const NEW_MEASURES = "new-measures";
  /** As many characters on each side tell one finding from another. */
  const AROUND = 6;
  /** As many lines hold the title. */
  const HEAD = 4;

  /* ------------------------------------------------------------------ blanks */

  const BLANK = new RegExp(
    [
      "【[^【】]*】|⟦[^⟧]*⟧|[_＿﹍]{2,}",
      "[（(《〈“〔「][ \\u3000]*[）)》〉”〕」]",
      "(?<![A-Za-z0-9*])(?:20|19)?[xX×✕*＊□△Ｘ]{2,}(?![A-Za-z0-9])",
      "(?<![零一二三四五六七八九])[○〇]{2,}(?![一二三四五六七八九年])",
      "(?<![A-Za-z0-9])[xX×✕Ｘ](?=[省市县区镇乡村局院站园校年月日人名个号]|单位|公司|同志)",
      "某某|某(?=[省市县区镇乡局院站园校年月日]|单位|公司|同志)",
      "[（(](?:(?:请|此处|待|填)[^（）()]{1,20}|(?:单位|部门|地区|城市|活动)(?:名称|全称|简称))[）)]",
      "(?:20|19)[ \\u3000]{2,}年|年[ \\u3000]+月(?:[ \\u3000]+日)?|月[ \\u3000]{2,}日|第[ \\u3000]{2,}[号次届期]",
      "《[^《》]*…[^《》]*》|…{3,}",
    ].join("|"),
    "g",
  );

  /** @param {string} text */
  function blanks(text) {
    return hits(BLANK, text).map(({ 0: found, index }) => {
      const say = /^【.+】$/.test(found) ? `“${found.slice(1, -1)}”还没填` : `“${found}”是没填的空`;
      return fault("blank", index, found, say, "填上；用不上的，交稿前连同前后的话删掉。");
    });
  }

  /* ------------------------------------------------------------------- names */

  /** How an example of the basis of a plan goes on: alone, the name of a meeting may be history. */
  const SPIRIT = "精神";
  const LONG = 12;

  /**
   * @param {string} text
   * @param {About} about
   */
  function examples(text, { own, places, given, names }) {
    if (!names) return [];
    const { data, known } = names;
    const faults = properNames
      .hashed(text, data)
      .map(([from, to]) => ({ from, found: text.slice(from, to) }))
      .filter(({ found }) => !own.some((name) => name.includes(found)) && !isOwn(found, places, known))
      .map(({ from, found }) => fault("example", from, found, `“${found}”是范文里别的单位、别处的名称`, "换成本单位、本地的名称。"));
    for (const [field, value] of data.examples) {
      const typed = (given[field] || "").trim() === value;
      const sought = typed || value.length > LONG ? value : value + SPIRIT;
      const from = text.indexOf(sought);
      if (from >= 0) faults.push(fault("example", from, sought, `“${value}”是示例里的内容`, "换成今年的、本单位的；确实一样，就放行。"));
    }
    return faults;
  }

  /**
   * @param {string} name
   * @param {number[]} places
   * @param {Gazetteer} known
   */
  function isOwn(name, places, known) {
    return properNames.mentions(name, known, true).some((one) => properNames.related(one.places, places, known));
  }

  /**
   * Why places are blotted out before units are sought: what follows a place is the name.
   * @param {string} text
   * @param {About} about
   */
  function others(text, { own, allowed, places, template, names }) {
    const known = names && names.known;
    const mentions = known ? properNames.mentions(text, known) : [];
    const signs = text.split("");
    for (const { from, to } of mentions) signs.fill("，", from, to);
    const faults = properNames
      .strangers(mentions.length ? signs.join("") : text, [...own, ...allowed])
      .map(([from, to]) => ({ from, name: text.slice(from, to) }))
      .filter(({ name }) => !template.includes(name))
      .map(({ from, name }) => other(from, name, "不是本单位的名称"));
    if (!known || !places.length) return faults;
    for (const { from, to, places: meant } of mentions) {
      if (!properNames.related(meant, places, known)) faults.push(other(from, text.slice(from, to), "是别处的名称"));
    }
    return faults;
  }

  /**
   * @param {number} from
   * @param {string} name
   * @param {string} what
   */
  function other(from, name, what) {
    return fault("other", from, name, `“${name}”${what}`, "该是本单位、本地的就改过来；确实要写，就放行。");
  }

  /**
   * @param {string[]} own
   * @param {Names | null} names
   */
  function placesOf(own, names) {
    if (!names) return [];
    const { known } = names;
    const all = own.map((name) => properNames.mentions(name, known, true).map(({ places }) => places));
    const flat = all.reduce((found, some) => found.concat(some), []);
    const certain = flat.filter((places) => places.length === 1).map(([place]) => place);
    const likely = flat.map((places) => {
      const near = places.filter((place) => properNames.related([place], certain, known));
      return near.length ? near : places;
    });
    return properNames.innermost(likely.reduce((found, some) => found.concat(some), []), known);
  }

  /* ------------------------------------------------------------------- check */

  /**
   * Find everything, line by line.
   * @param {string[]} lines
   * @param {About} about
   */
  function check(lines, about) {
    const rules = [blanks, examples, others, ...proofreading.ofLine];
    const runs = proofreading.ofLines.map((rule) => rule(lines));
    /** @type {Finding[]} */
    const found = [];
    lines.forEach((text, line) => {
      const faults = rules.map((rule) => rule(text, about)).concat(runs.map((run) => run[line]));
      found.push(...apart(faults.reduce((all, some) => all.concat(some), []), text, line));
    });
    return found;
  }

  /**
   * Keep of faults that overlap the first, and put them in reading order.
   * @param {Fault[]} faults
   * @param {string} text
   * @param {number} line
   */
  function apart(faults, text, line) {
    /** @type {Finding[]} */
    const kept = [];
    const taken = new Uint8Array(faults.length ? text.length : 0);
    for (const one of faults) {
      const to = one.from + one.found.length;
      if (taken.subarray(one.from, to).includes(1)) continue;
      taken.fill(1, one.from, to);
      kept.push({ ...one, key: keyOf(one, to, text), line, to, draft: DRAFT.includes(one.kind) });
    }
    return kept.sort((one, next) => one.from - next.from);
  }

  /**
   * @param {Fault} fault
   * @param {number} to
   * @param {string} text
   */
  function keyOf({ kind, from, found }, to, text) {
    if (found.startsWith("【")) return `${kind}|${found}`;
    return `${kind}|${found}|${text.slice(Math.max(0, from - AROUND), from)}…${text.slice(to, to + AROUND)}`;
  }

  /**
   * Give the place that a text names most, where its own is not told.
   * @param {string[]} lines
   * @param {Names} names
   */
  function guessPlace(lines, { known }) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const text of lines) {
      for (const { from, to } of properNames.mentions(text, known)) {
        const name = text.slice(from, to);
        counts.set(name, (counts.get(name) || 0) + 1);
      }
    }
    return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ["", 0])[0];
  }

  /**
   * Read the year of a paper from its title.
   * @param {string[]} lines
   */
  function guessYear(lines) {
    const year = /(20[0-9]{2})年/.exec(lines.slice(0, HEAD).join("\n"));
    return year ? Number(year[1]) : 0;
  }

  /* ----------------------------------------------------------- a filled plan */

  /**
   * Give the words of a plan as it comes, a break where something is to be filled in.
   * @param {Content} content
   */
  function templateOf(content) {
    const lines = [content.paper_title, ...content.blocks.map(({ number, lead, text }) => `${number}${lead}\n${text}`)];
    for (const { text, note } of content.tasks) lines.push(text, note);
    for (const item of content.assessment) lines.push(item.content);
    return written(lines.join("\n"), filling.slots(content, {}));
  }

  /**
   * @param {string} text
   * @param {Slots} slots
   */
  function written(text, slots) {
    return filling
      .pieces(text, slots)
      .map((piece) => (piece.blank ? "\n" : piece.text))
      .join("");
  }

  /**
   * Give the lines that go out: the text, and of the other files what can be filled in.
   * @param {Content} content
   * @param {Given} values
   */
  function linesOf(content, values) {
    const { slots, title, blocks, assessment } = filling.fill(content, values, {});
    const lines = [{ text: title, place: "title" }, ...blocks.map(({ text }) => ({ text, place: "text" }))];
    lines.push({ text: "⟦issue-date⟧", place: "issue-date" });
    for (const { id, text, lead, support, when, note, threshold } of content.tasks) {
      const parts = [text, `${lead}、${support}`, when, note, threshold].filter((part) => part.includes("⟦"));
      lines.push(...parts.map((part) => ({ text: part, place: `task:${id}` })));
    }
    for (const item of assessment) if (item.content.includes("⟦")) lines.push({ text: item.content, place: "assessment" });
    return lines.map(({ text, place }) => ({ text: filling.plain(text, slots), place }));
  }

  /**
   * @param {Content} content
   * @param {Given} values
   * @param {Names | null} names
   * @returns {About}
   */
  function aboutOf(content, values, names) {
    const given = values.fields || {};
    const own = ["unit-name", "unit-short", "city", "province"].map((field) => given[field] || "").filter(Boolean);
    const allowed = [given.superior || "", ...Object.values(values.roles || {})].filter(Boolean);
    const years = content.fields.filter(({ type }) => type === "year").map(({ id }) => Number(given[id] || 0));
    const [year, places] = [filling.yearOf(values) || 0, placesOf(own, names)];
    return { year, years, own, places, allowed, given, template: templateOf(content), names };
  }

  /** @type {Promise<Names> | null} */
  let names = null;

  /** Load the names, once. */
  function need() {
    const place = document.querySelector("[data-check-data]");
    names = names || planSite.load((place && place.getAttribute("data-check-data")) || "").then((data) => ({ data, known: properNames.read(data) }));
    names.catch(() => (names = null));
    return names;
  }

  /**
   * Say why a plan goes out as a draft; nothing where it does not.
   * @param {Content} content
   * @param {Given} values
   * @param {Texts} waived
   */
  async function draftReasons(content, values, waived) {
    const known = await need().catch(() => null);
    const findings = check(linesOf(content, values).map(({ text }) => text), aboutOf(content, values, known));
    const left = findings.filter(({ draft, key }) => draft && !waived[key]);
    const reasons = DRAFT.map((kind) => {
      const count = new Set(left.filter((one) => one.kind === kind).map(({ key }) => key)).size;
      return count ? `${KINDS[kind]} ${count} 处` : "";
    });
    const [fresh, before] = [values.fields, values.last].map((fields = {}) => (fields[NEW_MEASURES] || "").trim());
    if (!fresh) reasons.push("“今年新举措”没有写");
    else if (fresh === before) reasons.push("“今年新举措”和去年写的一样");
    if (!known) reasons.push("别处的名称没有核对，名称表没有读到");
    return reasons.filter(Boolean);
  }

  /* -------------------------------------------------------------- similarity */

  const RUN = 5;

  /**
   * @param {string} text
   * @returns {string[]} the runs of characters of each line, marks left out
   */
  function runsOf(text) {
    /** @type {string[]} */
    const runs = [];
    for (const line of text.split("\n")) {
      const plain = line.replace(/[^\u3400-\u9fff0-9A-Za-z]/g, "");
      for (let at = 0; at + RUN <= plain.length; at++) runs.push(plain.substr(at, RUN));
    }
    return runs;
  }

  /**
   * @param {string} text
   * @param {Set<string>} example the runs of a template
   */
  function likeness(text, example) {
    const runs = runsOf(text);
    return { share: runs.filter((run) => example.has(run)).length / (runs.length || 1), size: runs.length };
  }

  /**
   * The whole text first, then its sections; what is not filled in does not count.
   * @param {Content} content
   * @param {Given} values
   */
  function similarity(content, values) {
    const slots = filling.slots(content, values);
    /** @type {{name: string, text: string}[]} */
    const parts = [{ name: "全文", text: "" }];
    for (const { is, number, lead, text } of content.blocks) {
      const words = `${number}${lead}\n${text}`;
      if (is === "h1") parts.push({ name: filling.plain(number + text, slots), text: "" });
      else for (const part of new Set([parts[0], parts[parts.length - 1]])) part.text += `${written(words, slots)}\n`;
    }
    const example = new Set(runsOf(templateOf(content)));
    return parts.map(({ name, text }) => ({ name, ...likeness(text, example) }));
  }

  /**
   * Give the fields that a unit must write itself and has not.
   * @param {Content} content
   * @param {Given} values
   */
  function ownFields(content, values) {
    const given = values.fields || {};
    return content.fields.filter(({ id, own, example }) => own && ["", example].includes((given[id] || "").trim()));
  }

  planSite.leftovers = {
    ...{ KINDS, need, check, linesOf, aboutOf, placesOf, guessPlace, guessYear },
    ...{ templateOf, runsOf, likeness, similarity, ownFields, draftReasons },
  };
})();
