import type { Wording } from "../shared/wording";
import type { toolsEn } from "./messages.tools.en";

/** What an agent works with, in German. */
export const toolsDe: Wording<typeof toolsEn> = {
  colleagueLooks: (name) => `${name} sieht zu`,
  colleagueWrites: (name) => `${name} schreibt …`,
  palette: "Etwas tun oder finden",
  paletteHint: "Ein Name, oder was Sie tun möchten …",
  searchAllFor: (words) => `Alle Gespräche nach „${words}“ durchsuchen`,
  search: "Alle Gespräche durchsuchen",
  searchFor: "Wörter, ein Name, eine Kundennummer …",
  searchHint: "Wörter werden deutsch und englisch gefunden. „In Anführungszeichen“ bleiben sie beisammen, -Wort schließt eines aus.",
  searching: "Wird gesucht …",
  foundCount: (count) => (count === 0 ? "Nichts gefunden" : count === 1 ? "1 Gespräch" : `${count} Gespräche`),
  foundTimes: (times) => `${times}-mal`,
  authors: { customer: "Kundschaft", bot: "Assistent", agent: "Beratung" },
  channel: "Kanal",
  author: "Gesagt von",
  byAgent: "Bei",
  searchedFrom: "von",
  searchedUntil: "bis",
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
