// Lists what the tests skipped, from the reports in a folder, as the last thing
// of a run. Ends with 1 if there was anything.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const read = (name) => {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};

const events = read("go.json").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const said = new Map();
for (const e of events) {
  const key = `${e.Package} ${e.Test}`;
  if (e.Action === "output" && e.Test && !/^\s*(---|===)/.test(e.Output)) {
    said.set(key, (said.get(key) ?? "") + e.Output.trim() + " ");
  }
}
const skips = events
  .filter((e) => e.Action === "skip" && e.Test)
  .map((e) => `${e.Package}.${e.Test}: ${(said.get(`${e.Package} ${e.Test}`) ?? "").trim()}`);

const unit = read("unit.json");
for (const file of unit ? JSON.parse(unit).testResults : []) {
  for (const test of file.assertionResults) {
    if (test.status !== "passed" && test.status !== "failed") skips.push(`web: ${test.fullName}`);
  }
}

const walk = (suite) => {
  for (const spec of suite.specs ?? []) {
    if (spec.tests.some((t) => t.status === "skipped")) skips.push(`browser: ${spec.title}`);
  }
  for (const inner of suite.suites ?? []) walk(inner);
};
const browser = { expected: 0, unexpected: 0 };
for (const report of ["e2e.json", "pages.json"].map(read).filter(Boolean).map((text) => JSON.parse(text))) {
  walk(report);
  browser.expected += report.stats.expected;
  browser.unexpected += report.stats.unexpected;
}

const count = (action) => events.filter((e) => e.Test && e.Action === action).length;
const web = unit ? JSON.parse(unit) : { numPassedTests: 0, numFailedTests: 0 };
if (skips.length > 0) console.log(`\nskipped:\n${skips.map((s) => `  ${s}`).join("\n")}`);
console.log(
  `\n${count("pass") + web.numPassedTests + browser.expected} passed, ` +
    `${count("fail") + web.numFailedTests + browser.unexpected} failed, ${skips.length} skipped`,
);
process.exit(skips.length > 0 ? 1 : 0);
