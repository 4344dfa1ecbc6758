import { expect, test } from "vitest";
import { pieces } from "../src/shared/links";

function linked(text: string): (string | undefined)[] {
  return pieces(text)
    .filter(({ href }) => href !== undefined)
    .map(({ href }) => href);
}

test("keeps every character of the text", () => {
  for (const text of ["", "a https://x.org/b. c", "(https://x.org)", "me@x.org, you", "javascript:x"]) {
    expect(pieces(text).map((piece) => piece.text).join("")).toBe(text);
  }
});

test("finds addresses of pages and mailboxes", () => {
  expect(linked("See https://x.org/a_(b) and http://y.org!")).toEqual([
    "https://x.org/a_(b)",
    "http://y.org/",
  ]);
  expect(linked("Write to ana.ruiz@example.com.")).toEqual(["mailto:ana.ruiz@example.com"]);
  expect(linked("mailto:ana@example.com")).toEqual(["mailto:ana@example.com"]);
});

test("leaves the sentence's own signs out of an address", () => {
  expect(linked("(see https://x.org/a).")).toEqual(["https://x.org/a"]);
  expect(linked("„https://x.org/a“")).toEqual(["https://x.org/a"]);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "vbscript:x",
  "//x.org",
  "https://",
  "https://bank.example@evil.example/",
])("makes no link of %s", (text) => {
  expect(linked(text).filter((href) => !href!.startsWith("mailto:"))).toEqual([]);
});
