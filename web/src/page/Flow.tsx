import { useEffect, useRef, useState } from "preact/hooks";
import { formatNumber } from "../i18n/index.ts";
import { useReactions } from "../live/pulse.ts";
import type { Topic } from "../live/topic.ts";
import { feelings, type Mark, marksOf } from "../model/pulse.ts";
import { FeelingIcon } from "../ui/Feeling.tsx";
import { useMedia } from "./useMedia.ts";

/** Marks on their way at once: a hall that claps must not slow a phone down. */
const MOST = 60;
/** Milliseconds for which counts stand where nothing may move. */
const STANDS = 2_000;

/** What people feel, as marks that rise and go; as counts where the reader wants nothing to move. */
export function Flow({ topic }: { topic: Topic }) {
  const still = useMedia("(prefers-reduced-motion: reduce)");
  return still ? <Counts topic={topic} /> : <Marks topic={topic} />;
}

function Marks({ topic }: { topic: Topic }) {
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const next = useRef(0);
  useReactions(topic, (reactions) => {
    const fresh = marksOf(reactions, next.current);
    next.current += fresh.length;
    setMarks((now) => [...now, ...fresh].slice(-MOST));
  });
  const drop = (key: number): void => setMarks((now) => now.filter((mark) => mark.key !== key));
  return (
    <div class="flow" aria-hidden="true">
      {marks.map(({ key, feeling, at, after }) => (
        <span
          key={key}
          class="flow-mark"
          data-feeling={feeling}
          style={{ "--at": String(at), "--after": `${after}ms` }}
          onAnimationEnd={() => drop(key)}
        >
          <FeelingIcon name={feeling} />
        </span>
      ))}
    </div>
  );
}

function Counts({ topic }: { topic: Topic }) {
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>();
  useReactions(topic, setCounts);
  useEffect(() => {
    if (!counts) return;
    const timer = setTimeout(() => setCounts(undefined), STANDS);
    return () => clearTimeout(timer);
  }, [counts]);
  return (
    <div class="flow flow-still" aria-hidden="true">
      {feelings
        .filter((feeling) => (counts?.[feeling] ?? 0) > 0)
        .map((feeling) => (
          <span key={feeling} class="flow-count num" data-feeling={feeling}>
            <FeelingIcon name={feeling} />
            {formatNumber(counts?.[feeling] ?? 0)}
          </span>
        ))}
    </div>
  );
}
