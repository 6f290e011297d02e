import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Icon, type IconName } from "./Icon.tsx";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly icon?: IconName;
  readonly count?: string;
  /** Something there waits for this person. */
  readonly calls?: boolean;
}

interface Props<Name extends string> {
  tabs: readonly Tab<Name>[];
  chosen: Name;
  onChoose: (name: Name) => void;
  label: string;
  class?: string;
}

/** Tabs by the ARIA pattern: one stop of the Tab key, arrows move along the line of writing. */
export function Tabs<Name extends string>({ tabs, chosen, onChoose, label, class: more = "" }: Props<Name>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (e: KeyboardEvent): void => {
    const step = stepOf(e.key, document.documentElement.dir === "rtl");
    if (step === 0) return;
    e.preventDefault();
    const at = tabs.findIndex((tab) => tab.name === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.name);
    list.current?.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus();
  };
  return (
    <div class={`tabs ${more}`} role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          id={`tab-${tab.name}`}
          class="tab"
          type="button"
          role="tab"
          aria-selected={tab.name === chosen}
          aria-controls={`panel-${tab.name}`}
          tabIndex={tab.name === chosen ? 0 : -1}
          onClick={() => onChoose(tab.name)}
        >
          {tab.icon && <Icon name={tab.icon} />}
          <span>{tab.label}</span>
          {tab.count !== undefined && (
            <span class="count num" data-tone={tab.calls ? "accent" : undefined}>
              {tab.count}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

export function Panel({
  name,
  class: more = "",
  children,
}: {
  name: string;
  class?: string;
  children: ComponentChildren;
}) {
  return (
    <div id={`panel-${name}`} class={more} role="tabpanel" aria-labelledby={`tab-${name}`} tabIndex={-1}>
      {children}
    </div>
  );
}

function stepOf(key: string, rtl: boolean): number {
  if (key === "ArrowRight") return rtl ? -1 : 1;
  if (key === "ArrowLeft") return rtl ? 1 : -1;
  return 0;
}
