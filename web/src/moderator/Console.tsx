import { useEffect, useState } from "preact/hooks";
import { formatNumber } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import type { Topic } from "../live/topic.ts";
import type { Listed } from "../model/questions.ts";
import { isReviewed, settingsOf } from "../model/session.ts";
import { useMedia } from "../page/useMedia.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Panel, type Tab, Tabs } from "../ui/Tabs.tsx";
import { BulkBar } from "./BulkBar.tsx";
import { EditDialog } from "./EditDialog.tsx";
import { Lane } from "./Lane.tsx";
import { type LaneName, useLanes } from "./lanes.ts";
import { backstagePanel, pollsPanel } from "./later.ts";
import { type Place, plannedOf } from "./place.ts";
import { Queue } from "./Queue.tsx";
import { SessionPanel } from "./SessionPanel.tsx";
import { SharePanel } from "./SharePanel.tsx";
import { StagePreview } from "./StagePreview.tsx";
import { useKeys } from "./useKeys.ts";
import { WishesPanel } from "./WishesPanel.tsx";

type Side = "polls" | "session" | "share";
type All = LaneName | Side;

const LANES: readonly LaneName[] = ["inbox", "live", "answered"];

interface Props {
  topic: Topic;
  place: Place;
}

/** Three lanes and a side on a desk; the same as tabs on a phone. */
export function Console({ topic, place }: Props) {
  const title = plannedOf(place)?.title ?? place.detail?.title ?? place.id;
  const wide = useMedia("(min-width: 64rem)");
  const [editing, setEditing] = useState<string>();
  const [selected, select] = useState<string>();
  const [opened, setTab] = useState<All>();
  const doc = useSessionDoc(topic);
  // Without review nothing ever comes to the inbox.
  const tab = opened ?? (isReviewed(settingsOf(doc)) ? "inbox" : "live");
  const lanes = useLanes(doc);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (id: string, on = !chosen.has(id)): void => {
    setChosen(new Set(on ? [...chosen, id] : [...chosen].filter((one) => one !== id)));
  };
  useKeys({ topic, lanes, selected, select, edit: setEditing, choose, held: editing !== undefined });
  const waiting = lanes.inbox.length;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${formatNumber(waiting)}) ` : ""}${t("mod.title")} – ${title}`;
  }, [waiting, title]);
  const desk = { topic, selected, select, edit: setEditing, chosen, choose };
  const lane = (name: LaneName) => (
    <Lane key={name} {...desk} name={name} listed={lanes[name]} folded={foldedIn(lanes, name)} />
  );
  const question = editing === undefined ? undefined : doc.question?.[editing];
  return (
    <main class="console" data-wide={wide ? "" : undefined}>
      {wide ? (
        <>
          {LANES.map(lane)}
          <Sides topic={topic} place={place} />
        </>
      ) : (
        <>
          <Tabs<All> class="main-tabs" label={t("mod.title")} tabs={phoneTabs(lanes)} chosen={tab} onChoose={setTab} />
          <WishesPanel topic={topic} />
          <Panel name={tab}>
            {isLane(tab) ? (
              <>
                {tab === "live" && <Queue topic={topic} />}
                {lane(tab)}
              </>
            ) : (
              <div class="stack">
                {tab === "session" && <StagePreview topic={topic} session={place.id} />}
                <SideBody side={tab} topic={topic} place={place} />
                {tab === "session" && <backstagePanel.View topic={topic} session={place.id} />}
                {tab === "session" && <SharePanel place={place} />}
              </div>
            )}
          </Panel>
        </>
      )}
      <BulkBar topic={topic} chosen={chosen} onDone={() => setChosen(new Set())} />
      {editing !== undefined && question && (
        <EditDialog topic={topic} id={editing} question={question} onClose={() => setEditing(undefined)} />
      )}
    </main>
  );
}

function foldedIn(lanes: ReturnType<typeof useLanes>, name: LaneName): readonly Listed[] {
  return name === "inbox" ? lanes.dismissed : name === "live" ? lanes.merged : [];
}

function isLane(tab: All): tab is LaneName {
  return tab === "inbox" || tab === "live" || tab === "answered";
}

function phoneTabs(lanes: ReturnType<typeof useLanes>): Tab<All>[] {
  const count = (name: LaneName): string => formatNumber(lanes[name].length);
  return [
    { name: "inbox", label: t("lane.inbox"), icon: "inbox", count: count("inbox"), calls: lanes.inbox.length > 0 },
    { name: "live", label: t("lane.live"), icon: "question", count: count("live") },
    { name: "answered", label: t("lane.answered"), icon: "check" },
    { name: "polls", label: t("side.polls"), icon: "poll" },
    { name: "session", label: t("side.session"), icon: "gear" },
  ];
}

function Sides({ topic, place }: Props) {
  const [side, setSide] = useState<Side>("polls");
  return (
    <aside class="side stack">
      <WishesPanel topic={topic} />
      <StagePreview topic={topic} session={place.id} />
      <Queue topic={topic} />
      <backstagePanel.View topic={topic} session={place.id} />
      <Tabs<Side>
        label={t("mod.title")}
        chosen={side}
        onChoose={setSide}
        tabs={[
          { name: "polls", label: t("side.polls"), icon: "poll" },
          { name: "session", label: t("side.session"), icon: "gear" },
          { name: "share", label: t("side.share"), icon: "link" },
        ]}
      />
      <Panel name={side}>
        <SideBody side={side} topic={topic} place={place} />
      </Panel>
    </aside>
  );
}

function SideBody({ side, topic, place }: Props & { side: Side }) {
  switch (side) {
    case "polls":
      return <pollsPanel.View topic={topic} session={place.id} />;
    case "session":
      return <SessionPanel topic={topic} place={place} />;
    case "share":
      return <SharePanel place={place} />;
  }
}
