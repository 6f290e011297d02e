import { formatNumber } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { isUsable, listedPasses } from "../model/conference.ts";
import { go, usePlace } from "../page/route.ts";
import { Panel, type Tab, Tabs } from "../ui/Tabs.tsx";
import { AccessTab } from "./AccessTab.tsx";
import { ProgrammeTab } from "./ProgrammeTab.tsx";
import type { Place } from "./place.ts";
import { ResultsTab } from "./ResultsTab.tsx";
import { SessionsTab } from "./SessionsTab.tsx";
import { SettingsTab } from "./SettingsTab.tsx";

const names = ["programme", "sessions", "access", "results", "settings"] as const;
type Name = (typeof names)[number];

/** The tabs; which one is open stands in the address. A conference without a programme begins with its upload. */
export function Desk({ place }: { place: Place }) {
  const { path, hash } = usePlace();
  const filled = Object.keys(place.schedule.session ?? {}).length > 0;
  const chosen = names.find((name) => name === hash) ?? (filled ? "sessions" : "programme");
  return (
    <main class="desk">
      <Tabs<Name>
        class="desk-tabs no-print"
        label={t("org.title")}
        tabs={tabsOf(place)}
        chosen={chosen}
        onChoose={(name) => go(`${path}#${name}`, "replace")}
      />
      <Panel name={chosen} class="desk-panel">
        <Body name={chosen} place={place} />
      </Panel>
    </main>
  );
}

function Body({ name, place }: { name: Name; place: Place }) {
  switch (name) {
    case "programme":
      return <ProgrammeTab place={place} />;
    case "sessions":
      return <SessionsTab place={place} />;
    case "access":
      return <AccessTab place={place} />;
    case "results":
      return <ResultsTab place={place} />;
    case "settings":
      return <SettingsTab place={place} />;
  }
}

function tabsOf({ schedule, doc }: Place): Tab<Name>[] {
  const links = listedPasses(doc, Date.now()).filter((p) => isUsable(p.state)).length;
  return [
    { name: "programme", label: t("tab.programme"), icon: "up" },
    {
      name: "sessions",
      label: t("org.sessions"),
      icon: "calendar",
      count: formatNumber(Object.keys(schedule.session ?? {}).length),
    },
    { name: "access", label: t("org.access"), icon: "link", count: formatNumber(links) },
    { name: "results", label: t("org.results"), icon: "poll" },
    { name: "settings", label: t("org.settings"), icon: "gear" },
  ];
}
