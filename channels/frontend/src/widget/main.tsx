import { render } from "preact";
import { Chat } from "../shared/chat";
import { browserSocket, reconnectWhenOnline, socketAddress } from "../shared/connection";
import type { Language } from "../shared/protocol";
import { browserShelf } from "../shared/unacknowledged";
import { isLanguage, preferredLanguage } from "../shared/wording";
import { Frame } from "./frame";
import { Widget } from "./Widget";
import styles from "./widget.css?inline";

// Known only while the script itself runs, not later.
const script = document.currentScript as HTMLScriptElement | null;
const home = script?.src || window.location.href;

const shelf = browserShelf();
const chat = new Chat({
  open: () => browserSocket(socketAddress("/chat/socket", home)),
  shelf,
  language: pageLanguage(),
  customerToken: script?.dataset.customerToken ?? null,
});
const frame = new Frame(chat, shelf);

/** What the page may ask of the widget, by the name `Rapport`. */
export function open(): void {
  frame.open();
}
export function close(): void {
  frame.close();
}
export function speak(language: Language): void {
  if (isLanguage(language)) chat.speak(language);
}
export function identify(customerToken: string): void {
  chat.identify(customerToken);
}

function pageLanguage(): Language {
  const named = script?.dataset.language ?? document.documentElement.lang;
  return preferredLanguage(named || null, navigator.languages);
}

function appear(): void {
  const host = document.createElement("rapport-chat");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  document.body.append(host);
  render(
    <Widget chat={chat} frame={frame} productAddress={script?.dataset.productAddress ?? null} />,
    root,
  );
  reconnectWhenOnline(chat);
  frame.resume();
}

appear();
