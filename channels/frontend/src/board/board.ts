import { signal } from "@preact/signals";
import { Refusal } from "../shared/ask";
import type { BoardApi, Viewer } from "./api";
import type { Counted, Detail, Look, Now, Numbers, Person } from "./protocol";

const REFRESH_MS = 15_000;
const RETRY_MS = 3_000;
const FIRST = "service_level";

/** The board: what it looks at, the numbers, and the one that is taken apart. */
export class Board {
  /** Null when nobody is logged in; undefined until that is known. */
  readonly viewer = signal<Viewer | null | undefined>(undefined);
  readonly look = signal<Look>({ days: 1, channel: null, language: null });
  readonly numbers = signal<Numbers | null>(null);
  readonly now = signal<Now>({});
  readonly people = signal<readonly Person[]>([]);
  readonly chosen = signal(FIRST);
  readonly detail = signal<Detail | null>(null);
  readonly counted = signal<readonly Counted[]>([]);
  readonly isOffline = signal(false);
  private watching = new AbortController();

  constructor(private readonly api: BoardApi) {}

  async enter(): Promise<void> {
    try {
      this.viewer.value = await this.api.me();
    } catch {
      this.viewer.value = null;
    }
    if (!this.viewer.value?.rights.includes("oversee")) return;
    setInterval(() => void this.refresh(), REFRESH_MS);
    void this.turn({});
  }

  /** Look at another time or part of all. */
  async turn(change: Partial<Look>): Promise<void> {
    this.look.value = { ...this.look.value, ...change };
    void this.watch();
    await this.refresh();
  }

  /** Take another number apart. */
  async choose(key: string): Promise<void> {
    this.chosen.value = key;
    this.detail.value = null;
    this.counted.value = [];
    await this.readDetail();
  }

  /** Read everything anew, unless nobody sees it. */
  async refresh(): Promise<void> {
    if (document.hidden) return;
    const { value: look } = this.look;
    await this.reading(async () => {
      const numbers = await this.api.numbers(look);
      if (look === this.look.value) this.numbers.value = numbers;
    });
    await this.readDetail();
  }

  private async readDetail(): Promise<void> {
    const [look, key] = [this.look.value, this.chosen.value];
    await this.reading(async () => {
      const [detail, counted] = await Promise.all([
        this.api.detail(key, look),
        this.api.counted(key, look),
      ]);
      if (look !== this.look.value || key !== this.chosen.value) return;
      this.detail.value = detail;
      this.counted.value = counted;
    });
  }

  /** Follow what is so at this moment, for as long as the look is the same. */
  private async watch(): Promise<void> {
    this.watching.abort();
    const { signal } = (this.watching = new AbortController());
    let seen = "";
    while (!signal.aborted) {
      const isRead = await this.reading(async () => {
        const told = await this.api.now(this.look.value, seen, signal);
        if (signal.aborted) return;
        seen = told.seen;
        this.now.value = told.now;
        this.people.value = told.people;
      });
      if (!isRead && !signal.aborted) await pause(RETRY_MS);
    }
  }

  private async reading(read: () => Promise<void>): Promise<boolean> {
    try {
      await read();
      this.isOffline.value = false;
      return true;
    } catch (trouble) {
      if (trouble instanceof Refusal && trouble.status === 401) this.leave();
      else if (!isAbort(trouble)) this.isOffline.value = true;
      return false;
    }
  }

  private leave(): void {
    this.watching.abort();
    this.viewer.value = null;
  }
}

function isAbort(trouble: unknown): boolean {
  return trouble instanceof DOMException && trouble.name === "AbortError";
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}
