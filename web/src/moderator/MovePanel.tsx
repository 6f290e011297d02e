import { useState } from "preact/hooks";
import { formatSpan } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { rooms } from "../model/find.ts";
import { atLocal, clockOf } from "../model/local.ts";
import { conferenceOf, type Session } from "../model/schedule.ts";
import { Button } from "../ui/Button.tsx";
import { Choice } from "../ui/Choice.tsx";
import { toast } from "../ui/Toasts.tsx";
import { type Place, plannedOf } from "./place.ts";

const MINUTE = 60_000;
const STEPS = [5, 10];

/** Moves the session in the programme; everyone's page shows the old value struck through. */
export function MovePanel({ programme, place }: { programme: Topic; place: Place }) {
  const planned = plannedOf(place);
  const act = useDo(programme);
  if (!planned) return null;
  const { start, end, room } = planned;
  const move = (to: { start?: number; end?: number; room?: string }): void => {
    act({ type: "session.move", id: place.id, ...to });
    toast(t("move.did"), {
      label: t("do.undo"),
      run: () => void act({ type: "session.move", id: place.id, start, end, room }),
    });
  };
  return (
    <section class="card stack" aria-labelledby="move">
      <div class="row spread">
        <h2 id="move">{t("move.title")}</h2>
        <strong class="num">{formatSpan(start, end, conferenceOf(place.schedule)?.zone)}</strong>
      </div>
      <Later label={t("move.start")} onLater={(ms) => move({ start: start + ms })} />
      <Later label={t("move.end")} onLater={(ms) => move({ end: end + ms })} />
      <NewPlace place={place} planned={planned} move={move} />
      <CancelButton programme={programme} place={place} cancelled={planned.state === "cancelled"} />
    </section>
  );
}

function Later({ label, onLater }: { label: string; onLater: (ms: number) => void }) {
  return (
    <fieldset class="row spread" aria-label={label}>
      <span>{label}</span>
      <span class="row">
        {STEPS.map((n) => (
          <Button key={n} small onClick={() => onLater(n * MINUTE)}>
            <span class="num" dir="ltr">
              {t("move.plus", { n })}
            </span>
          </Button>
        ))}
      </span>
    </fieldset>
  );
}

interface NewPlaceProps {
  place: Place;
  planned: Session;
  move: (to: { start?: number; room?: string }) => void;
}

function NewPlace({ place, planned, move }: NewPlaceProps) {
  const zone = conferenceOf(place.schedule)?.zone;
  const now = clockOf(planned.start, zone);
  const [time, setTime] = useState<string>();
  const [room, setRoom] = useState<string>();
  const changed = (time !== undefined && time !== now) || (room !== undefined && room !== planned.room);
  const apply = (): void => {
    const start = time === undefined ? undefined : atLocal(planned.start, time, zone);
    move({
      ...(start === undefined || start === planned.start ? {} : { start }),
      ...(room === undefined || room === planned.room ? {} : { room }),
    });
    setTime(undefined);
    setRoom(undefined);
  };
  return (
    <div class="move-grid">
      <label class="field">
        <span>{t("move.at")}</span>
        <input class="input num" type="time" value={time ?? now} onInput={(e) => setTime(e.currentTarget.value)} />
      </label>
      <Choice
        label={t("move.room")}
        options={rooms(place.schedule).map(({ id, name }) => ({ key: id, label: name }))}
        chosen={room ?? planned.room}
        onChoose={setRoom}
      />
      <Button look={changed ? "primary" : undefined} disabled={!changed} onClick={apply}>
        {t("move.apply")}
      </Button>
    </div>
  );
}

function CancelButton({ programme, place, cancelled }: { programme: Topic; place: Place; cancelled: boolean }) {
  const act = useDo(programme);
  const turn = (on: boolean): void => {
    act({ type: "session.cancel", id: place.id, on });
    toast(t(on ? "move.cancelled" : "move.held"), {
      label: t("do.undo"),
      run: () => void act({ type: "session.cancel", id: place.id, on: !on }),
    });
  };
  return (
    <Button look={cancelled ? undefined : "danger"} onClick={() => turn(!cancelled)}>
      {cancelled ? t("move.uncancel") : t("move.cancel")}
    </Button>
  );
}
