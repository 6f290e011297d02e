const KEY = "majlis.events-until";
/** Milliseconds after which WebSockets are tried again: people change networks. */
const REMEMBER = 10 * 60_000;

/** The tab's memory of whether server-sent events are what works here. */
export function carrierMemory(shelf: Storage): { read(): boolean; write(useEvents: boolean): void } {
  return {
    read: () => Number(shelf.getItem(KEY) ?? 0) > Date.now(),
    write: (useEvents) => {
      if (useEvents) shelf.setItem(KEY, String(Date.now() + REMEMBER));
      else shelf.removeItem(KEY);
    },
  };
}
