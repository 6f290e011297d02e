import { useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { ApiError } from "../live/api.ts";
import { conferenceOf, days, slots } from "../model/schedule.ts";
import { reasonWords } from "../page/words.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { say } from "../ui/say.ts";
import { Facts } from "./Facts.tsx";
import { Picker } from "./Picker.tsx";
import { Preview } from "./Preview.tsx";
import type { Place } from "./place.ts";
import { Refusal } from "./Refusal.tsx";
import { type Report, readRefusal, said, touched, type Warning } from "./report.ts";
import { MAX_FILE, upload } from "./upload.ts";

type Step =
  | { readonly at: "choose" }
  | { readonly at: "reading" | "applying"; readonly file: File; readonly report?: Report }
  | { readonly at: "preview" | "done"; readonly file: File; readonly report: Report }
  | { readonly at: "refused"; readonly file: File; readonly why: Warning };

/** A file, what it would change, and the change: nothing happens before it was seen. */
export function ProgrammeTab({ place }: { place: Place }) {
  const [step, setStep] = useState<Step>({ at: "choose" });
  const [zone, setZone] = useState("");
  const send = async (file: File, dry: boolean, before?: Report): Promise<void> => {
    if (file.size > MAX_FILE) return setStep({ at: "refused", file, why: said(t("up.toobig")) });
    setStep({ at: dry ? "reading" : "applying", file, ...(before ? { report: before } : {}) });
    try {
      const report = await upload(place.id, file, zone.trim(), dry);
      setStep({ at: dry ? "preview" : "done", file, report });
      say(dry ? t("up.changes", { n: report.diff ? touched(report.diff) : 0 }) : t("up.done"));
    } catch (error) {
      const why = refusalOf(error);
      setStep({ at: "refused", file, why });
      say(t("up.refused"));
    }
  };
  const restart = (): void => setStep({ at: "choose" });
  const read = (file: File): void => void send(file, true);
  switch (step.at) {
    case "choose":
      return (
        <div class="stack">
          <Picker onFile={read} zone={zone} onZone={setZone} />
          <Current place={place} />
        </div>
      );
    case "reading":
      return <Progress words={t("up.reading", { file: step.file.name })} />;
    case "refused":
      return <Refusal file={step.file} why={step.why} onFile={read} onBack={restart} />;
    case "preview":
    case "applying":
      if (!step.report) return <Progress words={t("up.applying")} />;
      return (
        <Preview
          report={step.report}
          first={slots(place.schedule).length === 0}
          busy={step.at === "applying"}
          onApply={() => void send(step.file, false, step.report)}
          onBack={restart}
        />
      );
    case "done":
      return <Done onBack={restart} />;
  }
}

function refusalOf(error: unknown): Warning {
  if (!(error instanceof ApiError)) return said(reasonWords("internal"));
  const told = error.message !== "" && error.message !== error.code;
  return told && error.code === "bad-programme"
    ? readRefusal(error.problem, error.message)
    : said(reasonWords(error.code));
}

function Progress({ words }: { words: string }) {
  return (
    <div class="card stack narrow" aria-busy="true">
      <p>
        <strong dir="auto">{words}</strong>
      </p>
      <progress class="progress" aria-label={words} />
    </div>
  );
}

function Done({ onBack }: { onBack: () => void }) {
  return (
    <div class="stack narrow">
      <Banner tone="accent" icon="checks">
        <h2>{t("up.done")}</h2>
        <p>{t("up.done.lead")}</p>
      </Banner>
      <div class="row">
        <ButtonLink look="primary" href="#sessions">
          {t("up.tosessions")}
        </ButtonLink>
        <Button onClick={onBack}>{t("up.again")}</Button>
      </div>
    </div>
  );
}

/** What is there now. */
function Current({ place: { schedule } }: { place: Place }) {
  const conference = conferenceOf(schedule);
  const all = slots(schedule);
  if (!conference || all.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="current">
      <h2 id="current">{t("up.current")}</h2>
      <Facts
        zone={conference.zone}
        start={conference.start}
        end={conference.end}
        days={days(schedule).length}
        rooms={Object.keys(schedule.room ?? {}).length}
        sessions={all.length}
        more={conference.version === undefined ? [] : [[t("fact.version"), conference.version]]}
      />
    </section>
  );
}
