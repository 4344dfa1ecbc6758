"""Stop that."""

from actions.base import ActionTurn, Event, StoreAction
from actions.frames import Frame, kept, under_way
from actions.resume_errand import title_of
from actions.tracker import emptied, end_of_form
from actions.wording import has_wording


class ActionAbortForm(StoreAction):
    """Leave what is under way; what it interrupted is taken up again."""

    action_name = "action_abort_form"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Forget what was waiting for an answer, and say which errand that was."""
        frames = under_way(turn)
        _say_what_is_left(turn, frames)
        waiting = ("wish", "claim", "code", "question", "awaits")
        return [*end_of_form(), *emptied(*waiting), *kept(frames[:-1])]


def _say_what_is_left(turn: ActionTurn, frames: list[Frame]) -> None:
    title = title_of(frames[-1].errand) if frames else ""
    if not has_wording(turn.domain, title):
        turn.say("utter_stopped")
        return
    more = len(frames) > 1 or turn.slot("wishes")
    turn.say(
        "utter_stopped_errand_between" if more else "utter_stopped_errand",
        errand=turn.wording(title),
    )
