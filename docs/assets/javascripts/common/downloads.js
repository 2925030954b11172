// @ts-check
/**
 * The official files of a plan, made in the browser of what was filled in: each alone, all in one pack, and copied.
 *
 * A file with the name that the reader's computer gives it.
 * @typedef {{name: string, bytes: Uint8Array, type: string}} Ready
 *
 * @typedef {object} Downloads
 * @property {(name: string) => string} fileName
 * @property {(file: Ready) => void} save
 * @property {(form: Form, filled: Filled) => string[][]} tableOf
 * @property {(filled: Filled) => Copied} paperOf
 * @property {(forms: {[key: string]: Form}, make: (key: string) => Ready, base: string) => Ready} pack
 */
(function () {
  "use strict";

  /** @type {{[kind: string]: string}} */
  const TYPES = {
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ics: "text/calendar",
    zip: "application/zip",
  };
  /** As many characters as a file's name may have: Windows counts the folders as well. */
  const LONGEST = 80;
  const SETTLED = 400;
  /** How long a made file is kept for the browser to fetch. */
  const KEPT_FOR = 60000;

  const README = [
    "这个文件夹里的文件由“文明窗口创建方案库”在本机生成，没有上传到任何地方。",
    "1 方案：方案.docx，按公文格式排好，后附任务分解表。",
    "2 落实：任务分解表、检查表、台账目录，用 WPS 表格或 Excel 打开接着填。",
    "3 考评：考评自评表，分值按本单位的考核办法填。",
    "4 日程：日程.ics，双击可导入日历；没有填年份时不生成。",
    "文件名带“草稿”的，交出去之前请回到网页把要核对的地方改完，再重新下载。",
  ];

  /* ------------------------------------------------------------------- names */

  /**
   * Make a text into a name that Windows accepts for a file.
   * @param {string} name without the ending
   */
  function fileName(name) {
    const plain = name
      .replace(/[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
      .replace(/\s+/g, " ");
    const short = [...plain].slice(0, LONGEST).join("").replace(/^[ .]+|[ .]+$/g, "");
    return /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i.test(short) ? `${short}_` : short || "方案";
  }

  /**
   * What all files of a filled plan are called by.
   * @param {Content} content
   * @param {Filled} filled
   */
  function baseName(content, filled) {
    const named = filled.slots.get("unit-name");
    const title = named && named.filled ? planSite.filling.plain(filled.title, filled.slots) : content.title;
    return fileName(`${filled.draft.length ? "草稿-" : ""}${title.replace(/【[^】]*】年?/g, "")}`);
  }

  /* ------------------------------------------------------------------- files */

  /**
   * @param {{[key: string]: Form}} forms
   * @param {(key: string) => Ready} make
   * @param {string} base
   * @returns {Ready} all files in one zip, in folders
   */
  function pack(forms, make, base) {
    const entries = Object.keys(forms).map((key) => {
      const { folder, name, kind } = forms[key];
      return { name: `${base}/${folder}/${name}.${kind}`, bytes: make(key).bytes };
    });
    const filled = entries.filter(({ bytes }) => bytes.length);
    const readme = { name: `${base}/说明.txt`, bytes: new TextEncoder().encode(`\ufeff${README.join("\r\n")}\r\n`) };
    return { name: `${base}.zip`, bytes: planSite.forms.zip([...filled, readme]), type: TYPES.zip };
  }

  /** @param {Ready} file */
  function save({ name, bytes, type }) {
    const url = URL.createObjectURL(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR);
  }

  /* ------------------------------------------------------------------ copies */

  /**
   * The cells of a workbook as text: its header and its rows, read from the sheet itself.
   * @param {Form} form
   * @param {Filled} filled
   */
  function tableOf(form, filled) {
    const patterns = { ...form.patterns };
    if (patterns.day) patterns.day = patterns.day.replace("<v>⟦=serial⟧</v>", "<is><t>⟦=text⟧</t></is>");
    const texts = planSite.forms.expand({ ...form, patterns }, filled);
    const sheet = Object.keys(texts).find((name) => name.startsWith("xl/worksheets/")) || "";
    const page = new DOMParser().parseFromString(texts[sheet], "application/xml");
    return [...page.getElementsByTagName("row")]
      .filter((row) => Number(row.getAttribute("r")) >= form.first - 1)
      .map((row) => [...row.getElementsByTagName("c")].map((cell) => planSite.filling.clean(cell.textContent || "")));
  }

  /** @param {string[][]} rows */
  function tableCopied(rows) {
    const { inert, tableRow } = planSite.checklist;
    const cells = rows.map((row) => row.map(inert));
    const lines = cells.map((row) => row.map((cell) => cell.replace(/[\t\n]+/g, " ")).join("\t"));
    const body = cells.map((row, index) => tableRow(index ? "td" : "th", row).replace(/\n/g, "<br>"));
    return { text: lines.join("\n"), html: `<table border="1">${body.join("")}</table>` };
  }

  /** How the paragraphs of an official paper look; what is pasted into brings its own styles for h1 to h5. */
  const LINE = "font-size:16pt;line-height:28.95pt;margin:0;text-indent:2em;";
  /** @type {{[is: string]: [string, string]}} */
  const LOOKS = {
    title: ["h1", "font:22pt 方正小标宋简体,宋体;text-align:center;margin:0 0 28.95pt;"],
    h1: ["h2", `${LINE}font-family:黑体;font-weight:normal;`],
    h2: ["h3", `${LINE}font-family:楷体_GB2312,楷体;font-weight:normal;`],
    h3: ["h4", `${LINE}font-family:仿宋_GB2312,仿宋;font-weight:normal;`],
    h4: ["h5", `${LINE}font-family:仿宋_GB2312,仿宋;font-weight:normal;`],
    p: ["p", `${LINE}font-family:仿宋_GB2312,仿宋;`],
    sign: ["p", `${LINE}font-family:仿宋_GB2312,仿宋;text-align:right;margin-right:4em;`],
  };

  /**
   * The filled plan as formatted text for WPS and Word.
   * @param {Filled} filled
   * @returns {Copied}
   */
  function paperOf(filled) {
    const ends = [filled.signer, filled.date].map((text) => ({ is: "sign", text }));
    const lines = [{ is: "title", text: filled.title }, ...filled.blocks, ...ends];
    const said = lines.map(({ is, text }) => ({ is, text: planSite.filling.plain(text, filled.slots) }));
    const written = said.map(({ is, text }) => {
      const [tag, look] = LOOKS[is];
      return `<${tag} style="${look}">${planSite.checklist.escapeHtml(text)}</${tag}>`;
    });
    return { text: said.map(({ text }) => text).join("\n"), html: written.join("") };
  }

  planSite.downloads = { fileName, tableOf, paperOf, pack, save };

  /* -------------------------------------------------------------------- page */

  planSite.mount((page) => {
    /** @type {HTMLElement | null} */
    const root = page.querySelector("[data-files]");
    if (root) start(page, root);
  });

  /**
   * @param {Document} page
   * @param {HTMLElement} root
   */
  function start(page, root) {
    /** @type {{[key: string]: Form} | null} */
    let forms = null;
    /** @type {Current | null} */
    let current = null;
    /** @type {string[]} */
    let reasons = [];
    const department = /** @type {HTMLSelectElement} */ (root.querySelector("[data-files-department]"));
    const state = /** @type {HTMLElement} */ (root.querySelector("[data-files-state]"));

    /** @param {string} words */
    function say(words) {
      planSite.clipboard.say(root, words);
    }

    /** @type {(() => void) | undefined} */
    let showLooks;

    /** Get what files are made of; known already where the section was pointed at, so that copying need not wait. */
    async function prepare() {
      forms = /** @type {{[key: string]: Form}} */ (await planSite.load(root.dataset.forms || ""));
      showLooks = showLooks || offerLooks(root, forms.plan.presets, () => (current ? current.options : {}));
      await refresh();
    }

    /** Read anew what was filled in. */
    async function refresh() {
      await Promise.all([planSite.panel.ready(), planSite.bring()]);
      current = /** @type {Current} */ (planSite.panel.current());
      offerDepartments(department, current.content, planSite.filling.slots(current.content, current.values));
      if (showLooks) showLooks();
      reasons = await planSite.leftovers.draftReasons(current.content, current.values, current.waived);
      const words = reasons.length ? `现在下载会带“草稿”字样：${reasons.join("；")}。` : "要核对的地方都核对过了，下载的是正式稿。";
      // Why: a screen reader says again what is written again.
      if (state.textContent !== words) state.textContent = words;
      state.classList.toggle("files__say--draft", reasons.length > 0);
    }

    /** @param {string} key of a file */
    function filledFor(key) {
      const { content, values, options } = /** @type {Current} */ (current);
      const draft = reasons.length ? `草稿：${reasons.join("；")}` : "";
      const only = forms && forms[key].shared ? department.value : "";
      return planSite.filling.fill(content, values, { ...options, draft, department: only });
    }

    /**
     * @param {string} key
     * @returns {Ready} without bytes where the file would be empty
     */
    function make(key) {
      const { [key]: form } = /** @type {{[key: string]: Form}} */ (forms);
      const filled = filledFor(key);
      const { content } = /** @type {Current} */ (current);
      const share = form.shared && department.value ? `-${shareName()}` : "";
      const name = fileName(`${baseName(content, filled)}${key === "plan" ? "" : `-${form.name}`}${share}`);
      const bytes = form.kind === "ics" && !filled.events.length ? new Uint8Array(0) : planSite.forms.make(form, filled);
      return { name: `${name}.${form.kind}`, bytes, type: TYPES[form.kind] };
    }

    function shareName() {
      return department.options[department.selectedIndex].text;
    }

    /** @param {HTMLElement} button */
    async function download(button) {
      try {
        await prepare();
      } catch (error) {
        return say("没能读到表样，请刷新页面再试；或者关掉脚本，下载没填过的文件。");
      }
      const all = /** @type {{[key: string]: Form}} */ (forms);
      const { content } = /** @type {Current} */ (current);
      const one = button.dataset.download === "pack" ? null : make(button.dataset.file || "");
      const file = one || pack(all, make, baseName(content, filledFor("plan")));
      if (!file.bytes.length) return say("先在上面填好年份（四位数字），才能排日程。");
      save(file);
      say(`已生成：${file.name}`);
    }

    for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-download]"))) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        download(button);
      });
    }
    for (const approach of ["pointerover", "focusin", "touchstart"]) {
      root.addEventListener(approach, () => prepare().catch(() => undefined), { once: true, passive: true });
    }
    let settling = 0;
    page.addEventListener("plan:filled", () => {
      window.clearTimeout(settling);
      settling = window.setTimeout(() => refresh().catch(() => undefined), SETTLED);
    });

    planSite.clipboard.serve(page, "[data-files]", (_, format, button) => {
      const key = button.dataset.file || "";
      if (!forms || !current) return { text: "", said: "" };
      const filled = filledFor(key);
      if (format === "text") return { ...paperOf(filled), said: "已复制全文，可以粘贴到 WPS 或 Word" };
      const rows = tableOf(forms[key], filled);
      return { ...tableCopied(rows), said: `已复制${forms[key].name}，${rows.length - 1} 行` };
    });
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {Content} content
   * @param {Slots} slots
   */
  function offerDepartments(select, content, slots) {
    const chosen = select.value;
    const used = new Set(content.tasks.reduce((all, task) => all.concat(task.roles), /** @type {string[]} */ ([])));
    const roles = content.roles.filter(({ id }) => used.has(id));
    select.length = 1;
    for (const { id } of roles) select.add(new Option(planSite.filling.plain(`⟦role:${id}⟧`, slots), id));
    select.value = chosen;
  }

  /**
   * @param {HTMLElement} root
   * @param {Look[]} looks
   * @param {() => Options} chosen of the plan that is open
   * @returns {() => void} shows what is chosen
   */
  function offerLooks(root, looks, chosen) {
    const place = /** @type {HTMLElement} */ (root.querySelector("[data-files-looks]"));
    const notice = /** @type {HTMLInputElement} */ (root.querySelector("[data-files-notice]"));
    const { setOptions } = planSite.panel;
    notice.addEventListener("change", () => setOptions({ notice: notice.checked }));
    const selects = looks.map(({ key, label, choices }) => {
      const select = document.createElement("select");
      for (const choice of choices) select.add(new Option(choice.label, choice.value));
      select.addEventListener("change", () => setOptions({ preset: { ...chosen().preset, [key]: select.value } }));
      const field = document.createElement("label");
      field.className = "files__option";
      field.append(label, select);
      place.append(field);
      return select;
    });
    return () => {
      const { notice: isWanted, preset = {} } = chosen();
      notice.checked = Boolean(isWanted);
      looks.forEach(({ key, choices }, at) => (selects[at].value = preset[key] || choices[0].value));
    };
  }
})();
