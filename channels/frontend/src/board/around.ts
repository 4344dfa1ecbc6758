import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { language } from "../shared/page";
import type { Board } from "./board";
import { de } from "./messages.de";
import { en } from "./messages.en";

export const TheBoard = createContext<Board | null>(null);

/** The board that this part of the page belongs to. */
export function useBoard(): Board {
  return useContext(TheBoard)!;
}

/** The board's texts in the viewer's language. */
export function useWords() {
  return language.value === "de" ? de : en;
}
