import { idOf, usePlace } from "../page/route.ts";
import { Door } from "./Door.tsx";
import { conferencePage } from "./later.ts";
import { SessionPage } from "./SessionPage.tsx";

/** The path chooses the page: /s/<session>, /c/<conference>, /j/<code>, /. */
export function App() {
  const { path } = usePlace();
  const id = idOf(path);
  if (path.startsWith("/s/") && id) return <SessionPage key={id} id={id} />;
  if (path.startsWith("/c/") && id) return <conferencePage.View key={id} id={id} />;
  return <Door key={id} given={path.startsWith("/j/") ? id : ""} />;
}
