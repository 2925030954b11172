// @ts-check
/**
 * Forms: office files with places in them, filled by the rule of macros/office/form.py, to the byte, and zipped.
 * Everything here is pure. tests/test_filling.py holds both languages to the same files.
 *
 * A file inside an office file: a text with places, or what never changes, deflated already (base64).
 * @typedef {{name: string, text?: string, deflated?: string, size?: number, crc?: number}} FormPart
 * @typedef {{value: string, label: string, slots: {[name: string]: string}}} LookChoice
 * @typedef {{key: string, label: string, choices: LookChoice[]}} Look
 *
 * A cell whose words wrap: its text, and how many half-width characters a line of it has room for.
 * @typedef {{text: string, room: number}} Wrap
 * @typedef {{name: string, folder: string, shared: boolean, kind: string, first: number, parts: FormPart[],
 *   patterns: {[name: string]: string}, presets: Look[], wraps: {[item: string]: Wrap[]}}} Form
 *
 * A file to be zipped: its bytes, or what is deflated already.
 * @typedef {{name: string, bytes: Uint8Array, deflated?: boolean, size?: number, crc?: number}} Entry
 *
 * @typedef {object} Forms
 * @property {(form: Form, filled: Filled) => {[name: string]: string}} expand
 * @property {(form: Form, filled: Filled) => Uint8Array} make
 * @property {(entries: Entry[]) => Uint8Array} zip
 */
(function () {
  "use strict";

  const SLOT = /⟦(=?)([^⟦⟧|]*)\|?([^⟦⟧]*)⟧/g;
  /** @type {{[char: string]: string}} */
  const MARKUP = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const FOLD = 75;
  /** Points: of a line of 11 points, of what is left free in a row, and the most that a row can have. */
  const LINE = 15;
  const AIR = 5;
  const HIGHEST = 409;
  const UTF8_NAME = 0x0800;
  const DEFLATED = 8;
  /** 1980-01-01, the first day a zip knows: the same files are the same bytes on every day. */
  const ZIP_DAY = 0x0021;

  const encoder = new TextEncoder();

  /**
   * What can be looked up: an item, then what is around it.
   * @typedef {{[name: string]: any}[]} Scope
   */

  /* ---------------------------------------------------------------- a form */

  /**
   * Fill the texts of a form.
   * @param {Form} form
   * @param {Filled} filled
   */
  function expand(form, filled) {
    const write = writer(form, filled.slots);
    const scope = [looks(form, filled.preset), filled];
    /** @type {{[name: string]: string}} */
    const texts = {};
    for (const { name, text } of form.parts) {
      if (text === undefined) continue;
      texts[name] = form.kind === "ics" ? fold(write(text, scope)) : write(text, scope);
    }
    return texts;
  }

  /**
   * Fill a form: the bytes of the file.
   * @param {Form} form
   * @param {Filled} filled
   */
  function make(form, filled) {
    const texts = expand(form, filled);
    if (form.kind === "ics") return encoder.encode(Object.values(texts).join(""));
    return zip(form.parts.map((part) => entry(part, texts[part.name])));
  }

  /**
   * @param {FormPart} part
   * @param {string | undefined} text
   * @returns {Entry}
   */
  function entry({ name, deflated, size, crc }, text) {
    if (text !== undefined) return { name, bytes: encoder.encode(text) };
    const bytes = Uint8Array.from(atob(deflated || ""), (char) => char.charCodeAt(0));
    return { name, bytes, deflated: true, size, crc };
  }

  /**
   * @param {Form} form
   * @param {{[key: string]: string}} chosen
   */
  function looks(form, chosen) {
    const found = form.presets.map(({ key, choices }) => choices.find(({ value }) => value === chosen[key]) || choices[0]);
    return Object.assign({}, ...found.map((choice) => choice.slots));
  }

  /**
   * @param {Form} form
   * @param {Slots} places
   * @returns {(text: string, scope: Scope) => string}
   */
  function writer(form, places) {
    const { plain } = planSite.filling;
    /** @type {{[kind: string]: (text: string, style: string) => string}} */
    const RICH = {
      docx: (text, style) => runs(text, style, places),
      xlsx: (text) => escapeMarkup(plain(text, places).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")),
      ics: (text) => plain(text, places).replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n"),
    };
    const rich = RICH[form.kind];

    /**
     * @param {string} text
     * @param {Scope} scope
     */
    function write(text, scope) {
      return text.replace(SLOT, (_, flat, name, style) => slot(flat, name, style, scope));
    }

    /**
     * @param {string} flat
     * @param {string} name
     * @param {string} style
     * @param {Scope} scope
     * @returns {string}
     */
    function slot(flat, name, style, scope) {
      const value = lookUp(name, scope);
      if (typeof value === "string") return flat ? escapeMarkup(plain(value, places)) : rich(value, style);
      const outermost = !scope.some((around) => has(around, "row"));
      return value
        .map((/** @type {Item} */ item, /** @type {number} */ index) => {
          const numbered = outermost ? { row: String(form.first + index), ...item } : item;
          return writeItem(item.is, [numbered, ...scope]);
        })
        .join("");
    }

    /**
     * @param {string} kind
     * @param {Scope} scope
     */
    function writeItem(kind, scope) {
      const lines = (form.wraps[kind] || []).map((wrap) => countLines(write(wrap.text, scope), wrap.room));
      const height = Math.min(LINE * Math.max(1, ...lines) + AIR, HIGHEST);
      return write(form.patterns[kind], [{ height: String(height) }, ...scope]);
    }

    return write;
  }

  /**
   * @param {string} name
   * @param {Scope} scope
   */
  function lookUp(name, scope) {
    const found = scope.find((around) => has(around, name));
    if (!found) throw new Error(`unknown name in a form: ${name}`);
    return found[name];
  }

  /**
   * @param {object} object
   * @param {string} name
   */
  function has(object, name) {
    return Object.prototype.hasOwnProperty.call(object, name);
  }

  /** @param {string} text */
  function escapeMarkup(text) {
    return text.replace(/[&<>"]/g, (char) => MARKUP[char]);
  }

  /**
   * Count the lines that a text takes, with room for so many half-width characters in each.
   * @param {string} text
   * @param {number} room
   */
  function countLines(text, room) {
    const widths = text.split("\n").map((line) => [...line].reduce((sum, char) => sum + (char < "\u0100" ? 1 : 2), 0));
    return widths.reduce((lines, width) => lines + Math.max(1, Math.ceil(width / room)), 0);
  }

  /**
   * Write a text as runs of Word; a blank is exactly one.
   * @param {string} text
   * @param {string} style of what is filled in or never changes
   * @param {Slots} places
   */
  function runs(text, style, places) {
    /** @type {{text: string, blank: boolean}[]} */
    const found = [];
    for (const piece of planSite.filling.pieces(text, places)) {
      const last = found[found.length - 1];
      if (last && !last.blank && !piece.blank) last.text += piece.text;
      else found.push({ text: piece.text, blank: piece.blank });
    }
    return found.map((piece) => run(piece.text, piece.blank ? "Blank" : style)).join("");
  }

  /**
   * @param {string} text
   * @param {string} style
   */
  function run(text, style) {
    const look = style ? `<w:rStyle w:val="${style}"/>` : "";
    const words = escapeMarkup(text).replace(
      /[\n\t]/g,
      (char) => `</w:t><w:${char === "\n" ? "br" : "tab"}/><w:t xml:space="preserve">`,
    );
    return `<w:r><w:rPr>${look}<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">${words}</w:t></w:r>`;
  }

  /* -------------------------------------------------------------- a calendar */

  /**
   * Break the lines of a calendar at 75 octets, never inside a character, and end them with CRLF.
   * @param {string} text
   */
  function fold(text) {
    const lines = text.split("\n").filter(Boolean);
    return lines.map((line) => `${foldLine(line)}\r\n`).join("");
  }

  /** @param {string} line */
  function foldLine(line) {
    const parts = [""];
    let octets = 0;
    for (const char of line) {
      const size = encoder.encode(char).length;
      if (octets + size > FOLD) {
        parts.push("");
        octets = 1;
      }
      parts[parts.length - 1] += char;
      octets += size;
    }
    return parts.join("\r\n ");
  }

  /* --------------------------------------------------------------------- zip */

  const CRC = Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });

  /** @param {Uint8Array} bytes */
  function crc32(bytes) {
    let value = ~0;
    for (const byte of bytes) value = (value >>> 8) ^ CRC[(value ^ byte) & 255];
    return ~value >>> 0;
  }

  /**
   * Zip files, in the order of their names; what is not deflated already is stored.
   * @param {Entry[]} entries
   */
  function zip(entries) {
    const sorted = [...entries].sort((one, other) => (one.name < other.name ? -1 : 1));
    /** @type {Uint8Array[]} */
    const bodies = [];
    /** @type {Uint8Array[]} */
    const directory = [];
    let offset = 0;
    for (const file of sorted) {
      const name = encoder.encode(file.name);
      const facts = factsOf(file, name);
      const local = joined([numbers([0x04034b50], 4), facts, name, file.bytes]);
      // Version made by; then, after the same facts: no comment, first disk, no attributes, where it begins.
      directory.push(numbers([0x02014b50], 4), numbers([20], 2), facts, numbers([0, 0, 0], 2), numbers([0, offset], 4), name);
      bodies.push(local);
      offset += local.length;
    }
    const index = joined(directory);
    const count = sorted.length;
    const end = [numbers([0x06054b50], 4), numbers([0, 0, count, count], 2), numbers([index.length, offset], 4), numbers([0], 2)];
    return joined([...bodies, index, ...end]);
  }

  /**
   * What a zip says of a file in both places: version, flags, method, time, day, crc, sizes, lengths of name and extra.
   * @param {Entry} file
   * @param {Uint8Array} name
   */
  function factsOf(file, name) {
    const crc = file.crc === undefined ? crc32(file.bytes) : file.crc;
    const size = file.size === undefined ? file.bytes.length : file.size;
    const head = numbers([20, UTF8_NAME, file.deflated ? DEFLATED : 0, 0, ZIP_DAY], 2);
    return joined([head, numbers([crc, file.bytes.length, size], 4), numbers([name.length, 0], 2)]);
  }

  /**
   * @param {number[]} values
   * @param {number} width in bytes, the lowest first
   */
  function numbers(values, width) {
    const bytes = new Uint8Array(values.length * width);
    const view = new DataView(bytes.buffer);
    values.forEach((value, index) => {
      if (width === 2) view.setUint16(index * 2, value, true);
      else view.setUint32(index * 4, value, true);
    });
    return bytes;
  }

  /** @param {Uint8Array[]} parts */
  function joined(parts) {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      all.set(part, offset);
      offset += part.length;
    }
    return all;
  }

  planSite.forms = { expand, make, zip };
})();
