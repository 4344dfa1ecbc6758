import { computed, signal } from "@preact/signals";
import { socketAddress } from "../shared/connection";
import type { Language } from "../shared/protocol";

export type CallState = "ready" | "waiting" | "incoming" | "ringing" | "connected" | "ended";

/** One line of what happened in a call. */
export interface Heard {
  id: number;
  by: "line" | "caller" | "key" | "problem" | "end";
  text: string;
  isWhole: boolean;
  isCutShort?: boolean;
}

type Told =
  | { type: "ringing" }
  | { type: "waiting" }
  | { type: "incoming"; from: string }
  | { type: "speaks"; text: string; language: string; last: boolean }
  | { type: "connected"; call: string }
  | { type: "ended"; reason: string }
  | { type: "problem"; text: string };

/** Hears what the line says aloud; a page without a voice stays silent. */
export interface Voice {
  speak(text: string, language: string): void;
  stop(): void;
}

/** A pretended call, as the caller lives it. */
export class Call {
  readonly state = signal<CallState>("ready");
  readonly heard = signal<readonly Heard[]>([]);
  readonly since = signal<string | null>(null);
  readonly isLost = signal(false);
  readonly isOn = computed(() => this.state.value === "ringing" || this.state.value === "connected");
  private socket: WebSocket | null = null;
  private lines = 0;

  constructor(private readonly voice: Voice) {}

  dial(from: string, language: Language): void {
    this.state.value = "ringing";
    this.begin({ type: "call", language }, from);
  }

  /** Be called on a number. */
  wait(from: string): void {
    this.state.value = "waiting";
    this.begin({ type: "wait" }, from);
  }

  pickUp(): void {
    this.send({ type: "pick_up" });
  }

  decline(): void {
    this.send({ type: "decline" });
  }

  private begin(first: object, from: string): void {
    this.heard.value = [];
    this.isLost.value = false;
    const socket = new WebSocket(socketAddress("/demo/phone/socket", location.href));
    this.socket = socket;
    const number = from.replace(/[^\d+]/g, "");
    socket.onopen = () =>
      socket.send(JSON.stringify({ ...first, ...(number && { from: number }) }));
    socket.onmessage = ({ data }) => this.told(JSON.parse(String(data)) as Told);
    socket.onclose = () => this.gone();
  }

  say(text: string): void {
    this.breakIn();
    this.note({ by: "caller", text, isWhole: true });
    this.send({ type: "say", text });
  }

  press(digit: string): void {
    this.voice.stop();
    this.note({ by: "key", text: digit, isWhole: true });
    this.send({ type: "key", digit });
  }

  interrupt(): void {
    this.voice.stop();
    this.cutShort();
    this.send({ type: "interrupt" });
  }

  hangUp(): void {
    this.voice.stop();
    this.send({ type: "hang_up" });
  }

  /** Who speaks over the line silences it; the line itself is told by what is said. */
  breakIn(): void {
    this.voice.stop();
  }

  private told(event: Told): void {
    switch (event.type) {
      case "ringing":
        return;
      case "waiting":
      case "incoming":
        this.state.value = event.type;
        return;
      case "connected":
        this.state.value = "connected";
        this.since.value ??= new Date().toISOString();
        return;
      case "speaks":
        return this.hear(event.text, event.language, event.last);
      case "problem":
        return this.note({ by: "problem", text: event.text, isWhole: true });
      case "ended":
        return this.end();
    }
  }

  private hear(text: string, language: string, isWhole: boolean): void {
    const last = this.heard.value.at(-1);
    if (last?.by === "line" && !last.isWhole) {
      this.change(last.id, { text: last.text + text, isWhole });
    } else if (text) {
      this.note({ by: "line", text, isWhole });
    }
    const line = this.heard.value.at(-1);
    if (isWhole && line?.by === "line") this.voice.speak(line.text, language);
  }

  private cutShort(): void {
    const line = this.heard.value.findLast(({ by }) => by === "line");
    if (line) this.change(line.id, { isCutShort: true, isWhole: true });
  }

  private end(): void {
    if (this.state.value === "ended") return;
    this.state.value = "ended";
    this.since.value = null;
    this.note({ by: "end", text: "", isWhole: true });
    this.socket?.close();
  }

  private gone(): void {
    if (this.state.value === "waiting") {
      // The page has stopped waiting.
      this.state.value = "ready";
      return;
    }
    this.isLost.value = this.state.value !== "ended";
    this.end();
  }

  private note(line: Omit<Heard, "id">): void {
    this.heard.value = [...this.heard.value, { id: ++this.lines, ...line }];
  }

  private change(id: number, change: Partial<Heard>): void {
    this.heard.value = this.heard.value.map((line) =>
      line.id === id ? { ...line, ...change } : line,
    );
  }

  private send(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}
