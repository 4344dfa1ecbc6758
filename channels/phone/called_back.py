"""What a customer hears whom the shop calls back."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from channels.hub import Hub
from channels.phone import twiml
from channels.phone.connecting import Connecting
from channels.phone.gathering import BEGUN, Gathering
from channels.phone.hints import Hints
from channels.phone.webhooks import CallbackChanged
from channels.phone.wording import say
from channels.settings import ChannelSettings, PhoneMode
from channels.turn import Turns
from crm_store.base import utc_now
from crm_store.callbacks import keeping
from crm_store.callbacks.reaching import go_on
from crm_store.calls.repository import CallRepository
from crm_store.conversations.models import Conversation
from crm_store.conversations.repository import ConversationRepository
from crm_store.db import SessionFactory
from crm_store.strategy.repository import PolicyRepository


class CalledBack:
    """Answers Twilio's question about a call of ours; the same question gets the same answer."""

    def __init__(
        self,
        settings: ChannelSettings,
        *,
        turns: Turns,
        sessions: SessionFactory,
        hub: Hub,
        gathering: Gathering,
        hints: Hints,
    ) -> None:
        self._mode = settings.rapport_phone_mode
        self._turns = turns
        self._sessions = sessions
        self._hub = hub
        self._gathering = gathering
        self._connecting = Connecting(settings, hints)

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
        match self._mode:
            case PhoneMode.relay:
                return await self._connecting.connect(
                    session, conversation, greeting=greeting, position=position, asked=BEGUN
                )
            case PhoneMode.gather:
                return await self._gathering.begin(
                    session, conversation, greeting=greeting, position=position
                )


def machine() -> str:
    """Say nothing to an answering machine: somebody else may listen to it."""
    return twiml.hang_up()
