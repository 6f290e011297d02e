import { mkdirSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type Browser, expect, test } from "@playwright/test";
import { axe } from "../look/axe.ts";
import { serve } from "../look/fake.ts";
import { misfits } from "../look/fit.ts";
import { type Light, optionsOf, type Reader, readers } from "../look/looks.ts";
import type { State } from "../look/state.ts";
import { states } from "../look/states/all.ts";
import { Visitor } from "../look/visitor.ts";
import { compose, type Picture } from "./compose.ts";

// A sheet for each page in each of its states, look/<page>.png; the single pictures are in look/<page>.

const folder = fileURLToPath(new URL("../../../look/", import.meta.url));
const WIDTH = 3_300;
const widths = { phone: 200, desk: 560 } as const;

let server: Server;
let url = "";
test.beforeAll(async () => {
  ({ server, url } = await serve(process.env["MAJLIS_DIST"] ?? fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

for (const [name, all] of Object.entries(states)) {
  test(`the page: ${name}`, async ({ browser }) => {
    rmSync(folder + name, { recursive: true, force: true });
    mkdirSync(folder + name, { recursive: true });
    const album = new Map(all.map((state) => [state.name, [] as Picture[]]));
    const wrong: string[] = [];
    for (const reader of readers) wrong.push(...(await tour(browser, name, reader, album)));
    await compose(
      browser,
      `${folder}${name}.png`,
      [...album].map(([title, pictures]) => ({ title, pictures })),
      WIDTH,
    );
    expect(wrong).toEqual([]);
  });
}

/** One reader looks at everything that is for their eyes; says what is wrong with it. */
async function tour(browser: Browser, name: string, reader: Reader, album: Map<string, Picture[]>): Promise<string[]> {
  const wrong: string[] = [];
  const seen = (states[name] ?? []).filter((state) => isFor(state, reader));
  let visitor: Visitor | undefined;
  for (const state of seen) {
    // A clock that is played stays played.
    if (state.numbers) await visitor?.leave();
    if (state.numbers || !visitor) visitor = await Visitor.come(browser, url, optionsOf(reader));
    const pictures = album.get(state.name) ?? [];
    const found = await shoot(visitor, name, state, reader, pictures).catch((e: Error) => [
      `does not come: ${e.message}`,
    ]);
    wrong.push(...found.map((line) => `${state.name}, ${reader.size} ${reader.locale}: ${line}`));
  }
  await visitor?.leave();
  return wrong;
}

const isFor = (state: State, { size, brief }: Reader): boolean =>
  (state.usual === true || !brief) && (state.sizes?.includes(size) ?? true);

async function shoot(
  visitor: Visitor,
  name: string,
  state: State,
  { size, locale, lights }: Reader,
  pictures: Picture[],
): Promise<string[]> {
  const [first] = lights;
  const page = await visitor.open(state, first);
  const found: string[] = [];
  const take = (light: Light): Promise<void> =>
    visitor.unroll(async () => {
      const caption = `${size} ${light} ${locale}`;
      const file = `${folder}${name}/${caption}: ${state.name}`.replaceAll(/[: ,.]+/g, "-").concat(".jpg");
      await page.screenshot({ path: file, type: "jpeg", quality: 85, fullPage: true });
      pictures.push({ file, caption, width: widths[size] });
      if (!state.paper) found.push(...(await axe(page)).map((line) => `${light} ${line}`));
    });
  await take(first);
  if (!state.paper) found.push(...(await misfits(page)));
  for (const light of state.usual ? lights.slice(1) : []) {
    await visitor.dim(light);
    await take(light);
  }
  return [...found, ...visitor.complaints()];
}
