// What the leftover check makes of the cases that Python wrote into a file: node leftovers.js SCRIPTS CASES > ANSWERS
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [scripts, file] = process.argv.slice(2);
const { data, contents, cases } = JSON.parse(fs.readFileSync(file, "utf8"));
const SHARED = ["common/core", "common/dates", "filling/typesetting", "filling/filling"];
for (const name of [...SHARED, "leftovers/proper-names", "leftovers/proofreading", "leftovers/leftovers"]) {
  vm.runInThisContext(fs.readFileSync(path.join(scripts, `${name}.js`), "utf8"));
}
const site = vm.runInThisContext("planSite");
const { leftovers, properNames } = site;
const names = data && { data, known: properNames.read(data) };

const ASKED = {
  lines: ({ plan, values }) => leftovers.linesOf(contents[plan], values),
  filled: ({ plan, values, lines }) => leftovers.check(lines, leftovers.aboutOf(contents[plan], values, names)),
  check: ({ lines, about }) => {
    const places = leftovers.placesOf(about.own || [], names);
    const before = process.cpuUsage();
    const nothing = { year: 0, years: [], own: [], places, allowed: [], given: {}, template: "", names };
    const found = leftovers.check(lines, { ...nothing, ...about });
    return { found, milliseconds: process.cpuUsage(before).user / 1000 };
  },
  similarity: ({ plan, values }) => leftovers.similarity(contents[plan], values),
  own: ({ plan, values }) => leftovers.ownFields(contents[plan], values).map(({ id }) => id),
  place: ({ lines }) => leftovers.guessPlace(lines, names),
  year: ({ lines }) => leftovers.guessYear(lines),
  reasons: ({ plan, values, waived }) => {
    global.document = { querySelector: () => null };
    site.load = () => (data ? Promise.resolve(data) : Promise.reject(new Error("no names")));
    return leftovers.draftReasons(contents[plan], values, waived || {});
  },
};

Promise.all(cases.map((one) => ASKED[one.asked](one))).then((answers) => process.stdout.write(JSON.stringify(answers)));
