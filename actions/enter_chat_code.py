"""I have a code from the chat."""

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction


class ActionEnterChatCode(StoreAction):
    """Have a caller key in the code by which the call goes on with their chat."""

    action_name = "action_enter_chat_code"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Ask for the digits; the line itself takes them, so that nobody here ever sees them."""
        if not turn.on_phone:
            turn.say("utter_chat_code_is_for_phone")
            return []
        turn.say("utter_enter_chat_code")
        return [SlotSet("has_chat_code", True)]
