import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Milliseconds after which a part that did not come is asked for again. */
const AGAIN_AFTER = 3_000;

/** A component that is loaded when it is first drawn, or before, by `prefetch`; until then its children stand alone. */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
): { View: ComponentType<P>; prefetch: () => void } {
  let loaded: ComponentType<P> | undefined;
  const fetch = async (): Promise<ComponentType<P> | undefined> => {
    loaded ??= await load().catch(() => undefined);
    return loaded;
  };
  const View = (props: P) => {
    const [Found, set] = useState(() => loaded);
    useEffect(() => {
      if (Found) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = async (): Promise<void> => {
        const found = await fetch();
        if (found) set(() => found);
        else timer = setTimeout(() => void look(), AGAIN_AFTER);
      };
      void look();
      return () => clearTimeout(timer);
    }, [Found]);
    if (Found) return <Found {...props} />;
    return <>{(props as { children?: ComponentChildren }).children}</>;
  };
  return { View, prefetch: () => void fetch() };
}
