"""What of an order is to change."""

import re
from typing import Final

from actions.asks.choice import ChoiceAsk
from actions.base import ActionTurn
from crm_store.base import Json

QUANTITY, VARIANT, ADDRESS, REMOVE, ADD = "quantity", "variant", "address", "remove", "add"
TITLES: Final = {
    QUANTITY: "utter_choice_change_quantity",
    VARIANT: "utter_choice_change_variant",
    ADDRESS: "utter_choice_change_address",
    REMOVE: "utter_choice_change_remove",
    ADD: "utter_choice_change_add",
}
SAID: Final = {
    QUANTITY: r"menge|anzahl|stückzahl|stück|exemplare?|quantity|number of|copies|pieces|units",
    VARIANT: (
        r"größe|grösse|farbe|ausgabe|ausführung|variante|version|modell|format|fassung|auflage"
        r"|size|colou?r|edition|variant|model|hardback|hardcover|paperback|gebunden\w*|taschenbuch"
        r"|dvd|blu-?ray|lp|vinyl"
    ),
    ADDRESS: r"adresse|anschrift|lieferadresse|address",
    REMOVE: r"herausnehmen|rausnehmen|entfernen|weglassen|remove|take out|take off",
    ADD: r"hinzufügen|dazulegen|dazu|ergänzen|zusätzlich|add|additional",
}


class ChangeAsk(ChoiceAsk):
    """One kind of change, told by what it is called; a number alone is a quantity."""

    def __init__(self) -> None:
        super().__init__(
            "change",
            "utter_change_what",
            TITLES,
            takes=("change_delivery_address", "remove_item", "add_item", "exchange_item"),
        )

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the first kind that the words name."""
        said = turn.text.casefold()
        named = (kind for kind, words in SAID.items() if re.search(rf"\b(?:{words})\b", said))
        counted = QUANTITY if turn.entity("number") and turn.intent == "change_order" else None
        return next(named, counted)
