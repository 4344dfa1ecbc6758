import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { language } from "../shared/page";
import type { Desk } from "./desk";
import { de } from "./messages.de";
import { en } from "./messages.en";

export const TheDesk = createContext<Desk | null>(null);

/** The desk that this part of the page belongs to. */
export function useDesk(): Desk {
  return useContext(TheDesk)!;
}

/** The desk's texts in the agent's language. */
export function useWords() {
  return language.value === "de" ? de : en;
}

/** The present moment, anew each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
