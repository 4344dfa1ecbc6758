import { type ReadonlySignal, signal } from "@preact/signals";
import type { Backoff } from "./backoff";
import { type Clock, Connection, type LinkState, type Socket, wallClock } from "./connection";
import type { ChatIn, ChatOut, Chosen, Language, Message, PhoneWay, Said, Standing } from "./protocol";
import { Transcript } from "./transcript";
import { type Pending, type Shelf, Unacknowledged } from "./unacknowledged";

/** The customer's own words before the server has them in its record. */
export interface Echo {
  id: string;
  text: string;
  at: string;
  state: "waiting" | "sent" | "refused";
  rule?: string;
  reason?: string;
}

export interface ChatEnds {
  open: () => Socket;
  shelf: Shelf;
  language: Language;
  /** Of the shop's login, if the customer is logged in there. */
  customerToken?: string | null;
  /** Of a link that was sent to a caller. */
  link?: string | null;
  clock?: Clock;
  backoff?: Backoff;
  newId?: () => string;
  now?: () => Date;
}

/** Unconfirmed for this long means that the line is dead, whatever the browser says. */
export const ACK_MS = 15_000;
const AGENT_TYPES_MS = 5_000;
const TYPING_EVERY_MS = 3_000;
const AT_FIRST: Standing = { handler: "bot", agent: null, position: null };

/** One customer's conversation: said once, shown at once, complete after any interruption. */
export class Chat {
  readonly transcript = new Transcript();
  readonly echoes = signal<readonly Echo[]>([]);
  readonly standing = signal<Standing>(AT_FIRST);
  readonly agentTypes = signal(false);
  /** Whether there is a line to go on by. */
  readonly hasPhone = signal(false);
  /** The way to it, while it is shown; words where there is none. */
  readonly phone = signal<PhoneWay | string | null>(null);
  readonly linkRefused = signal(false);
  readonly language;
  private readonly unacknowledged: Unacknowledged;
  private readonly connection: Connection<ChatIn, ChatOut>;
  private readonly clock: Clock;
  private conversation: string | null = null;
  /** Asked for by the customer and not yet confirmed by the server. */
  private wanted: Language | null = null;
  /** Shown once: the server takes no token twice. */
  private customerToken: string | null;
  private link: string | null;
  /** Given by a page before there was a chat, and kept by the browser only once there is one. */
  private newcomer: string | null = null;
  private askedSince = 0;
  private stopAgentTyping: () => void = () => {};
  private typingTold = false;

  constructor(private readonly ends: ChatEnds) {
    this.clock = ends.clock ?? wallClock;
    this.language = signal<Language>(ends.language);
    this.customerToken = ends.customerToken ?? null;
    this.link = ends.link ?? null;
    this.unacknowledged = new Unacknowledged(ends.shelf);
    this.echoes.value = this.unacknowledged.all().map(echoOf);
    this.connection = new Connection<ChatIn, ChatOut>({
      open: ends.open,
      greeting: () => [this.hello()],
      heard: (frame) => this.hear(frame),
      clock: this.clock,
      ...(ends.backoff && { backoff: ends.backoff }),
    });
  }

  get state(): ReadonlySignal<LinkState> {
    return this.connection.state;
  }

  /** Whether this browser has spoken with us before. */
  get isKnown(): boolean {
    return this.ends.shelf.getItem("rapport.token") !== null;
  }

  /** By what the server knows this browser, if it does. */
  get token(): string | null {
    return this.ends.shelf.getItem("rapport.token") ?? this.newcomer;
  }

  /** Go by this name from now on; who only looks at a page has nothing stored for it. */
  meet(token: string): void {
    this.newcomer = token;
  }

  start(): void {
    this.connection.start();
  }

  restart(): void {
    this.connection.restart();
  }

  /** Show the words at once, and send them until they are confirmed. */
  say(text: string): void {
    this.utter({ type: "say", id: this.newId(), text }, text);
  }

  /** Take one of the answers that a message offers. */
  choose(message: Message, choice: number): void {
    const title = message.choices[choice]?.title;
    if (title === undefined) return;
    this.utter({ type: "choose", id: this.newId(), seq: message.seq, choice }, title);
  }

  /** Say refused words again, as new ones. */
  sayAgain(id: string): void {
    const refused = this.echoes.value.find((echo) => echo.id === id);
    this.forget(id);
    if (refused) this.say(refused.text);
  }

  /** Go on in another language; it holds after a reconnection too. */
  speak(language: Language): void {
    this.language.value = this.wanted = language;
    this.connection.send({ type: "language", language });
  }

  /** Say by a token of the shop's login who the customer is, now or when the chat is opened. */
  identify(customerToken: string): void {
    this.customerToken = customerToken;
    this.connection.restart();
  }

  /** Let the agent see that words are coming; at most once in a while. */
  typing(): void {
    if (this.typingTold || this.standing.value.handler !== "agent") return;
    this.typingTold = this.connection.send({ type: "typing" });
    this.clock.after(TYPING_EVERY_MS, () => (this.typingTold = false));
  }

  /** Show the way to the phone, or take it away. */
  askForPhone(): void {
    this.connection.send({ type: "phone" });
  }

  forgetPhone(): void {
    this.phone.value = null;
  }

  /** Wait for a person no more, and go on with the assistant. */
  callOff(): void {
    this.connection.send({ type: "call_off" });
  }

  /** Say how content one is, from 1 to 5; 0 is no answer, and the question is gone too. */
  rate(stars: number): void {
    this.connection.send({ type: "rate", stars });
    this.standing.value = { ...this.standing.value, ratable: false };
  }

  /** After a conversation has ended: begin the next one. */
  beginAnew(): void {
    this.transcript.clear();
    this.connection.restart();
  }

  private hello(): ChatOut {
    this.askedSince = this.transcript.since;
    return {
      type: "hello",
      token: this.token,
      ...(this.customerToken !== null && { customer_token: this.customerToken }),
      ...(this.link !== null && { link: this.link }),
      language: this.language.value,
      since: this.askedSince,
    };
  }

  private hear(frame: ChatIn): void {
    switch (frame.type) {
      case "welcome":
        return this.welcomed(frame);
      case "ack":
        return this.acknowledged(frame.id);
      case "message":
        return this.received(frame);
      case "state":
        return this.stands(frame);
      case "refused":
        return this.refused(frame);
      case "typing":
        return this.agentIsTyping();
      case "phone":
        this.phone.value = frame;
        return;
      case "no_phone":
        this.phone.value = frame.text;
    }
  }

  private welcomed(welcome: Extract<ChatIn, { type: "welcome" }>): void {
    this.ends.shelf.setItem("rapport.token", welcome.token);
    this.customerToken = this.link = null;
    this.hasPhone.value = welcome.has_phone ?? false;
    this.linkRefused.value ||= welcome.link_refused ?? false;
    if (this.isAnother(welcome.conversation)) return;
    this.conversation = welcome.conversation;
    this.transcript.replaying(welcome.last);
    this.settleLanguage(welcome.language);
    this.unacknowledged.moveTo(welcome.conversation);
    for (const pending of this.unacknowledged.all()) this.send(pending);
  }

  private isAnother(conversation: string): boolean {
    const before = this.conversation;
    if (before === null || before === conversation) return false;
    this.transcript.clear();
    this.standing.value = AT_FIRST;
    this.conversation = conversation;
    if (this.askedSince === 0) return false;
    // Asked from the middle of the former one, the server would leave out this one's beginning.
    this.connection.restart();
    return true;
  }

  private stands(state: Extract<ChatIn, { type: "state" }>): void {
    const { handler, agent, position, minutes, ratable, language, by_phone } = state;
    const isRatable = ratable ?? false;
    this.standing.value = {
      ...{ handler, agent, position, minutes: minutes ?? null },
      ...{ ratable: isRatable, by_phone: by_phone ?? false },
    };
    if (by_phone) this.forgetPhone();
    if (language === this.wanted) this.wanted = null;
    // The assistant follows a customer who changes language in mid-conversation, and so do we.
    if (language && this.wanted === null) this.language.value = language;
  }

  private settleLanguage(language: Language): void {
    if (this.wanted !== null && this.wanted !== language) this.speak(this.wanted);
    else this.language.value = language;
  }

  private utter(frame: Said | Chosen, text: string): void {
    const at = (this.ends.now?.() ?? new Date()).toISOString();
    const pending = { frame, text, at, conversation: this.conversation };
    this.unacknowledged.add(pending);
    this.echoes.value = [...this.echoes.value, echoOf(pending)];
    this.send(pending);
    this.connection.start();
  }

  private send({ frame }: Pending): void {
    if (!this.connection.send(frame)) return;
    this.clock.after(ACK_MS, () => {
      if (this.state.value === "online" && this.isUnacknowledged(frame.id)) this.restart();
    });
  }

  private isUnacknowledged(id: string): boolean {
    return this.unacknowledged.all().some(({ frame }) => frame.id === id);
  }

  private acknowledged(id: string): void {
    this.unacknowledged.remove(id);
    this.mark(id, { state: "sent" });
  }

  private received(message: Message): void {
    if (message.id !== null && message.author === "customer") this.forget(message.id);
    if (message.author === "agent") this.agentTypes.value = false;
    if (this.transcript.accept(message) === "gap") this.restart();
  }

  private refused({ id, rule, text }: Extract<ChatIn, { type: "refused" }>): void {
    if (id === null) return;
    this.unacknowledged.remove(id);
    this.mark(id, { state: "refused", rule, reason: text });
  }

  private agentIsTyping(): void {
    this.agentTypes.value = true;
    this.stopAgentTyping();
    this.stopAgentTyping = this.clock.after(AGENT_TYPES_MS, () => (this.agentTypes.value = false));
  }

  private forget(id: string): void {
    this.unacknowledged.remove(id);
    this.echoes.value = this.echoes.value.filter((echo) => echo.id !== id);
  }

  private mark(id: string, change: Partial<Echo>): void {
    this.echoes.value = this.echoes.value.map((echo) =>
      echo.id === id ? { ...echo, ...change } : echo,
    );
  }

  private newId(): string {
    return this.ends.newId?.() ?? newId();
  }
}

function echoOf({ frame, text, at }: Pending): Echo {
  return { id: frame.id, text, at, state: "waiting" };
}

/** A random id; pages without TLS have no `crypto.randomUUID`. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
