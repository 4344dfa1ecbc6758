import { signal } from "@preact/signals";
import { wallClock } from "../shared/connection";
import type { DeskApi, Ending } from "./api";
import type { Box, Drafts } from "./drafts";
import type { Opened, Tell } from "./opened";
import type { Colleague, Offer, WrapUp } from "./protocol";

const TYPING_EVERY_MS = 3_000;

/** What the agent does with the open conversation. */
export class Deeds {
  /** By which codes it is said what a conversation was about. */
  readonly wrapUp = signal<WrapUp>({ obligatory: true, codes: [] });
  private typingTold = false;

  constructor(
    private readonly api: DeskApi,
    private readonly opened: Opened,
    private readonly drafts: Drafts,
    private readonly tell: Tell,
  ) {}

  async claim(): Promise<void> {
    await this.opened.doing(({ id }) => this.api.claim(id));
    await this.opened.reload();
  }

  /** Go on with a customer whom a colleague has. */
  async takeOver(): Promise<void> {
    await this.opened.doing(({ id }) => this.api.takeOver(id));
    await this.opened.reload();
  }

  /** Send what is in a box; the words stay in it until the server has them. */
  send(box: Box, text: string): Promise<boolean> {
    return this.opened.doing(async ({ id: conversation, epoch }) => {
      const id = this.drafts.idFor(conversation, box, text);
      if (box === "note") await this.api.note(conversation, id, text);
      else await this.api.reply(conversation, epoch, id, text);
      this.drafts.clear(conversation, box);
    });
  }

  /** Put a suggestion's sentence behind what the agent has begun to write. */
  offer({ suggestion }: Offer, sentence: string): void {
    const { value: conversation } = this.opened.selected;
    if (conversation === null) return;
    this.drafts.append(conversation, "reply", sentence);
    this.api.offered(conversation, suggestion).catch(() => {});
  }

  /** Let the customer see that an answer is coming, and colleagues anyway; now and then. */
  typing(box: Box): void {
    const { value: conversation } = this.opened.selected;
    if (this.typingTold || conversation === null) return;
    this.typingTold = this.tell({ type: "typing", conversation, box });
    wallClock.after(TYPING_EVERY_MS, () => (this.typingTold = false));
  }

  colleagues(): Promise<readonly Colleague[]> {
    return this.api.colleagues().catch(() => []);
  }

  departments(): Promise<readonly string[]> {
    return this.api.departments().catch(() => []);
  }

  passOn(colleague: string, note: string): Promise<boolean> {
    return this.opened.doing(({ id, epoch }) => this.api.transfer(id, epoch, colleague, note));
  }

  /** Let the customer wait for a department, or for anybody. */
  toQueue(department: string | null, note: string): Promise<boolean> {
    return this.opened.doing(({ id, epoch }) => this.api.toQueue(id, epoch, department, note));
  }

  /** Learn the codes, before they are asked for: an agent's keys do not wait for them. */
  async learnCodes(): Promise<void> {
    this.wrapUp.value = await this.api.wrapUp().catch(() => this.wrapUp.value);
  }

  giveBack(ending: Ending): Promise<boolean> {
    return this.opened.doing(({ id, epoch }) => this.api.giveBack(id, epoch, ending));
  }

  close(ending: Ending): Promise<boolean> {
    return this.opened.doing(({ id, epoch }) => this.api.close(id, epoch, ending));
  }
}
