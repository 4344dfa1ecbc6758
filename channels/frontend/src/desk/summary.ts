import type { Message } from "../shared/protocol";
import type { Handoff } from "./protocol";

/** How the parts of a summary are called in the agent's language. */
export interface SummaryWords {
  summaryParts: { reason: string; asked: string; done: string; answered: string };
  reasons: Record<string, string>;
}

const LONGEST_PART = 300;

/** Sum up a conversation by what is on record: why it came, by which words, what came of it. */
export function summaryOf(
  handoff: Handoff | null,
  messages: readonly Message[],
  done: readonly string[],
  { summaryParts, reasons }: SummaryWords,
): string {
  const answer = messages.findLast(({ author, kind }) => author === "agent" && kind === "said");
  const parts: [string, string | undefined][] = [
    [summaryParts.reason, handoff ? (reasons[handoff.reason] ?? handoff.reason) : undefined],
    [summaryParts.asked, handoff?.trigger?.text],
    [summaryParts.done, done.join(", ")],
    [summaryParts.answered, answer?.text],
  ];
  return parts.flatMap(([name, text]) => (text ? [`${name}: ${shortened(text)}`] : [])).join("\n");
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_PART ? `${line.slice(0, LONGEST_PART - 1)}…` : line;
}
