import type { Source } from "../protocol";

/** A place on the page: where a fact is written, or where something is promised. */
export type Place = Source | { kind: "promise"; ref: "" };

const SHOWN_MS = 1600;

/** The id of the place on the page where a fact is written. */
export function placeOf({ kind, ref }: Place): string {
  return ref ? `${kind}-${ref}` : kind;
}

/** Bring a place into view, unfold it, and let it be seen which it is. */
export function reveal(source: Place): void {
  const place = document.getElementById(placeOf(source)) ?? document.getElementById(source.kind);
  if (!place) return;
  for (let around: Element | null = place; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
  place.classList.add("found");
  setTimeout(() => place.classList.remove("found"), SHOWN_MS);
}
