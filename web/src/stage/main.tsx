import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/ui.css";
import "../styles/pictures.css";
import "../styles/screen.css";
import "../styles/pace.css";
import "../styles/stage.css";
import "../i18n/desk.ts";
import { mount } from "../page/mount.tsx";
import { App } from "./App.tsx";

void mount(App);
