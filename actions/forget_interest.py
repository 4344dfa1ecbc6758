"""Forget that I like that."""

from collections.abc import Sequence

from actions.asks.ask import Refused
from actions.asks.interest import EVERY, InterestAsk, likings_of
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_list
from actions.interests import interests_called
from crm_store.base import Json
from crm_store.insight.repository import EventRepository
from crm_store.interests.liking import Liking
from crm_store.interests.repository import InterestRepository

MOST_NAMED = 4


class ActionForgetInterest(Errand):
    """Forget what a customer likes, one thing or all; it is not concluded again."""

    action_name = "action_forget_interest"
    intents = frozenset({"forget_interest"})
    asks = (InterestAsk("interest", "utter_forget_which"),)
    kept_response = "utter_forget_kept"

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say what would be forgotten."""
        if given["interest"] == EVERY:
            turn.say("utter_forget_restate_all")
            return
        meant = interests_called(await _meant(turn, given), turn)
        turn.say(
            "utter_forget_restate", interests=spell_list(meant, turn.language, most=MOST_NAMED)
        )

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Forget it, and say so."""
        meant = await _meant(turn, given)
        await InterestRepository(turn.session).forget(
            turn.conversation, [one.interest.id for one in meant], at=turn.at
        )
        EventRepository(turn.session).record(
            "interests_forgotten", turn.conversation, cause=turn.message_id
        )
        turn.say("utter_forget_done")
        return []


async def _meant(turn: ActionTurn, given: Json) -> Sequence[Liking]:
    known = await likings_of(turn)
    every = given["interest"] == EVERY
    meant = [one for one in known if every or str(one.interest.id) in given["interest"]]
    if not meant:
        raise Refused("utter_forget_nothing")
    return meant
