import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { axe } from "./axe.ts";
import { serve } from "./fake.ts";
import { misfits } from "./fit.ts";
import { optionsOf, readers } from "./looks.ts";
import type { State } from "./state.ts";
import { organiser } from "./states/organiser.ts";
import { stage } from "./states/stage.ts";
import { translate } from "./states/translate.ts";
import { Visitor } from "./visitor.ts";

// Pages that no other test here reads with axe, in each of their states: left to right and right to left, on a phone and
// on a desk, and in both lights between them. `make look` does it to every page.

let server: Server;
let url = "";
test.beforeAll(async () => {
  ({ server, url } = await serve(process.env["MAJLIS_DIST"] ?? fileURLToPath(new URL("../../dist", import.meta.url))));
});
test.afterAll(() => void server.close());

const pages: Readonly<Record<string, readonly State[]>> = {
  stage,
  translate,
  "settings of the organiser": organiser.filter(({ path }) => path.endsWith("#settings")),
};

for (const [name, states] of Object.entries(pages)) {
  test(`axe finds nothing, and all fits: ${name}`, async ({ browser }) => {
    test.slow();
    const wrong: string[] = [];
    for (const reader of readers.filter(({ brief }) => !brief)) {
      const visitor = await Visitor.come(browser, url, optionsOf(reader));
      for (const state of states) {
        const page = await visitor.open(state, reader.lights[0]);
        const found = [...(await visitor.unroll(axe)), ...(await misfits(page)), ...visitor.complaints()];
        wrong.push(...found.map((line) => `${state.name}, ${reader.size} ${reader.locale}: ${line}`));
      }
      await visitor.leave();
    }
    expect(wrong).toEqual([]);
  });
}
