import { files } from "./files.ts";
import { moderator } from "./moderator.ts";
import { ops } from "./ops.ts";
import { organiser } from "./organiser.ts";
import { polldesk } from "./polldesk.ts";
import { screen } from "./screen.ts";

/** What the staff's pages load besides. */
export const staff = { ...moderator, ...polldesk, ...screen, ...organiser, ...files, ...ops };
