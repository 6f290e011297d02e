import { readFrames } from "./check.ts";
import { askDoor } from "./door.ts";
import type { ClientFrame } from "./frames.ts";
import type { Dial, Link, LinkEvents } from "./link.ts";

const PROTOCOL = "majlis.v1";

/** Dials the hub by WebSocket on the page's own host. */
export const dialSocket: Dial = (device, events) => {
  const url = new URL("/ws", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return socketLink(new WebSocket(url, PROTOCOL), device, events);
};

function socketLink(socket: WebSocket, device: string, events: LinkEvents): Link {
  let over = false;
  let opened = false;
  const send = (frame: ClientFrame): boolean => {
    if (over || socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  };
  socket.onopen = () => {
    opened = true;
    send({ t: "hello", v: 1, device });
  };
  socket.onmessage = (e) => {
    if (over || typeof e.data !== "string") return;
    for (const frame of readFrames(e.data, complain)) {
      if (over) return;
      if (frame.t === "hello") events.ready(frame);
      else events.frame(frame);
    }
  };
  socket.onclose = async (e) => {
    if (over) return;
    const after = opened ? undefined : await askDoor();
    if (over) return;
    over = true;
    events.closed(e.code, e.reason, after);
  };
  const close = (): void => {
    over = true;
    socket.close(1000);
  };
  return { send, close };
}

function complain(line: string): void {
  console.warn("not a frame of majlis.v1:", line.slice(0, 200));
}
