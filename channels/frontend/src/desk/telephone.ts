import { type Signal, signal } from "@preact/signals";
import { socketAddress } from "../shared/connection";

/** How the agent's telephone on the page stands. */
export type Line = "quiet" | "rings" | "talks";

/** The agent's telephone in the browser: a pretended one, or Twilio's. */
export interface Telephone {
  readonly line: Signal<Line>;
  /** What is heard, in words; Twilio's telephone speaks instead. */
  readonly heard: Signal<readonly string[]>;
  /** Whether words are typed that a voice would say. */
  readonly isSilent: boolean;
  pickUp(): void;
  decline(): void;
  press(digit: string): void;
  say(text: string): void;
  hangUp(): void;
}

type Told = { type: "rings" } | { type: "talks" } | { type: "over" } | { type: "hears"; text: string };

/** The demo's telephone: what would be spoken is written. */
export class DemoTelephone implements Telephone {
  readonly line = signal<Line>("quiet");
  readonly heard = signal<readonly string[]>([]);
  readonly isSilent = true;
  private readonly socket = new WebSocket(socketAddress("/demo/phone/telephone", location.href));

  constructor() {
    this.socket.onmessage = ({ data }) => this.told(JSON.parse(String(data)) as Told);
    this.socket.onclose = () => (this.line.value = "quiet");
  }

  pickUp(): void {
    this.send({ type: "pick_up" });
  }

  decline(): void {
    this.send({ type: "decline" });
  }

  press(digit: string): void {
    this.send({ type: "key", digit });
  }

  say(text: string): void {
    this.heard.value = [...this.heard.value, `— ${text}`];
    this.send({ type: "say", text });
  }

  hangUp(): void {
    this.send({ type: "hang_up" });
  }

  private told(event: Told): void {
    if (event.type === "hears") {
      this.heard.value = [...this.heard.value, event.text];
      return;
    }
    if (event.type === "rings") this.heard.value = [];
    this.line.value = event.type === "over" ? "quiet" : event.type;
  }

  private send(frame: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}
