import { expect, test } from "vitest";
import { ACK_MS, Chat } from "../src/shared/chat";
import type { Message } from "../src/shared/protocol";
import { pageShelf, type Shelf } from "../src/shared/unacknowledged";
import { FakeClock, FakeNetwork, type FakeSocket } from "./fakes";

function aChat({
  shelf = pageShelf(),
  network = new FakeNetwork(),
  customerToken = null as string | null,
  link = null as string | null,
} = {}) {
  const clock = new FakeClock();
  let ids = 0;
  const chat = new Chat({
    open: network.open,
    shelf,
    language: "de",
    clock,
    customerToken,
    link,
    newId: () => `${shelfLength(shelf)}-${++ids}`,
  });
  return { chat, network, clock, shelf };
}

function shelfLength(shelf: Shelf): number {
  return (shelf.getItem("rapport.unacknowledged") ?? "").length;
}

function aMessage(seq: number, more: Partial<Message> = {}): { type: "message" } & Message {
  return {
    type: "message",
    seq,
    kind: "said",
    author: "bot",
    name: null,
    text: `message ${seq}`,
    choices: [],
    cards: [],
    id: null,
    at: "2026-11-23T12:00:00Z",
    ...more,
  };
}

function welcomes(socket: FakeSocket, last = 0, conversation = "c"): void {
  socket.onopen?.();
  socket.says({ type: "welcome", token: "t", conversation, language: "de", last });
}

function seqs(chat: Chat): number[] {
  return chat.transcript.messages.value.map(({ seq }) => seq);
}

test("shows the customer's words at once and as sent when they are acknowledged", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last);

  chat.say("Hallo");
  expect(chat.echoes.value.map(({ text, state }) => [text, state])).toEqual([["Hallo", "waiting"]]);
  const [said] = network.last.sentOf("say");
  network.last.says({ type: "ack", id: said!.id, seq: 1 });
  expect(chat.echoes.value[0]!.state).toBe("sent");
  network.last.says(aMessage(1, { author: "customer", id: said!.id as string }));

  expect(chat.echoes.value).toEqual([]);
  expect(seqs(chat)).toEqual([1]);
});

test("shows a message that comes twice once", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last);

  for (const seq of [1, 2, 2, 1]) network.last.says(aMessage(seq));

  expect(seqs(chat)).toEqual([1, 2]);
});

test("sends what was not acknowledged again, in order and under the same ids", () => {
  const { chat, network, clock } = aChat();
  chat.start();
  welcomes(network.last);
  chat.say("eins");
  chat.say("zwei");
  const first = network.last;
  first.breaks();
  chat.say("drei");

  clock.pass(500);
  welcomes(network.last);

  const again = network.last.sentOf("say");
  expect(again.map(({ text }) => text)).toEqual(["eins", "zwei", "drei"]);
  expect(again.slice(0, 2).map(({ id }) => id)).toEqual(first.sentOf("say").map(({ id }) => id));
});

test("does not send again what was acknowledged", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last);
  chat.say("eins");
  network.last.says({ type: "ack", id: network.last.sentOf("say")[0]!.id, seq: 1 });

  chat.restart();
  welcomes(network.last);

  expect(network.last.sentOf("say")).toEqual([]);
});

test("keeps what was written offline over a reload of the page", () => {
  const before = aChat();
  before.chat.start();
  before.chat.say("noch da?");

  const after = aChat({ shelf: before.shelf });
  after.chat.start();
  expect(after.chat.echoes.value.map(({ text }) => text)).toEqual(["noch da?"]);
  welcomes(after.network.last);

  expect(after.network.last.sentOf("say").map(({ text }) => text)).toEqual(["noch da?"]);
});

test("asks after a reconnection for exactly what is missing", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last, 2);
  network.last.says(aMessage(1));
  network.last.says(aMessage(2));

  chat.restart();
  welcomes(network.last, 3);

  expect(network.last.sentOf("hello")).toEqual([
    { type: "hello", token: "t", language: "de", since: 2 },
  ]);
});

test("shows the token of the shop's login once", () => {
  const { chat, network } = aChat({ customerToken: "signed" });
  chat.start();
  welcomes(network.last);
  const first = network.last;

  chat.restart();
  welcomes(network.last);

  expect(first.sentOf("hello")[0]!.customer_token).toBe("signed");
  expect(network.last.sentOf("hello")[0]).not.toHaveProperty("customer_token");
});

test("shows the token again where nobody has answered", () => {
  const { chat, network, clock } = aChat({ customerToken: "signed" });
  chat.start();
  network.last.onopen?.();
  network.last.breaks();

  clock.pass(500);
  network.last.onopen?.();

  expect(network.last.sentOf("hello")[0]!.customer_token).toBe("signed");
});

test("says at once who has logged in while the chat was open, and keeps it until it is", () => {
  const { chat, network } = aChat();
  chat.identify("before");
  expect(network.sockets).toHaveLength(0);
  chat.start();
  welcomes(network.last);

  chat.identify("meanwhile");
  welcomes(network.last);

  const shown = network.sockets.flatMap((socket) => socket.sentOf("hello"));
  expect(shown.map((hello) => hello.customer_token)).toEqual(["before", "meanwhile"]);
});

test("fetches what was skipped, and puts it in its place", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last, 1);
  network.last.says(aMessage(1));

  network.last.says(aMessage(3));
  expect(network.sockets).toHaveLength(2);
  welcomes(network.last, 3);
  expect(network.last.sentOf("hello")[0]!.since).toBe(1);
  network.last.says(aMessage(2));
  network.last.says(aMessage(3));

  expect(seqs(chat)).toEqual([1, 2, 3]);
});

test("asks once only for a number that is not the customer's to see", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last, 1);
  network.last.says(aMessage(1));
  network.last.says(aMessage(3));
  welcomes(network.last, 3);
  network.last.says(aMessage(3));
  network.last.says(aMessage(4));

  expect(network.sockets).toHaveLength(2);
  expect(chat.transcript.since).toBe(4);
});

test("does not take an acknowledgement for the messages before it", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last, 1);
  network.last.says(aMessage(1));
  chat.say("Hallo");
  network.last.says({ type: "ack", id: network.last.sentOf("say")[0]!.id, seq: 3 });

  chat.restart();
  network.last.onopen?.();

  expect(network.last.sentOf("hello")[0]!.since).toBe(1);
});

test("tries another line when an acknowledgement does not come", () => {
  const { chat, network, clock } = aChat();
  chat.start();
  welcomes(network.last);
  chat.say("Hallo");

  clock.pass(ACK_MS);

  expect(network.sockets).toHaveLength(2);
});

test("reads another conversation from its beginning", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last, 2);
  network.last.says(aMessage(1));
  network.last.says(aMessage(2));

  chat.restart();
  welcomes(network.last, 1, "another");
  welcomes(network.last, 1, "another");
  network.last.says(aMessage(1, { text: "Guten Tag" }));

  expect(network.last.sentOf("hello")[0]!.since).toBe(0);
  expect(chat.transcript.messages.value.map(({ text }) => text)).toEqual(["Guten Tag"]);
});

test("shows a refusal beside the words and lets them be said again", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last);
  chat.say("viel");
  const id = network.last.sentOf("say")[0]!.id as string;

  network.last.says({ type: "refused", id, rule: "too_many", text: "Bitte langsamer." });
  expect(chat.echoes.value[0]).toMatchObject({ state: "refused", reason: "Bitte langsamer." });
  chat.sayAgain(id);

  expect(network.last.sentOf("say")).toHaveLength(2);
  expect(chat.echoes.value.map(({ state }) => state)).toEqual(["waiting"]);
});

test("follows the assistant's language unless the customer has just chosen one", () => {
  const { chat, network } = aChat();
  const stands = (language: string) =>
    network.last.says({ type: "state", handler: "bot", agent: null, position: null, language });
  chat.start();
  welcomes(network.last);

  stands("en");
  expect(chat.language.value).toBe("en");
  chat.speak("de");
  stands("en");

  expect(chat.language.value).toBe("de");
});

test("tells the server of the link that led here, once", () => {
  const { chat, network } = aChat({ link: "a-token" });
  chat.start();
  welcomes(network.last);
  expect(network.last.sent.at(0)).toMatchObject({ type: "hello", link: "a-token" });

  chat.restart();
  welcomes(network.last);

  expect(network.last.sent.at(0)).not.toHaveProperty("link");
});

test("takes the way to the phone away once the conversation is there", () => {
  const { chat, network } = aChat();
  chat.start();
  welcomes(network.last);
  const way = { number: "+4930", written: "+49 30", code: "4711", expires_at: "2026-11-23T12:05:00Z" };
  network.last.says({ type: "phone", ...way });
  expect(chat.phone.value).toMatchObject(way);

  network.last.says({ type: "state", handler: "bot", agent: null, position: null, by_phone: true });

  expect(chat.phone.value).toBeNull();
  expect(chat.standing.value.by_phone).toBe(true);
});
