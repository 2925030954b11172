// @ts-check
/**
 * A plan as a file of data/plans: what `run.py check` accepts as it is, in the order and manner of the files there.
 *
 * Why quotes where in doubt: our reader (macros/source) refuses what YAML would guess at, so a text stands plainly only
 * where it can be taken for nothing else.
 *
 * @typedef {object} PlanYaml
 * @property {(plan: {[key: string]: any}) => string} write
 */
(function () {
  "use strict";

  const HEAD = "# yaml-language-server: $schema=../schema/plan.json";
  /** Keys in the order in which they stand, whatever they are keys of. */
  const ORDER = (
    "id field role kind heading name dimension item title paper_title issuer unit nature summary updated sources state " +
    "stops_at caution reference_only adapted missing terms metric operator holder duty trigger measure text items show " +
    "content place value scope methods feeds origin section owner when record themes thresholds threshold horizon note " +
    "start end lasts what basis blanks phase every date by support ways keep month weekday after days reason example " +
    "phase_origin support_origin source body sections goals organisation phases tasks channels awards assessment rewards " +
    "new_measures"
  ).split(" ");
  /** What is written on one line, in brackets. */
  const FLOW = "source owner when record threshold methods start end sources terms themes awards keep support ways".split(" ");
  /** Lists of which each item is. */
  const FLOW_ITEMS = ["blanks", "thresholds"];

  const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
  const SOURCE = /^[0-9]{3}-[0-9]{2}$/;
  const GUESSED = /^(y|n|yes|no|on|off|true|false|null|none|inf|nan)$/;
  const GOOD_START = /^[\u3400-\u9fff《“‘（〔〈【0-9]/;
  const BAD = /["'\\`\t]|: |:$| #/;
  const WRAPPED = /^[“‘][ -~]+[”’]$/;

  /** @param {{[key: string]: any}} plan */
  function write(plan) {
    const entries = sorted(plan).map((key) => {
      const lines = entry(key, plan[key], "");
      return Array.isArray(plan[key]) && !FLOW.includes(key) && key !== "adapted" ? ["", ...lines] : lines;
    });
    const all = entries.reduce((lines, some) => lines.concat(some), [HEAD]);
    const at = all.findIndex((line) => line.startsWith("new_measures:"));
    if (at > 0) all.splice(at, 0, "");
    return `${all.join("\n")}\n`;
  }

  /**
   * @param {{[key: string]: any}} map
   * @returns {string[]} its keys, in order; those that are not known come last
   */
  function sorted(map) {
    const rank = (/** @type {string} */ key) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
    return Object.keys(map).sort((one, other) => rank(one) - rank(other));
  }

  /**
   * @param {string} key
   * @param {any} value
   * @param {string} indent
   * @returns {string[]} lines
   */
  function entry(key, value, indent) {
    const name = `${indent}${key}:`;
    if (FLOW.includes(key) || !isNested(value)) return [`${name} ${flow(value, isNested(value))}`];
    if (!Array.isArray(value)) return [name, ...mapLines(value, `${indent}  `)];
    const items = value.map((item) => itemLines(key, item, `${indent}  `));
    const apart = key === "sections" && !indent;
    return items.reduce((lines, some, at) => lines.concat(apart && at ? [""] : [], some), [name]);
  }

  /**
   * @param {{[key: string]: any}} map
   * @param {string} indent
   * @returns {string[]}
   */
  function mapLines(map, indent) {
    return sorted(map).reduce((lines, key) => lines.concat(entry(key, map[key], indent)), /** @type {string[]} */ ([]));
  }

  /**
   * @param {string} key of the list
   * @param {any} item
   * @param {string} indent
   * @returns {string[]}
   */
  function itemLines(key, item, indent) {
    if (!isNested(item)) return [`${indent}- ${scalar(item, false)}`];
    if (FLOW_ITEMS.includes(key)) return [`${indent}- ${flow(item, true)}`];
    const names = Object.keys(item);
    if (names.length === 1 && names[0] === "text") return [`${indent}- ${scalar(item.text, false)}`];
    const lines = mapLines(item, `${indent}  `);
    return [`${indent}- ${lines[0].trim()}`, ...lines.slice(1)];
  }

  /** @param {any} value */
  function isNested(value) {
    return typeof value === "object" && value !== null;
  }

  /**
   * @param {any} value
   * @param {boolean} inside brackets
   * @returns {string}
   */
  function flow(value, inside) {
    if (Array.isArray(value)) return `[${value.map((one) => flow(one, true)).join(", ")}]`;
    if (!isNested(value)) return scalar(value, inside);
    return `{${sorted(value).map((key) => `${key}: ${flow(value[key], true)}`).join(", ")}}`;
  }

  /**
   * @param {string | number | boolean} value
   * @param {boolean} inside brackets
   */
  function scalar(value, inside) {
    if (typeof value !== "string") return String(value);
    return isPlain(value, inside) ? value : quoted(value);
  }

  /**
   * @param {string} text
   * @param {boolean} inside
   */
  function isPlain(text, inside) {
    if (SLUG.test(text)) return !GUESSED.test(text);
    if (SOURCE.test(text)) return true;
    if (!GOOD_START.test(text) || BAD.test(text) || WRAPPED.test(text)) return false;
    return /[\u3400-\u9fff]/.test(text) && !(inside && /[,[\]{}:]/.test(text));
  }

  /** @param {string} text */
  function quoted(text) {
    return /["\\]/.test(text) ? `'${text.replace(/'/g, "''")}'` : `"${text}"`;
  }

  planSite.planYaml = { write };
})();
