import { t } from "../i18n/staff.ts";
import { Button } from "../ui/Button.tsx";
import { ButtonLink } from "../ui/ButtonLink.tsx";
import { toast } from "../ui/Toasts.tsx";

/** A link to read, copy and open. Where the browser has no clipboard (plain http), it can be selected. */
export function LinkBox({ label, link, open = true }: { label: string; link: string; open?: boolean }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    toast(t("share.copied"));
  };
  return (
    <div class="link-box">
      <input
        class="input"
        dir="ltr"
        readOnly
        aria-label={label}
        value={link}
        onFocus={(e) => e.currentTarget.select()}
        translate={false}
      />
      {navigator.clipboard && (
        <Button small icon="link" onClick={() => void copy()}>
          {t("link.copy")}
        </Button>
      )}
      {open && (
        <ButtonLink small icon="screen" href={link} beside>
          {t("link.open")}
        </ButtonLink>
      )}
    </div>
  );
}
