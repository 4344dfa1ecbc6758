import type { Herald, NewsKind } from "../src/desk/news";
import type { Line } from "../src/desk/protocol";
import type { Clock, Socket } from "../src/shared/connection";

/** A socket whose other end is the test. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.isClosed = true;
  }

  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  breaks(code = 1006): void {
    this.onclose?.({ code });
  }

  sentOf(type: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.type === type);
  }
}

/** Hands out fake sockets and remembers them. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];

  readonly open = (): FakeSocket => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };

  get last(): FakeSocket {
    return this.sockets.at(-1)!;
  }
}

/** A clock that moves when it is told to. */
export class FakeClock implements Clock {
  private now = 0;
  private timers: { at: number; then: () => void }[] = [];
  readonly waits: number[] = [];

  after(milliseconds: number, then: () => void): () => void {
    const timer = { at: this.now + milliseconds, then };
    this.waits.push(milliseconds);
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { then } of due) then();
  }
}

/** Notes what an agent would have been told, and whether they look is up to the test. */
export class FakeHerald implements Herald {
  sounds = 0;
  isBefore = true;
  readonly shown: [NewsKind, string][] = [];

  isWatched(): boolean {
    return this.isBefore;
  }
  sound(): void {
    this.sounds += 1;
  }
  show(kind: NewsKind, { id }: Line): void {
    this.shown.push([kind, id]);
  }
}
