import "../styles/programme.css";
import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useNow } from "../live/hooks.ts";
import { find } from "../model/find.ts";
import { conferenceOf, dayAt, running, type ScheduleDoc, type Slot, slots, upcoming } from "../model/schedule.ts";
import { Days } from "../page/Days.tsx";
import { Empty } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { SlotRow } from "./SlotRow.tsx";

/** Milliseconds ahead that still count as "next". */
const SOON = 3 * 3_600_000;
const PAGE = 80;

interface Props {
  doc: ScheduleDoc;
  /** The session whose page this stands on. */
  here?: string;
  /** Sessions whose board is open. */
  live?: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** The programme: now and next first, then a day as a list by time. */
export function ProgrammeTab({ doc, here, live = NONE }: Props) {
  const now = useNow(30_000);
  const all = useMemo(() => slots(doc), [doc.session, doc.room]);
  const [wish, setWish] = useState<number>();
  const [query, setQuery] = useState("");
  if (all.length === 0) {
    return (
      <Empty icon="calendar" title={t("programme.empty")}>
        <p>{t("programme.empty.lead")}</p>
      </Empty>
    );
  }
  const zone = conferenceOf(doc)?.zone;
  const day = wish ?? dayAt(doc, now);
  const found = find(all, doc, { query, day, room: "" });
  const common = { doc, zone, here, live };
  return (
    <div class="stack programme">
      <NowNext {...common} all={all} now={now} />
      <div class="programme-head">
        <Days doc={doc} chosen={query === "" ? day : undefined} onChoose={setWish} />
        <SearchField label={t("programme.find")} value={query} onInput={setQuery} />
      </div>
      <SlotList key={`${day} ${query}`} {...common} found={found} />
      {zone && <p class="soft">{t("programme.zone", { zone })}</p>}
    </div>
  );
}

interface Common {
  doc: ScheduleDoc;
  zone: string | undefined;
  here: string | undefined;
  live: ReadonlySet<string>;
}

function NowNext({ all, now, ...common }: Common & { all: readonly Slot[]; now: number }) {
  const parts = [
    { name: "now", label: t("programme.now"), found: running(all, now) },
    { name: "next", label: t("programme.next"), found: upcoming(all, now, SOON) },
  ];
  return parts
    .filter(({ found }) => found.length > 0)
    .map(({ name, label, found }) => (
      <section key={name} class="now-next" aria-labelledby={`at-${name}`}>
        <h2 id={`at-${name}`}>{label}</h2>
        <ul class="slots">
          {found.slice(0, 12).map((slot) => (
            <SlotRow key={slot.id} {...common} slot={slot} />
          ))}
        </ul>
      </section>
    ));
}

function SlotList({ found, ...common }: Common & { found: readonly Slot[] }) {
  const [most, setMost] = useState(PAGE);
  if (found.length === 0) return <p class="soft">{t("programme.none")}</p>;
  return (
    <>
      <ul class="slots">
        {found.slice(0, most).map((slot) => (
          <SlotRow key={slot.id} {...common} slot={slot} />
        ))}
      </ul>
      {found.length > most && <Button onClick={() => setMost(most + PAGE)}>{t("more")}</Button>}
    </>
  );
}
