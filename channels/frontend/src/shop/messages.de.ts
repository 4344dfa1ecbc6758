import type { Wording } from "../shared/wording";
import type { en } from "./messages.en";

/** The demo shop's texts in German. */
export const de: Wording<typeof en> = {
  title: "Belcanto: Oper, Musik, Bücher und Reisen",
  strap: "Oper, Musik, Bücher & Reisen",
  demo: "Demo-Shop",
  heading: "Musik, die bleibt.\nReisen, die klingen.",
  intro:
    "Aufnahmen und Noten, die Bücher dazu und Reiseführer zu den Orten, an denen sie zum ersten Mal erklangen. Fragen Sie unseren Assistenten im Chat oder am Telefon, was zu Ihnen passt.",
  openChat: "Den Assistenten fragen",
  callUs: "Anrufen",
  search: "Suchen Sie eine Komponistin, ein Werk oder einen Ort",
  found: (count) => (count === 1 ? "1 Titel" : `${count} Titel`),
  nothing: "Nichts gefunden. Versuchen Sie „Verdi“, „Venedig“ oder „Streichquartett“.",
  unreachable: "Der Katalog ist gerade nicht erreichbar.",
  retry: "Noch einmal versuchen",
  all: "Alles",
  kinds: {
    recording: "Aufnahmen",
    score: "Noten",
    book: "Bücher",
    travel_guide: "Reiseführer",
    film: "Filme",
    other: "Weiteres",
  },
  inStock: "Auf Lager",
  soldOut: "Zurzeit nicht auf Lager",
  close: "Schließen",
  askAbout: "Dazu fragen",
  tryTitle: "Zum Ausprobieren",
  tryIntro:
    "Wählen Sie einen Kunden und öffnen Sie den Chat oder das Telefon. Einmalcodes erscheinen im Postausgang, Weiterleitungen am Arbeitsplatz.",
  tryAs: "Kundinnen und Kunden der Demo",
  logIn: "Angemeldet chatten",
  say: "Was Sie sagen können",
  says: [
    "Ich liebe Opern von Verdi.",
    "Wo ist meine Bestellung?",
    "Ich möchte meine Bestellung stornieren.",
    "Ich möchte mit einem Menschen sprechen.",
  ].join("\n"),
  copied: "Kopiert",
  copy: (what) => `${what} kopieren`,
  places: "Hinter den Kulissen",
  outbox: "Postausgang",
  outboxIs: "Die Codes an die Kundschaft",
  desk: "Arbeitsplatz",
  deskIs: "Übernehmen, antworten, zurückgeben",
  phone: "Telefon",
  phoneIs: "Den Assistenten im Browser anrufen",
  footer: "Ein erfundener Shop mit echten Werken, um Rapport zu zeigen.",
};
