import { useState } from "preact/hooks";
import { formatDaySpan } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { Button } from "../ui/Button.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { type Change, changes, type Difference, type Kind, kinds, type Slot } from "./report.ts";

const icons: Readonly<Record<Kind | "unchanged", IconName>> = {
  added: "plus",
  moved: "clock",
  renamed: "edit",
  edited: "edit",
  cancelled: "close",
  restored: "undo",
  unchanged: "check",
};

/** A difference at a glance: its proportions, its counts, and each list to open. */
export function DiffView({ diff, zone }: { diff: Difference; zone: string }) {
  const found = kinds.map((kind) => ({ kind, list: changes(diff, kind) })).filter(({ list }) => list.length > 0);
  const parts = [
    ...found.map(({ kind, list }) => ({ kind: kind as Kind | "unchanged", n: list.length })),
    { kind: "unchanged" as const, n: diff.unchanged },
  ].filter(({ n }) => n > 0);
  return (
    <div class="stack">
      <div class="diff-bar" aria-hidden="true">
        {parts.map(({ kind, n }) => (
          <span key={kind} data-kind={kind} style={{ "--n": String(n) }} />
        ))}
      </div>
      <ul class="row diff-chips">
        {parts.map(({ kind, n }) => (
          <li key={kind} class="diff-chip" data-kind={kind}>
            <Icon name={icons[kind]} />
            {t(`diff.${kind}`, { n })}
          </li>
        ))}
      </ul>
      {found.map(({ kind, list }) => (
        <Changes key={kind} kind={kind} list={list} zone={zone} />
      ))}
    </div>
  );
}

const SHOWN = 8;
const PAGE = 50;

function Changes({ kind, list, zone }: { kind: Kind; list: readonly Change[]; zone: string }) {
  const [most, setMost] = useState(PAGE);
  return (
    <details class="diff-list" data-kind={kind} open={kind !== "edited" && list.length <= SHOWN}>
      <summary>
        <Icon name={icons[kind]} />
        <strong>{t(`diff.${kind}`, { n: list.length })}</strong>
        {kind === "cancelled" && <span class="soft">{t("diff.cancelled.lead")}</span>}
        {kind === "edited" && <span class="soft">{t("diff.edited.lead")}</span>}
      </summary>
      <ul class="diff-rows">
        {list.slice(0, most).map((change) => (
          <li key={change.id}>
            <Row change={change} zone={zone} />
          </li>
        ))}
      </ul>
      {list.length > most && (
        <Button small onClick={() => setMost(most + PAGE)}>
          {t("more")}
        </Button>
      )}
    </details>
  );
}

function Row({ change, zone }: { change: Change; zone: string }) {
  const { was, now, title } = change;
  if (typeof was === "string") {
    return (
      <>
        <s dir="auto">{was}</s>
        <span dir="auto">{title}</span>
      </>
    );
  }
  return (
    <>
      <span dir="auto">{title}</span>
      {was && now && <Moved was={was} now={now} zone={zone} />}
    </>
  );
}

/** Old and new side by side, only what differs. */
function Moved({ was, now, zone }: { was: Slot; now: Slot; zone: string }) {
  const retimed = was.start !== now.start || was.end !== now.end;
  return (
    <span class="moves">
      {retimed && <Pair was={span(was, zone)} now={span(now, zone)} />}
      {was.room !== now.room && <Pair was={was.room} now={now.room} />}
    </span>
  );
}

function Pair({ was, now }: { was: string; now: string }) {
  return (
    <span class="pair num">
      <s>
        <bdi>{was}</bdi>
      </s>
      <Icon name="next" />
      <strong>
        <bdi>{now}</bdi>
      </strong>
    </span>
  );
}

const span = ({ start, end }: Slot, zone: string): string => formatDaySpan(start, end, zone);
