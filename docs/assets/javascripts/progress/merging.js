// @ts-check
/**
 * Merging copies of a plan, those here and those in files, into a new one; what was written apart is asked about.
 *
 * What can take part; `brings` counts its tasks that have a state.
 * @typedef {Taking & {key: string, brings: number}} Source
 *
 * What the page does for it: the content of a plan, and showing a plan that was made.
 * @typedef {{contentOf: (doc: MyPlan, values: Given) => Promise<Content>, made: (id: string, words: string) => void}} MergeHost
 *
 * @typedef {object} Merging
 * @property {(box: HTMLElement, host: MergeHost) => {refresh: () => void}} start
 */
(function () {
  "use strict";

  const { cells, inputs, filling, myPlans, progress, savedFile, savedFiles, settling } = planSite;
  const { make } = inputs;

  /**
   * @param {HTMLElement} box
   * @param {MergeHost} host
   */
  function start(box, host) {
    /** @type {Source[]} */
    let fromFiles = [];
    /** Counts the previews, so that only the last one begun is shown. */
    let turn = 0;
    /** @type {Set<string>} */
    const picked = new Set();

    const list = make("fieldset", { class: "merge__sources" });
    const said = make("div", { class: "toolbar__said toolbar__said--long", role: "status" });
    const preview = make("div", { "data-merge-preview": "" });
    const file = /** @type {HTMLInputElement} */ (
      make("input", { type: "file", accept: ".json,application/json", multiple: "", hidden: "", "aria-label": "要合并的文件", "data-merge-file": "" })
    );
    const more = button("选择文件", () => file.click());
    const look = button("看看合成什么样", () => show(), " button--primary");
    const hint = make("p", { class: "quiet" }, "各科室把自己那份导出，交到一处合并。可以选文件，也可以选这台电脑上的方案；合成的是新的一份，原来的都不动。");
    box.append(hint, list, make("div", { class: "toolbar__group" }, more, file, look), said, preview);

    file.addEventListener("change", () => take());
    list.addEventListener("change", (event) => {
      const { value, checked } = /** @type {HTMLInputElement} */ (event.target);
      if (checked) picked.add(value);
      else picked.delete(value);
      preview.textContent = "";
    });

    async function take() {
      const read = await savedFiles.readAll(file.files);
      file.value = "";
      const found = read.map(opened);
      fromFiles = [...fromFiles, ...[].concat(.../** @type {any} */ (found.map(({ sources }) => sources)))];
      for (const { key } of fromFiles) picked.add(key);
      const faults = found.map(({ fault }) => fault).filter(Boolean);
      said.textContent = "";
      said.append(...faults.map((words) => make("p", {}, words)));
      preview.textContent = "";
      refresh();
    }

    function refresh() {
      const sources = all(fromFiles);
      list.textContent = "";
      list.hidden = !sources.length;
      list.append(make("legend", {}, "要合并的方案"), ...sources.map((one) => sourceLine(one, picked.has(one.key))));
    }

    async function show() {
      const now = (turn += 1);
      const taking = all(fromFiles).filter(({ key }) => picked.has(key));
      const { together, others } = taking.length ? settling.sorted(taking) : { together: [], others: [] };
      preview.textContent = "";
      const foreign = others.map(({ name }) => make("p", {}, `“${name}”和“${together[0].name}”不是同一个方案，没有合进来。`));
      said.textContent = "";
      said.append(...foreign);
      if (together.length < 2) return said.append(make("p", {}, "请选两份以上同一个方案的。"));
      const merged = savedFile.merged(together.map(({ doc }) => doc));
      const content = await host.contentOf(merged, valuesOf(merged));
      if (now !== turn) return;
      preview.append(...previewOf(/** @type {Source[]} */ (together), merged, content));
      const heading = /** @type {HTMLElement | null} */ (preview.querySelector("[tabindex='-1']"));
      if (heading) heading.focus();
    }

    /**
     * @param {Source[]} sources
     * @param {MyPlan} merged
     * @param {Content} content
     */
    function previewOf(sources, merged, content) {
      const clashes = settling.asked(cells.clashes(merged)).filter(({ path }) => path !== "name");
      /** @type {Map<string, number>} */
      const chosen = new Map();
      const about = { content, slots: filling.slots(content, valuesOf(merged)), key: "merge" };
      const questions = make("div", { class: "clashes" }, ...settling.questions(clashes, about, chosen));
      const latest = button("全部取最近的", () => settling.takeLatest(questions, clashes));
      const end = button("合并成一份", () => finish(merged, clashes, chosen), " button--primary");
      const counts = sources.map(({ name, brings }) => make("li", {}, `“${name}”：${brings} 项任务有进展`));
      const hint = "两边写得不一样的，一处一处选。没有选的两个都留着，合并以后还可以定；“最近”按各台电脑自己的时钟算。";
      return [
        make("h3", { tabindex: "-1" }, clashes.length ? `合成一份，有 ${clashes.length} 处写得不一样` : "合成一份，没有写得不一样的地方"),
        make("ul", {}, ...counts),
        ...(clashes.length ? [make("p", { class: "quiet" }, hint), questions] : []),
        make("div", { class: "toolbar__group" }, ...(clashes.length ? [latest] : []), end),
      ];
    }

    /**
     * @param {MyPlan} merged
     * @param {Clash[]} clashes
     * @param {Map<string, number>} chosen
     */
    function finish(merged, clashes, chosen) {
      const id = myPlans.add(merged);
      const known = myPlans.all().find((one) => one.id === id);
      myPlans.set(id, "name", `${known ? known.label.replace(/（\d+）$/, "") : ""} 合并`);
      for (const { path, writings } of clashes) {
        const index = chosen.get(path);
        if (index !== undefined) myPlans.set(id, path, writings[index].value);
      }
      fromFiles = [];
      picked.clear();
      preview.textContent = said.textContent = "";
      const left = clashes.length - chosen.size;
      host.made(id, left ? `已合并成一份，还有 ${left} 处没有定。` : "已合并成一份。");
    }

    return { refresh };
  }

  /**
   * @param {string} words
   * @param {() => void} act
   * @param {string} [kind]
   */
  function button(words, act, kind = "") {
    const made = make("button", { type: "button", class: `button${kind}` }, words);
    made.addEventListener("click", act);
    return made;
  }

  /**
   * @param {Source[]} fromFiles
   * @returns {Source[]}
   */
  function all(fromFiles) {
    const here = myPlans.all().map(({ id, label }) => sourceOf(id, label, myPlans.doc(id)));
    return [...here, ...fromFiles];
  }

  /**
   * @param {string} key
   * @param {string} name
   * @param {MyPlan} doc
   * @returns {Source}
   */
  function sourceOf(key, name, doc) {
    return { key, name, doc, brings: progress.brings(doc) };
  }

  /** @param {ReadFile} file */
  function opened({ name, text, fault }) {
    try {
      if (fault) throw new Error(fault);
      const { plans } = savedFile.opened(text);
      const sources = plans.map((doc, at) => sourceOf(`${planSite.store.newId()}-${at}`, plans.length > 1 ? `${name} 第 ${at + 1} 份` : name, doc));
      return { sources, fault: plans.length ? "" : `${name}：里面没有方案。` };
    } catch (error) {
      return { sources: [], fault: `${name}：${/** @type {Error} */ (error).message}没有收进来。` };
    }
  }

  /**
   * @param {Source} source
   * @param {boolean} isPicked
   */
  function sourceLine({ key, name, brings }, isPicked) {
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value: key, "data-key": `source-${key}` }));
    input.checked = isPicked;
    return make("label", {}, input, make("span", {}, name, " ", make("small", {}, `${brings} 项任务有进展`)));
  }

  /**
   * @param {MyPlan} doc
   * @returns {Given}
   */
  function valuesOf(doc) {
    const texts = (/** @type {string} */ prefix) => /** @type {Texts} */ (cells.under(doc, prefix));
    return { fields: texts("fields/"), roles: texts("roles/"), phases: cells.under(doc, "phases/") };
  }

  planSite.merging = { start };
})();
