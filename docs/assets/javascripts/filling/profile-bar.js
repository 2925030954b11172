// @ts-check
/** Which unit's profile is filled in; making, copying, naming and deleting them; files of them; forgetting everything. */
(function () {
  "use strict";

  const { dates, downloads, entries, myPlans, panel, savedFile, store } = planSite;

  /** What is done, and what is said of it; nothing where it is said already. @type {{[action: string]: () => string | void}} */
  const ACTIONS = {
    create: () => {
      store.create();
      return "已新建一份资料。";
    },
    copy: () => {
      store.create(store.active());
      return "已复制成一份新的资料，往后填的归到新的一份。";
    },
    remove: () => {
      store.remove(store.active());
      return `已删除，现在用的资料是“${label()}”。`;
    },
    clear: myPlans.forget,
    export: exportFile,
    import: () => fileInput().click(),
  };

  function label() {
    const known = store.profiles().find(({ id }) => id === store.active());
    return known ? known.label : "新的资料";
  }

  /** @returns {HTMLInputElement} */
  function fileInput() {
    return /** @type {HTMLInputElement} */ (document.querySelector("[data-fill-file]"));
  }

  /* ------------------------------------------------------------------- files */

  function exportFile() {
    const now = new Date();
    const text = savedFile.written({ profiles: [store.active()] }, now.toISOString());
    const bytes = new TextEncoder().encode(text);
    downloads.save({ name: `${downloads.fileName(`文明窗口填写内容-${label()}-${dates.today(now)}`)}.json`, bytes, type: "application/json" });
    panel.say(bytes.length > savedFile.LARGEST ? "已导出，但超过 2 MB，导不回来，请删短再导出。" : "已导出，请在浏览器的下载里找。");
  }

  /** @param {File} file */
  function importFile(file) {
    if (file.size > savedFile.LARGEST) return panel.say("文件超过 2 MB，没有导入。");
    const reader = new FileReader();
    reader.onload = () => take(String(reader.result));
    reader.onerror = () => panel.say("文件读不出来，没有导入。");
    reader.readAsText(file);
  }

  /** @param {string} text */
  function take(text) {
    try {
      const { profiles, plans } = savedFile.take(text);
      if (profiles.length) store.choose(profiles[0]);
      show();
      panel.reload();
      const counts = [`${profiles.length} 份资料`, `${plans.length} 份方案`].filter((words) => !words.startsWith("0"));
      panel.say(`已导入 ${counts.join("、")}，现在用的资料是“${label()}”。`);
    } catch (error) {
      panel.say(`${/** @type {Error} */ (error).message}没有导入。`);
    }
  }

  /* ------------------------------------------------------------------- the bar */

  function show() {
    const select = /** @type {HTMLSelectElement} */ (document.querySelector("[data-fill-profiles]"));
    const [all, active] = [store.profiles(), store.active()];
    if (!all.some(({ id }) => id === active)) all.push({ id: active, label: "新的资料" });
    select.length = 0;
    for (const { id, label: words } of all) select.add(new Option(words, id, false, id === active));
    const name = /** @type {HTMLInputElement} */ (document.querySelector("[data-fill-name]"));
    if (name !== document.activeElement) name.value = store.profile(active).name || "";
  }

  /** @param {Element} button */
  function act(button) {
    const question = button.getAttribute("data-ask");
    if (question && !window.confirm(question)) return;
    const said = ACTIONS[button.getAttribute("data-fill-do") || ""]();
    show();
    panel.reload();
    if (said) panel.say(said);
  }

  /** @param {Document} page */
  function start(page) {
    const root = page.querySelector("[data-fill]");
    if (!root || !root.querySelector("[data-fill-profiles]")) return;
    for (const button of root.querySelectorAll("[data-fill-do]")) button.addEventListener("click", () => act(button));
    const [select, name] = [root.querySelector("[data-fill-profiles]"), root.querySelector("[data-fill-name]")];
    if (select instanceof HTMLSelectElement) {
      select.addEventListener("change", () => {
        store.choose(select.value);
        show();
        panel.reload();
      });
    }
    if (name instanceof HTMLInputElement) name.addEventListener("input", () => store.rename(store.active(), name.value));
    fileInput().addEventListener("change", () => {
      const [file] = fileInput().files || [];
      if (file) importFile(file);
      fileInput().value = "";
    });
    entries.listeners.push(show);
    show();
  }

  planSite.mount(start);
})();
