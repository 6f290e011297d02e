import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "label"> {
  look?: "primary" | "plain" | "danger" | undefined;
  icon?: IconName | undefined;
  small?: boolean | undefined;
  /** What it began is under way: it keeps the focus, and presses do nothing. */
  busy?: boolean | undefined;
  /** For a button with an icon alone: what it does. */
  label?: string | undefined;
  children?: ComponentChildren;
}

export function Button({ look, icon, small, busy, label, children, type = "button", ...rest }: Props) {
  const alone = children === undefined ? "" : undefined;
  return (
    <button
      {...rest}
      type={type}
      class="button"
      data-look={look}
      data-small={small ? "" : undefined}
      data-icon={alone}
      aria-label={label}
      {...(busy && { "aria-busy": true, "aria-disabled": true, onClick: (e) => e.preventDefault() })}
      title={alone === "" ? label : undefined}
    >
      {icon && !busy && <Icon name={icon} />}
      {children}
    </button>
  );
}
