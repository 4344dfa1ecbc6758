/** What the board's routes send. */
import type { Channel, Language } from "../shared/protocol";

export type Unit = "number" | "seconds" | "share" | "stars";

export interface Value {
  value: number | null;
  /** Of how many things it tells. */
  count: number;
}

export interface Named {
  key: string;
  name: string;
  unit: Unit;
  /** Whether it tells of this moment rather than of a time. */
  now: boolean;
  high_is_bad: boolean;
}

export type Compared = Named &
  Value & {
    before: number | null;
    /** The shop's, where the number is past it. */
    limit: number | null;
  };

export interface Sentence {
  text: string;
  times: number;
  language: Language;
  conversation: string;
}

export interface Numbers {
  since: string;
  until: string;
  /** The share of hand-offs that are to be taken in time. */
  target: number;
  numbers: readonly Compared[];
  sentences: readonly Sentence[];
}

export type Now = Record<string, { count: number; since: string | null }>;

export type Standing = "available" | "busy" | "do_not_disturb" | "wrap_up" | "away" | "gone";

export interface Person {
  name: string;
  standing: Standing;
  /** How many customers they have. */
  conversations: number;
}

/** What is so at this moment, and a mark of it to ask for the next. */
export interface Moment {
  now: Now;
  people: readonly Person[];
  seen: string;
}

export type Detail = Named & {
  meaning: string;
  sql: string;
  days: readonly (Value & { day: string })[];
  hours: readonly (Value & { day: number; hour: number })[];
  parts: readonly (Value & { channel: Channel; language: Language })[];
};

export interface Counted {
  conversation: string;
  at: string;
  channel: Channel;
  language: Language;
  value: number;
  name: string | null;
}

/** What the page looks at. */
export interface Look {
  days: number;
  channel: Channel | null;
  language: Language | null;
}
