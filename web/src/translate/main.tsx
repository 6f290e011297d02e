import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/ui.css";
import "../styles/staff.css";
import "../styles/words.css";
import "../styles/translate.css";
import "../i18n/desk.ts";
import { mount } from "../page/mount.tsx";
import { App } from "./App.tsx";

void mount(App);
