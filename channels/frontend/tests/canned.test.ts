import { expect, test } from "vitest";
import { filledIn, hasGap, inPlaceOf, slashBefore } from "../src/desk/canned";

test.each([
  ["/", 1, { from: 0, typed: "" }],
  ["/gru", 4, { from: 0, typed: "gru" }],
  ["Hallo /rück", 11, { from: 6, typed: "rück" }],
  ["/gru", 2, { from: 0, typed: "g" }],
])("a slash that begins a word is one: %s", (text, caret, slash) => {
  expect(slashBefore(caret, text)).toEqual(slash);
});

test.each(["and/or", "1/2", "https://shop.example", "/gruss Ana", "nothing"])(
  "another is not: %s",
  (text) => {
    expect(slashBefore(text.length, text)).toBeNull();
  },
);

test("what is known is filled in once, and what is not becomes a gap", () => {
  const values = { customer: "{agent}", agent: "Mia", order: null };

  const said = filledIn("{customer}, {agent}: {order}", values, { order: "Bestellnummer" });

  expect(said).toBe("{agent}, Mia: ‹Bestellnummer›");
  expect(hasGap(said)).toBe(true);
  expect(hasGap("a < b > c")).toBe(false);
});

test("the reply stands where the slash stood, with its first gap selected", () => {
  const slash = { from: 6, typed: "un" };

  const put = inPlaceOf(slash, "Hallo /un, danke", "‹Nummer› ist unterwegs");

  expect(put).toEqual({ text: "Hallo ‹Nummer› ist unterwegs, danke", from: 6, to: 14 });
});
