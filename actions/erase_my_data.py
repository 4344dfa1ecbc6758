"""Forget me. Or rather, do not."""

from typing import Any, ClassVar

from actions.asks.ask import PersonNeeded
from actions.base import ActionTurn, Event
from actions.errand import Errand
from actions.formats import spell_date
from crm_store.base import Json
from crm_store.errors import ErasureIsOver
from crm_store.outbox.repository import OutboxRepository
from crm_store.privacy.models import ErasureRequest
from crm_store.privacy.reaching import address_of_record
from crm_store.privacy.requests import ErasureRepository
from crm_store.strategy.opening import local_day
from crm_store.strategy.repository import PolicyRepository

WITHDRAWS = "withdraws"
"""Whether the yes that is asked for takes an earlier wish back."""


class ActionEraseMyData(Errand):
    """Have everything about the customer forgotten after a time, or take that wish back in it."""

    action_name = "action_erase_my_data"
    intents = frozenset({"erase_my_data"})
    refusals: ClassVar = {ErasureIsOver: "utter_erasure_over"}

    async def check(self, turn: ActionTurn, given: Json) -> None:
        """A shop may want its own login for it."""
        if turn.conversation.current_level(turn.at) < await ErasureRepository(turn.session).level():
            raise PersonNeeded("utter_strong_needed")

    async def restate(self, turn: ActionTurn, given: Json) -> None:
        """Say how long there is to think again, and what the law keeps; or take it back."""
        waiting = await ErasureRepository(turn.session).pending(turn.conversation, at=turn.at)
        given[WITHDRAWS] = waiting is not None
        if waiting is not None:
            turn.say("utter_erasure_withdraw_restate", day=await erasure_day(waiting, turn))
            return
        privacy = (await PolicyRepository(turn.session).current()).privacy
        turn.say("utter_erasure_restate", days=privacy.erasure_days, years=privacy.invoice_years)

    async def carry_out(self, turn: ActionTurn, given: Json) -> list[Event]:
        """Take the wish down, or take it back."""
        requests = ErasureRepository(turn.session)
        if given[WITHDRAWS]:
            await requests.withdraw(turn.conversation, at=turn.at, cause=turn.message_id)
            turn.say("utter_erasure_withdrawn")
            return []
        request = await requests.ask(turn.conversation, at=turn.at, cause=turn.message_id)
        await self._confirm(turn, request)
        return []

    async def _confirm(self, turn: ActionTurn, request: ErasureRequest) -> None:
        told: dict[str, Any] = {"day": await erasure_day(request, turn)}
        contact = await address_of_record(turn.session, turn.conversation, at=turn.at)
        if contact is not None:
            message = turn.wording("utter_erasure_message", **told)
            OutboxRepository(turn.session).add(contact, turn.language, message, at=turn.at)
        turn.say("utter_erasure_done", **told)


async def erasure_day(request: ErasureRequest, turn: ActionTurn) -> str:
    """Return the day on which a customer is forgotten, in words."""
    shop = (await PolicyRepository(turn.session).current()).shop
    return spell_date(local_day(shop, request.due_at), turn.language)


async def mention_erasure(turn: ActionTurn) -> None:
    """Remind whoever is to be forgotten that they may still stay; once is enough."""
    waiting = await ErasureRepository(turn.session).mention(turn.conversation, at=turn.at)
    if waiting is not None:
        turn.say("utter_erasure_mentioned", day=await erasure_day(waiting, turn))
