import { useState } from "preact/hooks";
import { formatAgo, formatMoment } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useNow } from "../live/hooks.ts";
import { isUsable, type ListedPass, listedPasses, type PassState, readScope } from "../model/conference.ts";
import { conferenceOf, roomName } from "../model/schedule.ts";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Check } from "../ui/Switch.tsx";
import { NewPass } from "./NewPass.tsx";
import type { Place } from "./place.ts";
import { RevokeDialog } from "./RevokeDialog.tsx";
import { roleWords } from "./roles.ts";

/** Who was given access, a new link for somebody, and taking one back. */
export function AccessTab({ place }: { place: Place }) {
  const now = useNow(30_000);
  const [past, setPast] = useState(false);
  const [revoking, setRevoking] = useState<ListedPass>();
  const all = listedPasses(place.doc, now);
  const usable = all.filter((p) => isUsable(p.state));
  const shown = past ? all : usable;
  return (
    <div class="access">
      <NewPass place={place} />
      <section class="stack" aria-labelledby="passes">
        <div class="row spread">
          <h2 id="passes">{t("acc.list")}</h2>
          {all.length > usable.length && (
            <Check on={past} onTurn={setPast}>
              {t("acc.past", { n: all.length - usable.length })}
            </Check>
          )}
        </div>
        {shown.length === 0 ? (
          <Empty icon="link" title={t("acc.none")}>
            <p>{t("acc.none.lead")}</p>
          </Empty>
        ) : (
          <ul class="slots">
            {shown.map((listed) => (
              <PassRow key={listed.id} place={place} listed={listed} now={now} onRevoke={() => setRevoking(listed)} />
            ))}
          </ul>
        )}
      </section>
      {revoking && (
        <RevokeDialog
          place={place}
          listed={revoking}
          where={scopeWords(place, revoking.pass.scope)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </div>
  );
}

const tones: Readonly<Record<PassState, Tone | undefined>> = {
  good: "ok",
  ending: "warn",
  ended: undefined,
  revoked: "danger",
};
const roleIcons: Readonly<Record<string, IconName>> = { moderator: "question", screen: "screen", organiser: "people" };

interface RowProps {
  place: Place;
  listed: ListedPass;
  now: number;
  onRevoke: () => void;
}

function PassRow({ place, listed: { pass, state }, now, onRevoke }: RowProps) {
  const zone = conferenceOf(place.schedule)?.zone;
  return (
    <li class="pass" data-state={state}>
      <span class="pass-icon">
        <Icon name={roleIcons[pass.role] ?? "link"} />
      </span>
      <div class="grow pass-body">
        <p class="row">
          <strong>{roleWords(pass.role)}</strong>
          {pass.label !== undefined && <bdi>{pass.label}</bdi>}
          <Chip tone={tones[state] ?? "accent"}>{t(`acc.${state}`)}</Chip>
        </p>
        <p dir="auto" class="pass-where">
          {scopeWords(place, pass.scope)}
        </p>
        <p class="soft num">
          {t("acc.until", { when: formatMoment(pass.until, zone) })} · {t("acc.at", { when: formatAgo(pass.at, now) })}
        </p>
      </div>
      {isUsable(state) && (
        <Button small look="danger" onClick={onRevoke}>
          {t("acc.revoke")}
        </Button>
      )}
    </li>
  );
}

function scopeWords({ schedule }: Place, scope: string): string {
  const read = readScope(scope);
  switch (read?.kind) {
    case "conference":
      return t("scope.conference");
    case "room":
      return t("scope.room.of", { room: roomName(schedule, read.id) });
    case "session":
      return schedule.session?.[read.id]?.title ?? read.id;
    default:
      return scope;
  }
}
