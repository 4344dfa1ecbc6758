"""Why something goes back; nobody is held up for want of a reason."""

from typing import Final

from actions.asks.choice import ChoiceAsk
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.returns.models import Reason

TITLES: Final[dict[str, str]] = {
    Reason.wrong_size: "utter_reason_wrong_size",
    Reason.dislike: "utter_reason_dislike",
    Reason.damaged: "utter_reason_damaged",
    Reason.not_as_described: "utter_reason_not_as_described",
    Reason.other: "utter_reason_other",
}


class ReasonAsk(ChoiceAsk):
    """One of the reasons that the bot knows; any other answer is one as well."""

    entities = frozenset({"reason"})

    def __init__(self, name: str = "reason", response: str = "utter_return_reason_ask") -> None:
        super().__init__(
            name,
            response,
            TITLES,
            takes=(
                *("report_damaged", "report_wrong_item", "complain", "return_item", "praise"),
                *("decline_suggestion", "something_else"),
            ),
        )

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the reason that the words give, offered or not."""
        said = turn.entity("reason")
        return str(said) if said in set(Reason) else None

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the reason, or that it is another one."""
        return await super().heard(turn, given) or Reason.other.value
