// @ts-check
/**
 * The plans that the reader put together: which there are, and naming, exporting and removing the one that is open.
 *
 * @typedef {object} OwnPlans
 * @property {() => void} rename
 * @property {() => void} exportOpen
 * @property {() => void} removeOpen
 */
(function () {
  "use strict";

  const { aboutForm, desk, downloads, inputs, myPlans, savedFile } = planSite;
  const { make } = inputs;

  /** @returns {HTMLInputElement} */
  function nameInput() {
    return /** @type {HTMLInputElement} */ (desk.partOf("name"));
  }

  function show() {
    const all = myPlans.all().filter(({ id }) => myPlans.value(id, "content"));
    const place = desk.partOf("mine");
    place.hidden = !all.length;
    place.textContent = "";
    place.append(make("p", {}, "我组合的方案："), make("ul", {}, ...all.map(linkTo)));
    if (desk.mine) place.append(...links());
    desk.partOf("own").hidden = !desk.mine;
    const name = nameInput();
    if (desk.mine && name !== document.activeElement) name.value = myPlans.value(desk.mine, "name");
  }

  /** @param {MyPlanFacts} facts */
  function linkTo({ id, label }) {
    return make("li", {}, make("a", { href: `?mine=${id}`, ...(id === desk.mine ? { "aria-current": "page" } : {}) }, label));
  }

  /** Where to go from the plan that is open. */
  function links() {
    const progress = make("a", { href: `../progress/index.html?mine=${desk.mine}` }, "看这份方案的进度");
    return [make("p", {}, progress), make("p", {}, make("a", { href: location.pathname }, "另组合一份"))];
  }

  function label() {
    const known = myPlans.all().find(({ id }) => id === desk.mine);
    return known ? known.label : "";
  }

  function rename() {
    myPlans.set(desk.mine, "name", nameInput().value.trim());
    show();
  }

  function exportOpen() {
    const at = new Date().toISOString();
    const bytes = new TextEncoder().encode(savedFile.written({ plans: [desk.mine] }, at));
    downloads.save({ name: `${downloads.fileName(`文明窗口方案-${label()}-${aboutForm.today()}`)}.json`, bytes, type: "application/json" });
    myPlans.markExported(desk.mine, at);
    desk.tell(bytes.length > savedFile.LARGEST ? "已导出，但超过 2 MB，导不回来，请去掉一些再导出。" : "已导出，请在浏览器的下载里找。");
  }

  function removeOpen() {
    if (!window.confirm(`删除“${label()}”，和里面填的、勾的全部内容？删了找不回来，可以先导出。`)) return;
    myPlans.remove(desk.mine);
    location.assign(location.pathname);
  }

  desk.views.push(show);
  planSite.ownPlans = { rename, exportOpen, removeOpen };
})();
