import { expect, test } from "vitest";
import { fits } from "../src/desk/palette";

test.each([
  ["", "Close"],
  ["clo", "Close"],
  ["back ass", "Back to the assistant"],
  ["ruiz an", "Ana Ruiz"],
  ["schl", "Schließen"],
])("a few letters of its words find it: %s", (typed, name) => {
  expect(fits(typed, name)).toBe(true);
});

test.each([["lose", "Close"], ["back bot", "Back to the assistant"]])(
  "others do not: %s",
  (typed, name) => {
    expect(fits(typed, name)).toBe(false);
  },
);
