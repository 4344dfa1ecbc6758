import { signal } from "@preact/signals";
import type { DeskApi } from "./api";
import type { Entry } from "./entry";
import type { Opened } from "./opened";
import type { CannedReply, Story } from "./protocol";

/** A slash before the caret, and what was typed behind it. */
export interface Slash {
  from: number;
  typed: string;
}

/** Words with the part of them that is to be selected: the first gap, or nothing at the end. */
export interface Filled {
  text: string;
  from: number;
  to: number;
}

const SLASH = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u;
const PLACE = /\{(\w+)\}/g;
const GAP = /‹[^›]*›/;

/** Find a slash that begins a word and ends at the caret. */
export function slashBefore(caret: number, text: string): Slash | null {
  const typed = SLASH.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? null : { from: caret - typed.length - 1, typed };
}

/** Whether something is left for the agent to fill in. */
export function hasGap(text: string): boolean {
  return GAP.test(text);
}

/** Fill the places of a reply, once; what nobody knows stays as a gap. */
export function filledIn(
  text: string,
  values: Record<string, string | null | undefined>,
  gaps: Record<string, string>,
): string {
  return text.replace(PLACE, (_, name: string) => values[name] || `‹${gaps[name] ?? name}›`);
}

/** Put words in the place of what was typed from the slash to the caret. */
export function inPlaceOf(slash: Slash, text: string, words: string): Filled {
  const end = slash.from + 1 + slash.typed.length;
  const before = text.slice(0, slash.from);
  const gap = GAP.exec(words);
  const from = before.length + (gap ? gap.index : words.length);
  return { text: before + words + text.slice(end), from, to: from + (gap ? gap[0].length : 0) };
}

/** The canned replies that fit what the agent types behind a slash. */
export class Canned {
  readonly found = signal<readonly CannedReply[]>([]);
  /** Which of them Enter takes. */
  readonly marked = signal(0);
  private slash: Slash | null = null;

  constructor(
    private readonly api: DeskApi,
    private readonly opened: Opened,
    private readonly entry: Entry,
  ) {}

  /** Look for what fits, as the agent types; what is known is filled in. */
  async look(text: string, caret: number, gaps: Record<string, string>): Promise<void> {
    const slash = slashBefore(caret, text);
    this.slash = slash;
    const language = this.opened.story.value?.conversation.language;
    if (!slash || !language) return this.close();
    const found = await this.api.canned(language, slash.typed).catch(() => []);
    if (this.slash !== slash) return;
    const values = this.values();
    this.found.value = found.map((reply) => ({
      ...reply,
      text: filledIn(reply.text, values, gaps),
    }));
    this.marked.value = 0;
  }

  /** Mark the next or the one before, around the end. */
  move(by: 1 | -1): void {
    const { length } = this.found.value;
    this.marked.value = (this.marked.value + by + length) % length;
  }

  /** Return the text with a reply in it, or null if there is none to take. */
  take(text: string, nth: number): Filled | null {
    const reply = this.found.value[nth];
    const { slash } = this;
    this.close();
    if (!reply || !slash) return null;
    return inPlaceOf(slash, text, reply.text);
  }

  close(): void {
    this.slash = null;
    this.found.value = [];
  }

  private values(): Record<string, string | null | undefined> {
    const { value: story } = this.opened.story;
    return {
      agent: this.entry.agent.value?.name,
      customer: story?.customer?.name,
      order: story && orderOf(story),
    };
  }
}

/** The order that is spoken of: the one the dialogue names, else the only one under way. */
function orderOf({ conversation, orders }: Story): string | null {
  const named = conversation.slots["order_number"];
  if (typeof named === "string" && named) return named;
  const underWay = orders.filter(({ state }) => state === "placed" || state === "shipped");
  return underWay.length === 1 ? underWay[0]!.number : null;
}
