"""What the chat itself says when it cannot take a message."""

from crm_store.base import Language

TOO_LONG = {
    Language.de: "Diese Nachricht ist zu lang. Bitte teilen Sie sie auf (höchstens 4.000 Zeichen).",
    Language.en: "This message is too long. Please split it up (4,000 characters at most).",
}
EMPTY = {
    Language.de: "Diese Nachricht ist leer.",
    Language.en: "This message is empty.",
}
TOO_MANY = {
    Language.de: "Das ging etwas schnell. Bitte senden Sie es gleich noch einmal.",
    Language.en: "That was a little fast. Please wait a moment and send it again.",
}
CLOSED = {
    Language.de: "Dieses Gespräch ist beendet. Laden Sie die Seite neu, um ein neues zu beginnen.",
    Language.en: "This conversation has ended. Reload the page to begin a new one.",
}
NO_SUCH_CHOICE = {
    Language.de: "Diese Auswahl gibt es nicht mehr.",
    Language.en: "This choice is no longer on offer.",
}
NO_PHONE = {
    Language.de: "Am Telefon geht es gerade nicht weiter. Wir schreiben gern hier weiter.",
    Language.en: "This cannot go on by phone right now. We are happy to go on here.",
}
OTHER_WORDS = {
    Language.de: "Diese Nachricht ist schon mit anderen Worten angekommen.",
    Language.en: "This message has already arrived with other words.",
}
