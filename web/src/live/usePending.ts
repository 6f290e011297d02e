import type { Command } from "../wire/frames.ts";
import { useOutbox } from "./hooks.ts";
import type { Topic } from "./topic.ts";

/**
 * What was asked of a topic and does not show yet, of one type, oldest first: a control stands as it
 * was turned from the press on, not from the answer.
 */
export function usePending(topic: Topic, type: string): readonly Command[] {
  return useOutbox()
    .filter(
      (item) =>
        item.topic === topic.name &&
        item.cmd.type === type &&
        (item.state === "sending" ||
          item.state === "sent" ||
          (item.state === "safe" && (item.offset ?? 0) > topic.offset)),
    )
    .map((item) => item.cmd);
}
