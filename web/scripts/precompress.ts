import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Files smaller than this gain nothing from compression once headers count. */
const WORTH_IT = 512;

/**
 * Empties the output folder but for .gitkeep, which is tracked so that the Go
 * package embeds before the first build, and lays a .br and a .gz beside every
 * text file: the server picks one and never compresses anything itself.
 */
export function precompress(outDir: string): Plugin {
  return {
    name: "majlis-precompress",
    apply: "build",
    // Not at the start: a build that fails leaves the last good one alone.
    generateBundle() {
      mkdirSync(outDir, { recursive: true });
      for (const name of readdirSync(outDir)) {
        if (name !== ".gitkeep") rmSync(join(outDir, name), { recursive: true });
      }
    },
    closeBundle() {
      for (const file of textFiles(outDir)) compress(file);
    },
  };
}

function textFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.(js|css|html|svg|txt|webmanifest)$/.test(e.name))
    .map((e) => join(e.parentPath, e.name));
}

function compress(file: string): void {
  const raw = readFileSync(file);
  if (raw.length < WORTH_IT) return;
  writeFileSync(`${file}.gz`, gzipSync(raw, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
  writeFileSync(`${file}.br`, brotliCompressSync(raw, { params }));
}
