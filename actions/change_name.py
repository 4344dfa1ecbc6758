"""I have a new name."""

from actions.asks.name import NameAsk
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.spelling import spell_letters
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository


class ActionChangeName(Errand):
    """Change the name that is on file."""

    action_name = "action_change_name"
    intents = frozenset({"change_name"})
    asks = (NameAsk("name", "utter_change_name_ask", again="utter_change_name_ask_again"),)

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Read the whole name back; a listener hears it letter by letter."""
        turn.say("utter_change_name_restate", **await _words(turn, given))

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Change it; the part that was not named stays."""
        first, last = await _parts(turn, given)
        await AccountRepository(turn.session).rename(
            turn.conversation,
            given_name=first,
            family_name=last,
            at=turn.at,
            cause=turn.message_id,
        )
        turn.say("utter_change_name_done", **await _words(turn, given))
        return []


async def _words(turn: ActionTurn, given: Json) -> dict[str, str]:
    first, last = await _parts(turn, given)
    changed = last if given["name"]["family"] else first
    return {"person": f"{first} {last}", "spelled": spell_letters(changed)}


async def _parts(turn: ActionTurn, given: Json) -> tuple[str, str]:
    present = await AccountRepository(turn.session).own(turn.conversation, at=turn.at)
    name = given["name"]
    return name["given"] or present.given_name, name["family"] or present.family_name
