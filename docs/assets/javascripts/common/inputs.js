// @ts-check
/**
 * The inputs of the fill-in form: how each kind of value is asked for, and what is said of a wrong one.
 *
 * What is asked; `name` is the name of its input: a field's id, `role:…` or `phase:…:first`.
 * @typedef {{name: string, label: string, type: string, group: string, hint?: string, suffix?: string, choices?: string[],
 *   example?: string, reason?: string, question?: string}} Ask
 *
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control
 *
 * @typedef {object} Inputs
 * @property {(tag: string, attributes: {[name: string]: string}, ...children: (Node | string)[]) => HTMLElement} make
 * @property {(ask: Ask) => HTMLElement} row
 * @property {(ask: Ask, value: string) => string} fault
 * @property {(type: string, value: string) => string} tidy
 * @property {(control: Control, value: string) => void} put
 * @property {(control: Control, words: string) => void} tell
 */
(function () {
  "use strict";

  const { filling } = planSite;
  const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1));
  /** Types whose digits may come full-width from an input method. */
  const DIGITS = ["year", "number"];

  /**
   * @param {string} tag
   * @param {{[name: string]: string}} attributes
   * @param {...(Node | string)} children
   */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  }

  /**
   * A label, an input, how to fill it in, and room for what is wrong with it.
   * @param {Ask} ask
   */
  function row(ask) {
    const id = `fill-${ask.name.replace(/:/g, "-")}`;
    const control = controlOf(ask, { id, name: ask.name, "aria-describedby": `${id}-hint ${id}-fault` });
    const box = make("div", { class: "fill__input" }, control, ...(ask.suffix ? [make("span", {}, ask.suffix)] : []));
    const hint = make("p", { class: "fill__hint", id: `${id}-hint` }, hintOf(ask));
    const fault = make("p", { class: "fill__fault", id: `${id}-fault` });
    return make("div", { class: `fill__row fill__row--${ask.type}` }, make("label", { for: id }, ask.label), box, hint, fault);
  }

  /** @param {Ask} ask */
  function hintOf({ hint, question, example, reason }) {
    const shown = example ? `原文示例：${example}（只供参考）。` : "";
    return `${question || ""}${hint || ""}${shown}${reason ? `${reason}。` : ""}`;
  }

  /**
   * @param {Ask} ask
   * @param {{[name: string]: string}} attributes
   */
  function controlOf({ type, choices }, attributes) {
    if (type === "lines") return make("textarea", { ...attributes, rows: "4" });
    if (type === "date") return make("input", { ...attributes, type: "date", min: "1900-01-01", max: "2099-12-31" });
    if (type === "month") return select(MONTHS.map((month) => [month, `${month}月`]), attributes);
    if (type === "choice") return select((choices || []).map((choice) => [choice, choice]), attributes);
    const inputmode = DIGITS.includes(type) ? "decimal" : "text";
    return make("input", { ...attributes, inputmode, type: "text", autocomplete: "off" });
  }

  /**
   * @param {string[][]} choices value and words of each
   * @param {{[name: string]: string}} attributes
   */
  function select(choices, attributes) {
    const options = [["", "请选择"], ...choices].map(([value, words]) => make("option", { value }, words));
    return make("select", attributes, ...options);
  }

  /**
   * Show a value in its input, also one that the input does not offer.
   * @param {Control} control
   * @param {string} value
   */
  function put(control, value) {
    if (control.value === value) return;
    control.value = value;
    if (control instanceof HTMLSelectElement && control.value !== value) {
      control.add(new Option(value, value));
      control.value = value;
    }
  }

  /**
   * Write full-width digits as what they mean.
   * @param {string} type
   * @param {string} value
   */
  function tidy(type, value) {
    if (!DIGITS.includes(type)) return value;
    return value.trim().replace(/[０-９．]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  }

  /**
   * Say what is wrong with a value, or nothing.
   * @param {Ask} ask
   * @param {string} value
   */
  function fault({ type, choices }, value) {
    if (!value.trim()) return "";
    if (type === "year" && !/^(19|20)[0-9]{2}$/.test(value)) return "请写四位数字的年份，例如 2026。";
    if (type === "number" && !/^[0-9]+(\.[0-9]+)?$/.test(value)) return "这里只写数字，不带单位和符号。";
    const offered = { month: MONTHS, choice: choices || [], date: filling.isoDay(value) === null ? [] : [value] }[type];
    return !offered || offered.includes(value) ? "" : `“${value}”不能用，请重新选。`;
  }

  /**
   * Show beside an input what is wrong with it.
   * @param {Control} control
   * @param {string} words or nothing
   */
  function tell(control, words) {
    const place = document.getElementById(`${control.id}-fault`);
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (place && place.textContent !== words) place.textContent = words;
  }

  planSite.inputs = { make, row, fault, tidy, put, tell };
})();
