"""What a customer hears whom the shop calls back."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone import twiml
from channels.phone.beginning import TheBeginning
from channels.phone.gathering import BEGUN
from channels.phone.parts import TheParts
from channels.phone.webhooks import CallbackChanged
from channels.phone.wording import say
from crm_store.base import utc_now
from crm_store.callbacks import keeping
from crm_store.callbacks.reaching import go_on
from crm_store.calls.repository import CallRepository
from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.strategy.repository import PolicyRepository


class CalledBack:
    """Answers Twilio's question about a call of ours; the same question gets the same answer."""

    def __init__(self, parts: TheParts, beginning: TheBeginning) -> None:
        self._turns = parts.turns
        self._sessions = parts.sessions
        self._hub = parts.hub
        self._beginning = beginning

    async def answer(self, attempt_id: UUID, call: CallbackChanged) -> str:
        """Say who calls, and go on with the conversation in which the call was asked for."""
        at = utc_now()
        async with self._sessions.begin() as session:
            request, attempt = await keeping.answered(session, attempt_id, call.call_sid, at=at)
            conversation = await ConversationRepository(session).lock(request.conversation_id)
            before = await CallRepository(session).answered(call.call_sid, BEGUN)
            if before is not None:
                return before
            moved = await go_on(session, conversation, request, attempt, at=at)
            answer = await self._greet(session, conversation, position=moved.seq)
        self._turns.kick(conversation.id)
        self._hub.moved(conversation.id)
        return answer

    async def _greet(
        self, session: AsyncSession, conversation: Conversation, *, position: int
    ) -> str:
        shop = (await PolicyRepository(session).current()).shop
        greeting = say("callback_greeting", conversation.language, shop=shop.name)
        return await self._beginning.greet(
            session, conversation, greeting=greeting, position=position
        )


TheCalledBack = Annotated[CalledBack, Depends()]


def machine() -> str:
    """Say nothing to an answering machine: somebody else may listen to it."""
    return twiml.hang_up()
