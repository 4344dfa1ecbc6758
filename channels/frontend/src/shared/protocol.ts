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
  | "returned"
  | "closed";

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
  cards: Card[];
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
      language: Language;
      since: number;
    }
  | Said
  | Chosen
  | { type: "language"; language: Language }
  | { type: "typing" };

export type Standing = {
  handler: Handler;
  agent: string | null;
  position: number | null;
};

export type ChatIn =
  | { type: "welcome"; token: string; conversation: string; language: Language; last: number }
  | { type: "ack"; id: string; seq: number }
  | ({ type: "message" } & Message)
  | ({ type: "state"; language?: Language } & Standing)
  | { type: "refused"; id: string | null; rule: string; text: string }
  | { type: "typing"; author: "agent" };

/** Words longer than this are refused by the server, so they are stopped before. */
export const LONGEST_TEXT = 4000;
