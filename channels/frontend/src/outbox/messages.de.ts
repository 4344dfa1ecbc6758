import type { Wording } from "../shared/wording";
import type { en } from "./messages.en";

/** The outbox page's texts in German. */
export const de: Wording<typeof en> = {
  title: "Postausgang",
  shop: "Shop",
  intro:
    "Was ein echter Shop per E-Mail oder SMS verschicken würde. Hier bleibt es liegen, damit Sie die Einmalcodes lesen können.",
  empty: "Es wurde noch nichts gesendet. Fragen Sie den Assistenten nach Ihrer Bestellung, dann erscheint hier ein Code.",
  unreachable: "Der Server ist nicht erreichbar. Neuer Versuch läuft …",
  email: "E-Mail",
  phone: "SMS",
  copy: (code) => `Den Code ${code} kopieren`,
  copied: "Kopiert",
};
