// Lists what the tests skipped, and then what failed with the end of what each
// said, from the reports in a folder, as the last thing of a run: whoever sees
// only the end of a log sees why it is red. Ends with 1 if anything was skipped.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const saidLines = 40; // of a failed test: its assertion and what led to it

const folder = process.argv[2];
const read = (name) => {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};
const indent = (text, lines) =>
  text
    .replace(/\u001b\[[0-9;]*m/g, "")
    .trimEnd()
    .split("\n")
    .slice(-lines)
    .map((line) => `      ${line}`)
    .join("\n");

const events = read("go.json").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const said = new Map();
for (const e of events) {
  const key = `${e.Package} ${e.Test ?? ""}`;
  if (e.Action === "output" && !/^\s*===/.test(e.Output)) said.set(key, (said.get(key) ?? "") + e.Output);
}
const saidBy = (e) => said.get(`${e.Package} ${e.Test ?? ""}`) ?? "";

const skips = events
  .filter((e) => e.Action === "skip" && e.Test)
  .map((e) => `${e.Package}.${e.Test}: ${saidBy(e).replace(/\s+/g, " ").trim()}`);
// A package may fail without a test: it did not build, or its process died.
const failures = events
  .filter((e) => e.Action === "fail" && (e.Test || !events.some((o) => o.Action === "fail" && o.Test && o.Package === e.Package)))
  .map((e) => `${e.Package}${e.Test ? `.${e.Test}` : ""}\n${indent(saidBy(e), saidLines)}`);

const unit = read("unit.json");
for (const file of unit ? JSON.parse(unit).testResults : []) {
  if (file.status === "failed" && file.assertionResults.length === 0) failures.push(`web: ${file.name}\n${indent(file.message ?? "", saidLines)}`);
  for (const test of file.assertionResults) {
    if (test.status === "failed") failures.push(`web: ${test.fullName}\n${indent(test.failureMessages.join("\n"), saidLines)}`);
    else if (test.status !== "passed") skips.push(`web: ${test.fullName}`);
  }
}

const walk = (suite, path) => {
  for (const spec of suite.specs ?? []) {
    if (spec.tests.some((t) => t.status === "skipped")) skips.push(`browser: ${spec.title}`);
    for (const t of spec.tests.filter((t) => t.status === "unexpected")) {
      const why = t.results.flatMap((r) => (r.errors ?? []).map((e) => e.message ?? "")).join("\n");
      failures.push(`browser: ${spec.file}:${spec.line} ${path} ${spec.title}\n${indent(why, saidLines)}`);
    }
  }
  for (const inner of suite.suites ?? []) walk(inner, `${path} ${inner.title}`.trim());
};
const browser = { expected: 0, unexpected: 0 };
for (const report of ["e2e.json", "pages.json"].map(read).filter(Boolean).map((text) => JSON.parse(text))) {
  walk(report, "");
  browser.expected += report.stats.expected;
  browser.unexpected += report.stats.unexpected;
  for (const e of report.errors ?? []) failures.push(`browser: the run itself\n${indent(e.message ?? "", saidLines)}`);
}

const count = (action) => events.filter((e) => e.Test && e.Action === action).length;
const web = unit ? JSON.parse(unit) : { numPassedTests: 0 };
if (skips.length > 0) console.log(`\nskipped:\n${skips.map((s) => `  ${s}`).join("\n")}`);
if (failures.length > 0) console.log(`\nfailed:\n${failures.map((s) => `  ${s}`).join("\n")}`);
console.log(
  `\n${count("pass") + web.numPassedTests + browser.expected} passed, ${failures.length} failed, ${skips.length} skipped`,
);
process.exit(skips.length > 0 ? 1 : 0);
