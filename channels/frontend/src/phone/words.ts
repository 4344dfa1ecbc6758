import { language } from "../shared/page";
import { de } from "./messages.de";
import { en } from "./messages.en";

/** The phone page's texts in the page's language. */
export function useWords() {
  return language.value === "de" ? de : en;
}
