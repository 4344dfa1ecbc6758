import { render } from "preact";
import { Chat } from "../shared/chat";
import { browserSocket, reconnectWhenOnline, socketAddress } from "../shared/connection";
import type { Language } from "../shared/protocol";
import { browserShelf } from "../shared/unacknowledged";
import { isLanguage, preferredLanguage } from "../shared/wording";
import { Frame } from "./frame";
import baseStyles from "./base.css?inline";
import { Looking, postTo } from "./looking";
import { Strip } from "./Strip";
import stripStyles from "./strip.css?inline";
import { Around, Widget } from "./Widget";
import styles from "./widget.css?inline";

// Known only while the script itself runs, not later.
const script = document.currentScript as HTMLScriptElement | null;
const home = script?.src || window.location.href;

const shelf = browserShelf();
let cameByLink = false;
const chat = new Chat({
  open: () => browserSocket(socketAddress("/chat/socket", home)),
  shelf,
  language: pageLanguage(),
  customerToken: script?.dataset.customerToken ?? null,
  link: linkOfAddress(),
});
const frame = new Frame(chat, shelf);

const looking = new Looking({
  chat,
  post: postTo(home),
  customerToken: script?.dataset.customerToken ?? null,
});
const productAddress = script?.dataset.productAddress ?? null;
let looked: { place: HTMLElement; sku: string } | null = null;

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
  looking.identify(customerToken);
  chat.identify(customerToken);
}
/** A product is looked at, named by `data-rapport-product`; what goes with it appears in there. */
export function viewed(place: HTMLElement): void {
  const sku = place.dataset.rapportProduct;
  // The page and we may both have seen that it is there.
  if (!sku || (looked?.place === place && looked.sku === sku)) return;
  looked = { place, sku };
  const root = place.shadowRoot ?? shadowOf(place, stripStyles);
  render(
    <Around.Provider value={{ chat, frame, productAddress }}>
      <Strip looking={looking} />
    </Around.Provider>,
    root,
  );
  looking.offers.value = [];
  void looking.at(sku);
}

function pageLanguage(): Language {
  const named = script?.dataset.language ?? document.documentElement.lang;
  return preferredLanguage(named || null, navigator.languages);
}

/** The token of a link; it is taken out of the address, which others may see or keep. */
function linkOfAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get("rapport");
  if (token === null) return null;
  cameByLink = true;
  history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}

function appear(): void {
  const host = document.createElement("rapport-chat");
  const root = shadowOf(host, styles);
  document.body.append(host);
  render(<Widget chat={chat} frame={frame} productAddress={productAddress} />, root);
  reconnectWhenOnline(chat);
  if (cameByLink) frame.open();
  else frame.resume();
  const product = document.querySelector<HTMLElement>("[data-rapport-product]");
  if (product) viewed(product);
}

function shadowOf(host: HTMLElement, css: string): ShadowRoot {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(baseStyles + css);
  root.adoptedStyleSheets = [sheet];
  return root;
}

appear();
