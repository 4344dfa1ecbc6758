import { expect, test } from "vitest";
import { summaryOf } from "../src/desk/summary";
import type { Handoff } from "../src/desk/protocol";
import type { Message } from "../src/shared/protocol";

const WORDS = {
  summaryParts: { reason: "Reason", asked: "Said", done: "Done", answered: "Last answer" },
  reasons: { asked: "Asked for a person" },
};

const HANDOFF: Handoff = {
  reason: "asked", note: null, trigger: { seq: 1, text: "A person,\nplease" },
  requested_at: "", claimed_at: null, outcome: null,
};

function said(author: Message["author"], text: string, kind: Message["kind"] = "said"): Message {
  return { seq: 1, author, text, kind, name: null, choices: [], cards: [], id: null, at: "" };
}

test("a summary says why, by which words, what was done and what was answered last", () => {
  const messages = [
    said("agent", "Hello"), said("agent", "It comes tomorrow."), said("customer", "Thanks"),
    said("agent", "not for them", "note"),
  ];

  expect(summaryOf(HANDOFF, messages, ["Return RT-1 registered", "Consent given"], WORDS)).toBe(
    "Reason: Asked for a person\nSaid: A person, please\n" +
      "Done: Return RT-1 registered, Consent given\nLast answer: It comes tomorrow.",
  );
});

test("what is not on record is not in it", () => {
  expect(summaryOf(null, [said("customer", "Hello")], [], WORDS)).toBe("");
});

test("an endless answer is cut", () => {
  const summary = summaryOf(null, [said("agent", "x".repeat(5000))], [], WORDS);

  expect(summary.length).toBeLessThan(330);
});
