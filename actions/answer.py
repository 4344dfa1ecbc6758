"""What the customer says to what an errand has asked."""

from actions.base import ActionTurn, Event, StoreAction
from actions.errand import Errand
from actions.frames import nothing_awaited, under_way


class ActionAnswer(StoreAction):
    """Bring the answer to the errand that asked for it."""

    action_name = "action_answer"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Go on with the errand on top; an answer to nothing is asked what it is about."""
        frames = under_way(turn)
        if not frames:
            turn.say("utter_inform_alone")
            return nothing_awaited()
        errand = Errand.known_errands[frames[-1].errand]
        return await errand().take_answer(turn, frames)
