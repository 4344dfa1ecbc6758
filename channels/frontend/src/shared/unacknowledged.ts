import type { Chosen, Said } from "./protocol";

/** Something that the customer said and the server has not confirmed yet. */
export interface Pending {
  frame: Said | Chosen;
  /** What the customer sees of it: the words, or the title of the choice. */
  text: string;
  at: string;
  conversation: string | null;
}

/** What the browser keeps for us; a private window may refuse to. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Unconfirmed messages, kept in the browser so that a reload does not lose them. */
export class Unacknowledged {
  constructor(
    private readonly shelf: Shelf,
    private readonly name = "rapport.unacknowledged",
  ) {}

  /** All that waits, in the order in which it was said. */
  all(): Pending[] {
    try {
      const kept: unknown = JSON.parse(this.shelf.getItem(this.name) ?? "[]");
      return Array.isArray(kept) ? kept.filter(isPending) : [];
    } catch {
      return [];
    }
  }

  add(pending: Pending): void {
    this.keep([...this.all(), pending]);
  }

  remove(id: string): void {
    this.keep(this.all().filter(({ frame }) => frame.id !== id));
  }

  /** A choice belongs to its conversation; words may be said in the next one too. */
  moveTo(conversation: string): void {
    const still = this.all().filter(
      (pending) => pending.frame.type === "say" || pending.conversation === conversation,
    );
    this.keep(still.map((pending) => ({ ...pending, conversation })));
  }

  private keep(pending: Pending[]): void {
    if (pending.length === 0) this.shelf.removeItem(this.name);
    else this.shelf.setItem(this.name, JSON.stringify(pending));
  }
}

function isPending(value: unknown): value is Pending {
  const frame = (value as Pending | null)?.frame;
  return typeof frame?.id === "string" && (frame.type === "say" || frame.type === "choose");
}

/** The browser's own shelf, or one that lasts as long as the page where that is refused. */
export function browserShelf(): Shelf {
  try {
    window.localStorage.setItem("rapport.probe", "");
    window.localStorage.removeItem("rapport.probe");
    return window.localStorage;
  } catch {
    return pageShelf();
  }
}

/** A shelf that forgets at the end of the page. */
export function pageShelf(): Shelf {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}
