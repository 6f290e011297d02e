import { useState } from "preact/hooks";
import { formatDayTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { ApiError } from "../live/api.ts";
import { conferenceOf } from "../model/schedule.ts";
import { reasonWords } from "../page/words.ts";
import { ErrorText } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { Qr } from "../ui/Qr.tsx";
import { LinkBox } from "./LinkBox.tsx";
import { type Link, mint } from "./mint.ts";
import { joinLink, type Place } from "./place.ts";

interface Props {
  place: Place;
  id: string;
  code: string;
}

/** What leads into a session: for everybody at once, for staff once somebody asks for it. */
export function SessionLinks({ place, id, code }: Props) {
  const link = joinLink(code);
  return (
    <div class="ses-links">
      <Qr text={link} label={t("share.qr", { link })} />
      <div class="stack">
        <section class="stack tight">
          <h2 class="heading">{t("ses.everybody")}</h2>
          <LinkBox label={t("ses.everybody")} link={link} />
        </section>
        <StaffLink place={place} id={id} kind="moderator" page={`/m/${id}`} />
        <StaffLink place={place} id={id} kind="screen" page={`/screen/${id}`} />
      </div>
    </div>
  );
}

/** Links that were made on this page, so that folding a row up does not lose one. Only in memory. */
const made = new Map<string, Link>();

interface StaffProps {
  place: Place;
  id: string;
  kind: "moderator" | "screen";
  page: string;
}

function StaffLink({ place, id, kind, page }: StaffProps) {
  const key = `${kind} ${id}`;
  const [link, setLink] = useState(() => made.get(key));
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const make = async (): Promise<void> => {
    setBusy(true);
    setFailed(undefined);
    try {
      const fresh = await mint(place.id, { role: kind, scope: `session/${id}` });
      made.set(key, fresh);
      setLink(fresh);
    } catch (error) {
      setFailed(reasonWords(error instanceof ApiError ? error.code : "internal"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="stack tight">
      <h2 class="heading">{t(`ses.${kind}`)}</h2>
      {link && (
        <>
          <LinkBox label={t(`ses.${kind}`)} link={link.link} open={false} />
          <p class="soft">{t("ses.once", { until: formatDayTime(link.until, conferenceOf(place.schedule)?.zone) })}</p>
        </>
      )}
      {failed !== undefined && <ErrorText>{failed}</ErrorText>}
      <div class="row">
        {!link && (
          <Button small icon="plus" busy={busy} onClick={() => void make()}>
            {t("ses.make")}
          </Button>
        )}
        <ButtonLink look="plain" small icon={kind === "screen" ? "screen" : "question"} href={page} beside>
          {t("ses.here")}
        </ButtonLink>
      </div>
    </section>
  );
}
