import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/ui.css";
import "../styles/attendee.css";
import "../styles/questions.css";
import { mount } from "../page/mount.tsx";
import { App } from "./App.tsx";

void mount(App);
