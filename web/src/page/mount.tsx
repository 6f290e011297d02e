import { type ComponentType, Fragment, render } from "preact";
import { start, useLanguage } from "../i18n/index.ts";
import { HubContext } from "../live/hooks.ts";
import { Hub } from "../live/hub.ts";
import { Toasts } from "../ui/Toasts.tsx";

/** Starts a page that talks with the hub: its language first, then the line, then the picture. */
export async function mount(Page: ComponentType): Promise<void> {
  await start();
  const hub = new Hub();
  hub.start();
  draw(
    <HubContext.Provider value={hub}>
      <InLanguage Page={Page} />
    </HubContext.Provider>,
  );
}

/** Starts a page without a line. */
export async function mountPlain(Page: ComponentType): Promise<void> {
  await start();
  draw(<InLanguage Page={Page} />);
}

/** Draws the page anew when the language changes; drafts live outside of it. */
function InLanguage({ Page }: { Page: ComponentType }) {
  const language = useLanguage();
  return (
    <Fragment key={language}>
      <Page />
      <Toasts />
    </Fragment>
  );
}

function draw(tree: preact.JSX.Element): void {
  const root = document.getElementById("app");
  if (root) render(tree, root);
}
