import { t } from "../i18n/staff.ts";
import { Button } from "../ui/Button.tsx";
import { Qr } from "../ui/Qr.tsx";
import { toast } from "../ui/Toasts.tsx";
import { codeOf, joinLink, type Place } from "./place.ts";

/** How people get in: the code, the link, and the two as a picture. */
export function SharePanel({ place }: { place: Place }) {
  const code = codeOf(place);
  if (!code) return null;
  const link = joinLink(code);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    toast(t("share.copied"));
  };
  return (
    <div class="stack share">
      <p class="soft">{t("share.code")}</p>
      <p class="code share-code" translate={false}>
        {code}
      </p>
      <Qr text={link} label={t("share.qr", { link })} />
      <p class="soft" dir="ltr" translate={false}>
        {link}
      </p>
      {navigator.clipboard && (
        <Button icon="link" onClick={() => void copy()}>
          {t("share.copy")}
        </Button>
      )}
    </div>
  );
}
