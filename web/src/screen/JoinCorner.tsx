import { t } from "../i18n/staff.ts";
import { Qr } from "../ui/Qr.tsx";

/** The way in, always in sight: a picture for phones, a code for fingers. */
export function JoinCorner({ code }: { code: string }) {
  const link = `${location.origin}/j/${code}`;
  return (
    <aside class="hall-join">
      <strong>{t("screen.join")}</strong>
      <Qr text={link} label={t("share.qr", { link })} />
      <span class="hall-host" dir="ltr" translate={false}>
        {location.host}
      </span>
      <span class="code hall-code" translate={false}>
        {code}
      </span>
    </aside>
  );
}
