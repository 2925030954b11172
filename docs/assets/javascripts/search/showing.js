// @ts-check
/**
 * What is shown of the hits: sections, a snippet around the words, the words marked.
 *
 * From `start` to before `end` a word was found.
 * @typedef {{start: number, end: number, word: number}} WordSpan
 *
 * @typedef {{showHits(hits: Hit[], units: {[id: string]: string}): ResultItem[][]}} Showing
 */
(function () {
  "use strict";

  const { lineFolded, lineLength, lineText, placesOf } = siteSearch.pages;
  const { scorePage } = siteSearch.ranking;

  /** Characters of a snippet: before the first hit, and in all. */
  const BEFORE = 24;
  const SNIPPET = 120;

  /** Hits that are tried as a snippet's first. */
  const TRIED = 50;

  /** Pages that are shown with their sections; of those after them only the title. */
  const DETAILED = 50;

  /** Entries that are recognised by their address. */
  const ENTRIES = /** @type {{[name: string]: string}} */ ({ task: "任务", term: "术语", award: "奖项" });

  /**
   * Make the items that Material shows, a group for each page, best first.
   * @param {Hit[]} hits
   * @param {{[id: string]: string}} units
   * @returns {ResultItem[][]}
   */
  function showHits(hits, units) {
    hits.sort((one, other) => other.score - one.score);
    return hits.map((hit, at) => (at < DETAILED ? showPage(hit, units) : [pageItem(hit, units)]));
  }

  /**
   * Make a page's items, best first.
   *
   * Why the page's own score for the best one: Material's Enter key takes the highest number shown.
   * @param {Hit} hit
   * @param {{[id: string]: string}} units
   * @returns {ResultItem[]}
   */
  function showPage(hit, units) {
    const { found, scores, best } = scorePage(hit.page, hit.ask);
    const items = found.map((one, at) => showSection(hit, one, units, (hit.score * scores[at]) / best));
    // Why: Material wants the page itself in each group, found or not.
    const page = found[0].section ? [{ ...pageItem(hit, units), score: 0, terms: {} }] : [];
    return [...items, ...page].sort((one, other) => other.score - one.score);
  }

  /**
   * @param {Hit} hit
   * @param {{[id: string]: string}} units
   * @returns {ResultItem}
   */
  function pageItem({ page, ask, score }, units) {
    const label = [page.kind, units[page.unit]].filter((name) => name && name !== page.title).join(" · ");
    return { location: page.url, title: labelled(label, page, 0, ask), text: "", score, terms: {} };
  }

  /**
   * @param {Hit} hit
   * @param {SectionFound} found
   * @param {{[id: string]: string}} units
   * @param {number} score
   * @returns {ResultItem}
   */
  function showSection(hit, found, units, score) {
    const { page, ask } = hit;
    const line = 3 * found.section;
    const text = snippet(page, line, ask);
    const terms = termsOf(ask, [0, line, line + 1, line + 2].map((at) => lineFolded(page, at)).join("\n"));
    if (!found.section) return { ...pageItem(hit, units), text, score, terms };
    const anchor = page.anchors[found.section - 1];
    const label = ENTRIES[anchor.split("-")[0]] || "";
    return { location: `${page.url}#${anchor}`, title: labelled(label, page, line, ask), text, score, terms };
  }

  /**
   * @param {string} label
   * @param {SearchPage} page
   * @param {number} line
   * @param {SearchAsk} ask
   */
  function labelled(label, page, line, ask) {
    const shown = mark(lineText(page, line), spansIn(lineFolded(page, line), ask.words), 0, lineLength(page, line));
    return label ? `<span class="search-label">${escapeHtml(label)}</span>${shown}` : shown;
  }

  /**
   * Tell which words a section has: Material marks these on the page, and names the others as missing.
   * @param {SearchAsk} ask
   * @param {string} folded
   */
  function termsOf(ask, folded) {
    /** @type {{[word: string]: boolean}} */
    const terms = {};
    for (const { shown, forms } of ask.words) {
      const form = forms.find(({ text }) => folded.includes(text));
      if (form) terms[forms[0].text === form.text && forms.length === 1 ? shown : form.text] = true;
      else if (ask.words.length <= 4) terms[shown] = false;
    }
    return terms;
  }

  /**
   * Cut the part of a section's text or asides that has the most words close together, or the text's beginning.
   * @param {SearchPage} page
   * @param {number} line of its heading
   * @param {SearchAsk} ask
   */
  function snippet(page, line, ask) {
    const [text, aside] = [lineText(page, line + 1), lineText(page, line + 2)];
    const spans = spansIn(lineFolded(page, line + 1), ask.words);
    const beside = spans.length ? [] : spansIn(lineFolded(page, line + 2), ask.words);
    return beside.length || !text ? cut(aside, beside) : cut(text, spans);
  }

  /**
   * @param {string} text
   * @param {WordSpan[]} spans
   */
  function cut(text, spans) {
    const first = spans.length ? bestSpan(spans) : { start: 0, end: 0 };
    const start = wholeCharacter(text, first.start > BEFORE ? first.start - BEFORE : 0);
    const end = wholeCharacter(text, Math.max(start + SNIPPET, first.end));
    const shown = spans.filter((span) => span.end > start && span.start < end);
    return (start ? "…" : "") + mark(text, shown, start, end) + (end < text.length ? "…" : "");
  }

  /**
   * @param {string} folded
   * @param {SearchWord[]} words
   * @returns {WordSpan[]} in reading order
   */
  function spansIn(folded, words) {
    /** @type {WordSpan[]} */
    const spans = [];
    words.forEach(({ forms }, word) => {
      for (const form of forms) {
        for (const start of placesOf(folded, form.text)) spans.push({ start, end: start + form.text.length, word });
      }
    });
    return spans.sort((one, other) => one.start - other.start);
  }

  /** @param {WordSpan[]} spans */
  function bestSpan(spans) {
    let [best, most] = [spans[0], 0];
    if (spans.every((span) => span.word === best.word)) return best;
    spans.slice(0, TRIED).forEach((span, at) => {
      const near = spans.slice(at, at + TRIED).filter((other) => other.end <= span.start + SNIPPET - BEFORE);
      const words = new Set(near.map((other) => other.word)).size;
      if (words > most) [best, most] = [span, words];
    });
    return best;
  }

  /**
   * Why: half of a character outside the basic plane shows as a box.
   * @param {string} text
   * @param {number} place
   */
  function wholeCharacter(text, place) {
    const code = place < text.length ? text.charCodeAt(place) : 0;
    return code >= 0xdc00 && code <= 0xdfff ? place - 1 : Math.min(place, text.length);
  }

  /**
   * Give the text between two places as HTML, its hits marked; hits that overlap become one mark.
   * @param {string} text
   * @param {WordSpan[]} spans
   * @param {number} from
   * @param {number} to
   */
  function mark(text, spans, from, to) {
    let [out, at] = ["", from];
    for (const [start, end] of joined(spans)) {
      const [left, right] = [Math.max(start, at), Math.min(end, to)];
      if (left >= right) continue;
      out += `${escapeHtml(text.slice(at, left))}<mark>${escapeHtml(text.slice(left, right))}</mark>`;
      at = right;
    }
    return out + escapeHtml(text.slice(at, to));
  }

  /**
   * @param {WordSpan[]} spans in reading order
   * @returns {[number, number][]}
   */
  function joined(spans) {
    /** @type {[number, number][]} */
    const parts = [];
    for (const { start, end } of spans) {
      const last = parts[parts.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else parts.push([start, end]);
    }
    return parts;
  }

  /** @param {string} text */
  function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  }

  siteSearch.showing = { showHits };
})();
