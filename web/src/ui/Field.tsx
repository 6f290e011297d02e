import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { ErrorText } from "./Banner.tsx";

/** The ids by which a control names what describes it. */
export interface Described {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
}

interface Props {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  children: (described: Described) => ComponentChildren;
}

/** A label, its control, a hint and an error, tied together. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const told = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, "aria-describedby": told || undefined, "aria-invalid": error !== undefined })}
      {hint !== undefined && (
        <div class="soft" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error !== undefined && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
    </div>
  );
}
