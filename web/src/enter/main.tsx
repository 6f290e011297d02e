import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/ui.css";
import { mountPlain } from "../page/mount.tsx";
import { EnterPage } from "./EnterPage.tsx";

void mountPlain(EnterPage);
