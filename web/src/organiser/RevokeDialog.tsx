import { t } from "../i18n/staff.ts";
import { useDo } from "../live/hooks.ts";
import type { ListedPass } from "../model/conference.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { toast } from "../ui/Toasts.tsx";
import type { Place } from "./place.ts";
import { roleWords } from "./roles.ts";

interface Props {
  place: Place;
  listed: ListedPass;
  where: string;
  onClose: () => void;
}

/** Asks before it takes an access link back: that cannot be undone, and it ends open connections. */
export function RevokeDialog({ place, listed: { id, pass }, where, onClose }: Props) {
  const act = useDo(place.office);
  const revoke = (): void => {
    act({ type: "pass.revoke", id });
    toast(t("acc.didrevoke"));
    onClose();
  };
  return (
    <Dialog title={t("acc.revoke.sure")} onClose={onClose}>
      <p>
        <strong>{roleWords(pass.role)}</strong>
        {pass.label !== undefined && (
          <>
            {" · "}
            <bdi>{pass.label}</bdi>
          </>
        )}
        {" · "}
        <bdi>{where}</bdi>
      </p>
      <p>{t("acc.revoke.lead")}</p>
      <div class="row">
        <Button look="danger" onClick={revoke}>
          {t("acc.revoke.do")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </div>
    </Dialog>
  );
}
