import { signal } from "@preact/signals";
import { newId } from "../shared/chat";
import { type Clock, wallClock } from "../shared/connection";
import { LONGEST_TEXT } from "../shared/protocol";
import type { Shelf } from "../shared/unacknowledged";
import type { DeskOut, DraftsFrame } from "./protocol";

export type Box = "reply" | "note";

interface Draft {
  text: string;
  /** Of the last try to send these very words: a second try under it is not a second message. */
  id?: string;
  tried?: string;
}

/** Where drafts are kept, and for whom. */
export interface Keeping {
  shelf: Shelf;
  /** Whose they are: at one browser, several may work one after the other. */
  agent: () => string | undefined;
  /** Tell the server, which keeps them for another browser. */
  tell: (frame: DeskOut) => unknown;
  clock?: Clock;
}

const TOLD_MS = 800;

/** What an agent has begun to write, kept in the browser and by the server until it is sent. */
export class Drafts {
  /** Rises when words were put into a box from elsewhere on the page. */
  readonly inserted = signal(0);
  /** Rises when the server knew of words that this browser did not. */
  readonly learned = signal(0);
  private readonly clock: Clock;
  private readonly untold = new Map<string, () => void>();

  constructor(private readonly keeping: Keeping) {
    this.clock = keeping.clock ?? wallClock;
  }

  text(conversation: string, box: Box): string {
    return this.read(conversation, box).text;
  }

  keep(conversation: string, box: Box, text: string): void {
    const { id, tried } = this.read(conversation, box);
    this.write(conversation, box, { text, ...(id && tried ? { id, tried } : {}) });
    this.tellSoon(conversation, box);
  }

  /** Put words behind what has been begun. */
  append(conversation: string, box: Box, words: string): void {
    const begun = this.text(conversation, box).trimEnd();
    this.keep(conversation, box, begun ? `${begun} ${words}` : words);
    this.inserted.value += 1;
  }

  /** Take what the server knows, where nothing was begun in this browser. */
  learn({ conversation, ...known }: DraftsFrame): void {
    for (const box of ["reply", "note"] as const) {
      const text = known[box];
      if (!text || this.text(conversation, box)) continue;
      this.write(conversation, box, { text });
      this.learned.value += 1;
    }
  }

  /** Return the id to send these words under. */
  idFor(conversation: string, box: Box, text: string): string {
    const { id, tried } = this.read(conversation, box);
    const same = id !== undefined && tried === text ? id : newId();
    this.write(conversation, box, { text, id: same, tried: text });
    return same;
  }

  clear(conversation: string, box: Box): void {
    this.keeping.shelf.removeItem(this.name(conversation, box));
    this.tellNow(conversation, box);
  }

  private tellSoon(conversation: string, box: Box): void {
    const name = this.name(conversation, box);
    this.untold.get(name)?.();
    const cancel = this.clock.after(TOLD_MS, () => this.tellNow(conversation, box));
    this.untold.set(name, cancel);
  }

  private tellNow(conversation: string, box: Box): void {
    const name = this.name(conversation, box);
    this.untold.get(name)?.();
    this.untold.delete(name);
    const text = this.text(conversation, box).slice(0, LONGEST_TEXT);
    this.keeping.tell({ type: "draft", conversation, box, text });
  }

  private read(conversation: string, box: Box): Draft {
    try {
      const kept: unknown = JSON.parse(
        this.keeping.shelf.getItem(this.name(conversation, box)) ?? "null",
      );
      return isDraft(kept) ? kept : { text: "" };
    } catch {
      return { text: "" };
    }
  }

  private write(conversation: string, box: Box, draft: Draft): void {
    this.keeping.shelf.setItem(this.name(conversation, box), JSON.stringify(draft));
  }

  private name(conversation: string, box: Box): string {
    return `rapport.desk.draft.${this.keeping.agent()}.${conversation}.${box}`;
  }
}

function isDraft(value: unknown): value is Draft {
  return typeof (value as Draft | null)?.text === "string";
}
