import { t } from "../i18n/index.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  state: "sending" | "sent" | "safe" | "refused";
  /** The line is down, so "sending" means kept here. */
  down: boolean;
  level?: string | undefined;
}

const icons = { sending: "clock", sent: "check", safe: "checks", refused: "warn" } as const;

/** How far something I did has come: on its way, written, safe. */
export function DeliveryMark({ state, down, level }: Props) {
  const words = state === "sending" && down ? t("sent.kept") : t(`sent.${state}`);
  return (
    <span class="delivery" data-state={state} title={levelWords(level)}>
      <Icon name={icons[state]} />
      {words}
    </span>
  );
}

function levelWords(level: string | undefined): string | undefined {
  switch (level) {
    case "embedded":
    case "redis-memory":
    case "redis-disk":
    case "redis-replicated":
      return t(`level.${level}`);
    default:
      return undefined;
  }
}
