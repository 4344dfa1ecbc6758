/** What the desk's routes and socket send and take. */
import type { Author, Channel, Handler, Language, Level, Message } from "../shared/protocol";

export type Role = "agent" | "lead" | "supervisor" | "admin" | "auditor";
export type Right = "enter" | "serve" | "take_over" | "oversee" | "administer" | "audit";

export interface Agent {
  id: string;
  name: string;
  login: string;
  role: Role;
  rights: readonly Right[];
  /** Whether they show a code beside the password. */
  second_factor: boolean;
  /** Where the agent is rung, in E.164; empty where they are not. */
  phone: string;
  language: Language | null;
}

/** Who is logged in, and what rings for them on the page if they have named no number. */
export interface Me {
  agent: Agent;
  telephone: "none" | "demo" | "twilio";
}

/** Where the agent is logged in. */
export interface Login {
  id: string;
  /** Whether it is the one of this page. */
  this: boolean;
  address: string;
  browser: string;
  since: string;
  seen: string;
}

/** Somebody whom the agent can ask or pass a customer on to. */
export interface Colleague {
  id: string;
  name: string;
  by_phone: boolean;
}

/** A wrap-up code in every language; of a group, one that is within it is chosen. */
export interface Code {
  key: string;
  de: string;
  en: string;
  finer?: readonly Code[];
}

/** By which codes it is said what a conversation was about, and whether it must be. */
export interface WrapUp {
  obligatory: boolean;
  codes: readonly Code[];
}

/** What is searched for in all conversations, and what narrows it. */
export interface Wish {
  words: string;
  channel?: string;
  language?: string;
  author?: string;
  agent?: string;
  code?: string;
  since?: string;
  until?: string;
}

/** A conversation that was found, by the newest message in it that fits. */
export interface Found {
  conversation: string;
  channel: Channel;
  language: Language;
  handler: Handler;
  name: string | null;
  agent: string | null;
  code: string | null;
  seq: number;
  author: Author;
  at: string;
  /** What was found in it stands between two marks that nobody types. */
  excerpt: string;
  times: number;
}

/** Words that agents send often, with places such as {customer} for what differs. */
export interface CannedReply {
  name: string;
  text: string;
}

/** A telephone that rings or talks for a conversation. */
export interface Leg {
  id: string;
  part: "caller" | "agent" | "colleague" | "listener";
  agent_id: string | null;
  agent: string | null;
  state: "ringing" | "briefed" | "accepted" | "joined";
  held: boolean;
  /** Whether the agent, and nobody else, hears who listens in. */
  whispers: boolean;
}

/** A conversation as a line of the lists. */
export interface Line {
  id: string;
  channel: Channel;
  language: Language;
  reason: string | null;
  since: string;
  name: string | null;
  preview: string;
  level: Level;
  department?: string | null;
  /** The number of its newest entry. */
  last?: number;
}

/** A call that the shop owes a customer. */
export interface Callback {
  id: string;
  number: string;
  conversation: string;
  state: "asked" | "calling" | "missed";
  at: string;
  attempts: number;
  phone: string;
  language: Language;
  reason: string;
  name: string | null;
  /** Who has taken it over. */
  agent: string | null;
}

/** What an agent says of themself. */
export type Status = "available" | "busy" | "do_not_disturb" | "away";

/** Whether the agent takes customers, and how they are shown to others. */
export interface Duty {
  status: Status;
  standing: Status | "wrap_up" | "gone";
  /** Until when they are left in peace after a conversation. */
  wrap_up_until: string | null;
}

/** A waiting customer who is offered to this agent. */
export interface Ringing {
  id: string;
  conversation: string;
  until: string;
}

export interface Lists {
  waiting: readonly Line[];
  mine: readonly Line[];
  callbacks?: readonly Callback[];
  due?: readonly DueCase[];
}

/** A case that is due, or soon will be, as a line of the lists. */
export interface DueCase {
  id: string;
  number: string;
  kind: string;
  state: string;
  conversation: string | null;
  due_at: string;
  text: string;
  tags: readonly string[];
  name: string | null;
  agent_id: string | null;
}

export interface Handoff {
  reason: string;
  note: string | null;
  department?: string | null;
  wanted_agent?: string | null;
  trigger: { seq: number; text: string } | null;
  /** What in the words, or of the customer's standing, has counted for it. */
  signs?: readonly { kind: string; seen: string; points: number }[];
  requested_at: string;
  claimed_at: string | null;
  agent?: string | null;
  ended_at?: string | null;
  outcome: string | null;
  outcome_note?: string | null;
  /** What it was about, as the agent said at the end. */
  code?: string | null;
}

export interface Conversation {
  id: string;
  channel: Channel;
  language: Language;
  handler: Handler;
  epoch: number;
  opened_at: string;
  agent: string | null;
  agent_id?: string | null;
  slots: Record<string, string>;
  level: Level;
  verified_how: string | null;
  last?: number;
}

export interface Interest {
  text: string;
  source: string;
  strength: number;
  at: string;
}

export interface Customer {
  id: string;
  number: string;
  name: string;
  language: Language;
  contacts: readonly { kind: string; value: string }[];
  since: string;
  interests: readonly Interest[];
}

export interface Order {
  number: string;
  state: string;
  placed_at: string;
  expected_on: string | null;
  carrier?: string | null;
  tracking?: string | null;
  total: string;
  currency: string;
  lines: readonly { sku: string; title: string; quantity: number; price: string }[];
}

export interface Suggested {
  title: string;
  reason: string;
  outcome: string | null;
  rank: number;
  at: string;
  decided_at: string | null;
  place: string;
  /** Whether it was in this conversation. */
  here: boolean;
}

/** Something that goes back, and how far it has come. */
export interface Returned {
  number: string;
  order: string;
  kind: string;
  state: string;
  reason: string | null;
  announced_at: string;
  refund: string;
  currency: string;
  lines: readonly { title: string; quantity: number }[];
}

/** Something that was done for the customer, and the message that led to it. */
export interface Happened {
  kind: string;
  ref: string;
  seq: number | null;
  at: string;
}

/** A product that an agent may suggest, with all that led to it. */
export interface Offer {
  suggestion: string;
  sku: string;
  title: string;
  price: string;
  currency: string;
  /** In the customer's language. */
  reason: string;
  derivation: Record<string, string | number | boolean | null>;
  model: string;
  /** Whether an agent has taken it into their words. */
  offered: boolean;
  outcome: string;
}

/** What may be suggested, and what it goes by. */
export interface Offers {
  suggestions: readonly Offer[];
  grounds: readonly (Interest & { said: { seq: number; text: string; at: string } | null })[];
  /** Whether it goes by the product that the customer is looking at. */
  looks_at: boolean;
  /** Whether a complaint forbids it. */
  unwelcome: boolean;
}

/** What became of the wish to record a call. */
export interface Recording {
  state: string;
  answered_at: string | null;
  seconds: number | null;
}

/** Where a fact is written: in a message, an order, a case, or somewhere that is there once. */
export interface Source {
  kind: "message" | "card" | "form" | "order" | "case" | "suggestions" | "handoff";
  ref: string;
}

/** Something that is so; the page has words for `what`. */
export interface Fact {
  what: string;
  value: string;
  source: Source;
}

export type Brief = Record<"who" | "wants" | "tried" | "missing" | "next", readonly Fact[]>;

/** A form that was left open, as far as it came. */
export interface Form {
  title: string;
  given: Record<string, unknown>;
  missing: readonly string[];
  unproved: boolean;
}

/** Somebody whom it may be, and what makes it seem so. */
export interface Maybe {
  id: string;
  number: string;
  name: string;
  by: readonly ("claim" | "caller" | "browser" | "contact" | "name")[];
}

/** How a customer stands, and who else it may be. */
export interface Card {
  worth: {
    orders: number;
    spent: string;
    sent_back: string;
    currency: string;
    last_order: string | null;
    contacts: number;
    last_contact: string | null;
  } | null;
  consents: readonly { kind: string; given: boolean }[];
  maybe: readonly Maybe[];
}

/** A matter that somebody must see to. */
export interface Case {
  id: string;
  number: string;
  kind: string;
  state: string;
  text: string;
  reply_to: string | null;
  /** Who sees to it; nobody's is everybody's. */
  agent_id: string | null;
  tags: readonly string[];
  opened_at: string;
  due_at: string;
  closed_at: string | null;
}

export interface Earlier {
  id: string;
  channel: Channel;
  opened_at: string;
  summary: string;
  outcome: string | null;
  /** Whether it can be heard. */
  recorded?: boolean;
  /** By what it seems to be of the same person; all but `customer` may be somebody else. */
  seen_by: "customer" | "browser" | "number";
}

/** Everything about a conversation, read at one moment. */
export interface Story {
  conversation: Conversation;
  brief: Brief;
  form: Form | null;
  /** Where the shop delivers, as ISO codes. */
  countries: readonly string[];
  handoff: Handoff | null;
  handoffs: readonly Handoff[];
  messages: readonly Message[];
  customer: Customer | null;
  interests?: readonly Interest[];
  orders: readonly Order[];
  returns: readonly Returned[];
  cases: readonly Case[];
  suggestions: readonly Suggested[];
  happened: readonly Happened[];
  understood: readonly { seq: number; intent: string; confidence: number | null }[];
  earlier: readonly Earlier[];
  legs: readonly Leg[];
  recording?: Recording | null;
}

export type DeskOut =
  | { type: "watch"; conversation: string; since: number }
  | { type: "typing"; conversation: string; box: "reply" | "note" }
  | { type: "draft"; conversation: string; box: "reply" | "note"; text: string }
  | { type: "here" };

/** What the agent had begun to write when they were here last. */
export type DraftsFrame = {
  type: "drafts";
  conversation: string;
  reply?: string;
  note?: string;
};

/** What a colleague does at the same conversation. */
export type BesideFrame = {
  type: "beside";
  conversation: string;
  agent: string;
  name: string;
  does: "comes" | "looks" | "writes" | "leaves";
};

export type Changed = {
  type: "changed";
  conversation: string;
  handler: Handler;
  epoch: number;
  agent?: string | null;
  language?: Language;
  level?: Level;
  legs: readonly Leg[];
  /** Since when the customer waits in the chat while something is looked up. */
  on_hold_since?: string | null;
  /** Colleagues who speak as well. */
  joined?: readonly { id: string; name: string }[];
};

export type DeskIn =
  | ({ type: "lists" } & Lists)
  | ({ type: "duty"; offer: Ringing | null; rings: Record<string, string> } & Duty)
  | ({ type: "message"; conversation: string } & Message)
  | Changed
  | BesideFrame
  | DraftsFrame
  | { type: "typing"; conversation: string };

/** By which ways agents come in. */
export interface WaysIn {
  passwords: boolean;
  /** What the shop's identity provider is called, where there is one. */
  provider: string | null;
  /** Why somebody who has just come from there is not let in. */
  refused: string | null;
}
