import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/enter.ts";
import { ApiError, post } from "../live/api.ts";
import { reasonWords } from "../page/words.ts";
import { Empty } from "../ui/Banner.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";

/**
 * Opens an access link: /enter#<pass>. The pass leaves the address before anything
 * else, so that neither the history nor a shoulder keeps it.
 */
export function EnterPage() {
  const [pass] = useState(takePass);
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    if (pass === "") return setFailed(t("enter.none"));
    post<{ to: string }>("/pass", { pass }).then(
      ({ to }) => location.replace(inside(to)),
      (error: unknown) => setFailed(wordsOf(error)),
    );
  }, []);
  return (
    <main class="column">
      {failed === undefined ? (
        <Empty page icon="clock" title={t("enter.title")} />
      ) : (
        <Empty page icon="warn" title={t("enter.bad")}>
          <p>{failed}</p>
          <ButtonLink href="/">{t("join.title")}</ButtonLink>
        </Empty>
      )}
    </main>
  );
}

let taken: string | undefined;

/** Once per load: a change of language draws the page anew, and the address is clean by then. */
function takePass(): string {
  if (taken !== undefined) return taken;
  taken = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  return taken;
}

/** Only a path of this site is followed. */
function inside(to: string): string {
  const url = new URL(to, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : "/";
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiError && error.code === "unreachable") return reasonWords(error.code);
  return t("enter.bad.lead");
}
