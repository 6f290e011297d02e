import { createContext } from "preact";
import { useContext, useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Command, Role } from "../wire/frames.ts";
import type { Connection, Hub } from "./hub.ts";
import type { Item } from "./outbox.ts";
import type { Store } from "./store.ts";
import type { Topic, TopicState } from "./topic.ts";

export const HubContext = createContext<Hub | undefined>(undefined);

export function useHub(): Hub {
  const hub = useContext(HubContext);
  if (!hub) throw new Error("no hub: wrap the page in HubContext.Provider");
  return hub;
}

/**
 * The part of a store that `select` picks. The component renders again only when
 * that part is another one by Object.is, so select what the documents hold and
 * build new objects in the component.
 */
export function useSelect<T, P>(store: Store<T>, select: (value: T) => P): P {
  const [, again] = useReducer((n: number, _: undefined) => n + 1, 0);
  const picked = select(store.get());
  const last = useRef({ select, picked });
  last.current = { select, picked };
  useLayoutEffect(() => {
    const look = (): void => {
      if (!Object.is(last.current.select(store.get()), last.current.picked)) again(undefined);
    };
    look();
    return store.listen(look);
  }, [store]);
  return picked;
}

/** Watches a topic for as long as the component lives. No name: nothing yet. */
export function useTopic(name: string | undefined, role: Role): Topic | undefined {
  const hub = useHub();
  const [topic, setTopic] = useState<Topic | undefined>(undefined);
  useEffect(() => {
    if (name === undefined) return setTopic(undefined);
    const watched = hub.watch(name, role);
    setTopic(watched);
    return () => hub.release(watched);
  }, [hub, name, role]);
  return topic?.name === name && topic?.role === role ? topic : undefined;
}

export function useTopicState<P>(topic: Topic, select: (state: TopicState) => P): P {
  return useSelect(topic.state, select);
}

/** All commands of this tab that are open, just saved or refused. */
export function useOutbox(): readonly Item[] {
  return useSelect(useHub().outbox.items, (items) => items);
}

export function useConnection(): Connection {
  return useSelect(useHub().connection, (c) => c);
}

/** A function that gives commands on a topic and returns each one's id. */
export function useDo(topic: Topic): (cmd: Command) => string {
  const hub = useHub();
  return (cmd) => hub.do(topic, cmd);
}

/** The server's milliseconds, renewed every `every` milliseconds. */
export function useNow(every: number): number {
  const hub = useHub();
  const [now, setNow] = useState(() => hub.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(hub.clock.now()), every);
    return () => clearInterval(timer);
  }, [hub, every]);
  return now;
}
