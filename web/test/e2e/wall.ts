import { once } from "node:events";
import { createServer, request } from "node:http";

/** A wall between the hall and the server that lets everything pass but WebSockets. */
export class Wall {
  private constructor(
    readonly url: string,
    private readonly close: () => void,
  ) {}

  static async before(target: string): Promise<Wall> {
    const server = createServer((asked, answer) => {
      const headers = { ...asked.headers, host: new URL(target).host };
      if (headers.origin) headers.origin = target;
      const beyond = request(target + (asked.url ?? ""), { method: asked.method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        answer.flushHeaders();
        reply.on("close", () => answer.destroy());
        reply.on("end", () => answer.end());
        reply.pipe(answer, { end: false });
      });
      beyond.on("error", () => answer.destroy());
      answer.on("close", () => beyond.destroy());
      asked.pipe(beyond);
    });
    server.on("upgrade", (_, socket) => socket.destroy());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const at = server.address();
    if (at === null || typeof at === "string") throw new Error("no port");
    return new Wall(`http://127.0.0.1:${at.port}`, () => {
      server.close();
      server.closeAllConnections();
    });
  }

  stop(): void {
    this.close();
  }
}
