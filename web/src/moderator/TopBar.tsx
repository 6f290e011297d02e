import { formatSpan } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useDo, useSelect } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { conferenceOf, roomName } from "../model/schedule.ts";
import { settingsOf } from "../model/session.ts";
import { ConnectionPill } from "../page/ConnectionPill.tsx";
import { useSessionDoc } from "../page/useSession.ts";
import { Button } from "../ui/Button.tsx";
import { Chip, LiveChip } from "../ui/Chip.tsx";
import { Icon } from "../ui/Icon.tsx";
import { LanguageSelect } from "../ui/LanguageSelect.tsx";
import { Logo } from "../ui/Logo.tsx";
import { toast } from "../ui/Toasts.tsx";
import { type Place, plannedOf } from "./place.ts";

export function TopBar({ title, topic, place }: { title: string; topic: Topic | undefined; place: Place }) {
  const planned = plannedOf(place);
  const zone = conferenceOf(place.schedule)?.zone;
  return (
    <header class="bar-top">
      <Logo />
      <div class="bar-title">
        <h1 dir="auto">{title}</h1>
        {planned && (
          <p class="soft row num">
            <span>{formatSpan(planned.start, planned.end, zone)}</span>
            <bdi>{roomName(place.schedule, planned.room)}</bdi>
          </p>
        )}
      </div>
      <div class="row bar-tools">
        {topic && <BoardSwitch topic={topic} />}
        <ConnectionPill />
        <LanguageSelect />
      </div>
    </header>
  );
}

function BoardSwitch({ topic }: { topic: Topic }) {
  const act = useDo(topic);
  const doc = useSessionDoc(topic);
  const online = useSelect(topic.state, (s) => s.online);
  const loaded = useSelect(topic.state, (s) => s.loaded);
  if (!loaded) return null;
  const { live } = settingsOf(doc);
  const turn = (open: boolean): void => {
    act({ type: open ? "board.open" : "board.close" });
    toast(t(open ? "mod.opened" : "mod.shut"), {
      label: t("do.undo"),
      run: () => void act({ type: open ? "board.close" : "board.open" }),
    });
  };
  return (
    <>
      {online !== undefined && (
        <span class="soft row num people">
          <Icon name="people" />
          {t("mod.people", { n: online })}
        </span>
      )}
      <span class="board-state">
        {live ? <LiveChip>{t("mod.islive")}</LiveChip> : <Chip tone="warn">{t("mod.isclosed")}</Chip>}
      </span>
      <Button look={live ? undefined : "primary"} onClick={() => turn(!live)}>
        {live ? t("mod.close") : t("mod.open")}
      </Button>
    </>
  );
}
