import { type ReadonlySignal, signal } from "@preact/signals";
import type { Message } from "./protocol";

export type Arrival = "new" | "known" | "gap";

/** The messages of a conversation in their order, each once. */
export class Transcript<M extends Message = Message> {
  private readonly list = signal<readonly M[]>([]);
  /** Nothing up to here is missing. */
  private complete = 0;
  /** The server numbers entries that this reader may not see: up to here it said which. */
  private replayedUpTo = 0;
  private askedFor = 0;

  get messages(): ReadonlySignal<readonly M[]> {
    return this.list;
  }

  /** The number after which the server is asked to go on. */
  get since(): number {
    return this.complete;
  }

  /** The server replays in order up to `last`; holes in that are not ours to see. */
  replaying(last: number): void {
    this.replayedUpTo = last;
  }

  /** Put a message in its place; "gap" asks the caller to fetch from `since` once more. */
  accept(message: M): Arrival {
    if (message.seq > this.replayedUpTo) {
      this.complete = Math.max(this.complete, this.replayedUpTo);
    }
    if (this.list.value.some(({ seq }) => seq === message.seq)) return "known";
    this.list.value = inserted(this.list.value, message);
    return this.advance(message.seq);
  }

  /** Forget it all: another conversation begins. */
  clear(): void {
    this.list.value = [];
    this.complete = this.replayedUpTo = this.askedFor = 0;
  }

  private advance(seq: number): Arrival {
    if (seq <= this.replayedUpTo) {
      this.complete = Math.max(this.complete, seq);
      return "new";
    }
    for (const message of this.list.value) {
      if (message.seq === this.complete + 1) this.complete = message.seq;
    }
    if (this.complete >= seq || seq <= this.askedFor) return "new";
    this.askedFor = seq;
    return "gap";
  }
}

function inserted<M extends Message>(messages: readonly M[], message: M): readonly M[] {
  const after = messages.findLastIndex(({ seq }) => seq < message.seq);
  return messages.toSpliced(after + 1, 0, message);
}
