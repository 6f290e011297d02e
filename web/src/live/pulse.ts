import { useEffect, useRef } from "preact/hooks";
import type { Topic } from "./topic.ts";

/** Calls `then` with what people felt, each time the hub says it. */
export function useReactions(topic: Topic, then: (reactions: Readonly<Record<string, number>>) => void): void {
  const latest = useRef(then);
  latest.current = then;
  useEffect(() => {
    let last = topic.state.get().reactions;
    return topic.state.listen(() => {
      const { reactions } = topic.state.get();
      if (reactions !== last && reactions) latest.current(reactions);
      last = reactions;
    });
  }, [topic]);
}
