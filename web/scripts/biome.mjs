// Runs Biome where its binary is installed (an optional dependency, Linux x64
// only: the meta package's other platforms are not in every registry).
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../node_modules/@biomejs/cli-linux-x64/biome", import.meta.url));
if (!existsSync(binary)) {
  console.log("biome: not installed on this platform, skipped");
  process.exit(0);
}
const args = process.argv.slice(2);
const run = spawnSync(binary, args.length > 0 ? args : ["check", "."], {
  stdio: "inherit",
  cwd: fileURLToPath(new URL("..", import.meta.url)),
});
process.exit(run.status ?? 1);
