import { computed, signal } from "@preact/signals";
import type { Shelf } from "../shared/unacknowledged";
import type { Line, Lists } from "./protocol";

export type NewsKind = "rings" | "said";

/** How an agent is told of something who looks elsewhere. */
export interface Herald {
  /** Whether the agent has the page before their eyes. */
  isWatched(): boolean;
  sound(): void;
  /** Show a line beside the browser; a click on it leads to the conversation. */
  show(kind: NewsKind, line: Line): void;
}

const LOUD = "rapport.desk.loud";

/** What is new for the agent: who is offered to them, and what their own customers have said. */
export class News {
  /** Whether there are sounds; kept in the browser, for it is about this place. */
  readonly isLoud = signal(true);
  /** Of the agent's own, those in which something was said that they have not looked at. */
  readonly unread = signal<ReadonlySet<string>>(new Set());
  private readonly waiting = signal(0);
  /** How much there is to look at, for the page's title. */
  readonly count = computed(() => this.waiting.value + this.unread.value.size);
  private readonly seen = new Map<string, number>();
  private rung: string | null = null;

  constructor(
    private readonly shelf: Shelf,
    private readonly herald: Herald,
    private readonly wantsPeace: () => boolean,
  ) {
    this.isLoud.value = shelf.getItem(LOUD) !== "no";
  }

  choose(isLoud: boolean): void {
    this.isLoud.value = isLoud;
    if (isLoud) this.shelf.removeItem(LOUD);
    else this.shelf.setItem(LOUD, "no");
  }

  /** Compare the lists with what was seen, while a conversation is open or none. */
  compare({ waiting, mine }: Lists, open: string | null): void {
    const looksAt = this.herald.isWatched() ? open : null;
    const unread = mine.filter((line) => this.isUnread(line, looksAt));
    const fresh = unread.filter(({ id }) => !this.unread.value.has(id));
    this.waiting.value = waiting.length;
    this.unread.value = new Set(unread.map(({ id }) => id));
    this.tell("said", fresh);
  }

  /** A customer is offered to the agent, or none any more. */
  ring(line: Line | null): void {
    const isNew = line !== null && line.id !== this.rung;
    this.rung = line?.id ?? null;
    if (isNew) this.tell("rings", [line]);
  }

  private isUnread({ id, last = 0 }: Line, looksAt: string | null): boolean {
    // What was there when the page was opened, the agent is shown anyway.
    if (id === looksAt || !this.seen.has(id)) this.seen.set(id, last);
    return last > this.seen.get(id)!;
  }

  private tell(kind: NewsKind, lines: readonly Line[]): void {
    if (lines.length === 0 || this.wantsPeace()) return;
    if (this.isLoud.value) this.herald.sound();
    if (!this.herald.isWatched()) for (const line of lines) this.herald.show(kind, line);
  }
}
