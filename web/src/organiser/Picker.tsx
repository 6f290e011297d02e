import { useRef, useState } from "preact/hooks";
import { t } from "../i18n/staff.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";

interface Props {
  onFile: (file: File) => void;
  zone: string;
  onZone: (zone: string) => void;
}

/** Takes a file by its button or by dropping it. */
export function Picker({ onFile, zone, onZone }: Props) {
  return (
    <section class="card stack" aria-labelledby="upload">
      <h2 id="upload">{t("up.title")}</h2>
      <DropZone onFile={onFile}>
        <p class="soft">{t("up.lead")}</p>
      </DropZone>
      <Field label={t("up.zone")} hint={t("up.zone.hint")}>
        {(described) => (
          <input
            {...described}
            class="input zone"
            dir="ltr"
            list="zones"
            autocomplete="off"
            value={zone}
            onInput={(e) => onZone(e.currentTarget.value)}
          />
        )}
      </Field>
      <datalist id="zones">
        {zones().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </section>
  );
}

function zones(): readonly string[] {
  return typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
}

/** Where a file may be dropped; the button inside does the same for everybody else. */
export function DropZone({ onFile, children }: { onFile: (file: File) => void; children?: preact.ComponentChildren }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  return (
    // The button inside does the same by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      class="drop"
      data-over={over ? "" : undefined}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        take(e.dataTransfer?.files);
      }}
    >
      <Icon name="inbox" />
      <div class="row">
        <Button look="primary" onClick={() => input.current?.click()}>
          {t("up.pick")}
        </Button>
        <span>{t("up.drop")}</span>
      </div>
      {children}
      <input
        ref={input}
        class="away"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept=".xml,.json,application/xml,application/json"
        onChange={(e) => {
          take(e.currentTarget.files);
          e.currentTarget.value = "";
        }}
      />
    </div>
  );
}
