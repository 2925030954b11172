// @ts-check
/**
 * The places of a plan's page that change as it is filled in: found once, then written again and again.
 *
 * What stands at a place, `element`, and what stood there when the page came: it comes back when nothing is given.
 * @typedef {{element: HTMLElement, was: Node[], leads: boolean}} Place
 *
 * A paragraph that becomes several when a place in it is answered in several lines; `shown` is what stands for it now.
 * @typedef {{element: Element, keys: string[], shown: Element[]}} Parting
 *
 * Places by key; `written` tells what each key was written with last.
 * @typedef {{content: Content, byKey: Map<string, Place[]>, partings: Parting[], written: Map<string, string>}} PagePlaces
 *
 * @typedef {object} Places
 * @property {(page: Document, content: Content) => PagePlaces} find
 * @property {(places: PagePlaces, slots: Slots) => void} write
 */
(function () {
  "use strict";

  const { filling } = planSite;

  const TOKEN = /⟦([^⟦⟧]*)⟧/;
  /** What stands beside the words of a paragraph. */
  const BESIDE = ".headerlink, [data-copy-skip]";
  const PAPER = "h3[id^=s-], h4[id^=s-], h5[id^=s-], h6[id^=s-], [data-paper=line]";
  /** Where a place is no link to the form: there a click means something else. */
  const QUIET = "a, label, [data-checklist]";

  /**
   * What stood in a place when it was found first. Why kept: when another plan is shown, a place that is not made anew
   * holds what was filled in.
   * @type {WeakMap<Element, Node[]>}
   */
  const before = new WeakMap();

  /* -------------------------------------------------------------------- find */

  /**
   * @param {Document} page
   * @param {Content} content
   * @returns {PagePlaces}
   */
  function find(page, content) {
    const article = page.querySelector("article") || page.body;
    const places = { content, byKey: new Map(), partings: [], written: new Map() };
    const empty = filling.slots(content, {});
    article.querySelectorAll(PAPER).forEach((element, at) => findBlock(places, element, content.blocks[at], empty));
    for (const task of content.tasks) findTask(places, article, task, empty);
    for (const { id, time } of content.groups) findTime(places, article.querySelector(`[id="tasks-${id}"]`), time);
    for (const place of article.querySelectorAll("[data-place]")) add(places, place, place.getAttribute("data-place") || "");
    for (const blank of article.querySelectorAll("[data-field]")) {
      if (!blank.closest("[data-slot]")) add(places, wrapped(blank), blank.getAttribute("data-field") || "");
    }
    return places;
  }

  /**
   * @param {PagePlaces} places
   * @param {Element} element
   * @param {Block | undefined} block
   * @param {Slots} empty
   */
  function findBlock(places, element, block, empty) {
    if (!block) return;
    const lines = new Set(places.content.fields.filter((field) => field.type === "lines").map((field) => field.id));
    const text = block.number + (block.lead ? `${block.lead}。` : "") + block.text;
    const keys = weave(places, element, text, empty);
    if (block.is === "p" && keys.some((key) => lines.has(key))) places.partings.push({ element, keys, shown: [element] });
  }

  /**
   * @param {PagePlaces} places
   * @param {Element} article
   * @param {Task} task
   * @param {Slots} empty
   */
  function findTask(places, article, task, empty) {
    const { text, lead, support, when, threshold, note } = task;
    const element = article.querySelector(`[data-task-id="${task.id}"]`);
    if (!element) return;
    const owner = support ? `${lead}（${support}配合）` : lead;
    for (const [cell, words] of Object.entries({ text, owner, when, threshold })) {
      weave(places, element.querySelector(`[data-cell="${cell}"]`), words, empty);
    }
    weave(places, element.querySelector(".task__note"), note, empty);
  }

  /**
   * @param {PagePlaces} places
   * @param {Element | null} heading of a group of tasks
   * @param {string} time
   */
  function findTime(places, heading, time) {
    const token = TOKEN.exec(time);
    if (!heading || !token) return;
    const small = heading.querySelector("small") || heading.appendChild(document.createElement("small"));
    if (token[1].startsWith("time:")) add(places, small, token[1]);
  }

  /**
   * Wrap each place of a text in an element of its own, wherever in the element it stands.
   * @param {PagePlaces} places
   * @param {Element | null} element
   * @param {string} text
   * @param {Slots} empty
   * @returns {string[]} the keys of its places; none where the element shows another text
   */
  function weave(places, element, text, empty) {
    if (!element || !TOKEN.test(text)) return [];
    const nodes = textNodes(element);
    const start = nodes.map((node) => node.data).join("").indexOf(filling.plain(text, empty));
    if (start < 0) return [];
    /** @type {{key: string, from: number, to: number}[]} */
    const found = [];
    let at = start;
    text.split(TOKEN).forEach((part, index) => {
      const length = (index % 2 ? filling.plain(`⟦${part}⟧`, empty) : part).length;
      if (index % 2 && length) found.push({ key: part, from: at, to: at + length });
      at += length;
    });
    // Why backwards: what stands before a place stays as it was found.
    for (const { key, from, to } of found.reverse()) add(places, wrap(nodes, from, to), key);
    return found.map(({ key }) => key);
  }

  /** @param {Element} element */
  function textNodes(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      if (node.parentElement && !node.parentElement.closest(BESIDE)) nodes.push(node);
    }
    return nodes;
  }

  /**
   * @param {Text[]} nodes
   * @param {number} from
   * @param {number} to
   */
  function wrap(nodes, from, to) {
    const range = document.createRange();
    let at = 0;
    for (const node of nodes) {
      const end = at + node.length;
      const blank = node.parentElement && node.parentElement.closest(".blank");
      if (from >= at && from < end) blank ? range.setStartBefore(blank) : range.setStart(node, from - at);
      if (to > at && to <= end) blank ? range.setEndAfter(blank) : range.setEnd(node, to - at);
      at = end;
    }
    const element = document.createElement("span");
    element.append(range.extractContents());
    range.insertNode(element);
    return element;
  }

  /** @param {Element} blank */
  function wrapped(blank) {
    const element = document.createElement("span");
    blank.replaceWith(element);
    element.append(blank);
    return element;
  }

  /**
   * @param {PagePlaces} places
   * @param {Element} element
   * @param {string} key
   */
  function add(places, element, key) {
    const place = /** @type {HTMLElement} */ (element);
    const leads = !place.closest(QUIET);
    place.dataset.slot = key;
    const was = before.get(place) || [...place.childNodes];
    before.set(place, was);
    if (leads) place.querySelectorAll(".blank").forEach(makeLink);
    const known = places.byKey.get(key);
    if (known) known.push({ element: place, was, leads });
    else places.byKey.set(key, [{ element: place, was, leads }]);
  }

  /** @param {Element} element that leads to its field */
  function makeLink(element) {
    element.setAttribute("role", "link");
    element.setAttribute("tabindex", "0");
  }

  /* ------------------------------------------------------------------- write */

  /**
   * Write what was given into the page; only what has changed is touched.
   * @param {PagePlaces} places
   * @param {Slots} slots
   */
  function write(places, slots) {
    const changed = new Set();
    for (const [key, list] of places.byKey) {
      const pieces = filling.pieces(`⟦${key}⟧`, slots);
      const given = pieces.some((piece) => piece.filled) ? pieces : null;
      const signature = JSON.stringify(given);
      if ((places.written.get(key) || "null") === signature) continue;
      places.written.set(key, signature);
      changed.add(key);
      for (const place of list) show(place, given);
      if (key.startsWith("role:")) nameChoice(key.slice("role:".length), filling.plain(`⟦${key}⟧`, slots));
    }
    for (const parting of places.partings) if (parting.keys.some((key) => changed.has(key))) part(parting, slots);
  }

  /**
   * Call a role in the checklist's filter as it is called in the list.
   * @param {string} role
   * @param {string} name
   */
  function nameChoice(role, name) {
    const choice = /** @type {HTMLOptionElement | null} */ (document.querySelector(`select[name=role] option[value="${role}"]`));
    if (!choice) return;
    choice.text = choice.text.replace(/^.*(?=（)/, () => name);
  }

  /**
   * @param {Place} place
   * @param {Piece[] | null} given
   */
  function show({ element, was, leads }, given) {
    element.textContent = "";
    element.append(...(given ? given.map((piece) => written(piece, leads)) : was));
  }

  /**
   * @param {Piece} piece
   * @param {boolean} leads
   */
  function written({ text, key, blank, filled }, leads) {
    if (!blank && !filled) return text;
    const element = document.createElement("span");
    element.className = blank ? "blank" : "filled";
    if (!key.includes(":")) element.dataset.field = key;
    if (leads) makeLink(element);
    element.textContent = text;
    return element;
  }

  /**
   * @param {Parting} parting
   * @param {Slots} slots
   */
  function part(parting, slots) {
    const { element, keys, shown } = parting;
    const severals = keys.filter((key) => slots.has(`${key}#2`));
    const made = severals.length ? cut(element, severals) : [element];
    // Why old ones stay: three hundred new paragraphs at every key would make typing slow.
    parting.shown = made.map((one, at) => (shown[at] && one.isEqualNode(shown[at]) ? shown[at] : one));
    const place = document.createComment("");
    shown[0].before(place);
    for (const old of shown) if (!parting.shown.includes(old)) old.remove();
    /** @type {ChildNode} */
    let last = place;
    for (const one of parting.shown) {
      if (last.nextSibling !== one) last.after(one);
      last = one;
    }
    place.remove();
  }

  /**
   * Cut a paragraph at the lines of its first place of several lines, and what follows at the next.
   * @param {Element} paragraph
   * @param {string[]} keys
   * @returns {Element[]}
   */
  function cut(paragraph, keys) {
    const slot = [...paragraph.querySelectorAll("[data-slot]")].find(
      (one) => keys.includes(one.getAttribute("data-slot") || "") && (one.textContent || "").includes("\n"),
    );
    if (!slot) return [paragraph];
    const [before, after] = around(paragraph, slot);
    const number = paragraph.querySelector(".paper-line__number");
    const lines = (slot.textContent || "").split("\n").map((line) => withText(slot, line));
    const alone = before.textContent === (number ? number.textContent : "");
    const cuts = alone ? [[before, lines[0]], ...lines.slice(1).map((line) => [line])] : [[before], ...lines.map((line) => [line])];
    cuts[cuts.length - 1].push(after);
    const paragraphs = cuts.map((nodes) => {
      const one = /** @type {Element} */ (paragraph.cloneNode(false));
      one.append(...nodes);
      return one;
    });
    return [...paragraphs.slice(0, -1), ...cut(paragraphs[paragraphs.length - 1], keys)];
  }

  /**
   * Copy what stands before and after an element in another.
   * @param {Element} outer
   * @param {Element} inner
   * @returns {DocumentFragment[]}
   */
  function around(outer, inner) {
    const [before, after] = [document.createRange(), document.createRange()];
    before.selectNodeContents(outer);
    before.setEndBefore(inner);
    after.selectNodeContents(outer);
    after.setStartAfter(inner);
    return [before.cloneContents(), after.cloneContents()];
  }

  /**
   * @param {Element} slot
   * @param {string} line
   * @returns {Node}
   */
  function withText(slot, line) {
    const copy = /** @type {Element} */ (slot.cloneNode(true));
    if (copy.firstElementChild) copy.firstElementChild.textContent = line;
    return copy;
  }

  planSite.places = { find, write };
})();
