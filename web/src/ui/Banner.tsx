import type { ComponentChildren } from "preact";
import type { Tone } from "./Chip.tsx";
import { Icon, type IconName } from "./Icon.tsx";

interface Props {
  tone?: Tone;
  icon: IconName;
  children: ComponentChildren;
  action?: ComponentChildren;
}

export function Banner({ tone, icon, children, action }: Props) {
  return (
    <div class="banner" data-tone={tone}>
      <Icon name={icon} />
      <div class="grow">{children}</div>
      {action}
    </div>
  );
}

/** Why something did not work, in words, tied to its field by id. */
export function ErrorText({ id, children }: { id?: string; children: ComponentChildren }) {
  return (
    <p class="error" id={id}>
      <Icon name="warn" />
      <span>{children}</span>
    </p>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  /** It is all that the page says. */
  page?: true;
  children?: ComponentChildren;
}

export function Empty({ icon, title, page, children }: EmptyProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      {page ? <h1>{title}</h1> : <strong>{title}</strong>}
      {children}
    </div>
  );
}
