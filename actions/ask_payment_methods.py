"""How can I pay?"""

from actions.base import ActionTurn, Event, StoreAction
from actions.formats import spell_list
from actions.payments import TITLES, method_called, methods_taken


class ActionAskPaymentMethods(StoreAction):
    """Tell which ways of paying the shop takes."""

    action_name = "action_ask_payment_methods"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Answer yes or no where one is asked about, and name the others."""
        taken = await methods_taken(turn)
        methods = [method_called(turn, method) for method in taken]
        listed = spell_list(methods, turn.language, most=len(methods))
        asked = turn.entity("payment_method")
        if asked in taken:
            turn.say("utter_payment_taken", method=method_called(turn, str(asked)), methods=listed)
        elif asked in TITLES:
            turn.say("utter_payment_not_taken", methods=listed)
        else:
            turn.say("utter_payment_methods", methods=listed)
        return []
