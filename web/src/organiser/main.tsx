import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/ui.css";
import "../styles/staff.css";
import "../styles/programme.css";
import "../styles/organiser.css";
import "../styles/upload.css";
import "../styles/sheet.css";
import "../i18n/staff.ts";
import { mount } from "../page/mount.tsx";
import { App } from "./App.tsx";

void mount(App);
