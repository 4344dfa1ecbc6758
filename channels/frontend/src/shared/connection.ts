import { type ReadonlySignal, signal } from "@preact/signals";
import { Backoff } from "./backoff";

export type LinkState = "idle" | "connecting" | "online" | "offline";

/** What a connection needs of a WebSocket. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

/** The timers that a connection needs; a test gives its own. */
export interface Clock {
  after(milliseconds: number, then: () => void): () => void;
}

export const wallClock: Clock = {
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface Ends<In, Out> {
  open: () => Socket;
  /** Said first on every new socket. */
  greeting: () => Out[];
  heard: (frame: In) => void;
  /** Told of the code with which the server hung up; true means: do not come back. */
  turnedAway?: (code: number) => boolean;
  clock?: Clock;
  backoff?: Backoff;
}

/** A server that accepts a socket and then says nothing is as good as gone. */
export const SILENCE_MS = 10_000;

/** A socket that comes back by itself until it is stopped. */
export class Connection<In, Out> {
  private readonly link = signal<LinkState>("idle");
  private readonly backoff: Backoff;
  private readonly clock: Clock;
  private socket: Socket | null = null;
  private cancelTimer: () => void = () => {};

  constructor(private readonly ends: Ends<In, Out>) {
    this.backoff = ends.backoff ?? new Backoff();
    this.clock = ends.clock ?? wallClock;
  }

  /** Online from the first frame heard, for an open socket alone proves nothing. */
  get state(): ReadonlySignal<LinkState> {
    return this.link;
  }

  /** Connect, unless that is under way. */
  start(): void {
    if (this.link.value === "idle") this.connect();
  }

  /** Let go, for good or until the next start. */
  stop(): void {
    this.drop();
    this.link.value = "idle";
  }

  /** Try at once: the network is back, or something was missed. */
  restart(): void {
    if (this.link.value === "idle") return;
    this.drop();
    this.connect();
  }

  /** Send now, or say that nobody would hear it. */
  send(frame: Out): boolean {
    if (this.link.value !== "online" || !this.socket) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    if (this.link.value === "idle") this.link.value = "connecting";
    const socket = this.ends.open();
    this.socket = socket;
    socket.onopen = () => {
      for (const frame of this.ends.greeting()) socket.send(JSON.stringify(frame));
    };
    socket.onmessage = ({ data }) => this.hear(data);
    socket.onclose = ({ code }) => this.hungUp(code);
    this.cancelTimer();
    this.cancelTimer = this.clock.after(SILENCE_MS, () => this.lost());
  }

  private hear(data: unknown): void {
    const frame = parsed<In>(data);
    if (frame === null) return;
    this.cancelTimer();
    this.backoff.reset();
    this.link.value = "online";
    this.ends.heard(frame);
  }

  private hungUp(code: number): void {
    if (this.ends.turnedAway?.(code)) this.stop();
    else this.lost();
  }

  private lost(): void {
    this.drop();
    this.link.value = "offline";
    this.cancelTimer = this.clock.after(this.backoff.next(), () => this.connect());
  }

  private drop(): void {
    this.cancelTimer();
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

function parsed<In>(data: unknown): In | null {
  try {
    return typeof data === "string" ? (JSON.parse(data) as In) : null;
  } catch {
    return null;
  }
}

/** Return the address of a socket on the server that `origin` names. */
export function socketAddress(path: string, origin: string): string {
  return new URL(path, origin).href.replace(/^http/, "ws");
}

/** Open a browser's socket; what it cannot say in time is found by `Connection`. */
export function browserSocket(address: string): Socket {
  return new WebSocket(address) as unknown as Socket;
}

/** Try again as soon as the browser says that the network is back. */
export function reconnectWhenOnline(connection: { restart(): void }): void {
  window.addEventListener("online", () => connection.restart());
}
