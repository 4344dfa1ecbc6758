import { describe, expect, it } from "vitest";
import type { Story } from "../src/desk/protocol";
import { begun, EVERY, filled, ordersFor } from "../src/desk/story/forms";
import { timelineOf } from "../src/desk/story/timeline";
import type { Message } from "../src/shared/protocol";

const DAY = "2026-11-";

function message(seq: number, at: string): Message {
  return { seq, kind: "said", author: "customer", name: null, text: "", choices: [], cards: [], id: null, at };
}

function order(number: string, state: string, titles: readonly string[] = ["Aida"]) {
  const lines = titles.map((title) => ({ sku: `S-${title}`, title, quantity: 1, price: "9.90" }));
  return { number, state, placed_at: `${DAY}20`, expected_on: null, total: "9.90", currency: "EUR", lines };
}

function story(more: Partial<Story>): Story {
  return {
    conversation: { opened_at: `${DAY}25T10:00:00Z` },
    form: null,
    countries: ["DE", "AT"],
    orders: [],
    returns: [],
    cases: [],
    suggestions: [],
    happened: [],
    earlier: [],
    ...more,
  } as unknown as Story;
}

describe("the timeline", () => {
  it("puts all channels and matters into one line, what was before apart", () => {
    const contact = { id: "c", opened_at: `${DAY}21T08:00:00Z` };
    const late = { ...order("A-2", "placed"), placed_at: `${DAY}25T10:03:00Z` };
    const { older, present } = timelineOf(
      story({ earlier: [contact] as never, orders: [late, order("A-1", "delivered")] }),
      [message(1, `${DAY}25T10:01:00Z`), message(2, `${DAY}25T10:05:00Z`)],
    );

    expect(older.map(({ kind }) => kind)).toEqual(["order", "contact"]);
    expect(present.map(({ kind }) => kind)).toEqual(["message", "order", "message"]);
  });

  it("tells of a matter once, where a deed in the conversation tells of it", () => {
    const at = `${DAY}25T10:02:00Z`;
    const { present } = timelineOf(
      story({
        happened: [{ kind: "return_announced", ref: "RT-1", seq: 2, at }],
        returns: [{ number: "RT-1", announced_at: at }] as never,
      }),
      [],
    );

    expect(present.map(({ kind }) => kind)).toEqual(["happened"]);
  });

  it("tells of what was suggested here only once something has come of it", () => {
    const shown = { title: "Aida", here: true, at: `${DAY}25T10:02:00Z`, decided_at: null };
    const taken = { ...shown, decided_at: `${DAY}25T10:04:00Z` };
    const before = { ...shown, here: false, at: `${DAY}20T10:00:00Z` };
    const { older, present } = timelineOf(
      story({ suggestions: [shown, taken, before] as never }),
      [],
    );

    expect(older).toHaveLength(1);
    expect(present.map(({ at }) => at)).toEqual([taken.decided_at]);
  });
});

describe("a form", () => {
  it("begins with what the customer has told, and with what is plain", () => {
    const form = { title: "return_item", given: { order: "A-1", reason: "damaged" } };
    const told = story({ form: form as never, orders: [order("A-1", "delivered")] });

    expect(begun("return_item", told.form, told)).toEqual({
      order: "A-1",
      line: "S-Aida",
      quantity: "1",
      reason: "damaged",
    });
  });

  it("leaves open what may be one of several", () => {
    const told = story({ orders: [order("A-1", "delivered", ["Aida", "Tosca"]), order("A-2", "delivered")] });

    expect(begun("return_item", null, told)).toMatchObject({ order: "", line: "" });
  });

  it("offers the orders that it may be about, and the one that was named", () => {
    const told = story({ orders: [order("A-1", "placed"), order("A-2", "shipped")] });

    expect(ordersFor("cancel_order", told).map(({ number }) => number)).toEqual(["A-1"]);
    expect(ordersFor("cancel_order", told, "A-2")).toHaveLength(2);
  });

  it("sends what is filled in, and how many as a number", () => {
    const values = { order: "A-1", line: EVERY, quantity: "2", reason: " " };

    expect(filled("return_item", values)).toEqual({
      form: "return_item",
      order: "A-1",
      line: EVERY,
      quantity: 2,
    });
  });
});
