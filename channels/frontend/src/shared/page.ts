import { effect, signal } from "@preact/signals";
import type { Language } from "./protocol";
import { browserShelf } from "./unacknowledged";
import { preferredLanguage } from "./wording";

const shelf = browserShelf();

/** The language of our own pages: as chosen once, else the browser's. */
export const language = signal<Language>(
  preferredLanguage(shelf.getItem("rapport.page-language"), navigator.languages),
);

effect(() => {
  document.documentElement.lang = language.value;
});

/** Change the page's language, for later visits too. */
export function chooseLanguage(chosen: Language): void {
  shelf.setItem("rapport.page-language", chosen);
  language.value = chosen;
}
