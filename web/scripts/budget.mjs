// Fails when a page's first load (its scripts and styles, and all they import
// at once) is heavier than promised. Kilobytes are KiB of gzip.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS = { attendee: 35, moderator: 60, screen: 45, stage: 45, translate: 45, organiser: 70, ops: 70, enter: 35 };

const dist = new URL("../dist/", import.meta.url);
const manifestFile = new URL(".vite/manifest.json", dist);
if (!existsSync(manifestFile)) {
  console.error("budget: no dist/.vite/manifest.json; run `npm run build` first");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));

function firstLoad(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) firstLoad(next, seen);
  return seen;
}

let over = 0;
for (const [page, limit] of Object.entries(LIMITS)) {
  if (!manifest[`${page}.html`]) continue;
  const files = [...firstLoad(`${page}.html`)].filter((f) => /\.(js|css)$/.test(f));
  const size = files.reduce((sum, f) => sum + gzipSync(readFileSync(new URL(f, dist)), { level: 9 }).length, 0) / 1024;
  const fits = size <= limit;
  if (!fits) over++;
  console.log(
    `${fits ? "ok  " : "OVER"} ${page.padEnd(10)} ${size.toFixed(1).padStart(5)} of ${limit} KiB gzip in ${files.length} files`,
  );
}
if (over > 0) {
  console.error(`budget: ${over} pages over their limit`);
  process.exit(1);
}
