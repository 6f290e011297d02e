import { useState } from "preact/hooks";
import { formatDay } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { officeOf } from "../model/conference.ts";
import { find, rooms } from "../model/find.ts";
import { conferenceOf, days, type Slot } from "../model/schedule.ts";
import { Button } from "../ui/Button.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Check } from "../ui/Switch.tsx";
import type { Place } from "./place.ts";
import { CoverPage, pagesOf, SheetPage } from "./SheetPage.tsx";

interface Props {
  place: Place;
  all: readonly Slot[];
  onBack: () => void;
}

/** Sheets on the screen; on paper all of them are printed. */
const PREVIEWED = 4;

/** Cards with codes to print and cut: which ones, what they look like, and the printer. */
export function Sheet({ place, all, onBack }: Props) {
  const { schedule } = place;
  const [day, setDay] = useState<number>();
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const [cover, setCover] = useState(true);
  const zone = conferenceOf(schedule)?.zone;
  const code = officeOf(place.doc).code;
  const covered = cover && code !== "";
  const chosen = find(all, schedule, { query: "", day, room: "" }).filter(
    ({ session }) => !out.has(session.room) && session.state === "planned",
  );
  const pages = pagesOf(chosen);
  const turn = (room: string): void => {
    const next = new Set(out);
    if (!next.delete(room)) next.add(room);
    setOut(next);
  };
  return (
    <div class="stack">
      <section class="card stack no-print" aria-labelledby="sheet">
        <div class="row spread">
          <h2 id="sheet">{t("sheet.title")}</h2>
          <Button look="plain" icon="back" onClick={onBack}>
            {t("back")}
          </Button>
        </div>
        <Choice
          label={t("sheet.days")}
          options={[
            { key: "", label: t("sheet.days.all") },
            ...days(schedule).map((d) => ({ key: String(d.n), label: formatDay(d.day.start, zone) })),
          ]}
          chosen={String(day ?? "")}
          onChoose={(key) => setDay(Number(key) || undefined)}
        />
        <fieldset>
          <legend class="legend">{t("sheet.rooms")}</legend>
          <div class="row sheet-rooms">
            {rooms(schedule).map(({ id, name }) => (
              <Check key={id} on={!out.has(id)} onTurn={() => turn(id)}>
                <bdi>{name}</bdi>
              </Check>
            ))}
          </div>
        </fieldset>
        {code !== "" && (
          <Check on={cover} onTurn={setCover}>
            {t("sheet.cover")}
          </Check>
        )}
        <div class="row spread">
          <p class="soft num">
            {t("sheet.cards", { n: chosen.length })} · {t("sheet.pages", { n: pages.length + (covered ? 1 : 0) })}
          </p>
          <Button look="primary" disabled={chosen.length === 0 && !covered} onClick={() => print()}>
            {t("sheet.print")}
          </Button>
        </div>
      </section>
      {/* Paper is wider than a phone: whoever moves by keyboard must be able to scroll it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section class="sheets" tabIndex={0} aria-label={t("sheet.preview")}>
        {covered && <CoverPage title={conferenceOf(schedule)?.title ?? place.id} code={code} />}
        {pages.map((page, i) => (
          <SheetPage
            key={page[0]?.id}
            slots={page}
            doc={schedule}
            zone={zone}
            extra={i >= PREVIEWED - (covered ? 1 : 0)}
          />
        ))}
      </section>
    </div>
  );
}
