import { language } from "../../shared/page";
import { de } from "./words.de";
import { en } from "./words.en";

/** The texts of a story in the agent's language. */
export function useStoryWords(): typeof en {
  return language.value === "de" ? de : en;
}
