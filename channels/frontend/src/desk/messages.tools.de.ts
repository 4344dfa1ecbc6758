import type { Wording } from "../shared/wording";
import type { toolsEn } from "./messages.tools.en";

/** What an agent works with, in German. */
export const toolsDe: Wording<typeof toolsEn> = {
  code: "Worum es ging",
  chooseCode: "Bitte wählen",
  noCode: "Ohne Angabe",
  summary: "Zusammenfassung für Kolleginnen und Kollegen",
  summaryParts: { reason: "Anlass", asked: "Gesagt", answered: "Letzte Antwort" },
  canned: "Textbausteine",
  cannedHint: "/ findet Textbausteine, Enter sendet, Umschalt und Enter beginnt eine neue Zeile",
  gaps: { customer: "Name", agent: "mein Name", order: "Bestellnummer" },
  gapLeft: "Bitte füllen Sie aus, was zwischen ‹ und › steht.",
};
