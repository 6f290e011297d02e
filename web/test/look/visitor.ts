import type { Browser, BrowserContextOptions, Page, Request } from "@playwright/test";
import { type Docs, docs, FakeHub } from "./fake.ts";
import type { Light } from "./looks.ts";
import { numbers, START } from "./ops.data.ts";
import { office, report, results } from "./organiser.data.ts";
import type { Board, State, Weather, World } from "./state.ts";

/** Frames without a change after which a page is as it stays, and how many are waited for at most. */
const CALM = 5;
const MOST = 240;

/** Seconds between two steps of a played clock (short of what a page takes for a hole), and how many. */
const STEP = 3;
const STEPS = 60;

/** The second from which on it is played: short before something happens. */
const begins: Readonly<Record<Weather, number>> = { calm: 300, slow: 660, restarted: 400, gone: 300 };

/** One tab that opens one state after the other, each time as if it had never been here. */
export class Visitor {
  /** What the browser complained of since it was last asked. */
  readonly #said: string[] = [];
  readonly #waiting = new Set<Request>();
  readonly #url: string;
  #now = Date.now();
  readonly #page: Page;
  readonly #hub: FakeHub;
  #state: State | undefined;

  private constructor(page: Page, url: string) {
    this.#page = page;
    this.#url = url;
    this.#hub = new FakeHub(page, this.#now, {});
  }

  static async come(browser: Browser, url: string, options: BrowserContextOptions): Promise<Visitor> {
    const context = await browser.newContext(options);
    const visitor = new Visitor(await context.newPage(), url);
    await visitor.#settle();
    return visitor;
  }

  /** The page when it is as it stays. */
  async open(state: State, light: Light = "light"): Promise<Page> {
    const page = this.#page;
    await page.emulateMedia({ colorScheme: light, media: null });
    await page.goto("about:blank");
    this.#waiting.clear();
    this.#said.length = 0;
    this.#state = state;
    this.#now = Date.now();
    this.#hub.become(this.#now, this.#topics(state));
    state.hub?.(this.#hub);
    const play = state.numbers && (await this.#install(state.numbers));
    await page.goto(this.#url + state.path);
    await page.locator(state.there).first().waitFor();
    await play?.();
    await this.#calm();
    if (state.paper) await page.emulateMedia({ media: "print" });
    await state.act?.(page, this.#hub);
    if (state.numbers) await page.clock.runFor(100);
    if (state.act || state.paper) await this.#calm();
    return page;
  }

  async dim(light: Light): Promise<void> {
    await this.#page.emulateMedia({ colorScheme: light });
    await this.#calm();
  }

  /**
   * All of the page in sight for a while: its foot is at its end, and nothing of it is
   * left out because nobody looks. A hall's screen is as large as it is.
   */
  async unroll<T>(look: (page: Page) => Promise<T>): Promise<T> {
    const page = this.#page;
    const size = page.viewportSize();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const unrolled = size !== null && height > size.height && !(await page.locator(".hall").count());
    if (unrolled) {
      await page.setViewportSize({ ...size, height });
      await page.evaluate(() => scrollTo(0, 0));
      await this.#calm();
    }
    const found = await look(page);
    if (unrolled) await page.setViewportSize(size);
    return found;
  }

  /** What the browser said that does not belong to the state; that a line is down does. */
  complaints(): string[] {
    return this.#said.filter((line) => !(this.#state?.says?.test(line) || line.endsWith("/ws")));
  }

  async leave(): Promise<void> {
    await this.#page.context().close();
  }

  async #settle(): Promise<void> {
    const page = this.#page;
    page.on("console", (m) => m.type() !== "log" && this.#said.push(`${m.text()} ${m.location().url}`));
    page.on("pageerror", (e) => this.#said.push(e.message));
    page.on("request", (r) => this.#waiting.add(r));
    for (const end of ["requestfinished", "requestfailed"] as const)
      page.on(end as "requestfinished", (r) => this.#waiting.delete(r));
    await page.addInitScript(() => {
      if (window !== window.top || !location.protocol.startsWith("http")) return;
      localStorage.clear();
      sessionStorage.clear();
    });
    await this.#hub.start();
    await page.route("**/results.json", (route) => route.fulfill({ json: results }));
    await page.route("**/conferences/*/programme?*", (route) => {
      const dry = new URL(route.request().url()).searchParams.get("dry") === "1";
      return route.fulfill({ json: { ...report(this.#now), applied: !dry } });
    });
    await page.route("**/api/v1/**", async (route) => {
      const answer = this.#state?.rest?.(new URL(route.request().url()));
      if (answer === undefined) await route.fallback();
      else if (answer === "never") this.#waiting.delete(route.request());
      else await route.fulfill(answer);
    });
  }

  #topics(state: State): Docs {
    const topics: Docs = { ...docs(this.#now, state.seat), "conference/waters": { doc: office(this.#now) } };
    const { doc, mine } = topics["session/opening"] ?? { doc: {} };
    const schedule = topics["schedule/waters"]?.doc as World["schedule"];
    state.change?.({ now: this.#now, board: doc as Board, mine: (mine ?? {}) as Board, schedule, topics });
    return topics;
  }

  /** A clock of its own, and numbers that go with it; says how some minutes of them pass. */
  async #install(weather: Weather): Promise<() => Promise<void>> {
    const page = this.#page;
    let step = 0;
    await page.route("**/ops/data.json", (route) => {
      if (weather === "gone" && step > STEPS - 4) return route.abort();
      return route.fulfill({ json: numbers(begins[weather] + step * STEP, weather) });
    });
    await page.clock.install({ time: START });
    return async () => {
      for (; step < STEPS; step++) {
        const heard = page.waitForEvent("requestfinished", { timeout: 100 }).catch(() => undefined);
        await page.clock.fastForward(STEP * 1_000);
        await heard;
      }
    };
  }

  /** Waits until everything that was asked for is here, and nothing changes any more. */
  async #calm(): Promise<void> {
    do await this.#page.evaluate(calm, [CALM, MOST] as const);
    while (this.#waiting.size > 0);
  }
}

/** In the page. What moves for a while is at its end at once. */
async function calm([enough, most]: readonly [number, number]): Promise<void> {
  await document.fonts.ready;
  let still = 0;
  const watch = new MutationObserver(() => {
    still = 0;
  });
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  for (let frame = 0; still < enough && frame < most; frame++, still++) {
    for (const moving of document.getAnimations()) {
      if (!Number.isFinite(moving.effect?.getComputedTiming().endTime) || moving.playState === "finished") continue;
      moving.finish();
      still = 0;
    }
    await new Promise(requestAnimationFrame);
  }
  watch.disconnect();
}
