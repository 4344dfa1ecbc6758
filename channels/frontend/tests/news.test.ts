import { beforeEach, expect, test } from "vitest";
import { News } from "../src/desk/news";
import type { Line, Lists } from "../src/desk/protocol";
import { pageShelf } from "../src/shared/unacknowledged";
import { FakeHerald } from "./fakes";

let herald: FakeHerald;
let isPeaceful: boolean;
let news: News;
const shelf = pageShelf();

beforeEach(() => {
  herald = new FakeHerald();
  isPeaceful = false;
  news = new News(shelf, herald, () => isPeaceful);
});

function aLine(id: string, last = 1): Line {
  return {
    id, last, channel: "chat", language: "de", reason: null, since: "", name: null, preview: "",
    level: "anonymous",
  };
}

function lists(mine: Line[], waiting: Line[] = []): Lists {
  return { mine, waiting };
}

test("what is said where the agent does not look is unread until they do", () => {
  news.compare(lists([aLine("c1"), aLine("c2")]), "c1");
  news.compare(lists([aLine("c1", 2), aLine("c2", 2)]), "c1");
  expect([...news.unread.value]).toEqual(["c2"]);
  expect([herald.sounds, herald.shown]).toEqual([1, []]);

  news.compare(lists([aLine("c1", 2), aLine("c2", 2)]), "c2");
  expect(news.count.value).toBe(0);
});

test("of each that is unread the agent is told once, beside the browser if they are elsewhere", () => {
  herald.isBefore = false;
  news.compare(lists([aLine("c1")]), "c1");
  news.compare(lists([aLine("c1", 2)]), "c1");
  news.compare(lists([aLine("c1", 3)]), "c1");

  expect(herald.sounds).toBe(1);
  expect(herald.shown).toEqual([["said", "c1"]]);
});

test("what was there before the page was is no news", () => {
  news.compare(lists([aLine("c1", 9)], [aLine("c2", 9)]), null);

  expect([herald.sounds, news.count.value]).toEqual([0, 1]);
});

test("an offer sounds once for as long as it rings", () => {
  news.ring(aLine("c1"));
  news.ring(aLine("c1"));
  news.ring(null);
  news.ring(aLine("c1"));

  expect(herald.sounds).toBe(2);
});

test("whoever wants peace, or no sound, has it", () => {
  herald.isBefore = false;
  news.choose(false);
  news.ring(aLine("c1"));
  expect([herald.sounds, herald.shown]).toEqual([0, [["rings", "c1"]]]);
  expect(new News(shelf, herald, () => false).isLoud.value).toBe(false);

  news.choose(true);
  isPeaceful = true;
  news.ring(aLine("c2"));
  expect([herald.sounds, herald.shown.length]).toEqual([0, 1]);
});
