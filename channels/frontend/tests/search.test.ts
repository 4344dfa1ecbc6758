import { expect, test } from "vitest";
import type { DeskApi } from "../src/desk/api";
import { Attempts } from "../src/desk/attempts";
import type { Found, Wish } from "../src/desk/protocol";
import { pieces, Search } from "../src/desk/search";
import { FakeClock } from "./fakes";

function aHit(conversation: string): Found {
  return {
    conversation, channel: "chat", language: "de", handler: "closed", name: null, agent: null,
    code: null, seq: 1, author: "customer", at: "", excerpt: "", times: 1,
  };
}

test("an excerpt is cut where its marks are", () => {
  expect(pieces("das \u0002Paket\u0003 fehlt")).toEqual([
    { text: "das ", isFound: false },
    { text: "Paket", isFound: true },
    { text: " fehlt", isFound: false },
  ]);
  expect(pieces("<b>\u0003")).toEqual([{ text: "<b>\u0003", isFound: false }]);
});

test("one question is asked once the typing has stopped, with what narrows it", () => {
  const asked: Wish[] = [];
  const api = { search: async (wish: Wish) => (asked.push(wish), []) } as unknown as DeskApi;
  const clock = new FakeClock();
  const search = new Search(api, new Attempts({ loginNeeded() {}, late() {} }), clock);

  search.change({ words: "P" });
  search.change({ words: "Paket ", channel: "phone", language: "" });
  clock.pass(250);

  expect(asked).toEqual([{ words: "Paket", channel: "phone" }]);
});

test("an answer that was overtaken is not shown", async () => {
  const answers: ((found: Found[]) => void)[] = [];
  const api = {
    search: () => new Promise<Found[]>((resolve) => answers.push(resolve)),
  } as unknown as DeskApi;
  const search = new Search(api, new Attempts({ loginNeeded() {}, late() {} }), new FakeClock());
  search.change({ words: "Paket" });
  const first = search.find();
  const second = search.find();

  answers[1]!([aHit("second")]);
  await second;
  answers[0]!([aHit("first")]);
  await first;

  expect(search.found.value).toEqual([aHit("second")]);
  expect(search.isBusy.value).toBe(false);
});
