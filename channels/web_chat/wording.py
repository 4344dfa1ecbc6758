"""What the chat itself says when it cannot take a message."""

from crm_store.base import Json, Language

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
ALL_BUSY = {
    Language.de: (
        "Gerade sind alle im Gespräch. Ihr Platz bleibt Ihnen. "
        "Sollen wir Sie lieber anrufen oder Ihnen schreiben?"
    ),
    Language.en: (
        "Everybody is busy right now. You keep your place. "
        "Would you rather have a call or an e-mail from us?"
    ),
}
NOBODY_AT_DESK = {
    Language.de: (
        "Gerade ist bei uns niemand am Platz. Ihr Platz in der Reihe bleibt Ihnen. "
        "Sollen wir Sie lieber anrufen oder Ihnen schreiben?"
    ),
    Language.en: (
        "Nobody is at the desk right now. You keep your place. "
        "Would you rather have a call or an e-mail from us?"
    ),
}
NOBODY_HERE = {
    Language.de: (
        "Gerade ist niemand da, erst wieder ab {opens}. Ihr Platz bleibt Ihnen. "
        "Sollen wir Sie lieber anrufen oder Ihnen schreiben?"
    ),
    Language.en: (
        "Nobody is here right now, not before {opens}. You keep your place. "
        "Would you rather have a call or an e-mail from us?"
    ),
}
MOMENT = {Language.de: "EEEE, H:mm 'Uhr'", Language.en: "EEEE, h:mm a"}
INSTEAD_OF_WAITING: tuple[tuple[dict[Language, str], str, Json], ...] = (
    ({Language.de: "Rufen Sie mich an", Language.en: "Please call me"}, "call_me_back", {}),
    (
        {Language.de: "Antwort per E-Mail", Language.en: "Answer by e-mail"},
        "answer_by_email",
        {},
    ),
    ({Language.de: "Ich warte", Language.en: "I will wait"}, "ask_person", {"choice": "queue"}),
)
"""Each with what it means to the assistant; to wait is to go on as it is."""
