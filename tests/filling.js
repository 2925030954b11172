// What the browser makes of the cases that Python wrote into a file: node filling.js SCRIPTS CASES > ANSWERS
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [scripts, file] = process.argv.slice(2);
const { contents, forms, cases } = JSON.parse(fs.readFileSync(file, "utf8"));
const context = vm.createContext({ TextEncoder, Uint8Array, Uint32Array, DataView, atob, console });
for (const name of ["common/core", "common/dates", "filling/typesetting", "filling/filling", "filling/forms"]) {
  vm.runInContext(fs.readFileSync(path.join(scripts, `${name}.js`), "utf8"), context);
}
const { filling, forms: writing } = vm.runInContext("planSite", context);

const answers = cases.map(({ plan, values, options, form }) => {
  const filled = filling.fill(contents[plan], values, options);
  const slots = Object.fromEntries([...filled.slots].map(([key, slot]) => [key, slot]));
  const said = filled.blocks.map((block) => filling.plain(block.text, filled.slots));
  const files = form ? writing.expand(forms[form], filled) : {};
  return { filled: { ...filled, slots }, said, files };
});
process.stdout.write(JSON.stringify(answers));
