"""A PIN that somebody chooses."""

from typing import Final

from actions.asks.ask import Ask, NotAnAnswer
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.errors import PinTooEasy

SET: Final = "set"
"""Kept in place of the digits, which are kept nowhere."""


class PinAsk(Ask):
    """Four to six digits, kept as they are heard: no slot may hold them until later."""

    takes = frozenset({"set_pin"})
    digits = True

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Keep the PIN; say why not, if everybody would guess it."""
        if turn.secret is None:
            return None
        try:
            await turn.pins.set(turn.conversation, turn.secret, at=turn.at, cause=turn.message_id)
        except PinTooEasy as refusal:
            raise NotAnAnswer("utter_pin_too_easy") from refusal
        return SET
