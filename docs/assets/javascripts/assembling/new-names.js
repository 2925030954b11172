// @ts-check
/**
 * Names in a plan that is put together: its title, its id, and the ids of what is in it. Everything here is pure.
 *
 * Gives what has an id in a plan its id in the new one.
 * @typedef {(plan: string, id: string) => string} Namer
 *
 * @typedef {object} NewNames
 * @property {(clean: boolean, taken: string[]) => Namer} namer
 * @property {(text: string) => string} tidyTitle
 * @property {(text: string) => string} slug
 */
(function () {
  "use strict";

  const LONGEST = 60;
  const INVISIBLE =
    /[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\u{110bd}\u{110cd}\u{13430}-\u{1345f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{10ffff}]/gu;
  /** Signs that no title may hold, and what stands for them. */
  const SIGNS = /** @type {{[sign: string]: string}} */ ({ "<": "〈", ">": "〉", "{": "〔", "}": "〕", "【": "〔", "】": "〕" });

  /** @param {string} text */
  function tagOf(text) {
    let value = 2166136261;
    for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) || 0), 16777619) >>> 0;
    return value.toString(36).slice(-4).padStart(4, "0");
  }

  /**
   * Give names that no two have. Those that are to stay as picks come and go hang on the plan they are of and on nothing
   * else; clean ones are as short as can be.
   * @type {NewNames["namer"]}
   */
  function namer(clean, taken) {
    const [used, known] = [new Set(taken), new Map()];
    return (plan, id) => {
      const key = `${plan}/${id}`;
      if (!known.has(key)) known.set(key, free(clean ? id : `${cut(id, LONGEST - 5)}-${tagOf(plan)}`, used));
      return known.get(key);
    };
  }

  /**
   * @param {string} wanted
   * @param {Set<string>} used gets the name as well
   */
  function free(wanted, used) {
    let name = wanted;
    for (let at = 2; used.has(name); at++) name = `${cut(wanted, LONGEST - 4)}-${at}`;
    used.add(name);
    return name;
  }

  /**
   * @param {string} id
   * @param {number} length
   */
  function cut(id, length) {
    return id.slice(0, length).replace(/-+$/, "");
  }

  /** @type {NewNames["tidyTitle"]} */
  function tidyTitle(text) {
    const plain = text
      .normalize("NFC")
      .replace(/[\u2e80-\u2ef3\u2f00-\u2fd5]/g, (char) => (char.normalize("NFKC") === char ? "" : char.normalize("NFKC")))
      .replace(/\s+/g, " ")
      .replace(INVISIBLE, "")
      .replace(/[<>{}【】]/g, (char) => SIGNS[char]);
    return [...plain.trim()].slice(0, LONGEST).join("").trim().normalize("NFC");
  }

  /** @type {NewNames["slug"]} */
  function slug(text) {
    const name = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[-0-9]+|-+$/g, "");
    return cut(name, LONGEST);
  }

  planSite.newNames = { namer, tidyTitle, slug };
})();
