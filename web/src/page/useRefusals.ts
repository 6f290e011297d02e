import { useEffect } from "preact/hooks";
import { useHub, useOutbox } from "../live/hooks.ts";
import { alarm } from "../ui/say.ts";
import { toast } from "../ui/Toasts.tsx";
import { reasonWords } from "./words.ts";

/**
 * Says in words why the hub refused a command, and forgets it. Only for commands
 * that no part of the page shows itself: `types`, or all.
 */
export function useRefusals(types?: readonly string[]): void {
  const hub = useHub();
  const items = useOutbox();
  useEffect(() => {
    for (const item of items) {
      if (item.state !== "refused" || (types && !types.includes(item.cmd.type))) continue;
      hub.outbox.forget(item.id);
      const words = reasonWords(item.reason ?? "internal");
      toast(words);
      alarm(words);
    }
  }, [items]);
}
