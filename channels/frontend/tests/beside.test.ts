import { beforeEach, expect, test } from "vitest";
import { Beside } from "../src/desk/beside";
import type { BesideFrame } from "../src/desk/protocol";
import { FakeClock } from "./fakes";

let clock: FakeClock;
let beside: Beside;

beforeEach(() => {
  clock = new FakeClock();
  beside = new Beside(clock);
});

function hears(does: BesideFrame["does"], agent = "t", name = "Tom"): void {
  beside.hear({ type: "beside", conversation: "c1", agent, name, does });
}

function shown(): string[] {
  return beside.others.value.map(({ name, isWriting }) => (isWriting ? `${name} writes` : name));
}

test("a colleague is there until they leave", () => {
  hears("comes");
  hears("looks", "a", "Ana");
  expect(shown()).toEqual(["Ana", "Tom"]);

  hears("leaves");
  expect(shown()).toEqual(["Ana"]);
});

test("who writes is seen to, and for no longer than they do", () => {
  hears("looks");
  hears("writes");
  hears("looks");
  expect(shown()).toEqual(["Tom writes"]);

  clock.pass(4_000);
  expect(shown()).toEqual(["Tom"]);
});

test("whoever is not heard of any more is gone", () => {
  hears("looks");
  clock.pass(39_000);
  hears("looks");
  clock.pass(39_000);
  expect(shown()).toEqual(["Tom"]);

  clock.pass(2_000);
  expect(shown()).toEqual([]);
});

test("nobody comes back who has left while writing", () => {
  hears("writes");
  hears("leaves");
  clock.pass(5_000);

  expect(shown()).toEqual([]);
});
