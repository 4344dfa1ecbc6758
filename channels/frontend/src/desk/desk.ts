import { computed, signal } from "@preact/signals";
import { Refusal } from "../shared/ask";
import { Connection, type Socket, wallClock } from "../shared/connection";
import type { Language } from "../shared/protocol";
import { Transcript } from "../shared/transcript";
import type { Shelf } from "../shared/unacknowledged";
import type { DeskApi, Ending } from "./api";
import { type Box, Drafts } from "./drafts";
import type {
  Agent,
  Changed,
  Colleague,
  DeskIn,
  DeskOut,
  Leg,
  Line,
  Lists,
  Me,
  Offer,
  Offers,
  Story,
} from "./protocol";
import { DemoTelephone, type Telephone } from "./telephone";

const LOGIN_NEEDED = 4401;
const CUSTOMER_TYPES_MS = 5_000;
const TYPING_EVERY_MS = 3_000;

/** Why something could not be done: in the server's words, or for lack of a server. */
export type Trouble = { text: string } | "unreachable";

/** An agent's desk: who waits, the open conversation, and what the agent does. */
export class Desk {
  /** Null when nobody is logged in; undefined until that is known. */
  readonly agent = signal<Agent | null | undefined>(undefined);
  readonly lists = signal<Lists>({ waiting: [], mine: [] });
  readonly story = signal<Story | null>(null);
  /** What may be suggested in the open conversation; null until that is known. */
  readonly offers = signal<Offers | null>(null);
  /** Rises when words were put into a box from elsewhere on the page. */
  readonly inserted = signal(0);
  readonly selected = signal<string | null>(null);
  /** The agent's telephone on the page, where there is one. */
  readonly telephone = signal<Telephone | null>(null);
  readonly trouble = signal<Trouble | null>(null);
  readonly customerTypes = signal(false);
  readonly transcript = new Transcript();
  readonly drafts: Drafts;
  readonly lines = computed<readonly Line[]>(() => [
    ...this.lists.value.mine,
    ...this.lists.value.waiting,
  ]);
  readonly isMine = computed(() => {
    const { value: story } = this.story;
    const { value: agent } = this.agent;
    return (
      story?.conversation.handler === "agent" &&
      (story.conversation.agent_id === agent?.id || this.isAmongMine(story.conversation.id))
    );
  });
  /** The agent's own telephone for the open conversation, while it rings or talks. */
  readonly myLeg = computed<Leg | undefined>(() => {
    const { value: agent } = this.agent;
    return this.story.value?.legs.find(({ agent_id }) => agent_id !== null && agent_id === agent?.id);
  });
  /** Whether the agent speaks with the open conversation's caller. */
  readonly speaks = computed(() => this.isMine.value && this.myLeg.value?.state === "joined");
  readonly isHeld = computed(
    () => this.story.value?.legs.some(({ part, held }) => part === "caller" && held) ?? false,
  );
  private readonly connection: Connection<DeskIn, DeskOut>;
  private stopTyping: () => void = () => {};
  private typingTold = false;

  constructor(
    private readonly api: DeskApi,
    shelf: Shelf,
    open: () => Socket,
  ) {
    this.drafts = new Drafts(shelf);
    this.connection = new Connection<DeskIn, DeskOut>({
      open,
      greeting: () => this.watching(),
      heard: (frame) => this.hear(frame),
      turnedAway: (code) => this.turnedAway(code),
    });
  }

  get link() {
    return this.connection.state;
  }

  /** Come in, if the browser still has a login. */
  async enter(): Promise<void> {
    try {
      const me = await this.api.me();
      this.agent.value = me.agent;
      void this.plugIn(me.telephone);
      this.trouble.value = null;
      this.connection.start();
    } catch (refusal) {
      this.agent.value = null;
      if (!(refusal instanceof Refusal)) this.trouble.value = "unreachable";
    }
  }

  /** Have a telephone on the page; a desk without one is still a desk. */
  private async plugIn(kind: Me["telephone"]): Promise<void> {
    if (this.telephone.value || kind === "none") return;
    if (kind === "demo") {
      this.telephone.value = new DemoTelephone();
      return;
    }
    try {
      const [{ TwilioTelephone }, token] = await Promise.all([
        import("./twilioTelephone"),
        this.api.telephoneToken(),
      ]);
      this.telephone.value = new TwilioTelephone(token, () => this.api.telephoneToken());
    } catch {
      this.telephone.value = null;
    }
  }

  async logIn(login: string, password: string): Promise<void> {
    this.trouble.value = null;
    await this.doing(async () => {
      await this.api.logIn(login, password);
      await this.enter();
    });
  }

  async logOut(): Promise<void> {
    await this.doing(() => this.api.logOut());
    this.leave();
  }

  restart(): void {
    this.connection.restart();
  }

  /** Show a conversation with its whole story, and follow it from there. */
  async open(conversation: string): Promise<void> {
    if (this.selected.value !== conversation) {
      this.transcript.clear();
      this.story.value = this.offers.value = null;
    }
    this.selected.value = conversation;
    this.trouble.value = null;
    await this.reload();
    for (const frame of this.watching()) this.connection.send(frame);
  }

  /** Go to the next or the one before in the lists. */
  async step(by: 1 | -1): Promise<void> {
    const lines = this.lines.value;
    const at = lines.findIndex(({ id }) => id === this.selected.value);
    const next = lines[at < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, at + by))];
    if (next && next.id !== this.selected.value) await this.open(next.id);
  }

  /** Put a suggestion's sentence behind what the agent has begun to write. */
  offer({ suggestion }: Offer, sentence: string): void {
    const { value: conversation } = this.selected;
    if (conversation === null) return;
    const begun = this.drafts.text(conversation, "reply").trimEnd();
    this.drafts.keep(conversation, "reply", begun ? `${begun} ${sentence}` : sentence);
    this.inserted.value += 1;
    this.api.offered(conversation, suggestion).catch(() => {});
  }

  async claim(): Promise<void> {
    await this.onSelected((conversation) => this.api.claim(conversation));
    await this.reload();
  }

  /** Have the agent's own telephone rung, for them to speak with the caller. */
  async speak(): Promise<boolean> {
    return this.onSelected((conversation) => this.api.speak(conversation));
  }

  async colleagues(): Promise<readonly Colleague[]> {
    return this.api.colleagues().catch(() => []);
  }

  /** Put the caller on hold, or come back to them. */
  async hold(held: boolean): Promise<boolean> {
    return this.onSelected((conversation) => this.api.hold(conversation, held));
  }

  async consult(colleague: string): Promise<boolean> {
    return this.onSelected((conversation) => this.api.consult(conversation, colleague));
  }

  async passOn(colleague: string, note: string): Promise<boolean> {
    return this.onSelected((conversation, epoch) =>
      this.api.transfer(conversation, epoch, colleague, note),
    );
  }

  /** Note where the agent is rung; return whether that can be. */
  async changeProfile(phone: string, language: Language | null): Promise<boolean> {
    return this.doing(async () => {
      this.agent.value = await this.api.profile(phone, language);
      this.trouble.value = null;
    });
  }

  /** Send what is in a box; the words stay in it until the server has them. */
  async send(box: Box, text: string): Promise<boolean> {
    return this.onSelected(async (conversation, epoch) => {
      const id = this.drafts.idFor(conversation, box, text);
      if (box === "note") await this.api.note(conversation, id, text);
      else await this.api.reply(conversation, epoch, id, text);
      this.drafts.clear(conversation, box);
    });
  }

  async giveBack(ending: Ending): Promise<boolean> {
    return this.onSelected((conversation, epoch) =>
      this.api.giveBack(conversation, epoch, ending),
    );
  }

  async close(ending: Ending): Promise<boolean> {
    return this.onSelected((conversation, epoch) => this.api.close(conversation, epoch, ending));
  }

  /** Take over a call that is owed, make it now, or let it be. */
  async callback(id: string, step: "take" | "call" | "cancel"): Promise<boolean> {
    return this.doing(() => this.api.callback(id, step));
  }

  /** Let the customer see that an answer is coming; at most once in a while. */
  typing(): void {
    const { value: conversation } = this.selected;
    if (this.typingTold || conversation === null) return;
    this.typingTold = this.connection.send({ type: "typing", conversation });
    wallClock.after(TYPING_EVERY_MS, () => (this.typingTold = false));
  }

  private async reload(): Promise<void> {
    const { value: conversation } = this.selected;
    if (conversation === null) return;
    await this.doing(async () => {
      const story = await this.api.story(conversation);
      if (this.selected.value !== conversation) return;
      this.story.value = story;
      this.transcript.replaying(story.messages.at(-1)?.seq ?? 0);
      for (const message of story.messages) this.transcript.accept(message);
    });
    await this.suggest(conversation);
  }

  /** Ask what fits; an agent who has to help somebody is not bothered by a failure of it. */
  private async suggest(conversation: string): Promise<void> {
    const none: Offers = { suggestions: [], grounds: [], looks_at: false, unwelcome: false };
    const offers = await this.api.suggestions(conversation).catch(() => none);
    if (this.selected.value === conversation) this.offers.value = offers;
  }

  private watching(): DeskOut[] {
    const { value: conversation } = this.selected;
    return conversation === null
      ? []
      : [{ type: "watch", conversation, since: this.transcript.since }];
  }

  private hear(frame: DeskIn): void {
    if (frame.type === "lists") {
      this.lists.value = frame;
      return;
    }
    if (frame.conversation !== this.selected.value) return;
    if (frame.type === "changed") this.changed(frame);
    else if (frame.type === "typing") this.customerIsTyping();
    else this.received(frame);
  }

  private received(message: Extract<DeskIn, { type: "message" }>): void {
    if (message.author === "customer") this.customerTypes.value = false;
    if (this.transcript.accept(message) !== "gap") return;
    for (const frame of this.watching()) this.connection.send(frame);
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

  private isAmongMine(conversation: string): boolean {
    return this.lists.value.mine.some(({ id }) => id === conversation);
  }

  private async onSelected(
    act: (conversation: string, epoch: number) => Promise<unknown>,
  ): Promise<boolean> {
    const { value: story } = this.story;
    if (!story) return false;
    const { id, epoch } = story.conversation;
    return this.doing(() => act(id, epoch));
  }

  private async doing(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (refusal) {
      this.refused(refusal);
      return false;
    }
  }

  private refused(refusal: unknown): void {
    if (!(refusal instanceof Refusal)) {
      this.trouble.value = "unreachable";
      return;
    }
    this.trouble.value = { text: refusal.message };
    if (refusal.rule === "login_needed") this.leave();
    // Refused for being late: what is on the screen is no longer so.
    else if (refusal.status === 409) void this.reload();
  }

  private turnedAway(code: number): boolean {
    if (code === LOGIN_NEEDED) this.leave();
    return code === LOGIN_NEEDED;
  }

  private leave(): void {
    this.connection.stop();
    this.agent.value = null;
    this.story.value = null;
    this.selected.value = null;
    this.transcript.clear();
  }
}
