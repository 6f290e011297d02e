import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  hint?: string;
  on: boolean;
  onTurn: (on: boolean) => void;
}

/** Something that is on or off from the moment it is turned. */
export function Switch({ label, hint, on, onTurn }: Props) {
  return (
    <label class="switch">
      <span>
        {label}
        {hint !== undefined && <small class="soft">{hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(e) => onTurn(e.currentTarget.checked)}
      />
    </label>
  );
}

/** Something that is part of what will be sent. */
export function Check({
  on,
  onTurn,
  children,
}: {
  on: boolean;
  onTurn: (on: boolean) => void;
  children: ComponentChildren;
}) {
  return (
    <label class="row check">
      <input type="checkbox" checked={on} onChange={(e) => onTurn(e.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
