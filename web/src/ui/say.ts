/** Milliseconds between two polite messages: a screen reader is not a ticker. */
const EVERY = 5_000;

let last = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/**
 * Says something to screen readers, through the two live regions that stand in
 * every page's HTML from the start. Polite messages come at most every five
 * seconds and the newest wins; alerts are said at once.
 */
export function say(words: string, now: number = Date.now()): void {
  clearTimeout(waiting);
  const speak = (): void => {
    last = Date.now();
    put("say", words);
  };
  if (now - last >= EVERY) speak();
  else waiting = setTimeout(speak, last + EVERY - now);
}

export function alarm(words: string): void {
  put("alarm", words);
}

function put(id: string, words: string): void {
  const region = document.getElementById(id);
  if (region) region.textContent = words;
}
