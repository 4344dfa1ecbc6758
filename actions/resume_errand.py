"""Where were we?"""

from actions.base import ActionTurn, Event, StoreAction
from actions.errand import Errand
from actions.frames import kept, nothing_awaited, under_way


class ActionResumeErrand(StoreAction):
    """Come back to the errand that a question or another errand has interrupted."""

    action_name = "action_resume_errand"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Say which, and ask for what is still missing."""
        frames = under_way(turn)
        while frames and frames[-1].unproved:
            # Whoever could not prove who they are is not asked again and again.
            frames.pop()
        if not frames:
            return [*nothing_awaited(), *kept(frames)]
        name = frames[-1].errand
        turn.say("utter_back_to_errand", errand=turn.wording(title_of(name)))
        return await Errand.known_errands[name]().go_on(turn, frames)


def title_of(errand: str) -> str:
    """Return the response that names an errand in a few words."""
    return f"utter_errand_{errand.removeprefix('action_')}"
