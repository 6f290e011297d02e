import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { useDo, useOutbox } from "../live/hooks.ts";
import type { Topic } from "../live/topic.ts";
import { officeOf } from "../model/conference.ts";
import { conferenceOf } from "../model/schedule.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Qr } from "../ui/Qr.tsx";
import { Switch } from "../ui/Switch.tsx";
import { toast } from "../ui/Toasts.tsx";
import { Announcements } from "./Announcements.tsx";
import { LinkBox } from "./LinkBox.tsx";
import { joinLink, type Place } from "./place.ts";
import { WordLists } from "./WordLists.tsx";

/** How people get in, what happens by itself, and what everybody should know. */
export function SettingsTab({ place }: { place: Place }) {
  return (
    <div class="settings">
      {place.programme && <Announcements place={place} programme={place.programme} />}
      <div class="stack">
        <Boards place={place} />
        <JoinCode place={place} />
        {place.programme && <Title place={place} programme={place.programme} />}
        <WordLists office={place.office} doc={place.doc} />
      </div>
    </div>
  );
}

function Boards({ place }: { place: Place }) {
  const act = useDo(place.office);
  const on = useWished(place);
  return (
    <section class="card stack" aria-labelledby="boards">
      <h2 id="boards">{t("org.boards")}</h2>
      <Switch
        label={t("org.autoopen")}
        hint={t("org.autoopen.hint")}
        on={on}
        onTurn={(autoopen) => act({ type: "settings.set", autoopen })}
      />
    </section>
  );
}

/** What was asked for last, until the document says it: the switch must not jump back in between. */
function useWished({ office, doc }: Place): boolean {
  const asked = useOutbox().findLast(
    ({ topic, cmd, state }) => topic === office.name && cmd.type === "settings.set" && state !== "refused",
  );
  return asked ? asked.cmd["autoopen"] === true : officeOf(doc).autoopen;
}

function JoinCode({ place }: { place: Place }) {
  const { code } = officeOf(place.doc);
  if (code === "") return null;
  const link = joinLink(code);
  return (
    <section class="card stack join-card" aria-labelledby="code">
      <h2 id="code">{t("org.code")}</h2>
      <p class="soft">{t("org.code.lead")}</p>
      <Qr text={link} label={t("share.qr", { link })} />
      <p class="code join-code" translate={false}>
        {code}
      </p>
      <LinkBox label={t("org.code")} link={link} />
    </section>
  );
}

const TITLE_LIMIT = 250;

function Title({ place, programme }: { place: Place; programme: Topic }) {
  const act = useDo(programme);
  const now = conferenceOf(place.schedule)?.title ?? "";
  const [draft, setDraft] = useState<string>();
  const title = draft ?? now;
  const save = (): void => {
    act({ type: "conference.set", title: title.trim() });
    setDraft(undefined);
    toast(t("org.renamed"));
  };
  return (
    <section class="card stack" aria-labelledby="name">
      <h2 id="name">{t("org.name")}</h2>
      <Field label={t("org.name.label")}>
        {(described) => (
          <input
            {...described}
            class="input"
            dir="auto"
            maxLength={TITLE_LIMIT}
            value={title}
            onInput={(e) => setDraft(e.currentTarget.value)}
          />
        )}
      </Field>
      <Button disabled={title.trim() === "" || title.trim() === now} onClick={save}>
        {t("save")}
      </Button>
    </section>
  );
}
