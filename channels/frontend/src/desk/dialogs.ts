import { signal } from "@preact/signals";
import type { Ends } from "./EndDialog";

export type DialogName =
  | Ends
  | "account"
  | "help"
  | "palette"
  | "profile"
  | "search"
  | "transfer";

/** Which dialog is open, if any. */
export const dialog = signal<DialogName | null>(null);
