import { useWords } from "../around";
import type { Fact } from "../protocol";
import { useStoryWords } from "./words";

/** How facts begin that tell what was done. */
export const DID = "did:";

/** What a fact is in words; null for what has none, which is then left unsaid. */
export function useFactWords(): (fact: Fact) => string | null {
  const told = useStoryWords();
  const words = useWords();
  const field = (name: string) => told.fields[name] ?? told.anAnswer;
  return ({ what, value }) => {
    if (what.startsWith(DID)) {
      const done = told.did[what.slice(DID.length)];
      return done ? [done, value].filter(Boolean).join(" ") : null;
    }
    const matter = told.matters[value];
    switch (what) {
      case "level":
        return words.levels[value as keyof typeof words.levels];
      case "errand":
        return matter ?? null;
      case "field":
        return field(value);
      case "ask_for":
        return told.askFor(field(value));
      case "finish":
        return matter ? told.finish(matter) : null;
      case "take_up":
        return matter ? told.takeUp(matter) : null;
      default:
        return told.facts[what]?.(value) ?? null;
    }
  };
}
