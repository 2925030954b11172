// @ts-check
/**
 * Save files on the page of my plans: reading several at once, writing one plan or all.
 *
 * A file that was read: its text, or what is wrong with it in words.
 * @typedef {{name: string, text: string, fault: string}} ReadFile
 *
 * @typedef {object} SavedFiles
 * @property {(files: FileList | null) => Promise<ReadFile[]>} readAll
 * @property {(what: {profiles?: string[], plans: string[]}, name: string) => string} save
 */
(function () {
  "use strict";

  const { dates, downloads, myPlans, savedFile } = planSite;

  /** @param {FileList | null} files */
  function readAll(files) {
    return Promise.all([...(files || [])].map(read));
  }

  /**
   * @param {File} file
   * @returns {Promise<ReadFile>}
   */
  function read(file) {
    const { name } = file;
    if (file.size > savedFile.LARGEST) return Promise.resolve({ name, text: "", fault: "文件超过 2 MB。" });
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve({ name, text: String(reader.result), fault: "" });
      reader.onerror = () => resolve({ name, text: "", fault: "文件读不出来。" });
      reader.readAsText(file);
    });
  }

  /**
   * Write plans, and perhaps profiles, into a file; say what came of it.
   * @param {{profiles?: string[], plans: string[]}} what ids
   * @param {string} name of the file, without its day
   */
  function save(what, name) {
    const now = new Date();
    const bytes = new TextEncoder().encode(savedFile.written(what, now.toISOString()));
    const file = `${downloads.fileName(`${name}-${dates.today(now)}`)}.json`;
    downloads.save({ name: file, bytes, type: "application/json" });
    for (const id of what.plans) myPlans.markExported(id, now.toISOString());
    return bytes.length > savedFile.LARGEST ? `已导出：${file}。它超过 2 MB，导不回来，请分开导出。` : `已导出：${file}，在浏览器的下载里找。`;
  }

  planSite.savedFiles = { readAll, save };
})();
