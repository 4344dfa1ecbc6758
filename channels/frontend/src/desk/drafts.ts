import { signal } from "@preact/signals";
import { newId } from "../shared/chat";
import type { Shelf } from "../shared/unacknowledged";

export type Box = "reply" | "note";

interface Draft {
  text: string;
  /** Of the last try to send these very words: a second try under it is not a second message. */
  id?: string;
  tried?: string;
}

/** What an agent has begun to write, kept in the browser until it is sent. */
export class Drafts {
  /** Rises when words were put into a box from elsewhere on the page. */
  readonly inserted = signal(0);

  constructor(private readonly shelf: Shelf) {}

  text(conversation: string, box: Box): string {
    return this.read(conversation, box).text;
  }

  keep(conversation: string, box: Box, text: string): void {
    const { id, tried } = this.read(conversation, box);
    this.write(conversation, box, { text, ...(id && tried ? { id, tried } : {}) });
  }

  /** Put words behind what has been begun. */
  append(conversation: string, box: Box, words: string): void {
    const begun = this.text(conversation, box).trimEnd();
    this.keep(conversation, box, begun ? `${begun} ${words}` : words);
    this.inserted.value += 1;
  }

  /** Return the id to send these words under. */
  idFor(conversation: string, box: Box, text: string): string {
    const { id, tried } = this.read(conversation, box);
    const same = id !== undefined && tried === text ? id : newId();
    this.write(conversation, box, { text, id: same, tried: text });
    return same;
  }

  clear(conversation: string, box: Box): void {
    this.shelf.removeItem(name(conversation, box));
  }

  private read(conversation: string, box: Box): Draft {
    try {
      const kept: unknown = JSON.parse(this.shelf.getItem(name(conversation, box)) ?? "null");
      return isDraft(kept) ? kept : { text: "" };
    } catch {
      return { text: "" };
    }
  }

  private write(conversation: string, box: Box, draft: Draft): void {
    this.shelf.setItem(name(conversation, box), JSON.stringify(draft));
  }
}

function name(conversation: string, box: Box): string {
  return `rapport.desk.draft.${conversation}.${box}`;
}

function isDraft(value: unknown): value is Draft {
  return typeof (value as Draft | null)?.text === "string";
}
