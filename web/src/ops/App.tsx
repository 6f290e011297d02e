import { useEffect, useRef, useState } from "preact/hooks";
import { formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { Banner, Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { LanguageSelect } from "../ui/LanguageSelect.tsx";
import { Logo } from "../ui/Logo.tsx";
import { alarm, say } from "../ui/say.ts";
import { ChartCard } from "./ChartCard.tsx";
import { charts } from "./charts.ts";
import { clock } from "./format.ts";
import type { History } from "./history.ts";
import { GONE } from "./judge.ts";
import { Process } from "./Process.tsx";
import { StateChip } from "./StateChip.tsx";
import { Tiles } from "./Tiles.tsx";
import { tilesOf, worst } from "./tiles.ts";
import { useHistory } from "./useHistory.ts";

/** How long a restart is worth a line: as long as its mark may be in the charts. */
const RESTART_SHOWN = 15 * 60_000;

/** The operators' page: what the hub does now, and did in the last 15 minutes. */
export function App() {
  const live = useHistory();
  const [frozen, freeze] = useState<typeof live>();
  const { history, now } = frozen ?? live;
  const age = live.now - live.history.heard;
  const gone = live.history.heard > 0 && age > GONE;
  useSayGone(gone, live.history.heard);
  const tiles = tilesOf(history, live.history.heard === 0 ? null : age, gone);
  return (
    <>
      <header class="bar-top">
        <Logo />
        <div class="bar-title">
          <h1>{t("ops.title")}</h1>
          <p class="soft">
            <bdi dir="ltr">{location.host}</bdi>
          </p>
        </div>
        <div class="row bar-tools">
          {history.last && <StateChip state={worst(tiles)} />}
          <Button aria-pressed={frozen !== undefined} onClick={() => freeze(frozen ? undefined : live)}>
            {frozen ? t("ops.resume") : t("ops.pause")}
          </Button>
          <LanguageSelect />
        </div>
      </header>
      <main class="ops stack">
        {frozen && (
          <Banner icon="clock" tone="accent">
            {t("ops.paused", { time: clock(frozen.now) })}
          </Banner>
        )}
        {gone && (
          <Banner icon="warn" tone="danger">
            <strong>{t("ops.gone", { time: clock(live.history.heard) })}</strong>
            <p>{t("ops.gone.lead")}</p>
          </Banner>
        )}
        <Restarted history={history} now={now} />
        {history.last ? (
          <>
            <Tiles tiles={tiles} />
            <h2>{t("ops.last")}</h2>
            <div class="charts">
              {charts.map((chart) => (
                <ChartCard key={chart.name} chart={chart} points={history.points} now={now} />
              ))}
            </div>
            <Process n={history.last} />
          </>
        ) : (
          <Empty icon="clock" title={t("ops.never")}>
            <p>{t("ops.never.lead")}</p>
          </Empty>
        )}
      </main>
    </>
  );
}

function Restarted({ history, now }: { history: History; now: number }) {
  if (history.restarted === 0 || now - history.restarted > RESTART_SHOWN) return null;
  return (
    <Banner icon="undo" tone="warn">
      {t("ops.restarted", { time: formatTime(history.restarted) })}
    </Banner>
  );
}

/** Says once that the hub is gone, and once that it is back. */
function useSayGone(gone: boolean, heard: number): void {
  const before = useRef(gone);
  useEffect(() => {
    if (gone && !before.current) alarm(t("ops.gone", { time: clock(heard) }));
    if (!gone && before.current) say(t("ops.state.ok"));
    before.current = gone;
  }, [gone]);
}
