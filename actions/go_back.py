"""One step back, please."""

from actions.base import ActionTurn, Event, StoreAction
from actions.errand import Errand
from actions.frames import under_way


class ActionGoBack(StoreAction):
    """Forget the last answer of the errand under way, and ask for it anew."""

    action_name = "action_go_back"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Go back one answer; where there is none, say that nothing is under way."""
        frames = under_way(turn)
        if not frames:
            turn.say("utter_nothing_to_go_back_to")
            return []
        errand = Errand.known_errands[frames[-1].errand]()
        errand.step_back(frames[-1])
        return await errand.go_on(turn, frames)
