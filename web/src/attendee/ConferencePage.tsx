import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { getSessions, type SessionItem } from "../live/api.ts";
import { useFetched } from "../live/useFetched.ts";
import { conferenceOf } from "../model/schedule.ts";
import { ConnectionPill } from "../page/ConnectionPill.tsx";
import { Ended, Failure } from "../page/Failure.tsx";
import { follow, go, usePlace } from "../page/route.ts";
import { useSchedule } from "../page/useSchedule.ts";
import { Button } from "../ui/Button.tsx";
import { LiveChip } from "../ui/Chip.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LanguageSelect } from "../ui/LanguageSelect.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Announcements } from "./Banners.tsx";
import { ProgrammeTab } from "./ProgrammeTab.tsx";

/** Milliseconds between two looks at which boards are open. */
const LOOK_EVERY = 60_000;

/**
 * A conference: whoever comes in by its code lands in what is live if that is
 * one session; else live ones stand on top of the programme. #all stays here.
 */
export function ConferencePage({ id }: { id: string }) {
  const { hash } = usePlace();
  const found = useFetched(id, getSessions, LOOK_EVERY);
  const { doc, loaded, error } = useSchedule(id);
  const live = found.state === "here" ? found.value.items.filter((s) => s.live) : [];
  const landed = useRef(hash === "all");
  useEffect(() => {
    if (found.state !== "here" || landed.current) return;
    landed.current = true;
    const [only, another] = live;
    if (only && !another) go(`/s/${only.id}`, "replace");
  }, [found.state]);
  const title = conferenceOf(doc)?.title ?? id;
  useEffect(() => {
    document.title = `${title} – ${t("app.name")}`;
  }, [title]);
  return (
    <>
      <header class="top">
        <div class="column stack">
          <div class="top-bar">
            <a class="brand" href="/" onClick={follow} aria-label={t("join.title")}>
              <Logo />
            </a>
            <ConnectionPill />
            <span class="grow" />
            <LanguageSelect />
          </div>
          <div class="top-title">
            <h1 tabIndex={-1} dir="auto">
              {title}
            </h1>
          </div>
        </div>
      </header>
      <main class="column page stack">
        <Ended />
        {error && !loaded && (
          <Failure title={t("session.unknown")} reason={error}>
            <Button onClick={() => go("/")}>{t("join.title")}</Button>
          </Failure>
        )}
        <div class="banners">
          <Announcements schedule={doc} />
        </div>
        <LiveNow live={live} />
        {loaded && <ProgrammeTab doc={doc} live={new Set(live.map((s) => s.id))} />}
      </main>
    </>
  );
}

function LiveNow({ live }: { live: readonly SessionItem[] }) {
  if (live.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="live-now">
      <h2 id="live-now">{t("join.open")}</h2>
      <ul class="rows">
        {live.map((s) => (
          <li key={s.id}>
            <a class="card live-card" href={`/s/${s.id}`} onClick={follow}>
              <span class="grow">
                <span class="row">
                  <LiveChip>{t("session.live")}</LiveChip>
                  <bdi class="soft">{s.room}</bdi>
                </span>
                <strong dir="auto">{s.title}</strong>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
