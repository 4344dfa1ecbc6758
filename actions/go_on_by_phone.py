"""Can we go on by phone?"""

from typing import Final

from actions.base import ActionTurn, Event, StoreAction

TO_PHONE: Final = {"offer": "phone"}
"""The card by which the chat shows the line's number and a code, which no record holds."""


class ActionGoOnByPhone(StoreAction):
    """Show a chat's customer the way to the phone."""

    action_name = "action_go_on_by_phone"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Offer it; what was asked last stays asked, there too."""
        if turn.on_phone:
            turn.say("utter_on_the_phone_already")
        else:
            turn.say("utter_go_on_by_phone", json_message={"cards": [TO_PHONE]})
        return []
