import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

interface Props {
  href: string;
  look?: "primary" | "plain";
  icon?: IconName;
  small?: boolean;
  /** It opens beside this page. */
  beside?: boolean;
  /** It is kept as a file of this name. */
  download?: string;
  children: ComponentChildren;
}

/** A link that looks like a button: it leads somewhere, it does nothing. */
export function ButtonLink({ href, look, icon, small, beside, download, children }: Props) {
  return (
    <a
      class="button"
      href={href}
      download={download}
      data-look={look}
      data-small={small ? "" : undefined}
      {...(beside && { target: "_blank", rel: "noopener" })}
    >
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
