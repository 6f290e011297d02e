import { useState } from "preact/hooks";

/** A text that survives a reload, a change of language and a closed tab. Empty is forgotten. */
export function useDraft(name: string): [string, (text: string) => void] {
  const key = `majlis.draft.${name}`;
  const [text, setText] = useState(() => read(key));
  const set = (next: string): void => {
    setText(next);
    write(key, next);
  };
  return [text, set];
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Without storage a draft lives as long as its page.
  }
}
