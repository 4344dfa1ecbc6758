"""Connects a call to a relay, or on to a relay again."""

from secrets import token_urlsafe

from sqlalchemy.ext.asyncio import AsyncSession

from channels.phone import twiml
from channels.phone.hints import Hints
from channels.phone.signature import AT_ONCE, question_url, relay_url
from channels.settings import ChannelSettings
from crm_store.calls.models import CallRelay
from crm_store.calls.repository import CallRepository
from crm_store.conversations.models import Conversation


class Connecting:
    """Answers a question of a call with a relay of its own, which one socket may open."""

    def __init__(self, settings: ChannelSettings, hints: Hints) -> None:
        self._hints = hints
        self._returns = settings.rapport_phone_reconnect
        self._addresses = twiml.Addresses(
            relay=relay_url(settings, "/phone/relay"),
            ended=question_url(settings, "/phone/ended", within=AT_ONCE),
        )

    async def connect(
        self,
        session: AsyncSession,
        conversation: Conversation,
        *,
        greeting: str,
        position: int,
        asked: str,
    ) -> str:
        """Greet a caller, whose conversation is locked, and go on after a position."""
        ticket = token_urlsafe(32)
        answer = twiml.relay(
            self._addresses,
            greeting=greeting,
            language=conversation.language,
            ticket=ticket,
            hints=await self._hints.of(session, conversation),
            returns=self._returns,
        )
        CallRepository(session).answer(
            CallRelay(
                conversation_id=conversation.id,
                call=conversation.sid,
                step=asked,
                ticket=ticket,
                position=position,
                language=conversation.language,
                answer=answer,
            )
        )
        return answer
