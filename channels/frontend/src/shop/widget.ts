import type { Language } from "../shared/protocol";

/** What the embedded chat offers to the page around it. */
export interface EmbeddedChat {
  open(): void;
  close(): void;
  speak(language: Language): void;
  identify(customerToken: string): void;
  viewed(place: HTMLElement): void;
}

/** The chat on this page, once its script is there. */
export function widget(): EmbeddedChat | undefined {
  return (window as unknown as { Rapport?: EmbeddedChat }).Rapport;
}
