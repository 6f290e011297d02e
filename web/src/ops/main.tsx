import "uplot/dist/uPlot.min.css";
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/ui.css";
import "../styles/staff.css";
import "../styles/ops.css";
import "../i18n/staff.ts";
import { mountPlain } from "../page/mount.tsx";
import { App } from "./App.tsx";

void mountPlain(App);
