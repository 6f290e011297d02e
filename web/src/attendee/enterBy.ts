import { t } from "../i18n/index.ts";
import { ApiError, join } from "../live/api.ts";
import { go } from "../page/route.ts";
import { reasonWords } from "../page/words.ts";

/** Goes where a code leads. Resolves to what is wrong with it, in words, if it leads nowhere. */
export async function enterBy(code: string, how: "push" | "replace"): Promise<string | undefined> {
  try {
    const { session, conference } = await join(code);
    go(session ? `/s/${session}` : `/c/${conference}`, how);
    return undefined;
  } catch (error) {
    const unknown = !(error instanceof ApiError) || error.code === "unknown-code" || error.status === 404;
    return unknown ? t("join.unknown", { code }) : reasonWords(error.code);
  }
}
