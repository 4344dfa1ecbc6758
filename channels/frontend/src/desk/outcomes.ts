import type { Language } from "../shared/protocol";
import { de } from "./messages.de";
import { en } from "./messages.en";

const WORDS = { de, en };

export type OutcomeName = keyof typeof en.outcomes;
export const OUTCOMES = Object.keys(en.outcomes) as OutcomeName[];

/** The outcome as it goes into the record: the assistant says it, so it is in the customer's language. */
export function recorded(outcome: OutcomeName, language: Language): string {
  return WORDS[language].outcomes[outcome];
}

/** A recorded outcome in the agent's language; words of somebody's own stay as they are. */
export function shownOutcome(text: string, language: Language): string {
  const known = OUTCOMES.find((name) => text === de.outcomes[name] || text === en.outcomes[name]);
  return known ? WORDS[language].outcomes[known] : text;
}
