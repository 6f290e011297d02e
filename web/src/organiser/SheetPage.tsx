import { formatDay, formatSpan } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { roomName, type ScheduleDoc, type Slot } from "../model/schedule.ts";
import { Logo } from "../ui/Logo.tsx";
import { Qr } from "../ui/Qr.tsx";
import { joinLink } from "./place.ts";

/** Cards on one A4 page, three rows of two. */
const CARDS = 6;

export function pagesOf(all: readonly Slot[]): readonly (readonly Slot[])[] {
  return Array.from({ length: Math.ceil(all.length / CARDS) }, (_, i) => all.slice(i * CARDS, (i + 1) * CARDS));
}

interface Props {
  slots: readonly Slot[];
  doc: ScheduleDoc;
  zone: string | undefined;
  /** Only for the printer: a screen shows the first few. */
  extra: boolean;
}

/** One A4 page of cards. */
export function SheetPage({ slots, doc, zone, extra }: Props) {
  return (
    <section class="sheet" data-theme="paper" data-extra={extra ? "" : undefined}>
      {slots.map(({ id, session }) => (
        <article key={id} class="qr-card">
          <div class="qr-text">
            <p class="qr-when num">
              {formatDay(session.start, zone)}
              <br />
              {formatSpan(session.start, session.end, zone)}
            </p>
            <h3 dir="auto">{session.title}</h3>
            <p class="qr-room">
              <bdi>{roomName(doc, session.room)}</bdi>
            </p>
          </div>
          <div class="qr-side">
            <Qr text={joinLink(session.code)} label={t("share.qr", { link: joinLink(session.code) })} />
            <p class="code qr-code" translate={false}>
              {session.code}
            </p>
          </div>
          <p class="qr-foot">{t("sheet.scan", { host: location.host })}</p>
        </article>
      ))}
    </section>
  );
}

/** One A4 page for the door: the whole conference behind one code. */
export function CoverPage({ title, code }: { title: string; code: string }) {
  const link = joinLink(code);
  return (
    <section class="sheet cover" data-theme="paper">
      <Logo />
      <h2 dir="auto">{title}</h2>
      <p class="cover-lead">{t("screen.join")}</p>
      <Qr text={link} label={t("share.qr", { link })} />
      <p class="code cover-code" translate={false}>
        {code}
      </p>
      <p>{t("sheet.scan", { host: location.host })}</p>
    </section>
  );
}
