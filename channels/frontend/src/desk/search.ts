import { signal } from "@preact/signals";
import { type Clock, wallClock } from "../shared/connection";
import type { DeskApi } from "./api";
import type { Attempts } from "./attempts";
import type { Found, Wish } from "./protocol";

const SHORTEST = 2;
const TYPED_MS = 250;

/** The search over all conversations, as the agent left it. */
export class Search {
  readonly wish = signal<Wish>({ words: "" });
  /** Null until something was searched for. */
  readonly found = signal<readonly Found[] | null>(null);
  readonly isBusy = signal(false);
  private cancel: () => void = () => {};
  private asked = 0;

  constructor(
    private readonly api: DeskApi,
    private readonly attempts: Attempts,
    private readonly clock: Clock = wallClock,
  ) {}

  /** Search for something else, once the agent has stopped typing. */
  change(part: Partial<Wish>): void {
    this.wish.value = { ...this.wish.value, ...part };
    this.cancel();
    this.cancel = this.clock.after(TYPED_MS, () => void this.find());
  }

  /** Search now; an answer that was overtaken by another question is not shown. */
  async find(): Promise<void> {
    this.cancel();
    const nth = ++this.asked;
    const { words, ...narrowed } = this.wish.value;
    if (words.trim().length < SHORTEST) {
      this.found.value = null;
      return;
    }
    this.isBusy.value = true;
    await this.attempts.doing(async () => {
      const found = await this.api.search({ words: words.trim(), ...given(narrowed) });
      if (nth === this.asked) this.found.value = found;
    });
    if (nth === this.asked) this.isBusy.value = false;
  }
}

function given<T extends object>(parts: T): Partial<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value)) as Partial<T>;
}

/** An excerpt in pieces, those that were found marked. */
export function pieces(excerpt: string): { text: string; isFound: boolean }[] {
  const [first = "", ...marked] = excerpt.split("\u0002");
  const rest = marked.flatMap((part) => {
    const [found = "", after = ""] = part.split("\u0003");
    return [
      { text: found, isFound: true },
      { text: after, isFound: false },
    ];
  });
  return [{ text: first, isFound: false }, ...rest].filter(({ text }) => text !== "");
}
