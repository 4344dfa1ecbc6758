import type { Language } from "./protocol";

/** The shape of one language's texts, which every other language must have in full. */
export type Wording<T> = {
  [K in keyof T]: T[K] extends (...values: infer V) => string
    ? (...values: V) => string
    : T[K] extends string
      ? string
      : Wording<T[K]>;
};

/** Return the language of a page: what was chosen before, else the browser's, else English. */
export function preferredLanguage(chosen: string | null, browser: readonly string[]): Language {
  const tags = chosen ? [chosen, ...browser] : browser;
  const spoken = tags.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage);
  return spoken ?? "en";
}

export function isLanguage(tag: string | null | undefined): tag is Language {
  return tag === "de" || tag === "en";
}
