import { files } from "./files.ts";
import { moderator } from "./moderator.ts";
import { ops } from "./ops.ts";
import { organiser } from "./organiser.ts";
import { screen } from "./screen.ts";

/** What the staff's pages load besides. */
export const staff = { ...moderator, ...screen, ...organiser, ...files, ...ops };
