import type { Kind } from "../../model/poll.ts";

const paths: Readonly<Record<Kind, string>> = {
  single: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  multiple: "M4 5h6v6H4zM4 14h6v6H4zM5.5 8l1.3 1.3L9 6.5M14 8h6M14 17h6",
  yesno: "M3 12l3.5 3.5L11 9M15 9l6 6M21 9l-6 6",
  rating: "M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7 9.6 9z",
  scale: "M3 12h18M5 9v6M12 9v6M19 9v6",
  nps: "M4 17a8 8 0 0 1 16 0M12 17l4-5",
  ranking: "M4 18h5M4 12h10M4 6h16",
  points: "M4 20V10M10 20V4M16 20v-7M21 20H3",
  number: "M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",
  text: "M4 6h16M4 11h16M4 16h9",
  cloud: "M7 18h10a4 4 0 0 0 .5-8A6 6 0 0 0 6 9.5 4.3 4.3 0 0 0 7 18z",
  quiz: "M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2M12 17v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  survey: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
};

/** A sign for each kind of poll; words stand beside it. */
export function KindIcon({ kind }: { kind: Kind }) {
  return (
    <svg class="icon kind-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[kind]} />
    </svg>
  );
}
