import { useRef, useState } from "preact/hooks";
import { t } from "../i18n/desk.ts";
import { language, languages } from "../i18n/index.ts";
import { languageName } from "../i18n/names.ts";
import { useNow } from "../live/hooks.ts";
import { shelf } from "../live/shelf.ts";
import type { Topic } from "../live/topic.ts";
import { settingsOf } from "../model/session.ts";
import { workFor } from "../model/translate.ts";
import { useCalmOrder } from "../page/useCalmOrder.ts";
import { useSessionDoc } from "../page/useSession.ts";
import { Empty } from "../ui/Banner.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Segments } from "../ui/Segments.tsx";
import { Row } from "./Row.tsx";
import { You } from "./You.tsx";

const KEY = "majlis.target";

/** What there is to do into one language, and what has been done. */
export function Desk({ topic }: { topic: Topic }) {
  const doc = useSessionDoc(topic);
  const now = useNow(1_000);
  const wanted = settingsOf(doc).langs ?? languages.map((l) => l.code);
  const [chosen, setChosen] = useState(() => shelf("localStorage").getItem(KEY) ?? language());
  const [show, setShow] = useState<"todo" | "all">("todo");
  const [open, setOpen] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const into = wanted.includes(chosen) ? chosen : (wanted[0] ?? language());
  const all = workFor(doc, into, now);
  const done = all.filter(({ stand }) => stand === "done").length;
  const shown = all.filter(({ id, stand }) => show === "all" || stand !== "done" || id === open);
  const { order } = useCalmOrder(
    shown.map(({ id }) => id),
    `${into} ${show} ${open ?? ""}`,
    list,
  );
  const choose = (code: string): void => {
    setChosen(code);
    shelf("localStorage").setItem(KEY, code);
    setOpen(undefined);
  };
  return (
    <main class="column page stack translate">
      <div class="row spread translate-tools">
        <Choice
          label={t("tr.into")}
          options={wanted.map((code) => ({ key: code, label: languageName(code) }))}
          chosen={into}
          onChoose={choose}
        />
        <Segments<"todo" | "all">
          name="show"
          label={t("questions.show")}
          chosen={show}
          onChoose={setShow}
          choices={[
            { name: "todo", label: t("tr.todo") },
            { name: "all", label: t("tr.all") },
          ]}
        />
        <p class="soft num" role="status">
          {t("tr.progress", { done, all: all.length })}
        </p>
      </div>
      {shown.length === 0 && (
        <Empty icon="check" title={t("tr.empty")}>
          <p>{t("tr.empty.lead")}</p>
        </Empty>
      )}
      <ul class="rows" ref={list}>
        {order.map((id) => {
          const work = shown.find((one) => one.id === id);
          return (
            work && (
              <li key={`${id} ${into}`}>
                <Row
                  topic={topic}
                  work={work}
                  into={into}
                  now={now}
                  open={open === id}
                  onOpen={(on) => setOpen(on ? id : undefined)}
                />
              </li>
            )
          );
        })}
      </ul>
      <You topic={topic} />
    </main>
  );
}
