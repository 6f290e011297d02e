import { t } from "../i18n/staff.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Fault } from "./Fault.tsx";
import { DropZone } from "./Picker.tsx";
import type { Warning } from "./report.ts";

interface Props {
  file: File;
  why: Warning;
  onFile: (file: File) => void;
  onBack: () => void;
}

/** Why a file was not taken, where in it, and what to do. */
export function Refusal({ file, why, onFile, onBack }: Props) {
  return (
    <div class="stack narrow">
      <Banner tone="danger" icon="warn">
        <div class="stack tight">
          <h2>{t("up.refused")}</h2>
          <p class="row">
            <bdi class="file">{file.name}</bdi>
            {why.line > 0 && <Chip tone="danger">{t("up.line", { n: why.line })}</Chip>}
          </p>
          <div class="why">
            <Fault fault={why} />
          </div>
          <p>{t("up.refused.todo")}</p>
        </div>
      </Banner>
      <DropZone onFile={onFile} />
      <div>
        <Button look="plain" icon="back" onClick={onBack}>
          {t("back")}
        </Button>
      </div>
    </div>
  );
}
