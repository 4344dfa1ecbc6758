import { signal } from "@preact/signals";
import { wallClock } from "../shared/connection";
import { Transcript } from "../shared/transcript";
import type { DeskApi } from "./api";
import type { Attempts } from "./attempts";
import { Beside } from "./beside";
import type { Changed, Conversation, DeskIn, DeskOut, Offers, Story } from "./protocol";

const CUSTOMER_TYPES_MS = 5_000;

/** Tell the server something; false if nobody would hear it. */
export type Tell = (frame: DeskOut) => boolean;

/** The conversation that is open on the page: its whole story, and how it goes on. */
export class Opened {
  readonly selected = signal<string | null>(null);
  readonly story = signal<Story | null>(null);
  /** What may be suggested in it; null until that is known. */
  readonly offers = signal<Offers | null>(null);
  readonly customerTypes = signal(false);
  /** The number of the message that it was opened for. */
  readonly sought = signal<number | null>(null);
  readonly beside = new Beside();
  readonly transcript = new Transcript();
  private stopTyping: () => void = () => {};

  constructor(
    private readonly api: DeskApi,
    private readonly attempts: Attempts,
    private readonly tell: Tell,
  ) {}

  /** Show a conversation, at one of its messages if that is named, and follow it from there. */
  async open(conversation: string, seq: number | null = null): Promise<void> {
    if (this.selected.value !== conversation) this.clear();
    this.selected.value = conversation;
    this.attempts.trouble.value = null;
    this.sought.value = seq;
    await this.reload();
    this.watch();
  }

  /** Show none. */
  leave(): void {
    this.clear();
    this.selected.value = null;
  }

  async reload(): Promise<void> {
    const { value: conversation } = this.selected;
    if (conversation === null) return;
    await this.attempts.doing(async () => {
      const story = await this.api.story(conversation);
      if (this.selected.value !== conversation) return;
      this.story.value = story;
      this.transcript.replaying(story.messages.at(-1)?.seq ?? 0);
      for (const message of story.messages) this.transcript.accept(message);
    });
    await this.suggest(conversation);
  }

  /** Do something with it as it stands; return whether it was done. */
  async doing(act: (conversation: Conversation) => Promise<unknown>): Promise<boolean> {
    const { value: story } = this.story;
    return story !== null && this.attempts.doing(() => act(story.conversation));
  }

  /** What the server is asked for, on a new connection too. */
  watching(): DeskOut[] {
    const { value: conversation } = this.selected;
    return conversation === null
      ? []
      : [{ type: "watch", conversation, since: this.transcript.since }];
  }

  hear(frame: Exclude<DeskIn, { type: "lists" | "duty" | "drafts" }>): void {
    if (frame.conversation !== this.selected.value) return;
    if (frame.type === "changed") this.changed(frame);
    else if (frame.type === "typing") this.customerIsTyping();
    else if (frame.type === "beside") this.beside.hear(frame);
    else this.received(frame);
  }

  private clear(): void {
    this.transcript.clear();
    this.beside.clear();
    this.story.value = this.offers.value = null;
    this.customerTypes.value = false;
  }

  private watch(): void {
    for (const frame of this.watching()) this.tell(frame);
  }

  /** Ask what fits; an agent who has to help somebody is not bothered by a failure of it. */
  private async suggest(conversation: string): Promise<void> {
    const none: Offers = { suggestions: [], grounds: [], looks_at: false, unwelcome: false };
    const offers = await this.api.suggestions(conversation).catch(() => none);
    if (this.selected.value === conversation) this.offers.value = offers;
  }

  private received(message: Extract<DeskIn, { type: "message" }>): void {
    if (message.author === "customer") this.customerTypes.value = false;
    if (this.transcript.accept(message) === "gap") this.watch();
  }

  private changed(frame: Changed): void {
    const { value: story } = this.story;
    if (!story) return;
    const { handler, epoch, level } = story.conversation;
    this.story.value = { ...story, legs: frame.legs };
    const isNews = frame.handler !== handler || frame.epoch !== epoch || frame.level !== level;
    // The panel shows more than the frame tells, so it is read again.
    if (isNews) void this.reload();
  }

  private customerIsTyping(): void {
    this.customerTypes.value = true;
    this.stopTyping();
    this.stopTyping = wallClock.after(CUSTOMER_TYPES_MS, () => (this.customerTypes.value = false));
  }
}
