import "../shared/page.css";
import "./desk.css";
import "./dialog.css";
import "./canned.css";
import "./search.css";
import "./news.css";
import "./panel.css";
import "./ringing.css";
import { render } from "preact";
import { browserSocket, reconnectWhenOnline, socketAddress } from "../shared/connection";
import { language } from "../shared/page";
import { browserShelf } from "../shared/unacknowledged";
import { DeskApi } from "./api";
import { TheDesk } from "./around";
import { Desk } from "./desk";
import { DeskPage } from "./DeskPage";
import { PageHerald } from "./herald";

const desk = new Desk(
  new DeskApi(() => language.value),
  browserShelf(),
  () => browserSocket(socketAddress("/desk/socket", location.href)),
  new PageHerald((conversation) => void desk.opened.open(conversation)),
);
reconnectWhenOnline(desk);
void desk.enter().then(openLinked);

render(
  <TheDesk.Provider value={desk}>
    <DeskPage />
  </TheDesk.Provider>,
  document.getElementById("page")!,
);

/** A link to the desk may name the conversation to begin with. */
function openLinked(): void {
  const conversation = location.hash.slice(1);
  if (desk.entry.agent.value && /^[0-9a-f-]{36}$/.test(conversation)) void desk.opened.open(conversation);
}
