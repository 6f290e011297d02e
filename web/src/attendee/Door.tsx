import { useEffect, useState } from "preact/hooks";
import { readCode } from "../model/schedule.ts";
import { enterBy } from "./enterBy.ts";
import { joinPage } from "./later.ts";

/** A link with a code goes straight in; only a code that leads nowhere shows the field. */
export function Door({ given }: { given: string }) {
  const code = readCode(given);
  const [state, set] = useState<{ show: boolean; why?: string }>({ show: given === "" });
  useEffect(() => {
    if (given === "") return;
    void enterBy(code, "replace").then((why) => {
      if (why !== undefined) set({ show: true, why });
    });
  }, []);
  return state.show ? <joinPage.View given={code} why={state.why} /> : null;
}
