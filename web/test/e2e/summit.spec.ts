import { type Browser, expect, type Page, test } from "@playwright/test";
import { Album } from "./album.ts";
import { desk, enter, hall, phone, question, sees } from "./people.ts";
import { Server } from "./server.ts";

// A session of a summit in fast motion: people ask in four languages, and a hall
// that has none in common hears each other.

const ARABIC = "من يدفع ثمن محطات التحلية الجديدة؟";
const RUSSIAN = "Когда откроют данные о стоке рек?";
const CHINESE = "小城市怎样参加这个项目？";
const ENGLISH = "Who pays for the new desalination plants in the coastal cities?";
const ALIKE = "Who is paying for the new desalination plants of the coastal cities?";

interface Cast {
  server: Server;
  amina: Page;
  boris: Page;
  chen: Page;
  dana: Page;
  chair: Page;
  tariq: Page;
  tara: Page;
  screen: Page;
  podium: Page;
}

test("a summit in four languages", async ({ browser }) => {
  test.setTimeout(420_000);
  const server = await Server.start();
  const album = new Album();
  try {
    const cast = await gather(browser, server);
    await opening(cast, album);
    await asking(cast, album);
    await approving(cast, album);
    await translating(cast, album);
    await voting(cast, album);
    await answering(cast, album);
    await feeling(cast, album);
    await whispering(cast, album);
    await polling(cast, album);
    await darkening(cast, album);
    await closing(cast, album, browser);
  } finally {
    await album.compose(browser);
    await server.stop();
  }
});

async function gather(browser: Browser, server: Server): Promise<Cast> {
  const link = (role: string): string => server.pass(role, "session/ministers");
  const board = `${server.url}/s/ministers`;
  const as = (locale: string) => ({ ...phone, locale });
  const [amina, boris, chen, dana, chair, tariq, tara, screen, podium] = await Promise.all([
    enter(browser, board, as("ar")),
    enter(browser, board, as("ru")),
    enter(browser, board, as("zh-CN")),
    enter(browser, board, as("en")),
    enter(browser, link("moderator"), desk),
    enter(browser, link("translator"), { ...desk, viewport: { width: 1_100, height: 900 } }),
    enter(browser, link("translator"), { ...desk, viewport: { width: 1_100, height: 900 }, locale: "fr" }),
    enter(browser, link("screen"), hall),
    enter(browser, link("stage"), { ...desk, viewport: { width: 1_180, height: 820 } }),
  ]);
  return { server, amina, boris, chen, dana, chair, tariq, tara, screen, podium };
}

const phonesOf = ({ amina, boris, chen, dana }: Cast): Record<string, Page> => ({ amina, boris, chen, dana });

async function opening(cast: Cast, album: Album): Promise<void> {
  await test.step("the board opens; questions go into four languages, the screen shows English beside", async () => {
    const { chair, amina, tariq, podium } = cast;
    await expect(tariq).toHaveURL(/\/translate\/ministers$/);
    await expect(podium).toHaveURL(/\/stage\/ministers$/);
    await chair.getByRole("button", { name: "Open the board" }).first().click();
    await expect(amina.locator("form.ask")).toBeVisible();
    await chair.locator("#tab-session").click();
    await chair.locator("summary", { hasText: "Languages" }).click();
    for (const name of ["Arabic", "Chinese", "English", "Russian"])
      await chair.getByLabel(name, { exact: true }).check();
    await chair.getByLabel("The screen shows").selectOption("en");
    await expect(tariq.getByLabel("Translate into").locator("option")).toHaveCount(4);
    await album.act("The board opens", { chair, ...phonesOf(cast), screen: cast.screen });
  });
}

async function ask(page: Page, words: string): Promise<void> {
  await page.locator("form.ask textarea").fill(words);
  await page.locator("form.ask button[type=submit]").click();
}

async function asking(cast: Cast, album: Album): Promise<void> {
  await test.step("four people ask, each in their own language", async () => {
    const { amina, boris, chen, dana, chair } = cast;
    await ask(amina, ARABIC);
    await ask(boris, RUSSIAN);
    await ask(chen, CHINESE);
    await ask(dana, ENGLISH);
    for (const words of [ARABIC, RUSSIAN, CHINESE, ENGLISH]) await expect(question(chair, words)).toBeVisible();
    // The hub found out which is which.
    await expect(question(chair, ARABIC).locator(".question-text")).toHaveAttribute("lang", "ar");
    await expect(question(chair, RUSSIAN).locator(".question-text")).toHaveAttribute("lang", "ru");
    await expect(question(chair, CHINESE).locator(".question-text")).toHaveAttribute("lang", "zh");
    await expect(question(chair, ENGLISH).locator(".question-text")).toHaveAttribute("lang", "en");
    await expect(question(chair, ARABIC).locator(".question-text")).toHaveAttribute("dir", "rtl");
    await expect(question(dana, ARABIC)).toHaveCount(0);
    await album.act("Asked in Arabic, Russian, Chinese and English", { chair, ...phonesOf(cast) });
  });
}

async function approving(cast: Cast, album: Album): Promise<void> {
  await test.step("approved, and offered to whoever asks the same", async () => {
    const { chair, chen, dana, boris } = cast;
    for (const words of [ARABIC, RUSSIAN, CHINESE, ENGLISH]) {
      await question(chair, words).getByRole("button", { name: "Approve" }).click();
    }
    await sees(dana, CHINESE);
    await chen.locator("form.ask textarea").fill(ALIKE);
    const offer = chen.locator(".similar .button", { hasText: ENGLISH });
    await expect(offer).toBeVisible();
    await album.act("Approved; a similar question is offered while typing", { chair, chen, dana });
    await offer.click();
    await expect(question(chair, ENGLISH)).toContainText("1 vote");
    // Another one asks it all the same, and a moderator makes the two one.
    await boris.locator("form.ask textarea").fill(ALIKE);
    await expect(boris.locator(".similar .button", { hasText: ENGLISH })).toBeVisible();
    await boris.locator("form.ask button[type=submit]").click();
    const twin = question(chair, ALIKE);
    await twin.getByRole("button", { name: "More" }).click();
    await twin.getByRole("button", { name: "Join them with this one" }).click();
    await expect(question(dana, ENGLISH)).toContainText("Asked by 2 people");
  });
}

async function render(desk: Page, words: string, into: string, text: string): Promise<void> {
  await desk.locator(".translate-tools select").selectOption(into);
  const row = question(desk, words);
  await row.getByRole("button", { name: /^(Translate|Traduire)$/ }).click();
  await row.locator("textarea").fill(text);
  await row.locator("form button[type=submit]").click();
}

async function translating(cast: Cast, album: Album): Promise<void> {
  await test.step("two translators share the work, and nobody writes what another one writes", async () => {
    const { tariq, tara, dana, amina, boris, screen } = cast;
    await tariq.getByLabel("How others call you").fill("Tariq");
    await tariq.getByLabel("How others call you").press("Enter");
    await tariq.locator(".translate-tools select").selectOption("en");
    await tara.locator(".translate-tools select").selectOption("en");
    await question(tariq, ARABIC).getByRole("button", { name: "Translate" }).click();
    await expect(question(tara, ARABIC)).toContainText("Tariq");
    await expect(question(tara, ARABIC).getByRole("button", { name: "Traduire" })).toHaveCount(0);
    await album.act("One translates, the other sees it", { tariq, tara });
    await question(tariq, ARABIC).locator("textarea").fill("Who will pay for the new desalination stations?");
    await question(tariq, ARABIC).locator("form button[type=submit]").click();
    await render(tara, RUSSIAN, "en", "When will the data on river flow be opened?");
    await render(tariq, CHINESE, "en", "How can small cities take part in this project?");
    await render(tara, ENGLISH, "ar", "من يدفع ثمن محطات التحلية الجديدة في المدن الساحلية؟");
    await render(tariq, ENGLISH, "ru", "Кто платит за новые опреснительные заводы в прибрежных городах?");
    await sees(dana, "When will the data on river flow be opened?");
    await sees(amina, "من يدفع ثمن محطات التحلية الجديدة في المدن الساحلية؟");
    await sees(boris, "Кто платит за новые опреснительные заводы");
    // The screen has both.
    await sees(screen, "How can small cities take part in this project?");
    await sees(screen, CHINESE);
    // And a reader may see what was written.
    await dana.getByRole("button", { name: "Show what was written" }).first().click();
    await sees(dana, RUSSIAN);
    await album.act("Everybody reads everybody", { ...phonesOf(cast), screen });
  });
}

async function voting(cast: Cast, album: Album): Promise<void> {
  await test.step("votes, and what comes next on the stage", async () => {
    const { amina, boris, dana, chair, podium, screen } = cast;
    for (const page of [amina, boris, dana])
      await question(page, CHINESE).or(question(page, "How can small")).first().locator(".vote").first().click();
    await expect(question(chair, CHINESE)).toContainText("3 votes");
    for (const words of [ENGLISH, CHINESE]) {
      await question(chair, words).getByRole("button", { name: "More" }).click();
      await question(chair, words).getByRole("button", { name: "Queue" }).click();
    }
    await sees(podium, "How can small cities take part in this project?");
    await album.act("Votes, and the queue on the stage", { chair, podium, screen });
  });
}

async function answering(cast: Cast, album: Album): Promise<void> {
  await test.step("one is answered, in two languages on the screen", async () => {
    const { chair, chen, dana, podium, screen } = cast;
    await question(chair, CHINESE).getByRole("button", { name: "Answer now" }).click();
    await sees(dana, "Being answered now");
    await sees(screen, CHINESE);
    await sees(screen, "How can small cities take part in this project?");
    await sees(podium, "Answer now");
    await album.act("Being answered", { chen, dana, podium, screen });
  });
}

async function feeling(cast: Cast, album: Album): Promise<void> {
  await test.step("the hall claps, and somebody is lost", async () => {
    const { amina, boris, chen, dana, podium, screen, chair } = cast;
    const lost = dana.locator(".reactions");
    await lost.getByRole("button", { name: "How is the pace?" }).click();
    await lost.getByRole("button", { name: "I am lost" }).click();
    await Promise.all([
      expect(screen.locator(".flow-mark").first()).toBeVisible(),
      expect(dana.locator(".flow-mark").first()).toBeVisible(),
      ...[amina, boris, chen].map((page) => page.locator(".feeling[data-feeling=applause]").click()),
      amina.locator(".feeling[data-feeling=heart]").click(),
    ]);
    await expect(podium.locator(".pace-one[data-pace=lost]")).toContainText("1");
    await expect(chair.locator(".pace-one[data-pace=lost]")).toContainText("1");
    await expect(screen.locator(".pace-one")).toHaveCount(0);
    await album.act("The hall claps; one says that they are lost", { dana, podium, chair, screen });
  });
}

async function whispering(cast: Cast, album: Album): Promise<void> {
  await test.step("a note to the stage is read", async () => {
    const { chair, podium } = cast;
    await chair.getByLabel("Note", { exact: true }).fill("Slower, please: the interpreters are behind");
    await chair.getByRole("button", { name: "Send to the stage" }).click();
    await sees(podium, "Slower, please: the interpreters are behind");
    await sees(chair, "Not read yet");
    await album.act("A note from backstage", { chair, podium });
    await podium.getByRole("button", { name: "Got it" }).click();
    await expect(podium.getByText("Slower, please")).toHaveCount(0);
    await sees(chair, "Read at");
  });
}

const POLLS = [
  { kind: "single", title: "Water first, or energy?", options: ["Water", "Energy"], results: "shown" },
  { kind: "rating", title: "How good was this panel?", results: "shown" },
  { kind: "cloud", title: "One word for today", max: 1, results: "shown" },
];
const WORDS = ["ماء", "вода", "水", "water"];

const poll = (page: Page, title: string) => page.locator(".poll", { hasText: title });
const send = (page: Page, title: string) => poll(page, title).locator("form button[type=submit]").last().click();

async function polling(cast: Cast, album: Album): Promise<void> {
  await test.step("polls of three kinds, prepared and opened one after the other", async () => {
    const { chair, screen, podium } = cast;
    await question(chair, CHINESE).getByRole("button", { name: "Answered" }).click();
    await chair.locator("#tab-polls").click();
    const file = JSON.stringify({ majlis: "polls", v: 1, polls: POLLS });
    await chair
      .locator('input[type="file"]')
      .setInputFiles({ name: "polls.json", mimeType: "application/json", buffer: Buffer.from(file) });
    await expect(chair.locator(".mod-poll")).toHaveCount(POLLS.length);
    for (const { kind, title } of POLLS) {
      await chair.locator("h1").click();
      await chair.keyboard.press("n");
      for (const [i, page] of Object.values(phonesOf(cast)).entries()) {
        await expect(poll(page, title)).toBeVisible();
        if (kind === "single")
          await poll(page, title)
            .getByRole("radio")
            .nth(i === 3 ? 1 : 0)
            .check();
        if (kind === "rating")
          await poll(page, title)
            .getByRole("radio")
            .nth(i + 1)
            .check({ force: true });
        if (kind === "cloud")
          await poll(page, title)
            .locator("input")
            .first()
            .fill(WORDS[i] ?? "");
        await send(page, title);
      }
      await expect(chair.locator(".mod-poll", { hasText: title })).toContainText("4 answers");
      await expect(screen.locator(".big-poll")).toContainText(title);
      if (kind === "single") await sees(screen, "75%");
      if (kind === "cloud") for (const word of WORDS) await expect(screen.locator(".big-poll")).toContainText(word);
      await expect(podium.locator(".podium-poll")).toContainText(title);
      await album.act(`A poll: ${title}`, { ...phonesOf(cast), screen, podium });
      await chair.locator("h1").click();
      await chair.keyboard.press("c");
      await expect(screen.locator(".big-poll")).toHaveCount(0);
    }
  });
}

async function darkening(cast: Cast, album: Album): Promise<void> {
  await test.step("the panic key: the screen holds nothing, and comes back", async () => {
    const { chair, screen } = cast;
    await chair.getByRole("button", { name: "Clear all screens" }).click();
    await expect(screen.getByText(ENGLISH)).toHaveCount(0);
    await album.act("The panic key", { chair, screen });
    await chair.getByRole("button", { name: "Show again" }).click();
    await sees(screen, ENGLISH);
  });
}

async function closing(cast: Cast, album: Album, browser: Browser): Promise<void> {
  await test.step("the end, and what came of it", async () => {
    const { chair, dana, server, screen } = cast;
    await question(chair, ENGLISH).getByRole("button", { name: "Answer now" }).click();
    await question(chair, ENGLISH).getByRole("button", { name: "Answered" }).click();
    const office = await enter(browser, server.pass("organiser", "conference/summit"), desk);
    await office.locator("#tab-results").click();
    await office.locator("li.ses").filter({ hasText: "Ministers" }).locator(".button").first().click();
    await sees(office, CHINESE);
    await chair.getByRole("button", { name: "Close the board" }).click();
    await sees(dana, "The board of this session is not open.");
    await album.act("The end, and the results", { dana, screen, office });
  });
}
