import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

export type Tone = "accent" | "ok" | "warn" | "danger";

/** A short word about a state. */
export function Chip({ tone, icon, children }: { tone?: Tone; icon?: IconName; children: ComponentChildren }) {
  return (
    <span class="chip" data-tone={tone}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** A chip with a dot that breathes: it is happening now. */
export function LiveChip({ children }: { children: ComponentChildren }) {
  return (
    <span class="chip" data-tone="ok">
      <span class="dot" data-pulse="" />
      {children}
    </span>
  );
}
