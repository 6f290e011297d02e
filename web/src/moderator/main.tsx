import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/ui.css";
import "../styles/staff.css";
import "../styles/moderator.css";
import "../styles/questions.css";
import "../styles/later.css";
import "../styles/desk.css";
import "../i18n/staff.ts";
import { mount } from "../page/mount.tsx";
import { App } from "./App.tsx";

void mount(App);
