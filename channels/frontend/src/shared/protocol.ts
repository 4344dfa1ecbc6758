/** The frames of the chat and of the desk, as the server sends and takes them. */

export type Language = "de" | "en";
export type Handler = "bot" | "queue" | "agent" | "closed";
export type Author = "customer" | "bot" | "agent" | "system";
export type Channel = "chat" | "phone";
export type Level = "anonymous" | "claimed" | "verified" | "strong";
export type Kind =
  | "said"
  | "chosen"
  | "note"
  | "opened"
  | "handed_off"
  | "claimed"
  | "lapsed"
  | "finished"
  | "called_off"
  | "returned"
  | "closed"
  | "moved"
  | "rated"
  | "language_offered"
  | "held"
  | "resumed"
  | "transferred"
  | "requeued"
  | "joined"
  | "parted"
  | "recording_asked"
  | "recording_allowed"
  | "recording_refused"
  | "recording_passed_over"
  | "keys_wanted";

/** Where the conversation can go on by phone, shown in place of a product. */
export interface PhoneOffer {
  offer: "phone";
}

/** The line's number, and the code that leads from there to this conversation. */
export interface PhoneWay {
  number: string;
  /** The number in the groups in which people read it. */
  written: string;
  code: string;
  expires_at: string;
}

/** A suggested product, as it is shown beside the assistant's words. */
export interface Card {
  suggestion: string;
  sku: string;
  title: string;
  price: string;
  currency: string;
  image: string | null;
  reason: string | null;
  in_stock: boolean;
}

/** One numbered entry of a conversation: words, or a step such as "Mia has joined". */
export interface Message {
  seq: number;
  kind: Kind;
  author: Author;
  name: string | null;
  text: string;
  choices: { title: string }[];
  cards: (Card | PhoneOffer)[];
  /** The id that the sending client made; null for all that the client did not send. */
  id: string | null;
  at: string;
}

export type Said = { type: "say"; id: string; text: string };
export type Chosen = { type: "choose"; id: string; seq: number; choice: number };

export type ChatOut =
  | {
      type: "hello";
      token: string | null;
      /** The shop's word for who is logged in there. */
      customer_token?: string;
      /** What the address had that was sent to a caller. */
      link?: string;
      language: Language;
      since: number;
    }
  | Said
  | Chosen
  | { type: "language"; language: Language }
  | { type: "rate"; stars: number }
  | { type: "typing" }
  | { type: "call_off" }
  | { type: "phone" };

export type Standing = {
  handler: Handler;
  agent: string | null;
  position: number | null;
  /** About how long it takes until a person comes, where that is known. */
  minutes?: number | null;
  /** Whether it is held in a call now. */
  by_phone?: boolean;
  /** Whether the customer may say how content they are. */
  ratable?: boolean;
};

export type ChatIn =
  | {
      type: "welcome";
      token: string;
      conversation: string;
      language: Language;
      last: number;
      has_phone?: boolean;
      link_refused?: boolean;
    }
  | ({ type: "phone" } & PhoneWay)
  | { type: "no_phone"; text: string }
  | { type: "ack"; id: string; seq: number }
  | ({ type: "message" } & Message)
  | ({ type: "state"; language?: Language } & Standing)
  | { type: "refused"; id: string | null; rule: string; text: string }
  | { type: "typing"; author: "agent" };

/** Words longer than this are refused by the server, so they are stopped before. */
export const LONGEST_TEXT = 4000;

/** The products among the cards of a message. */
export function products(cards: readonly (Card | PhoneOffer)[]): Card[] {
  return cards.filter((card): card is Card => !("offer" in card));
}

/** Whether a message shows the way to the phone. */
export function offersPhone({ cards }: Message): boolean {
  return cards.some((card) => "offer" in card && card.offer === "phone");
}
