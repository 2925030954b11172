// @ts-check
/** The page on which a plan is put together: how it starts, what happens when, and the text and file of what is picked. */
(function () {
  "use strict";

  const { aboutForm, assembled, assembleOffers, assembling, desk, downloads, entries, inputs, myPlans, ownPlan, ownPlans, pickedList, planYaml } = planSite;

  /** How long after typing is sought, in milliseconds. */
  const SETTLED = 300;

  /* ------------------------------------------------------------ text and file */

  function preview() {
    if (!(/** @type {HTMLDetailsElement} */ (desk.partOf("preview")).open)) return;
    const facts = aboutForm.about();
    const content = ownPlan.contentOf(desk.picks(), { ...facts, title: facts.title || "（标题）" });
    const text = desk.partOf("text");
    text.textContent = "";
    for (const line of assembled.paper(content)) {
      text.append(inputs.make("p", { class: line.matches("p") ? "" : "assemble__heading" }, line.textContent || ""));
    }
  }

  /** Save the file for the editors. */
  function saveYaml() {
    if (!aboutForm.isReady(true)) return;
    const facts = aboutForm.about();
    const text = planYaml.write(assembling.plan(desk.picks(), desk.parts, desk.words, facts, true));
    downloads.save({ name: `${facts.id}.yaml`, bytes: new TextEncoder().encode(text), type: "application/yaml" });
    desk.tell(`已导出 ${facts.id}.yaml。`);
  }

  /* ----------------------------------------------------------- what happens when */

  const DO = /** @type {{[name: string]: () => void}} */ ({
    make: ownPlan.create,
    yaml: saveYaml,
    take: pickedList.takeMore,
    export: ownPlans.exportOpen,
    remove: ownPlans.removeOpen,
    clear: pickedList.clear,
  });

  /** @param {Event} event */
  function changed(event) {
    aboutForm.wrote(/** @type {HTMLInputElement} */ (event.target).name);
    if (desk.mine) ownPlan.keep(desk.picks());
    aboutForm.showFaultsAgain();
    preview();
  }

  /** @param {News} news of what another window did */
  function heard({ changed: elsewhere, removed }) {
    if (desk.mine && removed && removed.includes(`plan:${desk.mine}`)) desk.tell("这份方案在另一个窗口里删掉了。");
    else if (elsewhere) needPicked().then(desk.show);
  }

  function needPicked() {
    return desk.need(desk.picks().map(({ plan }) => plan));
  }

  function listen() {
    listenToFinding();
    desk.partOf("plans").addEventListener("toggle", assembleOffers.unfold, true);
    desk.partOf("preview").addEventListener("toggle", preview);
    for (const name of ["about", "file"]) desk.partOf(name).addEventListener("change", changed);
    desk.partOf("name").addEventListener("change", ownPlans.rename);
    for (const form of document.querySelectorAll("[data-assemble] form")) form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of document.querySelectorAll("[data-assemble-do]")) {
      button.addEventListener("click", () => DO[button.getAttribute("data-assemble-do") || ""]());
    }
    entries.listeners.push(heard);
  }

  function listenToFinding() {
    let timer = 0;
    desk.partOf("find").addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(assembleOffers.find, SETTLED);
    });
  }

  /* ------------------------------------------------------------------- start */

  /** @param {Document} page */
  async function start(page) {
    const root = /** @type {HTMLElement | null} */ (page.querySelector("[data-assemble]"));
    if (!root) return;
    const wanted = new URLSearchParams(location.search).get("mine") || "";
    const isThere = wanted && myPlans.has(wanted) && ownPlan.isWhole(wanted);
    if (isThere) desk.mine = wanted;
    desk.words = await planSite.load(root.dataset.words || "").catch(() => null);
    if (!desk.words) return desk.tell("名称表没有读到，请刷新页面再试。");
    await needPicked();
    listen();
    assembleOffers.find();
    if (isThere && !(await ownPlan.isBrought())) return;
    if (isThere) ownPlan.open(wanted);
    else desk.show();
    desk.tell(wanted && !isThere ? "这台电脑上没有这份方案，或者内容不全：可能删掉了，或者存在别的浏览器里。" : "");
  }

  // Why last: both read what the other views have set.
  desk.views.push(aboutForm.showFaultsAgain, preview);
  planSite.mount(start);
})();
