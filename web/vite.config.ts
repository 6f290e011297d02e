import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { precompress } from "./scripts/precompress.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const pages = ["attendee", "moderator", "screen", "stage", "translate", "organiser", "ops", "enter"];

/** What the Go server does by path, for `npm run dev`. */
const routes: [RegExp, string][] = [
  [/^\/(j|s|c)\/|^\/$/, "/attendee.html"],
  [/^\/m\//, "/moderator.html"],
  [/^\/screen\//, "/screen.html"],
  [/^\/stage\//, "/stage.html"],
  [/^\/translate\//, "/translate.html"],
  [/^\/o\//, "/organiser.html"],
  [/^\/enter$/, "/enter.html"],
  [/^\/ops$/, "/ops.html"],
];

/**
 * What the attendees' page and another one need, as one file: it compresses better
 * and is one request. What only staff pages share stays out of it, so that the
 * attendees' page does not grow with theirs.
 */
const core = {
  name: (id: string, graph: Graph): string | null => {
    attendee ??= reach(here("src/attendee/main.tsx"), graph);
    return attendee.has(id) ? "core" : null;
  },
  minShareCount: 2,
};

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

let attendee: Set<string> | undefined;

/** Everything that a module loads at once. */
function reach(entry: string, graph: Graph, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const next of graph.getModuleInfo(entry)?.importedIds ?? []) reach(next, graph, found);
  return found;
}

const backend = process.env["MAJLIS_DEV_SERVER"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: here("."),
  appType: "mpa",
  plugins: [
    precompress(here("dist")),
    {
      name: "majlis-routes",
      configureServer(server) {
        server.middlewares.use((req, _res, next) => {
          const path = (req.url ?? "/").split("?")[0] ?? "/";
          const page = routes.find(([shape]) => shape.test(path));
          if (page) req.url = page[1];
          next();
        });
      },
    },
  ],
  server: { proxy: { "/api": backend, "/ws": { target: backend, ws: true } } },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(pages.map((p) => [p, here(`${p}.html`)])),
      output: { codeSplitting: { groups: [core] } },
    },
  },
  test: { include: ["test/**/*.test.ts", "test/**/*.test.tsx"], environment: "node" },
});
