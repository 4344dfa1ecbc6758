import { signal } from "@preact/signals";
import { price } from "../../shared/format";
import type { Language } from "../../shared/protocol";
import type { Desk } from "../desk";
import { de } from "../messages.de";
import { en } from "../messages.en";
import type { Offer } from "../protocol";

export type Decision = "accepted" | "declined";

/** Which suggestion the keys are about, counted from 0. */
export const current = signal(0);

/** The suggestion that the keys are about. */
export function currentOffer(desk: Desk): Offer | undefined {
  const offers = desk.opened.offers.value?.suggestions ?? [];
  return offers[current.value % Math.max(1, offers.length)];
}

/** Go to the next suggestion, from the last to the first. */
export function nextSuggestion(desk: Desk): void {
  const count = desk.opened.offers.value?.suggestions.length ?? 0;
  if (count > 0) current.value = (current.value + 1) % count;
}

/** Put a suggestion into the reply, and on record that it is offered. */
export function putIntoReply(desk: Desk, offer: Offer | undefined): void {
  const { value: story } = desk.opened.story;
  if (!offer || !story || !desk.isMine.value) return;
  desk.deeds.offer(offer, sentenceOf(offer, story.conversation.language));
  mark(desk, offer, { offered: true });
}

/** Put on record what the customer said to a suggestion. */
export async function decide(
  desk: Desk,
  offer: Offer | undefined,
  outcome: Decision,
): Promise<void> {
  if (!offer || !desk.isMine.value) return;
  const isKept = await desk.opened.doing(({ id: conversation }) =>
    desk.api.post(`conversations/${conversation}/suggestions/${offer.suggestion}/outcome`, {
      outcome,
    }),
  );
  if (isKept) mark(desk, offer, { outcome });
}

/** In the customer's language, whichever the agent's page is in. */
function sentenceOf(offer: Offer, spoken: Language): string {
  const cost = price(offer.price, offer.currency, spoken);
  return (spoken === "de" ? de : en).offerSentence(offer.title, cost, offer.reason);
}

function mark(desk: Desk, { suggestion }: Offer, news: Partial<Offer>): void {
  const { value: offers } = desk.opened.offers;
  if (!offers) return;
  const suggestions = offers.suggestions.map((one) =>
    one.suggestion === suggestion ? { ...one, ...news } : one,
  );
  desk.opened.offers.value = { ...offers, suggestions };
}
