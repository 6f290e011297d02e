import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../bin/majlis", import.meta.url));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const at = probe.address();
  probe.close();
  if (at === null || typeof at === "string") throw new Error("no port");
  return at.port;
}

/** The real program with the demonstration conference, on a store of its own. */
export class Server {
  private process: ChildProcess | undefined;
  private said = "";

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly adminPort: number,
  ) {}

  static async start(): Promise<Server> {
    const server = new Server(mkdtempSync(join(tmpdir(), "majlis-")), await freePort(), await freePort());
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get opsURL(): string {
    return `http://127.0.0.1:${this.adminPort}/ops`;
  }

  private get store(): string {
    return `sqlite:${join(this.folder, "hub.db")}`;
  }

  /** Starts the program and waits until it says that it is ready. */
  async up(): Promise<void> {
    this.said = "";
    const child = spawn(
      program,
      ["serve", "--demo", "--store", this.store, "--listen", `127.0.0.1:${this.port}`].concat([
        "--admin",
        `127.0.0.1:${this.adminPort}`,
      ]),
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    this.process = child;
    child.stdout.on("data", (text) => {
      this.said += String(text);
    });
    while (!this.said.includes("is ready")) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    }
  }

  /** Ends the program as a power cut would. */
  async kill(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The link that the server printed for somebody. */
  link(who: string): string {
    const found = new RegExp(`^  ${who}\\s+(\\S+)$`, "m").exec(this.said)?.[1];
    if (!found) throw new Error(`no link for the ${who} in: ${this.said}`);
    return found;
  }

  /** Makes an access link, as the organiser's shell would while the server runs. */
  pass(role: string, scope: string): string {
    const args = ["pass", "--store", this.store, "--role", role, "--scope", scope];
    return execFileSync(program, args, { encoding: "utf8" }).trim();
  }
}
