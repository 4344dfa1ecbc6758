"""What happened, as the customer told it when they began; it is not asked for where they did."""

import re
from collections.abc import Iterable
from typing import Final

from actions.asks.words import TextAsk
from actions.base import ActionTurn
from actions.hollow import says_what
from crm_store.base import Json

MAY_TELL: Final = (
    *("report_missing", "report_damaged", "report_wrong_item", "report_invoice_error"),
    *("report_payment_problem", "return_item", "exchange_item", "request_refund", "complain"),
    *("state_interest", "ask_invoice", "insult", "change_order", "ask_order_status"),
)
"""What an account of something that went wrong may sound like."""
BARE: Final = frozenset(
    (
        *("invoice", "bill", "receipt", "rechnung", "beleg", "wrong", "falsch"),
        *("incorrect", "fehler", "mistake", "error", "stimmt", "order", "bestellung", "parcel"),
        *("package", "paket", "item", "artikel", "product", "produkt", "ware", "damaged"),
        *(
            "beschädigt",
            "beschädigten",
            "defekt",
            "defekte",
            "defective",
            "kaputt",
            "broken",
            "arrived",
        ),
        *("angekommen", "geliefert", "delivered", "received", "bekommen", "erhalten", "sendung"),
        *("lieferung", "delivery", "something", "etwas", "sent", "got", "with", "mit", "von"),
        *("report", "melden", "damage", "schaden", "missing", "fehlt"),
    )
)
"""Words that only say that it is such a report, and not what happened."""
FEWEST: Final = 2


class StoryAsk(TextAsk):
    """The customer's own account, from the words that began the errand or in answer to a question.

    With `asked` as False it is only kept where it was told.
    """

    def __init__(
        self, name: str, response: str, *, begins_with: Iterable[str], asked: bool = True
    ) -> None:
        super().__init__(name, response, takes=MAY_TELL)
        self._begins_with = frozenset(begins_with)
        self._asked = asked

    def needed(self, given: Json) -> bool:
        """Ask only where a case could not be understood without it."""
        return self._asked

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the words that began the errand, if they tell more than that it is one."""
        if self.name in given or turn.chosen or turn.intent not in self._begins_with:
            return None
        return self._said(turn, fewest=1) if not self._asked or tells(turn.text) else None


def tells(text: str) -> bool:
    """Return whether words say what happened: "a scratched record", not "my invoice is wrong"."""
    words = [word for word in re.findall(r"[^\W\d]+", text.lower()) if not _is_bare(word)]
    return len(words) >= FEWEST and says_what(" ".join(words))


def _is_bare(word: str) -> bool:
    return word in BARE or re.sub(r"e[nrsm]?$", "", word) in BARE
