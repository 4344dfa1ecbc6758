"""Can we speak English? Können wir Deutsch sprechen?"""

from typing import Final

from rasa_sdk.events import SlotSet

from actions.base import ActionTurn, Event, StoreAction
from crm_store.base import Language

OTHER: Final = {Language.de: Language.en, Language.en: Language.de}


class ActionChangeLanguage(StoreAction):
    """Go on in another language."""

    action_name = "action_change_language"

    async def act(self, turn: ActionTurn) -> list[Event]:
        """Change to the language that is named, or else to the other one; a rule then says so."""
        named = turn.entity("target_language")
        known = named in list(Language)
        turn.conversation.language = Language(named) if known else OTHER[turn.language]
        return [SlotSet("language", turn.language)]
