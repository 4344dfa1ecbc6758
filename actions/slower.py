"""Not so fast."""

import re
from collections.abc import Iterator
from typing import Final

from actions import again
from actions.base import ActionTurn, Event, StoreAction
from crm_store.base import Json

SENTENCE_END: Final = re.compile(r"(?<=[.!?:;])\s+")
COMMA: Final = re.compile(r"(?<=,)\s+")
MOST_WORDS: Final = 8
"""A longer sentence is said clause by clause."""


class ActionSlower(StoreAction):
    """Say what was said last again, to a caller one piece after the other."""

    action_name = "action_slower"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Each piece is a reply of its own, between which the voice pauses; it stays asked."""
        if not again.has_spoken(turn):
            turn.say("utter_repeat_nothing")
            return []
        turn.say("utter_slower_lead")
        for reply in again.last_replies(turn):
            if turn.on_phone:
                _say_in_pieces(turn, reply)
            else:
                again.repeat(turn, reply)
        return []


def _say_in_pieces(turn: ActionTurn, reply: Json) -> None:
    *first, last = list(pieces(str(reply.get("text") or ""))) or [""]
    for piece in first:
        turn.words.utter_message(text=piece)
    again.repeat(turn, reply, text=last)


def pieces(text: str) -> Iterator[str]:
    """Return a text's sentences, and of a long one its clauses."""
    for sentence in SENTENCE_END.split(text.strip()):
        if len(sentence.split()) > MOST_WORDS:
            yield from COMMA.split(sentence)
        elif sentence:
            yield sentence
