import { computed, effect, signal } from "@preact/signals";
import type { Chat } from "../shared/chat";
import type { Shelf } from "../shared/unacknowledged";

/** Whether the chat is open, and what came while it was not. */
export class Frame {
  readonly isOpen = signal(false);
  private readonly read = signal(0);

  constructor(
    private readonly chat: Chat,
    private readonly shelf: Shelf,
  ) {
    this.read.value = Number(shelf.getItem("rapport.read") ?? 0);
    this.isOpen.value = shelf.getItem("rapport.open") === "yes";
    effect(() => {
      if (this.isOpen.value) this.markRead(this.newest.value);
    });
  }

  private readonly newest = computed(() => this.chat.transcript.messages.value.at(-1)?.seq ?? 0);

  /** How many messages of ours the customer has not had before their eyes. */
  readonly unread = computed(
    () =>
      this.chat.transcript.messages.value.filter(
        ({ seq, author }) => seq > this.read.value && (author === "bot" || author === "agent"),
      ).length,
  );

  open(): void {
    this.isOpen.value = true;
    this.shelf.setItem("rapport.open", "yes");
    // Not before: a visitor who only looks at the page has no conversation with us.
    this.chat.start();
  }

  close(): void {
    this.isOpen.value = false;
    this.shelf.removeItem("rapport.open");
  }

  /** On a new page: go on where the customer was. */
  resume(): void {
    if (this.isOpen.value || this.chat.isKnown) this.chat.start();
  }

  /** A new conversation is numbered from the beginning. */
  forgetRead(): void {
    this.markRead(0);
  }

  private markRead(seq: number): void {
    this.read.value = seq;
    this.shelf.setItem("rapport.read", String(seq));
  }
}
