// @ts-check
/**
 * A link to a plan's page that carries what was filled in: `#fill=`, then JSON as UTF-8 as base64url. Everything here is
 * pure. Why behind the `#`: that part of an address is sent to no server.
 *
 * What a link carries: texts by field, names by role, days by phase, choices of the plan's looks.
 * @typedef {{fields: Texts, roles: Texts, phases: Moves, options: {[key: string]: any}}} Carried
 *
 * @typedef {object} ShareLink
 * @property {(page: string, content: Content, values: Given, options: {[key: string]: any}) => string} written
 * @property {(hash: string) => boolean} isOne
 * @property {(hash: string) => Carried} opened
 * @property {(carried: Carried) => number} count
 */
(function () {
  "use strict";

  const { entries, filling } = planSite;

  const SIGN = "#fill=";
  const VERSION = 1;
  const TORN = "链接不完整，可能被邮件或聊天软件截断了，里面的内容没有读出来。请对方改用“导出”。";
  const NEWER = "链接是更新的版本生成的，里面的内容没有读出来，请先更新本站。";

  /**
   * @param {string} page its address
   * @param {Content} content
   * @param {Given} values
   * @param {{[key: string]: any}} options
   */
  function written(page, content, values, options) {
    const asked = new Set(content.fields.map(({ id }) => id));
    const fields = given(values.fields, (id) => asked.has(id));
    const carried = { v: VERSION, fields, roles: given(values.roles), phases: given(values.phases), options: given(options) };
    return page.replace(/[?#].*$/, "") + SIGN + packed(JSON.stringify(carried));
  }

  /**
   * @param {{[key: string]: any} | undefined} values
   * @param {(key: string) => boolean} [wanted]
   * @returns {{[key: string]: any}} those that are not empty
   */
  function given(values, wanted = () => true) {
    const all = values || {};
    return Object.fromEntries(Object.keys(all).filter((key) => all[key] && wanted(key)).map((key) => [key, all[key]]));
  }

  /** @param {string} text */
  function packed(text) {
    const bytes = [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
    return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /** @param {string} text */
  function unpacked(text) {
    const bytes = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  }

  /** @param {string} hash */
  function isOne(hash) {
    return hash.startsWith(SIGN);
  }

  /**
   * @param {string} hash
   * @returns {Carried}
   * @throws {Error} with words for the reader
   */
  function opened(hash) {
    const found = readJson(hash.slice(SIGN.length));
    if (found && Number.isInteger(found.v) && found.v > VERSION) throw new Error(NEWER);
    if (!found || found.v !== VERSION) throw new Error(TORN);
    const [fields, roles, phases, options] = ["fields", "roles", "phases", "options"].map((name) => mapOf(found[name]));
    const isWhole = [...Object.values(fields), ...Object.values(roles)].every(isText) && Object.values(phases).every(isMove);
    if (!isWhole) throw new Error(TORN);
    return { fields, roles, phases, options };
  }

  /** @param {string} text */
  function readJson(text) {
    try {
      const found = JSON.parse(unpacked(text));
      return entries.isMap(found) ? found : null;
    } catch (error) {
      return null;
    }
  }

  /**
   * Why without prototypes: a foreign link may hold `__proto__`.
   * @param {any} value
   */
  function mapOf(value) {
    if (!entries.isMap(value)) throw new Error(TORN);
    return Object.assign(Object.create(null), value);
  }

  /** @param {any} value */
  function isText(value) {
    return typeof value === "string";
  }

  /** @param {any} value */
  function isMove(value) {
    return entries.isMap(value) && [value.first, value.last].every((day) => day === "" || (isText(day) && filling.isoDay(day) !== null));
  }

  /**
   * @param {Carried} carried
   * @returns {number} of things that were filled in
   */
  function count({ fields, roles, phases }) {
    return [fields, roles, phases].reduce((sum, values) => sum + Object.keys(values).length, 0);
  }

  planSite.shareLink = { written, isOne, opened, count };
})();
