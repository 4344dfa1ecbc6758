import { beforeEach, expect, test } from "vitest";
import { Drafts } from "../src/desk/drafts";
import type { DeskOut } from "../src/desk/protocol";
import { pageShelf } from "../src/shared/unacknowledged";
import { FakeClock } from "./fakes";

let agent: string;
let told: DeskOut[];
let clock: FakeClock;
let drafts: Drafts;

beforeEach(() => {
  agent = "mia";
  told = [];
  clock = new FakeClock();
  const tell = (frame: DeskOut) => told.push(frame);
  drafts = new Drafts({ shelf: pageShelf(), agent: () => agent, tell, clock });
});

test("the server is told once the agent has stopped typing", () => {
  drafts.keep("c1", "reply", "Gu");
  clock.pass(500);
  drafts.keep("c1", "reply", "Guten Tag");
  clock.pass(799);
  expect(told).toEqual([]);
  clock.pass(1);

  expect(told).toEqual([{ type: "draft", conversation: "c1", box: "reply", text: "Guten Tag" }]);
});

test("what was sent is no draft any more, and nothing is told of it later", () => {
  drafts.keep("c1", "reply", "Guten Tag");
  drafts.clear("c1", "reply");
  clock.pass(2_000);

  expect(told).toEqual([{ type: "draft", conversation: "c1", box: "reply", text: "" }]);
});

test("what the server knows goes where nothing was begun here", () => {
  drafts.keep("c1", "note", "hier begonnen");

  drafts.learn({ type: "drafts", conversation: "c1", reply: "dort begonnen", note: "dort" });

  expect(drafts.text("c1", "reply")).toBe("dort begonnen");
  expect(drafts.text("c1", "note")).toBe("hier begonnen");
  expect(drafts.learned.value).toBe(1);
});

test("at one browser each has their own", () => {
  drafts.keep("c1", "reply", "von Mia");
  agent = "tom";
  expect(drafts.text("c1", "reply")).toBe("");

  agent = "mia";
  expect(drafts.text("c1", "reply")).toBe("von Mia");
});
