import { signal } from "@preact/signals";
import type { Chat } from "../shared/chat";
import type { Card } from "../shared/protocol";

/** Suggestions on a page always say why. */
export type Offer = Card & { reason: string };

/** Asks the server; a refusal or a dead line is thrown. */
export type Post = (path: string, body: object) => Promise<unknown>;

export interface LookingEnds {
  chat: Chat;
  post: Post;
  /** Of the shop's login, if the customer is logged in there. */
  customerToken?: string | null;
}

/** A product that is looked at, and what is suggested beside it. */
export class Looking {
  readonly offers = signal<readonly Offer[]>([]);
  readonly refused = signal<ReadonlySet<string>>(new Set());
  /** Refused here, but not on record: the server could not be told. */
  readonly unnoted = signal<ReadonlySet<string>>(new Set());
  private customerToken: string | null;
  private latest = 0;

  constructor(private readonly ends: LookingEnds) {
    this.customerToken = ends.customerToken ?? null;
  }

  /** Go by the shop's login from the next product on. */
  identify(customerToken: string): void {
    this.customerToken = customerToken;
  }

  /** Tell which product is looked at, and take what goes with it; nothing, where that fails. */
  async at(sku: string): Promise<void> {
    const mine = ++this.latest;
    const { chat, post } = this.ends;
    const body = {
      sku,
      language: chat.language.value,
      token: chat.token,
      customer_token: this.customerToken,
    };
    try {
      const strip = (await post("/page/viewed", body)) as { token: string; suggestions: Offer[] };
      chat.meet(strip.token);
      if (mine === this.latest) this.show(strip.suggestions);
    } catch {
      // A guest on the page does not complain: there is nothing to suggest just now.
      if (mine === this.latest) this.show([]);
    }
  }

  /** The customer follows a suggestion. */
  accept(offer: Offer): void {
    this.tell(offer, "accepted").catch(() => {});
  }

  /** The customer does not want to see this again. */
  refuse(offer: Offer): void {
    this.refused.value = new Set([...this.refused.value, offer.suggestion]);
    this.tell(offer, "declined").catch(() => {
      this.unnoted.value = new Set([...this.unnoted.value, offer.suggestion]);
    });
  }

  private show(offers: readonly Offer[]): void {
    this.refused.value = new Set();
    this.unnoted.value = new Set();
    this.offers.value = offers;
  }

  private tell(offer: Offer, outcome: "accepted" | "declined"): Promise<unknown> {
    const body = { token: this.ends.chat.token, outcome };
    return this.ends.post(`/page/suggestions/${offer.suggestion}/outcome`, body);
  }
}

/** Ask the server that the widget comes from; an answer is waited for even if the page is left. */
export function postTo(home: string): Post {
  return async (path, body) => {
    const answer = await fetch(new URL(path, home), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      keepalive: true,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.status === 204 ? null : answer.json();
  };
}
