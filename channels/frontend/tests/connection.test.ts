import { expect, test } from "vitest";
import { Backoff } from "../src/shared/backoff";
import { Connection, SILENCE_MS } from "../src/shared/connection";
import { FakeClock, FakeNetwork } from "./fakes";

type Frame = { type: string };

function aConnection(random = () => 1) {
  const network = new FakeNetwork();
  const clock = new FakeClock();
  const heard: Frame[] = [];
  const connection = new Connection<Frame, Frame>({
    open: network.open,
    greeting: () => [{ type: "hello" }],
    heard: (frame) => heard.push(frame),
    turnedAway: (code) => code === 4401,
    clock,
    backoff: new Backoff(500, 30_000, random),
  });
  return { connection, network, clock, heard };
}

test("waits up to twice as long after each failure, and never over thirty seconds", () => {
  const ceilings = new Backoff(500, 30_000, () => 1);

  const waits = Array.from({ length: 9 }, () => ceilings.next());

  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test("spreads the waiting over the whole span, down to nothing", () => {
  const early = new Backoff(500, 30_000, () => 0);

  expect([early.next(), early.next()]).toEqual([0, 0]);
});

test("is online only when the server has spoken", () => {
  const { connection, network } = aConnection();

  connection.start();
  network.last.onopen?.();
  expect(connection.state.value).toBe("connecting");
  network.last.says({ type: "welcome" });

  expect(connection.state.value).toBe("online");
  expect(network.last.sent).toEqual([{ type: "hello" }]);
});

test("comes back after a break, later each time, and promptly once it was answered", () => {
  const { connection, network, clock } = aConnection();
  connection.start();

  network.last.breaks();
  clock.pass(499);
  expect(network.sockets).toHaveLength(1);
  clock.pass(1);
  expect(network.sockets).toHaveLength(2);
  network.last.breaks();
  clock.pass(999);
  expect(network.sockets).toHaveLength(2);
  clock.pass(1);
  network.last.says({ type: "welcome" });
  network.last.breaks();
  clock.pass(500);

  expect(network.sockets).toHaveLength(4);
});

test("gives up on a server that accepts the socket and then says nothing", () => {
  const { connection, network, clock } = aConnection();
  connection.start();
  network.last.onopen?.();

  clock.pass(SILENCE_MS);

  expect(connection.state.value).toBe("offline");
  expect(network.last.isClosed).toBe(true);
});

test("stays away when the server says so", () => {
  const { connection, network, clock } = aConnection();
  connection.start();

  network.last.breaks(4401);
  clock.pass(60_000);

  expect(network.sockets).toHaveLength(1);
  expect(connection.state.value).toBe("idle");
});

test("does not listen to a socket that it has left", () => {
  const { connection, network, heard } = aConnection();
  connection.start();
  const left = network.last;

  connection.restart();
  left.says({ type: "late" });
  left.breaks();

  expect(heard).toEqual([]);
  expect(network.sockets).toHaveLength(2);
});

test("ignores what is not a frame", () => {
  const { connection, network, heard } = aConnection();
  connection.start();

  network.last.onmessage?.({ data: "{" });
  network.last.onmessage?.({ data: new ArrayBuffer(2) });

  expect(heard).toEqual([]);
});

test("tells its user that nobody hears", () => {
  const { connection } = aConnection();
  connection.start();

  expect(connection.send({ type: "say" })).toBe(false);
});
