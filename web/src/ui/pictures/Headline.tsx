import type { ComponentChildren } from "preact";

/** The one number that people will remember, and what it is. */
export function Headline({ value, words, children }: { value: string; words: string; children?: ComponentChildren }) {
  return (
    <p class="headline">
      <strong class="num" translate={false}>
        {value}
      </strong>{" "}
      <span>{words}</span>
      {children}
    </p>
  );
}
