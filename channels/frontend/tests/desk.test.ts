import { beforeEach, expect, test } from "vitest";
import type { DeskApi } from "../src/desk/api";
import { Desk } from "../src/desk/desk";
import type { Agent, Line, Story } from "../src/desk/protocol";
import { Refusal } from "../src/shared/ask";
import { pageShelf } from "../src/shared/unacknowledged";
import { FakeHerald, FakeNetwork } from "./fakes";

const MIA: Agent = { id: "a1", name: "Mia", login: "mia", role: "agent", rights: ["enter", "serve"], second_factor: false, phone: "", language: null };

function aLine(id: string): Line {
  return { id, channel: "chat", language: "de", reason: null, since: "", name: null, preview: "", level: "anonymous" };
}

function aStory(id: string, epoch = 2): Story {
  return {
    conversation: {
      id, epoch, channel: "chat", language: "de", handler: "agent", opened_at: "", agent: "Mia",
      agent_id: MIA.id, slots: {}, level: "anonymous", verified_how: null,
    },
    brief: { who: [], wants: [], tried: [], missing: [], next: [] },
    form: null, countries: [], handoff: null, handoffs: [], messages: [], customer: null,
    orders: [], returns: [], cases: [], suggestions: [], happened: [], understood: [],
    earlier: [], legs: [],
  };
}

class FakeApi {
  readonly asked: string[] = [];
  readonly sent: { epoch: number; id: string; text: string }[] = [];
  refusal: Refusal | null = null;
  epoch = 2;

  async me() {
    return { agent: MIA, telephone: "none" as const };
  }
  async logOut() {}
  async story(id: string) {
    this.asked.push(id);
    return aStory(id, this.epoch);
  }
  async wrapUp() {
    return { obligatory: true, codes: [] };
  }
  async suggestions() {
    return { suggestions: [], grounds: [], looks_at: false, unwelcome: false };
  }
  async reply(_: string, epoch: number, id: string, text: string) {
    this.sent.push({ epoch, id, text });
    if (this.refusal) throw this.refusal;
    return { seq: 1 };
  }
}

let api: FakeApi;
let network: FakeNetwork;
let desk: Desk;

beforeEach(async () => {
  api = new FakeApi();
  network = new FakeNetwork();
  desk = new Desk(api as unknown as DeskApi, pageShelf(), network.open, new FakeHerald());
  await desk.enter();
  network.last.says({ type: "lists", mine: [aLine("c1")], waiting: [aLine("c2")] });
});

test("the next and the one before are those of the lists, to their ends", async () => {
  for (const [by, expected] of [[1, "c1"], [1, "c2"], [1, "c2"], [-1, "c1"], [-1, "c1"]] as const) {
    await desk.step(by);
    expect(desk.opened.selected.value).toBe(expected);
  }
});

test("words stay in their box under one id until the server has them", async () => {
  await desk.opened.open("c1");
  desk.drafts.keep("c1", "reply", "Guten Tag");
  api.refusal = new Refusal(502, null, "Moment");

  expect(await desk.deeds.send("reply", "Guten Tag")).toBe(false);
  expect(desk.drafts.text("c1", "reply")).toBe("Guten Tag");
  api.refusal = null;
  expect(await desk.deeds.send("reply", "Guten Tag")).toBe(true);

  expect(desk.drafts.text("c1", "reply")).toBe("");
  expect(new Set(api.sent.map(({ id }) => id)).size).toBe(1);
});

test("whoever is refused for being late is shown how it stands now", async () => {
  await desk.opened.open("c1");
  api.refusal = new Refusal(409, "late", "Es ging weiter.");
  api.epoch = 3;

  await desk.deeds.send("reply", "Guten Tag");
  await Promise.resolve();

  expect(desk.attempts.trouble.value).toEqual({ text: "Es ging weiter." });
  expect(desk.opened.story.value?.conversation.epoch).toBe(3);
});

test("the page is left when the login has ended, by either way to hear of it", async () => {
  await desk.opened.open("c1");
  api.refusal = new Refusal(401, "login_needed", "Bitte melden Sie sich an.");
  await desk.deeds.send("reply", "Guten Tag");
  expect([desk.entry.agent.value, desk.opened.story.value]).toEqual([null, null]);

  await desk.enter();
  network.last.breaks(4401);
  expect(desk.entry.agent.value).toBeNull();
});

test("nothing is done where no conversation is open", async () => {
  expect(await desk.deeds.close({ outcome: "", note: "", code: "" })).toBe(false);
});
