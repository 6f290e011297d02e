import { useState } from "preact/hooks";
import { formatDayTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { ApiError } from "../live/api.ts";
import { type PassRole, passRoles, type ScopeKind } from "../model/conference.ts";
import { conferenceOf } from "../model/schedule.ts";
import { reasonWords } from "../page/words.ts";
import { Banner, ErrorText } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Field } from "../ui/Field.tsx";
import { Qr } from "../ui/Qr.tsx";
import { Segments } from "../ui/Segments.tsx";
import { LinkBox } from "./LinkBox.tsx";
import { type Link, mint } from "./mint.ts";
import type { Place } from "./place.ts";
import { RoomSelect, SessionSelect } from "./Selects.tsx";

/** Characters of a label: half of the hub's bytes, for letters of two bytes. */
const LABEL_LIMIT = 60;
const HOURS = [12, 24, 3 * 24, 7 * 24, 14 * 24, 60 * 24];

/** A form that makes one access link, and the one moment in which it can be seen. */
export function NewPass({ place }: { place: Place }) {
  const [role, setRole] = useState<PassRole>("moderator");
  const [kind, setKind] = useState<ScopeKind>("session");
  const [room, setRoom] = useState("");
  const [session, setSession] = useState("");
  const [label, setLabel] = useState("");
  const [hours, setHours] = useState(3 * 24);
  const [link, setLink] = useState<Link>();
  const [failed, setFailed] = useState<string>();
  const [busy, setBusy] = useState(false);
  const reach = role === "organiser" ? "conference" : kind;
  const id = { conference: place.id, room, session }[reach];
  const make = async (): Promise<void> => {
    setBusy(true);
    setFailed(undefined);
    const said = label.trim();
    try {
      setLink(await mint(place.id, { role, scope: `${reach}/${id}`, hours, ...(said ? { label: said } : {}) }));
      setLabel("");
    } catch (error) {
      setFailed(reasonWords(error instanceof ApiError ? error.code : "internal"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card stack new-pass" aria-labelledby="new-pass">
      <h2 id="new-pass">{t("acc.new")}</h2>
      {link ? (
        <Made place={place} link={link} onDone={() => setLink(undefined)} />
      ) : (
        <>
          <div class="field">
            <Segments<PassRole>
              titled
              name="role"
              label={t("acc.role")}
              chosen={role}
              onChoose={setRole}
              choices={passRoles.map((name) => ({ name, label: t(`role.${name}`) }))}
            />
            <p class="soft">{t(`role.${role}.may`)}</p>
          </div>
          {role !== "organiser" && (
            <Segments<ScopeKind>
              titled
              name="scope"
              label={t("acc.scope")}
              chosen={kind}
              onChoose={setKind}
              choices={[
                { name: "session", label: t("scope.session") },
                { name: "room", label: t("scope.room") },
                { name: "conference", label: t("scope.conference") },
              ]}
            />
          )}
          {reach === "session" && <SessionSelect place={place} value={session} onChoose={setSession} />}
          {reach === "room" && <RoomSelect place={place} value={room} onChoose={setRoom} />}
          <div class="pair-fields">
            <Field label={t("acc.label")} hint={t("acc.label.hint")}>
              {(described) => (
                <input
                  {...described}
                  class="input"
                  dir="auto"
                  maxLength={LABEL_LIMIT}
                  autocomplete="off"
                  value={label}
                  onInput={(e) => setLabel(e.currentTarget.value)}
                />
              )}
            </Field>
            <Choice
              label={t("acc.hours")}
              options={HOURS.map((n) => ({
                key: String(n),
                label: n < 24 ? t("dur.hours", { n }) : t("dur.days", { n: n / 24 }),
              }))}
              chosen={String(hours)}
              onChoose={(key) => setHours(Number(key))}
            />
          </div>
          {failed !== undefined && <ErrorText>{failed}</ErrorText>}
          <Button look="primary" icon="plus" busy={busy} disabled={id === ""} onClick={() => void make()}>
            {t("acc.make")}
          </Button>
        </>
      )}
    </section>
  );
}

function Made({ place, link, onDone }: { place: Place; link: Link; onDone: () => void }) {
  return (
    <>
      <Banner tone="accent" icon="check">
        <strong>{t("acc.made")}</strong>
        <p>{t("acc.made.lead")}</p>
      </Banner>
      <LinkBox label={t("acc.made")} link={link.link} open={false} />
      <div class="made-qr">
        <Qr text={link.link} label={t("acc.made.qr")} />
        <p class="soft">{t("acc.made.qr")}</p>
        <p class="soft num">
          {t("acc.until", { when: formatDayTime(link.until, conferenceOf(place.schedule)?.zone) })}
        </p>
      </div>
      <Button onClick={onDone}>{t("acc.another")}</Button>
    </>
  );
}
