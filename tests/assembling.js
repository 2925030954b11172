// What the browser makes of parts of plans: node assembling.js SCRIPTS CASES > ANSWERS
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [scripts, file] = process.argv.slice(2);
const { parts, words, cases } = JSON.parse(fs.readFileSync(file, "utf8"));
const context = vm.createContext({ TextEncoder, Uint8Array, Uint32Array, DataView, atob, console });
const SHARED = ["common/core", "common/dates", "filling/typesetting", "filling/filling"];
const PIECES = ["plan-content", "picked-parts", "new-names", "uniting-phases", "uniting-sections", "derived-facts"];
const ASSEMBLING = [...PIECES, "assembling", "doubles", "plan-yaml"].map((name) => `assembling/${name}`);
for (const name of [...SHARED, ...ASSEMBLING]) {
  const script = path.join(scripts, `${name}.js`);
  if (fs.existsSync(script)) vm.runInContext(fs.readFileSync(script, "utf8"), context);
}
const { assembling, doubles, newNames, planContent, planYaml } = vm.runInContext("planSite", context);

/** @type {{[does: string]: (one: any) => any}} */
const does = {
  content: ({ plan }) => planContent.of(parts[plan], words, ""),
  assemble: ({ picks, about, clean }) => {
    const tidy = { ...about, title: newNames.tidyTitle(about.title) };
    const plan = assembling.plan(picks, parts, words, tidy, clean);
    return { plan, content: planContent.of(plan, words, ""), yaml: planYaml.write(plan), faults: assembling.faults(plan, tidy) };
  },
  doubles: ({ picks }) => doubles.find(picks, parts, words),
  settled: ({ picks }) => doubles.settled(picks, parts, words),
  yaml: ({ value }) => planYaml.write(value),
  slug: ({ text }) => newNames.slug(text),
};
process.stdout.write(JSON.stringify(cases.map((one) => does[one.does](one))));
