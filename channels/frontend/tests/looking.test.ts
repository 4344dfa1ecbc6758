import { expect, test } from "vitest";
import { Chat } from "../src/shared/chat";
import { pageShelf } from "../src/shared/unacknowledged";
import { Looking, type Offer } from "../src/widget/looking";
import { FakeClock, FakeNetwork } from "./fakes";

/** A server whose answers the test gives, in whatever order. */
class FakeServer {
  readonly asked: { path: string; body: Record<string, unknown> }[] = [];
  private readonly waiting: ((answer: unknown) => void)[] = [];
  isDown = false;

  readonly post = (path: string, body: object): Promise<unknown> => {
    this.asked.push({ path, body: body as Record<string, unknown> });
    if (this.isDown) return Promise.reject(new Error("429"));
    return new Promise((resolve) => this.waiting.push(resolve));
  };

  answers(nth: number, suggestions: readonly Offer[], token = "visitor"): Promise<void> {
    this.waiting[nth]!({ token, suggestions });
    return Promise.resolve();
  }
}

function aPage({ customerToken = null as string | null } = {}) {
  const network = new FakeNetwork();
  const shelf = pageShelf();
  const clock = new FakeClock();
  const chat = new Chat({ open: network.open, shelf, language: "de", clock });
  const server = new FakeServer();
  const looking = new Looking({ chat, post: server.post, customerToken });
  return { chat, network, shelf, server, looking };
}

function anOffer(suggestion: string): Offer {
  return {
    suggestion,
    sku: `SKU-${suggestion}`,
    title: suggestion,
    price: "19.90",
    currency: "EUR",
    image: null,
    reason: "auch von Giuseppe Verdi",
    in_stock: true,
  };
}

test("says which product is looked at, and shows what goes with it", async () => {
  const { server, looking } = aPage({ customerToken: "signed" });

  const done = looking.at("SKU-AIDA");
  await server.answers(0, [anOffer("one")]);
  await done;

  expect(server.asked[0]).toEqual({
    path: "/page/viewed",
    body: { sku: "SKU-AIDA", language: "de", token: null, customer_token: "signed" },
  });
  expect(looking.offers.value.map(({ suggestion }) => suggestion)).toEqual(["one"]);
});

test("keeps the visitor's name for the chat, and in the browser only once there is one", async () => {
  const { chat, network, shelf, server, looking } = aPage();

  const done = looking.at("SKU-AIDA");
  await server.answers(0, []);
  await done;
  expect(shelf.getItem("rapport.token")).toBeNull();
  chat.start();
  network.last.onopen?.();

  expect(network.last.sentOf("hello")[0]).toMatchObject({ token: "visitor" });
});

test("never shows what belonged to the product before", async () => {
  const { server, looking } = aPage();

  const first = looking.at("SKU-AIDA");
  const second = looking.at("SKU-OTELLO");
  await server.answers(1, [anOffer("of Otello")]);
  await server.answers(0, [anOffer("of Aida")]);
  await Promise.all([first, second]);

  expect(looking.offers.value.map(({ suggestion }) => suggestion)).toEqual(["of Otello"]);
});

test("shows nothing and complains of nothing where the server refuses", async () => {
  const { server, looking } = aPage();
  server.isDown = true;

  await looking.at("SKU-AIDA");

  expect(looking.offers.value).toEqual([]);
});

test("tells what was followed and what is not for this customer", async () => {
  const { server, looking } = aPage();
  const done = looking.at("SKU-AIDA");
  const [one, two] = [anOffer("one"), anOffer("two")];
  await server.answers(0, [one, two]);
  await done;

  looking.accept(one);
  looking.refuse(two);

  expect(server.asked.slice(1)).toEqual([
    { path: "/page/suggestions/one/outcome", body: { token: "visitor", outcome: "accepted" } },
    { path: "/page/suggestions/two/outcome", body: { token: "visitor", outcome: "declined" } },
  ]);
  expect([...looking.refused.value]).toEqual(["two"]);
});

test("does not promise what the server could not be told", async () => {
  const { server, looking } = aPage();
  server.isDown = true;

  looking.refuse(anOffer("one"));

  await expect.poll(() => [...looking.unnoted.value]).toEqual(["one"]);
  expect([...looking.refused.value]).toEqual(["one"]);
});
