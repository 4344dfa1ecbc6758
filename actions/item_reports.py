"""Reports of an item that came broken, or was not what was ordered."""

import re
from abc import abstractmethod
from typing import Final

from actions.asks.ask import Ask, Refused
from actions.asks.choice import ChoiceAsk
from actions.asks.line import LineAsk
from actions.asks.order import OrderAsk
from actions.asks.story import StoryAsk
from actions.base import ActionTurn, Event
from actions.changes import item_words, without_strangers
from actions.orders import order_given, order_words
from actions.reports import Report, open_case
from crm_store.base import Json
from crm_store.cases.models import CaseKind

WISHES: Final = {"replacement": "utter_choice_replacement", "money": "utter_choice_money_back"}
SAID: Final = {
    "replacement": r"ersatz\w*|umtausch\w*|austausch\w*|replace\w*|exchange\w*|new one",
    "money": r"geld zurück|erstatt\w*|rückerstatt\w*|refund\w*|money back",
}


class WishAsk(ChoiceAsk):
    """A replacement, or the money back; also where it was said unasked."""

    def __init__(self) -> None:
        super().__init__(
            "wish",
            "utter_report_wish",
            WISHES,
            takes=("request_refund", "exchange_item", "return_item", "state_interest"),
        )

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the one that the words name."""
        said = turn.text.casefold()
        named = [wish for wish, words in SAID.items() if re.search(rf"\b(?:{words})\b", said)]
        return named[0] if len(named) == 1 else None


def item_asks(question: str, intents: frozenset[str]) -> tuple[Ask, ...]:
    """Return what must be known of such a report: which item, what is wrong, what is wanted."""
    return (
        OrderAsk(fits=lambda order: order.has_left),
        LineAsk(every=True),
        StoryAsk("problem", question, begins_with=intents),
        WishAsk(),
    )


class ItemReport(Report):
    """Open a case on an item, with what the customer would like to happen."""

    @property
    @abstractmethod
    def kind(self) -> CaseKind:
        """The kind of case that it opens."""

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """Only what was sent can have come broken or wrong."""
        if "order" not in given:
            return
        order = await order_given(turn, given)
        if not order.has_left:
            raise Refused("utter_report_not_left", **order_words(order, turn))
        without_strangers(order, given)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what will be reported."""
        turn.say("utter_report_restate", problem=given["problem"], **await _words(turn, given))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Report it, and say by when they hear from us."""
        order = await order_given(turn, given)
        words = await _words(turn, given)
        told = turn.wording("utter_case_report", **words)
        case = await open_case(turn, self.kind, f"{told}\n{given['problem']}", order)
        turn.say("utter_report_done", **case)
        return []


async def _words(turn: ActionTurn, given: Json) -> dict[str, str]:
    order = await order_given(turn, given)
    return {**item_words(order, given, turn), "wish": turn.wording(WISHES[given["wish"]])}
