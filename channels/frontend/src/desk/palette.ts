import { type Key, possible } from "./commands";
import type { Desk } from "./desk";
import { dialog } from "./dialogs";
import type { Line } from "./protocol";

/** Something that the palette offers. */
export interface Offered {
  id: string;
  name: string;
  detail?: string;
  /** The key that does it too. */
  hotkey?: string;
  act: () => void;
}

/** The texts that the palette needs. */
export interface PaletteWords {
  keys: Record<Key, string>;
  someone: string;
  searchAllFor: (words: string) => string;
}

const MOST = 12;

/** What fits what was typed: conversations of the lists, deeds, and the search for it at last. */
export function offered(desk: Desk, typed: string, words: PaletteWords): Offered[] {
  const fitting = [...deeds(desk, words), ...conversations(desk, words)].filter(
    ({ name, detail = "" }) => fits(typed, `${name} ${detail}`),
  );
  return [...fitting.slice(0, MOST), ...searching(desk, typed, words)];
}

/** Whether every word that was typed begins one of these. */
export function fits(typed: string, name: string): boolean {
  const inside = wordsOf(name);
  return wordsOf(typed).every((word) => inside.some((one) => one.startsWith(word)));
}

function deeds(desk: Desk, words: PaletteWords): Offered[] {
  return possible(desk).map(([key, { act }]) => ({
    id: key,
    name: words.keys[key],
    hotkey: key,
    act: () => act(desk),
  }));
}

function conversations(desk: Desk, words: PaletteWords): Offered[] {
  return desk.lines.value.map((line: Line) => ({
    id: line.id,
    name: line.name ?? words.someone,
    detail: line.preview,
    act: () => void desk.opened.open(line.id),
  }));
}

function searching(desk: Desk, typed: string, words: PaletteWords): Offered[] {
  const sought = typed.trim();
  if (!sought) return [];
  const act = () => {
    desk.search.change({ words: sought });
    dialog.value = "search";
  };
  return [{ id: "search", name: words.searchAllFor(sought), act }];
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
