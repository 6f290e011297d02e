import { lazy } from "../page/lazy.tsx";

const besides = async () => {
  const part = await import("./besides.tsx");
  await part.extraWords();
  return part;
};

/** What stands beside the picture, and need not be there first. */
export const flow = lazy(async () => (await besides()).Flow);
export const machineMark = lazy(async () => (await besides()).MachineMark);
