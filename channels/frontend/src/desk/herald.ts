import { language } from "../shared/page";
import { chime } from "./chime";
import { toolsDe } from "./messages.tools.de";
import { toolsEn } from "./messages.tools.en";
import type { Herald, NewsKind } from "./news";
import { notice } from "./notices";
import type { Line } from "./protocol";

/** Tells by a sound and by the browser's own notices. */
export class PageHerald implements Herald {
  constructor(private readonly open: (conversation: string) => void) {}

  isWatched(): boolean {
    return document.visibilityState === "visible" && document.hasFocus();
  }

  sound(): void {
    chime();
  }

  show(kind: NewsKind, { id, name, preview }: Line): void {
    const words = language.value === "de" ? toolsDe : toolsEn;
    notice(words.news[kind](name ?? words.somebody), preview, id, () => this.open(id));
  }
}
