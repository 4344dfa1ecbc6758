"""The conversation has come here from another channel."""

from actions import again
from actions.base import ActionTurn, Event, StoreAction
from actions.errand import Errand
from actions.frames import under_way
from actions.tracker import emptied


class ActionMoveHere(StoreAction):
    """Go on exactly where the conversation stood, in the words of this channel."""

    action_name = "action_move_here"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Ask again what was asked last; whatever is known of it stays known."""
        turn.say("utter_move_here")
        frames = under_way(turn)
        if turn.slot("question") == "errand" and frames:
            errand = Errand.known_errands[frames[-1].errand]()
            return [*emptied("has_chat_code"), *await errand.go_on(turn, frames)]
        if turn.slot("question"):
            # What only told something was read, or heard, where it was said.
            for reply in again.last_replies(turn):
                again.anew(turn, reply)
        elif not turn.tracker.active_loop_name:
            turn.say("utter_move_here_nothing_asked")
        return emptied("has_chat_code")
